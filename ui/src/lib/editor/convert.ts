/** Between plain text and the lines of the formatted one. Each line is a `div`, as most mail programs write it, so that both look the same. */

/** Plain text as lines. */
export function textToHtml(text: string): string {
  const safe = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return safe.split('\n').map((line) => `<div>${line}</div>`).join('');
}

/** An empty line has no height in other programs unless something stands in it. */
export function forMail(html: string): string {
  return html.replace(/<div><\/div>/g, '<div><br></div>');
}

/** The other way round, for the editor. */
export function forEditor(html: string): string {
  return html.replace(/<div><br\s*\/?><\/div>/g, '<div></div>');
}

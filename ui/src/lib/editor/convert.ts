/** Between plain text and the lines of the formatted one. Each line is a `div`, as most mail programs write it, so that both look the same. */

/** Plain text as lines. */
export function textToHtml(text: string): string {
  const safe = text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return safe.split('\n').map((line) => `<div>${line}</div>`).join('');
}

/**
 * An empty line has no height in other programs unless something stands in it. An item of a list begins with its words and not with a line
 * in it: the plain text of the mail is made from this, and the dash stays beside them.
 */
export function forMail(html: string): string {
  return html.replace(/<div><\/div>/g, '<div><br></div>').replace(/<li><div>(.*?)<\/div>/g, '<li>$1');
}

/** The other way round, for the editor. */
export function forEditor(html: string): string {
  return html.replace(/<div><br\s*\/?><\/div>/g, '<div></div>');
}

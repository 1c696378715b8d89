/** One line for a conversation of which only single messages are known. Not here: what an answer's mark looks like in which language. */

/**
 * What a conversation is about, from the first lines of its messages, newest first: the line of which the newest one is an answer
 * (`AW: Ist es fertig?` answers `Ist es fertig?`), else the newest itself.
 */
export function titleOf(lines: readonly string[]): string {
  const newest = lines[0] ?? '';
  return lines.reduce((title, line) => (line !== '' && line.length < title.length && title.endsWith(`: ${line}`) ? line : title), newest);
}

/** Marks in a name what was looked for, as the engine marks texts: between U+E000 and U+E001. */

/** Each word of `text` that begins with a word of `wanted` has its beginning marked. */
export function marked(text: string, wanted: string): string {
  const words = wanted.split(/[^\p{L}\p{N}]+/u).map(folded).filter((word) => word !== '');
  if (words.length === 0) return text;
  return text.replace(/[\p{L}\p{N}\p{M}]+/gu, (part) => {
    const length = Math.max(0, ...words.map((word) => beginning(part, word)));
    return length === 0 ? part : `\uE000${part.slice(0, length)}\uE001${part.slice(length)}`;
  });
}

/** How many characters of `part` the folded word covers; 0 if it does not begin so. */
function beginning(part: string, word: string): number {
  for (const fold of [folded, spelled]) {
    if (!fold(part).startsWith(word)) continue;
    let covered = '';
    for (const [index, char] of Array.from(part).entries()) {
      covered += fold(char);
      if (covered.length >= word.length) return Array.from(part).slice(0, index + 1).join('').length;
    }
  }
  return 0;
}

/** `Müller` as `muller`. */
export function folded(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
}

/** `Müller` as `mueller`. */
function spelled(text: string): string {
  return folded(text.toLowerCase().normalize('NFC').replace(/[äöü]/g, (char) => ({ ä: 'ae', ö: 'oe', ü: 'ue' })[char] ?? char));
}

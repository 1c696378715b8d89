/** How well a name fits what was typed: word beginnings first, then letters in their order. 0 does not fit. */
export function fits(wanted: string, name: string): number {
  const query = plain(wanted);
  const text = plain(name);
  if (query === '') return 1;
  if (text.startsWith(query)) return 100;
  const words = query.split(' ');
  if (words.every((word) => text.split(' ').some((part) => part.startsWith(word)))) return 80;
  if (text.includes(query)) return 60;
  return query.length > 2 && inOrder(query, text) ? 20 : 0;
}

/** The best fit of several names of the same thing, such as its names in other languages. */
export function bestFit(wanted: string, names: readonly string[]): number {
  return Math.max(0, ...names.map((name, index) => fits(wanted, name) - (index > 0 ? 5 : 0)));
}

/** Every key asks for the same hundreds of names in four languages again. */
const plains = new Map<string, string>();
const KEPT = 4000;

/** Lower case without accents, so that `zuruck` finds `Zurückstellen`. */
function plain(text: string): string {
  let made = plains.get(text);
  if (made === undefined) {
    made = text.toLocaleLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
    // Times and names of customers are among them.
    if (plains.size >= KEPT) plains.clear();
    plains.set(text, made);
  }
  return made;
}

function inOrder(query: string, text: string): boolean {
  let at = 0;
  for (const char of query) {
    at = text.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

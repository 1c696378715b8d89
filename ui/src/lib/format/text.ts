/** Small forms of text and numbers. */
import { numberFormat } from './intl';

/** `1,4 MB`. */
export function byteSize(bytes: number, locale: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  const unit = units[step] ?? 'byte';
  const digits = step > 0 && value < 10 ? 1 : 0;
  return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: digits }).format(value);
}

/** `12.400`. */
export function count(value: number, locale: string): string {
  return numberFormat(locale).format(value);
}

/** One or two letters for a picture of a person: first and last word; a digit or sign gives `#`. */
export function initials(name: string): string {
  const words = name.split(/[\s,;<>"()]+/u).filter((word) => /^\p{L}/u.test(word));
  const first = words[0];
  const last = words.length > 1 ? words[words.length - 1] : undefined;
  const letter = (word: string | undefined) => (word ? (Array.from(word)[0] ?? '') : '');
  return (letter(first) + letter(last)).toLocaleUpperCase() || '#';
}

/** One of the eight tints, the same for the same name everywhere. */
export function tintOf(name: string): number {
  let hash = 0;
  for (const char of name) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash % 8;
}

/** A piece of a search hit. */
export interface Piece {
  text: string;
  hit: boolean;
}

/** Cuts a snippet at U+E000 and U+E001, between which hits stand. */
export function pieces(snippet: string): Piece[] {
  const found: Piece[] = [];
  let hit = false;
  for (const part of snippet.split(/([\uE000\uE001])/u)) {
    if (part === '\uE000') hit = true;
    else if (part === '\uE001') hit = false;
    else if (part) found.push({ text: part, hit });
  }
  return found;
}

/** Whether the words of a link do not say where it leads. */
export function hidesHost(link: { text: string; host: string; misleading: boolean }): boolean {
  return link.misleading || !link.text.toLowerCase().includes(link.host.toLowerCase());
}

/** A text cut where its links stand; the longest of those that begin at the same place. */
export function cutAtLinks<L extends { text: string }>(text: string, links: readonly L[]): { text: string; link?: L }[] {
  const found: { text: string; link?: L }[] = [];
  const longest = [...links].sort((one, other) => other.text.length - one.text.length);
  let from = 0;
  for (;;) {
    let next: { at: number; link: L } | undefined;
    for (const link of longest) {
      const at = text.indexOf(link.text, from);
      if (at >= 0 && (next === undefined || at < next.at)) next = { at, link };
    }
    const until = next?.at ?? text.length;
    if (until > from) found.push({ text: text.slice(from, until) });
    if (!next) return found;
    found.push({ text: next.link.text, link: next.link });
    from = next.at + next.link.text.length;
  }
}

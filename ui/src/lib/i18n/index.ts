/** The texts of the window. A text that stands in a component and not here is a mistake. */
import { m as texts } from '../paraglide/messages.js';
import { count } from '../format/text';
import { language } from './language.svelte';

export { language, locales } from './language.svelte';
export { texts };

type Text = (...inputs: unknown[]) => string;
const spoken = new Map<string | symbol, Text>();

/** Stands for the ß of a name, a path or a search word while our own sentence around it is rewritten; no text contains it. */
const KEPT = '\uFDD0';

/** Rewrites what is ours of a sentence; what was put into it stays as people wrote it. */
function swiss(plain: Text, [values, ...rest]: unknown[]): string {
  const kept = Object.entries(values ?? {}).map(([name, value]) => [name, typeof value === 'string' ? value.replaceAll('ß', KEPT) : (value as unknown)]);
  return plain(Object.fromEntries(kept), ...rest).replaceAll('ß', 'ss').replaceAll(KEPT, 'ß');
}

/** French sets a space before its two-part signs and inside its quotation marks; no line may end there. */
function french(text: string): string {
  return text.replace(/« /g, '«\u00A0').replace(/ (?=[?!:;»](?:\s|$|[.,)]))/g, '\u00A0');
}

/** A number that is written as people there write it, and is still counted by: a text asks for one or many. */
function written(value: number): object {
  return { valueOf: () => value, toString: () => count(value, language.tag) };
}

/** What is put into a sentence; every number in the one manner. */
function filled([values, ...rest]: unknown[]): unknown[] {
  if (typeof values !== 'object' || values === null) return [values, ...rest];
  return [Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? written(value) : (value as unknown)])), ...rest];
}

/** A text in the manner of the country or of the language. */
function said(plain: Text, given: unknown[]): string {
  const inputs = given.length === 0 ? given : filled(given);
  if (language.swiss) return swiss(plain, inputs);
  const text = plain(...inputs);
  return (language.spoken ?? language.current) === 'fr' ? french(text) : text;
}

/**
 * Each text as it is spoken where the shop is: Swiss German has no ß, and in French some spaces hold together. The function is the same whenever it is asked for, and looks
 * at the country when it is called.
 */
export const m: typeof texts = new Proxy({} as typeof texts, {
  get(_, key) {
    let text = spoken.get(key);
    if (!text) {
      const plain = (texts as unknown as Record<string | symbol, Text>)[key];
      if (typeof plain !== 'function') return plain;
      text = (...inputs) => said(plain, inputs);
      spoken.set(key, text);
    }
    return text;
  },
});

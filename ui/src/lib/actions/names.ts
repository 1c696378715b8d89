/** Names and other words of a thing in all four languages, so that a habit from another program still leads to it. */
import { language, locales } from '../i18n';
import { textFor } from '../i18n/lookup';
import { bestFit } from './match';

/** A text in the language of the person first, then in the others. */
export function inAllLanguages(text: () => string): string[] {
  const before = language.current;
  return [before, ...locales.filter((locale) => locale !== before)].map((locale) => {
    language.spoken = locale;
    try {
      return text();
    } finally {
      language.spoken = undefined;
    }
  });
}

/** By the id and the manner of the country; in whichever order, they are the same. */
const words = new Map<string, readonly string[]>();

/** Other words for the thing, in all languages: those of the catalogue under `find_` and its id, with commas between. */
export function otherWords(id: string): readonly string[] {
  const key = `${language.swiss} ${id}`;
  let known = words.get(key);
  if (!known) {
    known = inAllLanguages(() => textFor(`find_${id}`) ?? '').flatMap((text) => text.split(',')).map((word) => word.trim()).filter((word) => word !== '');
    words.set(key, known);
  }
  return known;
}

/** How well what was typed fits a thing: by its name a little better than by another word for it. */
export function fitOf(wanted: string, name: () => string, id: string): number {
  return Math.max(bestFit(wanted, inAllLanguages(name)), ...otherWords(id).map((word) => byWord(wanted, word)));
}

/** Other words fit by their beginnings alone: letters in their order would find nearly everything. */
function byWord(wanted: string, word: string): number {
  const fit = bestFit(wanted, [word]);
  return fit >= 80 ? fit - 10 : 0;
}

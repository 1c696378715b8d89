/**
 * The language of the window. Messages read it through Paraglide's `getLocale`; because the current one is a rune,
 * every text on screen follows a change at once and nothing is loaded again.
 */
import { baseLocale, isLocale, locales, overwriteGetLocale, type Locale } from '../paraglide/runtime.js';

class Language {
  current = $state<Locale>(baseLocale);
  /** A text in another language than the window's, while the palette looks for names. */
  spoken: Locale | undefined;
  /** ISO 3166-1 alpha-2 of the shop: dates and numbers are written as people there write them. */
  country = $state('');

  /** For `Intl`. */
  readonly tag = $derived(this.country ? `${this.current}-${this.country}` : this.current);

  /** Swiss German has no ß. */
  get swiss(): boolean {
    return this.current === 'de' && (this.country === 'CH' || this.country === 'LI');
  }

  /** Takes a language if there are texts in it, else leaves the current one. */
  use(wanted: string | undefined): void {
    if (!isLocale(wanted)) return;
    this.current = wanted;
    if (typeof document !== 'undefined') document.documentElement.lang = wanted;
  }

  /** The first of the person's own languages in which there are texts. */
  guess(wishes: readonly string[]): void {
    this.use(wishes.map((wish) => wish.slice(0, 2).toLowerCase()).find(isLocale) ?? baseLocale);
  }
}

export const language = new Language();
export { locales };
overwriteGetLocale(() => language.spoken ?? language.current);

/** Countries that are offered, and languages by their own names. */

export const COUNTRIES = ['DE', 'AT', 'CH', 'LI', 'LU', 'BE', 'NL', 'FR', 'IT', 'ES', 'PT', 'DK', 'PL', 'CZ', 'GB', 'IE', 'US'];

/** A language by its own name, so that it can be found by whoever reads it. */
export function ownName(locale: string): string {
  return languageName(locale, locale);
}

/** A language by the name that another has for it, as it begins a line. */
export function languageName(locale: string, shown: string): string {
  const name = new Intl.DisplayNames([shown], { type: 'language' }).of(locale) ?? locale;
  return name.charAt(0).toLocaleUpperCase(shown) + name.slice(1);
}

/**
 * Formats of dates and numbers, each made once: making one costs a hundred times what it takes to use it, and a list of forty rows
 * asks for eighty. Not here: what is written how.
 */

const dates = new Map<string, Intl.DateTimeFormat>();
const numbers = new Map<string, Intl.NumberFormat>();
/** A format keeps the time zone it was made in; a computer that travels gets new ones. */
let offset = new Date().getTimezoneOffset();

export function dateFormat(locale: string, options: Intl.DateTimeFormatOptions = {}): Intl.DateTimeFormat {
  const now = new Date().getTimezoneOffset();
  if (now !== offset) dates.clear();
  offset = now;
  return kept(dates, locale, options, () => new Intl.DateTimeFormat(locale, options));
}

export function numberFormat(locale: string, options: Intl.NumberFormatOptions = {}): Intl.NumberFormat {
  return kept(numbers, locale, options, () => new Intl.NumberFormat(locale, options));
}

function kept<F>(known: Map<string, F>, locale: string, options: object, make: () => F): F {
  const name = `${locale} ${JSON.stringify(options)}`;
  let format = known.get(name);
  if (!format) known.set(name, (format = make()));
  return format;
}

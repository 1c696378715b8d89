/** Days of a card as people read and type them: `YYYY-MM-DD`, a birthday also as `--MM-DD` without its year. */
import { readDate, writeDate } from './when';

/** `12. März 2026`. */
export function dayText(day: string, locale: string): string {
  return format(day, locale, { day: 'numeric', month: 'long', year: 'numeric' });
}

/** `12. März`, with the year where it is known. */
export function birthdayText(day: string, locale: string): string {
  if (day === '') return '';
  return day.startsWith('--') ? format(`2024-${day.slice(2)}`, locale, { day: 'numeric', month: 'long' }) : dayText(day, locale);
}

/** As it is typed: `12.03.1980`, `12.03.` without the year. */
export function typedBirthday(day: string, locale: string): string {
  if (!day.startsWith('--')) return day === '' ? '' : writeDate(day, locale);
  return `${day.slice(5)}.${day.slice(2, 4)}.`;
}

/** What was typed, as `YYYY-MM-DD` where it is a whole date in the order of the language; else as it stands, for the engine. */
export function typedDay(text: string, locale: string): string {
  const whole = text.split(/\D+/).filter((part) => part !== '').length === 3;
  return (whole && fourDigits(text) ? readDate(text, locale, new Date()) : undefined) ?? text;
}

/** A year of two digits would be a guess. */
function fourDigits(text: string): boolean {
  return /\d{4}/.test(text);
}

function format(day: string, locale: string, how: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...how, timeZone: 'UTC' }).format(new Date(`${day}T12:00:00Z`));
}

/** About how long: `40 Min.`, `3 Std.`, `2 Tage`, in the language's own words. */
export function about(secs: number, locale: string): string {
  const [value, unit] = secs < 90 * 60 ? [Math.max(1, secs / 60), 'minute'] : secs < 36 * 3600 ? [secs / 3600, 'hour'] : [secs / 86_400, 'day'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit: unit as string, unitDisplay: unit === 'day' ? 'long' : 'short', maximumFractionDigits: 0 }).format(value as number);
}

/** Times as people read them. `now` and the locale are arguments, so that every form can be tested. */
import { dateFormat } from './intl';

const DAY_MS = 86_400_000;

/** Whole days between two moments in the calendar of this computer; 0 is the same day. */
export function daysBetween(earlier: Date, later: Date): number {
  const day = (at: Date) => Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
  return Math.round((day(later) - day(earlier)) / DAY_MS);
}

/** `14:02`. */
export function clockTime(at: string, locale: string): string {
  return dateFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** For a row of a list: the time today, the day of the week within a week, else the date. */
export function rowTime(at: string, now: Date, locale: string): string {
  const date = new Date(at);
  const days = daysBetween(date, now);
  if (days === 0) return clockTime(at, locale);
  if (days > 0 && days < 7) return dateFormat(locale, { weekday: 'short' }).format(date);
  if (date.getFullYear() === now.getFullYear()) {
    return dateFormat(locale, { day: 'numeric', month: 'short' }).format(date);
  }
  return dateFormat(locale, { day: '2-digit', month: '2-digit', year: '2-digit' }).format(date);
}

/** For a divider of the timeline: `Heute`, `Gestern`, `Mo., 16. Nov.`, with the year where it is another. */
export function dayLabel(at: string, now: Date, locale: string, today: string, yesterday: string): string {
  const date = new Date(at);
  const days = daysBetween(date, now);
  if (days === 0) return today;
  if (days === 1) return yesterday;
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return dateFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', ...year }).format(date);
}

/** All of it: `Montag, 16. November 2026 um 14:02`. */
export function fullTime(at: string, locale: string): string {
  return dateFormat(locale, { dateStyle: 'full', timeStyle: 'short' }).format(new Date(at));
}

/** A date: `16. November 2026`. */
export function longDate(at: string, locale: string): string {
  const text = dateFormat(locale, { dateStyle: 'long' }).format(new Date(at));
  // French counts the first day only: `1er mars`.
  return locale.startsWith('fr') ? text.replace(/^1 /, '1er ') : text;
}

/** The calendar day of this computer, as a key to group by. */
export function dayKey(at: string): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

/** Whole seconds until `at`, never below 0. */
export function secondsUntil(at: string, now: number): number {
  return Math.max(0, Math.ceil((new Date(at).getTime() - now) / 1000));
}

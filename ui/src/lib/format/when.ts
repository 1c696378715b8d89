/**
 * Days and times as people type them. Fields of text instead of the browser's own pickers: WebKitGTK draws none, and the others write times in the
 * manner of the system, not of the window.
 */
import { dateFormat } from './intl';

/** `9`, `9.30`, `930` and `09:30` are the same time; undefined if it is none. */
export function readTime(text: string): string | undefined {
  const found = /^\s*(\d{1,2})(?:[:.h ]?(\d{2}))?\s*$/i.exec(text);
  const [hour, minute] = [Number(found?.[1] ?? 99), Number(found?.[2] ?? 0)];
  return hour < 24 && minute < 60 ? `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}` : undefined;
}

/** A day typed in the order of the language, the year left out or short, as `YYYY-MM-DD`; undefined if there is no such day. */
export function readDate(text: string, locale: string, now: Date): string | undefined {
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  if (iso) return day(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numbers = text.split(/\D+/).filter((part) => part !== '').map(Number);
  if (numbers.length < 2 || numbers.length > 3) return undefined;
  const order = dateFormat(locale).formatToParts(now).map((part) => part.type);
  const monthFirst = order.indexOf('month') < order.indexOf('day');
  const [first = 0, second = 0] = numbers;
  const [date, month] = monthFirst ? [second, first] : [first, second];
  const year = numbers[2];
  if (year !== undefined) return day(year < 100 ? 2000 + year : year, month, date);
  const coming = day(now.getFullYear(), month, date);
  return coming !== undefined && coming < isoDay(now) ? day(now.getFullYear() + 1, month, date) : coming;
}

/** A day as it is typed: `24.12.2026`. */
export function writeDate(iso: string, locale: string): string {
  return dateFormat(locale, { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${iso}T12:00:00Z`));
}

/** The day in the calendar of this computer. */
export function isoDay(at: Date): string {
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}

function day(year: number, month: number, date: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, date));
  const real = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return real ? at.toISOString().slice(0, 10) : undefined;
}

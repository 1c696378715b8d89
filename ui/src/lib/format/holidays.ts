/** The settings of holidays and seasons as the forms hold them. What they mean is decided in Rust. */
import type { HolidayView } from '../api/bindings/HolidayView';
import { weekHours, type WeekHours } from './hours';

export type Span = [string, string];

/** What a shop does on a holiday. */
export type Choice = 'closed' | 'usual' | 'own';

/** A holiday with its days of the years that are shown. */
export interface HolidayRow {
  holiday: string;
  name: string;
  everywhere: boolean;
  dates: string[];
  choice: Choice;
  hours: Span[];
}

export interface Season {
  from: string;
  to: string;
  name: string;
  hours: WeekHours;
}

type OpenOn = string | { day: string; hours: Span[] };

/** One row for each holiday, in the order of the year. */
export function holidayRows(days: HolidayView[], openOn: string | undefined): HolidayRow[] {
  const own = new Map(openDays(openOn).flatMap((open) => (typeof open === 'string' ? [] : [[open.day, open.hours] as const])));
  const rows = new Map<string, HolidayRow>();
  for (const { holiday, name, everywhere, date, closed } of days) {
    const known = rows.get(holiday);
    if (known) known.dates.push(date);
    else rows.set(holiday, { holiday, name, everywhere, dates: [date], choice: own.has(holiday) ? 'own' : closed ? 'closed' : 'usual', hours: own.get(holiday) ?? [] });
  }
  return [...rows.values()].sort((one, other) => (one.dates[0] ?? '').slice(5).localeCompare((other.dates[0] ?? '').slice(5)));
}

/** Both settings after a choice: `shop.open_on_holidays` and `shop.local_holidays`. */
export function chosen(row: HolidayRow, choice: Choice, hours: Span[], openOn: string | undefined, local: string | undefined): { openOn: string; local: string } {
  const others = openDays(openOn).filter((open) => (typeof open === 'string' ? open : open.day) !== row.holiday);
  const kept = words(local).filter((word) => word !== row.holiday);
  const open: OpenOn[] = choice === 'own' ? [{ day: row.holiday, hours }] : choice === 'usual' && row.everywhere ? [row.holiday] : [];
  const here = !row.everywhere && choice !== 'usual' ? [row.holiday] : [];
  return { openOn: JSON.stringify([...others, ...open]), local: JSON.stringify([...kept, ...here]) };
}

export function seasons(text: string | undefined): Season[] {
  return list(text).flatMap((season) => {
    if (typeof season !== 'object' || season === null) return [];
    const { from, to, name, hours } = season as Record<string, unknown>;
    if (typeof from !== 'string' || typeof to !== 'string') return [];
    return [{ from, to, name: typeof name === 'string' ? name : '', hours: weekHours(JSON.stringify(hours ?? {})) }];
  });
}

/** `05-01` is a day of each year: shown in a leap year, so that 29 February is one. */
export function dayOf(text: string): { date: string; yearly: boolean } {
  return text.length === 5 ? { date: `2024-${text}`, yearly: true } : { date: text, yearly: false };
}

function openDays(text: string | undefined): OpenOn[] {
  return list(text).filter((open): open is OpenOn => typeof open === 'string' || (typeof open === 'object' && open !== null && 'day' in open && 'hours' in open));
}

function words(text: string | undefined): string[] {
  return list(text).filter((word): word is string => typeof word === 'string');
}

function list(text: string | undefined): unknown[] {
  try {
    const kept: unknown = JSON.parse(text || '[]');
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

/** The settings of the opening hours as the form holds them, and in one line. What they mean is decided in Rust. */
import { dateFormat } from './intl';

export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof DAYS)[number];

/** Spans of `HH:MM` by day; a day without spans is closed. */
export type WeekHours = Record<Day, [string, string][]>;

/** Both days belong to it; `YYYY-MM-DD`. */
export interface ClosedDay {
  from: string;
  to: string;
  name: string;
}

type Spans = [string, string][];
const SHORT_SATURDAY: [Spans, Spans] = [[['09:00', '18:00']], [['09:00', '14:00']]];
const ALL_DAY: [Spans, Spans] = [[['09:00', '17:30']], [['09:00', '17:30']]];
const MIDDAY: [Spans, Spans] = [[['09:00', '12:30'], ['14:00', '19:00']], [['09:00', '12:30'], ['14:00', '19:00']]];
const LONG_MIDDAY: [Spans, Spans] = [[['09:30', '13:30'], ['16:30', '20:00']], [['09:30', '13:30']]];
/** On weekdays and on Saturday, where it is not as in most countries. */
const USUAL: Record<string, [Spans, Spans] | undefined> = { GB: ALL_DAY, IE: ALL_DAY, US: ALL_DAY, FR: MIDDAY, IT: [[['09:00', '12:30'], ['15:30', '19:30']], [['09:00', '12:30'], ['15:30', '19:30']]], ES: LONG_MIDDAY, PT: [[['09:30', '13:00'], ['14:30', '19:00']], [['09:30', '13:00']]] };

/** What many shops of a country have: offered to a new shop, which says what is different. */
export function usualHours(country: string): WeekHours {
  const [weekday, saturday] = USUAL[country] ?? SHORT_SATURDAY;
  return Object.fromEntries(DAYS.map((day) => [day, day === 'sun' ? [] : day === 'sat' ? saturday : weekday])) as WeekHours;
}

/** `Mo–Fr 09:00–18:00 Uhr, Sa 09:00–14:00 Uhr`; empty if it is always closed. A line breaks between spans and never within one. */
export function hoursLine(hours: WeekHours, locale: string): string {
  const runs: { from: number; to: number; spans: Spans }[] = [];
  DAYS.forEach((day, at) => {
    const last = runs[runs.length - 1];
    if (last && JSON.stringify(last.spans) === JSON.stringify(hours[day])) last.to = at;
    else runs.push({ from: at, to: at, spans: hours[day] });
  });
  /** 2026-01-05 was a Monday. */
  const name = (at: number) => dateFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2026, 0, 5 + at)));
  const time = (text: string) => new Date(`2026-01-05T${text}:00Z`);
  const span = ([from, to]: [string, string]) => dateFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).formatRange(time(from), time(to)).replace(/\s/g, '\u00a0').replace(/[–-]/g, '$&\u2060');
  const said = runs.filter((run) => run.spans.length > 0);
  return said.map(({ from, to, spans }) => `${from === to ? name(from) : `${name(from)}–${name(to)}`}\u00a0${spans.map(span).join(', ')}`).join('; ');
}

/** Reads the setting; what cannot be read counts as closed. */
export function weekHours(text: string | undefined): WeekHours {
  const kept = parsed(text);
  const spans = (day: Day): [string, string][] => {
    const value = typeof kept === 'object' && kept !== null ? (kept as Record<string, unknown>)[day] : undefined;
    if (!Array.isArray(value)) return [];
    return value.filter((span): span is [string, string] => Array.isArray(span) && span.length === 2 && span.every((time) => typeof time === 'string'));
  };
  return Object.fromEntries(DAYS.map((day) => [day, spans(day)])) as WeekHours;
}

/** Writes it back; closed days are left out. */
export function hoursText(hours: WeekHours): string {
  return JSON.stringify(Object.fromEntries(DAYS.filter((day) => hours[day].length > 0).map((day) => [day, hours[day]])));
}

export function closedDays(text: string | undefined): ClosedDay[] {
  const kept = parsed(text);
  if (!Array.isArray(kept)) return [];
  return kept.filter((day): day is ClosedDay => typeof day === 'object' && day !== null && typeof day.from === 'string' && typeof day.to === 'string' && typeof day.name === 'string');
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text || 'null');
  } catch {
    return null;
  }
}

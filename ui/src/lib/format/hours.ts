/** The settings of the opening hours as the form holds them. What they mean is decided in Rust. */
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

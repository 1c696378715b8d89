/** A few states and holidays of the in-memory engine: enough to look at and to choose from. */
import type { HolidayView } from '../bindings/HolidayView';
import type { StateView } from '../bindings/StateView';

const STATES: Record<string, StateView[]> = {
  DE: [{ code: 'DE-BY', name: 'Bayern' }, { code: 'DE-HH', name: 'Hamburg' }],
  AT: [{ code: 'AT-9', name: 'Wien' }],
  CH: [{ code: 'CH-ZH', name: 'Zürich' }],
};
/** Word, name, month and day in two years, and whether it holds in the whole state. */
const DAYS: [string, string, string, string, boolean][] = [
  ['new-year', 'Neujahr', '01-01', '01-01', true],
  ['epiphany', 'Heilige Drei Könige', '01-06', '01-06', true],
  ['good-friday', 'Karfreitag', '04-03', '03-26', true],
  ['easter-monday', 'Ostermontag', '04-06', '03-29', true],
  ['corpus-christi', 'Fronleichnam', '06-04', '05-27', true],
  ['augsburg-peace', 'Augsburger Friedensfest', '08-08', '08-08', false],
  ['assumption', 'Mariä Himmelfahrt', '08-15', '08-15', false],
  ['christmas', '1. Weihnachtstag', '12-25', '12-25', true],
];

export const fakeStates = (country: string): StateView[] => STATES[country] ?? [];

export function fakeHolidays(settings: Record<string, string>): HolidayView[] {
  if (!settings['shop.state']) return [];
  const open = JSON.parse(settings['shop.open_on_holidays'] ?? '[]') as (string | { day: string })[];
  const local = JSON.parse(settings['shop.local_holidays'] ?? '[]') as string[];
  const isOpen = (word: string) => open.some((one) => (typeof one === 'string' ? one : one.day) === word);
  return [2026, 2027].flatMap((year, at) => DAYS.map(([holiday, name, first, second, everywhere]) => ({
    date: `${year}-${at === 0 ? first : second}`, holiday, name, everywhere, closed: (everywhere || local.includes(holiday)) && !isOpen(holiday),
  })));
}

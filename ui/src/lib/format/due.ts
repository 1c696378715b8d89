/** Until when something is due, as people say it: today, tomorrow, since when it is late. */
import { m } from '../i18n';
import { daysBetween } from './time';

/** `day` is `YYYY-MM-DD` in the shop; `due` is what the engine makes of it. */
export function dueText(day: string, due: string, now: Date, locale: string): string {
  const date = new Date(`${day}T12:00:00`);
  const days = daysBetween(now, date);
  if (due !== 'overdue' && days === 0) return m.due_today();
  if (due !== 'overdue' && days === 1) return m.due_tomorrow();
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  const written = new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'short', ...year }).format(date);
  return due === 'overdue' ? m.due_overdue({ date: written }) : m.due_on({ date: written });
}

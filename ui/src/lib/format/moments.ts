/** The moments for putting something off as the calendar alone gives them, without opening hours. */
import type { SnoozePreset } from '../api/ahead';

/** Later today (in three hours), this evening at 19:00, tomorrow at 8:00, next Monday at 8:00; none that has passed. */
export function calendarMoments(now: Date): SnoozePreset[] {
  const at = (days: number, hour: number) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour);
  const later = new Date(now.getTime() + 3 * 3_600_000);
  const untilMonday = (8 - now.getDay()) % 7 || 7;
  const moments: [string, Date][] = [
    ...(later.getDate() === now.getDate() ? [['later_today', later] as [string, Date]] : []),
    ...(at(0, 19).getTime() - now.getTime() > 3_600_000 ? [['this_evening', at(0, 19)] as [string, Date]] : []),
    ['tomorrow', at(1, 8)],
    ['next_week', at(untilMonday, 8)],
  ];
  return moments.map(([code, moment]) => ({ code, at: moment.toISOString() }));
}

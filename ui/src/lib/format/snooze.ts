/** The moments offered for putting a conversation off. */

export type SnoozeName = 'later' | 'evening' | 'tomorrow' | 'next_week';

export interface SnoozeMoment {
  name: SnoozeName;
  at: Date;
}

/** Later today (in three hours), this evening at 19:00, tomorrow at 8:00, next Monday at 8:00; none that has passed. */
export function snoozeMoments(now: Date): SnoozeMoment[] {
  const at = (days: number, hour: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, hour, 0, 0, 0);
  const later = new Date(now.getTime() + 3 * 3_600_000);
  const untilMonday = (8 - now.getDay()) % 7 || 7;
  const moments: SnoozeMoment[] = [];
  if (later.getDate() === now.getDate()) moments.push({ name: 'later', at: later });
  if (at(0, 19).getTime() - now.getTime() > 3_600_000) moments.push({ name: 'evening', at: at(0, 19) });
  moments.push({ name: 'tomorrow', at: at(1, 8) }, { name: 'next_week', at: at(untilMonday, 8) });
  return moments;
}

import { describe, expect, it } from 'vitest';
import { calendarMoments } from './moments';

const codes = (now: string) => calendarMoments(new Date(now)).map((moment) => moment.code);

describe('moments by the calendar', () => {
  it('are all there in the morning, and none that has passed in the evening', () => {
    expect(codes('2026-11-18T09:00:00')).toEqual(['later_today', 'this_evening', 'tomorrow', 'next_week']);
    expect(codes('2026-11-18T22:30:00')).toEqual(['tomorrow', 'next_week']);
  });
  it('take the next Monday, never today', () => {
    const last = calendarMoments(new Date('2026-11-16T09:00:00')).pop();
    expect(last && new Date(last.at)).toEqual(new Date('2026-11-23T08:00:00'));
  });
});

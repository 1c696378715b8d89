import { describe, expect, it } from 'vitest';
import { snoozeMoments } from './snooze';

const names = (at: string) => snoozeMoments(new Date(at)).map((moment) => moment.name);
const when = (at: string, name: string) => snoozeMoments(new Date(at)).find((moment) => moment.name === name)?.at;

describe('snoozeMoments', () => {
  it('offers all four in the morning', () => {
    expect(names('2026-11-18T09:00:00')).toEqual(['later', 'evening', 'tomorrow', 'next_week']);
    expect(when('2026-11-18T09:00:00', 'later')).toEqual(new Date('2026-11-18T12:00:00'));
    expect(when('2026-11-18T09:00:00', 'evening')).toEqual(new Date('2026-11-18T19:00:00'));
    expect(when('2026-11-18T09:00:00', 'tomorrow')).toEqual(new Date('2026-11-19T08:00:00'));
  });
  it('offers nothing of today that has passed or is about to', () => {
    expect(names('2026-11-18T18:30:00')).toEqual(['later', 'tomorrow', 'next_week']);
    expect(names('2026-11-18T22:00:00')).toEqual(['tomorrow', 'next_week']);
  });
  it('next week is always the coming Monday, never today', () => {
    expect(when('2026-11-16T09:00:00', 'next_week')).toEqual(new Date('2026-11-23T08:00:00'));
    expect(when('2026-11-22T09:00:00', 'next_week')).toEqual(new Date('2026-11-23T08:00:00'));
  });
  it('keeps eight o’clock when the clocks change in the night', () => {
    expect(when('2026-10-24T12:00:00', 'tomorrow')).toEqual(new Date('2026-10-25T08:00:00'));
  });
});

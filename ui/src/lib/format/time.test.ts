import { describe, expect, it } from 'vitest';
import { clockTime, dayKey, dayLabel, daysBetween, rowTime, secondsUntil } from './time';

const now = new Date('2026-11-21T15:00:00+01:00');

describe('rowTime', () => {
  const shown = (at: string) => rowTime(at, now, 'de-DE');

  it('is the clock today, in the time of this computer', () => {
    expect(shown('2026-11-21T13:02:00Z')).toBe('14:02');
    expect(shown('2026-11-20T23:30:00Z')).toBe('00:30');
  });
  it('is the day of the week within a week', () => {
    expect(shown('2026-11-20T22:30:00Z')).toBe('Fr');
    expect(shown('2026-11-15T12:00:00Z')).toBe('So');
  });
  it('is the date before that, with the year where it is another', () => {
    expect(shown('2026-11-14T12:00:00Z')).toBe('14. Nov.');
    expect(shown('2025-11-14T12:00:00Z')).toBe('14.11.25');
  });
  it('is a date for a day to come', () => {
    expect(shown('2026-11-23T07:00:00Z')).toBe('23. Nov.');
  });
});

describe('dayLabel', () => {
  const shown = (at: string) => dayLabel(at, now, 'de-DE', 'Heute', 'Gestern');

  it('names today and yesterday', () => {
    expect(shown('2026-11-21T00:10:00+01:00')).toBe('Heute');
    expect(shown('2026-11-20T23:50:00+01:00')).toBe('Gestern');
  });
  it('else says the day', () => {
    expect(shown('2026-11-16T12:00:00Z')).toBe('Mo., 16. Nov.');
    expect(shown('2024-02-29T12:00:00Z')).toBe('Do., 29. Feb. 2024');
  });
});

describe('days', () => {
  it('count by the calendar, also over the change to winter time', () => {
    expect(daysBetween(new Date('2026-10-24T23:59:00+02:00'), new Date('2026-10-26T00:01:00+01:00'))).toBe(2);
  });
  it('have one key each', () => {
    expect(dayKey('2026-11-20T23:30:00Z')).toBe('2026-11-21');
    expect(dayKey('2026-11-20T22:30:00Z')).toBe('2026-11-20');
  });
});

describe('the rest', () => {
  it('writes the clock as people there write it', () => {
    expect(clockTime('2026-11-21T13:02:00Z', 'en-US')).toBe('02:02 PM');
  });
  it('counts whole seconds down to nothing', () => {
    const at = '2026-11-21T13:00:10Z';
    expect(secondsUntil(at, Date.parse('2026-11-21T13:00:00.100Z'))).toBe(10);
    expect(secondsUntil(at, Date.parse('2026-11-21T13:00:11Z'))).toBe(0);
  });
});

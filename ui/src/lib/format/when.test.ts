import { describe, expect, it } from 'vitest';
import { readDate, readTime, writeDate } from './when';

const now = new Date('2026-11-21T12:00:00');

describe('times as they are typed', () => {
  it.each([['9', '09:00'], ['9.30', '09:30'], ['930', '09:30'], ['1830', '18:30'], ['09:05', '09:05'], ['14h30', '14:30']])('%s is %s', (text, time) => {
    expect(readTime(text)).toBe(time);
  });
  it.each(['', '25', '9:61', 'neun'])('%j is none', (text) => expect(readTime(text)).toBeUndefined());
});

describe('days as they are typed', () => {
  it('are read in the order of the language', () => {
    expect(readDate('24.12.2026', 'de-DE', now)).toBe('2026-12-24');
    expect(readDate('12/24/26', 'en-US', now)).toBe('2026-12-24');
    expect(readDate('24/12/26', 'fr-FR', now)).toBe('2026-12-24');
    expect(readDate('2026-12-24', 'it-IT', now)).toBe('2026-12-24');
  });
  it('without a year are the next such day', () => {
    expect(readDate('24.12.', 'de-DE', now)).toBe('2026-12-24');
    expect(readDate('1.2.', 'de-DE', now)).toBe('2027-02-01');
  });
  it('that do not exist are none', () => {
    expect(readDate('31.2.2027', 'de-DE', now)).toBeUndefined();
    expect(readDate('bald', 'de-DE', now)).toBeUndefined();
  });
  it('are written so that they can be read again', () => {
    for (const locale of ['de-DE', 'de-CH', 'en-US', 'en-GB', 'fr-FR', 'it-IT']) expect(readDate(writeDate('2026-12-09', locale), locale, now)).toBe('2026-12-09');
  });
});

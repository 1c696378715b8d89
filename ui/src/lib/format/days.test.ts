import { describe, expect, it } from 'vitest';
import { about, birthdayText, dayText, typedBirthday, typedDay } from './days';

describe('days of a card', () => {
  it('are read in the manner of the language', () => {
    expect(dayText('2026-03-12', 'de-DE')).toBe('12. März 2026');
    expect(birthdayText('--03-12', 'de-DE')).toBe('12. März');
    expect(birthdayText('1980-03-12', 'fr-FR')).toBe('12 mars 1980');
    expect(birthdayText('', 'de-DE')).toBe('');
  });
  it('are typed with a year or without', () => {
    expect(typedBirthday('1980-03-12', 'de-DE')).toBe('12.03.1980');
    expect(typedBirthday('--03-12', 'de-DE')).toBe('12.03.');
    expect(typedDay('12.3.1980', 'de-DE')).toBe('1980-03-12');
    expect(typedDay('3/12/1980', 'en-US')).toBe('1980-03-12');
  });
  it('are left to the engine where they are no whole date', () => {
    for (const text of ['12.3.', '12.3.80', 'bald', '']) expect(typedDay(text, 'de-DE')).toBe(text);
  });
});

describe('about how long', () => {
  it('takes the unit that people would', () => {
    expect(about(20, 'de-DE')).toBe('1 Min.');
    expect(about(40 * 60, 'de-DE')).toBe('40 Min.');
    expect(about(3 * 3600, 'de-DE')).toBe('3 Std.');
    expect(about(50 * 3600, 'de-DE')).toBe('2 Tage');
  });
});

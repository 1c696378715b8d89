import { describe, expect, it } from 'vitest';
import { COUNTRIES } from '../i18n/places';
import { closedDays, hoursLine, hoursText, usualHours, weekHours } from './hours';

/** Spaces and lines differ between versions of the tables. */
const line = (hours: string, locale: string) => hoursLine(weekHours(hours), locale).replaceAll('\u2060', '').replace(/\s?[–-]\s?/g, '-').replace(/\s/g, ' ');

describe('opening hours in one line', () => {
  it('name the days that are alike together, and closed ones not at all', () => {
    expect(line(hoursText(usualHours('DE')), 'de-DE')).toBe('Mo-Fr 09:00-18:00 Uhr; Sa 09:00-14:00 Uhr');
    expect(line('{"mon":[["09:00","18:00"]],"wed":[["09:00","12:30"],["14:00","18:30"]],"thu":[["09:00","12:30"],["14:00","18:30"]],"sun":[["10:00","12:00"]]}', 'de-DE'))
      .toBe('Mo 09:00-18:00 Uhr; Mi-Do 09:00-12:30 Uhr, 14:00-18:30 Uhr; So 10:00-12:00 Uhr');
    expect(line(hoursText(usualHours('US')), 'en-US')).toBe('Mon-Sat 9:00 AM-5:30 PM');
    expect(line('{}', 'de-DE')).toBe('');
  });
  it('break between spans only: no “Uhr” stands alone in a line', () => {
    for (const locale of ['de-DE', 'en-US', 'fr-FR', 'it-IT']) {
      const breaks = (hours: string) => hoursLine(weekHours(hours), locale).match(/.[ \u2009\u202f]/g);
      expect(breaks('{"mon":[["09:00","12:30"]]}'), locale).toBeNull();
      expect(breaks('{"mon":[["09:00","12:30"],["14:00","18:30"]],"sat":[["09:00","14:00"]]}'), locale).toEqual([', ', '; ']);
    }
  });
  it('are offered for every country, and can be kept', () => {
    for (const country of COUNTRIES) {
      const hours = usualHours(country);
      expect(weekHours(hoursText(hours)), country).toEqual(hours);
      for (const spans of Object.values(hours)) expect(spans.flat(), country).toEqual(spans.flat().toSorted());
      expect(hours.mon.length, country).toBeGreaterThan(0);
    }
  });
});

describe('opening hours', () => {
  it('come back as they were written', () => {
    const text = '{"mon":[["09:00","12:30"],["14:00","18:30"]],"sat":[["09:00","14:00"]]}';
    expect(hoursText(weekHours(text))).toBe(text);
    expect(weekHours(text).sun).toEqual([]);
  });
  it('that cannot be read count as closed', () => {
    expect(hoursText(weekHours('kaputt'))).toBe('{}');
    expect(weekHours('{"mon":[["09:00"]],"tue":7}').mon).toEqual([]);
    expect(closedDays('{}')).toEqual([]);
  });
});

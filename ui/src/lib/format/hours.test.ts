import { describe, expect, it } from 'vitest';
import { closedDays, hoursText, weekHours } from './hours';

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

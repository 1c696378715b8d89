import { describe, expect, it } from 'vitest';
import { chosen, dayOf, holidayRows, seasons } from './holidays';

const day = (holiday: string, date: string, everywhere = true, closed = true) => ({ holiday, name: holiday, date, everywhere, closed });
const DAYS = [day('new-year', '2026-01-01'), day('good-friday', '2026-04-03'), day('assumption', '2026-08-15', false, false), day('new-year', '2027-01-01'), day('good-friday', '2027-03-26'), day('assumption', '2027-08-15', false, false)];

describe('holidays', () => {
  it('stand once each, with their days', () => {
    const rows = holidayRows(DAYS, '[]');
    expect(rows.map((row) => [row.holiday, row.choice])).toEqual([['new-year', 'closed'], ['good-friday', 'closed'], ['assumption', 'usual']]);
    expect(rows[1]?.dates).toEqual(['2026-04-03', '2027-03-26']);
    expect(holidayRows([], undefined)).toEqual([]);
    const own = holidayRows(DAYS, '[{"day":"good-friday","hours":[["10:00","14:00"]]}]')[1];
    expect([own?.choice, own?.hours]).toEqual(['own', [['10:00', '14:00']]]);
  });
  it('are chosen without touching the others', () => {
    const [newYear, , assumption] = holidayRows(DAYS, '[]');
    if (!newYear || !assumption) throw new Error('no rows');
    expect(chosen(newYear, 'usual', [], '["good-friday"]', '[]')).toEqual({ openOn: '["good-friday","new-year"]', local: '[]' });
    expect(chosen(newYear, 'closed', [], '["good-friday","new-year"]', '[]')).toEqual({ openOn: '["good-friday"]', local: '[]' });
    expect(chosen(assumption, 'closed', [], '[]', '[]')).toEqual({ openOn: '[]', local: '["assumption"]' });
    expect(chosen(assumption, 'own', [['10:00', '12:00']], 'kaputt', '[]')).toEqual({ openOn: '[{"day":"assumption","hours":[["10:00","12:00"]]}]', local: '["assumption"]' });
    expect(chosen(assumption, 'usual', [], '[{"day":"assumption","hours":[]}]', '["assumption"]')).toEqual({ openOn: '[]', local: '[]' });
  });
});

describe('seasons', () => {
  it('are read, and what cannot be is left out', () => {
    const read = seasons('[{"from":"05-01","to":"09-30","name":"Sommer","hours":{"mon":[["08:00","19:00"]]}},7,{"from":"05-01"}]');
    expect(read).toHaveLength(1);
    expect(read[0]?.hours.mon).toEqual([['08:00', '19:00']]);
    expect(seasons('kaputt')).toEqual([]);
  });
  it('know days of each year from those of one', () => {
    expect(dayOf('02-29')).toEqual({ date: '2024-02-29', yearly: true });
    expect(dayOf('2027-05-01')).toEqual({ date: '2027-05-01', yearly: false });
  });
});

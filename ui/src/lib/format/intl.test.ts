import { afterEach, describe, expect, it } from 'vitest';
import { dateFormat, numberFormat } from './intl';

describe('formats', () => {
  const zone = process.env['TZ'];
  afterEach(() => void (process.env['TZ'] = zone));

  it('are made once for a language and a form', () => {
    expect(dateFormat('de-DE', { weekday: 'short' })).toBe(dateFormat('de-DE', { weekday: 'short' }));
    expect(dateFormat('de-DE', { weekday: 'long' })).not.toBe(dateFormat('de-DE', { weekday: 'short' }));
    expect(numberFormat('de-CH')).not.toBe(numberFormat('de-DE'));
    expect(numberFormat('de-CH').format(1234)).toMatch(/^1[’']234$/);
  });
  it('follow the computer to another time zone', () => {
    const hour = () => dateFormat('de-DE', { hour: '2-digit', minute: '2-digit' }).format(new Date('2026-11-21T13:02:00Z'));
    expect(hour()).toBe('14:02');
    process.env['TZ'] = 'America/New_York';
    expect(hour()).toBe('08:02');
  });
});

import { describe, expect, it } from 'vitest';
import { fetchingTexts, reachText } from './fetching';
import { language } from '.';

const now = new Date('2026-11-21T15:00:00+01:00');

describe('reachText', () => {
  it('is a day for the last weeks, then a month, with the year where it is another', () => {
    expect(reachText('2026-11-12T12:00:00Z', now, 'de-DE')).toBe('12. November');
    expect(reachText('2026-03-12T12:00:00Z', now, 'de-DE')).toBe('März');
    expect(reachText('2025-03-12T12:00:00Z', now, 'de-DE')).toBe('März 2025');
    expect(reachText('2025-03-12T12:00:00Z', now, 'fr-FR')).toBe('mars 2025');
  });
});

describe('fetchingTexts', () => {
  const fetching = { loaded: 12_400, remaining: 7_600, reaches_to: '2026-03-12T12:00:00Z', paused: false, metered: false, minutes_left: null };

  it('says how much of how much, how far the search reaches, and the time only where it is known', () => {
    language.use('de');
    expect(fetchingTexts(fetching, now)).toEqual(['12.400 von 20.000 geladen', 'Suche bereit bis März']);
    expect(fetchingTexts({ ...fetching, minutes_left: 1 }, now)[2]).toBe('noch etwa eine Minute');
    expect(fetchingTexts({ ...fetching, minutes_left: 8 }, now)[2]).toBe('noch etwa 8 Minuten');
    expect(fetchingTexts({ ...fetching, paused: true }, now)[2]).toBe('Laden pausiert');
    expect(fetchingTexts({ ...fetching, loaded: null, reaches_to: null }, now)).toEqual(['noch 7.600 Nachrichten zu laden']);
  });
});

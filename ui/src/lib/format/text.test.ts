import { describe, expect, it } from 'vitest';
import { byteSize, cutAtLinks, initials, pieces, tintOf } from './text';

describe('initials', () => {
  it.each([
    ['Anna Petersen', 'AP'],
    ['anna', 'A'],
    ['Familie Brandstätter-von Hohenlohe', 'FH'],
    ['Öğretmen Yıldız', 'ÖY'],
    ['+49 176 04069011', '#'],
    ['', '#'],
    ['𝒜nna 𝒫', '𝒜𝒫'],
    ['"Müller, Clara" <c@x.example>', 'MC'],
  ])('%s → %s', (name, expected) => {
    expect(initials(name).normalize('NFC')).toBe(expected);
  });
});

describe('pieces', () => {
  it('cuts at the marks', () => {
    expect(pieces('ein \uE000Rad\uE001 weg')).toEqual([
      { text: 'ein ', hit: false },
      { text: 'Rad', hit: true },
      { text: ' weg', hit: false },
    ]);
  });
  it('leaves markup as text, and survives marks that do not match', () => {
    expect(pieces('<b>\uE000x')).toEqual([{ text: '<b>', hit: false }, { text: 'x', hit: true }]);
    expect(pieces('\uE001\uE001')).toEqual([]);
  });
});

describe('the rest', () => {
  it('writes sizes', () => {
    expect(byteSize(1_830_000, 'de-DE')).toBe('1,8 MB');
    expect(byteSize(999, 'de-DE')).toBe('999 Byte');
    expect(byteSize(48_200, 'en-GB')).toBe('48 kB');
  });
  it('gives the same person the same tint', () => {
    expect(tintOf('Anna Petersen')).toBe(tintOf('Anna Petersen'));
    expect(tintOf('x')).toBeLessThan(8);
  });
});

describe('cutAtLinks', () => {
  it('cuts every link out, the longer one where two begin together', () => {
    const links = [{ text: 'a.example' }, { text: 'a.example/b' }];
    const cut = (text: string) => cutAtLinks(text, links).map((part) => (part.link ? `[${part.text}]` : part.text));
    expect(cut('Siehe a.example/b und a.example.')).toEqual(['Siehe ', '[a.example/b]', ' und ', '[a.example]', '.']);
    expect([cut(''), cut('nichts'), cut('a.example')]).toEqual([[], ['nichts'], ['[a.example]']]);
  });
});

import { describe, expect, it } from 'vitest';
import { marked } from './marks';

const shown = (text: string, wanted: string) => marked(text, wanted).replace(/\uE000/gu, '[').replace(/\uE001/gu, ']');

describe('marks', () => {
  it('stand around the beginnings of words, whatever the accents', () => {
    expect(shown('Anna Berger', 'ber')).toBe('Anna [Ber]ger');
    expect(shown('Müller', 'mul')).toBe('[Mül]ler');
    expect(shown('Müller', 'muell')).toBe('[Müll]er');
    expect(shown('Hauptstraße 5', 'hauptstrass 5')).toBe('[Hauptstraß]e [5]');
    expect(shown('anna@kunde.example', 'kunde')).toBe('anna@[kunde].example');
    expect(shown('Berger', 'erg')).toBe('Berger');
    expect(shown('Anna', '')).toBe('Anna');
    expect(shown('E-Mail', '.*')).toBe('E-Mail');
  });
});

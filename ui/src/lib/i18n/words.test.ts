import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Code } from '../api/bindings/Code';
import { language, locales } from './index';
import { textFor } from './lookup';
import { fieldLabel, mediumName, problemAdvice, problemText, reasonText, refusedText } from './words';

type Catalogue = Record<string, unknown>;
const catalogue = (locale: string): Catalogue =>
  JSON.parse(readFileSync(new URL(`../../../messages/${locale}.json`, import.meta.url), 'utf8')) as Catalogue;

/** Every code of the generated type, read from its file so that a new one cannot be forgotten. */
const CODES = [...readFileSync(new URL('../api/bindings/Code.ts', import.meta.url), 'utf8').matchAll(/"([a-z_]+)"/g)].map(([, code]) => code as Code);

describe('the catalogues', () => {
  it.each(locales)('%s has every text, and the same placeholders', (locale) => {
    const base = catalogue('de');
    const other = catalogue(locale);
    expect(Object.keys(other).sort()).toEqual(Object.keys(base).sort());
    const holes = (text: unknown) => [...new Set(JSON.stringify(text).match(/\{[a-z]+\}/g) ?? [])].sort();
    for (const key of Object.keys(base)) {
      if (typeof base[key] === 'string') expect([key, holes(other[key])]).toEqual([key, holes(base[key])]);
      expect(other[key], key).not.toBe('');
    }
  });

  it.each(locales)('%s says for every error what happened and what to do', (locale) => {
    language.use(locale);
    expect(CODES.length).toBeGreaterThan(15);
    for (const code of CODES) {
      expect(textFor(`error_${code}`), code).toBeTruthy();
      expect(problemAdvice({ code, message: '' }), code).toBeTruthy();
    }
  });
});

describe('words from Rust', () => {
  it('are translated by code, with media by their names', () => {
    language.use('de');
    expect(mediumName('in_person')).toBe('Persönlich');
    expect(reasonText({ code: 'preferred', text: 'x', params: {} })).toContain('wünscht');
    expect(problemText({ code: 'too_late', message: 'x' })).toBe('Dafür ist es zu spät.');
    language.use('en');
    expect(problemText({ code: 'too_late', message: 'x' })).toBe('It is too late for that.');
  });

  it('fall back to what came with them', () => {
    expect(mediumName('pigeon_post')).toBe('Pigeon post');
    expect(reasonText({ code: 'brand_new', text: 'because of the moon', params: {} })).toBe('because of the moon');
    expect(refusedText({ medium: 'x', kind: 'x', address: '', code: 'brand_new', text: 'no way', params: {} })).toBe('no way');
    expect(fieldLabel({ key: 'quota_group', label: 'Quota group', input: 'text', options: [], secret: false, required: false, default: null })).toBe('Quota group');
    expect(mediumName('constructor')).toBe('Constructor');
  });
});

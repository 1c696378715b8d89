import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Code } from '../api/bindings/Code';
import { language, locales, m } from './index';
import { count } from '../format/text';
import { textFor } from './lookup';
import { wishedText, wishLine, wishWhy } from './wishes';
import { fieldLabel, mediumName, mediumWithin, noteText, problemAdvice, problemText, reasonText, refusedText } from './words';

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

describe('the version on screen', () => {
  it('is that of the program', () => {
    const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
    const { version, license } = JSON.parse(read('package.json')) as Record<string, string>;
    const workspace = read('../Cargo.toml');
    expect(/^version = "(.+)"$/m.exec(workspace)?.[1]).toBe(version);
    expect(/^license = "(.+)"$/m.exec(workspace)?.[1]).toBe(license);
  });
});

describe('the country', () => {
  it('Switzerland writes without ß, and numbers in its own manner', () => {
    language.use('de');
    language.country = 'CH';
    expect([m.close(), language.tag]).toEqual(['Schliessen', 'de-CH']);
    // What people wrote is not ours: names, paths and search words keep their letters.
    expect(m.hours_closes({ day: 'Weiß' })).toBe('Weiß: schliesst um');
    expect(m.search_none({ query: 'Straße' })).toContain('Straße');
    expect(count(1234567, language.tag)).toMatch(/^1[’']234[’']567$/);
    expect(m.selected_count({ count: 1000 })).toMatch(/^1[’']000 ausgewählt$/);
    language.country = 'AT';
    expect([m.close(), language.tag]).toEqual(['Schließen', 'de-AT']);
    language.country = '';
  });
});

describe('French', () => {
  it('no line ends before its two-part signs or inside its quotation marks', () => {
    language.use('fr');
    expect(m.account_remove_title({ name: 'Atelier' })).toBe('Retirer «\u00A0Atelier\u00A0»\u00A0?');
    expect(m.gaps_text()).toBe('À compléter avant l’envoi\u00A0:');
    language.use('de');
    expect(m.account_remove_title({ name: 'Laden' })).toBe('„Laden“ entfernen?');
  });
});

describe('routes', () => {
  const source = readFileSync(new URL('../../../../src-tauri/crates/domain/src/routing/reason.rs', import.meta.url), 'utf8');
  const codes = (type: string) => {
    const body = source.slice(source.indexOf(`impl ${type} {`)).split('pub fn params')[0] ?? '';
    return [...body.matchAll(/=> "([a-z_]+)"/g)].map(([, code = '']) => code);
  };

  it('have words for every reason and every refusal of the engine', () => {
    const reasons = codes('Reason');
    const refusals = codes('Refusal');
    expect([reasons.length > 5, refusals.length > 10]).toEqual([true, true]);
    for (const code of reasons) expect(textFor(`reason_${code}`) ?? textFor(`note_${code}`), code).toBeTruthy();
    for (const code of refusals) expect(textFor(`refused_${code}`), code).toBeTruthy();
  });
});

describe('words from Rust', () => {
  it('are translated by code, with media by their names', () => {
    language.use('de');
    expect(mediumName('in_person')).toBe('Persönlich');
    expect(reasonText({ code: 'preference', text: 'x', params: { source: 'wish' } })).toContain('wünscht');
    expect(refusedText({ medium: 'sms', kind: 'x', address: '', code: 'attachment_too_large', text: 'x', params: { bytes: '31000000', max_bytes: '25000000' } })).toBe('Eine Datei hat 31 MB, erlaubt sind 25 MB.');
    expect(problemText({ code: 'too_late', message: 'x' })).toBe('Dafür ist es zu spät.');
    language.use('en');
    expect(problemText({ code: 'too_late', message: 'x' })).toBe('It is too late for that.');
  });

  it('write a medium small in the middle of a sentence, where the language does', () => {
    const route = (locale: 'de' | 'en' | 'fr' | 'it', medium: string) => {
      language.use(locale);
      return m.route_by({ medium: mediumWithin(medium) });
    };
    expect([route('de', 'email'), route('en', 'email'), route('fr', 'email'), route('it', 'phone')]).toEqual(['Antwort per E-Mail', 'Reply by e-mail', 'Réponse par e-mail', 'Risposta via telefono']);
    expect([route('fr', 'sms'), route('fr', 'telegram'), route('fr', 'pigeon_post')]).toEqual(['Réponse par SMS', 'Réponse par Telegram', 'Réponse par Pigeon post']);
  });

  it('quote the customer where a wish is the reason', () => {
    language.use('de');
    const params = { medium: 'sms', since: '2026-03-12T10:00:00Z', evidence: 'bitte per SMS' };
    expect(reasonText({ code: 'wish', text: 'x', params })).toBe('der Kunde es am 12. März 2026 so wünschte: „bitte per SMS“');
    expect(reasonText({ code: 'wish', text: 'x', params: { medium: 'sms' } })).toBe('der Kunde in diesem Vorgang darum bat');
    expect(refusedText({ medium: 'sms', kind: 'x', address: '', code: 'customer_refuses', text: 'x', params })).toContain('„bitte per SMS“');
    expect(noteText({ code: 'customer_refuses', text: 'x', params: { medium: 'sms' } })).toBe('Achtung: Der Kunde möchte keine Antwort per SMS.');
    expect(wishedText({ medium: 'sms', refused: ['phone'], scope: 'always' })).toBe('künftig per SMS, nicht per Telefon');
    expect(wishedText({ medium: null, refused: ['sms'], scope: 'always' })).toBe('nie mehr per SMS');
    const line = { medium: 'phone', refused: '', scope: 'this_time', why: '', evidence: 'rufen Sie mich an' };
    expect(wishLine(line)).toBe('Wunsch: Rückruf – „rufen Sie mich an“');
    expect(wishLine({ ...line, why: 'untrusted' })).toContain('nicht gesichert');
    expect(wishLine({ why: 'opt_out', evidence: 'STOPP' })).toContain('„STOPP“');
  });

  it.each(locales)('%s says of every question why it is asked', (locale) => {
    language.use(locale);
    const rules = readFileSync(new URL('../../../../src-tauri/crates/domain/src/heeding/mod.rs', import.meta.url), 'utf8');
    const asked = [...rules.matchAll(/Self::\w+ => "([a-z_]+)"/g)].map(([, why = '']) => why).filter((why) => !['old', 'untrusted', 'spam', 'overtaken'].includes(why));
    expect(asked.length).toBeGreaterThan(6);
    for (const why of asked) expect(wishWhy(why), why).toBeTruthy();
  });

  it('fall back to what came with them', () => {
    expect(mediumName('pigeon_post')).toBe('Pigeon post');
    expect(reasonText({ code: 'brand_new', text: 'because of the moon', params: {} })).toBe('because of the moon');
    expect(refusedText({ medium: 'x', kind: 'x', address: '', code: 'brand_new', text: 'no way', params: {} })).toBe('no way');
    expect(fieldLabel({ key: 'quota_group', label: 'Quota group', input: 'text', options: [], secret: false, required: false, default: null, proposed: null }, 'any')).toBe('Quota group');
    expect(mediumName('constructor')).toBe('Constructor');
  });
});

describe('what is counted', () => {
  it.each([
    ['de', 'noch 1 Nachricht zu laden', 'noch 2 Nachrichten zu laden'],
    ['en', '1 message still to load', '2 messages still to load'],
    ['fr', 'encore 1 message à charger', 'encore 2 messages à charger'],
    ['it', 'ancora 1 messaggio da caricare', 'ancora 2 messaggi da caricare'],
  ] as const)('%s has a form for one', (locale, one, two) => {
    language.use(locale);
    expect([m.fetching_left({ count: 1 }), m.fetching_left({ count: 2 })]).toEqual([one, two]);
    expect(m.status_indexing({ count: 1 }).replace('1', '2')).not.toBe(m.status_indexing({ count: 2 }));
    language.use('de');
  });

  it.each(locales)('%s never puts a number before a bare plural', (locale) => {
    // Two or more by their nature: what is chosen together, limits, and times of a list.
    const many = /^(conversation_picked|status_changed_many|pick_|shell_new_messages|setting_undo_seconds|contacts_cut|tasks_cut|refused_window_closed|refused_text_too_long|segments|shell_unread|proposal_title)/;
    const counted = Object.entries(catalogue(locale)).filter(([key, text]) => typeof text === 'string' && !many.test(key) && /\{count\} \p{L}{3,}/u.test(text));
    expect(counted.map(([key]) => key)).toEqual([]);
  });
});

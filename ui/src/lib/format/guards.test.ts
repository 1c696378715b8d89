import { afterEach, describe, expect, it } from 'vitest';
import { language, locales } from '../i18n';
import { guardDetail, guardSaid, guardText, holding } from './guards';
import { INTENTS, intentName } from './intents';

const GUARDS = [
  ...['switch', 'person', 'spam', 'blocked', 'restricted', 'opted_out', 'own', 'sensitive', 'unverified', 'stale', 'already_answered', 'person_wanted', 'claim'],
  ...['cap_contact_day', 'cap_contact_week', 'cap_hour', 'cap_day', 'cap_dialogue', 'cap_notice', 'notice_once'],
];

afterEach(() => language.use('de'));

describe('guards', () => {
  it('have a sentence for each verdict in every language', () => {
    for (const locale of locales) {
      language.use(locale);
      for (const name of GUARDS) {
        expect(guardText(name)).toMatch(/\.$/);
        expect(guardSaid({ name, passed: true, why: '' })).toMatch(/\.$/);
        expect(guardSaid({ name, passed: true, why: '' })).not.toBe(guardSaid({ name, passed: false, why: '' }));
      }
    }
  });

  it('that this window does not know are shown as they came', () => {
    expect(guardText('moon')).toBe('moon');
    expect(guardSaid({ name: 'moon', passed: false, why: 'it is full' })).toBe('moon: it is full');
  });

  it('tell their figures and words', () => {
    expect(guardDetail({ name: 'cap_hour', passed: false, why: '30 of 30' })).toBe('30 von 30');
    expect(guardDetail({ name: 'cap_hour', passed: true, why: 'not for this kind of message' })).toBeUndefined();
    expect(guardDetail({ name: 'sensitive', passed: false, why: 'only a person should answer: Anwalt, Frist' })).toBe('Im Text: Anwalt, Frist');
    expect(guardDetail({ name: 'sensitive', passed: true, why: 'nothing speaks against it' })).toBeUndefined();
  });

  it('of several the first that held it is told', () => {
    const guards = [{ name: 'switch', passed: true, why: '' }, { name: 'stale', passed: false, why: '' }, { name: 'claim', passed: false, why: '' }];
    expect(holding(guards)?.name).toBe('stale');
    expect(holding([])).toBeUndefined();
  });
});

describe('intents', () => {
  it('have a name in every language', () => {
    for (const locale of locales) {
      language.use(locale);
      for (const intent of INTENTS) expect(intentName(intent)).not.toBe(intent);
    }
  });

  it('that this window does not know are shown as they came', () => expect(intentName('moon')).toBe('moon'));
});

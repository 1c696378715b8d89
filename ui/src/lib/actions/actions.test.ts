import { describe, expect, it } from 'vitest';
import { fakeClient } from '../api/fake';
import { language, locales } from '../i18n';
import { AppState } from '../state/app.svelte';
import { keymap, keyCaps } from '../state/keymap.svelte';
import { allActions } from './index';
import { bestFit, fits } from './match';

const actions = () => allActions(new AppState(fakeClient(new URLSearchParams())));

describe('actions', () => {
  it('have a name in every language and no key twice', () => {
    for (const locale of locales) {
      language.use(locale);
      for (const action of actions()) expect(action.name(), action.id).not.toBe('');
    }
    const keys = actions().map((action) => action.key).filter((key) => key !== '');
    expect(keys.length).toBe(new Set(keys).size);
  });
  it('use no sign that a German keyboard reaches only with a modifier', () => {
    for (const { key } of actions()) expect(key).not.toMatch(/^[#/[\]@\\{}|~]$/);
  });
});

describe('the keymap', () => {
  it('takes what was changed from the settings, and nothing from a broken one', () => {
    keymap.take(keymap.with('done', 'd'), 'false');
    expect([keymap.of('done', 'e'), keymap.of('snooze', 's'), keymap.letters]).toEqual(['d', 's', false]);
    keymap.take(keymap.with('done', undefined), 'true');
    expect([keymap.of('done', 'e'), keymap.letters]).toEqual(['e', true]);
    keymap.take('kaputt', undefined);
    expect([keymap.of('done', 'e'), keymap.letters]).toEqual(['e', true]);
  });
  it('is shown as it stands on the keyboard', () => {
    language.use('de');
    expect(keyCaps('$mod+Shift+Enter')).toEqual(['Strg', 'Umschalt', 'Eingabe']);
    expect(keyCaps('$mod++')).toEqual(['Strg', '+']);
    expect(keyCaps('Shift+PageDown')).toEqual(['Umschalt', 'Bild ↓']);
    language.use('fr');
    expect(keyCaps('$mod+Delete')).toEqual(['Ctrl', 'Suppr']);
  });
});

describe('finding by name', () => {
  it('takes beginnings before the middle, and letters in their order last', () => {
    expect(fits('zur', 'Zurückstellen')).toBeGreaterThan(fits('stellen', 'Zurückstellen'));
    expect(fits('zuruck', 'Zurückstellen')).toBe(100);
    expect(fits('zstl', 'Zurückstellen')).toBeGreaterThan(0);
    expect(fits('xyz', 'Zurückstellen')).toBe(0);
    expect(bestFit('snooze', ['Zurückstellen', 'Snooze'])).toBeGreaterThan(0);
  });
});

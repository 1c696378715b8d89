import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fakeClient } from '../api/fake';
import { language, locales } from '../i18n';
import { textFor } from '../i18n/lookup';
import { AppState, SETTINGS_PAGES } from '../state/app.svelte';
import { allActions } from './index';
import { SETTINGS, settingsFor } from './settings';
import { fitOf } from './names';

const PAGES = new URL('../../components/settings/', import.meta.url);

const app = (): AppState => new AppState(fakeClient(new URLSearchParams()));

/** The names under which rows can be found on the pages. */
function rows(): string[] {
  const sources = readdirSync(PAGES).filter((file) => file.endsWith('.svelte')).map((file) => readFileSync(new URL(file, PAGES), 'utf8'));
  return sources.flatMap((source) => [...source.matchAll(/(?:data-setting|<S\w+Row name)="(\w+)"/g)].map(([, name = '']) => name));
}

describe('settings', () => {
  it('are each found by their row, and each row is found', () => {
    expect([...rows()].sort()).toEqual(SETTINGS.map(({ id }) => id).sort());
    expect(SETTINGS.length).toBeGreaterThan(20);
  });

  it('and actions have other words in every language', () => {
    const state = app();
    const ids = [...SETTINGS.map(({ id }) => id), ...SETTINGS_PAGES.map((page) => `settings_${page}`), ...allActions(state).map((action) => action.words ?? action.id)];
    const hidden = ['undo_too', 'palette'];
    for (const locale of locales) {
      language.use(locale);
      for (const id of new Set(ids)) if (!hidden.includes(id)) expect(textFor(`find_${id}`), `${locale} ${id}`).toBeTruthy();
    }
    language.use('de');
  });

  it('are found by words of any language, the wanted one first', () => {
    const state = app();
    for (const [wanted, id] of [
      ['Farben', 'theme'], ['dark', 'theme'], ['sombre', 'theme'], ['scuro', 'theme'],
      ['nicht stören', 'quiet_hours'], ['do not disturb', 'quiet_hours'], ['ferie', 'closed_days'], ['Feiertage', 'closed_days'],
      ['undo send', 'undo_time'], ['tracking', 'pictures'], ['DSGVO', 'settings_privacy'], ['backup', 'settings_backup'],
      ['langue', 'shop_language'], ['schriftgröße', 'text_size'], ['raccourcis', 'settings_shortcuts'], ['IMAP', 'settings_accounts'],
    ] as const) {
      expect(settingsFor(state, wanted).slice(0, 4).map((found) => found.id), wanted).toContain(id);
    }
    expect(settingsFor(state, 'zwxq')).toEqual([]);
  });
});

describe('the palette', () => {
  it('finds every kind of thing that can be done, in any language', () => {
    const state = app();
    const best = (wanted: string) => allActions(state).map((action) => ({ id: action.id, fit: fitOf(wanted, action.name, action.words ?? action.id) })).sort((one, other) => other.fit - one.fit)[0]?.id;
    for (const [wanted, id] of [
      ['archivieren', 'done'], ['merge', 'join'], ['bloquer', 'block'], ['stampare', 'print'], ['dark mode', 'theme_dark'], ['wiedervorlage', 'snooze'],
      ['synchronisieren', 'fetch_now'], ['templates', 'go_replies'], ['memo', 'note'], ['favori', 'star'], ['neue vorlage', 'reply_new'], ['address book', 'go_contacts'],
    ] as const) expect(best(wanted), wanted).toBe(id);
    expect(best('Français')).toBe('language_fr');
  });
});

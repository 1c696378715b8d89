/** How the window looks. */
import { locales, m } from '../i18n';
import { ownName } from '../i18n/places';
import type { AppState } from '../state/app.svelte';
import { look, TEXT_PERCENTS } from '../state/look.svelte';
import type { Action } from './action';

export function viewActions(app: AppState): Action[] {
  const set = (key: string, value: string) => () => void app.settings.set(key, value);
  const step = (by: 1 | -1) => () => {
    const at = TEXT_PERCENTS.indexOf(look.percent);
    const next = TEXT_PERCENTS[at + by];
    if (next !== undefined) void app.settings.set('appearance.text_percent', String(next));
  };
  const languages = locales.map((locale): Action => ({
    id: `language_${locale}`, words: 'language', group: 'view', name: () => m.act_language({ name: ownName(locale) }), key: '', run: set('shop.language', locale),
  }));
  return [
    ...languages,
    { id: 'text_larger', group: 'view', name: m.act_text_larger, key: '$mod++', always: true, run: step(1) },
    { id: 'text_smaller', group: 'view', name: m.act_text_smaller, key: '$mod+-', always: true, run: step(-1) },
    { id: 'text_usual', group: 'view', name: m.act_text_usual, key: '$mod+0', always: true, run: set('appearance.text_percent', '100') },
    { id: 'theme_light', group: 'view', name: m.act_theme_light, key: '', run: set('appearance.theme', 'light') },
    { id: 'theme_dark', group: 'view', name: m.act_theme_dark, key: '', run: set('appearance.theme', 'dark') },
    { id: 'theme_system', group: 'view', name: m.act_theme_system, key: '', run: set('appearance.theme', 'system') },
    { id: 'rows_compact', group: 'view', name: m.act_rows_compact, key: '', run: set('appearance.density', 'compact') },
    { id: 'rows_roomy', group: 'view', name: m.act_rows_roomy, key: '', run: set('appearance.density', 'roomy') },
  ];
}

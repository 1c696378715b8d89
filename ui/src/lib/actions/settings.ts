/** The pages of the settings and each single setting, as they are found by the search and the palette, and the way to them. */
import { m } from '../i18n';
import { settingsPageName } from '../i18n/words';
import { SETTINGS_PAGES, type AppState, type SettingsPage } from '../state/app.svelte';
import { fitOf } from './names';

interface Setting {
  /** Stands as `data-setting` on its row; its other words are `find_` and this in the catalogues. */
  id: string;
  page: SettingsPage;
  name: () => string;
}

export const SETTINGS: readonly Setting[] = [
  { id: 'shop_name', page: 'shop', name: m.setting_shop_name },
  { id: 'shop_country', page: 'shop', name: m.setting_country },
  { id: 'shop_language', page: 'shop', name: m.setting_language },
  { id: 'time_zone', page: 'shop', name: m.setting_time_zone },
  { id: 'opening_hours', page: 'hours', name: m.settings_hours },
  { id: 'state', page: 'hours', name: m.setting_state },
  { id: 'seasons', page: 'hours', name: m.seasons_title },
  { id: 'closed_days', page: 'hours', name: m.closed_title },
  { id: 'own_fields', page: 'card', name: m.fields_title },
  { id: 'tags', page: 'card', name: m.card_tags },
  { id: 'undo_time', page: 'sending', name: m.setting_undo },
  { id: 'formatting', page: 'sending', name: m.setting_formatting },
  { id: 'notify', page: 'notifications', name: m.notify_on },
  { id: 'notify_previews', page: 'notifications', name: m.notify_previews },
  { id: 'quiet_hours', page: 'notifications', name: m.notify_quiet },
  { id: 'keep_running', page: 'notifications', name: m.background_keep },
  { id: 'autostart', page: 'notifications', name: m.background_autostart },
  { id: 'keep_years', page: 'privacy', name: m.keep_years },
  { id: 'pictures', page: 'privacy', name: m.privacy_pictures },
  { id: 'blocked', page: 'privacy', name: m.privacy_blocked },
  { id: 'record', page: 'privacy', name: m.record_title },
  { id: 'pin', page: 'security', name: m.lock_heading },
  { id: 'lock_idle', page: 'security', name: m.lock_idle },
  { id: 'lock_system', page: 'security', name: m.lock_system },
  { id: 'passphrase', page: 'security', name: m.passphrase },
  { id: 'recovery_code', page: 'security', name: m.recovery_code },
  { id: 'backup_make', page: 'backup', name: m.backup_make },
  { id: 'backup_restore', page: 'backup', name: m.backup_from_file },
  { id: 'theme', page: 'appearance', name: m.setting_theme },
  { id: 'text_size', page: 'appearance', name: m.setting_text_size },
  { id: 'rows', page: 'appearance', name: m.setting_rows },
  { id: 'letters', page: 'shortcuts', name: m.letters_on },
  { id: 'keys', page: 'shortcuts', name: m.settings_shortcuts },
  { id: 'diagnostics', page: 'about', name: m.diagnostics_title },
];

/** A page or a setting that was found. */
export interface FoundSetting {
  id: string;
  name: string;
  /** The page it stands on. */
  page: string;
  fit: number;
  run: () => void;
}

/** Less is letters in their order, which among so many words is chance. */
const LEAST_FIT = 50;

/** Pages and settings that fit, the best first. */
export function settingsFor(app: AppState, wanted: string): FoundSetting[] {
  const pages = SETTINGS_PAGES.map((page): FoundSetting => ({
    id: `settings_${page}`, name: settingsPageName(page), page: m.nav_settings(), fit: fitOf(wanted, () => settingsPageName(page), `settings_${page}`), run: () => app.showSettings(page),
  }));
  const single = SETTINGS.map(({ id, page, name }): FoundSetting => ({
    id, name: name(), page: settingsPageName(page), fit: fitOf(wanted, name, id), run: () => goToSetting(app, id),
  }));
  const named = new Set(pages.filter((found) => found.fit > 0).map((found) => found.name));
  return [...pages, ...single.filter((found) => !named.has(found.name))].filter((found) => found.fit >= LEAST_FIT).sort((one, other) => other.fit - one.fit);
}

/** Shows the page of a setting; the page puts the focus on its control once it stands. */
export function goToSetting(app: AppState, id: string): void {
  const setting = SETTINGS.find((known) => known.id === id);
  if (!setting) return;
  app.showSettings(setting.page);
  app.settingWanted = id;
}

/** Puts the focus on the control of a setting, else on its row. Answers whether it is drawn. */
export function focusSetting(id: string): boolean {
  const row = document.querySelector<HTMLElement>(`[data-setting="${id}"]`);
  if (!row) return false;
  const control = row.querySelector<HTMLElement>(':is(input, select, textarea, button):not([disabled])');
  if (!control) row.tabIndex = -1;
  (control ?? row).focus();
  row.scrollIntoView({ block: 'nearest' });
  return true;
}

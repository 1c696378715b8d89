/** Where a person can go: the areas, the filters of the inbox, the pages of the settings, search, palette, help. */
import { m } from '../i18n';
import { settingsPageName, stateName } from '../i18n/words';
import { SETTINGS_PAGES, VIEWS, type AppState, type View } from '../state/app.svelte';
import { STATUSES } from '../state/inbox.svelte';
import type { Action } from './action';
import { focusFirst, nextPane } from './focus';

export function goActions(app: AppState): Action[] {
  const names: Record<View, () => string> = { inbox: m.nav_inbox, contacts: m.nav_contacts, tasks: m.nav_tasks, outbox: m.nav_outbox, replies: m.nav_replies, settings: m.nav_settings, automation: m.nav_automation };
  const areas = VIEWS.map((view, index): Action => ({
    id: `go_${view}`, group: 'go', name: () => m.act_go({ name: names[view]() }), key: `$mod+${index + 1}`, always: true, run: () => app.show(view),
  }));
  const filters = STATUSES.map((status): Action => ({
    id: `filter_${status}`, group: 'go', name: () => m.act_filter({ name: stateName('filter', status) }), key: '', run: () => {
      app.show('inbox');
      app.inbox.show(status);
    },
  }));
  const pages = SETTINGS_PAGES.map((page): Action => ({
    id: `settings_${page}`, group: 'go', name: () => m.act_settings({ name: settingsPageName(page) }), key: '', run: () => app.showSettings(page),
  }));
  return [
    { id: 'palette', group: 'go', name: m.act_palette, key: '$mod+k', always: true, run: () => (app.palette = true) },
    { id: 'search', group: 'go', name: m.act_search, key: '$mod+f', always: true, run: () => search(app) },
    { id: 'lock', group: 'go', name: m.act_lock, key: '$mod+Shift+l', always: true, possible: () => app.lock.possible, run: () => void app.lockNow() },
    { id: 'help', group: 'go', name: m.act_help, key: 'Shift+?', run: () => (app.sheet = true) },
    { id: 'next_pane', group: 'go', name: m.act_next_pane, key: 'F6', always: true, run: () => nextPane(1) },
    { id: 'previous_pane', group: 'go', name: m.act_previous_pane, key: 'Shift+F6', always: true, run: () => nextPane(-1) },
    { id: 'practice', group: 'go', name: m.practice_open, key: '', possible: () => app.profile.status.value?.practice !== true, run: () => openPractice(app) },
    { id: 'automation_on', words: 'automation_switch', group: 'go', name: m.act_automation_on, key: '', possible: () => !app.automation.on, run: () => void app.automation.switch(true) },
    { id: 'automation_off', words: 'automation_switch', group: 'go', name: m.act_automation_off, key: '', possible: () => app.automation.on, run: () => void app.automation.switch(false) },
    { id: 'go_same', group: 'go', name: () => m.act_go({ name: m.same_title() }), key: '', run: () => void app.same.show() },
    ...areas,
    ...filters,
    ...pages,
  ];
}

/** The practice shop, in a window of its own. */
export function openPractice(app: AppState): void {
  void app.acts.run(async () => {
    await app.api.practiceOpen();
    app.toasts.add(m.practice_opens());
  });
}

function search(app: AppState): void {
  if (app.view !== 'inbox' && app.view !== 'contacts') app.show('inbox');
  queueMicrotask(() => focusFirst('[data-search]'));
}

/** What the palette offers for what was typed: the best actions and settings, then customers and standard replies. */
import { allActions, type Action } from '$lib/actions';
import { focusFirst } from '$lib/actions/focus';
import { momentActions } from '$lib/actions/moments';
import { fitOf } from '$lib/actions/names';
import { settingsFor } from '$lib/actions/settings';
import { m } from '$lib/i18n';
import type { AppState } from '$lib/state/app.svelte';

export interface Entry {
  id: string;
  group: string;
  name: string;
  side?: string;
  person?: boolean;
  action?: Action;
  run: () => void;
}

const CUSTOMERS = 5;
const REPLIES = 5;
const ACTIONS = 12;
const SETTINGS = 5;
const HIDDEN = ['undo_too', 'palette'];
const GROUPS = { conversation: m.group_conversation, write: m.group_write, go: m.group_go, view: m.group_view };

/** Everything that can be done now, without the moments for later. */
export function actionsNow(app: AppState): Action[] {
  return allActions(app).filter((action) => !HIDDEN.includes(action.id) && possible(action));
}

/** The moments for later, which are asked of the engine. */
export async function momentsNow(app: AppState): Promise<Action[]> {
  return (await momentActions(app)).filter(possible);
}

const possible = (action: Action) => action.possible?.() ?? true;

export async function entriesFor(app: AppState, actions: readonly Action[], query: string): Promise<Entry[]> {
  const wanted = query.trim();
  if (wanted === '') return actions.map((action) => entry(action, GROUPS[action.group]()));
  const fitting = actions.map((action) => ({ action, fit: fitOf(wanted, action.name, action.words ?? action.id) })).filter(({ fit }) => fit > 0);
  fitting.sort((one, other) => other.fit - one.fit);
  const own = fitting.slice(0, ACTIONS).map(({ action }) => entry(action, m.palette_actions()));
  // Their pages are actions already.
  const settings = settingsFor(app, wanted).filter((found) => !found.id.startsWith('settings_')).slice(0, SETTINGS);
  own.push(...settings.map((found): Entry => ({ id: `setting ${found.id}`, group: m.nav_settings(), name: found.name, side: found.page, run: found.run })));
  if (wanted.length < 2) return own;
  const [customers, replies] = await Promise.all([found(() => app.api.contacts(wanted, CUSTOMERS)), found(() => app.api.standardReplies(wanted))]);
  return [
    ...own,
    ...customers.map((contact): Entry => ({ id: `contact ${contact.id}`, group: m.nav_contacts(), name: contact.name, side: contact.identities[0]?.display ?? '', person: true, run: () => void app.openContact(contact.id) })),
    ...replies.slice(0, REPLIES).map((reply): Entry => ({ id: `reply ${reply.id}`, group: m.nav_replies(), name: reply.name, side: reply.shortcut === '' ? '' : `/${reply.shortcut}`, run: () => use(app, reply.id) })),
  ];
}

function entry(action: Action, group: string): Entry {
  return { id: action.id, group, name: action.name(), action, run: action.run };
}

/** Into the answer where one is being written, else to the library. */
function use(app: AppState, id: number): void {
  if (app.view === 'inbox' && app.conversation.id !== null) void app.useReply(id).then(() => focusFirst('[data-testid="composer-body"]'));
  else app.show('replies');
}

async function found<T>(ask: () => Promise<T[]>): Promise<T[]> {
  try {
    return await ask();
  } catch {
    return [];
  }
}

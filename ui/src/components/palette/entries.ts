/** What the palette offers for what was typed: the best actions, then customers and standard replies. */
import type { Action } from '$lib/actions';
import { bestFit } from '$lib/actions/match';
import { focusFirst } from '$lib/actions/focus';
import { language, locales, m } from '$lib/i18n';
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
const GROUPS = { conversation: m.group_conversation, write: m.group_write, go: m.group_go, view: m.group_view };

export async function entriesFor(app: AppState, actions: readonly Action[], query: string): Promise<Entry[]> {
  const wanted = query.trim();
  const fitting = actions
    .map((action) => ({ action, fit: bestFit(wanted, names(action)) }))
    .filter(({ fit }) => fit > 0);
  if (wanted !== '') fitting.sort((one, other) => other.fit - one.fit);
  const shown = wanted === '' ? fitting : fitting.slice(0, ACTIONS);
  const own: Entry[] = shown.map(({ action }) => ({ id: action.id, group: wanted === '' ? GROUPS[action.group]() : m.palette_actions(), name: action.name(), action, run: action.run }));
  if (wanted.length < 2) return own;
  const [customers, replies] = await Promise.all([found(() => app.api.contacts(wanted, CUSTOMERS)), found(() => app.api.standardReplies(wanted))]);
  return [
    ...own,
    ...customers.map((contact): Entry => ({ id: `contact ${contact.id}`, group: m.nav_contacts(), name: contact.name, side: contact.identities[0]?.display ?? '', person: true, run: () => void app.openContact(contact.id) })),
    ...replies.slice(0, REPLIES).map((reply): Entry => ({ id: `reply ${reply.id}`, group: m.nav_replies(), name: reply.name, side: reply.shortcut === '' ? '' : `/${reply.shortcut}`, run: () => use(app, reply.id) })),
  ];
}

/** The name in the language of the person first, then in the others. */
function names(action: Action): string[] {
  const before = language.current;
  return [before, ...locales.filter((locale) => locale !== before)].map((locale) => {
    language.spoken = locale;
    const name = action.name();
    language.spoken = undefined;
    return name;
  });
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

/**
 * The keys of the window. Single letters do nothing while a text field has the focus or a dialog is open, so a stray
 * key never closes a conversation. No key here needs a modifier that a German keyboard uses for letters.
 */
import type { AppState } from './state/app.svelte';

type Handler = (event: KeyboardEvent) => void;

/** Whether a single letter belongs to what has the focus. */
export function typing(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.matches('input, textarea, select') || target.closest('[role="dialog"], [role="menu"]') !== null;
}

function letter(act: Handler): Handler {
  return (event) => {
    if (typing(event.target) || event.repeat) return;
    event.preventDefault();
    act(event);
  };
}

/** Puts the focus on the first element that is there. */
function focus(...selectors: string[]): void {
  for (const selector of selectors) {
    const found = document.querySelector<HTMLElement>(selector);
    if (found) return found.focus();
  }
}

/** What each key does, for tinykeys. */
export function bindings(app: AppState): Record<string, Handler> {
  function step(by: 1 | -1) {
    if (app.view === 'inbox') {
      const next = app.inbox.neighbour(by);
      if (next) void app.openConversation(next.id);
    } else if (app.view === 'contacts') {
      const next = app.contacts.neighbour(by);
      if (next) void app.openContact(next.id);
    }
  }

  function search(event: KeyboardEvent) {
    event.preventDefault();
    if (app.view !== 'inbox' && app.view !== 'contacts') app.show('inbox');
    queueMicrotask(() => focus('[data-search]'));
  }

  const panesInOrder = ['nav[aria-label] button[aria-current]', '[role="listbox"]', '[role="log"]', 'textarea', 'aside input, aside select, aside button'];
  function nextPane(event: KeyboardEvent) {
    event.preventDefault();
    const there = panesInOrder.map((selector) => document.querySelector<HTMLElement>(selector)).filter((pane) => pane !== null);
    const at = there.findIndex((pane) => pane === document.activeElement || pane.contains(document.activeElement));
    const count = there.length;
    there[(at + (event.shiftKey ? -1 : 1) + count) % count]?.focus();
  }

  return {
    j: letter(() => step(1)),
    k: letter(() => step(-1)),
    r: letter(() => focus('[data-testid="composer-body"]')),
    e: letter(() => {
      if (app.view === 'inbox' && app.conversation.head) focusAfter(() => void app.setStatus('closed'));
    }),
    z: letter(() => undo(app)),
    '$mod+z': (event) => {
      if (typing(event.target)) return;
      event.preventDefault();
      undo(app);
    },
    '$mod+f': search,
    '$mod+k': search,
    F6: nextPane,
    'Shift+F6': nextPane,
    '$mod+1': () => app.show('inbox'),
    '$mod+2': () => app.show('contacts'),
    '$mod+3': () => app.show('outbox'),
    '$mod+4': () => app.show('settings'),
  };
}

function undo(app: AppState): void {
  const last = app.undo.items[app.undo.items.length - 1];
  if (last) void app.takeBack(last.messageId, last.conversationId);
}

function focusAfter(act: () => void): void {
  act();
  focus('[role="listbox"]');
}

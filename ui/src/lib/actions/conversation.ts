/** What can be done with the chosen conversations, and around writing. */
import { m } from '../i18n';
import type { AppState } from '../state/app.svelte';
import { panes } from '../state/panes.svelte';
import type { Action } from './action';
import { beginAnswer, focusFirst } from './focus';

export function conversationActions(app: AppState): Action[] {
  const chosen = () => app.view === 'inbox' && app.acts.targets.length > 0;
  const open = () => app.view === 'inbox' && app.shown !== null && app.conversation.head !== undefined;
  const somebody = () => open() || (app.view === 'contacts' && app.contacts.selected !== null);
  const act = (run: () => void) => () => {
    run();
    if (document.activeElement === null || document.activeElement === document.body) focusFirst('[role="listbox"]');
  };
  return [
    { id: 'next', group: 'conversation', name: m.act_next, key: 'j', run: () => step(app, 1) },
    { id: 'previous', group: 'conversation', name: m.act_previous, key: 'k', run: () => step(app, -1) },
    { id: 'reply', group: 'write', name: m.act_reply, key: 'r', possible: open, run: beginAnswer },
    { id: 'compose', group: 'write', name: m.act_compose, key: 'c', run: () => app.compose() },
    { id: 'send', group: 'write', name: m.act_send, key: '$mod+Enter', local: true, possible: open, run: () => void app.send() },
    { id: 'send_done', group: 'write', name: m.act_send_done, key: '$mod+Shift+Enter', local: true, possible: open, run: () => void app.send({ done: true }) },
    { id: 'done', group: 'conversation', name: m.act_done, key: 'e', possible: chosen, run: act(() => void app.acts.setStatus('closed')) },
    { id: 'waiting', group: 'conversation', name: m.act_waiting, key: 'w', possible: chosen, run: act(() => void app.acts.setStatus('waiting')) },
    { id: 'reopen', group: 'conversation', name: m.act_reopen, key: 'o', possible: chosen, run: act(() => void app.acts.setStatus('open')) },
    { id: 'snooze', group: 'conversation', name: m.act_snooze, key: 's', possible: chosen, run: () => void app.acts.askSnooze() },
    { id: 'star', group: 'conversation', name: () => (chosen() && app.acts.allStarred ? m.act_unstar() : m.act_star()), key: 'm', possible: chosen, run: () => void app.acts.star(!app.acts.allStarred) },
    { id: 'unread', group: 'conversation', name: m.act_unread, key: 'u', possible: chosen, run: act(() => void app.acts.unread()) },
    { id: 'read', group: 'conversation', name: m.act_read, key: '', possible: chosen, run: act(() => void app.acts.read()) },
    { id: 'spam', group: 'conversation', name: m.act_spam, key: '', possible: () => chosen() && app.inbox.status !== 'spam', run: act(() => void app.acts.spam(true)) },
    { id: 'not_spam', group: 'conversation', name: m.act_not_spam, key: '', possible: () => chosen() && app.inbox.status === 'spam', run: act(() => void app.acts.spam(false)) },
    { id: 'block', group: 'conversation', name: () => (open() && app.acts.sender !== '' ? m.block_sender({ address: app.acts.sender }) : m.act_block()), key: '', possible: () => open() && app.acts.sender !== '' && app.conversation.head?.spam === false, run: () => void app.acts.block() },
    { id: 'join', group: 'conversation', name: m.act_join, key: '', possible: open, run: () => app.acts.askJoin() },
    { id: 'note', group: 'write', name: m.act_note, key: 'n', possible: open, run: () => writeNote(app) },
    { id: 'call_in', words: 'call', group: 'write', name: m.act_call_in, key: 'a', possible: somebody, run: () => app.noteSpoken('call_in') },
    { id: 'call_out', words: 'call', group: 'write', name: m.act_call_out, key: 'Shift+a', possible: somebody, run: () => app.noteSpoken('call_out') },
    { id: 'visit', group: 'write', name: m.act_visit, key: 'v', possible: somebody, run: () => app.noteSpoken('visit') },
    { id: 'pick', group: 'conversation', name: m.act_pick, key: 'x', possible: () => app.view === 'inbox', run: () => app.inbox.togglePick() },
    { id: 'pick_all', group: 'conversation', name: m.act_pick_all, key: '$mod+a', possible: () => app.view === 'inbox', run: () => app.inbox.pickAll() },
    { id: 'card', group: 'conversation', name: m.act_card, key: '', possible: open, run: () => panes.toggleCard() },
    { id: 'print', group: 'conversation', name: () => (app.view === 'contacts' ? m.act_print_card() : m.act_print()), key: '$mod+p', always: true, possible: () => open() || (app.view === 'contacts' && app.contacts.selected !== null), run: () => window.print() },
    { id: 'undo', group: 'conversation', name: m.act_undo, key: 'z', possible: () => app.history.steps.length > 0, run: () => void app.history.last() },
    // A text that nobody typed into since it was sent has nothing of its own to take back.
    { id: 'undo_too', group: 'conversation', name: m.act_undo, key: '$mod+z', possible: () => app.history.steps.length > 0, inField: (field) => field.closest('[data-testid="composer-body"]') !== null && !app.writing.touched, run: () => void app.history.last() },
  ];
}

function step(app: AppState, by: 1 | -1): void {
  if (app.view === 'inbox') {
    const next = app.inbox.neighbour(by);
    if (next) void app.openConversation(next.id);
  } else if (app.view === 'contacts') {
    const next = app.contacts.neighbour(by);
    if (next) void app.openContact(next.id);
  }
}

function writeNote(app: AppState): void {
  app.composer.note ??= '';
  queueMicrotask(() => focusFirst('[data-testid="composer-note"]'));
}

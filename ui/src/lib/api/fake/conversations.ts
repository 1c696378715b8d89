/** The conversations of the in-memory engine, and what is done with them. */
import type { Changed } from '../bindings/Changed';
import type { ConversationChange } from '../bindings/ConversationChange';
import type { ConversationPage } from '../bindings/ConversationPage';
import type { ConversationView } from '../bindings/ConversationView';
import type { ListQuery } from '../bindings/ListQuery';
import type { MessageView } from '../bindings/MessageView';
import type { Client } from '../client';
import { fail } from './fail';
import type { Host } from './host';
import type { Conversation } from './shop';

/** Messages on one page of a conversation, as in the engine. */
const TIMELINE_PAGE = 100;

function apply(known: Conversation, change: ConversationChange): void {
  if (change.status !== null) Object.assign(known, { status: change.status, until: change.until });
  if (change.starred !== null) known.starred = change.starred;
  if (change.spam !== null) known.spam = change.spam;
  if (change.seen === true) known.messages.forEach((entry) => (entry.seen = true));
  const last = known.messages.filter((entry) => entry.direction === 'in').pop();
  if (change.seen === false && last) last.seen = false;
}

function sameContact(one: Conversation, other: Conversation): [Conversation, Conversation] {
  if (one.contact !== other.contact) throw fail('bad_input', 'These conversations belong to different contacts; they cannot be mixed.');
  return [one, other];
}

export function conversationsPart(host: Host) {
  const { shop, emit } = host;
  const changed = (id: number) => emit({ event: 'conversation_changed', conversation_id: id });

  /** Made anew after each event: a hundred thousand take their time. */
  let views: ConversationView[] | null = null;
  host.listen(() => (views = null));

  function list(query: ListQuery, page: string | null, limit: number): ConversationPage {
    views ??= shop.conversations
      .filter((known) => known.messages.length > 0)
      .map((known) => shop.view(known))
      .sort((one, other) => (one.last_message_at < other.last_message_at ? 1 : one.last_message_at > other.last_message_at ? -1 : 0));
    const rows = views
      .filter((row) => row.spam === query.spam && (query.status === 'all' || row.status === query.status))
      .filter((row) => (!query.unread || row.unread > 0) && (!query.starred || row.starred) && (query.medium === null || row.media.includes(query.medium)) && (query.account_id === null || row.last_account_id === query.account_id));
    const from = page ? Number(page) : 0;
    const end = from + limit;
    return { conversations: rows.slice(from, end), next: end < rows.length ? String(end) : null };
  }

  function take(messages: MessageView[], source: Conversation, target: Conversation): void {
    source.messages = source.messages.filter((message) => !messages.includes(message));
    messages.forEach((message) => (message.conversation_id = target.id));
    target.messages = [...target.messages, ...messages].sort((one, other) => one.at.localeCompare(other.at));
    changed(source.id);
    changed(target.id);
  }

  function moved(id: number, source: Conversation, target: Conversation, what: string): Changed {
    const message = host.message(id);
    take([message], source, target);
    const undo = host.undos.add(what, source.subject, () => take([message], target, source));
    return { undo_id: undo, conversations: [shop.view(target), ...(source.messages.length > 0 ? [shop.view(source)] : [])] };
  }

  return {
    conversations: async (wanted, spam, page, limit) => list({ status: wanted ?? 'all', spam, unread: false, starred: false, medium: null, account_id: null }, page, limit),
    conversationList: async (query, page, limit) => list(query, page, limit),
    conversationsChange: async (ids, change) => {
      if (ids.length > 1000) throw fail('bad_input', 'These are more than 1000 conversations at once. Choose fewer.', { field: 'ids' });
      const kept = ids.map((id) => host.conversation(id));
      const before = kept.map((known) => ({ known, status: known.status, until: known.until, starred: known.starred, spam: known.spam, seen: known.messages.map((entry) => entry.seen) }));
      for (const known of kept) apply(known, change);
      kept.forEach((known) => changed(known.id));
      const what = change.status ? `status:${change.status}` : change.spam ? 'spam' : change.starred ? 'star' : 'seen';
      const back = () => {
        for (const { known, seen, ...old } of before) {
          Object.assign(known, old);
          known.messages.forEach((entry, index) => (entry.seen = seen[index] ?? true));
          changed(known.id);
        }
      };
      return { undo_id: host.undos.add(what, kept[0]?.subject ?? '', back, kept.length), conversations: kept.map((known) => shop.view(known)) };
    },
    messageSplit: async (id) => {
      const message = host.message(id);
      const source = host.conversation(message.conversation_id);
      const made = { ...source, id: shop.id(), subject: message.subject ?? '', draft: null, entries: [], messages: [] };
      shop.conversations.push(made);
      return moved(message.id, source, made, 'split');
    },
    messageMove: async (id, into) => {
      const [source, target] = sameContact(host.conversation(host.message(id).conversation_id), host.conversation(into));
      return moved(id, source, target, 'move');
    },
    conversationJoin: async (id, into) => {
      const [source, target] = sameContact(host.conversation(id), host.conversation(into));
      const joined = source.messages;
      take(joined, source, target);
      return { undo_id: host.undos.add('join', source.subject, () => take(joined, target, source)), conversations: [shop.view(target)] };
    },
    noteAdd: async (id, text) => {
      const entry = shop.entry(host.conversation(id), { minutes: 0, text }, Date.now());
      host.conversation(id).entries.push(entry);
      changed(id);
      return entry;
    },
    noteChange: async (id, text) => {
      const known = shop.conversations.find((one) => one.entries.some((entry) => entry.id === id));
      const entry = known?.entries.find((one) => one.id === id);
      if (!known || !entry) throw fail('not_found', 'There is no such note.');
      const before = { entries: known.entries, entry: { ...entry } };
      host.undos.add(text === '' ? 'note_removed' : 'note_changed', '', () => {
        known.entries = before.entries;
        Object.assign(entry, before.entry);
        changed(known.id);
      });
      if (text === '') known.entries = known.entries.filter((one) => one !== entry);
      else Object.assign(entry, { text, changed_at: new Date().toISOString() });
      changed(known.id);
      return entry;
    },
    conversation: async (id, before) => {
      const found = host.conversation(id);
      const end = before === null ? found.messages.length : found.messages.findIndex((entry) => entry.id === Number(before));
      const from = Math.max(0, end - TIMELINE_PAGE);
      const messages = found.messages.slice(from, end).map((entry) => ({ ...entry }));
      const [first, after] = [from > 0 ? (messages[0]?.at ?? '') : '', found.messages[end]?.at];
      const entries = found.entries.filter((entry) => entry.at >= first && (after === undefined || entry.at < after)).map((entry) => ({ ...entry }));
      return { ...shop.view(found), messages, has_older: from > 0, older: from > 0 ? String(messages[0]?.id) : null, entries, goodwill: before === null ? host.cards.asked(shop.view(found), messages) : null };
    },
    conversationSetStatus: async (id, next, until) => {
      const found = host.conversation(id);
      found.status = next;
      found.until = until;
      changed(id);
      return shop.view(found);
    },
    conversationMarkSeen: async (id) => {
      const found = host.conversation(id);
      found.messages.forEach((entry) => (entry.seen = true));
      changed(id);
      return shop.view(found);
    },
    draft: async (id) => host.conversation(id).draft,
  } satisfies Partial<Client>;
}

/** Conversations, messages and answers of the in-memory engine. */
import type { RouteView } from '../bindings/RouteView';
import type { Client } from '../client';
import { fail } from './fail';
import { fakeFrame, fakeLinks } from './frame';
import type { Host } from './host';
import { fakeRoute } from './kinds';

export function conversationsPart(host: Host) {
  const { shop, emit } = host;
  const changed = (id: number) => emit({ event: 'conversation_changed', conversation_id: id });
  return {
    conversations: async (wanted, _spam, page, limit) => {
      const rows = shop.conversations
        .filter((known) => !wanted || wanted === 'all' || known.status === wanted)
        .map((known) => shop.view(known))
        .sort((one, other) => other.last_message_at.localeCompare(one.last_message_at));
      const from = page ? Number(page) : 0;
      const end = from + limit;
      return { conversations: rows.slice(from, end), next: end < rows.length ? String(end) : null };
    },
    conversation: async (id) => {
      const found = host.conversation(id);
      return { ...shop.view(found), messages: found.messages.map((entry) => ({ ...entry })), has_older: false, entries: [], older: null };
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
    draftSave: async (id, body, via) => {
      host.conversation(id).draft = body === '' ? null : { body, via, saved_at: new Date().toISOString() };
      changed(id);
    },
  } satisfies Partial<Client>;
}

export function messagesPart(host: Host) {
  const html = (id: number) => host.shop.html.get(id) ?? '';
  return {
    message: async (id) => ({ ...host.message(id), links: fakeLinks(html(id)), remote_pictures: html(id) ? 2 : 0 }),
    messageFrame: async (id, pictures) => fakeFrame(html(id), pictures),
    messageSource: async (id) => `Message-ID: <${id}@posthaus.example>\nSubject: ${host.message(id).subject ?? ''}\n\n${host.message(id).text}`,
    attachmentOpen: async () => '/tmp/datei',
    attachmentSave: async (_id, dir) => `${dir}/datei`,
    linkOpen: async () => undefined,
  } satisfies Partial<Client>;
}

export function sendingPart(host: Host) {
  const { shop, outbox, accounts, settings } = host;

  function routeOf(id: number, via: string | null, length: number, sizes: number[]): RouteView {
    const found = host.conversation(id);
    const contact = shop.contact(found.contact);
    const last = found.messages.filter((entry) => entry.direction === 'in').pop();
    if (!contact) throw fail('not_found', 'There is no such customer.');
    return fakeRoute(contact, last?.medium ?? '', accounts.list, via, length, sizes);
  }

  return {
    route: async (id, via, length, sizes) => routeOf(id, via, length, sizes),
    reply: async (input) => {
      const found = host.conversation(input.conversation_id);
      const contact = shop.contact(found.contact);
      const route = routeOf(found.id, input.via, input.body.length, []);
      if (!contact || !route.medium) throw fail('no_route', 'There is no way to this customer.');
      const wait = Number(settings['send.undo_secs']) * 1000;
      const made = shop.make(found, contact, { out: true, medium: route.medium, minutes: 0, text: input.body, delivery: 'queued' }, Date.now());
      made.due_at = new Date(Date.now() + wait).toISOString();
      found.messages.push(made);
      found.draft = null;
      outbox.queue(made, wait);
      return { message_id: made.id, route, due_at: made.due_at };
    },
    segments: async (text) => {
      const room = text.length > 160 ? 153 : 160;
      const segments = Math.max(1, Math.ceil(text.length / room));
      return { encoding: 'gsm7', segments, used: text.length, left: segments * room - text.length };
    },
    outbox: async () => outbox.rows.map((row) => ({ ...row })),
    outboxRetry: async (id) => outbox.retry(id),
    outboxCancel: async (id) => outbox.cancel(id),
    outboxCheck: async (id) => outbox.check(id),
  } satisfies Partial<Client>;
}

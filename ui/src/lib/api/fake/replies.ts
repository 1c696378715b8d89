/** The standard replies of the in-memory shop. Filling in knows the customer's name, the shop and nothing else. */
import type { Client } from '../client';
import type { StandardReplyView } from '../bindings/StandardReplyView';
import { fail } from './fail';
import type { Host } from './host';

const START: [name: string, shortcut: string, text: string, used: number][] = [
  ['Abholbereit', 'abholung', 'Guten Tag {{kunde.name}},\n\nIhr Rad ist fertig. Sie können es zu unseren Öffnungszeiten abholen: {{shop.oeffnungszeiten}}.\n\nViele Grüße\n{{shop.name}}', 41],
  ['Öffnungszeiten', 'zeiten', 'Wir haben Montag, Dienstag, Donnerstag und Freitag von 9 bis 12.30 Uhr und von 14 bis 18.30 Uhr geöffnet, am Samstag bis 14 Uhr.', 27],
  ['Liefertermin unbekannt', 'lieferung', 'Guten Tag {{kunde.name}},\n\nder Hersteller hat uns den Termin {{auftrag.liefertermin}} genannt. Wir melden uns, sobald die Ware da ist.', 12],
  ['Danke', 'danke', 'Vielen Dank für Ihre Nachricht!', 63],
];

export class Replies {
  list: StandardReplyView[] = START.map(([name, shortcut, text, used], index) => ({
    id: index + 1, name, shortcut, texts: [{ language: 'de', medium: '', text }, ...(index === 3 ? [{ language: 'en', medium: '', text: 'Thank you for your message!' }, { language: 'de', medium: 'sms', text: 'Danke, wir melden uns!' }] : [])], used, last_used_at: new Date().toISOString(),
  }));
}

export function repliesPart(host: Host) {
  const { replies, emit, undos, shop } = host;
  const changed = () => emit({ event: 'refresh' });
  return {
    standardReplies: async (query) => {
      const wanted = (query ?? '').toLowerCase();
      return replies.list
        .filter((reply) => [reply.name, reply.shortcut, ...reply.texts.map((text) => text.text)].some((text) => text.toLowerCase().includes(wanted)))
        .sort((one, other) => one.shortcut.localeCompare(other.shortcut));
    },
    standardReplySave: async (id, name, shortcut, texts) => {
      if (name === '') throw fail('bad_input', 'A standard reply needs a name.', { field: 'name' });
      if (replies.list.some((reply) => reply.shortcut === shortcut && reply.id !== id && shortcut !== '')) throw fail('bad_input', 'Another one has this shortcut.', { field: 'shortcut' });
      const kept = replies.list.find((reply) => reply.id === id);
      const saved = { id: id ?? shop.id(), name, shortcut, texts, used: kept?.used ?? 0, last_used_at: kept?.last_used_at ?? null };
      replies.list = [...replies.list.filter((reply) => reply.id !== id), saved];
      changed();
      return saved;
    },
    standardReplyRemove: async (id) => {
      const before = replies.list;
      replies.list = before.filter((reply) => reply.id !== id);
      changed();
      return undos.add('reply_removed', before.find((reply) => reply.id === id)?.name ?? '', () => {
        replies.list = before;
        changed();
      });
    },
    standardReplyUses: async (id, before, limit) => {
      const used = replies.list.find((reply) => reply.id === id)?.used ?? 0;
      const places = shop.conversations.filter((conversation) => conversation.messages.length > 0).slice(0, used);
      const from = before === null ? 0 : places.findIndex((place) => place.id === before) + 1;
      const page = places.slice(from, from + limit);
      const uses = page.flatMap(({ id: conversation_id, contact, subject, messages }) => messages.slice(-1).map((message) => ({
        message_id: message.id, conversation_id, contact_name: shop.contact(contact)?.name ?? '', subject, at: message.at, medium: message.medium,
      })));
      return { uses, next: from + limit < places.length ? (page.at(-1)?.id ?? null) : null };
    },
    standardReplyFill: async (id, conversation, contactId, via, language) => {
      const reply = replies.list.find((known) => known.id === id);
      const contact = shop.contact(conversation === null ? (contactId ?? 0) : host.conversation(conversation).contact);
      const known: Record<string, string | undefined> = { 'kunde.name': contact?.name, 'shop.name': host.settings['shop.name'], 'shop.oeffnungszeiten': 'Mo, Di, Do, Fr 9–12.30 und 14–18.30 Uhr' };
      const fitting = (one: { language: string; medium: string }) => 2 * Number(one.language === (language ?? 'de')) + Number(via !== null && one.medium === via);
      const chosen = reply?.texts.filter((one) => one.medium === '' || one.medium === via).sort((one, other) => fitting(other) - fitting(one))[0];
      const text = (chosen?.text ?? '').replace(/\{\{([^{}]+)\}\}/g, (whole, name: string) => known[name] ?? whole);
      return { text, language: chosen?.language ?? 'de', missing: [...text.matchAll(/\{\{([^{}]+)\}\}/g)].map(([, name = '']) => name) };
    },
    placeholders: async () => [
      { name: 'kunde.name', meaning: 'customer_name' },
      { name: 'shop.name', meaning: 'shop_name' },
      { name: 'shop.oeffnungszeiten', meaning: 'shop_hours' },
      { name: 'laden.wieder_offen', meaning: 'shop_next_open' },
      { name: 'laden.offen_bis', meaning: 'shop_open_until' },
      { name: 'laden.feiertag', meaning: 'shop_holiday' },
    ],
    standardRepliesExport: async () => replies.list.length,
    standardRepliesImport: async () => ({ added: 3, changed: 1, same: replies.list.length, undo_id: undos.add('replies_imported', '', changed) }),
  } satisfies Partial<Client>;
}

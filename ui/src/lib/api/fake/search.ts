/** The imitation of the search: plain substrings, newest first, hits between U+E000 and U+E001, and a few words that narrow. */
import type { ChipView } from '../bindings/ChipView';
import type { OfferView } from '../bindings/OfferView';
import type { SearchResult } from '../bindings/SearchResult';
import type { Host } from './host';
import type { Conversation } from './shop';

type Item = { conversation: Conversation; message: Conversation['messages'][number] };

const KINDS: Record<string, string> = { von: 'from', from: 'from', in: 'in', kanal: 'channel', channel: 'channel', vor: 'before', before: 'before', seit: 'after', after: 'after', hat: 'has', has: 'has' };
const NAMES: Record<string, string> = { from: 'von', in: 'in', channel: 'kanal', before: 'vor', after: 'seit', has: 'hat' };
const LISTS: Record<string, string> = { offen: 'open', wartet: 'waiting', zurückgestellt: 'snoozed', erledigt: 'closed', spam: 'spam' };
const MEDIA: Record<string, string> = { 'e-mail': 'email', mail: 'email', sms: 'sms', telegram: 'telegram', whatsapp: 'whatsapp' };
const VALUES: Record<string, string[]> = { from: [], in: Object.keys(LISTS), channel: ['E-Mail', 'SMS'], before: ['heute', 'gestern'], after: ['heute', 'gestern'], has: ['Anhang'] };
const CHIP = /(\p{L}+):("[^"]*"|\S*)/gu;

export function fakeSearch({ shop, replies: library }: Host, query: string, limit: number): SearchResult {
  const all = [...query.matchAll(CHIP)].flatMap(([raw, name = '', text = '']) => (KINDS[name.toLowerCase()] ? [chip(raw, KINDS[name.toLowerCase()] ?? '', text.replaceAll('"', ''))] : []));
  const open = all.find((known) => query.endsWith(known.raw) && (known.value === '' || (!known.ok && offersOf(known, query).length > 0)));
  const chips = all.filter((known) => known !== open);
  const offers = open ? offersOf(open, query) : Object.keys(NAMES).filter((kind) => !chips.some((known) => known.kind === kind)).map((kind) => ({ kind, value: '', query: `${query.trim()} ${NAMES[kind]}:`.trim() }));
  const words = all.reduce((text, known) => text.replace(known.raw, ''), query).replace(/\s+/g, ' ').trim();
  const wanted = words.toLowerCase();
  const understood = chips.filter((known) => known.ok);
  const found = wanted !== '' || understood.length > 0;
  const messages = shop.conversations
    .flatMap((conversation): Item[] => conversation.messages.map((message) => ({ conversation, message })))
    .filter(({ message }) => found && `${message.subject ?? ''} ${message.text}`.toLowerCase().includes(wanted))
    .filter((item) => understood.every((known) => fits(known, item, shop.contact(item.conversation.contact)?.name ?? '')))
    .sort((one, other) => other.message.at.localeCompare(one.message.at))
    .slice(0, limit)
    .map(({ conversation, message }) => ({
      id: message.id,
      conversation_id: conversation.id,
      contact_name: shop.contact(conversation.contact)?.name ?? '',
      subject: message.subject ?? '',
      snippet: around(message.text, wanted),
      at: message.at,
      medium: message.medium,
    }));
  const sender = understood.find((known) => known.kind === 'from')?.value.toLowerCase() ?? '';
  const name = wanted || sender;
  const contacts = shop.contacts.filter((contact) => name !== '' && contact.name.toLowerCase().includes(name)).slice(0, limit);
  const notes = shop.conversations.flatMap((conversation) =>
    conversation.entries
      .filter((entry) => wanted !== '' && entry.type === 'note' && entry.text.toLowerCase().includes(wanted))
      .map((entry) => ({ id: entry.id, contact_id: conversation.contact, conversation_id: conversation.id, contact_name: shop.contact(conversation.contact)?.name ?? '', snippet: around(entry.text, wanted), at: entry.at })),
  );
  const replies = library.list.filter((reply) => wanted.length > 1 && chips.length === 0 && [reply.name, reply.shortcut].some((text) => text.toLowerCase().includes(wanted)));
  return { contacts, messages, notes, replies, words, chips, offers, complete: true };
}

function chip(raw: string, kind: string, value: string): ChipView {
  const back = { heute: 0, gestern: 1 }[value.toLowerCase()];
  const written = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(value);
  const dated = kind === 'before' || kind === 'after';
  const day = !dated ? null : back !== undefined ? new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10) : written ? `${written[3]}-${written[2]?.padStart(2, '0')}-${written[1]?.padStart(2, '0')}` : null;
  const known: Record<string, boolean> = { from: true, in: value.toLowerCase() in LISTS, channel: value.toLowerCase() in MEDIA, has: value.toLowerCase() === 'anhang' };
  return { kind, value, raw, ok: value !== '' && (dated ? day !== null : (known[kind] ?? false)), day };
}

function offersOf({ kind, value, raw }: ChipView, query: string): OfferView[] {
  const head = query.slice(0, query.length - raw.length) + raw.slice(0, raw.indexOf(':') + 1);
  return (VALUES[kind] ?? []).filter((offer) => offer.toLowerCase().startsWith(value.toLowerCase())).map((offer) => ({ kind, value: offer, query: `${head}${offer} ` }));
}

function fits({ kind, value, day }: ChipView, { conversation, message }: Item, contact: string): boolean {
  const wanted = value.toLowerCase();
  if (kind === 'from') return message.direction === 'in' && contact.toLowerCase().includes(wanted);
  if (kind === 'in') return wanted === 'spam' ? conversation.spam : conversation.status === LISTS[wanted];
  if (kind === 'channel') return message.medium === MEDIA[wanted];
  if (kind === 'has') return message.attachments.length > 0;
  return day !== null && (kind === 'before' ? message.at < day : message.at >= day);
}

function around(text: string, wanted: string): string {
  const at = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted);
  if (at < 0) return text.slice(0, 140);
  const from = at < 40 ? 0 : text.indexOf(' ', at - 40) + 1;
  return `${from > 0 ? '… ' : ''}${text.slice(from, at)}\uE000${text.slice(at, at + wanted.length)}\uE001${text.slice(at + wanted.length, at + 100)}`;
}

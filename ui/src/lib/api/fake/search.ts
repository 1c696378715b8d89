/** The imitation of the search: plain substrings, newest first, hits between U+E000 and U+E001. */
import type { SearchResult } from '../ahead';
import type { Host } from './host';

export function fakeSearch({ shop, replies: library }: Host, query: string, limit: number): SearchResult {
  const chips = [...query.matchAll(/\b(from|in|channel|before|after|has):(\S+)/g)].map(([raw, kind = '', value = '']) => ({ kind, value, raw, ok: value.length > 1 }));
  const wanted = chips.reduce((text, chip) => text.replace(chip.raw, ''), query).trim().toLowerCase();
  const replies = library.list.filter((reply) => wanted !== '' && [reply.name, reply.shortcut].some((text) => text.toLowerCase().includes(wanted)));
  const messages = shop.conversations
    .flatMap((conversation) => conversation.messages.map((message) => ({ conversation, message })))
    .filter(({ message }) => `${message.subject ?? ''} ${message.text}`.toLowerCase().includes(wanted))
    .sort((one, other) => other.message.at.localeCompare(one.message.at))
    .slice(0, limit)
    .map(({ conversation, message }) => ({
      id: message.id,
      conversation_id: conversation.id,
      contact_name: shop.contact(conversation.contact)?.name ?? '',
      subject: message.subject ?? '',
      snippet: marked(message.text, wanted),
      at: message.at,
      medium: message.medium,
    }));
  const contacts = shop.contacts.filter((contact) => contact.name.toLowerCase().includes(wanted)).slice(0, limit);
  return { contacts, messages, complete: true, chips, replies, notes: [] };
}

function marked(text: string, wanted: string): string {
  const at = text.toLowerCase().indexOf(wanted);
  if (at < 0) return text.slice(0, 140);
  const from = at < 40 ? 0 : text.indexOf(' ', at - 40) + 1;
  return `${from > 0 ? '… ' : ''}${text.slice(from, at)}\uE000${text.slice(at, at + wanted.length)}\uE001${text.slice(at + wanted.length, at + 100)}`;
}

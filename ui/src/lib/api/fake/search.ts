/** The imitation of the search: plain substrings, newest first, hits between U+E000 and U+E001. */
import type { SearchResult } from '../bindings/SearchResult';
import type { Shop } from './shop';

export function fakeSearch(shop: Shop, query: string, limit: number): SearchResult {
  const wanted = query.toLowerCase();
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
  return { contacts, messages, complete: true };
}

function marked(text: string, wanted: string): string {
  const at = text.toLowerCase().indexOf(wanted);
  if (at < 0) return text.slice(0, 140);
  return `${text.slice(Math.max(0, at - 40), at)}\uE000${text.slice(at, at + wanted.length)}\uE001${text.slice(at + wanted.length, at + 100)}`;
}

/** The in-memory shop: people, conversations and messages as the engine would answer them. */
import type { AttachmentView } from '../bindings/AttachmentView';
import type { ContactView } from '../bindings/ContactView';
import type { ConversationView } from '../bindings/ConversationView';
import type { IdentityView } from '../bindings/IdentityView';
import type { MessageView } from '../bindings/MessageView';
import type { Code } from '../bindings/Code';
import type { FakeMessage, FakePerson } from './people';

export interface Conversation {
  id: number;
  contact: number;
  subject: string;
  status: string;
  until: string | null;
  draft: { body: string; via: string | null; saved_at: string } | null;
  messages: MessageView[];
}

export class Shop {
  contacts: ContactView[] = [];
  conversations: Conversation[] = [];
  html = new Map<number, string>();
  #id = 100;

  constructor(people: FakePerson[], now: number) {
    for (const person of people) this.#add(person, now);
  }

  id(): number {
    return this.#id++;
  }

  identity(kind: string, address: string, display = address, state = 'ok'): IdentityView {
    const plain = kind === 'email' || kind === 'phone';
    return { id: this.id(), address, kind: plain ? kind : 'handle', network: plain ? '' : kind, display, state, blocked: false };
  }

  contact(id: number): ContactView | undefined {
    return this.contacts.find((contact) => contact.id === id);
  }

  conversation(id: number): Conversation | undefined {
    return this.conversations.find((conversation) => conversation.id === id);
  }

  message(id: number): MessageView | undefined {
    for (const conversation of this.conversations) {
      const found = conversation.messages.find((message) => message.id === id);
      if (found) return found;
    }
    return undefined;
  }

  view(conversation: Conversation): ConversationView {
    const last = conversation.messages[conversation.messages.length - 1];
    const open = conversation.messages.filter((message) => message.direction === 'out').pop();
    const settled = !open || ['sent', 'delivered', 'read'].includes(open.delivery);
    return {
      id: conversation.id,
      contact_id: conversation.contact,
      contact_name: this.contact(conversation.contact)?.name ?? '',
      subject: conversation.subject,
      status: conversation.status,
      snoozed_until: conversation.until,
      unread: conversation.messages.filter((message) => message.direction === 'in' && !message.seen).length,
      last_message_at: last?.at ?? new Date(0).toISOString(),
      snippet: (last?.text_without_quote || last?.subject || '').replace(/\s+/g, ' ').slice(0, 140),
      media: [...new Set(conversation.messages.map((message) => message.medium))],
      spam: false,
      has_attachments: conversation.messages.some((message) => message.attachments.length > 0),
      has_draft: conversation.draft !== null,
      pending: settled ? null : open.delivery,
      starred: false,
      sending: settled ? '' : ['queued', 'sending'].includes(open.delivery) ? 'queued' : open.delivery,
      send_at: null,
      last_direction: last?.direction ?? '',
      last_account_id: last?.account_id ?? null,
    };
  }

  /** A message with everything that the given one leaves out. */
  make(conversation: Conversation, contact: ContactView, from: FakeMessage, now: number): MessageView {
    const id = this.id();
    const out = from.out ?? false;
    const theirs = { name: contact.name, address: contact.identities[0]?.address ?? '' };
    const ours = { name: 'Radhaus Nord', address: 'laden@radhaus-nord.example' };
    const text = from.text + (from.quote ? `\n\n${from.quote}` : '');
    if (from.html) this.html.set(id, from.html);
    return {
      id,
      conversation_id: conversation.id,
      direction: out ? 'out' : 'in',
      medium: from.medium,
      kind: 'demo',
      account_id: 1,
      from: out ? ours : theirs,
      to: [out ? theirs : ours],
      cc: [],
      subject: from.subject ?? null,
      text,
      text_without_quote: from.text,
      html: null,
      at: new Date(now - from.minutes * 60_000).toISOString(),
      delivery: out ? (from.delivery ?? 'sent') : 'received',
      error: from.error ? { code: from.error as Code, message: 'connection timed out after 20 s' } : null,
      automatic: false,
      attachments: (from.files ?? []).map((file): AttachmentView => ({
        id: this.id(),
        name: 'Datei',
        type: 'application/octet-stream',
        size: 1000,
        sha256: null,
        inline: false,
        risky: false,
        remote: false,
        ...file,
      })),
      message_id: null,
      in_reply_to: null,
      references: [],
      seen: !from.unread,
      headers_only: false,
      has_html: from.html !== undefined,
      links: [],
      remote_pictures: 0,
      route_reasons: out ? [{ code: 'preference', text: 'The customer prefers it.', params: { medium: from.medium, source: 'hand' } }] : [],
      due_at: null,
    };
  }

  #add(person: FakePerson, now: number): void {
    const contact: ContactView = {
      id: this.id(),
      name: person.name,
      identities: person.addresses.map(([kind, address, display, state]) => this.identity(kind, address, display, state)),
      preferred: person.prefers
        ? { medium: person.prefers[0], source: person.prefers[1], since: new Date(now - 30 * 86_400_000).toISOString() }
        : null,
      messages: 0,
      first_contact_at: null,
      last_contact_at: null,
    };
    this.contacts.push(contact);
    for (const from of person.conversations) {
      const conversation: Conversation = {
        id: this.id(),
        contact: contact.id,
        subject: from.subject,
        status: from.status ?? 'open',
        until: from.status === 'snoozed' ? new Date(now + 86_400_000).toISOString() : null,
        draft: from.draft ? { body: from.draft, via: null, saved_at: new Date(now - 60_000).toISOString() } : null,
        messages: [],
      };
      conversation.messages = from.messages.map((message) => this.make(conversation, contact, message, now));
      this.conversations.push(conversation);
    }
    const times = this.conversations.filter((known) => known.contact === contact.id).flatMap((known) => known.messages.map((message) => message.at)).sort();
    contact.messages = times.length;
    contact.first_contact_at = times[0] ?? null;
    contact.last_contact_at = times[times.length - 1] ?? null;
  }
}

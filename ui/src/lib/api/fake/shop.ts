/** The in-memory shop: people, conversations and messages as the engine would answer them. */
import type { AttachmentView } from '../bindings/AttachmentView';
import type { ContactView } from '../bindings/ContactView';
import type { ConversationView } from '../bindings/ConversationView';
import type { DraftView } from '../bindings/DraftView';
import type { EntryView } from '../bindings/EntryView';
import type { IdentityView } from '../bindings/IdentityView';
import type { MessageView } from '../bindings/MessageView';
import type { Code } from '../bindings/Code';
import { fakeTextLinks } from './frame';
import type { FakeEntry, FakeMessage, FakePerson } from './people';

export interface Conversation {
  id: number;
  contact: number;
  subject: string;
  status: string;
  until: string | null;
  starred: boolean;
  spam: boolean;
  draft: DraftView | null;
  messages: MessageView[];
  entries: EntryView[];
}

/** Media by which nothing is sent: a person of the shop notes them. */
const SPOKEN = ['phone', 'in_person'];

/** An empty draft of an answer. */
export function emptyDraft(savedAt = new Date().toISOString()): DraftView {
  return { body: '', via: null, saved_at: savedAt, subject: '', cc: [], html: null, staged: [], draft_id: null, contact_id: null, to: '' };
}

export class Shop {
  contacts: ContactView[] = [];
  conversations: Conversation[] = [];
  html = new Map<number, string>();
  allowed = new Set<string>();
  #id = 100;
  #byId = new Map<number, ContactView>();

  constructor(people: FakePerson[], now: number) {
    for (const person of people) this.#add(person, now);
  }

  id(): number {
    return this.#id++;
  }

  /** An address as its customer's card shows it. */
  written(address: string): string {
    const known = this.contacts.flatMap((contact) => contact.identities).find((identity) => identity.address === address);
    return known?.display ?? address;
  }

  identity(kind: string, address: string, display = address, state = 'ok'): IdentityView {
    const plain = kind === 'email' || kind === 'phone';
    return { id: this.id(), address, kind: plain ? kind : 'handle', network: plain ? '' : kind, display, state, blocked: false };
  }

  contact(id: number): ContactView | undefined {
    return this.#byId.get(id) ?? this.contacts.find((contact) => contact.id === id);
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
      spam: conversation.spam,
      starred: conversation.starred,
      sending: settled ? '' : open.delivery === 'in_doubt' ? 'in_doubt' : ['failed', 'held'].includes(open.delivery) ? 'failed' : 'queued',
      last_direction: last?.direction ?? '',
      last_account_id: last?.account_id ?? null,
      send_at: open?.send_at ?? null,
      has_attachments: conversation.messages.some((message) => message.attachments.length > 0),
      has_draft: conversation.draft !== null,
      pending: settled ? null : open.delivery,
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
      kind: SPOKEN.includes(from.medium) ? 'noted' : 'demo',
      account_id: SPOKEN.includes(from.medium) ? null : ({ email: 1, sms: 2, telegram: 3 }[from.medium] ?? 1),
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
      text_links: fakeTextLinks(text),
      pictures_allowed: false,
      remote_pictures: 0,
      route_reasons: out ? [{ code: 'preference', text: 'The customer prefers it.', params: { medium: from.medium, source: 'hand' } }] : [],
      due_at: null,
      send_at: null,
    };
  }

  entry(conversation: Conversation, from: FakeEntry, now: number): EntryView {
    const at = new Date(now - from.minutes * 60_000).toISOString();
    return { id: this.id(), at, conversation_id: conversation.id, contact_id: conversation.contact, type: from.what ? 'event' : 'note', text: from.text ?? '', what: from.what ?? '', params: from.params ?? {}, changed_at: null };
  }

  #add(person: FakePerson, now: number): void {
    const contact: ContactView = {
      id: this.id(),
      name: person.name,
      identities: person.addresses.map(([kind, address, display, state]) => this.identity(kind, address, display, state)),
      preferred: person.prefers
        ? { medium: person.prefers[0], source: person.prefers[1], since: new Date(now - 30 * 86_400_000).toISOString(), evidence: '', message_id: null }
        : null,
      messages: 0,
      first_contact_at: null,
      last_contact_at: null,
    };
    this.contacts.push(contact);
    this.#byId.set(contact.id, contact);
    const own: Conversation[] = [];
    for (const from of person.conversations) {
      const conversation: Conversation = {
        id: this.id(),
        contact: contact.id,
        subject: from.subject,
        status: from.status ?? 'open',
        until: from.status === 'snoozed' ? new Date(now + 86_400_000).toISOString() : null,
        draft: from.draft ? { ...emptyDraft(new Date(now - 60_000).toISOString()), body: from.draft } : null,
        starred: from.starred ?? false,
        spam: from.spam ?? false,
        entries: [],
        messages: [],
      };
      conversation.messages = from.messages.map((message) => this.make(conversation, contact, message, now));
      conversation.entries = (from.entries ?? []).map((entry) => this.entry(conversation, entry, now));
      this.conversations.push(conversation);
      own.push(conversation);
    }
    const times = own.flatMap((known) => known.messages.map((message) => message.at)).sort();
    contact.messages = times.length;
    contact.first_contact_at = times[0] ?? null;
    contact.last_contact_at = times[times.length - 1] ?? null;
  }
}

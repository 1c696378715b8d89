/**
 * All state of the window and the one place where events are given out. What is on screen is fetched again when an
 * event names it; nothing is patched by hand.
 */
import { createContext } from 'svelte';
import type { Overview } from '../api/bindings/Overview';
import type { Client } from '../api/client';
import { asProblem } from '../api/error';
import { coalesce, type Changes } from '../api/events';
import { m } from '../i18n';
import { problemText, stateName } from '../i18n/words';
import { AccountsState } from './accounts.svelte';
import { CardState } from './card.svelte';
import { ComposerState } from './composer.svelte';
import { ContactsState } from './contacts.svelte';
import { ConversationState } from './conversation.svelte';
import { InboxState } from './inbox.svelte';
import { OutboxState } from './outbox.svelte';
import { panes } from './panes.svelte';
import { ProfileState } from './profile.svelte';
import { Resource } from './resource.svelte';
import { SearchState } from './search.svelte';
import { SettingsState } from './settings.svelte';
import { Toasts } from './toasts.svelte';
import { UndoState } from './undo.svelte';

export const VIEWS = ['inbox', 'contacts', 'outbox', 'settings'] as const;
export type View = (typeof VIEWS)[number];
export const SETTINGS_PAGES = ['accounts', 'appearance', 'sending', 'backup', 'health'] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

export class AppState {
  view = $state<View>('inbox');
  settingsPage = $state<SettingsPage>('accounts');
  readonly profile: ProfileState;
  readonly overview = new Resource<Overview>();
  readonly inbox: InboxState;
  readonly conversation: ConversationState;
  readonly composer: ComposerState;
  readonly card: CardState;
  readonly contacts: ContactsState;
  readonly outbox: OutboxState;
  readonly accounts: AccountsState;
  readonly search: SearchState;
  readonly settings: SettingsState;
  readonly undo = new UndoState();
  readonly toasts = new Toasts();
  /** A message that a search hit leads to; the timeline scrolls there once. */
  target = $state<number | null>(null);

  constructor(readonly api: Client) {
    this.profile = new ProfileState(api);
    this.inbox = new InboxState(api);
    this.conversation = new ConversationState(api);
    this.composer = new ComposerState(api);
    this.card = new CardState(api);
    this.contacts = new ContactsState(api);
    this.outbox = new OutboxState(api);
    this.accounts = new AccountsState(api);
    this.search = new SearchState(api);
    this.settings = new SettingsState(api);
  }

  /** Fetches what the first picture needs and listens from then on. Answers how to stop. */
  async start(): Promise<() => void> {
    const stop = await this.api.listen(coalesce((changes) => this.apply(changes)));
    this.apply({ ...ALL });
    return stop;
  }

  apply(changes: Changes): void {
    const { all } = changes;
    const listChanged = all || changes.conversations.size > 0 || changes.contacts.size > 0;
    void this.overview.load(() => this.api.overview());
    if (all) void this.settings.refresh();
    if (listChanged) void this.inbox.refresh();
    const contact = this.conversation.head?.contact_id;
    const touched = contact !== undefined && changes.contacts.has(contact);
    if (this.conversation.id !== null && (all || touched || changes.conversations.has(this.conversation.id))) {
      void this.conversation.refresh();
      void this.composer.ask();
    }
    if (this.card.id !== null && (listChanged || changes.contacts.has(this.card.id))) void this.card.refresh();
    if (all || changes.accounts.size > 0) {
      void this.accounts.refresh();
      void this.composer.ask();
    }
    if (all || changes.outbox || changes.messages.size > 0) void this.outbox.refresh();
    if (listChanged && this.view === 'contacts') void this.contacts.refresh();
    if (listChanged && this.search.active) void this.search.refresh();
  }

  show(view: View): void {
    this.view = view;
    panes.drawer = false;
    if (view === 'contacts') void this.contacts.refresh();
    if (view === 'outbox') void this.outbox.refresh();
    if (view === 'settings') void this.accounts.refresh();
    if (view === 'inbox' && this.conversation.head) void this.card.open(this.conversation.head.contact_id);
  }

  showSettings(page: SettingsPage): void {
    this.settingsPage = page;
    this.show('settings');
  }

  /** Shows a conversation with its customer and its draft. */
  async openConversation(id: number, message: number | null = null): Promise<void> {
    this.view = 'inbox';
    this.inbox.selected = id;
    this.target = message;
    panes.drawer = false;
    const composing = this.composer.open(id);
    await this.conversation.open(id);
    if (this.conversation.head?.id === id) void this.card.open(this.conversation.head.contact_id);
    await composing;
  }

  closeConversation(): void {
    this.inbox.selected = null;
    this.conversation.close();
    this.composer.close();
  }

  async openContact(id: number): Promise<void> {
    this.show('contacts');
    this.contacts.selected = id;
    await this.card.open(id);
  }

  /** Sets the status of the conversation on screen and offers the way back. */
  async setStatus(status: string, until: string | null = null): Promise<void> {
    const id = this.conversation.id;
    const before = await this.conversation.setStatus(status, until);
    if (before === undefined || id === null) return;
    this.toasts.add(m.status_changed({ status: stateName('status', status) }), {
      label: m.undo(),
      run: () => void this.#resetStatus(id, before === 'snoozed' ? 'open' : before),
    });
  }

  async #resetStatus(id: number, status: string): Promise<void> {
    try {
      await this.api.conversationSetStatus(id, status, null);
    } catch (thrown) {
      this.toasts.add(problemText(asProblem(thrown)), undefined, 'problem');
    }
  }

  /** Sends what stands in the composer and offers the way back. */
  async send(): Promise<void> {
    const conversation = this.composer.conversation;
    const sent = await this.composer.send();
    if (sent && conversation !== null) this.undo.add(conversation, sent);
  }

  /** Takes a message back from the outbox and puts it into the composer. */
  async takeBack(messageId: number, conversationId: number): Promise<boolean> {
    const sent = this.undo.items.find((item) => item.messageId === messageId)?.sent;
    const body = await this.outbox.cancel(messageId);
    this.undo.remove(messageId);
    if (body === undefined) return false;
    await this.openConversation(conversationId);
    if (body !== null) this.composer.restore(body, sent);
    return true;
  }
}

const ALL: Changes = {
  all: true,
  conversations: new Set(),
  messages: new Set(),
  contacts: new Set(),
  accounts: new Set(),
  outbox: true,
  received: false,
};

export const [useApp, provideApp] = createContext<AppState>();

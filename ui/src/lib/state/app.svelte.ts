/**
 * All state of the window and the one place where events are given out. What is on screen is fetched again when an
 * event names it; nothing is patched by hand.
 */
import { createContext, tick } from 'svelte';
import type { Overview } from '../api/bindings/Overview';
import type { Client } from '../api/client';
import type { DraftView } from '../api/bindings/DraftView';
import type { ReplyQueued } from '../api/bindings/ReplyQueued';
import type { StandardReplyView } from '../api/bindings/StandardReplyView';
import type { Event } from '../api/bindings/Event';
import { beginAnswer } from '../actions/focus';
import { coalesce, type Changes } from '../api/events';
import { m } from '../i18n';
import { textFor } from '../i18n/lookup';
import { resultText } from '../i18n/decisions';
import { momentText } from '../i18n/words';
import { ActsState } from './acts.svelte';
import { AccountsState } from './accounts.svelte';
import { AutomationState } from './automation.svelte';
import { CardState } from './card.svelte';
import { ArticlesState } from './articles.svelte';
import { ComposerState } from './composer.svelte';
import { ContactsState } from './contacts.svelte';
import { ConversationState } from './conversation.svelte';
import { DecisionsState } from './decisions.svelte';
import { DropState } from './drops.svelte';
import { HistoryState } from './history.svelte';
import { InboxState } from './inbox.svelte';
import { ListsState } from './lists.svelte';
import { LockState } from './lock.svelte';
import { NewMessageState, type Recipient } from './newMessage.svelte';
import { OutboxState } from './outbox.svelte';
import { panes } from './panes.svelte';
import { PracticeState } from './practice.svelte';
import { ProfileState } from './profile.svelte';
import { ProposalsState } from './proposals.svelte';
import { RecoveryState } from './recovery.svelte';
import { RepliesState } from './replies.svelte';
import { Resource } from './resource.svelte';
import { RestoringState, restoredBefore } from './restoring.svelte';
import { RulesState } from './rules.svelte';
import { SameState } from './same.svelte';
import { SearchState } from './search.svelte';
import { SettingsState } from './settings.svelte';
import { ShopFieldsState } from './shopFields.svelte';
import { SpokenState, type SpokenWay } from './spoken.svelte';
import { TasksState } from './tasks.svelte';
import { Toasts } from './toasts.svelte';
import { UndoState } from './undo.svelte';
import { WishesState } from './wishes.svelte';
import type { SendWish, Writing } from './writing.svelte';

export const VIEWS = ['inbox', 'contacts', 'outbox', 'replies', 'settings', 'tasks', 'automation'] as const;
export type View = (typeof VIEWS)[number];
export const SETTINGS_PAGES = ['accounts', 'shop', 'hours', 'card', 'sending', 'notifications', 'privacy', 'security', 'backup', 'appearance', 'shortcuts', 'health', 'about'] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

export class AppState {
  view = $state<View>('inbox');
  settingsPage = $state<SettingsPage>('accounts');
  /** The setting that the page is to put the focus on, once. */
  settingWanted = $state<string | null>(null);
  readonly profile: ProfileState;
  readonly overview = new Resource<Overview>();
  readonly inbox: InboxState;
  readonly conversation: ConversationState;
  readonly composer: ComposerState;
  readonly card: CardState;
  readonly wishes: WishesState;
  readonly decisions: DecisionsState;
  readonly contacts: ContactsState;
  readonly same: SameState;
  readonly outbox: OutboxState;
  readonly accounts: AccountsState;
  readonly search: SearchState;
  readonly settings: SettingsState;
  readonly replies: RepliesState;
  readonly articles: ArticlesState;
  readonly proposals: ProposalsState;
  readonly tasks: TasksState;
  readonly automation: AutomationState;
  readonly rules: RulesState;
  readonly fields: ShopFieldsState;
  readonly spoken: SpokenState;
  readonly newMessage: NewMessageState;
  readonly acts: ActsState;
  readonly recovery: RecoveryState;
  readonly restoring: RestoringState;
  readonly lists: ListsState;
  readonly lock: LockState;
  readonly practice = new PracticeState();
  readonly toasts = new Toasts();
  readonly drops = new DropState(() => this.writing, () => this.toasts.add(m.refused_no_attachments()));
  readonly history = new HistoryState(this.toasts);
  readonly undo = new UndoState((messageId) => this.history.drop(`send ${messageId}`));
  /** The list of everything that can be done. */
  palette = $state(false);
  /** The sheet of keys. */
  sheet = $state(false);
  /** A message that a search hit leads to: marked, and scrolled to once. */
  target = $state.raw<{ message: number } | null>(null);

  /** Where the page begins is read once: it begins anew in this sense neither after the lock nor after the gate. */
  #placed = false;

  constructor(readonly api: Client) {
    this.lock = new LockState(api);
    this.profile = new ProfileState(api, this.lock);
    this.inbox = new InboxState(api);
    this.wishes = new WishesState(api, (undo, what) => this.history.done(textFor(`changed_${what}`) ?? '', () => this.acts.undo(undo)));
    this.decisions = new DecisionsState(api, (decision, what) => what !== 'marked' && this.toasts.add(what === 'undone' ? m.auto_undone() : resultText(decision.result)));
    this.conversation = new ConversationState(api, (id, entries) => {
      void this.wishes.look(id, entries.some((entry) => entry.what === 'wish'));
      void this.decisions.look(id, entries.some((entry) => entry.what === 'automatic'));
    });
    const formats = () => this.settings.isOn('compose.formatting');
    this.composer = new ComposerState(api, formats);
    const changed = (undo: number, what: string) => this.history.done(textFor(`changed_${what}`) ?? '', () => this.acts.undo(undo));
    this.card = new CardState(api, changed);
    this.tasks = new TasksState(api, changed);
    this.automation = new AutomationState(api);
    this.rules = new RulesState(api, changed);
    this.fields = new ShopFieldsState(api, changed);
    this.spoken = new SpokenState(api, (undo, what) => undo !== null && changed(undo, what));
    this.contacts = new ContactsState(api);
    this.same = new SameState(this);
    this.outbox = new OutboxState(api);
    this.accounts = new AccountsState(api);
    this.search = new SearchState(api);
    this.settings = new SettingsState(api);
    this.replies = new RepliesState(api);
    this.articles = new ArticlesState(api);
    this.proposals = new ProposalsState(api);
    this.newMessage = new NewMessageState(api, formats);
    this.recovery = new RecoveryState(api);
    this.restoring = new RestoringState(api);
    this.acts = new ActsState(this);
    this.tasks.listed = (tasks) => void this.decisions.lookFor(tasks);
    this.lists = new ListsState(this);
  }

  /** What is being written in the middle: a new message lies over the answer. */
  get writing(): Writing {
    return this.newMessage.open ? this.newMessage : this.composer;
  }

  /** Fetches what the first picture needs and listens from then on. Answers how to stop. */
  async start(): Promise<() => void> {
    const gather = coalesce((changes) => this.apply(changes));
    const stop = await this.api.listen((event: Event) => {
      if (event.event === 'paused_changed') void this.profile.look();
      else if (event.event === 'restore_step') this.restoring.step = event.step;
      else if (event.event === 'import_step') this.lists.step = event;
      else if (event.event === 'rehearsed') this.rules.heard(event.rehearsal_id);
      else if (event.event === 'notice') this.toasts.add(event.text);
      else if (event.event === 'drafts_changed') void this.newMessage.look();
      else gather(event);
    });
    const place = this.#placed ? null : /^#conversation=(\d+)(&reply)?$/.exec(typeof location === 'undefined' ? '' : location.hash);
    this.#placed = true;
    if (place) void this.called(Number(place[1]), place[2] !== undefined);
    this.apply(this.everything);
    // What was typed last may have met the lock.
    void this.composer.save();
    void this.newMessage.save();
    void this.lock.look();
    void this.#remember();
    this.#sayRestored();
    return stop;
  }

  /** After going back to a backup the page began anew. */
  #sayRestored(): void {
    const restored = restoredBefore();
    if (!restored) return;
    if (restored.doubted === 0) this.toasts.add(m.restored());
    else this.toasts.add(m.restored_doubted({ count: restored.doubted }), { label: m.nav_outbox(), run: () => this.show('outbox') });
  }

  /** What was done just before the page was drawn anew, as after the tray: Ctrl+Z goes on there. */
  async #remember(): Promise<void> {
    const changes = (await this.acts.run(() => this.api.changes())) ?? [];
    const recent = changes.filter((change) => !change.undone && Date.now() - Date.parse(change.at) < REMEMBERED_MS).reverse();
    this.history.recall(recent.map(({ id }) => ({ id: `change ${id}`, back: () => this.acts.undo(id) })));
  }

  /** As if everything on screen had changed. */
  get everything(): Changes {
    return { ...ALL };
  }

  apply(changes: Changes): void {
    const { all } = changes;
    const listChanged = all || changes.conversations.size > 0 || changes.contacts.size > 0;
    void this.overview.load(() => this.api.overview());
    if (all || changes.settings) void this.settings.refresh();
    if ((all || changes.replies) && (this.view === 'replies' || this.replies.list.value)) void this.replies.refresh();
    if (all || changes.settings || changes.rules || changes.decisions || changes.outbox) void this.automation.refresh();
    if ((all || changes.rules) && (this.view === 'automation' || this.rules.list.value)) void this.rules.refresh();
    if (all || changes.tasks || changes.contacts.size > 0) void this.tasks.refresh();
    if ((all || changes.fields) && this.fields.all.value) void this.fields.refresh();
    if (listChanged) void this.inbox.refresh();
    const contact = this.conversation.head?.contact_id;
    const touched = contact !== undefined && changes.contacts.has(contact);
    if (this.shown !== null && (all || touched || changes.conversations.has(this.shown))) {
      void this.conversation.refresh();
      void this.composer.ask();
    }
    if (this.card.id !== null && (listChanged || changes.fields || changes.contacts.has(this.card.id))) void this.card.refresh();
    if (all || changes.accounts.size > 0) {
      void this.accounts.refresh();
      void this.composer.ask();
    }
    if (all || changes.outbox || changes.messages.size > 0) void this.outbox.refresh();
    if (listChanged && this.view === 'contacts') void this.contacts.refresh();
    if (all || changes.same) this.same.changed();
    if (all || changes.replies || changes.decisions) this.#knownAgain(changes);
    if (listChanged && this.search.active) void this.search.refresh();
  }

  /** What the shop knows and what was decided by itself: a question that was answered is no task any more. */
  #knownAgain({ all, replies, decisions }: Changes): void {
    if ((all || replies) && (this.view === 'replies' || this.articles.list.value)) void this.articles.refresh();
    if ((all || replies) && this.proposals.list.value) void this.proposals.refresh();
    if (decisions && !all) void this.tasks.refresh();
    if ((all || decisions) && this.decisions.watched) void this.decisions.refresh();
  }

  /** Locks the window, if there is something to open it with; what is being written is kept first. */
  async lockNow(): Promise<void> {
    this.palette = this.sheet = false;
    await this.lock.now(() => this.writing.save());
  }

  show(view: View): void {
    this.view = view;
    this.settingWanted = null;
    panes.drawer = false;
    if (view === 'replies') void this.articles.refresh();
    if (view === 'contacts') void Promise.all([this.contacts.refresh(), this.same.refresh()]);
    if (view === 'tasks') void this.tasks.refresh();
    if (view === 'outbox') void this.outbox.refresh();
    if (view === 'replies') void this.replies.refresh();
    if (view === 'automation') void Promise.all([this.automation.refresh(), this.rules.refresh(), this.replies.list.value ?? this.replies.refresh(), this.fields.all.value ?? this.fields.refresh()]);
    if (view === 'settings') void this.accounts.refresh();
    if (view === 'inbox' && this.conversation.head) void this.card.open(this.conversation.head.contact_id);
  }

  showSettings(page: SettingsPage): void {
    this.settingsPage = page;
    this.show('settings');
  }

  /** Shows a conversation with its customer and its draft. */
  async openConversation(id: number, message: number | null = null): Promise<void> {
    void this.#setAside();
    this.view = 'inbox';
    this.inbox.selected = id;
    keepPlace(id);
    this.target = message === null ? null : { message };
    panes.drawer = false;
    this.practice.did('open');
    const composing = this.composer.open(id);
    await this.conversation.open(id);
    if (message !== null) void this.conversation.reach(message);
    if (this.conversation.head?.id === id) void this.card.open(this.conversation.head.contact_id);
    await composing;
  }

  /** From a notification: shows the conversation, and the answer if that was asked for. */
  async called(id: number, reply: boolean): Promise<void> {
    this.#placed = true;
    await this.openConversation(id);
    if (!reply) return;
    // After the lock, or from another area, the answer is not drawn yet.
    await tick();
    beginAnswer();
  }

  closeConversation(): void {
    this.inbox.selected = null;
    keepPlace(null);
    this.conversation.close();
    this.composer.close();
  }

  async openContact(id: number): Promise<void> {
    this.show('contacts');
    this.same.shown = false;
    this.contacts.selected = id;
    await this.card.open(id);
  }

  /** The dialog that notes a call or a visit with whoever is on screen. */
  noteSpoken(way: SpokenWay = 'call_in'): void {
    const { head } = this.conversation;
    const contact = this.card.contact.value;
    if (this.view === 'inbox' && this.shown !== null && head) this.spoken.ask({ contact: head.contact_id, name: head.contact_name, conversation: head.id }, way);
    else if (this.view === 'contacts' && this.contacts.selected !== null && contact) this.spoken.ask({ contact: contact.id, name: contact.name, conversation: null }, way);
  }

  /** A standard reply in the library. */
  showReply(reply: StandardReplyView): void {
    this.articles.shown = false;
    this.show('replies');
    this.replies.edit(reply);
  }

  /** Begins a new message, to a customer if one is given. */
  compose(contact: Recipient | null = null): void {
    this.view = 'inbox';
    panes.drawer = false;
    this.newMessage.begin(contact);
  }

  /** The conversation that is on screen: a new message lies over it while it is written. */
  get shown(): number | null {
    return this.newMessage.open ? null : this.conversation.id;
  }

  /** A new message makes room for a conversation and stays as a draft. */
  async #setAside(): Promise<void> {
    const { newMessage } = this;
    if (!newMessage.open) return;
    const draft = await newMessage.close();
    if (draft !== null) this.toasts.add(m.new_kept(), { label: m.new_go_on(), run: () => void this.#goOn(draft) });
  }

  async #goOn(draft: number): Promise<void> {
    this.view = 'inbox';
    await this.newMessage.goOn(draft);
  }

  /** Throws a begun message away; until the note is gone it comes back with all that belongs to it. */
  async discardNew(draft: DraftView | null = null): Promise<void> {
    const { newMessage } = this;
    const id = draft ? draft.draft_id : await newMessage.close();
    if (id === null) return;
    newMessage.hide(id);
    this.history.done(m.new_discarded(), () => this.#goOn(id), () => newMessage.forget(id));
  }

  /** Puts a standard reply at the end of the answer, filled in for this customer. */
  async useReply(id: number): Promise<void> {
    const { composer } = this;
    const filled = await this.acts.run(() => this.api.standardReplyFill(id, composer.conversation, null, composer.medium, null));
    if (!filled) return;
    const gap = composer.body === '' || composer.body.endsWith('\n') ? '' : '\n\n';
    composer.insert(gap + filled.text, composer.body.length, composer.body.length, id);
  }

  /** Sends what stands in the composer and offers the way back. */
  async send(wish: SendWish = {}): Promise<boolean> {
    const { conversation, via } = this.composer;
    const queued = await this.composer.send(wish);
    if (!queued || conversation === null) return false;
    this.practice.did('reply');
    if (via !== null) this.practice.did('channel');
    this.#queued(queued, conversation, wish);
    if (wish.done) {
      const next = this.inbox.nextBeside([conversation]);
      if (next && !panes.narrow) await this.openConversation(next.id);
      else this.closeConversation();
    }
    return true;
  }

  async sendNew(wish: SendWish = {}): Promise<boolean> {
    const queued = await this.newMessage.send(wish);
    if (!queued) return false;
    const conversation = queued.conversation_id;
    this.#queued(queued, conversation, wish);
    if (!wish.done) await this.openConversation(conversation);
    return true;
  }

  #queued(queued: ReplyQueued, conversationId: number, wish: SendWish): void {
    const messageId = queued.message_id;
    const back = async () => void (await this.takeBack(messageId, conversationId));
    if (wish.at) this.history.done(m.send_later_done({ time: momentText(wish.at) }), back);
    else if (this.undo.add(queued, conversationId)) this.history.push({ id: `send ${messageId}`, back });
  }

  /** Takes a message back from the outbox; the engine puts it into the draft with all that belonged to it. */
  async takeBack(messageId: number, conversationId: number): Promise<boolean> {
    const body = await this.outbox.cancel(messageId);
    this.undo.remove(messageId);
    if (body === undefined) return false;
    this.practice.did('undo');
    const writing = this.composer.conversation === conversationId;
    await this.openConversation(conversationId);
    if (writing) await this.composer.restore(body);
    return true;
  }
}

/** A page that has to be loaded again, because its process ended, goes on at this conversation. */
function keepPlace(id: number | null): void {
  if (typeof history !== 'undefined') history.replaceState(history.state, '', id === null ? '#' : `#conversation=${id}`);
}

/** Nobody takes back by a key what was done longer ago than that. */
const REMEMBERED_MS = 15 * 60_000;

const ALL: Changes = {
  all: true,
  conversations: new Set(),
  messages: new Set(),
  contacts: new Set(),
  accounts: new Set(),
  outbox: true,
  received: false,
  settings: true,
  replies: true,
  same: true,
  tasks: true,
  fields: true,
  rules: true,
  decisions: true,
};

export const [useApp, provideApp] = createContext<AppState>();

/**
 * What is done with conversations, one or many at once: status, snooze, star, spam, read. Each answer of the engine brings
 * the number by which it can be taken back.
 */
import type { ConversationChange } from '../api/bindings/ConversationChange';
import type { Changed } from '../api/bindings/Changed';
import type { PresetView } from '../api/bindings/PresetView';
import { asProblem } from '../api/error';
import { m } from '../i18n';
import { problemText, statusText } from '../i18n/words';
import { AT_ONCE } from './inbox.svelte';
import type { AppState } from './app.svelte';

const NOTHING: ConversationChange = { status: null, until: null, seen: null, starred: null, spam: null };

/** Where the menu of moments opens. */
export interface SnoozeQuestion {
  ids: number[];
  /** A place, not an element: the one that was clicked may be gone when the pointer leaves its row. */
  anchor: { getBoundingClientRect: () => DOMRect } | null;
  presets: PresetView[];
}

export class ActsState {
  /** The menu of moments is open for these. */
  snoozing = $state.raw<SnoozeQuestion | null>(null);
  /** The dialog that asks which conversation they belong to. */
  joining = $state.raw<{ id: number; message: number | null } | null>(null);

  constructor(private readonly app: AppState) {}

  /** The ticked conversations, else the one on screen, else the row that the keys are on; none while a new message is written. */
  get targets(): number[] {
    const { inbox, newMessage, shown } = this.app;
    if (inbox.picks.count > 0) return [...inbox.picks.ids];
    const one = shown ?? (newMessage.open ? null : inbox.active);
    return one === null ? [] : [one];
  }

  get allStarred(): boolean {
    const { inbox, conversation } = this.app;
    const views = this.targets.map((id) => inbox.rows.find((row) => row.id === id) ?? (conversation.id === id ? conversation.head : undefined));
    return views.every((view) => view?.starred ?? false);
  }

  async setStatus(status: string, until: string | null = null, ids = this.targets): Promise<void> {
    if (status === 'snoozed') this.app.practice.did('snooze');
    if (status === 'closed') this.app.practice.did('done');
    const done = (count: number) => (count === 1 ? statusText(status, until) : m.status_changed_many({ count, status: statusText(status, until) }));
    await this.#change(ids, { ...NOTHING, status, until }, done, status !== 'open');
  }

  async star(starred: boolean, ids = this.targets): Promise<void> {
    await this.#change(ids, { ...NOTHING, starred }, (count) => (starred ? m.star_done({ count }) : m.unstar_done({ count })));
  }

  async spam(spam: boolean, ids = this.targets): Promise<void> {
    await this.#change(ids, { ...NOTHING, spam }, (count) => (spam ? m.spam_done({ count }) : m.not_spam_done({ count })), true);
  }

  async unread(ids = this.targets): Promise<void> {
    if (this.app.shown !== null && ids.includes(this.app.shown)) this.app.closeConversation();
    await this.#change(ids, { ...NOTHING, seen: false }, (count) => m.unread_done({ count }));
  }

  async read(ids = this.targets): Promise<void> {
    await this.#change(ids, { ...NOTHING, seen: true }, (count) => m.read_done({ count }));
  }

  /** Opens the menu of moments beside `anchor`. The moments are the engine's: it knows the opening hours. */
  async askSnooze(anchor: HTMLElement | null = null, ids = this.targets): Promise<void> {
    if (ids.length === 0) return;
    const place = anchor ?? document.querySelector<HTMLElement>('[data-snooze]') ?? document.querySelector<HTMLElement>('[role="listbox"]');
    const box = place?.getBoundingClientRect();
    await this.#try(async () => {
      this.snoozing = { ids, anchor: box ? { getBoundingClientRect: () => box } : null, presets: await this.moments() };
    });
  }

  /** The moments that are offered. */
  async moments(): Promise<PresetView[]> {
    return (await this.#try(() => this.app.api.snoozePresets())) ?? [];
  }

  async snooze(until: string): Promise<void> {
    const ids = this.snoozing?.ids ?? [];
    this.snoozing = null;
    await this.setStatus('snoozed', until, ids);
  }

  /** The address that the newest message of the shown customer came from; empty if there is none. */
  get sender(): string {
    return this.app.conversation.messages.findLast((message) => message.direction === 'in')?.from.address ?? '';
  }

  /** Keeps the sender of the shown conversation away, and puts the conversation aside. */
  async block(): Promise<void> {
    const { sender: address, app } = this;
    const { head } = app.conversation;
    if (!head) return;
    const blocked = await this.#try(() => app.api.contactBlock(head.contact_id, address, true));
    if (!blocked) return;
    const undo = blocked.undo_id;
    if (undo !== null) app.history.done(m.block_done({ address }), () => this.undo(undo));
    await this.spam(true, [head.id]);
  }

  askJoin(message: number | null = null): void {
    const id = this.app.shown;
    if (id !== null) this.joining = { id, message };
  }

  /** One message becomes a conversation of its own. */
  async split(message: number): Promise<void> {
    await this.#moved(() => this.app.api.messageSplit(message), m.split_done());
  }

  /** The conversation, or one message of it, goes to another one. */
  async join(into: number): Promise<void> {
    const asked = this.joining;
    this.joining = null;
    if (!asked) return;
    const { id, message } = asked;
    await this.#moved(
      () => (message === null ? this.app.api.conversationJoin(id, into) : this.app.api.messageMove(message, into)),
      message === null ? m.join_done() : m.move_done(),
    );
  }

  /** Opens a file in the system's program. Whoever calls this has warned where that is needed. */
  async openFile(id: number): Promise<void> {
    await this.#try(() => this.app.api.attachmentOpen(id));
  }

  async saveFile(id: number): Promise<void> {
    await this.#try(async () => {
      const folder = await this.app.api.pickFolder();
      if (folder === null) return;
      const path = await this.app.api.attachmentSave(id, folder);
      this.app.toasts.add(m.attachment_saved({ path }));
    });
  }

  /** Runs what may be refused; says so in a note. */
  async run<T>(act: () => Promise<T>): Promise<T | undefined> {
    return this.#try(act);
  }

  async undo(id: number): Promise<void> {
    this.app.practice.did('undo');
    const change = await this.#try(() => this.app.api.undo(id));
    if (change) this.app.apply({ ...this.app.everything });
  }

  async #moved(act: () => Promise<Changed>, text: string): Promise<void> {
    const changed = await this.#try(act);
    const first = changed?.conversations[0];
    if (!changed || !first) return;
    this.#offer(changed, text, this.app.conversation.id);
    await this.app.openConversation(first.id);
  }

  /** `leaves`: they go out of the list that is shown, so the walk goes on with the next one. */
  async #change(ids: number[], change: ConversationChange, text: (count: number) => string, leaves = false): Promise<void> {
    if (ids.length === 0) return;
    const { app } = this;
    if (ids.length > AT_ONCE) return void app.toasts.add(m.pick_limit({ limit: AT_ONCE }), undefined, 'problem');
    const { shown } = app;
    const next = leaves && shown !== null && ids.includes(shown) && app.inbox.status !== 'all' ? app.inbox.nextBeside(ids) : undefined;
    const changed = await this.#try(() => app.api.conversationsChange(ids, change));
    if (!changed) return;
    app.inbox.picks.clear();
    if (changed.undo_id !== null) this.#offer(changed, text(ids.length), leaves ? shown : null);
    if (next) await app.openConversation(next.id);
    else if (leaves && shown !== null && ids.includes(shown) && app.inbox.status !== 'all') app.closeConversation();
    else if (shown !== null && ids.includes(shown)) await app.conversation.refresh();
  }

  /** The way back; it shows again what was on screen. */
  #offer(changed: Changed, text: string, shown: number | null): void {
    const { undo_id } = changed;
    if (undo_id === null) return;
    this.app.history.done(text, async () => {
      await this.undo(undo_id);
      if (shown !== null) await this.app.openConversation(shown);
    });
  }

  async #try<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      return await act();
    } catch (thrown) {
      this.app.toasts.add(problemText(asProblem(thrown)), undefined, 'problem');
      return undefined;
    }
  }
}

/** The conversation on screen with its messages, oldest first. Fetched again when an event names it. */
import type { Client } from '../api/client';
import type { ConversationDetail } from '../api/bindings/ConversationDetail';
import type { ConversationView } from '../api/bindings/ConversationView';
import type { EntryView } from '../api/bindings/EntryView';
import type { MessageView } from '../api/bindings/MessageView';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

export class ConversationState {
  id = $state<number | null>(null);
  readonly detail = new Resource<ConversationDetail>();
  /** Older pages, before the messages of `detail`. */
  older = $state.raw<MessageView[]>([]);
  olderEntries = $state.raw<EntryView[]>([]);
  /** Where older pages go on; undefined while there are none. */
  #cursor: string | null | undefined;
  #marked = 0;
  /** Opened by the person and not yet marked as read. */
  #looking = false;
  #olderLeft = $state<boolean | undefined>(undefined);
  loadingOlder = $state(false);
  problem = $state.raw<Problem | undefined>(undefined);

  readonly head = $derived<ConversationView | undefined>(this.detail.value);
  readonly messages = $derived.by<MessageView[]>(() => {
    const newest = this.detail.value?.messages ?? [];
    const known = new Set(newest.map((message) => message.id));
    return [...this.older.filter((message) => !known.has(message.id)), ...newest];
  });
  /** Notes and events between the messages. */
  readonly entries = $derived.by<EntryView[]>(() => {
    const newest = this.detail.value?.entries ?? [];
    const known = new Set(newest.map((entry) => entry.id));
    return [...this.olderEntries.filter((entry) => !known.has(entry.id)), ...newest];
  });
  /** The customer asks for goodwill and has been granted some before. */
  readonly goodwill = $derived(this.detail.value?.goodwill ?? null);
  readonly hasOlder = $derived(this.#olderLeft ?? this.detail.value?.has_older ?? false);

  /** `fetched` is told each time what the conversation holds beside its messages. */
  constructor(
    private readonly api: Client,
    private readonly fetched: (id: number, entries: readonly EntryView[]) => void = () => undefined,
  ) {}

  async open(id: number): Promise<void> {
    if (id !== this.id) {
      this.id = id;
      this.detail.clear();
      this.older = [];
      this.olderEntries = [];
      this.#cursor = undefined;
      this.#olderLeft = undefined;
      this.problem = undefined;
    }
    this.#looking = true;
    await this.refresh();
  }

  close(): void {
    this.id = null;
    this.detail.clear();
    this.older = [];
  }

  /** Fetches it again, and marks it as read if the person opened it or the window has the focus. */
  async refresh(): Promise<void> {
    const id = this.id;
    if (id === null) return;
    const before = this.detail.value;
    const detail = await this.detail.load(() => this.api.conversation(id, null));
    if (!detail) return;
    if (before?.id === detail.id && this.#cursor !== undefined) this.#keepPushedOut(before, detail);
    this.fetched(id, this.entries);
    const seen = this.#looking || document.hasFocus();
    this.#looking = false;
    const newest = detail.messages[detail.messages.length - 1]?.id ?? 0;
    // Once a message, so that an answer that changes nothing cannot go round in a circle with its own event.
    if (detail.unread > 0 && seen && newest !== this.#marked) {
      this.#marked = newest;
      await this.#try(async () => void (await this.api.conversationMarkSeen(id)));
    }
  }

  /** New ones push the oldest of the newest page out of it; beside older pages they would be missing between the two. */
  #keepPushedOut(before: ConversationDetail, after: ConversationDetail): void {
    const out = <T extends { id: number; at: string }>(old: readonly T[], now: readonly T[]): T[] => {
      const edge = Date.parse(after.messages[0]?.at ?? '');
      const still = new Set(now.map((one) => one.id));
      return old.filter((one) => !still.has(one.id) && Date.parse(one.at) <= edge);
    };
    this.older = [...this.older, ...out(before.messages, after.messages)];
    this.olderEntries = [...this.olderEntries, ...out(before.entries, after.entries)];
  }

  async loadOlder(): Promise<void> {
    const first = this.messages[0];
    if (this.id === null || !first || !this.hasOlder || this.loadingOlder) return;
    const id = this.id;
    this.loadingOlder = true;
    await this.#try(async () => {
      const page = await this.api.conversation(id, this.#cursor ?? this.detail.value?.older ?? String(first.id));
      if (id !== this.id) return;
      this.older = [...page.messages, ...this.older];
      this.olderEntries = [...page.entries, ...this.olderEntries];
      this.#cursor = page.older;
      this.#olderLeft = page.has_older;
    });
    this.loadingOlder = false;
  }

  /** Fetches older pages until this message is among them. */
  async reach(message: number): Promise<void> {
    const id = this.id;
    const missing = () => id === this.id && !this.messages.some((known) => known.id === message);
    while (missing() && this.hasOlder) {
      const before = this.#cursor;
      await this.loadOlder();
      if (this.problem || this.#cursor === before) return;
    }
  }

  async #try(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
      this.problem = undefined;
      return true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return false;
    }
  }
}

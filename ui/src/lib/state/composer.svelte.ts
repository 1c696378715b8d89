/**
 * The answer being written: text, files, the route with its reasons, and the draft that is kept while typing. Where an
 * answer may go is asked of the engine whenever the text, the files or the wish change; nothing of that is known here.
 */
import type { Client, PickedFile } from '../api/client';
import type { ReplyQueued } from '../api/bindings/ReplyQueued';
import type { RouteView } from '../api/bindings/RouteView';
import type { SegmentsView } from '../api/bindings/SegmentsView';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

/** An answer that was queued, with what comes back beside its text when it is taken back. */
export interface Sent {
  queued: ReplyQueued;
  subject: string | null;
  via: string | null;
  files: PickedFile[];
}

const SAVE_AFTER_MS = 600;
const ASK_AFTER_MS = 250;

export class ComposerState {
  conversation = $state<number | null>(null);
  body = $state('');
  /** Null keeps the conversation's subject. */
  subject = $state<string | null>(null);
  via = $state<string | null>(null);
  files = $state.raw<PickedFile[]>([]);
  savedAt = $state<string | null>(null);
  sending = $state(false);
  problem = $state.raw<Problem | undefined>(undefined);
  readonly route = new Resource<RouteView>();
  readonly segments = new Resource<SegmentsView>();

  readonly possible = $derived(this.route.value !== undefined && this.route.value.account_id !== null);
  readonly ready = $derived(this.possible && !this.sending && (this.body.trim() !== '' || this.files.length > 0));

  #unsaved = false;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #askTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Client) {}

  /** Shows the draft of a conversation; what was typed for another one is saved first. */
  async open(conversation: number): Promise<void> {
    if (conversation === this.conversation) return this.ask();
    void this.save();
    this.#empty();
    this.conversation = conversation;
    try {
      const draft = await this.api.draft(conversation);
      if (conversation !== this.conversation) return;
      if (draft && this.body === '') {
        this.body = draft.body;
        this.via = draft.via;
        this.savedAt = draft.saved_at;
      }
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    await this.ask();
  }

  close(): void {
    void this.save();
    this.#empty();
    this.conversation = null;
  }

  typed(body: string): void {
    this.body = body;
    this.#changed();
  }

  /** Chooses a medium by hand; null goes back to the engine's choice. */
  choose(via: string | null): void {
    this.via = via;
    this.#unsaved = true;
    void this.ask();
    void this.save();
  }

  async attach(): Promise<void> {
    try {
      const picked = await this.api.pickFiles();
      const known = new Set(this.files.map((file) => file.path));
      this.files = [...this.files, ...picked.filter((file) => !known.has(file.path))];
      await this.ask();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  detach(path: string): void {
    this.files = this.files.filter((file) => file.path !== path);
    void this.ask();
  }

  /** Asks where this answer would go, and how it is cut up. */
  async ask(): Promise<void> {
    const conversation = this.conversation;
    if (conversation === null) return;
    const sizes = this.files.map((file) => file.size);
    const length = Array.from(this.body).length;
    await this.route.load(() => this.api.route(conversation, this.via, length, sizes));
    if (this.route.value?.capabilities && this.route.value.capabilities.segments !== 'none') {
      await this.segments.load(() => this.api.segments(this.body));
    } else {
      this.segments.clear();
    }
  }

  /** Keeps the draft at once if something changed. */
  async save(): Promise<void> {
    clearTimeout(this.#saveTimer);
    const { conversation, body, via } = this;
    if (conversation === null || !this.#unsaved) return;
    this.#unsaved = false;
    try {
      await this.api.draftSave(conversation, body, via);
      if (conversation === this.conversation) this.savedAt = body === '' ? null : new Date().toISOString();
    } catch (thrown) {
      this.#unsaved = true;
      if (conversation === this.conversation) this.problem = asProblem(thrown);
    }
  }

  /** Queues the answer. The text stays where it is if that fails. */
  async send(): Promise<Sent | undefined> {
    const conversation = this.conversation;
    if (conversation === null || !this.ready) return undefined;
    this.sending = true;
    const { subject, via, files } = this;
    clearTimeout(this.#saveTimer);
    try {
      const queued = await this.api.reply({
        conversation_id: conversation,
        body: this.body,
        subject,
        via,
        attachments: files.map(({ name, mime_type, path }) => ({ name, mime_type, path })),
        now: false,
      });
      if (conversation === this.conversation) this.#empty();
      void this.ask();
      return { queued, subject, via, files };
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return undefined;
    } finally {
      this.sending = false;
    }
  }

  /** Puts what was taken back from the outbox before what stands here. */
  restore(body: string, sent?: Sent): void {
    if (sent) {
      this.subject ??= sent.subject;
      this.via ??= sent.via;
      this.files = [...sent.files, ...this.files];
    }
    const rest = this.body.trim();
    this.typed(rest === '' || rest === body.trim() ? body : `${body}\n\n${this.body}`);
  }

  #changed(): void {
    this.#unsaved = true;
    this.problem = undefined;
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.save(), SAVE_AFTER_MS);
    clearTimeout(this.#askTimer);
    this.#askTimer = setTimeout(() => void this.ask(), ASK_AFTER_MS);
  }

  #empty(): void {
    clearTimeout(this.#saveTimer);
    clearTimeout(this.#askTimer);
    this.#unsaved = false;
    this.body = '';
    this.subject = null;
    this.via = null;
    this.files = [];
    this.savedAt = null;
    this.problem = undefined;
    this.route.clear();
    this.segments.clear();
  }
}

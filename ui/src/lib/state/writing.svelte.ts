/**
 * Something being written: text, subject, copies, files, the route with its reasons, and the draft that is kept while typing.
 * Where it may go is asked of the engine whenever text, files or wish change; nothing of that is known here. An answer
 * (`composer`) and a new message (`newMessage`) differ only in whom they go to.
 */
import type { Client } from '../api/client';
import type { DraftView } from '../api/bindings/DraftView';
import type { ReplyQueued } from '../api/bindings/ReplyQueued';
import type { RouteView } from '../api/bindings/RouteView';
import type { SegmentsView } from '../api/bindings/SegmentsView';
import type { StageTarget } from '../api/bindings/StageTarget';
import type { StagedView } from '../api/bindings/StagedView';
import type { WrittenInput } from '../api/bindings/WrittenInput';
import { asProblem, type Problem } from '../api/error';
import { addresses } from '../format/addresses';
import { forMail, textToHtml } from '../editor/convert';
import { Resource } from './resource.svelte';

/** What every way of sending takes. */
export type Sending = Omit<WrittenInput, 'now'>;

export interface SendWish {
  /** Closes the conversation once it is queued. */
  done?: boolean;
  /** RFC 3339; leaves then and not before. */
  at?: string;
}

const SAVE_AFTER_MS = 600;
const ASK_AFTER_MS = 250;

export abstract class Writing {
  body = $state('');
  /** Null while the text is plain. Stays where a channel takes none, as long as the text does. */
  html = $state<string | null>(null);
  /** Null keeps the conversation's subject. */
  subject = $state<string | null>(null);
  cc = $state('');
  via = $state<string | null>(null);
  files = $state.raw<StagedView[]>([]);
  savedAt = $state<string | null>(null);
  sending = $state(false);
  problem = $state.raw<Problem | undefined>(undefined);
  readonly route = new Resource<RouteView>();
  readonly segments = new Resource<SegmentsView>();
  /** Grows when the text was changed by something else than typing, so that an editor takes it over. */
  replaced = $state(0);

  /** Whether formatting is offered here at all; stays as it was until the next route is known, so that the field does not change twice. */
  formattable = $state(false);
  readonly possible = $derived(this.route.value !== undefined && this.route.value.account_id !== null);
  readonly written = $derived(this.body.trim() !== '' || this.files.length > 0);
  /** Placeholders of a standard reply that nobody filled in. */
  readonly gaps = $derived([...new Set(this.body.match(/\{\{[^{}\n]*\}\}/g) ?? [])]);
  /** What a file may have on this channel, in bytes; null takes none. Undefined until the route is known. */
  readonly fileMax = $derived(this.route.value?.capabilities ? this.route.value.capabilities.attachment_max_bytes : undefined);
  /** By which it goes out, chosen by hand or by the engine; null while there is no way. */
  readonly medium = $derived(this.via ?? this.route.value?.medium ?? null);
  readonly ready = $derived(this.possible && !this.sending && this.written && this.gaps.length === 0);

  protected standardReply: number | null = null;
  /** Typed into since it was last emptied: then Ctrl+Z belongs to the text. */
  touched = false;
  protected unsaved = false;
  /** One draft is kept after the other, so that an older text never replaces a newer one. */
  protected keeping: Promise<unknown> = Promise.resolve();
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #askTimer: ReturnType<typeof setTimeout> | undefined;

  /** `formats`: the person wants formatting wherever a channel takes it. */
  constructor(
    protected readonly api: Client,
    private readonly formats: () => boolean = () => false,
  ) {}

  /** Whether the text is formatted: only where the channel takes it. */
  get rich(): boolean {
    return this.formattable && this.formats();
  }

  /** Whether there is something to write to. */
  abstract readonly live: boolean;
  /** Where a file is kept until it leaves; makes the draft if there is none. */
  protected abstract target(): Promise<StageTarget>;
  protected abstract askRoute(length: number, sizes: number[]): Promise<RouteView>;
  /** Takes what stands there now; what it answers keeps that. */
  protected abstract draftKeeper(): () => Promise<DraftView | null>;
  protected abstract queue(sending: Sending): Promise<ReplyQueued>;

  typed(body: string, html: string | null = null): void {
    this.body = body;
    this.html = html;
    this.changed();
  }

  setSubject(subject: string): void {
    this.subject = subject;
    this.changed();
  }

  setCc(cc: string): void {
    this.cc = cc;
    this.changed();
  }

  /** Chooses a medium by hand; null goes back to the engine's choice. */
  choose(via: string | null): void {
    this.via = via;
    this.unsaved = true;
    void this.ask();
    void this.save();
  }

  /** Puts a text in the place of what was typed to find it: a standard reply by its number, or what the shop knows. */
  insert(text: string, from: number, to: number, standardReply: number | null): number {
    if (standardReply !== null) this.used(standardReply);
    const { html, body } = this;
    const behind = this.rich && html !== null && from === body.length;
    // The break between two lines is already there.
    this.typed(body.slice(0, from) + text + body.slice(to), behind ? html + forMail(textToHtml(text.replace(/^\n/, ''))) : null);
    this.replaced += 1;
    return from + text.length;
  }

  /** The text was made from this standard reply. */
  used(standardReply: number): void {
    this.standardReply = standardReply;
  }

  async attach(): Promise<void> {
    await this.trying(async () => {
      const picked = await this.api.pickFiles();
      await this.addPaths(picked.map((file) => file.path));
    });
  }

  /** Files by path: chosen in the system's dialog, or dropped on the window. */
  addPaths(paths: readonly string[]): Promise<void> {
    return this.#take(paths, (target, path) => this.api.attachmentStageFile(target, path));
  }

  /** Files that came as bytes: pasted. */
  addFiles(files: readonly File[]): Promise<void> {
    return this.#take(files, async (target, file) => this.api.attachmentStage(target, file.name, file.type, new Uint8Array(await file.arrayBuffer())));
  }

  /** The picture in the clipboard, of which the page was not given the bytes. */
  addPasted(): Promise<void> {
    return this.#take(['clipboard'], (target) => this.api.attachmentStageClipboard(target));
  }

  async detach(id: number): Promise<void> {
    this.files = this.files.filter((file) => file.id !== id);
    await this.trying(() => this.api.attachmentUnstage(id));
    void this.ask();
  }

  /** Asks where this would go, and how it is cut up. */
  async ask(): Promise<void> {
    if (!this.live) return;
    const sizes = this.files.map((file) => file.size);
    const length = Array.from(this.body).length;
    await this.route.load(() => this.askRoute(length, sizes));
    if (this.route.value) this.formattable = this.route.value.capabilities?.formatting ?? false;
    if (this.route.value?.capabilities && this.route.value.capabilities.segments !== 'none') {
      await this.segments.load(() => this.api.segments(this.body));
    } else {
      this.segments.clear();
    }
  }

  /** Keeps the draft at once if something changed. */
  async save(): Promise<void> {
    this.#noTimer();
    if (!this.live || !this.unsaved) return;
    this.unsaved = false;
    const still = this.mark();
    const kept = this.keeping.then(this.draftKeeper());
    this.keeping = kept.catch(() => null);
    try {
      const draft = await kept;
      if (still()) this.savedAt = draft?.saved_at ?? null;
    } catch (thrown) {
      this.unsaved = true;
      const problem = asProblem(thrown);
      // The lock came first. Nothing is wrong: the text stays here and is kept once the window is opened.
      if (problem.code !== 'locked' && still()) this.problem = problem;
    }
  }

  /** Answers whether the same thing is still being written. */
  protected abstract mark(): () => boolean;

  /** Queues it. The text stays where it is if that fails. */
  async send(wish: SendWish = {}): Promise<ReplyQueued | undefined> {
    if (!this.live || !this.ready) return undefined;
    this.sending = true;
    this.#noTimer();
    const still = this.mark();
    try {
      // A draft that is still being kept would come back after the message has taken its place.
      await this.keeping;
      const queued = await this.queue({
        body: this.body,
        subject: this.subject,
        via: this.via,
        cc: this.route.value?.capabilities?.cc ? this.copies() : [],
        staged: this.files.map((file) => file.id),
        close_after: wish.done ?? false,
        ...(this.rich && this.html !== null ? { html: this.html } : {}),
        ...(wish.at === undefined ? {} : { send_at: wish.at }),
        ...(this.standardReply === null ? {} : { standard_reply_id: this.standardReply }),
      });
      if (still()) this.sent();
      void this.ask();
      return queued;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return undefined;
    } finally {
      this.sending = false;
    }
  }

  /** Takes over a draft as the engine keeps it. */
  protected show(draft: DraftView): void {
    this.body = draft.body;
    this.html = draft.html;
    this.subject = draft.subject || null;
    this.cc = draft.cc.join(', ');
    this.via = draft.via;
    this.files = draft.staged;
    this.savedAt = draft.saved_at;
    this.replaced += 1;
  }

  protected copies(): string[] {
    return addresses(this.cc);
  }

  protected changed(): void {
    this.unsaved = true;
    this.touched = true;
    this.problem = undefined;
    // From the first key that is not kept, not from the last: who types without a pause loses no more than this either.
    this.#saveTimer ??= setTimeout(() => void this.save(), SAVE_AFTER_MS);
    clearTimeout(this.#askTimer);
    this.#askTimer = setTimeout(() => void this.ask(), ASK_AFTER_MS);
  }

  /** After it was queued. */
  protected sent(): void {
    this.empty();
  }

  protected empty(): void {
    this.emptyText();
    this.route.clear();
    this.segments.clear();
  }

  /** Nothing is written any more; where it would go is still known. */
  protected emptyText(): void {
    this.#noTimer();
    clearTimeout(this.#askTimer);
    this.unsaved = false;
    this.touched = false;
    this.standardReply = null;
    this.body = '';
    this.html = null;
    this.subject = null;
    this.cc = '';
    this.via = null;
    this.files = [];
    this.savedAt = null;
    this.problem = undefined;
    this.replaced += 1;
  }

  protected async trying(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
  }

  #noTimer(): void {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
  }

  /** One that cannot be read does not keep the others out. */
  async #take<T>(files: readonly T[], stage: (target: StageTarget, file: T) => Promise<StagedView | null>): Promise<void> {
    if (files.length === 0) return;
    await this.trying(async () => {
      const target = await this.target();
      const still = this.mark();
      for (const file of files) {
        await this.trying(async () => {
          const staged = await stage(target, file);
          if (staged && still()) this.files = [...this.files.filter((known) => known.id !== staged.id), staged];
        });
      }
    });
    await this.ask();
  }
}

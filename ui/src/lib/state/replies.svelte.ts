/** The standard replies: the library, and what the `/` of the composer finds. */
import type { Client } from '../api/client';
import type { PlaceholderView } from '../api/bindings/PlaceholderView';
import type { ReplyTextView } from '../api/bindings/ReplyTextView';
import type { ReplyUses } from '../api/bindings/ReplyUses';
import type { StandardReplyView } from '../api/bindings/StandardReplyView';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

/** A standard reply being written; `id` is null for a new one. */
export interface ReplyDraft {
  id: number | null;
  name: string;
  shortcut: string;
  texts: ReplyTextView[];
}

/** Conversations asked for at once. */
const USES = 10;

export class RepliesState {
  readonly list = new Resource<StandardReplyView[]>();
  readonly placeholders = new Resource<PlaceholderView[]>();
  /** Where the shown reply was sent, as far as it was asked for. */
  readonly uses = new Resource<ReplyUses>();
  query = $state('');
  draft = $state<ReplyDraft | null>(null);
  saving = $state(false);
  problem = $state.raw<Problem | undefined>(undefined);

  constructor(private readonly api: Client) {}

  async refresh(): Promise<void> {
    await Promise.all([
      this.list.load(() => this.api.standardReplies(this.query.trim() || null)),
      this.placeholders.value ? undefined : this.placeholders.load(() => this.api.placeholders()),
    ]);
  }

  typed(query: string): void {
    this.query = query;
    void this.list.load(() => this.api.standardReplies(query.trim() || null));
  }

  begin(language: string): void {
    this.problem = undefined;
    this.uses.clear();
    this.draft = { id: null, name: '', shortcut: '', texts: [{ language, medium: '', text: '' }] };
  }

  edit(reply: StandardReplyView): void {
    this.problem = undefined;
    this.draft = { id: reply.id, name: reply.name, shortcut: reply.shortcut, texts: reply.texts.map((text) => ({ ...text })) };
    this.uses.clear();
    void this.moreUses();
  }

  /** The next page of where it was sent, behind those that are shown. */
  async moreUses(): Promise<void> {
    const id = this.draft?.id;
    if (id === undefined || id === null) return;
    const before = this.uses.value;
    await this.uses.load(async () => {
      const page = await this.api.standardReplyUses(id, before?.next ?? null, USES);
      return { uses: [...(before?.uses ?? []), ...page.uses], next: page.next };
    });
  }

  /** Answers how it comes back as it was; undefined if it was not saved. */
  async save(): Promise<{ back: () => Promise<void> } | undefined> {
    const draft = this.draft;
    if (!draft) return undefined;
    const before = this.list.value?.find((reply) => reply.id === draft.id);
    this.saving = true;
    const kept = await this.#try(() =>
      this.api.standardReplySave(draft.id, draft.name.trim(), draft.shortcut.trim(), draft.texts.filter((text) => text.text.trim() !== '')),
    );
    this.saving = false;
    if (!kept) return undefined;
    this.draft = null;
    await this.refresh();
    const back = async () => {
      if (before) await this.api.standardReplySave(before.id, before.name, before.shortcut, before.texts);
      else await this.api.standardReplyRemove(kept.id);
      this.draft = null;
      await this.refresh();
    };
    return { back };
  }

  /** Answers the number by which it comes back. */
  async remove(id: number): Promise<number | undefined> {
    const undo = await this.#try(() => this.api.standardReplyRemove(id));
    if (undo !== undefined) this.draft = null;
    await this.refresh();
    return undo;
  }

  async #try<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      const value = await act();
      this.problem = undefined;
      return value;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return undefined;
    }
  }
}

/**
 * Who may be the same: the list of pairs, what is known of the customer on the card, and the two that are being merged.
 * Which pairs there are, and what goes where, the engine decides.
 */
import type { DuplicateList } from '../api/bindings/DuplicateList';
import type { DuplicateView } from '../api/bindings/DuplicateView';
import type { MergePreview } from '../api/bindings/MergePreview';
import type { MergeView } from '../api/bindings/MergeView';
import { count } from '../format/text';
import { language, m } from '../i18n';
import type { AppState } from './app.svelte';
import { Resource } from './resource.svelte';

const LIMIT = 200;

/** What is known of one customer. */
export interface OfCustomer {
  id: number;
  pairs: DuplicateView[];
  merges: MergeView[];
}

export class SameState {
  /** The list is on screen. */
  shown = $state(false);
  readonly list = new Resource<DuplicateList>();
  readonly of = new Resource<OfCustomer>();
  /** The two that a person is asked about; `a` stays. */
  readonly preview = new Resource<MergePreview>();
  asked = $state.raw<{ a: number; b: number } | null>(null);
  busy = $state(false);

  constructor(private readonly app: AppState) {}

  async refresh(): Promise<void> {
    await this.list.load(() => this.app.api.duplicates(LIMIT));
  }

  async show(): Promise<void> {
    this.app.show('contacts');
    this.app.contacts.selected = null;
    this.shown = true;
    await this.refresh();
  }

  /** Something of it is different now; what is on screen is asked again. */
  changed(): void {
    if (this.app.view === 'contacts' || this.list.value) void this.refresh();
    if (this.of.value) void this.look(this.of.value.id);
  }

  /** Asks about the customer on the card. */
  async look(id: number): Promise<void> {
    const { api } = this.app;
    if (this.of.value?.id !== id) this.of.clear();
    await this.of.load(async () => {
      const [pairs, merges] = await Promise.all([api.duplicatesOf(id), api.contactMerges(id)]);
      return { id, pairs, merges };
    });
  }

  async ask(a: number, b: number): Promise<void> {
    this.asked = { a, b };
    this.preview.clear();
    await this.preview.load(() => this.app.api.contactMergePreview(a, b));
  }

  async swap(): Promise<void> {
    if (this.asked) await this.ask(this.asked.b, this.asked.a);
  }

  /** Merges the two; `keep` says of each field whose value stays. */
  async merge(keep: Record<string, string>): Promise<void> {
    const { app, asked } = this;
    if (!asked || this.busy) return;
    this.busy = true;
    const choices = Object.entries(keep).map(([field, side]) => ({ field, keep: side }));
    const merged = await app.acts.run(() => app.api.contactMerge(asked.a, asked.b, choices));
    this.busy = false;
    if (!merged) return;
    this.asked = null;
    if (app.contacts.selected === asked.b) await app.openContact(asked.a);
    if (merged.undo_id !== null) app.history.done(m.same_merged({ name: merged.name }), () => this.#back(merged.undo_id));
    await this.#again();
  }

  async mergeSure(): Promise<void> {
    const { app } = this;
    if (this.busy) return;
    this.busy = true;
    const done = await app.acts.run(() => app.api.contactsMergeSure());
    this.busy = false;
    if (!done) return;
    if (done.undo_id !== null) app.history.done(m.same_merged_sure({ count: count(done.merged, language.tag) }), () => this.#back(done.undo_id));
    await this.#again();
  }

  async notSame(pair: DuplicateView): Promise<void> {
    const { app } = this;
    const undo = await app.acts.run(() => app.api.contactsNotSame(pair.first.id, pair.second.id));
    if (undo === undefined) return;
    if (undo !== null) app.history.done(m.same_not_done(), () => this.#back(undo));
    await this.#again();
  }

  async unmerge(merge: MergeView): Promise<void> {
    const { app } = this;
    const parted = await app.acts.run(() => app.api.contactUnmerge(merge.id));
    if (!parted) return;
    const { undo_id: undo, part } = parted;
    if (undo !== null) app.history.done(m.merge_undone({ name: part.name }), () => this.#back(undo));
    await this.#again();
  }

  async #back(undo: number | null): Promise<void> {
    if (undo !== null) await this.app.acts.undo(undo);
    await this.#again();
  }

  async #again(): Promise<void> {
    const { app } = this;
    await Promise.all([this.refresh(), app.contacts.refresh(), app.card.refresh(), app.card.id === null ? undefined : this.look(app.card.id)]);
  }
}

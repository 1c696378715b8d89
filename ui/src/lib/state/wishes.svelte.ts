/** The wishes that were read in the conversation on screen, and what the person decides about them. */
import type { WishDecided } from '../api/bindings/WishDecided';
import type { WishView } from '../api/bindings/WishView';
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

export type WishChange = 'wish_accepted' | 'wish_declined' | 'wish_undone';

export class WishesState {
  #conversation: number | null = null;
  readonly all = new Resource<WishView[]>();
  problem = $state.raw<Problem | undefined>(undefined);
  busy = $state(false);

  /** Those about which the person is asked, the oldest first. */
  readonly questions = $derived((this.all.value ?? []).filter((wish) => wish.state === 'asked').reverse());

  /** `done` is told what was decided and the number by which it comes back. */
  constructor(
    private readonly api: Client,
    private readonly done: (undo: number, what: WishChange) => void = () => undefined,
  ) {}

  /** Looks again; without anything read in it, a conversation is not asked about. */
  async look(conversation: number, some: boolean): Promise<void> {
    if (conversation !== this.#conversation) {
      this.#conversation = conversation;
      this.all.clear();
      this.problem = undefined;
    }
    if (some) await this.all.load(() => this.api.wishes(conversation));
  }

  /** The wish that an event of the timeline tells of. */
  of(id: string | undefined): WishView | undefined {
    return this.all.value?.find((wish) => String(wish.id) === id);
  }

  accept = (id: number): Promise<void> => this.#decide('wish_accepted', () => this.api.wishAccept(id));

  decline = (id: number): Promise<void> => this.#decide('wish_declined', () => this.api.wishDecline(id));

  undo = (id: number): Promise<void> => this.#decide('wish_undone', () => this.api.wishUndo(id));

  async #decide(what: WishChange, act: () => Promise<WishDecided>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      const decided = await act();
      this.problem = undefined;
      this.all.set((this.all.value ?? []).map((wish) => (wish.id === decided.wish.id ? decided.wish : wish)));
      this.done(decided.undo_id, what);
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.busy = false;
    }
  }
}

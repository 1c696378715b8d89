/** The standard replies behind `/` while something is written: what was asked, what fits, and where the keys are in that list. */
import type { FilledView } from '../api/bindings/FilledView';
import type { StandardReplyView } from '../api/bindings/StandardReplyView';
import { asProblem } from '../api/error';
import type { AppState } from './app.svelte';
import type { Writing } from './writing.svelte';

const SHOWN = 8;

export class SlashState {
  /** What stands behind the `/`, and where that is in the field's own counting. */
  asked = $state<{ query: string; from: number; to: number } | null>(null);
  found = $state.raw<StandardReplyView[]>([]);
  at = $state(0);
  readonly open = $derived(this.asked !== null && this.found.length > 0);
  #turn = 0;

  constructor(
    private readonly app: AppState,
    private readonly writing: Writing,
  ) {}

  /** `before` is the text up to the cursor, which stands at `place`. */
  typed(before: string, place: number): void {
    const query = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u.exec(before)?.[1];
    this.asked = query === undefined ? null : { query, from: place - query.length - 1, to: place };
    if (this.asked) void this.#look(this.asked.query);
  }

  close(): void {
    this.asked = null;
  }

  /** Answers whether the key was for the list. */
  key(event: KeyboardEvent, choose: (reply: StandardReplyView) => void): boolean {
    if (!this.open) return false;
    const { found } = this;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.at = (this.at + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length;
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
      const reply = found[this.at];
      if (reply) choose(reply);
    } else if (event.key === 'Escape') this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** Closes the list; answers the text for this customer and what it replaces. */
  async fill(reply: StandardReplyView, conversation: number | null, contact: number | null): Promise<{ filled: FilledView; from: number; to: number } | undefined> {
    const place = this.asked;
    this.close();
    if (!place) return undefined;
    const filled = await this.app.acts.run(() => this.app.api.standardReplyFill(reply.id, conversation, contact, this.writing.medium, null));
    return filled ? { filled, from: place.from, to: place.to } : undefined;
  }

  async #look(query: string): Promise<void> {
    const mine = ++this.#turn;
    try {
      const list = await this.app.api.standardReplies(query === '' ? null : query);
      if (mine === this.#turn) [this.found, this.at] = [list.slice(0, SHOWN), 0];
    } catch (thrown) {
      if (mine === this.#turn) [this.found, this.writing.problem] = [[], asProblem(thrown)];
    }
  }
}

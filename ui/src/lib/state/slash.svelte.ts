/** The standard replies and what the shop knows, behind `/` while something is written: what was asked, what fits, and where the keys are in that list. */
import type { ArticleView } from '../api/bindings/ArticleView';
import type { StandardReplyView } from '../api/bindings/StandardReplyView';
import { asProblem } from '../api/error';
import type { AppState } from './app.svelte';
import { matching, textIn, usable } from './articles.svelte';
import type { Writing } from './writing.svelte';

const SHOWN = 8;
/** Articles behind them. */
const KNOWN = 4;

/** What can be put into the text. */
export type Offer = { kind: 'reply'; of: StandardReplyView } | { kind: 'article'; of: ArticleView };

/** What is put into it; `reply` is the number of the standard reply, null for an article. */
export interface Filling {
  text: string;
  reply: number | null;
  from: number;
  to: number;
}

export function offerKey({ kind, of }: Offer): string {
  return `${kind} ${of.id}`;
}

export class SlashState {
  /** What stands behind the `/`, and where that is in the field's own counting. */
  asked = $state<{ query: string; from: number; to: number } | null>(null);
  found = $state.raw<Offer[]>([]);
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
  key(event: KeyboardEvent, choose: (offer: Offer) => void): boolean {
    if (!this.open) return false;
    const { found } = this;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.at = (this.at + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % found.length;
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') {
      const offer = found[this.at];
      if (offer) choose(offer);
    } else if (event.key === 'Escape') this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** Closes the list; answers the text for this customer and what it replaces. */
  async fill(offer: Offer, conversation: number | null, contact: number | null): Promise<Filling | undefined> {
    const place = this.asked;
    this.close();
    if (!place) return undefined;
    const { from, to } = place;
    if (offer.kind === 'article') return { text: textIn(offer.of, [this.#language(contact), this.app.settings.values['shop.language']]), reply: null, from, to };
    const filled = await this.app.acts.run(() => this.app.api.standardReplyFill(offer.of.id, conversation, contact, this.writing.medium, null));
    return filled ? { text: filled.text, reply: offer.of.id, from, to } : undefined;
  }

  /** The language of the customer's card, if that card is on screen. */
  #language(contact: number | null): string | undefined {
    const shown = this.app.card.contact.value;
    const wanted = contact ?? this.app.conversation.head?.contact_id;
    return shown !== undefined && shown.id === wanted ? shown.card.language : undefined;
  }

  async #look(query: string): Promise<void> {
    const mine = ++this.#turn;
    const { articles } = this.app;
    try {
      const [list] = await Promise.all([this.app.api.standardReplies(query === '' ? null : query), articles.list.value ? undefined : articles.refresh()]);
      if (mine !== this.#turn) return;
      const known = matching(usable(articles.list.value ?? []), query).slice(0, KNOWN);
      this.found = [...list.slice(0, SHOWN).map((of): Offer => ({ kind: 'reply', of })), ...known.map((of): Offer => ({ kind: 'article', of }))];
      this.at = 0;
    } catch (thrown) {
      if (mine === this.#turn) [this.found, this.writing.problem] = [[], asProblem(thrown)];
    }
  }
}

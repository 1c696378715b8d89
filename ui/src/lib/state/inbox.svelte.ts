/**
 * The list of conversations: one place at a time, narrowed by filters, fetched page by page as it is scrolled. After an event
 * the newest rows are fetched again in one question; rows further down are kept until they are scrolled to.
 */
import type { Client } from '../api/client';
import type { ConversationView } from '../api/bindings/ConversationView';
import type { ListQuery } from '../api/bindings/ListQuery';
import { asProblem, type Problem } from '../api/error';
import { Picks } from './picks.svelte';
import { keepSame } from './same';

export const STATUSES = ['open', 'waiting', 'snoozed', 'closed', 'all', 'spam'] as const;
export type StatusFilter = (typeof STATUSES)[number];

/** What narrows the list beside the place. */
export type Narrowing = Pick<ListQuery, 'unread' | 'starred' | 'medium' | 'account_id'>;
export const WIDE: Narrowing = { unread: false, starred: false, medium: null, account_id: null };

const PAGE = 60;
const HEAD_LIMIT = 240;
const PAGE_OF_MANY = 200;
/** The engine changes no more conversations at once. */
export const AT_ONCE = 1000;

export class InboxState {
  status = $state<StatusFilter>('open');
  narrowing = $state.raw<Narrowing>(WIDE);
  rows = $state.raw<ConversationView[]>([]);
  selected = $state<number | null>(null);
  /** The row that the keys are on; the list tells it. */
  active = $state<number | null>(null);
  readonly picks = new Picks();
  loaded = $state(false);
  loading = $state(false);
  error = $state.raw<Problem | undefined>(undefined);
  #next = $state<string | null>(null);
  /** The ids of the rows: a page that follows is compared with them, not with a hundred thousand rows. */
  #ids = new Set<number>();
  #turn = 0;
  /** Where the list is scrolled to. */
  readonly place = { top: 0 };
  /** Where the selected row was last seen: the walk goes on there when it has left the list. */
  #place = 0;

  /** Undefined while there are more rows than were fetched. */
  readonly total = $derived(this.#next === null && this.loaded ? this.rows.length : undefined);
  readonly narrowed = $derived(this.narrowing.unread || this.narrowing.starred || this.narrowing.medium !== null || this.narrowing.account_id !== null);

  constructor(private readonly api: Client) {}

  show(status: StatusFilter): void {
    if (status === this.status && this.loaded) return;
    this.status = status;
    this.#restart();
  }

  narrow(change: Partial<Narrowing>): void {
    this.narrowing = { ...this.narrowing, ...change };
    this.#restart();
  }

  /** Fetches the newest rows again. */
  async refresh(): Promise<void> {
    const limit = Math.min(Math.max(PAGE, this.rows.length), HEAD_LIMIT);
    await this.#ask(null, limit, (page, next) => {
      const fresh = new Set(page.map((row) => row.id));
      const lastFresh = page[page.length - 1]?.last_message_at;
      const wasLonger = this.rows.length > limit && next !== null && lastFresh !== undefined;
      if (!wasLonger) {
        this.rows = keepSame(this.rows, page);
        this.#next = next;
      } else {
        const older = this.rows.filter((row) => row.last_message_at < lastFresh && !fresh.has(row.id));
        this.rows = [...keepSame(this.rows.slice(0, limit), page), ...older];
      }
      this.#ids = new Set(this.rows.map((row) => row.id));
      this.picks.keep(this.rows);
    });
  }

  /** Fetches the next page; called when the end of the list comes near. */
  async more(): Promise<void> {
    if (this.loading || this.#next === null) return;
    await this.#ask(this.#next, PAGE, (page, next) => this.#append(page, next));
  }

  /** The row below or above the selected one; the first if none is selected. */
  neighbour(step: 1 | -1): ConversationView | undefined {
    if (this.selected === null) return this.rows[0];
    const gone = this.#find() < 0;
    const to = this.#place + (gone && step === 1 ? 0 : step);
    return this.rows[Math.min(Math.max(to, 0), this.rows.length - 1)];
  }

  /** The nearest row that is not among those: where the walk goes on when they leave the list. */
  nextBeside(ids: readonly number[]): ConversationView | undefined {
    const leaving = new Set(ids);
    const at = this.rows.findIndex((row) => row.id === this.selected);
    const below = this.rows.slice(Math.max(at, 0)).find((row) => !leaving.has(row.id));
    return below ?? this.rows.slice(0, Math.max(at, 0)).reverse().find((row) => !leaving.has(row.id));
  }

  /** Ticks the row that the keys are on. */
  togglePick(): void {
    const id = this.active ?? this.selected;
    if (id !== null && this.rows.some((row) => row.id === id)) this.picks.toggle(id);
  }

  /** Ticks the rows that were fetched, as many as go at once. */
  pickAll(): void {
    this.picks.all(this.rows.slice(0, AT_ONCE).map((row) => row.id));
  }

  /** Everything that was fetched is ticked, and there is more. */
  readonly moreToPick = $derived(this.#next !== null && this.picks.count > 0 && this.picks.count === Math.min(this.rows.length, AT_ONCE) && this.picks.count < AT_ONCE);

  /** Fetches the rest of the list, as far as it goes at once, and ticks it. */
  async pickWhole(): Promise<void> {
    const { status, narrowing } = this;
    const same = () => status === this.status && narrowing === this.narrowing;
    while (this.#next !== null && this.rows.length < AT_ONCE && same()) {
      const before = this.rows.length;
      await this.#ask(this.#next, PAGE_OF_MANY, (page, next) => this.#append(page, next));
      if (this.rows.length === before) break;
    }
    if (same()) this.picks.set(this.rows.slice(0, AT_ONCE).map((row) => row.id));
  }

  #append(page: ConversationView[], next: string | null): void {
    const further = page.filter((row) => !this.#ids.has(row.id));
    for (const row of further) this.#ids.add(row.id);
    this.rows = [...this.rows, ...further];
    this.#next = next;
  }

  #restart(): void {
    this.rows = [];
    this.#ids.clear();
    this.place.top = 0;
    this.picks.clear();
    this.loaded = false;
    this.#next = null;
    void this.refresh();
  }

  #find(): number {
    const at = this.rows.findIndex((row) => row.id === this.selected);
    if (at >= 0) this.#place = at;
    return at;
  }

  async #ask(page: string | null, limit: number, take: (rows: ConversationView[], next: string | null) => void) {
    const turn = ++this.#turn;
    this.loading = true;
    const spam = this.status === 'spam';
    try {
      const answer = await this.api.conversationList({ ...this.narrowing, status: spam ? 'all' : this.status, spam }, page, limit);
      if (turn !== this.#turn) return;
      this.#find();
      take(answer.conversations, answer.next);
      this.loaded = true;
      this.error = undefined;
    } catch (thrown) {
      if (turn === this.#turn) this.error = asProblem(thrown);
    } finally {
      if (turn === this.#turn) this.loading = false;
    }
  }
}

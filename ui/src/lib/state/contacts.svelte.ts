/** The list of customers, and the one that is shown. */
import type { ContactView } from '../api/bindings/ContactView';
import type { Client } from '../api/client';
import { Resource } from './resource.svelte';

/** Rows of the first page, which is all that is asked for while somebody types. */
const PAGE = 100;
/** Rows at most, once somebody scrolls to the end of the first page; whoever looks for more than these types a name. */
const MOST = 500;
const WAIT_MS = 40;

export class ContactsState {
  query = $state('');
  selected = $state<number | null>(null);
  readonly list = new Resource<ContactView[]>();
  /** Where the list is scrolled to. */
  readonly place = { top: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #limit = $state(PAGE);

  /** There may be more than the engine was asked for. */
  readonly more = $derived((this.list.value?.length ?? 0) >= this.#limit);
  /** There may be more than is shown at most. */
  readonly cut = $derived((this.list.value?.length ?? 0) >= MOST);

  constructor(private readonly api: Client) {}

  typed(query: string): void {
    this.query = query;
    this.place.top = 0;
    this.#limit = PAGE;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), WAIT_MS);
  }

  async refresh(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.list.load(() => this.api.contacts(this.query.trim() || null, this.#limit));
  }

  /** The last row is in sight. What is being typed or asked for comes with its own first page. */
  async further(): Promise<void> {
    if (!this.more || this.#limit >= MOST || this.#timer !== undefined || this.list.loading) return;
    this.#limit = MOST;
    await this.refresh();
  }

  neighbour(step: 1 | -1): ContactView | undefined {
    const rows = this.list.value ?? [];
    const at = rows.findIndex((row) => row.id === this.selected);
    return at < 0 ? rows[0] : rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  }
}

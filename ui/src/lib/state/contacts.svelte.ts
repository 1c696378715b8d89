/** The list of customers, and the one that is shown. */
import type { ContactView } from '../api/bindings/ContactView';
import type { Client } from '../api/client';
import { Resource } from './resource.svelte';

const LIMIT = 500;
const WAIT_MS = 40;

export class ContactsState {
  query = $state('');
  selected = $state<number | null>(null);
  readonly list = new Resource<ContactView[]>();
  /** Where the list is scrolled to. */
  readonly place = { top: 0 };
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** There may be more than the engine was asked for. */
  readonly cut = $derived((this.list.value?.length ?? 0) >= LIMIT);

  constructor(private readonly api: Client) {}

  typed(query: string): void {
    this.query = query;
    this.place.top = 0;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), WAIT_MS);
  }

  async refresh(): Promise<void> {
    await this.list.load(() => this.api.contacts(this.query.trim() || null, LIMIT));
  }

  neighbour(step: 1 | -1): ContactView | undefined {
    const rows = this.list.value ?? [];
    const at = rows.findIndex((row) => row.id === this.selected);
    return at < 0 ? rows[0] : rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  }
}

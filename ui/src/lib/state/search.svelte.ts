/** Search while typing: asked 40 ms after the last key; an answer to an older text is dropped. */
import type { Client } from '../api/client';
import type { SearchResult } from '../api/bindings/SearchResult';
import { Resource } from './resource.svelte';

const WAIT_MS = 40;
const LIMIT = 30;

export class SearchState {
  query = $state('');
  /** The text that the shown result belongs to. */
  asked = $state('');
  readonly result = new Resource<SearchResult>();
  readonly active = $derived(this.query.trim() !== '');
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly api: Client) {}

  typed(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    if (query.trim() === '') this.result.clear();
    else this.#timer = setTimeout(() => void this.refresh(), WAIT_MS);
  }

  clear(): void {
    this.typed('');
  }

  async refresh(): Promise<void> {
    const query = this.query.trim();
    if (query === '') return;
    if (await this.result.load(() => this.api.search(query, LIMIT))) this.asked = query;
  }
}

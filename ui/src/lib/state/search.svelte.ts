/** Search while typing: asked 40 ms after the last key; an answer to an older text is dropped. */
import type { Asking, SearchResult } from '../api/ahead';
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

  constructor(private readonly api: Asking) {}

  typed(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    if (query.trim() === '') this.result.clear();
    else this.#timer = setTimeout(() => void this.refresh(), WAIT_MS);
  }

  /** Begins a narrowing word at the end of the query, such as `from:`. */
  narrow(kind: string): void {
    this.typed(`${this.query.trim()} ${kind}:`.trimStart());
  }

  /** Takes a narrowing word out again. */
  widen(raw: string): void {
    this.typed(this.query.replace(raw, '').replace(/\s+/g, ' ').trim());
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

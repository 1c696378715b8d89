/**
 * Search while typing: the first key is asked at once, those that follow faster than a person types every 40 ms. An answer
 * to an older text is dropped.
 */
import type { Client } from '../api/client';
import type { SearchResult } from '../api/bindings/SearchResult';
import { Resource } from './resource.svelte';

const GAP_MS = 40;
const LIMIT = 30;

export class SearchState {
  query = $state('');
  /** The text that the shown result belongs to. */
  asked = $state('');
  /** What can narrow is shown, although nothing is typed yet. */
  offering = $state(false);
  readonly result = new Resource<SearchResult>();
  readonly active = $derived(this.offering || this.query.trim() !== '');
  #timer: ReturnType<typeof setTimeout> | undefined;
  #askedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly api: Client) {}

  typed(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    const wait = this.#askedAt + GAP_MS - performance.now();
    if (!this.active) this.result.clear();
    else if (wait <= 0) void this.refresh();
    else this.#timer = setTimeout(() => void this.refresh(), wait);
  }

  /** Shows what can narrow, or hides it again. */
  offer(on: boolean): void {
    this.offering = on;
    this.typed(this.query);
  }

  /** Takes a narrowing word out again. */
  widen(raw: string): void {
    this.typed(this.query.replace(raw, ' ').replace(/\s+/g, ' ').trimStart());
  }

  clear(): void {
    this.offering = false;
    this.typed('');
  }

  async refresh(): Promise<void> {
    if (!this.active) return;
    const { query } = this;
    this.#askedAt = performance.now();
    if (await this.result.load(() => this.api.search(query, LIMIT))) this.asked = query.trim();
  }
}

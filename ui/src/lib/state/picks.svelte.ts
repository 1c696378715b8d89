/** The ticked rows of a list: one by one, from the last one to this one, or all that are there. */
export class Picks {
  ids = $state.raw<ReadonlySet<number>>(new Set());
  readonly count = $derived(this.ids.size);
  #anchor: number | null = null;

  has(id: number): boolean {
    return this.ids.has(id);
  }

  toggle(id: number): void {
    const ids = new Set(this.ids);
    if (!ids.delete(id)) ids.add(id);
    this.ids = ids;
    this.#anchor = id;
  }

  /** All rows between the one ticked last and this one. */
  reach(id: number, rows: readonly { id: number }[], from: number | null): void {
    const anchor = this.#anchor ?? from ?? id;
    const [one, other] = [rows.findIndex((row) => row.id === anchor), rows.findIndex((row) => row.id === id)];
    if (one < 0 || other < 0) return this.toggle(id);
    const reached = rows.slice(Math.min(one, other), Math.max(one, other) + 1);
    this.ids = new Set([...this.ids, ...reached.map((row) => row.id)]);
    this.#anchor = anchor;
  }

  all(ids: readonly number[]): void {
    this.ids = ids.length > 0 && ids.every((id) => this.ids.has(id)) ? new Set() : new Set(ids);
  }

  set(ids: readonly number[]): void {
    this.ids = new Set(ids);
  }

  clear(): void {
    this.ids = new Set();
    this.#anchor = null;
  }

  /** Forgets the ticks of rows that have left the list. */
  keep(rows: readonly { id: number }[]): void {
    if (this.ids.size === 0) return;
    const there = new Set(rows.map((row) => row.id));
    this.ids = new Set([...this.ids].filter((id) => there.has(id)));
  }
}

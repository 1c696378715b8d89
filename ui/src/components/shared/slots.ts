/**
 * Which element draws which row of a list that is longer than the window. A row that stays in sight keeps its element; a row that comes
 * gets one whose row went, in the order of the document, so that after a jump nothing is moved and nothing is made. Not here: which rows
 * are in sight.
 */
export interface Filled<T> {
  slot: number;
  item: T;
}

export class Slots<T> {
  #filled: readonly Filled<T>[] = [];
  #next = 0;

  constructor(private readonly key: (item: T) => number) {}

  /** The rows that are drawn now, each with its element. */
  fill(items: readonly T[]): readonly Filled<T>[] {
    const wanted = new Set(items.map(this.key));
    const kept = new Map<number, Filled<T>>();
    const free: number[] = [];
    for (const filled of this.#filled) {
      const id = this.key(filled.item);
      if (wanted.has(id) && !kept.has(id)) kept.set(id, filled);
      else free.push(filled.slot);
    }
    let at = 0;
    this.#filled = items.map((item) => {
      const id = this.key(item);
      const same = kept.get(id);
      kept.delete(id);
      // The very same, so that nothing of a row that stayed is looked at again.
      if (same?.item === item) return same;
      return { slot: same?.slot ?? free[at++] ?? this.#next++, item };
    });
    return this.#filled;
  }
}

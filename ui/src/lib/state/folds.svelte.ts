/** Which sections of the card are folded, kept in the web view's storage: whoever folds one wants it so for every customer. */
const KEY = 'theke.folds';

class Folds {
  #open = $state<Record<string, boolean>>({});

  start(): void {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    if (typeof kept === 'object' && kept !== null) this.#open = Object.fromEntries(Object.entries(kept).filter(([, open]) => typeof open === 'boolean'));
  }

  /** `usual`: as it is while nobody has touched it. */
  isOpen(id: string, usual: boolean): boolean {
    return this.#open[id] ?? usual;
  }

  set(id: string, open: boolean): void {
    this.#open = { ...this.#open, [id]: open };
    localStorage.setItem(KEY, JSON.stringify(this.#open));
  }
}

export const folds = new Folds();

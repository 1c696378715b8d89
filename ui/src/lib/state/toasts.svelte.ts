/** Short notes at the foot of the window: what was done, with a way back, or what went wrong. */
export interface Toast {
  id: number;
  text: string;
  tone: 'plain' | 'problem';
  action?: { label: string; run: () => void };
}

const SHOWN_MS = 8000;

export class Toasts {
  items = $state.raw<Toast[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #ended = new Map<number, () => void>();

  /** `ended` is told when it leaves the screen. */
  add(text: string, action?: Toast['action'], tone: Toast['tone'] = 'plain', ended?: () => void): number {
    const id = this.#next++;
    for (const { id: old } of this.items.slice(0, -3)) this.dismiss(old);
    this.items = [...this.items, action ? { id, text, tone, action } : { id, text, tone }];
    if (ended) this.#ended.set(id, ended);
    this.resume(id);
    return id;
  }

  dismiss(id: number): void {
    this.hold(id);
    this.items = this.items.filter((toast) => toast.id !== id);
    const ended = this.#ended.get(id);
    this.#ended.delete(id);
    ended?.();
  }

  /** Stays while the pointer or the focus is on it. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  resume(id: number): void {
    this.hold(id);
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), SHOWN_MS),
    );
  }
}

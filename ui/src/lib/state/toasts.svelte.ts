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

  add(text: string, action?: Toast['action'], tone: Toast['tone'] = 'plain'): number {
    const id = this.#next++;
    this.items = [...this.items.slice(-3), action ? { id, text, tone, action } : { id, text, tone }];
    this.resume(id);
    return id;
  }

  dismiss(id: number): void {
    this.hold(id);
    this.items = this.items.filter((toast) => toast.id !== id);
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

/** The tasks of the practice shop: what somebody new should have done once. Ticked by doing it, kept in the web view's storage. */
const KEY = 'theke.practice';
export const TASKS = ['open', 'reply', 'channel', 'snooze', 'note', 'done', 'undo'] as const;
export type Task = (typeof TASKS)[number];

export class PracticeState {
  done = $state.raw<ReadonlySet<Task>>(new Set());
  readonly left = $derived(TASKS.length - this.done.size);

  /** Only in the practice shop is anything counted. */
  #on = false;

  start(): void {
    this.#on = true;
    const kept = (localStorage.getItem(KEY) ?? '').split(' ');
    this.done = new Set(TASKS.filter((task) => kept.includes(task)));
  }

  did(task: Task): void {
    if (!this.#on || this.done.has(task)) return;
    this.done = new Set([...this.done, task]);
    localStorage.setItem(KEY, [...this.done].join(' '));
  }

  again(): void {
    this.done = new Set();
    localStorage.removeItem(KEY);
  }
}

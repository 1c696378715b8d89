/** Answers that were just sent and can still be taken back. The engine holds them; this only counts down. */
import { secondsUntil } from '../format/time';
import type { ReplyQueued } from '../api/bindings/ReplyQueued';

export interface Undoable {
  messageId: number;
  conversationId: number;
  medium: string;
  dueAt: string;
}

export class UndoState {
  items = $state.raw<Undoable[]>([]);
  now = $state(Date.now());
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `ended` is told when the time of a message is over or it was taken back. */
  constructor(private readonly ended: (messageId: number) => void = () => undefined) {}

  /** False if it leaves at once. */
  add(queued: ReplyQueued, conversationId: number): boolean {
    const { message_id: messageId, due_at: dueAt, route } = queued;
    this.now = Date.now();
    if (secondsUntil(dueAt, this.now) === 0) return false;
    this.items = [...this.items, { messageId, conversationId, medium: route.medium ?? '', dueAt }];
    this.#timer ??= setInterval(() => this.#tick(), 250);
    return true;
  }

  secondsLeft(item: Undoable): number {
    return secondsUntil(item.dueAt, this.now);
  }

  remove(messageId: number): void {
    this.items = this.items.filter((item) => item.messageId !== messageId);
    this.ended(messageId);
    if (this.items.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  #tick(): void {
    this.now = Date.now();
    for (const item of this.items) {
      if (this.secondsLeft(item) === 0) this.remove(item.messageId);
    }
  }
}

/** Answers that were just sent and can still be taken back. The engine holds them; this only counts down. */
import type { ReplyQueued } from '../api/bindings/ReplyQueued';
import { secondsUntil } from '../format/time';

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

  add(conversationId: number, queued: ReplyQueued): void {
    const { message_id: messageId, due_at: dueAt, route } = queued;
    this.now = Date.now();
    if (secondsUntil(dueAt, this.now) === 0) return;
    this.items = [...this.items, { messageId, conversationId, medium: route.medium ?? '', dueAt }];
    this.#timer ??= setInterval(() => this.#tick(), 250);
  }

  secondsLeft(item: Undoable): number {
    return secondsUntil(item.dueAt, this.now);
  }

  remove(messageId: number): void {
    this.items = this.items.filter((item) => item.messageId !== messageId);
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

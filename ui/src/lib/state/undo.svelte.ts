/** Answers that were just sent and can still be taken back. The engine holds them; this only counts down. */
import { secondsUntil } from '../format/time';
import type { Sent } from './composer.svelte';

export interface Undoable {
  messageId: number;
  conversationId: number;
  medium: string;
  dueAt: string;
  sent: Sent;
}

export class UndoState {
  items = $state.raw<Undoable[]>([]);
  now = $state(Date.now());
  #timer: ReturnType<typeof setInterval> | undefined;

  add(conversationId: number, sent: Sent): void {
    const { message_id: messageId, due_at: dueAt, route } = sent.queued;
    this.now = Date.now();
    if (secondsUntil(dueAt, this.now) === 0) return;
    this.items = [...this.items, { messageId, conversationId, medium: route.medium ?? '', dueAt, sent }];
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

/** The in-memory outbox: what was answered waits for the undo time, then is sent and, after a moment, delivered. */
import type { Event } from '../bindings/Event';
import type { MessageView } from '../bindings/MessageView';
import type { OutboxView } from '../bindings/OutboxView';
import type { StagedView } from '../bindings/StagedView';
import { fail } from './fail';
import { emptyDraft, type Shop } from './shop';

export class Outbox {
  rows: OutboxView[] = [];
  #staged = new Map<number, StagedView[]>();
  #html = new Map<number, string | null>();
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(
    private readonly shop: Shop,
    private readonly emit: (event: Event) => void,
    private readonly offline: () => boolean,
  ) {
    for (const conversation of shop.conversations) {
      for (const message of conversation.messages) {
        if (['failed', 'in_doubt', 'held'].includes(message.delivery)) this.rows.push(this.#row(message, message.delivery));
      }
    }
  }

  queue(message: MessageView, waitMs: number, staged: StagedView[] = [], html: string | null = null): void {
    this.#staged.set(message.id, staged);
    this.#html.set(message.id, html);
    this.rows.push(this.#row(message, 'queued'));
    this.#timers.set(message.id, setTimeout(() => this.#send(message), Math.min(waitMs, 2_000_000_000)));
    this.#changed(message);
  }

  /** Everything whose time has come leaves. */
  flush(): void {
    for (const row of this.rows.filter((waiting) => waiting.state === 'queued')) {
      const message = this.shop.message(row.message_id);
      if (message && Date.parse(message.due_at ?? '') <= Date.now()) this.#send(message);
    }
  }

  retry(id: number): void {
    const message = this.#take(id);
    message.error = null;
    message.send_at = null;
    this.queue(message, 300);
  }

  setTime(id: number, at: string): void {
    const message = this.#take(id);
    message.due_at = at;
    message.send_at = at;
    this.queue(message, Date.parse(at) - Date.now(), this.#staged.get(id));
  }

  cancel(id: number): string {
    const message = this.#take(id);
    const conversation = this.shop.conversation(message.conversation_id);
    if (conversation) {
      conversation.messages = conversation.messages.filter((known) => known.id !== id);
      conversation.draft = { ...emptyDraft(), body: message.text, subject: message.subject ?? '', html: this.#html.get(id) ?? null, staged: this.#staged.get(id) ?? [] };
    }
    this.#changed(message);
    return message.text;
  }

  check(id: number): OutboxView {
    const row = this.rows.find((known) => known.message_id === id);
    const message = this.shop.message(id);
    if (!row || !message) throw fail('not_found', 'There is no such message.');
    this.rows = this.rows.filter((known) => known !== row);
    message.delivery = 'sent';
    message.error = null;
    this.#changed(message);
    return { ...row, state: 'sent' };
  }

  #send(message: MessageView): void {
    if (this.offline()) return;
    this.rows = this.rows.filter((row) => row.message_id !== message.id);
    message.delivery = 'sent';
    // It stands where it left.
    if (message.send_at !== null) message.at = new Date().toISOString();
    message.send_at = null;
    this.#changed(message);
    setTimeout(() => {
      message.delivery = 'delivered';
      this.#changed(message);
    }, 1500);
  }

  #take(id: number): MessageView {
    const message = this.shop.message(id);
    const row = this.rows.find((known) => known.message_id === id);
    if (!message || !row) throw fail('too_late', 'The message has left already.');
    clearTimeout(this.#timers.get(id));
    this.rows = this.rows.filter((known) => known !== row);
    message.delivery = 'queued';
    return message;
  }

  #row(message: MessageView, state: string): OutboxView {
    const row = {
      message_id: message.id,
      conversation_id: message.conversation_id,
      contact_name: message.to[0]?.name ?? '',
      account_id: 1,
      medium: message.medium,
      address: message.to[0]?.address ?? '',
      display: this.shop.written(message.to[0]?.address ?? ''),
      snippet: message.text.slice(0, 140),
      state,
      attempts: state === 'queued' ? 0 : 3,
      next_try_at: message.due_at,
      error: message.error,
      automatic: false,
      send_at: message.send_at,
    };
    return row;
  }

  #changed(message: MessageView): void {
    this.emit({ event: 'message_changed', conversation_id: message.conversation_id, message_id: message.id });
    this.emit({ event: 'outbox_changed' });
  }
}

/** What is not sent yet, failed or is in doubt. */
import type { Client } from '../api/client';
import type { OutboxView } from '../api/bindings/OutboxView';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

export class OutboxState {
  readonly rows = new Resource<OutboxView[]>();
  /** What went wrong with the last action, by message. */
  problems = $state.raw<ReadonlyMap<number, Problem>>(new Map());
  busy = $state<number | null>(null);

  constructor(private readonly api: Client) {}

  async refresh(): Promise<void> {
    await this.rows.load(() => this.api.outbox());
  }

  retry(messageId: number): Promise<boolean> {
    return this.#act(messageId, () => this.api.outboxRetry(messageId));
  }

  /** One that waits for its undo time, or for a time that was chosen. */
  sendNow(messageId: number): Promise<boolean> {
    return this.#act(messageId, () => this.api.outboxSendNow(messageId));
  }

  setTime(messageId: number, at: string): Promise<boolean> {
    return this.#act(messageId, () => this.api.outboxSetTime(messageId, at));
  }

  check(messageId: number): Promise<boolean> {
    return this.#act(messageId, async () => void (await this.api.outboxCheck(messageId)));
  }

  /** Takes a message back; answers its text, undefined if that was refused. */
  async cancel(messageId: number): Promise<string | null | undefined> {
    let body: string | null = null;
    const done = await this.#act(messageId, async () => {
      body = await this.api.outboxCancel(messageId);
    });
    return done ? body : undefined;
  }

  async #act(messageId: number, act: () => Promise<void>): Promise<boolean> {
    this.busy = messageId;
    const problems = new Map(this.problems);
    problems.delete(messageId);
    let done = true;
    try {
      await act();
    } catch (thrown) {
      problems.set(messageId, asProblem(thrown));
      done = false;
    }
    this.problems = problems;
    this.busy = null;
    await this.refresh();
    return done;
  }
}

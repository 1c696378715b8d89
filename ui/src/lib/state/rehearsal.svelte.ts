/**
 * One rehearsal that is looked at: started, heard of step by step, ended when another takes its place. Its hits are asked
 * for again with each step, because those to look at first stand first and may come last.
 */
import type { RehearsalView } from '../api/bindings/RehearsalView';
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';

export class RehearsalState {
  view = $state.raw<RehearsalView | undefined>(undefined);
  problem = $state.raw<Problem | undefined>(undefined);
  /** It runs, as far as is known. */
  running = $state(false);
  #id: number | undefined;
  #turn = 0;
  #shown: number;

  /** `page`: how many hits are asked for at once. */
  constructor(
    private readonly api: Client,
    private readonly page: number,
  ) {
    this.#shown = page;
  }

  get more(): boolean {
    return this.view !== undefined && this.view.hits.length >= this.#shown && this.view.hits_count > this.#shown;
  }

  /** Runs this rule; the one before is ended. */
  async start(source: string, compareWith: number | null): Promise<void> {
    const turn = this.#begin();
    this.running = true;
    this.view = undefined;
    await this.#ask(turn, async () => {
      const id = await this.api.rehearsalStart(source, compareWith);
      if (turn !== this.#turn) return void (await this.api.rehearsalStop(id));
      this.#id = id;
      await this.#look(turn, id);
    });
  }

  /** A step of a rehearsal was told. */
  async heard(id: number): Promise<void> {
    if (id === this.#id) await this.#ask(this.#turn, () => this.#look(this.#turn, id));
  }

  /** What was found stays to be looked at. */
  async stop(): Promise<void> {
    const id = this.#id;
    if (id === undefined) return;
    this.running = false;
    await this.#ask(this.#turn, () => this.api.rehearsalStop(id));
  }

  async showMore(): Promise<void> {
    const id = this.#id;
    if (id === undefined) return;
    this.#shown += this.page;
    await this.#ask(this.#turn, () => this.#look(this.#turn, id));
  }

  /** Ends it and forgets what was found. */
  clear(): void {
    this.#begin();
    this.running = false;
    this.view = undefined;
  }

  #begin(): number {
    const before = this.#id;
    this.#id = undefined;
    this.#shown = this.page;
    this.problem = undefined;
    if (before !== undefined && this.running) void this.api.rehearsalStop(before).catch(() => undefined);
    return ++this.#turn;
  }

  async #look(turn: number, id: number): Promise<void> {
    const view = await this.api.rehearsal(id, 0, Math.min(this.#shown, MOST));
    const rest = this.#shown > MOST ? await this.api.rehearsal(id, MOST, this.#shown - MOST) : undefined;
    // A slow answer to an earlier step never goes back.
    if (turn !== this.#turn || (this.view && view.looked < this.view.looked)) return;
    this.view = rest ? { ...view, hits: [...view.hits, ...rest.hits] } : view;
    if (view.done) this.running = false;
  }

  async #ask(turn: number, act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (thrown) {
      if (turn !== this.#turn) return;
      this.problem = asProblem(thrown);
      this.running = false;
    }
  }
}

/** The engine answers no longer page. */
const MOST = 200;

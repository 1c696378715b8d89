/** What the program decided by itself: of the conversation on screen, of the tasks that ask, and the list; and what a person says to it. */
import type { DecisionView } from '../api/bindings/DecisionView';
import type { TaskView } from '../api/bindings/TaskView';
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

/** Rows asked for at once. */
export const PAGE = 50;
/** All that wait come at once, as far as the engine gives them. */
const WAITING_MAX = 1000;

export class DecisionsState {
  #conversation: number | null = null;
  readonly here = new Resource<DecisionView[]>();
  readonly list = new Resource<DecisionView[]>();
  /** By conversation, of the tasks that ask something. */
  asked = $state.raw<ReadonlyMap<number, DecisionView[]>>(new Map());
  waiting = $state(false);
  rule = $state<number | null>(null);
  /** The list is on screen: what happens meanwhile comes into it. */
  watched = false;
  /** There may be older ones behind those of the list. */
  more = $state(false);
  /** The one whose reasons are open. */
  open = $state<number | null>(null);
  /** The decision that something is done with. */
  busy = $state<number | null>(null);
  /** Why the last change was refused, and of which. */
  problem = $state.raw<{ of: number; why: Problem } | undefined>(undefined);
  /** Rules that the list knows of, for the choice of one. */
  rules = $state.raw<ReadonlyMap<number, string>>(new Map());

  /** `done` is told what a decision became. */
  constructor(
    private readonly api: Client,
    private readonly done: (decision: DecisionView, what: 'approved' | 'declined' | 'undone' | 'marked') => void = () => undefined,
  ) {}

  /** Looks again; without a decision in it, a conversation is not asked about. */
  async look(conversation: number, some: boolean): Promise<void> {
    if (conversation !== this.#conversation) {
      this.#conversation = conversation;
      this.here.clear();
    }
    if (some) await this.here.load(() => this.api.decisionsOf(conversation));
  }

  /** The decision that an event of the timeline tells of. */
  of(id: string | undefined): DecisionView | undefined {
    return this.here.value?.find((decision) => String(decision.id) === id);
  }

  /** What the tasks that ask hang on. */
  async lookFor(tasks: readonly TaskView[]): Promise<void> {
    const ids = [...new Set(tasks.filter((task) => task.kind === 'ask').flatMap((task) => task.conversation_id ?? []))];
    // Where it cannot be told, the task stays as it is written.
    const found = await Promise.all(ids.map(async (id) => [id, await this.api.decisionsOf(id).catch(() => null)] as const));
    this.asked = new Map(found.flatMap(([id, rows]) => (rows === null ? [] : [[id, rows] as const])));
  }

  /** The decision that a task asks about, while it waits. */
  ofTask(task: TaskView): DecisionView | undefined {
    return this.#at(task).find((decision) => decision.result === 'asked' && decision.rule === task.text);
  }

  /** Another computer claimed the answer to the message of this task and did not give it; undefined while it is not known. */
  left(task: TaskView): boolean | undefined {
    if (!this.asked.has(task.conversation_id ?? 0)) return undefined;
    const known = this.#at(task);
    return known.length === 0 || known.some((decision) => decision.guards.some((guard) => guard.name === 'claim' && !guard.passed));
  }

  #at(task: TaskView): DecisionView[] {
    return (this.asked.get(task.conversation_id ?? 0) ?? []).filter((decision) => decision.message_id === task.message_id);
  }

  /** The list from its beginning, as long as it was. */
  async refresh(): Promise<void> {
    const limit = this.waiting ? WAITING_MAX : Math.max(PAGE, this.list.value?.length ?? 0);
    const { waiting, rule } = this;
    const rows = await this.list.load(() => this.api.decisionsAutomatic(null, rule, waiting, limit));
    if (rows) this.#took(rows.length >= limit && !waiting, rows);
  }

  /** The next page, behind the last row. */
  async older(): Promise<void> {
    const known = this.list.value ?? [];
    const last = known[known.length - 1];
    if (!last || !this.more || this.list.loading) return;
    const rows = await this.list.load(async () => [...known, ...(await this.api.decisionsAutomatic(last.id, this.rule, false, PAGE))]);
    if (rows) this.#took(rows.length - known.length >= PAGE, rows);
  }

  show(waiting: boolean, rule: number | null): Promise<void> {
    [this.waiting, this.rule, this.open, this.more] = [waiting, rule, null, false];
    this.list.clear();
    return this.refresh();
  }

  #took(more: boolean, rows: readonly DecisionView[]): void {
    this.more = more;
    const rules = new Map(this.rules);
    for (const row of rows) if (row.rule_id !== null && !rules.has(row.rule_id)) rules.set(row.rule_id, row.rule ?? '');
    if (rules.size > this.rules.size) this.rules = rules;
  }

  approve = (id: number): Promise<void> => this.#decide(id, 'approved', () => this.api.decisionApprove(id));

  decline = (id: number): Promise<void> => this.#decide(id, 'declined', () => this.api.decisionDecline(id));

  undo = (id: number): Promise<void> => this.#decide(id, 'undone', () => this.api.decisionUndo(id));

  /** The same mark once more takes it back. */
  mark(decision: DecisionView, mark: 'right' | 'wrong'): Promise<void> {
    return this.#decide(decision.id, 'marked', () => this.api.decisionMark(decision.id, decision.mark === mark ? '' : mark));
  }

  async #decide(id: number, what: 'approved' | 'declined' | 'undone' | 'marked', act: () => Promise<DecisionView>): Promise<void> {
    if (this.busy !== null) return;
    this.busy = id;
    try {
      const decided = await act();
      this.problem = undefined;
      this.#put(decided);
      this.done(decided, what);
    } catch (thrown) {
      this.problem = { of: id, why: asProblem(thrown) };
    } finally {
      this.busy = null;
    }
  }

  #put(decided: DecisionView): void {
    const changed = (rows: DecisionView[]) => rows.map((row) => (row.id === decided.id ? decided : row));
    for (const kept of [this.here, this.list]) if (kept.value) kept.set(changed(kept.value));
    this.asked = new Map([...this.asked].map(([id, rows]) => [id, changed(rows)]));
  }
}

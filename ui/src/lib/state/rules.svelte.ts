/** The rules of the shop: their list and order, the one that is being put together, and the rehearsal of one. */
import type { RuleProblem } from '../api/bindings/RuleProblem';
import type { RuleShape } from '../api/bindings/RuleShape';
import type { RuleVersionView } from '../api/bindings/RuleVersionView';
import type { RuleView } from '../api/bindings/RuleView';
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';
import { closed, moved, newRule, opened } from '../rules/shape';
import { RehearsalState } from './rehearsal.svelte';
import { Resource } from './resource.svelte';

export type RuleChange = 'rule_removed' | 'rules_ordered' | 'rule_saved';

/** A rule being put together; `id` is null for a new one. */
export interface RuleDraft {
  id: number | null;
  rule: RuleShape;
}

const WAIT_MS = 500;
const EXAMPLES = 5;
const PAGE = 40;

export class RulesState {
  readonly list = new Resource<RuleView[]>();
  readonly versions = new Resource<RuleVersionView[]>();
  draft = $state.raw<RuleDraft | null>(null);
  /** What is wrong with the draft. */
  problems = $state.raw<RuleProblem[]>([]);
  /** Said only once somebody tried to keep it: an empty form is no mistake. */
  tried = $state(false);
  saving = $state(false);
  problem = $state.raw<Problem | undefined>(undefined);
  /** Whose rehearsal is on screen. */
  rehearsing = $state.raw<RuleView | null>(null);
  readonly rehearsal: RehearsalState;
  /** How often the draft would fit, while it is put together. */
  readonly live: RehearsalState;
  #source = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  /** Rehearsals that were looked at, by rule and version. */
  #looked = $state.raw<ReadonlySet<string>>(new Set());

  constructor(
    private readonly api: Client,
    private readonly done: (undo: number, what: RuleChange) => void = () => undefined,
  ) {
    this.rehearsal = new RehearsalState(api, PAGE);
    this.live = new RehearsalState(api, EXAMPLES);
  }

  async refresh(): Promise<void> {
    await this.list.load(() => this.api.rules());
    const shown = this.rehearsing;
    if (shown) this.rehearsing = this.list.value?.find((rule) => rule.id === shown.id) ?? shown;
  }

  /** A step of a rehearsal was told. */
  heard(id: number): void {
    void this.rehearsal.heard(id);
    void this.live.heard(id);
  }

  begin(rule: RuleShape = newRule()): void {
    this.#edit({ id: null, rule: opened(rule) });
  }

  /** False for a rule that this window cannot read. */
  edit(view: RuleView): boolean {
    if (!view.rule) return false;
    this.#edit({ id: view.id, rule: opened(view.rule) });
    void this.versions.load(() => this.api.ruleVersions(view.id));
    return true;
  }

  /** A new rule that says the same. */
  duplicate(view: RuleView, name: string): void {
    if (view.rule) this.begin({ ...view.rule, name });
  }

  /** Takes an earlier version into the editor; it is in force once it is saved. */
  async restore(version: RuleVersionView): Promise<void> {
    const checked = await this.#try(() => this.api.ruleRead(version.source));
    const { draft } = this;
    if (draft && checked?.rule) this.change(opened(checked.rule));
  }

  /** What stands in the editor changed; it is checked and counted once the typing rests. */
  change(rule: RuleShape): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, rule };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check(), WAIT_MS);
  }

  leave(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.draft = null;
    this.problem = undefined;
    this.live.clear();
  }

  /** Keeps the draft. Answers the rule; undefined while something is wrong with it. */
  async save(): Promise<RuleView | undefined> {
    const { draft } = this;
    if (!draft) return undefined;
    this.tried = true;
    this.saving = true;
    const saved = await this.#try(async () => {
      const checked = await this.api.ruleWrite(closed(draft.rule));
      this.problems = checked.problems;
      return checked.problems.length > 0 ? undefined : this.api.ruleSave(draft.id, checked.source);
    });
    this.saving = false;
    if (!saved) return undefined;
    this.leave();
    await this.refresh();
    return saved;
  }

  /** On only once its rehearsal was looked at, if it sends and never was on: answers whether that is still to be done. */
  toBeRehearsed(view: RuleView): boolean {
    return view.mode === 'send' && !view.on && view.on_since === null && !this.#looked.has(key(view));
  }

  async switch(view: RuleView, on: boolean): Promise<boolean> {
    const switched = await this.#try(() => this.api.ruleSwitch(view.id, on));
    await this.refresh();
    return switched !== undefined;
  }

  async remove(view: RuleView): Promise<void> {
    const undo = await this.#try(() => this.api.ruleRemove(view.id));
    if (undo !== undefined) this.done(undo, 'rule_removed');
    await this.refresh();
  }

  /** Puts the rule at one place of the list to another. */
  async move(from: number, to: number): Promise<void> {
    const before = this.list.value ?? [];
    const after = moved(before, from, to);
    if (after.every((rule, index) => rule.id === before[index]?.id)) return;
    this.list.set(after);
    const undo = await this.#try(() => this.api.rulesOrder(after.map((rule) => rule.id)));
    if (undo !== undefined) this.done(undo, 'rules_ordered');
    await this.refresh();
  }

  /** Shows what a rule would have done with the past messages. */
  async rehearse(view: RuleView): Promise<void> {
    this.rehearsing = view;
    await this.rehearsal.start(view.source, null);
  }

  /** What the draft would do otherwise than the rule as it is. */
  async rehearseDraft(): Promise<void> {
    const { draft } = this;
    const view = this.list.value?.find((rule) => rule.id === draft?.id);
    if (!draft || !view) return;
    const checked = await this.#try(() => this.api.ruleWrite(closed(draft.rule)));
    this.tried = true;
    this.problems = checked?.problems ?? [];
    if (!checked || checked.problems.length > 0) return;
    this.rehearsing = view;
    await this.rehearsal.start(checked.source, view.id);
  }

  /** The person has seen what it would do. */
  looked(view: RuleView): void {
    if (!this.#looked.has(key(view))) this.#looked = new Set([...this.#looked, key(view)]);
  }

  endRehearsal(): void {
    this.rehearsing = null;
    this.rehearsal.clear();
  }

  #edit(draft: RuleDraft): void {
    this.problem = undefined;
    this.problems = [];
    this.tried = false;
    this.versions.clear();
    this.#source = '';
    this.draft = draft;
    void this.#check();
  }

  /** What is wrong with it, and how often it would fit. */
  async #check(): Promise<void> {
    const { draft } = this;
    const turn = ++this.#turn;
    if (!draft) return;
    const checked = await this.#try(() => this.api.ruleWrite(closed(draft.rule)));
    if (!checked || turn !== this.#turn) return;
    this.problems = checked.problems;
    if (checked.problems.length > 0) {
      this.#source = '';
      return this.live.clear();
    }
    if (checked.source === this.#source) return;
    this.#source = checked.source;
    await this.live.start(checked.source, null);
  }

  async #try<T>(act: () => Promise<T>): Promise<T | undefined> {
    try {
      const value = await act();
      this.problem = undefined;
      return value;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return undefined;
    }
  }
}

function key(view: RuleView): string {
  return `${view.id} ${view.version}`;
}

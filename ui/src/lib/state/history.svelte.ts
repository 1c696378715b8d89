/** What was done last and how to take it back: the note with Rückgängig, and Ctrl+Z over the last twenty steps. */
import { m } from '../i18n';
import type { Toasts } from './toasts.svelte';

export interface Step {
  /** Names the step where something else may end it first, such as the end of the undo time. */
  id: string;
  back: () => void | Promise<void>;
}

const KEPT = 20;

export class HistoryState {
  steps = $state.raw<Step[]>([]);
  #next = 1;

  constructor(private readonly toasts: Toasts) {}

  /** Says what was done and offers the way back. With `last` the way back ends with the note, and `last` is done then. */
  done(text: string, back: Step['back'], last?: Step['back']): void {
    const id = `step ${this.#next++}`;
    let taken = false;
    this.push({
      id,
      back: () => {
        taken = true;
        return back();
      },
    });
    const ended = () => {
      if (!last || taken) return;
      this.drop(id);
      void last();
    };
    const note = this.toasts.add(text, { label: m.undo(), run: () => this.#run(id) }, 'plain', ended);
    this.#notes.set(id, note);
  }

  /** A step that has its own note on screen. */
  push(step: Step): void {
    this.steps = [...this.steps.slice(1 - KEPT), step];
  }

  /** Steps from before this page, oldest first; they lie under what was done since. */
  recall(steps: Step[]): void {
    this.steps = [...steps, ...this.steps].slice(-KEPT);
  }

  drop(id: string): void {
    this.steps = this.steps.filter((step) => step.id !== id);
    this.#notes.delete(id);
  }

  /** Takes the last step back; false if there is none. */
  last(): boolean {
    const step = this.steps[this.steps.length - 1];
    if (!step) return false;
    const note = this.#notes.get(step.id);
    this.#run(step.id);
    if (note !== undefined) this.toasts.dismiss(note);
    return true;
  }

  #notes = new Map<string, number>();

  #run(id: string): void {
    const step = this.steps.find((known) => known.id === id);
    if (!step) return;
    this.drop(id);
    void step.back();
  }
}

/** What is to be done for customers: the list, and each change of it with its way back. */
import type { TaskChanged } from '../api/bindings/TaskChanged';
import type { TaskInput } from '../api/bindings/TaskInput';
import type { TaskList } from '../api/bindings/TaskList';
import type { TaskView } from '../api/bindings/TaskView';
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

export type TaskChange = 'task_added' | 'task_changed' | 'task_done' | 'task_opened' | 'task_removed';

export class TasksState {
  readonly list = new Resource<TaskList>();
  /** Why the last change was refused. */
  problem = $state.raw<Problem | undefined>(undefined);
  /** Told what there is to do each time it was fetched. */
  listed: (tasks: readonly TaskView[]) => void = () => undefined;
  /** What is due today or was before. */
  readonly due = $derived(this.list.value?.due ?? 0);

  constructor(
    private readonly api: Client,
    private readonly done: (undo: number, what: TaskChange) => void = () => undefined,
  ) {}

  async refresh(): Promise<void> {
    const list = await this.list.load(() => this.api.tasks());
    if (list) this.listed(list.tasks);
  }

  save(input: TaskInput): Promise<boolean> {
    return this.#change(input.id === null ? 'task_added' : 'task_changed', () => this.api.taskSave(input));
  }

  finish(task: TaskView, done = true): Promise<boolean> {
    return this.#change(done ? 'task_done' : 'task_opened', () => this.api.taskSetDone(task.id, done));
  }

  remove(task: TaskView): Promise<boolean> {
    return this.#change('task_removed', () => this.api.taskRemove(task.id));
  }

  async #change(what: TaskChange, act: () => Promise<TaskChanged>): Promise<boolean> {
    try {
      const changed = await act();
      this.problem = undefined;
      if (changed.undo_id !== null) this.done(changed.undo_id, what);
      await this.refresh();
      return true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return false;
    }
  }
}

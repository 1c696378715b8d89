/** Whether anything leaves by itself, how much did, and the one switch for all of it. */
import type { AutomationView } from '../api/bindings/AutomationView';
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

export const AUTOMATION_TABS = ['rules', 'decisions', 'proposals'] as const;
export type AutomationTab = (typeof AUTOMATION_TABS)[number];

export class AutomationState {
  readonly status = new Resource<AutomationView>();
  tab = $state<AutomationTab>('rules');
  problem = $state.raw<Problem | undefined>(undefined);
  switching = $state(false);

  constructor(private readonly api: Client) {}

  get on(): boolean {
    return this.status.value?.on ?? false;
  }

  async refresh(): Promise<void> {
    await this.status.load(() => this.api.automation(null));
  }

  async switch(on: boolean): Promise<void> {
    this.switching = true;
    try {
      this.status.set(await this.api.automation(on));
      this.problem = undefined;
    } catch (thrown) {
      this.problem = asProblem(thrown);
    } finally {
      this.switching = false;
    }
  }
}

/** Standard replies that are proposed from answers by hand, and what a person makes of them. */
import type { MessageView } from '../api/bindings/MessageView';
import type { ProposalAccepted } from '../api/bindings/ProposalAccepted';
import type { ProposalView } from '../api/bindings/ProposalView';
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';
import { Resource } from './resource.svelte';

/** Messages that are shown of one. */
const SHOWN = 5;

export class ProposalsState {
  readonly list = new Resource<ProposalView[]>();
  busy = $state<number | null>(null);
  problem = $state.raw<{ of: number; why: Problem } | undefined>(undefined);

  constructor(private readonly api: Client) {}

  async refresh(): Promise<void> {
    await this.list.load(() => this.api.proposals());
  }

  accept(id: number, name: string, text: string): Promise<ProposalAccepted | undefined> {
    return this.#settle(id, () => this.api.proposalAccept(id, name.trim(), text));
  }

  async decline(id: number): Promise<boolean> {
    const declined = await this.#settle(id, async () => {
      await this.api.proposalDecline(id);
      return true;
    });
    return declined ?? false;
  }

  /** Where it was written, as far as the messages are still there. */
  async where(proposal: ProposalView): Promise<MessageView[]> {
    const asked = proposal.message_ids.slice(0, SHOWN).map((id) => this.api.message(id).catch(() => undefined));
    return (await Promise.all(asked)).filter((message) => message !== undefined);
  }

  async #settle<T>(id: number, act: () => Promise<T>): Promise<T | undefined> {
    if (this.busy !== null) return undefined;
    this.busy = id;
    try {
      const value = await act();
      this.problem = undefined;
      this.list.set((this.list.value ?? []).filter((proposal) => proposal.id !== id));
      return value;
    } catch (thrown) {
      this.problem = { of: id, why: asProblem(thrown) };
      return undefined;
    } finally {
      this.busy = null;
    }
  }
}

/**
 * A new recovery code, from the question to the word that it is written down. Held here and not by the page that asks: the window may be
 * locked meanwhile, and the old code is void already. Only in memory.
 */
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';

export class RecoveryState {
  /** The dialogue is there: it asks, or it shows the code. */
  open = $state(false);
  /** The passphrase is asked for first. */
  asks = $state(false);
  code = $state('');
  busy = $state(false);
  problem = $state.raw<Problem | undefined>(undefined);

  constructor(private readonly api: Client) {}

  /** Says what it ends, before anything is made. */
  begin(asks: boolean): void {
    this.asks = asks;
    this.problem = undefined;
    this.open = true;
  }

  async renew(current: string): Promise<void> {
    this.busy = true;
    this.problem = undefined;
    try {
      this.code = await this.api.recoveryCodeNew(this.asks ? current : null);
    } catch (thrown) {
      this.problem = asProblem(thrown);
    }
    this.busy = false;
  }

  /** The person has it, or did not want one. */
  end(): void {
    this.code = '';
    this.open = false;
  }

  /** What was drawn is gone: a question goes with it, a code that nobody confirmed stays. */
  left(): void {
    if (this.code === '' && !this.busy) this.open = false;
  }
}

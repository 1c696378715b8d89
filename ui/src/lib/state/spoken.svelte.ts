/** A call or a visit that is being noted: with whom, in which conversation, and what was said. */
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';

/** With whom; null for the conversation lets the engine choose. */
export interface SpokenWith {
  contact: number;
  name: string;
  conversation: number | null;
}

export type SpokenWay = 'call_in' | 'call_out' | 'visit';
export const SPOKEN_WAYS: readonly SpokenWay[] = ['call_in', 'call_out', 'visit'];

export class SpokenState {
  /** The dialog is open for these. */
  asked = $state.raw<SpokenWith | null>(null);
  way = $state<SpokenWay>('call_in');
  text = $state('');
  busy = $state(false);
  problem = $state.raw<Problem | undefined>(undefined);

  constructor(
    private readonly api: Client,
    private readonly done: (undo: number | null, what: string, conversation: number | null) => void = () => undefined,
  ) {}

  ask(whom: SpokenWith, way: SpokenWay = 'call_in'): void {
    // What was begun for somebody is kept until it is noted or another one is asked for.
    if (this.asked?.contact !== whom.contact) this.text = '';
    this.problem = undefined;
    this.way = way;
    this.asked = whom;
  }

  async keep(): Promise<boolean> {
    const { asked } = this;
    if (!asked || this.busy) return false;
    this.busy = true;
    try {
      const noted = await this.api.noteSpoken({
        contact_id: asked.contact,
        conversation_id: asked.conversation,
        medium: this.way === 'visit' ? 'in_person' : 'phone',
        direction: this.way === 'call_out' ? 'out' : 'in',
        text: this.text,
        at: null,
      });
      this.asked = null;
      this.text = '';
      this.done(noted.undo_id, this.way === 'visit' ? 'noted_visit' : 'noted_call', noted.conversation_id);
      return true;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}

/** Going back to a backup: what was chosen, how far it is, and what is said once the page has begun anew. */
import type { RestoredView } from '../api/bindings/RestoredView';
import type { Client } from '../api/client';
import { asProblem, type Problem } from '../api/error';

/** What to go back to. */
export interface Chosen {
  from: 'automatic' | 'kept' | 'file';
  /** The backup's name, or the path of a file. */
  name: string;
  /** When it was made or set aside. */
  at: string;
  messages: number | null;
  /** Of this shop: it opens without a code. */
  own: boolean;
}

/** Survives the page that begins anew, and nothing longer. */
const NOTE = 'theke.restored';

export class RestoringState {
  chosen = $state.raw<Chosen | null>(null);
  busy = $state(false);
  /** Told by the program: `stopping`, `checking`, `opening`. */
  step = $state('');
  problem = $state.raw<Problem | undefined>(undefined);

  constructor(
    private readonly api: Client,
    private readonly beginAnew: () => void = reload,
  ) {}

  choose(chosen: Chosen | null): void {
    if (this.busy) return;
    this.chosen = chosen;
    this.problem = undefined;
  }

  async go(code: string): Promise<void> {
    const { chosen, api } = this;
    if (!chosen) return;
    const recoveryCode = chosen.own ? null : code;
    this.busy = true;
    this.step = '';
    this.problem = undefined;
    try {
      const done = await (chosen.from === 'automatic'
        ? api.restoreAutomatic(chosen.name)
        : chosen.from === 'kept'
          ? api.restoreKept(chosen.name, recoveryCode)
          : api.restoreFile(chosen.name, recoveryCode));
      sessionStorage.setItem(NOTE, JSON.stringify(done));
      // Every number on screen means something else now.
      this.beginAnew();
    } catch (thrown) {
      this.problem = asProblem(thrown);
      this.busy = false;
    }
  }
}

/** The conversation on screen may be another one in the backup, so its place is forgotten. */
function reload(): void {
  history.replaceState(history.state, '', '#');
  location.reload();
}

/** What was restored just before the page began anew; once. */
export function restoredBefore(): RestoredView | null {
  if (typeof sessionStorage === 'undefined') return null;
  const note = sessionStorage.getItem(NOTE);
  sessionStorage.removeItem(NOTE);
  return note === null ? null : (JSON.parse(note) as RestoredView);
}

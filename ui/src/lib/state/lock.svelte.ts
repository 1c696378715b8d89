/** The lock of the window: whether it is locked, what opens it, and that somebody is there. */
import type { Client } from '../api/client';
import type { LockView } from '../api/bindings/LockView';
import { asProblem, type Problem } from '../api/error';
import { language } from '../i18n';
import { theme } from './theme.svelte';

/** The program need not hear of every key. */
const TOUCH_EVERY_MS = 10_000;

export class LockState {
  locked = $state(false);
  /** There is something to open it with. */
  possible = $state(false);
  pin = $state(false);
  passphrase = $state(false);
  busy = $state(false);
  problem = $state.raw<Problem | undefined>(undefined);
  /** Seconds until the next try is taken. */
  wait = $state(0);
  #touched = 0;
  #waiting: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly api: Client) {}

  /** Asks how it is. */
  async look(): Promise<void> {
    const view = await this.api.lockState().catch((): LockView | null => null);
    if (!view) return;
    this.locked = view.locked;
    this.possible = view.possible;
    this.pin = view.pin;
    this.passphrase = view.passphrase;
    if (!view.locked) return;
    // Nobody else says so while the settings are not answered.
    if (view.language) language.use(view.language);
    if (view.theme) theme.use(view.theme);
  }

  /** The program locked or opened it. */
  hear(locked: boolean): void {
    this.locked = locked;
    this.problem = undefined;
    void this.look();
  }

  /** Locks now, after what is being written was kept. */
  async now(keep: () => Promise<void>): Promise<void> {
    await keep().catch(() => undefined);
    if (await this.api.lock().catch(() => false)) this.hear(true);
  }

  async open(typed: string): Promise<void> {
    this.busy = true;
    this.problem = undefined;
    try {
      await this.api.unlock(typed);
      this.locked = false;
    } catch (thrown) {
      this.problem = asProblem(thrown);
      this.#count(Number(this.problem.params?.['wait_secs'] ?? 0));
    }
    this.busy = false;
  }

  /** Somebody is at the window. */
  touch(): void {
    if (this.locked || Date.now() - this.#touched < TOUCH_EVERY_MS) return;
    this.#touched = Date.now();
    void this.api.touch().catch(() => undefined);
  }

  #count(secs: number): void {
    clearInterval(this.#waiting);
    this.wait = secs;
    if (secs === 0) return;
    this.#waiting = setInterval(() => {
      this.wait -= 1;
      if (this.wait > 0) return;
      clearInterval(this.#waiting);
      this.problem = undefined;
    }, 1000);
  }
}

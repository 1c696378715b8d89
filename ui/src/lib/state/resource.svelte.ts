/**
 * A value that is asked for and may be asked for again. Of several questions under way only the latest counts, so a
 * slow answer never overwrites a newer one.
 */
import { asProblem, type Problem } from '../api/error';
import { keepSame } from './same';

export class Resource<T> {
  value = $state.raw<T | undefined>(undefined);
  error = $state.raw<Problem | undefined>(undefined);
  loading = $state(false);
  #turn = 0;

  /** Asks, keeping the old value on screen meanwhile. Never rejects. */
  async load(ask: () => Promise<T>): Promise<T | undefined> {
    const turn = ++this.#turn;
    this.loading = true;
    try {
      const answer = await ask();
      if (turn !== this.#turn) return undefined;
      const value = keepSame(this.value, answer);
      this.value = value;
      this.error = undefined;
      this.loading = false;
      return value;
    } catch (thrown) {
      if (turn !== this.#turn) return undefined;
      this.error = asProblem(thrown);
      this.loading = false;
      return undefined;
    }
  }

  /** Takes a value that came with another answer. */
  set(value: T): void {
    this.#turn += 1;
    this.value = value;
    this.error = undefined;
    this.loading = false;
  }

  /** Forgets everything; an answer under way is dropped. */
  clear(): void {
    this.#turn += 1;
    this.value = undefined;
    this.error = undefined;
    this.loading = false;
  }
}

/**
 * Questions that an older engine does not answer, with what they take and give. `can` tells whether this one does; what it cannot is not
 * offered in the window: no button, no page, no key.
 */
import type { Client } from './client';

export interface Ahead {
  diagnostics(): Promise<string>;
  passphraseSet(passphrase: string | null): Promise<void>;
  recoveryCodeNew(): Promise<string>;
}

/** What the states and components ask. */
export type Asking = Client & Ahead;

/** Whether this engine answers the question. */
export function can(api: Asking, question: keyof Ahead): boolean {
  return typeof (api as Partial<Ahead>)[question] === 'function';
}

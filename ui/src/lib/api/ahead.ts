/**
 * Questions that an older engine does not answer, with what they take and give. `can` tells whether this one does; what it cannot is not
 * offered in the window: no button, no page, no key.
 */
import type { SearchResult as Found } from './bindings/SearchResult';
import type { StandardReplyView } from './bindings/StandardReplyView';
import type { Client } from './client';

/** A word of the search that narrows it; `ok` is false where its value was not understood. */
export interface ChipView {
  kind: string;
  value: string;
  /** As it stands in the query. */
  raw: string;
  ok: boolean;
}

export interface NoteHit {
  id: number;
  contact_id: number;
  conversation_id: number | null;
  contact_name: string;
  snippet: string;
  at: string;
}

export type SearchResult = Found & { chips?: ChipView[]; replies?: StandardReplyView[]; notes?: NoteHit[] };

export interface Ahead {
  diagnostics(): Promise<string>;
  passphraseSet(passphrase: string | null): Promise<void>;
  recoveryCodeNew(): Promise<string>;
}

/** What the states and components ask. */
export type Asking = Omit<Client, 'search'> & {
  search(query: string, limit: number): Promise<SearchResult>;
} & Ahead;

/** Whether this engine answers the question. */
export function can(api: Asking, question: keyof Ahead): boolean {
  return typeof (api as Partial<Ahead>)[question] === 'function';
}

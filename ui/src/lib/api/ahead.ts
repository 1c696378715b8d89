/**
 * Questions that an older engine does not answer, with what they take and give. `can` tells whether this one does; what it cannot is not
 * offered in the window: no button, no page, no key.
 */
import type * as now from './now';
import type { Additions, Client } from './client';

export interface StagedView {
  id: number;
  name: string;
  type: string;
  /** Bytes. */
  size: number;
  risky: boolean;
}

export type DraftView = now.DraftView & {
  subject?: string;
  cc?: string[];
  html?: string | null;
  staged?: StagedView[];
  draft_id?: number | null;
  contact_id?: number | null;
  to?: string;
};

export interface DraftInput {
  conversation_id: number | null;
  draft_id: number | null;
  to: string;
  contact_id: number | null;
  via: string | null;
  subject: string;
  cc: string[];
  body: string;
  html: string | null;
}

/** What every way of sending takes beside text and route. */
export interface SendingMore {
  cc?: string[];
  html?: string;
  send_at?: string;
  close_after?: boolean;
  staged?: number[];
  standard_reply_id?: number;
}

export interface NewMessageInput extends SendingMore {
  contact_id: number | null;
  to: string;
  via: string | null;
  subject: string | null;
  body: string;
  draft_id?: number;
  now: boolean;
}

export type ReplyQueued = now.ReplyQueued & { conversation_id?: number };

export interface ReplyTextView {
  language: string;
  /** Empty for every channel. */
  medium: string;
  text: string;
}

export interface StandardReplyView {
  id: number;
  name: string;
  shortcut: string;
  texts: ReplyTextView[];
  used: number;
  last_used_at: string | null;
}

export interface FilledView {
  text: string;
  language: string;
  missing: string[];
}

export interface PlaceholderView {
  name: string;
  meaning: string;
}

export interface SnoozePreset {
  code: string;
  at: string;
}

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

export type SearchResult = now.SearchResult & { chips?: ChipView[]; replies?: StandardReplyView[]; notes?: NoteHit[] };

/** What an older engine does not tell. */
export type EventAhead =
  | { event: 'settings_changed' | 'replies_changed' | 'drafts_changed' | 'paused_changed' }
  /** A notification was clicked, or Antworten in it. */
  | { event: 'open_conversation'; conversation_id: number; reply: boolean };

/** `practice`: the invented shop of practice; `paused_until`: a person paused the program from the tray. */
export type ProfileStatus = now.ProfileStatus & { practice?: boolean; paused_until?: string | null };

export type MessageView = now.MessageView & { pictures_allowed?: boolean };

/** An answer's conversation, or the draft of a new message. */
export interface DraftTarget {
  conversation_id: number | null;
  draft_id: number | null;
}

export interface Ahead {
  outboxSendNow(messageId: number): Promise<void>;
  draftKeep(input: DraftInput): Promise<DraftView | null>;
  newDrafts(): Promise<DraftView[]>;
  draftRemove(draftId: number): Promise<void>;
  attachmentStage(target: DraftTarget, name: string, mime: string, bytes: Uint8Array): Promise<StagedView>;
  attachmentStageFile(target: DraftTarget, path: string): Promise<StagedView>;
  attachmentUnstage(id: number): Promise<void>;
  routeNew(contactId: number | null, to: string, via: string | null, draftLenChars: number, attachmentSizes: number[]): Promise<now.RouteView>;
  composeNew(input: NewMessageInput): Promise<ReplyQueued>;
  standardReplies(query: string | null): Promise<StandardReplyView[]>;
  standardReplySave(id: number | null, name: string, shortcut: string, texts: ReplyTextView[]): Promise<StandardReplyView>;
  standardReplyRemove(id: number): Promise<number>;
  standardReplyFill(id: number, conversation: number | null, contactId: number | null, via: string | null, language: string | null): Promise<FilledView>;
  placeholders(): Promise<PlaceholderView[]>;
  standardRepliesExport(file: string): Promise<number>;
  standardRepliesImport(file: string): Promise<{ added: number; changed: number; same: number }>;
  /** Looks for an account's settings by its address; only with `network` is anybody asked. */
  findSettings(kind: string, address: string, network: boolean): Promise<now.FoundSettingsView>;
  snoozePresets(): Promise<SnoozePreset[]>;
  picturesAllow(messageId: number): Promise<void>;
  picturesForget(address: string): Promise<void>;
  picturesAllowed(): Promise<string[]>;
  diagnostics(): Promise<string>;
  passphraseSet(passphrase: string | null): Promise<void>;
  recoveryCodeNew(): Promise<string>;
}

/** What the states and components ask. */
export type Asking = Omit<Client & Additions, 'draft' | 'search'> & {
  draft(conversation: number): Promise<DraftView | null>;
  search(query: string, limit: number): Promise<SearchResult>;
} & Ahead;

/** Whether this engine answers the question. */
export function can(api: Asking, question: keyof Ahead): boolean {
  return typeof (api as Partial<Ahead>)[question] === 'function';
}

/**
 * Gathers events into at most ten batches a second. The first sync of a large mailbox brings thousands of events; the
 * panes fetch again once a batch, not once an event.
 */
import type { Event } from './bindings/Event';

/** What changed since the batch before, by id. */
export interface Changes {
  /** Everything on screen is to be fetched again. */
  all: boolean;
  conversations: Set<number>;
  messages: Set<number>;
  contacts: Set<number>;
  accounts: Set<number>;
  outbox: boolean;
  /** Incoming messages were stored. */
  received: boolean;
  settings: boolean;
  /** Standard replies. */
  replies: boolean;
  /** Who may be the same, and who is merged with whom. */
  same: boolean;
  /** What is to be done for customers. */
  tasks: boolean;
  /** The shop's own fields and tags. */
  fields: boolean;
  /** Rules. */
  rules: boolean;
  /** What was decided without a person. */
  decisions: boolean;
}

const GAP_MS = 100;

function none(): Changes {
  return {
    all: false,
    conversations: new Set(),
    messages: new Set(),
    contacts: new Set(),
    accounts: new Set(),
    outbox: false,
    received: false,
    settings: false,
    replies: false,
    same: false,
    tasks: false,
    fields: false,
    rules: false,
    decisions: false,
  };
}

/** Answers a function that takes events and calls `apply` with batches, never more often than every 100 ms. */
export function coalesce(apply: (changes: Changes) => void): (event: Event) => void {
  let gathered = none();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;

  function flush() {
    timer = undefined;
    last = performance.now();
    const changes = gathered;
    gathered = none();
    apply(changes);
  }

  return (event) => {
    add(gathered, event);
    if (timer === undefined) timer = setTimeout(flush, Math.max(0, last + GAP_MS - performance.now()));
  };
}

function add(changes: Changes, event: Event): void {
  switch (event.event) {
    case 'refresh':
      changes.all = true;
      break;
    case 'message_received':
      changes.received = true;
      changes.conversations.add(event.conversation_id);
      changes.messages.add(event.message_id);
      changes.accounts.add(event.account_id);
      break;
    case 'message_changed':
      changes.conversations.add(event.conversation_id);
      changes.messages.add(event.message_id);
      break;
    case 'conversation_changed':
      changes.conversations.add(event.conversation_id);
      break;
    case 'contact_changed':
      changes.contacts.add(event.contact_id);
      break;
    case 'account_changed':
      changes.accounts.add(event.account_id);
      break;
    case 'outbox_changed':
      changes.outbox = true;
      break;
    case 'settings_changed':
      changes.settings = true;
      break;
    case 'replies_changed':
      changes.replies = true;
      break;
    case 'duplicates_changed':
      changes.same = true;
      break;
    case 'tasks_changed':
      changes.tasks = true;
      break;
    case 'shop_fields_changed':
      changes.fields = true;
      break;
    case 'rules_changed':
      changes.rules = true;
      break;
    case 'decision':
      changes.decisions = true;
      break;
    // The numbers of the whole are asked for with every batch, and they say how the network is.
    case 'network_changed':
    case 'rehearsed':
    case 'notice':
    case 'undo_changed':
    case 'drafts_changed':
    case 'paused_changed':
    case 'open_conversation':
    case 'restore_step':
    case 'import_step':
    case 'lock_changed':
      break;
  }
}

-- Generated from the migrations (THEKE_WRITE_SCHEMA=1 cargo test -p theke-store schema_sql).
-- Version 11.

CREATE TABLE settings (
    key         TEXT    NOT NULL PRIMARY KEY, -- stable key, as on the command line
    value       TEXT    NOT NULL DEFAULT '',  -- JSON
    changed_at  INTEGER NOT NULL DEFAULT 0    -- when it was set
) STRICT, WITHOUT ROWID;
CREATE TABLE counters (
    name        TEXT    NOT NULL PRIMARY KEY, -- what is counted, such as 'conversations.open', 'messages.unread'
    value       INTEGER NOT NULL DEFAULT 0    -- kept in the transaction of the rows it counts
) STRICT, WITHOUT ROWID;
CREATE TABLE accounts (
    id              INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    kind            TEXT    NOT NULL,             -- channel kind slug
    medium          TEXT    NOT NULL,             -- medium slug of the kind
    name            TEXT    NOT NULL DEFAULT '',  -- given by the user
    enabled         INTEGER NOT NULL DEFAULT 1,   -- 1 = polled and sent through
    settings        TEXT    NOT NULL DEFAULT '{}',-- JSON object of the plain fields
    secrets         TEXT    NOT NULL DEFAULT '{}',-- JSON object of the secret fields; the file is encrypted
    own_kind        TEXT    NOT NULL DEFAULT '',  -- own address: email, phone, handle or ''
    own_network     TEXT    NOT NULL DEFAULT '',  -- network of an own handle
    own_value       TEXT    NOT NULL DEFAULT '',  -- normalized own address
    cursor          TEXT    NOT NULL DEFAULT '',  -- opaque to all but the channel
    caught_up       INTEGER NOT NULL DEFAULT 0,   -- 1 once backfill has ended for the first time
    remaining       INTEGER NOT NULL DEFAULT -1,  -- messages outstanding in the first sync, -1 unknown
    state           TEXT    NOT NULL DEFAULT 'ok',-- ok, offline, needs_attention
    error_code      TEXT    NOT NULL DEFAULT '',  -- api code, '' for none
    error_text      TEXT    NOT NULL DEFAULT '',  -- the sentence
    failures        INTEGER NOT NULL DEFAULT 0,   -- in a row, for the backoff
    last_success_at INTEGER NOT NULL DEFAULT 0,   -- 0 never
    next_try_at     INTEGER NOT NULL DEFAULT 0,   -- 0 at once
    created_at      INTEGER NOT NULL DEFAULT 0,      -- when it was set up; automation answers nothing older
    removed_at      INTEGER NOT NULL DEFAULT 0    -- 0 = in use; a removed account keeps its row while messages name it
, total INTEGER NOT NULL DEFAULT -1, reaches_to_at INTEGER NOT NULL DEFAULT 0, fetching_paused INTEGER NOT NULL DEFAULT 0, messages_unwanted INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE contacts (
    id               INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    name             TEXT    NOT NULL DEFAULT '',  -- '' = show the address
    name_source      TEXT    NOT NULL DEFAULT '',  -- message, hand
    folded_name      TEXT    NOT NULL DEFAULT '',  -- domain::fold of name, for sorting and prefixes
    country          TEXT    NOT NULL DEFAULT '',    -- ISO code, '' unknown
    language         TEXT    NOT NULL DEFAULT '',    -- ISO code, '' unknown
    merged_into_id   INTEGER REFERENCES contacts(id), -- NULL = stands for itself; kept so that a merge can be undone
    message_count    INTEGER NOT NULL DEFAULT 0,     -- messages in and out
    first_contact_at INTEGER NOT NULL DEFAULT 0,     -- oldest message, 0 none
    last_contact_at  INTEGER NOT NULL DEFAULT 0,     -- newest message, 0 none
    created_at       INTEGER NOT NULL DEFAULT 0      -- when the row was made
, company TEXT NOT NULL DEFAULT '', salutation TEXT NOT NULL DEFAULT '', birthday TEXT NOT NULL DEFAULT '', postcode TEXT NOT NULL DEFAULT '', restricted_at INTEGER NOT NULL DEFAULT 0, to_compare INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE INDEX contacts_by_last ON contacts (last_contact_at DESC, id DESC) WHERE merged_into_id IS NULL;
CREATE INDEX contacts_by_name ON contacts (folded_name, id) WHERE merged_into_id IS NULL;
CREATE TABLE identities (
    id                INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    contact_id        INTEGER NOT NULL REFERENCES contacts(id), -- whom it belongs to now
    origin_contact_id INTEGER NOT NULL REFERENCES contacts(id), -- whom it was made for; never changes, undoes merges
    kind              TEXT    NOT NULL,             -- email, phone, handle
    network           TEXT    NOT NULL DEFAULT '',  -- of a handle
    value             TEXT    NOT NULL,             -- normalized
    display           TEXT    NOT NULL DEFAULT '',  -- as people write it
    name              TEXT    NOT NULL DEFAULT '',  -- as messages from it say
    state             TEXT    NOT NULL DEFAULT 'ok',-- ok, verified, bounced, opted_out, shared
    source            TEXT    NOT NULL DEFAULT 'message', -- message, hand, import
    last_account_id   INTEGER NOT NULL DEFAULT 0,   -- account last used with it, for routing; 0 none
    last_in_at        INTEGER NOT NULL DEFAULT 0,   -- last message from it
    last_out_at       INTEGER NOT NULL DEFAULT 0,   -- last message to it that the provider took
    created_at        INTEGER NOT NULL DEFAULT 0,    -- when it became known
    removed_at        INTEGER NOT NULL DEFAULT 0    -- 0 = in force; a removed one keeps its row while messages name it
, bounced_at INTEGER NOT NULL DEFAULT 0, bounce_reason TEXT NOT NULL DEFAULT '') STRICT;
CREATE UNIQUE INDEX identities_by_address ON identities (kind, network, value) WHERE removed_at = 0;
CREATE INDEX identities_by_contact ON identities (contact_id, id) WHERE removed_at = 0;
CREATE INDEX identities_by_origin ON identities (origin_contact_id);
CREATE TABLE preferences (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,   -- key, never reused
    contact_id  INTEGER NOT NULL REFERENCES contacts(id), -- whose
    medium      TEXT    NOT NULL,             -- wanted medium
    source      TEXT    NOT NULL,             -- hand, wish, learned
    evidence    TEXT    NOT NULL DEFAULT '',  -- the customer's words, '' if set by hand
    message_id  INTEGER,                      -- where they stand
    since_at    INTEGER NOT NULL,                    -- from when
    ended_at    INTEGER NOT NULL DEFAULT 0    -- 0 = in force
, origin_contact_id INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX preferences_by_contact ON preferences (contact_id, id);
CREATE UNIQUE INDEX preferences_in_force ON preferences (contact_id) WHERE ended_at = 0;
CREATE TABLE conversations (
    id                INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    contact_id        INTEGER NOT NULL REFERENCES contacts(id), -- whose
    subject           TEXT    NOT NULL DEFAULT '',   -- as shown, '' none
    subject_key       TEXT    NOT NULL DEFAULT '',      -- domain::threading key: prefixes off, folded; '' = generic
    status            TEXT    NOT NULL DEFAULT 'open',  -- open, waiting, snoozed, closed
    snoozed_until     INTEGER NOT NULL DEFAULT 0,    -- when it comes back, 0 none
    status_changed_at INTEGER NOT NULL DEFAULT 0,    -- when the status was last set
    wish_medium       TEXT    NOT NULL DEFAULT '',      -- medium wished for this conversation, '' none
    unread            INTEGER NOT NULL DEFAULT 0,    -- incoming messages that nobody has read
    message_count     INTEGER NOT NULL DEFAULT 0,    -- all messages
    first_message_at  INTEGER NOT NULL DEFAULT 0,    -- oldest message
    last_message_at   INTEGER NOT NULL DEFAULT 0,    -- newest message, orders the list
    last_message_id   INTEGER NOT NULL DEFAULT 0,    -- newest message, 0 none; no foreign key, since it is set after it
    last_in_at        INTEGER NOT NULL DEFAULT 0,    -- newest incoming message, 0 none
    last_in_account_id INTEGER NOT NULL DEFAULT 0,   -- account of that one, 0 none
    snippet           TEXT    NOT NULL DEFAULT '',      -- first words of the last message
    media             TEXT    NOT NULL DEFAULT '[]',    -- JSON array of media, in order of first use
    has_attachments   INTEGER NOT NULL DEFAULT 0,    -- 1 = some message has one beside inline pictures
    spam              INTEGER NOT NULL DEFAULT 0     -- 1 = marked as spam
, starred INTEGER NOT NULL DEFAULT 0, last_direction TEXT NOT NULL DEFAULT '', last_account_id INTEGER NOT NULL DEFAULT 0, origin_contact_id INTEGER NOT NULL DEFAULT 0, person_wanted_at INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX conversations_by_contact ON conversations (contact_id, last_message_at DESC, id DESC);
CREATE INDEX conversations_by_subject ON conversations (contact_id, subject_key, last_message_at DESC) WHERE subject_key <> '';
CREATE INDEX conversations_snoozed ON conversations (snoozed_until) WHERE status = 'snoozed';
CREATE TABLE messages (
    id              INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    conversation_id INTEGER NOT NULL REFERENCES conversations(id), -- its conversation
    contact_id      INTEGER NOT NULL REFERENCES contacts(id), -- whose
    identity_id     INTEGER REFERENCES identities(id), -- by which it came or to which it went; splits an undone merge
    account_id      INTEGER NOT NULL DEFAULT 0,   -- 0 = imported from a file
    direction       TEXT    NOT NULL,             -- in, out
    medium          TEXT    NOT NULL,                -- medium slug
    kind            TEXT    NOT NULL,             -- channel kind
    from_name       TEXT    NOT NULL DEFAULT '',     -- sender's display name, '' none
    from_address    TEXT    NOT NULL DEFAULT '',  -- normalized value, or what stood there
    subject         TEXT,                         -- NULL where the medium has none
    snippet         TEXT    NOT NULL DEFAULT '',     -- first words, for lists
    at              INTEGER NOT NULL,             -- event time, orders the timeline
    received_at     INTEGER NOT NULL,             -- provider's time
    stored_at       INTEGER NOT NULL,             -- ours
    delivery        TEXT    NOT NULL,             -- domain::message::Delivery
    error_code      TEXT    NOT NULL DEFAULT '',     -- api code, '' for none
    error_text      TEXT    NOT NULL DEFAULT '',     -- the sentence
    automatic       INTEGER NOT NULL DEFAULT 0,      -- 1 = written by a program
    seen            INTEGER NOT NULL DEFAULT 0,      -- 1 = read
    answered        INTEGER NOT NULL DEFAULT 0,      -- 1 = answered
    message_ref     TEXT    NOT NULL DEFAULT '',  -- Message-ID or client reference, '' for none
    in_reply_to     TEXT    NOT NULL DEFAULT '',     -- header as received, '' for none
    content_key     TEXT    NOT NULL DEFAULT '',  -- survives changed provider ids, '' for none; hex
    completeness    TEXT    NOT NULL DEFAULT 'whole', -- headers, text, whole
    has_html        INTEGER NOT NULL DEFAULT 0,      -- 1 = has an HTML part
    attachments     INTEGER NOT NULL DEFAULT 0,   -- not inline ones
    order_key       TEXT    NOT NULL DEFAULT '',  -- order number found in it (domain::threading), '' for none
    search_key      INTEGER NOT NULL,             -- rowid in messages_fts: grows with `at`, so that newest first is the index order
    indexed         INTEGER NOT NULL DEFAULT 0    -- 1 = in messages_fts as it is here
, searchable INTEGER NOT NULL DEFAULT 0, origin_contact_id INTEGER NOT NULL DEFAULT 0, authentication TEXT NOT NULL DEFAULT '', signs TEXT NOT NULL DEFAULT '[]', bounce TEXT NOT NULL DEFAULT '', to_decide INTEGER NOT NULL DEFAULT 0, to_group INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX messages_by_ref ON messages (lower(message_ref)) WHERE message_ref <> '';
CREATE INDEX messages_by_content ON messages (content_key, account_id) WHERE content_key <> '';
CREATE INDEX messages_by_order ON messages (contact_id, order_key, at DESC) WHERE order_key <> '';
CREATE UNIQUE INDEX messages_by_search_key ON messages (search_key);
CREATE INDEX messages_awaiting_delivery ON messages (account_id, at) WHERE direction = 'out' AND delivery = 'sent';
CREATE TABLE message_bodies (
    message_id         INTEGER NOT NULL PRIMARY KEY REFERENCES messages(id), -- its message
    text               BLOB    NOT NULL DEFAULT x'', -- zstd of UTF-8
    text_without_quote BLOB    NOT NULL DEFAULT x'', -- zstd of UTF-8; empty = same as text
    html               BLOB    NOT NULL DEFAULT x'', -- zstd of UTF-8, as received; empty = taken from source
    source             BLOB    NOT NULL DEFAULT x'', -- zstd of the message as fetched, at most 256 KB of it unpacked
    problems           TEXT    NOT NULL DEFAULT '[]' -- JSON array of English sentences
) STRICT;
CREATE TABLE message_references (
    message_id INTEGER NOT NULL REFERENCES messages(id), -- its message
    position   INTEGER NOT NULL,             -- 0 = oldest
    reference  TEXT    NOT NULL,             -- <…>; In-Reply-To stands last where References lack it
    PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX message_references_by_reference ON message_references (lower(reference), message_id);
CREATE TABLE message_parties (
    message_id INTEGER NOT NULL REFERENCES messages(id), -- its message
    role       TEXT    NOT NULL,             -- to, cc, reply_to
    position   INTEGER NOT NULL,                     -- place in the header, from 0
    name       TEXT    NOT NULL DEFAULT '',          -- display name, '' none
    address    TEXT    NOT NULL DEFAULT '',  -- normalized value, or what stood there
    PRIMARY KEY (message_id, role, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE remote_ids (
    account_id INTEGER NOT NULL,                     -- whose provider names it so
    remote_id  TEXT    NOT NULL,             -- opaque to all but the channel
    message_id INTEGER NOT NULL REFERENCES messages(id), -- which message
    gone_at    INTEGER NOT NULL DEFAULT 0,   -- vanished at the provider; the message stays
    PRIMARY KEY (account_id, remote_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX remote_ids_by_message ON remote_ids (message_id);
CREATE TABLE attachments (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,    -- key, never reused
    message_id INTEGER NOT NULL REFERENCES messages(id), -- its message
    position   INTEGER NOT NULL,                     -- place in the message, from 0
    name       TEXT    NOT NULL DEFAULT '',  -- as given; made safe when shown
    mime_type  TEXT    NOT NULL DEFAULT 'application/octet-stream', -- lower case
    size_bytes INTEGER NOT NULL DEFAULT 0,           -- decoded; an estimate until the bytes were seen
    sha256     TEXT    NOT NULL DEFAULT '',  -- '' until the bytes were seen
    inline     INTEGER NOT NULL DEFAULT 0,           -- 1 = shown within the text
    content_id TEXT    NOT NULL DEFAULT '',          -- for cid: links, '' none
    part_ref   TEXT    NOT NULL DEFAULT '',  -- where the channel fetches it, '' = in content or source
    content    BLOB                          -- bytes of outgoing files and of small chat files
) STRICT;
CREATE INDEX attachments_by_message ON attachments (message_id, position);
CREATE TABLE drafts (
    conversation_id INTEGER NOT NULL PRIMARY KEY REFERENCES conversations(id), -- one draft each
    body            TEXT    NOT NULL DEFAULT '',     -- the text
    via             TEXT    NOT NULL DEFAULT '',  -- medium the person chose, '' none
    saved_at        INTEGER NOT NULL                 -- when it was saved
, subject TEXT NOT NULL DEFAULT '', cc TEXT NOT NULL DEFAULT '[]', html TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE decisions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,   -- key, never reused
    at          INTEGER NOT NULL,                    -- when
    message_id  INTEGER,                      -- incoming message it is about
    contact_id  INTEGER,                             -- contact it is about
    rule        TEXT    NOT NULL DEFAULT '',  -- rule and version, '' = a person's own reply
    mode        TEXT    NOT NULL,             -- person, suggest, ask, send
    result      TEXT    NOT NULL,             -- queued, …
    evidence    TEXT    NOT NULL DEFAULT '[]',-- JSON array of strings
    guards      TEXT    NOT NULL DEFAULT '[]',-- JSON array of {name, passed, why}
    route       TEXT    NOT NULL DEFAULT '',  -- JSON of the route with its reasons, '' none
    text        TEXT    NOT NULL DEFAULT '',         -- as it was to go out
    text_sha256 TEXT    NOT NULL DEFAULT ''          -- of the text, stays when the text is deleted
, rule_id INTEGER NOT NULL DEFAULT 0, rule_version INTEGER NOT NULL DEFAULT 0, confidence INTEGER NOT NULL DEFAULT 0, intent TEXT NOT NULL DEFAULT '', conversation_id INTEGER NOT NULL DEFAULT 0, sent_message_id INTEGER NOT NULL DEFAULT 0, steps TEXT NOT NULL DEFAULT '[]', undone_at INTEGER NOT NULL DEFAULT 0, mark TEXT NOT NULL DEFAULT '', marked_at INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX decisions_by_message ON decisions (message_id) WHERE message_id IS NOT NULL;
CREATE TABLE outbox (
    message_id    INTEGER NOT NULL PRIMARY KEY REFERENCES messages(id), -- the message; one row each
    decision_id   INTEGER NOT NULL REFERENCES decisions(id), -- nothing leaves without a reason on record
    account_id    INTEGER NOT NULL REFERENCES accounts(id), -- by which account
    contact_id    INTEGER NOT NULL REFERENCES contacts(id), -- to whom; a lane is account and contact
    address_kind  TEXT    NOT NULL,                  -- email, phone, handle
    address_network TEXT  NOT NULL DEFAULT '',       -- of a handle
    address       TEXT    NOT NULL,              -- normalized recipient
    reference     TEXT    NOT NULL,              -- ClientReference, fixed when queued
    payload       BLOB,                          -- exact bytes, where the channel fixes them
    outgoing      TEXT    NOT NULL,              -- JSON of domain::message::Outgoing without bytes
    state         TEXT    NOT NULL,              -- queued, sending, committed, sent, held, failed, in_doubt, cancelled
    attempts      INTEGER NOT NULL DEFAULT 0,    -- counted before they are made
    queued_at     INTEGER NOT NULL,                  -- when it was queued
    wanted_at     INTEGER NOT NULL,              -- when it was first to leave; waiting is counted from here
    due_at        INTEGER NOT NULL,              -- not before
    confirmed_at  INTEGER NOT NULL DEFAULT 0,    -- a person said "send it" after it had waited for a day
    finished_at   INTEGER NOT NULL DEFAULT 0,        -- when it ended, 0 not yet
    after_send    INTEGER NOT NULL DEFAULT 0,    -- 1 = the copy in Sent is still to be made
    remote_id     TEXT    NOT NULL DEFAULT '',   -- as the provider named it
    error_code    TEXT    NOT NULL DEFAULT '',       -- api code, '' for none
    error_text    TEXT    NOT NULL DEFAULT ''        -- the sentence
) STRICT;
CREATE UNIQUE INDEX outbox_by_reference ON outbox (reference);
CREATE INDEX outbox_due ON outbox (account_id, due_at, message_id) WHERE state = 'queued';
CREATE INDEX outbox_lane ON outbox (account_id, contact_id, message_id) WHERE state IN ('queued', 'sending', 'committed', 'held');
CREATE INDEX outbox_open ON outbox (message_id) WHERE state IN ('queued', 'sending', 'committed', 'held', 'failed', 'in_doubt');
CREATE INDEX outbox_after_send ON outbox (message_id) WHERE after_send = 1;
CREATE VIRTUAL TABLE contacts_fts USING fts5 (
    name, addresses, tails, digits,
    content = '', contentless_delete = 1, detail = 'column', prefix = '1 2 3',
    tokenize = 'ascii'
);
CREATE TABLE pending_flags (
    account_id INTEGER NOT NULL,                     -- whose provider
    remote_id  TEXT    NOT NULL,                     -- the provider's name for the message
    seen       INTEGER NOT NULL,                     -- 1 = read, 0 = unread
    answered   INTEGER NOT NULL,                     -- 1 = answered, 0 = leave that as it is
    wanted_at  INTEGER NOT NULL,                     -- when somebody last wanted it
    PRIMARY KEY (account_id, remote_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX conversations_by_status
    ON conversations (spam, status, last_message_at DESC, id DESC, last_account_id, media);
CREATE INDEX conversations_by_last ON conversations (spam, last_message_at DESC, id DESC, last_account_id, media);
CREATE INDEX conversations_unread ON conversations (spam, last_message_at DESC, id DESC) WHERE unread > 0;
CREATE INDEX conversations_starred ON conversations (spam, last_message_at DESC, id DESC) WHERE starred = 1;
CREATE TABLE blocked_addresses (
    kind        TEXT    NOT NULL,             -- email, phone, handle
    network     TEXT    NOT NULL,             -- of a handle, else ''
    value       TEXT    NOT NULL,             -- normalized
    blocked_at  INTEGER NOT NULL,             -- when a person said so
    PRIMARY KEY (kind, network, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE changes (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    at          INTEGER NOT NULL,             -- when it was done
    what        TEXT    NOT NULL,             -- stable word, as shells translate it
    subject     TEXT    NOT NULL DEFAULT '',  -- whom or what it was about, for the sentence
    touched     INTEGER NOT NULL DEFAULT 1,   -- how many conversations or other things it changed
    steps       TEXT    NOT NULL,             -- JSON of theke_store::table::changes::Step, in the order they were done
    undone_at   INTEGER NOT NULL DEFAULT 0    -- when it was undone, 0 = it stands
) STRICT;
CREATE TABLE entries (
    id              INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    contact_id      INTEGER NOT NULL REFERENCES contacts(id), -- in whose timeline
    conversation_id INTEGER NOT NULL DEFAULT 0,   -- in which conversation, 0 = in none (any more)
    at              INTEGER NOT NULL,             -- its place in the timeline
    kind            TEXT    NOT NULL,             -- note, event
    what            TEXT    NOT NULL DEFAULT '',  -- which event: a stable word; '' for a note
    params          TEXT    NOT NULL DEFAULT '{}',-- JSON object of texts for the event's sentence
    text            TEXT    NOT NULL DEFAULT '',  -- what a person noted; never leaves this computer
    changed_at      INTEGER NOT NULL DEFAULT 0,   -- when the note was last changed, 0 never
    removed_at      INTEGER NOT NULL DEFAULT 0    -- when it was removed, 0 = it stands
, indexed INTEGER NOT NULL DEFAULT 0, origin_contact_id INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX entries_by_conversation ON entries (conversation_id, at DESC, id DESC);
CREATE INDEX entries_by_contact ON entries (contact_id, at DESC, id DESC);
CREATE TRIGGER conversations_counted AFTER UPDATE OF status, spam, starred ON conversations
WHEN old.status <> new.status OR old.spam <> new.spam OR old.starred <> new.starred BEGIN
    UPDATE counters SET value = value - 1 WHERE old.spam = 0 AND name = 'conversations.' || old.status;
    UPDATE counters SET value = value + 1 WHERE new.spam = 0 AND name = 'conversations.' || new.status;
    UPDATE counters SET value = value + (new.starred AND NOT new.spam) - (old.starred AND NOT old.spam)
    WHERE name = 'conversations.starred';
    UPDATE counters SET value = value + new.spam - old.spam WHERE name = 'conversations.spam';
END;
CREATE TRIGGER conversations_read AFTER UPDATE OF unread, spam ON conversations
WHEN old.unread <> new.unread OR old.spam <> new.spam BEGIN
    UPDATE counters SET value = value + new.unread * (new.spam = 0) - old.unread * (old.spam = 0)
    WHERE name = 'messages.unread';
    UPDATE counters SET value = value + (new.unread > 0 AND new.spam = 0) - (old.unread > 0 AND old.spam = 0)
    WHERE name = 'conversations.unread';
END;
CREATE TRIGGER conversations_counted_in AFTER INSERT ON conversations BEGIN
    UPDATE counters SET value = value + 1 WHERE new.spam = 0 AND name = 'conversations.' || new.status;
    UPDATE counters SET value = value + 1 WHERE new.spam = 1 AND name = 'conversations.spam';
    UPDATE counters SET value = value + 1 WHERE new.spam = 0 AND new.starred AND name = 'conversations.starred';
    UPDATE counters SET value = value + new.unread WHERE new.spam = 0 AND name = 'messages.unread';
    UPDATE counters SET value = value + 1 WHERE new.spam = 0 AND new.unread > 0 AND name = 'conversations.unread';
END;
CREATE TRIGGER conversations_counted_out AFTER DELETE ON conversations BEGIN
    UPDATE counters SET value = value - 1 WHERE old.spam = 0 AND name = 'conversations.' || old.status;
    UPDATE counters SET value = value - 1 WHERE old.spam = 1 AND name = 'conversations.spam';
    UPDATE counters SET value = value - 1 WHERE old.spam = 0 AND old.starred AND name = 'conversations.starred';
    UPDATE counters SET value = value - old.unread WHERE old.spam = 0 AND name = 'messages.unread';
    UPDATE counters SET value = value - 1 WHERE old.spam = 0 AND old.unread > 0 AND name = 'conversations.unread';
END;
CREATE TABLE new_drafts (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    contact_id  INTEGER NOT NULL DEFAULT 0,   -- to which contact, 0 = by address alone
    recipient   TEXT    NOT NULL DEFAULT '',  -- address as typed
    via         TEXT    NOT NULL DEFAULT '',  -- medium the person chose, '' none
    subject     TEXT    NOT NULL DEFAULT '',  -- as typed
    cc          TEXT    NOT NULL DEFAULT '[]',-- JSON array of addresses as typed
    body        TEXT    NOT NULL DEFAULT '',  -- the text
    html        TEXT    NOT NULL DEFAULT '',  -- formatted text, '' = there is none
    saved_at    INTEGER NOT NULL              -- when it was saved
) STRICT;
CREATE TABLE staged_files (
    id              INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    conversation_id INTEGER NOT NULL DEFAULT 0,   -- for an answer in it, 0 = not
    new_draft_id    INTEGER NOT NULL DEFAULT 0,   -- for a new message, 0 = not
    name            TEXT    NOT NULL,             -- safe file name
    mime_type       TEXT    NOT NULL,             -- lower case
    content         BLOB    NOT NULL,             -- the bytes; the file is encrypted
    staged_at       INTEGER NOT NULL              -- when it was put here
) STRICT;
CREATE INDEX staged_files_by_conversation ON staged_files (conversation_id, id) WHERE conversation_id <> 0;
CREATE INDEX staged_files_by_draft ON staged_files (new_draft_id, id) WHERE new_draft_id <> 0;
CREATE INDEX staged_files_by_time ON staged_files (staged_at);
CREATE TABLE standard_replies (
    id           INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    name         TEXT    NOT NULL,             -- what it is for
    shortcut     TEXT    NOT NULL DEFAULT '',  -- typed behind a slash, '' none
    used         INTEGER NOT NULL DEFAULT 0,   -- how often it was sent
    last_used_at INTEGER NOT NULL DEFAULT 0,   -- when it was last sent, 0 never
    changed_at   INTEGER NOT NULL,             -- when it was last changed
    removed_at   INTEGER NOT NULL DEFAULT 0    -- when it was removed, 0 = it stands
) STRICT;
CREATE UNIQUE INDEX standard_replies_by_shortcut ON standard_replies (shortcut) WHERE shortcut <> '' AND removed_at = 0;
CREATE TABLE standard_reply_texts (
    reply_id INTEGER NOT NULL REFERENCES standard_replies(id), -- whose
    language TEXT    NOT NULL,                 -- ISO code
    medium   TEXT    NOT NULL DEFAULT '',      -- for this medium alone, '' = for all others
    text     TEXT    NOT NULL,                 -- with placeholders
    PRIMARY KEY (reply_id, language, medium)
) STRICT, WITHOUT ROWID;
CREATE TABLE picture_senders (
    address    TEXT    NOT NULL PRIMARY KEY,   -- normalized address whose remote pictures are shown
    allowed_at INTEGER NOT NULL                -- when a person said so
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_for_search
    ON messages (search_key, medium, account_id, direction, attachments, contact_id, conversation_id);
CREATE INDEX messages_by_medium ON messages (medium, search_key);
CREATE INDEX messages_by_contact ON messages (contact_id, at DESC, id DESC, search_key);
CREATE INDEX messages_by_conversation ON messages (conversation_id, at, id, search_key);
CREATE INDEX messages_by_account ON messages (account_id, id, search_key);
CREATE INDEX entries_to_index ON entries (id) WHERE kind = 'note' AND indexed = 0 AND removed_at = 0;
CREATE VIRTUAL TABLE notes_fts USING fts5 (
    text, tails, digits,
    content = '', contentless_delete = 1, detail = 'column', prefix = '2',
    tokenize = 'ascii'
);
CREATE TABLE standard_reply_uses (
    message_id INTEGER NOT NULL PRIMARY KEY REFERENCES messages(id), -- the message that it became
    reply_id   INTEGER NOT NULL REFERENCES standard_replies(id)      -- which standard reply
) STRICT;
CREATE INDEX standard_reply_uses_by_reply ON standard_reply_uses (reply_id, message_id);
CREATE INDEX entries_removed ON entries (removed_at) WHERE removed_at > 0;
CREATE TABLE search_spans (
    id        INTEGER PRIMARY KEY,         -- key; the mark is made of it
    first_key INTEGER NOT NULL,            -- smallest messages.search_key of the span; it ends where the next begins
    last_key  INTEGER NOT NULL,            -- greatest messages.search_key that was put there
    messages  INTEGER NOT NULL DEFAULT 0   -- how often one was put there
) STRICT;
CREATE INDEX messages_to_index ON messages (at DESC, id DESC) WHERE searchable = 0 AND completeness <> 'headers';
CREATE INDEX messages_to_index_headers ON messages (at DESC, id DESC)
    WHERE searchable = 0 AND completeness = 'headers';
CREATE VIRTUAL TABLE messages_fts USING fts5 (
    subject, party, text, tails, digits,      -- each word behind its span's mark; tails: long words reversed; digits: suffixes of numbers
    content = '', contentless_delete = 1, detail = 'column', prefix = '4',
    tokenize = 'ascii'
);
CREATE TRIGGER messages_counted_in AFTER INSERT ON messages BEGIN
    UPDATE counters SET value = value + 1 WHERE name = 'messages.all';
    UPDATE counters SET value = value + (new.searchable = 0) WHERE name = 'messages.unindexed';
END;
CREATE TRIGGER messages_counted_out AFTER DELETE ON messages BEGIN
    UPDATE counters SET value = value - 1 WHERE name = 'messages.all';
    UPDATE counters SET value = value - (old.searchable = 0) WHERE name = 'messages.unindexed';
END;
CREATE TRIGGER messages_searchable AFTER UPDATE OF searchable ON messages WHEN old.searchable <> new.searchable BEGIN
    UPDATE counters SET value = value + (new.searchable = 0) - (old.searchable = 0) WHERE name = 'messages.unindexed';
END;
CREATE INDEX decisions_by_contact ON decisions (contact_id, id) WHERE contact_id IS NOT NULL;
CREATE TABLE tags (
    id     INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    name   TEXT    NOT NULL,                  -- as written
    folded TEXT    NOT NULL                   -- domain::fold key of it
) STRICT;
CREATE UNIQUE INDEX tags_by_folded ON tags (folded);
CREATE TABLE contact_tags (
    contact_id        INTEGER NOT NULL REFERENCES contacts(id), -- whose now
    origin_contact_id INTEGER NOT NULL DEFAULT 0,               -- whose before a merge
    tag_id            INTEGER NOT NULL REFERENCES tags(id),     -- which
    added_at          INTEGER NOT NULL,                         -- when
    PRIMARY KEY (contact_id, tag_id, origin_contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_tags_by_tag ON contact_tags (tag_id, contact_id);
CREATE TABLE custom_fields (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    name       TEXT    NOT NULL,                  -- as the shop calls it
    kind       TEXT    NOT NULL,                  -- text, number, date, choice
    choices    TEXT    NOT NULL DEFAULT '[]',     -- JSON array of texts, for a choice
    position   INTEGER NOT NULL DEFAULT 0,        -- place on the card
    removed_at INTEGER NOT NULL DEFAULT 0         -- 0 = in use; its values stay
) STRICT;
CREATE TABLE custom_values (
    contact_id        INTEGER NOT NULL REFERENCES contacts(id),      -- whose now
    origin_contact_id INTEGER NOT NULL DEFAULT 0,                    -- whose before a merge; both values are kept
    field_id          INTEGER NOT NULL REFERENCES custom_fields(id), -- which
    value             TEXT    NOT NULL,                              -- text; number with a point; YYYY-MM-DD; one of the choices
    changed_at        INTEGER NOT NULL,                              -- when it was set
    PRIMARY KEY (contact_id, field_id, origin_contact_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE consents (
    id                INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    contact_id        INTEGER NOT NULL REFERENCES contacts(id), -- whose now
    origin_contact_id INTEGER NOT NULL DEFAULT 0,        -- whose before a merge
    medium            TEXT    NOT NULL DEFAULT '',       -- for which medium, '' for all
    purpose           TEXT    NOT NULL,                  -- service, advertising
    state             TEXT    NOT NULL,                  -- given, withdrawn
    source            TEXT    NOT NULL,                  -- hand, message, import
    evidence          TEXT    NOT NULL DEFAULT '',       -- the customer's words, '' none
    message_id        INTEGER,                           -- where they stand
    at                INTEGER NOT NULL                   -- since when; the newest row of a medium and purpose counts
) STRICT;
CREATE INDEX consents_by_contact ON consents (contact_id, id);
CREATE TABLE goodwill (
    id                INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    contact_id        INTEGER NOT NULL REFERENCES contacts(id), -- whose now
    origin_contact_id INTEGER NOT NULL DEFAULT 0,        -- whose before a merge
    conversation_id   INTEGER NOT NULL DEFAULT 0,        -- in which matter, 0 = in none
    what              TEXT    NOT NULL,                  -- what was granted
    medium            TEXT    NOT NULL DEFAULT '',       -- on which channel, '' not known
    granted_at        INTEGER NOT NULL,                  -- when
    removed_at        INTEGER NOT NULL DEFAULT 0         -- 0 = it stands
) STRICT;
CREATE INDEX goodwill_by_contact ON goodwill (contact_id, granted_at DESC, id DESC);
CREATE TABLE tasks (
    id                INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    contact_id        INTEGER NOT NULL REFERENCES contacts(id), -- whom it concerns now
    origin_contact_id INTEGER NOT NULL DEFAULT 0,        -- whom before a merge
    conversation_id   INTEGER NOT NULL DEFAULT 0,        -- in which matter, 0 = in none
    message_id        INTEGER,                           -- the message that led to it
    kind              TEXT    NOT NULL,                  -- promise, call, ask
    text              TEXT    NOT NULL DEFAULT '',       -- what is to be done
    address           TEXT    NOT NULL DEFAULT '',       -- the number to call, '' none
    due_at            INTEGER NOT NULL DEFAULT 0,        -- until when, 0 = no day
    done_at           INTEGER NOT NULL DEFAULT 0,        -- 0 = open
    created_at        INTEGER NOT NULL                   -- when it was made
) STRICT;
CREATE INDEX tasks_open ON tasks (due_at, id) WHERE done_at = 0;
CREATE INDEX tasks_by_contact ON tasks (contact_id, id);
CREATE TABLE merges (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    survivor_id INTEGER NOT NULL REFERENCES contacts(id), -- who stayed
    absorbed_id INTEGER NOT NULL REFERENCES contacts(id), -- who went into it
    batch       INTEGER NOT NULL DEFAULT 0,        -- first merge of those that are undone together, 0 = alone
    fields      TEXT    NOT NULL DEFAULT '{}',     -- JSON: what the survivor had before, and what a person chose, by field
    at          INTEGER NOT NULL,                  -- when
    undone_at   INTEGER NOT NULL DEFAULT 0         -- 0 = in force
) STRICT;
CREATE UNIQUE INDEX merges_of_absorbed ON merges (absorbed_id) WHERE undone_at = 0;
CREATE INDEX merges_of_survivor ON merges (survivor_id) WHERE undone_at = 0;
CREATE TABLE not_same (
    first_id  INTEGER NOT NULL REFERENCES contacts(id), -- the smaller id
    second_id INTEGER NOT NULL REFERENCES contacts(id), -- the greater one
    said_at   INTEGER NOT NULL,                         -- when a person said so
    PRIMARY KEY (first_id, second_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX not_same_by_second ON not_same (second_id, first_id);
CREATE TABLE contact_keys (
    key        TEXT    NOT NULL,                        -- domain::matching::block_keys
    contact_id INTEGER NOT NULL REFERENCES contacts(id),-- whose
    PRIMARY KEY (key, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_keys_by_contact ON contact_keys (contact_id, key);
CREATE TABLE duplicates (
    first_id  INTEGER NOT NULL REFERENCES contacts(id), -- the smaller id
    second_id INTEGER NOT NULL REFERENCES contacts(id), -- the greater one
    score     INTEGER NOT NULL,                         -- 0 to 100
    reasons   TEXT    NOT NULL DEFAULT '[]',            -- JSON array of domain::matching::Reason
    found_at  INTEGER NOT NULL,                         -- when
    PRIMARY KEY (first_id, second_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX duplicates_by_second ON duplicates (second_id, first_id);
CREATE INDEX duplicates_by_score ON duplicates (score DESC, first_id, second_id);
CREATE INDEX contacts_to_compare ON contacts (id DESC) WHERE to_compare = 1 AND merged_into_id IS NULL;
CREATE TABLE wishes (
    id              INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    message_id      INTEGER NOT NULL REFERENCES messages(id), -- in whose text it was read
    contact_id      INTEGER NOT NULL REFERENCES contacts(id), -- who wishes
    conversation_id INTEGER NOT NULL,                  -- in which matter
    medium          TEXT    NOT NULL DEFAULT '',       -- wished, '' none
    refused         TEXT    NOT NULL DEFAULT '[]',     -- JSON array of media that are refused
    scope           TEXT    NOT NULL,                  -- this_time, always
    conditional     INTEGER NOT NULL DEFAULT 0,        -- 1 = only in an uncertain case
    new_address     TEXT    NOT NULL DEFAULT '',       -- as written, '' none
    evidence        TEXT    NOT NULL DEFAULT '',       -- the words
    state           TEXT    NOT NULL,                  -- acted, asked, accepted, declined, undone, ignored
    why             TEXT    NOT NULL DEFAULT '',       -- why it was not acted upon, a stable word
    steps           TEXT    NOT NULL DEFAULT '[]',     -- JSON of theke_store::table::changes::Step: the way back
    at              INTEGER NOT NULL                   -- when it was read
) STRICT;
CREATE UNIQUE INDEX wishes_by_message ON wishes (message_id);
CREATE INDEX wishes_by_contact ON wishes (contact_id, id);
CREATE INDEX wishes_asked ON wishes (id) WHERE state = 'asked';
CREATE TABLE refusals (
    id                INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    contact_id        INTEGER NOT NULL REFERENCES contacts(id), -- who refuses
    origin_contact_id INTEGER NOT NULL DEFAULT 0,        -- who before a merge
    conversation_id   INTEGER NOT NULL DEFAULT 0,        -- in this matter alone, 0 = always
    medium            TEXT    NOT NULL,                  -- not by this
    source            TEXT    NOT NULL,                  -- hand, wish
    evidence          TEXT    NOT NULL DEFAULT '',       -- the customer's words
    message_id        INTEGER,                           -- where they stand
    since_at          INTEGER NOT NULL,                  -- from when
    ended_at          INTEGER NOT NULL DEFAULT 0         -- 0 = in force
) STRICT;
CREATE INDEX refusals_in_force ON refusals (contact_id, conversation_id) WHERE ended_at = 0;
CREATE INDEX refusals_by_contact ON refusals (contact_id, id);
CREATE TABLE imports (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    name       TEXT    NOT NULL,                  -- of the file
    made       INTEGER NOT NULL DEFAULT 0,        -- contacts that are new by it
    changed    INTEGER NOT NULL DEFAULT 0,        -- contacts that it changed
    steps      TEXT    NOT NULL DEFAULT '[]',     -- JSON: the way back
    at         INTEGER NOT NULL,                  -- when
    undone_at  INTEGER NOT NULL DEFAULT 0         -- 0 = it stands
) STRICT;
CREATE TABLE protection_log (
    id   INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    at   INTEGER NOT NULL,                  -- when
    what TEXT    NOT NULL,                  -- report, erasure, restriction, restriction_lifted, retention
    rows INTEGER NOT NULL DEFAULT 0         -- how many rows it touched; no personal details
) STRICT;
CREATE INDEX messages_to_decide ON messages (id) WHERE to_decide = 1;
CREATE TABLE rules (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    name       TEXT    NOT NULL,                  -- as the shop calls it
    position   INTEGER NOT NULL DEFAULT 0,        -- order in which rules are asked
    version    INTEGER NOT NULL DEFAULT 1,        -- the one in force
    is_on      INTEGER NOT NULL DEFAULT 0,        -- 1 = it acts
    on_since   INTEGER NOT NULL DEFAULT 0,        -- when it was switched on or changed last: what came before is not for it
    mode       TEXT    NOT NULL DEFAULT 'suggest',-- suggest, ask, send: as the shop chose
    lowered_at INTEGER NOT NULL DEFAULT 0,        -- when wrong marks lowered it to ask, 0 = not
    pack       TEXT    NOT NULL DEFAULT '',       -- starter pack and name in it, '' = the shop's own
    removed_at INTEGER NOT NULL DEFAULT 0         -- 0 = it stands
) STRICT;
CREATE INDEX rules_in_order ON rules (position, id) WHERE removed_at = 0;
CREATE TABLE rule_versions (
    rule_id    INTEGER NOT NULL REFERENCES rules(id), -- whose
    version    INTEGER NOT NULL,                      -- counted from 1
    source     TEXT    NOT NULL,                      -- TOML of domain::rule::Rule
    written_at INTEGER NOT NULL,                      -- when
    PRIMARY KEY (rule_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX decisions_automatic ON decisions (id) WHERE mode <> 'person';
CREATE INDEX decisions_by_rule ON decisions (rule_id, id) WHERE rule_id <> 0;
CREATE INDEX decisions_waiting ON decisions (id) WHERE result = 'asked';
CREATE INDEX decisions_by_conversation ON decisions (conversation_id, id) WHERE conversation_id <> 0;
CREATE TABLE automatic_sends (
    id          INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    at          INTEGER NOT NULL,                  -- when it was queued
    class       TEXT    NOT NULL,                  -- unasked, dialogue, notice
    contact_id  INTEGER NOT NULL,                  -- to whom
    address_key TEXT    NOT NULL,                  -- keyed hash of the address, as in erased
    decision_id INTEGER NOT NULL DEFAULT 0,        -- why, 0 once that row is gone
    notice_key  TEXT    NOT NULL DEFAULT '',       -- order and state of a notice, '' none
    parts       INTEGER NOT NULL DEFAULT 0         -- parts that are paid for one by one, 0 = none are
) STRICT;
CREATE INDEX automatic_sends_by_time ON automatic_sends (class, at);
CREATE INDEX automatic_sends_by_contact ON automatic_sends (contact_id, class, at);
CREATE INDEX automatic_sends_by_address ON automatic_sends (address_key, class, at);
CREATE UNIQUE INDEX automatic_sends_by_notice ON automatic_sends (notice_key) WHERE notice_key <> '';
CREATE TRIGGER automatic_has_reason BEFORE INSERT ON outbox
WHEN (SELECT automatic FROM messages WHERE id = NEW.message_id) = 1
BEGIN
    SELECT RAISE(ABORT, 'an automatic message needs a decision of a rule or a customer command')
    WHERE NOT EXISTS (SELECT 1 FROM decisions WHERE id = NEW.decision_id AND mode <> 'person' AND rule <> '');
END;
CREATE TABLE claims (
    message_id  INTEGER NOT NULL PRIMARY KEY REFERENCES messages(id), -- incoming message
    account_id  INTEGER NOT NULL,             -- where it is claimed
    state       TEXT    NOT NULL,             -- wanted, won, lost, not_offered, answered, asked
    changed_at  INTEGER NOT NULL              -- when it came to this
) STRICT;
CREATE INDEX claims_lost ON claims (changed_at) WHERE state = 'lost';
CREATE INDEX claims_open ON claims (account_id, message_id) WHERE state IN ('wanted', 'won');
CREATE TABLE dialogues (
    conversation_id INTEGER NOT NULL PRIMARY KEY REFERENCES conversations(id), -- where; one at a time
    contact_id      INTEGER NOT NULL,         -- with whom
    rule_id         INTEGER NOT NULL,         -- whose tree
    rule_version    INTEGER NOT NULL,         -- of it
    node            TEXT    NOT NULL,         -- where in the tree it waits for an answer
    answers         TEXT    NOT NULL DEFAULT '{}', -- JSON object: what was answered, by name
    asked           INTEGER NOT NULL DEFAULT 1,    -- questions so far
    expires_at      INTEGER NOT NULL          -- until when it goes on by itself
) STRICT;
CREATE INDEX dialogues_by_end ON dialogues (expires_at);
CREATE TABLE articles (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    name       TEXT    NOT NULL,                  -- what it is about; {article:…} names it by its folded form
    folded     TEXT    NOT NULL,                  -- domain::fold key of the name
    checked_on TEXT    NOT NULL DEFAULT '',       -- YYYY-MM-DD when somebody last looked whether it is true, '' never
    expires_on TEXT    NOT NULL DEFAULT '',       -- YYYY-MM-DD from when on it is not used, '' = does not end
    changed_at INTEGER NOT NULL,                  -- when it was last changed
    removed_at INTEGER NOT NULL DEFAULT 0         -- 0 = it stands
) STRICT;
CREATE UNIQUE INDEX articles_by_name ON articles (folded) WHERE removed_at = 0;
CREATE TABLE article_texts (
    article_id INTEGER NOT NULL REFERENCES articles(id), -- whose
    language   TEXT    NOT NULL,                         -- ISO code
    text       TEXT    NOT NULL,                         -- plain
    PRIMARY KEY (article_id, language)
) STRICT, WITHOUT ROWID;
CREATE TABLE proposals (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    intent     TEXT    NOT NULL DEFAULT '',       -- domain::intent::Intent of what they answer, '' none
    text       TEXT    NOT NULL,                  -- the answer that stands for all
    messages   TEXT    NOT NULL DEFAULT '[]',     -- JSON array of the ids of the answers
    state      TEXT    NOT NULL,                  -- open, accepted, declined
    found_at   INTEGER NOT NULL                   -- when
) STRICT;
CREATE INDEX proposals_open ON proposals (id) WHERE state = 'open';
CREATE INDEX messages_to_group ON messages (id DESC) WHERE to_group = 1;
CREATE INDEX messages_by_identity ON messages (contact_id, identity_id);
CREATE INDEX messages_of_origin ON messages (origin_contact_id) WHERE origin_contact_id <> 0;
CREATE INDEX conversations_of_origin ON conversations (origin_contact_id) WHERE origin_contact_id <> 0;
CREATE INDEX contacts_merged ON contacts (merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX merges_by_survivor ON merges (survivor_id);
CREATE INDEX merges_by_absorbed ON merges (absorbed_id);
CREATE INDEX custom_values_by_field ON custom_values (field_id, contact_id);

-- Stars, senders that are kept away, what can be undone, and what stands in a timeline beside messages.

-- 1 = marked by a person.
ALTER TABLE conversations ADD COLUMN starred INTEGER NOT NULL DEFAULT 0;
-- Which way the newest message went: in, out, '' = there is none.
ALTER TABLE conversations ADD COLUMN last_direction TEXT NOT NULL DEFAULT '';
-- The account of the newest message, 0 none or an imported file.
ALTER TABLE conversations ADD COLUMN last_account_id INTEGER NOT NULL DEFAULT 0;
UPDATE conversations SET (last_direction, last_account_id) =
    (SELECT direction, account_id FROM messages WHERE id = last_message_id)
WHERE EXISTS (SELECT 1 FROM messages WHERE id = last_message_id);

-- Account and media stand in the indexes, so that a filtered list passes over what does not fit without reading rows.
DROP INDEX conversations_by_status;
DROP INDEX conversations_by_last;
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
) STRICT;
CREATE INDEX entries_by_conversation ON entries (conversation_id, at DESC, id DESC);
CREATE INDEX entries_by_contact ON entries (contact_id, at DESC, id DESC);

CREATE VIRTUAL TABLE notes_fts USING fts5 (
    text, tails, digits,
    content = '', contentless_delete = 1, detail = 'column', prefix = '2',
    tokenize = 'unicode61 remove_diacritics 0'
);

-- One count for each list; the words after the dot are those of the status where there is one.
INSERT INTO counters (name, value)
SELECT 'conversations.waiting', count(*) FROM conversations WHERE status = 'waiting' AND spam = 0
UNION ALL SELECT 'conversations.snoozed', count(*) FROM conversations WHERE status = 'snoozed' AND spam = 0
UNION ALL SELECT 'conversations.starred', count(*) FROM conversations WHERE starred = 1 AND spam = 0
UNION ALL SELECT 'conversations.unread', count(*) FROM conversations WHERE unread > 0 AND spam = 0
UNION ALL SELECT 'conversations.spam', count(*) FROM conversations WHERE spam = 1;

DROP TRIGGER conversations_counted;
DROP TRIGGER conversations_counted_in;
DROP TRIGGER conversations_counted_out;
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

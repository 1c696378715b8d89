-- Drafts that carry all of an answer, drafts of new messages, and files that wait for their message.

-- As typed, '' = that of the conversation.
ALTER TABLE drafts ADD COLUMN subject TEXT NOT NULL DEFAULT '';
-- JSON array of addresses as typed.
ALTER TABLE drafts ADD COLUMN cc TEXT NOT NULL DEFAULT '[]';
-- Formatted text, '' = there is none.
ALTER TABLE drafts ADD COLUMN html TEXT NOT NULL DEFAULT '';

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

-- Texts that the shop writes again and again, by language and channel, and senders whose pictures are shown.

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

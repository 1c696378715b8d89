-- The search index is cut into spans of time, so that a page of hits reads the newest of them and not the whole index.
-- Messages are put into it anew in the background, newest first.

-- Messages of one time. Each of their words stands in the index behind the span's mark, so that the beginning of a word
-- leads to the messages of that span alone.
CREATE TABLE search_spans (
    id        INTEGER PRIMARY KEY,         -- key; the mark is made of it
    first_key INTEGER NOT NULL,            -- smallest messages.search_key of the span; it ends where the next begins
    last_key  INTEGER NOT NULL,            -- greatest messages.search_key that was put there
    messages  INTEGER NOT NULL DEFAULT 0   -- how often one was put there
) STRICT;

-- 1 = in messages_fts as it is here. Takes the place of messages.indexed, which is read no more.
ALTER TABLE messages ADD COLUMN searchable INTEGER NOT NULL DEFAULT 0;
DROP INDEX messages_to_index;
DROP INDEX messages_to_index_headers;
CREATE INDEX messages_to_index ON messages (at DESC, id DESC) WHERE searchable = 0 AND completeness <> 'headers';
CREATE INDEX messages_to_index_headers ON messages (at DESC, id DESC)
    WHERE searchable = 0 AND completeness = 'headers';
DROP TABLE messages_fts;
CREATE VIRTUAL TABLE messages_fts USING fts5 (
    subject, party, text, tails, digits,      -- each word behind its span's mark; tails: long words reversed; digits: suffixes of numbers
    content = '', contentless_delete = 1, detail = 'column', prefix = '4',
    tokenize = 'ascii'
);
INSERT INTO messages_fts (messages_fts, rank) VALUES ('hashsize', 8388608), ('automerge', 8);

DROP TRIGGER messages_counted_in;
DROP TRIGGER messages_counted_out;
DROP TRIGGER messages_indexed;
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
UPDATE counters SET value = (SELECT value FROM counters WHERE name = 'messages.all') WHERE name = 'messages.unindexed';

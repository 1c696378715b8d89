-- Searching by what narrows (sender, list, account, medium, days, files), notes folded as messages are, and where
-- standard replies were used.

-- Whether a hit fits is read off this index alone, and without words to look for it is the order of the answer.
CREATE INDEX messages_for_search
    ON messages (search_key, medium, account_id, direction, attachments, contact_id, conversation_id);
-- What has few messages drives the search; these find out how many, and give their keys without reading rows.
CREATE INDEX messages_by_medium ON messages (medium, search_key);
DROP INDEX messages_by_contact;
CREATE INDEX messages_by_contact ON messages (contact_id, at DESC, id DESC, search_key);
DROP INDEX messages_by_conversation;
CREATE INDEX messages_by_conversation ON messages (conversation_id, at, id, search_key);
DROP INDEX messages_by_account;
CREATE INDEX messages_by_account ON messages (account_id, id, search_key);

-- 1 = in notes_fts as it is here. Folding is not SQL's business, so the notes are put there in the background.
ALTER TABLE entries ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX entries_to_index ON entries (id) WHERE kind = 'note' AND indexed = 0 AND removed_at = 0;
DROP TABLE notes_fts;
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

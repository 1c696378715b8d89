-- One person, every channel: what is known of a customer, who is the same, what they wish, and what they may ask us to forget.
--
-- Merging never deletes a row. What changes hands keeps whom it was made for in origin_contact_id, 0 = for whom it stands
-- with now, so that several merges are undone in any order. A message goes with its identity, an identity has had its
-- origin from the start.

ALTER TABLE contacts ADD COLUMN company TEXT NOT NULL DEFAULT '';     -- firm, '' none
ALTER TABLE contacts ADD COLUMN salutation TEXT NOT NULL DEFAULT '';  -- du, sie, '' not known
ALTER TABLE contacts ADD COLUMN birthday TEXT NOT NULL DEFAULT '';    -- YYYY-MM-DD, --MM-DD without the year, '' not known
ALTER TABLE contacts ADD COLUMN postcode TEXT NOT NULL DEFAULT '';    -- as written, '' not known
ALTER TABLE contacts ADD COLUMN restricted_at INTEGER NOT NULL DEFAULT 0; -- processing restricted (GDPR 18): kept, not used; 0 = no
ALTER TABLE conversations ADD COLUMN origin_contact_id INTEGER NOT NULL DEFAULT 0; -- see above
ALTER TABLE entries ADD COLUMN origin_contact_id INTEGER NOT NULL DEFAULT 0;       -- see above
ALTER TABLE preferences ADD COLUMN origin_contact_id INTEGER NOT NULL DEFAULT 0;   -- see above
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

-- Who is the same.
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
-- What was merged before merges had rows.
INSERT INTO merges (survivor_id, absorbed_id, at)
    SELECT merged_into_id, id, 0 FROM contacts WHERE merged_into_id IS NOT NULL;
-- Whose before a merge, where that is not to be told by its identity (moved by hand, or without one); 0 = as its identity says
ALTER TABLE messages ADD COLUMN origin_contact_id INTEGER NOT NULL DEFAULT 0;
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
-- 1 = its keys and suggestions are not up to date; worked off in the background.
ALTER TABLE contacts ADD COLUMN to_compare INTEGER NOT NULL DEFAULT 1;
CREATE INDEX contacts_to_compare ON contacts (id DESC) WHERE to_compare = 1 AND merged_into_id IS NULL;

-- What they wish.
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
-- pass, fail, none or untrusted: what the account's own provider says of the sender; '' = nothing was asked yet
ALTER TABLE messages ADD COLUMN authentication TEXT NOT NULL DEFAULT '';

-- Import, and what was erased.
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

-- Automation: rules and their versions, what is to be looked at, what went out by itself, questions that were asked back,
-- what bounced, articles, and proposals from answers that were written by hand.
--
-- A rule is text (TOML, domain::rule) in versions that never change; a decision names the version that it came from.

-- What tells that a program wrote a message, and what it reports.
ALTER TABLE messages ADD COLUMN signs TEXT NOT NULL DEFAULT '[]';    -- JSON array of domain::machine::Sign; [] = none
ALTER TABLE messages ADD COLUMN bounce TEXT NOT NULL DEFAULT '';     -- JSON of domain::bounce::Bounce, '' = it reports none
-- 1 = automation looks at it next; worked off in the background, oldest first.
ALTER TABLE messages ADD COLUMN to_decide INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_to_decide ON messages (id) WHERE to_decide = 1;
-- Why an address bounced, and when; the state says that it did.
ALTER TABLE identities ADD COLUMN bounced_at INTEGER NOT NULL DEFAULT 0;   -- 0 = never
ALTER TABLE identities ADD COLUMN bounce_reason TEXT NOT NULL DEFAULT '';  -- domain::bounce::Reason, '' none
-- A person answers this matter; no rule does. When it was said, 0 = automation may.
ALTER TABLE conversations ADD COLUMN person_wanted_at INTEGER NOT NULL DEFAULT 0;

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

ALTER TABLE decisions ADD COLUMN rule_id INTEGER NOT NULL DEFAULT 0;      -- rules.id, 0 = a person, or a customer command
ALTER TABLE decisions ADD COLUMN rule_version INTEGER NOT NULL DEFAULT 0; -- of it
ALTER TABLE decisions ADD COLUMN confidence INTEGER NOT NULL DEFAULT 0;   -- of the intent, 0 to 100; 0 = none was asked for
ALTER TABLE decisions ADD COLUMN intent TEXT NOT NULL DEFAULT '';         -- domain::intent::Intent, '' none
ALTER TABLE decisions ADD COLUMN conversation_id INTEGER NOT NULL DEFAULT 0; -- in which matter, 0 = in none
ALTER TABLE decisions ADD COLUMN sent_message_id INTEGER NOT NULL DEFAULT 0; -- what left, or would once a person says so
ALTER TABLE decisions ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';        -- JSON of theke_store::table::changes::Step: the way back
ALTER TABLE decisions ADD COLUMN undone_at INTEGER NOT NULL DEFAULT 0;    -- 0 = it stands
ALTER TABLE decisions ADD COLUMN mark TEXT NOT NULL DEFAULT '';           -- right, wrong, '' = nobody said
ALTER TABLE decisions ADD COLUMN marked_at INTEGER NOT NULL DEFAULT 0;    -- when
CREATE INDEX decisions_automatic ON decisions (id) WHERE mode <> 'person';
CREATE INDEX decisions_by_rule ON decisions (rule_id, id) WHERE rule_id <> 0;
CREATE INDEX decisions_waiting ON decisions (id) WHERE result = 'asked';
CREATE INDEX decisions_by_conversation ON decisions (conversation_id, id) WHERE conversation_id <> 0;

-- What went out by itself: the ledger of the caps. It outlives messages and customers, and holds neither text nor address.
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

-- Nothing leaves by itself without a decision that says so.
CREATE TRIGGER automatic_has_reason BEFORE INSERT ON outbox
WHEN (SELECT automatic FROM messages WHERE id = NEW.message_id) = 1
BEGIN
    SELECT RAISE(ABORT, 'an automatic message needs a decision of a rule or a customer command')
    WHERE NOT EXISTS (SELECT 1 FROM decisions WHERE id = NEW.decision_id AND mode <> 'person' AND rule <> '');
END;

-- Messages that this computer wants to answer and has to claim at the server first, because another may want the same.
CREATE TABLE claims (
    message_id  INTEGER NOT NULL PRIMARY KEY REFERENCES messages(id), -- incoming message
    account_id  INTEGER NOT NULL,             -- where it is claimed
    state       TEXT    NOT NULL,             -- wanted, won, lost, not_offered, answered, asked
    changed_at  INTEGER NOT NULL              -- when it came to this
) STRICT;
CREATE INDEX claims_lost ON claims (changed_at) WHERE state = 'lost';
CREATE INDEX claims_open ON claims (account_id, message_id) WHERE state IN ('wanted', 'won');

-- A standard reply that asked a question back and goes on with the answer.
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

-- Answers by hand that are alike: a standard reply and a rule are proposed from them.
CREATE TABLE proposals (
    id         INTEGER PRIMARY KEY AUTOINCREMENT, -- key, never reused
    intent     TEXT    NOT NULL DEFAULT '',       -- domain::intent::Intent of what they answer, '' none
    text       TEXT    NOT NULL,                  -- the answer that stands for all
    messages   TEXT    NOT NULL DEFAULT '[]',     -- JSON array of the ids of the answers
    state      TEXT    NOT NULL,                  -- open, accepted, declined
    found_at   INTEGER NOT NULL                   -- when
) STRICT;
CREATE INDEX proposals_open ON proposals (id) WHERE state = 'open';
-- 1 = whether it is like others is still to be looked at.
ALTER TABLE messages ADD COLUMN to_group INTEGER NOT NULL DEFAULT 0;
CREATE INDEX messages_to_group ON messages (id DESC) WHERE to_group = 1;

-- Merging and taking it back without reading all that the two ever wrote: whose a message is by its address, and the few
-- rows that carry an origin of their own.
CREATE INDEX messages_by_identity ON messages (contact_id, identity_id);
CREATE INDEX messages_of_origin ON messages (origin_contact_id) WHERE origin_contact_id <> 0;
CREATE INDEX conversations_of_origin ON conversations (origin_contact_id) WHERE origin_contact_id <> 0;
-- Who is part of whom, and who was part of a merge at any time: asked of every customer whom an import made before it goes,
-- of a card and of an erasure. The indexes of merges that stand know nothing of those that were taken back.
CREATE INDEX contacts_merged ON contacts (merged_into_id) WHERE merged_into_id IS NOT NULL;
CREATE INDEX merges_by_survivor ON merges (survivor_id);
CREATE INDEX merges_by_absorbed ON merges (absorbed_id);
-- Whether anybody has a value of a field, before the field goes.
CREATE INDEX custom_values_by_field ON custom_values (field_id, contact_id);

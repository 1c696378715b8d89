-- How far the first sync of an account is, and what a person decided about that and about its messages.

-- Messages that the first sync is to fetch, those that are here included; -1 = unknown.
ALTER TABLE accounts ADD COLUMN total INTEGER NOT NULL DEFAULT -1;
-- What came in since then is here whole; 0 = unknown.
ALTER TABLE accounts ADD COLUMN reaches_to_at INTEGER NOT NULL DEFAULT 0;
-- 1 = a person lets older messages wait; what is new is fetched all the same.
ALTER TABLE accounts ADD COLUMN fetching_paused INTEGER NOT NULL DEFAULT 0;
-- 1 = it was removed, and its messages are still to be deleted.
ALTER TABLE accounts ADD COLUMN messages_unwanted INTEGER NOT NULL DEFAULT 0;

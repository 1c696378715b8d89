-- Read and answered marks that are still to be set at the provider.

CREATE TABLE pending_flags (
    account_id INTEGER NOT NULL,                     -- whose provider
    remote_id  TEXT    NOT NULL,                     -- the provider's name for the message
    seen       INTEGER NOT NULL,                     -- 1 = read, 0 = unread
    answered   INTEGER NOT NULL,                     -- 1 = answered, 0 = leave that as it is
    wanted_at  INTEGER NOT NULL,                     -- when somebody last wanted it
    PRIMARY KEY (account_id, remote_id)
) STRICT, WITHOUT ROWID;

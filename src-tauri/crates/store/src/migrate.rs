//! The schema's versions, built into the program, and the way from one to the next.
//!
//! The version of a file is its `user_version`. Each migration is one transaction that ends in setting it, so a
//! killed program finds the old version or the new one, never something between. A newer file is refused.
//! A verified copy before a migration is the business of `profile`, which calls this.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Result};

/// The migrations in order; the position + 1 is the version that a file has after it.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../../../../migrations/0001_init.sql"),
    include_str!("../../../../migrations/0002_pending_flags.sql"),
    include_str!("../../../../migrations/0003_inbox.sql"),
    include_str!("../../../../migrations/0004_composing.sql"),
    include_str!("../../../../migrations/0005_standard_replies.sql"),
    include_str!("../../../../migrations/0006_search.sql"),
    include_str!("../../../../migrations/0007_removed.sql"),
    include_str!("../../../../migrations/0008_first_sync.sql"),
    include_str!("../../../../migrations/0009_search_spans.sql"),
    include_str!("../../../../migrations/0010_customer_view.sql"),
    include_str!("../../../../migrations/0011_automation.sql"),
];

/// The version that this program writes.
pub fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

/// The version of a file; 0 for an empty one.
///
/// # Errors
/// [`Error::NotADatabase`] for a wrong key, [`Error::Damaged`].
pub fn version(conn: &Connection) -> Result<i64> {
    Ok(conn.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Refuses every version but [`newest`].
pub(crate) fn expect_current(conn: &mut Connection) -> Result<()> {
    match version(conn)? {
        found if found > newest() => Err(Error::TooNew { found, known: newest() }),
        found if found < newest() => Err(Error::OldSchema { found, known: newest() }),
        _ => Ok(()),
    }
}

/// Where a file stands between these steps, before anything is changed.
pub(crate) enum Standing {
    /// It has the newest version.
    Current,
    /// It must be migrated from this one.
    Older(i64),
}

/// Looks at a file's version.
///
/// # Errors
/// [`Error::TooNew`]; [`Error::Damaged`] for a file without a schema: it was emptied, and is never filled as if it were
/// new.
pub(crate) fn standing(conn: &Connection, steps: &[&str]) -> Result<Standing> {
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    match version(conn)? {
        found if found > known => Err(Error::TooNew { found, known }),
        found if found < 1 => Err(Error::Damaged("the file is empty".to_owned())),
        found if found < known => Ok(Standing::Older(found)),
        _ => Ok(Standing::Current),
    }
}

/// Takes a file forward step by step; gives the version it had before.
///
/// # Errors
/// [`Error::TooNew`] before anything is touched; else what SQLite says, with the failed step undone.
pub(crate) fn run(conn: &mut Connection) -> Result<i64> {
    run_steps(conn, MIGRATIONS)
}

/// [`run`] with the steps as an argument, so that a test can bring steps that no release has yet.
pub(crate) fn run_steps(conn: &mut Connection, steps: &[&str]) -> Result<i64> {
    let before = version(conn)?;
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    if before > known {
        return Err(Error::TooNew { found: before, known });
    }
    for (step, sql) in (1_i64..).zip(steps) {
        if step <= before {
            continue;
        }
        let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have gone this step while we waited for the lock.
        if version(&tx)? < step {
            tx.execute_batch(sql)?;
            tx.pragma_update(None, "user_version", step)?;
        }
        tx.commit()?;
    }
    Ok(before)
}

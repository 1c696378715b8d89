//! Read and answered marks that are still to be set at the provider: written in the transaction that marks the message
//! here, taken out once the provider has them. Not here: how often that is tried.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::AccountId;
use theke_domain::message::{Flags, RemoteId};
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row;

/// Notes that the provider is to show this. An answered mark that still waits is kept.
///
/// # Errors
/// The database's.
pub fn want(
    tx: &Transaction<'_>,
    account: AccountId,
    remote: &RemoteId,
    flags: Flags,
    now: Timestamp,
) -> Result<()> {
    let sql = "INSERT INTO pending_flags (account_id, remote_id, seen, answered, wanted_at) VALUES (?, ?, ?, ?, ?)
               ON CONFLICT (account_id, remote_id) DO UPDATE SET
                   seen = excluded.seen, answered = max(answered, excluded.answered), wanted_at = excluded.wanted_at";
    row::run(tx, sql, params![account.0, remote.0, flags.seen, flags.answered, now.0])?;
    Ok(())
}

/// What one message is still to show at the provider.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, account: AccountId, remote: &RemoteId) -> Result<Option<Flags>> {
    let sql = "SELECT seen, answered FROM pending_flags WHERE account_id = ? AND remote_id = ?";
    row::first(conn, sql, params![account.0, remote.0], flags)
}

/// What an account's provider is still to be told, at most `limit`.
///
/// # Errors
/// The database's.
pub fn of_account(conn: &Connection, account: AccountId, limit: u32) -> Result<Vec<(RemoteId, Flags)>> {
    let sql = "SELECT remote_id, seen, answered FROM pending_flags WHERE account_id = ?
               ORDER BY remote_id LIMIT ?";
    row::all(conn, sql, params![account.0, limit], |r| Ok((RemoteId(r.get("remote_id")?), flags(r)?)))
}

/// The provider has it, or never will; what somebody wanted meanwhile stays.
///
/// # Errors
/// The database's.
pub fn settled(tx: &Transaction<'_>, account: AccountId, remote: &RemoteId, flags: Flags) -> Result<()> {
    let sql =
        "DELETE FROM pending_flags WHERE account_id = ? AND remote_id = ? AND seen = ? AND answered = ?";
    row::run(tx, sql, params![account.0, remote.0, flags.seen, flags.answered])?;
    Ok(())
}

fn flags(row: &rusqlite::Row<'_>) -> rusqlite::Result<Flags> {
    Ok(Flags { seen: row.get("seen")?, answered: row.get("answered")? })
}

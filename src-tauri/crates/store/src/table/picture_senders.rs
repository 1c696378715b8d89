//! Senders whose remote pictures are shown without asking.

use rusqlite::{Connection, Transaction, params};
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row;

/// Whether a sender's pictures are shown.
///
/// # Errors
/// The database's.
pub fn is_allowed(conn: &Connection, address: &str) -> Result<bool> {
    row::one(conn, "SELECT EXISTS (SELECT 1 FROM picture_senders WHERE address = ?)", [address])
}

/// Shows them from now on.
///
/// # Errors
/// The database's.
pub fn allow(tx: &Transaction<'_>, address: &str, now: Timestamp) -> Result<()> {
    let sql = "INSERT OR IGNORE INTO picture_senders (address, allowed_at) VALUES (?, ?)";
    row::run(tx, sql, params![address, now.0])?;
    Ok(())
}

/// Asks again from now on.
///
/// # Errors
/// The database's.
pub fn forget(tx: &Transaction<'_>, address: &str) -> Result<()> {
    row::run(tx, "DELETE FROM picture_senders WHERE address = ?", [address])?;
    Ok(())
}

/// All of them, by address.
///
/// # Errors
/// The database's.
pub fn all(conn: &Connection) -> Result<Vec<String>> {
    row::all(conn, "SELECT address FROM picture_senders ORDER BY address", [], |r| r.get("address"))
}

//! Settings by stable keys; the values are JSON. Which keys there are and what they default to is the engine's.

use rusqlite::{Connection, Transaction, params};
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row;

/// The switch of automation; turned off by every restore.
pub const AUTOMATION_ON: &str = "automation.on";

/// One setting; `None` if it was never set.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, key: &str) -> Result<Option<serde_json::Value>> {
    row::first(conn, "SELECT value FROM settings WHERE key = ?", [key], |r| row::json(r, "value"))
}

/// All settings that were set, by key.
///
/// # Errors
/// The database's.
pub fn all(conn: &Connection) -> Result<Vec<(String, serde_json::Value)>> {
    row::all(conn, "SELECT key, value FROM settings ORDER BY key", [], |r| {
        Ok((r.get("key")?, row::json(r, "value")?))
    })
}

/// Sets one.
///
/// # Errors
/// The database's.
pub fn set(tx: &Transaction<'_>, key: &str, value: &serde_json::Value, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO settings (key, value, changed_at) VALUES (?, ?, ?)
               ON CONFLICT (key) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at";
    row::run(tx, sql, params![key, value.to_string(), now.0])?;
    Ok(())
}

/// Forgets one, so that its default holds again.
///
/// # Errors
/// The database's.
pub fn remove(tx: &Transaction<'_>, key: &str) -> Result<()> {
    row::run(tx, "DELETE FROM settings WHERE key = ?", [key])?;
    Ok(())
}

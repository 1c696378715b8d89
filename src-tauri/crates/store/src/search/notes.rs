//! The search index of notes. Kept at once, in the transaction of the change.

use rusqlite::{Connection, Transaction, params};
use theke_domain::fold;
use theke_domain::ids::EntryId;

use crate::error::Result;
use crate::row;
use crate::table::entries::{self, Entry};

/// Indexes a note anew.
///
/// # Errors
/// The database's.
pub fn index(tx: &Transaction<'_>, id: EntryId, text: &str) -> Result<()> {
    forget(tx, id)?;
    let sql = "INSERT INTO notes_fts (rowid, text, tails, digits) VALUES (?, ?, ?, ?)";
    row::run(tx, sql, params![id.0, fold::index_text(text), fold::tails(text), fold::digits(text)])?;
    Ok(())
}

/// Takes a note out of the index.
///
/// # Errors
/// The database's.
pub fn forget(tx: &Transaction<'_>, id: EntryId) -> Result<()> {
    row::run(tx, "DELETE FROM notes_fts WHERE rowid = ?", [id.0])?;
    Ok(())
}

/// Notes in which all of what was typed is found, the last written first.
///
/// # Errors
/// The database's.
pub fn find(conn: &Connection, typed: &str, limit: u32) -> Result<Vec<Entry>> {
    let Some(expression) = fold::match_expression(typed, &fold::NOTES) else { return Ok(Vec::new()) };
    let sql = "SELECT rowid FROM notes_fts WHERE notes_fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
    let ids: Vec<EntryId> = row::all(conn, sql, params![expression, limit], |r| row::id(r, "rowid"))?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(entries::get(conn, id)?);
    }
    Ok(found)
}

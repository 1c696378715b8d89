//! The search index of notes. Kept at once, in the transaction of the change; notes from before the index was as it is
//! wait and are put there in the background.

use rusqlite::types::Value;
use rusqlite::{Connection, Transaction, params};
use theke_domain::fold;
use theke_domain::ids::EntryId;

use super::narrowed::{Narrowing, list, of_lists};
use crate::error::Result;
use crate::row;
use crate::table::entries::{self, Entry};

/// Notes that wait, through the index of them.
const WAITING: &str =
    "entries INDEXED BY entries_to_index WHERE kind = 'note' AND indexed = 0 AND removed_at = 0 AND id > 0";

/// Indexes a note anew.
///
/// # Errors
/// The database's.
pub fn index(tx: &Transaction<'_>, id: EntryId, text: &str) -> Result<()> {
    forget(tx, id)?;
    let sql = "INSERT INTO notes_fts (rowid, text, tails, digits) VALUES (?, ?, ?, ?)";
    row::run(tx, sql, params![id.0, fold::index_text(text), fold::tails(text), fold::digits(text)])?;
    row::run(tx, "UPDATE entries SET indexed = 1 WHERE id = ?", [id.0])?;
    Ok(())
}

/// Whether notes wait.
///
/// # Errors
/// The database's.
pub fn waiting(conn: &Connection) -> Result<bool> {
    row::one(conn, &format!("SELECT EXISTS (SELECT 1 FROM {WAITING})"), [])
}

/// Indexes up to `limit` notes that wait; gives how many.
///
/// # Errors
/// The database's.
pub fn index_some(tx: &Transaction<'_>, limit: u32) -> Result<usize> {
    let sql = format!("SELECT id, text FROM {WAITING} ORDER BY id DESC LIMIT ?");
    let waiting: Vec<(EntryId, String)> =
        row::all(tx, &sql, [limit], |r| Ok((row::id(r, "id")?, r.get("text")?)))?;
    for (id, text) in &waiting {
        index(tx, *id, text)?;
    }
    Ok(waiting.len())
}

/// Takes a note out of the index.
///
/// # Errors
/// The database's.
pub fn forget(tx: &Transaction<'_>, id: EntryId) -> Result<()> {
    row::run(tx, "DELETE FROM notes_fts WHERE rowid = ?", [id.0])?;
    Ok(())
}

/// Notes in which all of what was typed is found, the last written first. Of what narrows, customers, lists and days
/// are asked; a note has no medium, no account and no files, so those wishes leave none.
///
/// # Errors
/// The database's.
pub fn find(conn: &Connection, typed: &str, narrowing: &Narrowing, limit: u32) -> Result<Vec<Entry>> {
    let Some(expression) = fold::match_expression(typed, &fold::NOTES) else { return Ok(Vec::new()) };
    let files = !narrowing.has.is_empty();
    if files || !narrowing.media.is_empty() || !narrowing.accounts.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: Vec<Value> = vec![expression.into()];
    let mut wanted = String::new();
    if let Some(contacts) = narrowing.senders.as_ref().filter(|_| !narrowing.ourselves) {
        wanted.push_str(" AND e.contact_id IN (SELECT value FROM json_each(?))");
        values.push(list(contacts.iter().map(|id| id.0)));
    }
    for (condition, at) in [(" AND e.at >= ?", narrowing.after), (" AND e.at < ?", narrowing.before)] {
        if let Some(at) = at {
            wanted.push_str(condition);
            values.push(at.0.into());
        }
    }
    if !narrowing.lists.is_empty() {
        wanted.push_str(&format!(" AND EXISTS ({})", of_lists(&narrowing.lists, "e.conversation_id")));
    }
    values.push(limit.into());
    let sql = format!(
        "SELECT notes_fts.rowid AS id FROM notes_fts CROSS JOIN entries e ON e.id = notes_fts.rowid
         WHERE notes_fts MATCH ?{wanted} AND NOT EXISTS
             (SELECT 1 FROM contacts r WHERE r.id = e.contact_id AND r.restricted_at > 0 AND e.at <= r.restricted_at)
         ORDER BY notes_fts.rowid DESC LIMIT ?"
    );
    let ids: Vec<EntryId> = row::all(conn, &sql, rusqlite::params_from_iter(values), |r| row::id(r, "id"))?;
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.extend(entries::get(conn, id)?);
    }
    Ok(found)
}

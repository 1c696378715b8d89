//! What a customer was granted: discounts, credits, things done for nothing. So that the next person who is asked knows.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, GoodwillId};
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;

use super::changes::{Step, changing};
use super::tags::made;
use crate::error::Result;
use crate::row::{self, Sql};

/// Something that was granted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// Row.
    pub id: GoodwillId,
    /// To whom.
    pub contact_id: ContactId,
    /// In which matter.
    pub conversation_id: Option<ConversationId>,
    /// What.
    pub what: String,
    /// On which channel.
    pub medium: Option<Medium>,
    /// When.
    pub granted_at: Timestamp,
}

const SELECT: &str = "SELECT id, contact_id, conversation_id, what, medium, granted_at FROM goodwill";

fn from_row(r: &Row<'_>) -> Sql<Granted> {
    Ok(Granted {
        id: row::id(r, "id")?,
        contact_id: row::id(r, "contact_id")?,
        conversation_id: row::some_id(r, "conversation_id")?,
        what: r.get("what")?,
        medium: row::some_text(r, "medium")?.map(Medium::new),
        granted_at: row::at(r, "granted_at")?,
    })
}

/// What stands in a customer's log, newest first.
///
/// # Errors
/// The database's.
pub fn of_contact(conn: &Connection, contact: ContactId, limit: u32) -> Result<Vec<Granted>> {
    let sql =
        format!("{SELECT} WHERE contact_id = ? AND removed_at = 0 ORDER BY granted_at DESC, id DESC LIMIT ?");
    row::all(conn, &sql, params![contact.0, limit], from_row)
}

/// The newest that was granted before a moment.
///
/// # Errors
/// The database's.
pub fn before(conn: &Connection, contact: ContactId, at: Timestamp) -> Result<Option<Granted>> {
    let sql = format!(
        "{SELECT} WHERE contact_id = ? AND granted_at < ? AND removed_at = 0 ORDER BY granted_at DESC, id DESC LIMIT 1"
    );
    row::first(conn, &sql, params![contact.0, at.0], from_row)
}

/// One that stands.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: GoodwillId) -> Result<Option<Granted>> {
    row::first(conn, &format!("{SELECT} WHERE id = ? AND removed_at = 0"), [id.0], from_row)
}

/// Notes one, whatever its `id`; gives the way back.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: &Granted) -> Result<(GoodwillId, Step)> {
    let sql =
        "INSERT INTO goodwill (contact_id, conversation_id, what, medium, granted_at) VALUES (?, ?, ?, ?, ?)";
    let conversation = new.conversation_id.map_or(0, |id| id.0);
    let medium = new.medium.as_ref().map_or("", Medium::as_str);
    row::run(tx, sql, params![new.contact_id.0, conversation, new.what, medium, new.granted_at.0])?;
    let id = tx.last_insert_rowid();
    Ok((GoodwillId(id), made(tx, new.contact_id, "goodwill", &[id])?))
}

/// Other words, another day or channel; gives the way back.
///
/// # Errors
/// The database's.
pub fn change(tx: &Transaction<'_>, new: &Granted) -> Result<Option<Step>> {
    let medium = new.medium.as_ref().map_or("", Medium::as_str);
    changing(tx, new.contact_id, ("goodwill", &["what", "medium", "granted_at"]), &[new.id.0], || {
        let sql = "UPDATE goodwill SET what = ?2, medium = ?3, granted_at = ?4 WHERE id = ?1";
        row::run(tx, sql, params![new.id.0, new.what, medium, new.granted_at.0]).map(|_| ())
    })
}

/// Takes one from the log; gives the way back.
///
/// # Errors
/// The database's.
pub fn remove(tx: &Transaction<'_>, row: &Granted, now: Timestamp) -> Result<Option<Step>> {
    changing(tx, row.contact_id, ("goodwill", &["removed_at"]), &[row.id.0], || {
        let sql = "UPDATE goodwill SET removed_at = max(?2, 1) WHERE id = ?1 AND removed_at = 0";
        row::run(tx, sql, [row.id.0, now.0]).map(|_| ())
    })
}

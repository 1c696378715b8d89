//! The channel that a contact wants, with its source, its day and the words that said so. Old ones stay as history.
//!
//! A habit that a person declined is history from its first moment: a `learned` row that was never in force.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{ContactId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// Who said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A person of the shop.
    Hand,
    /// The customer, in a message.
    Wish,
    /// What the customer does.
    Learned,
}
words!(Source { Source::Hand => "hand", Source::Wish => "wish", Source::Learned => "learned" });

/// A preference in force or ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// Whose.
    pub contact_id: ContactId,
    /// The wanted medium.
    pub medium: Medium,
    /// Who said so.
    pub source: Source,
    /// The customer's words; empty if set by hand.
    pub evidence: String,
    /// Where they stand.
    pub message_id: Option<MessageId>,
    /// From when.
    pub since_at: Timestamp,
    /// Until when; `None` while in force.
    pub ended_at: Option<Timestamp>,
}

const COLUMNS: &str = "contact_id, medium, source, evidence, message_id, since_at, ended_at";

fn from_row(r: &Row<'_>) -> Sql<Preference> {
    Ok(Preference {
        contact_id: row::id(r, "contact_id")?,
        medium: Medium::new(r.get::<_, String>("medium")?),
        source: row::word(r, "source")?,
        evidence: r.get("evidence")?,
        message_id: row::some_id(r, "message_id")?,
        since_at: row::at(r, "since_at")?,
        ended_at: row::some_at(r, "ended_at")?,
    })
}

/// The one in force.
///
/// # Errors
/// The database's.
pub fn in_force(conn: &Connection, contact: ContactId) -> Result<Option<Preference>> {
    let sql = format!("SELECT {COLUMNS} FROM preferences WHERE contact_id = ? AND ended_at = 0");
    row::first(conn, &sql, [contact.0], from_row)
}

/// Those in force of these contacts: one question for a whole list.
///
/// # Errors
/// The database's.
pub fn in_force_of(conn: &Connection, contacts: &[ContactId]) -> Result<Vec<Preference>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM preferences
         WHERE contact_id IN (SELECT value FROM json_each(?)) AND ended_at = 0"
    );
    row::all(conn, &sql, [crate::person::list(contacts)], from_row)
}

/// The row in force; 0 if there is none.
///
/// # Errors
/// The database's.
pub fn row_in_force(conn: &Connection, contact: ContactId) -> Result<i64> {
    let sql = "SELECT id FROM preferences WHERE contact_id = ? AND ended_at = 0";
    Ok(row::first(conn, sql, [contact.0], |r| r.get("id"))?.unwrap_or(0))
}

/// All of a contact, newest first.
///
/// # Errors
/// The database's.
pub fn history(conn: &Connection, contact: ContactId) -> Result<Vec<Preference>> {
    let sql = format!("SELECT {COLUMNS} FROM preferences WHERE contact_id = ? ORDER BY id DESC");
    row::all(conn, &sql, [contact.0], from_row)
}

/// Puts one in force and ends the one before.
///
/// # Errors
/// The database's.
pub fn set(tx: &Transaction<'_>, new: &Preference) -> Result<()> {
    clear(tx, new.contact_id, new.since_at)?;
    let sql = "INSERT INTO preferences (contact_id, medium, source, evidence, message_id, since_at, ended_at)
               VALUES (?, ?, ?, ?, ?, ?, 0)";
    let message = new.message_id.map(|id| id.0);
    let (medium, source) = (new.medium.as_str(), new.source.word());
    row::run(tx, sql, params![new.contact_id.0, medium, source, new.evidence, message, new.since_at.0])?;
    Ok(())
}

/// Ends the one in force, if there is one.
///
/// # Errors
/// The database's.
pub fn clear(tx: &Transaction<'_>, contact: ContactId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE preferences SET ended_at = max(?2, 1) WHERE contact_id = ?1 AND ended_at = 0";
    row::run(tx, sql, params![contact.0, now.0])?;
    Ok(())
}

/// Notes that a person does not want this habit to be proposed any more; gives the row.
///
/// # Errors
/// The database's.
pub fn decline_habit(
    tx: &Transaction<'_>,
    contact: ContactId,
    medium: &Medium,
    now: Timestamp,
) -> Result<i64> {
    let sql = "INSERT INTO preferences (contact_id, medium, source, evidence, message_id, since_at, ended_at)
               VALUES (?1, ?2, ?3, '', NULL, ?4, max(?4, 1))";
    row::run(tx, sql, params![contact.0, medium.as_str(), Source::Learned.word(), now.0])?;
    Ok(tx.last_insert_rowid())
}

/// Whether a person has declined this habit.
///
/// # Errors
/// The database's.
pub fn is_habit_declined(conn: &Connection, contact: ContactId, medium: &Medium) -> Result<bool> {
    let declined = |row: &Preference| {
        row.source == Source::Learned && row.medium == *medium && row.ended_at == Some(row.since_at)
    };
    Ok(history(conn, contact)?.iter().any(declined))
}

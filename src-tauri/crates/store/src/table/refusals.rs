//! By what a customer does not want to be answered: in one conversation or always. Ended ones stay as history.
//!
//! Not here: what follows for an answer (`theke_domain::routing`).

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, MessageId, RefusalId};
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;

use super::preferences::Source;
use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::Word;

/// A refusal to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRefusal {
    /// Who refuses.
    pub contact_id: ContactId,
    /// In this matter alone; `None` = always.
    pub conversation_id: Option<ConversationId>,
    /// Not by this.
    pub medium: Medium,
    /// Who says so: a person of the shop or the customer.
    pub source: Source,
    /// The customer's words, may be empty.
    pub evidence: String,
    /// Where they stand.
    pub message_id: Option<MessageId>,
    /// From when.
    pub since_at: Timestamp,
}

/// A refusal in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Row.
    pub id: RefusalId,
    /// In this matter alone; `None` = always.
    pub conversation_id: Option<ConversationId>,
    /// Not by this.
    pub medium: Medium,
    /// Who says so.
    pub source: Source,
    /// The customer's words, may be empty.
    pub evidence: String,
    /// From when.
    pub since_at: Timestamp,
}

fn from_row(r: &Row<'_>) -> Sql<Refusal> {
    Ok(Refusal {
        id: row::id(r, "id")?,
        conversation_id: row::some_id(r, "conversation_id")?,
        medium: Medium::new(r.get::<_, String>("medium")?),
        source: row::word(r, "source")?,
        evidence: r.get("evidence")?,
        since_at: row::at(r, "since_at")?,
    })
}

/// Notes one.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: &NewRefusal) -> Result<RefusalId> {
    let sql =
        "INSERT INTO refusals (contact_id, conversation_id, medium, source, evidence, message_id, since_at)
               VALUES (?, ?, ?, ?, ?, ?, ?)";
    let (conversation, message) = (new.conversation_id.map_or(0, |id| id.0), new.message_id.map(|id| id.0));
    row::run(
        tx,
        sql,
        params![
            new.contact_id.0,
            conversation,
            new.medium.as_str(),
            new.source.word(),
            new.evidence,
            message,
            new.since_at.0
        ],
    )?;
    Ok(RefusalId(tx.last_insert_rowid()))
}

/// Those that hold in a conversation: its own and the lasting ones.
///
/// # Errors
/// The database's.
pub fn in_force(conn: &Connection, contact: ContactId, conversation: ConversationId) -> Result<Vec<Refusal>> {
    let sql = "SELECT id, conversation_id, medium, source, evidence, since_at FROM refusals
               WHERE contact_id = ? AND conversation_id IN (0, ?) AND ended_at = 0";
    row::all(conn, sql, [contact.0, conversation.0], from_row)
}

/// The lasting ones of a contact.
///
/// # Errors
/// The database's.
pub fn lasting(conn: &Connection, contact: ContactId) -> Result<Vec<Refusal>> {
    in_force(conn, contact, ConversationId(0))
}

/// Ends one; says whether it was in force.
///
/// # Errors
/// The database's.
pub fn end(tx: &Transaction<'_>, id: RefusalId, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE refusals SET ended_at = max(?2, 1) WHERE id = ?1 AND ended_at = 0";
    Ok(row::run(tx, sql, params![id.0, now.0])? > 0)
}

/// Puts an ended one in force again; says whether it was ended.
///
/// # Errors
/// The database's.
pub fn revive(tx: &Transaction<'_>, id: RefusalId) -> Result<bool> {
    Ok(row::run(tx, "UPDATE refusals SET ended_at = 0 WHERE id = ? AND ended_at <> 0", [id.0])? > 0)
}

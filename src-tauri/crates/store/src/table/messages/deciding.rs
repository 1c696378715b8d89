//! What automation is still to look at: a mark on the message, set in the transaction that stored it, so that none is
//! forgotten by a crash and none is looked at twice once its decision is written.
//!
//! Not here: what is decided.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::machine::Sign;
use theke_domain::message::Direction;
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row;

/// Puts a message up for automation.
///
/// # Errors
/// The database's.
pub fn ask(tx: &Transaction<'_>, id: MessageId) -> Result<()> {
    row::run(tx, "UPDATE messages SET to_decide = 1 WHERE id = ?", [id.0])?;
    Ok(())
}

/// Those that are to be looked at, oldest first, behind `after`.
///
/// # Errors
/// The database's.
pub fn waiting(conn: &Connection, after: MessageId, limit: u32) -> Result<Vec<MessageId>> {
    let sql = "SELECT id FROM messages WHERE to_decide = 1 AND id > ? ORDER BY id LIMIT ?";
    row::all(conn, sql, params![after.0, limit], |r| row::id(r, "id"))
}

/// A message was looked at. `false`: another process did so before.
///
/// # Errors
/// The database's.
pub fn decided(tx: &Transaction<'_>, id: MessageId) -> Result<bool> {
    Ok(row::run(tx, "UPDATE messages SET to_decide = 0 WHERE id = ? AND to_decide = 1", [id.0])? > 0)
}

/// Leaves alone what was stored before a moment: nobody wanted it looked at then. Gives how many.
///
/// # Errors
/// The database's.
pub fn forget_before(tx: &Transaction<'_>, stored_before: Timestamp) -> Result<usize> {
    row::run(tx, "UPDATE messages SET to_decide = 0 WHERE to_decide = 1 AND stored_at < ?", [stored_before.0])
}

/// What tells that a program wrote a message; empty for a person's.
///
/// # Errors
/// The database's.
pub fn signs(conn: &Connection, id: MessageId) -> Result<Vec<Sign>> {
    let found =
        row::first(conn, "SELECT signs FROM messages WHERE id = ?", [id.0], |r| row::json(r, "signs"))?;
    Ok(found.unwrap_or_default())
}

/// A place in the row of all messages by time; begin with [`FROM_THE_NEWEST`].
pub const FROM_THE_NEWEST: i64 = i64::MAX;

/// A message on the way through all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passed {
    /// Which.
    pub id: MessageId,
    /// The place behind it.
    pub place: i64,
    /// It came from a customer.
    pub incoming: bool,
}

/// The messages before a place, newest first.
///
/// # Errors
/// The database's.
pub fn before(conn: &Connection, place: i64, limit: u32) -> Result<Vec<Passed>> {
    let sql = "SELECT id, search_key, direction FROM messages WHERE search_key < ?
               ORDER BY search_key DESC LIMIT ?";
    row::all(conn, sql, params![place, limit], |r| {
        let direction: Direction = row::word(r, "direction")?;
        Ok(Passed {
            id: row::id(r, "id")?,
            place: r.get("search_key")?,
            incoming: direction == Direction::In,
        })
    })
}

/// Whether a contact wrote before a moment.
///
/// # Errors
/// The database's.
pub fn came_before(conn: &Connection, contact: ContactId, moment: Timestamp) -> Result<bool> {
    let sql = "SELECT 1 FROM messages WHERE contact_id = ? AND direction = 'in' AND at < ? LIMIT 1";
    Ok(row::first(conn, sql, params![contact.0, moment.0], |_| Ok(()))?.is_some())
}

/// When messages of a contact came in from `from` until before `until`, newest first.
///
/// # Errors
/// The database's.
pub fn times_between(
    conn: &Connection,
    contact: ContactId,
    from: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<Timestamp>> {
    let sql = "SELECT at FROM messages WHERE contact_id = ? AND direction = 'in' AND at >= ? AND at < ?
               ORDER BY at DESC LIMIT ?";
    row::all(conn, sql, params![contact.0, from.0, until.0, limit], |r| row::at(r, "at"))
}

/// Whether somebody of the shop, or a program, wrote in a conversation after a moment; what was taken back or failed does
/// not count.
///
/// # Errors
/// The database's.
pub fn answered_since(conn: &Connection, conversation: ConversationId, since: Timestamp) -> Result<bool> {
    let sql = "SELECT 1 FROM messages WHERE conversation_id = ? AND at >= ? AND direction = 'out'
                   AND delivery NOT IN ('failed') LIMIT 1";
    Ok(row::first(conn, sql, params![conversation.0, since.0], |_| Ok(()))?.is_some())
}

/// How many automatic answers that left at or after a moment a message names in its thread, whoever sends it: a program
/// that answers from a new address each time is known by them.
///
/// # Errors
/// The database's.
pub fn named_automatic(conn: &Connection, id: MessageId, since: Timestamp) -> Result<u32> {
    let sql = "SELECT count(DISTINCT m.id) FROM message_references r
                   JOIN messages m ON lower(m.message_ref) = lower(r.reference) AND m.message_ref <> ''
               WHERE r.message_id = ? AND m.direction = 'out' AND m.automatic = 1 AND m.at >= ?";
    row::one(conn, sql, params![id.0, since.0])
}

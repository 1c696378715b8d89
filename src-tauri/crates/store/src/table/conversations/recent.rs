//! Further facts for `theke_domain::threading`: a contact's conversations of the last days by medium, the order
//! numbers that a conversation names, and who took part in it.

use rusqlite::{Connection, params};
use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;

use super::{COLUMNS, Conversation, from_row};
use crate::error::Result;
use crate::row;

/// A conversation of the last days and when it was last active by one medium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentOne {
    /// The row.
    pub conversation: Conversation,
    /// Newest message of it by the medium that was asked about.
    pub last_on_medium_at: Option<Timestamp>,
}

/// The contact's conversations that were alive after `since`, closed ones too, newest first, spam left out.
///
/// # Errors
/// The database's.
pub fn of_contact(
    conn: &Connection,
    contact: ContactId,
    medium: &Medium,
    since: Timestamp,
) -> Result<Vec<RecentOne>> {
    let sql = format!(
        "SELECT {COLUMNS}, coalesce((SELECT max(m.at) FROM messages m
                                     WHERE m.conversation_id = v.id AND m.medium = ?2), 0) AS on_medium_at
         FROM conversations v
         WHERE v.contact_id = ?1 AND v.last_message_at >= ?3 AND v.spam = 0
         ORDER BY v.last_message_at DESC, v.id DESC LIMIT 20"
    );
    row::all(conn, &sql, params![contact.0, medium.as_str(), since.0], |r| {
        Ok(RecentOne { conversation: from_row(r)?, last_on_medium_at: row::some_at(r, "on_medium_at")? })
    })
}

/// The order numbers that messages of a conversation name, each once.
///
/// # Errors
/// The database's.
pub fn order_keys(conn: &Connection, id: ConversationId) -> Result<Vec<String>> {
    let sql =
        "SELECT DISTINCT order_key FROM messages WHERE conversation_id = ? AND order_key <> '' LIMIT 50";
    row::all(conn, sql, [id.0], |r| r.get(0))
}

/// Whether a customer wrote in a conversation.
///
/// # Errors
/// The database's.
pub fn has_incoming(conn: &Connection, id: ConversationId) -> Result<bool> {
    row::one(conn, "SELECT last_in_at <> 0 FROM conversations WHERE id = ?", [id.0])
}

/// How many recipients (To and Cc) a message names.
///
/// # Errors
/// The database's.
pub fn recipients(conn: &Connection, id: MessageId) -> Result<u32> {
    let sql = "SELECT count(*) FROM message_parties WHERE message_id = ? AND role IN ('to', 'cc')";
    row::one(conn, sql, [id.0])
}

/// Open conversations in which the customer spoke last, in a span of time, the newest first; spam left out.
///
/// # Errors
/// The database's.
pub fn unanswered(
    conn: &Connection,
    from: Timestamp,
    until: Timestamp,
    limit: u32,
) -> Result<Vec<ConversationId>> {
    let sql = "SELECT id FROM conversations
               WHERE spam = 0 AND status = 'open' AND last_message_at >= ? AND last_message_at <= ? AND last_direction = 'in'
               ORDER BY last_message_at DESC, id DESC LIMIT ?";
    row::all(conn, sql, params![from.0, until.0, limit], |r| row::id(r, "id"))
}

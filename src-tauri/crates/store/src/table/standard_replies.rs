//! Texts that the shop writes again and again. A shop has dozens, so they are read whole.
//!
//! Not here: which text fits a customer, and filling it in.

use rusqlite::{Connection, Transaction, params};
use serde::{Deserialize, Serialize};
use theke_domain::ids::{ConversationId, MessageId, StandardReplyId};
use theke_domain::time::Timestamp;

use super::accounts::must_exist;
use crate::error::Result;
use crate::row;

/// A text of a standard reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// ISO code.
    pub language: String,
    /// For this medium alone; empty = for all others.
    pub medium: String,
    /// With placeholders.
    pub text: String,
}

/// A standard reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardReply {
    /// Row.
    pub id: StandardReplyId,
    /// What it is for.
    pub name: String,
    /// Typed behind a slash.
    pub shortcut: String,
    /// How often it was sent.
    pub used: u32,
    /// When it was last sent.
    pub last_used_at: Option<Timestamp>,
    /// By language and medium.
    pub texts: Vec<Text>,
}

const SELECT: &str = "SELECT id, name, shortcut, used, last_used_at FROM standard_replies";

fn with_texts(conn: &Connection, mut found: Vec<StandardReply>) -> Result<Vec<StandardReply>> {
    let sql = "SELECT language, medium, text FROM standard_reply_texts WHERE reply_id = ? ORDER BY language, medium";
    for reply in &mut found {
        reply.texts = row::all(conn, sql, [reply.id.0], |r| {
            Ok(Text { language: r.get("language")?, medium: r.get("medium")?, text: r.get("text")? })
        })?;
    }
    Ok(found)
}

fn from_row(r: &rusqlite::Row<'_>) -> row::Sql<StandardReply> {
    Ok(StandardReply {
        id: row::id(r, "id")?,
        name: r.get("name")?,
        shortcut: r.get("shortcut")?,
        used: r.get("used")?,
        last_used_at: row::some_at(r, "last_used_at")?,
        texts: Vec::new(),
    })
}

/// All that stand, by name.
///
/// # Errors
/// The database's.
pub fn all(conn: &Connection) -> Result<Vec<StandardReply>> {
    let found = row::all(conn, &format!("{SELECT} WHERE removed_at = 0"), [], from_row)?;
    let mut found = with_texts(conn, found)?;
    found.sort_by_key(|reply| (reply.shortcut.is_empty(), reply.shortcut.clone(), reply.name.to_lowercase()));
    Ok(found)
}

/// One that stands.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: StandardReplyId) -> Result<Option<StandardReply>> {
    let found = row::all(conn, &format!("{SELECT} WHERE id = ? AND removed_at = 0"), [id.0], from_row)?;
    Ok(with_texts(conn, found)?.pop())
}

/// Saves one over the one before, or as a new one.
///
/// # Errors
/// The database's, also for a shortcut that another one has.
pub fn save(
    tx: &Transaction<'_>,
    id: Option<StandardReplyId>,
    name: &str,
    shortcut: &str,
    texts: &[Text],
    now: Timestamp,
) -> Result<StandardReplyId> {
    let sql = "INSERT INTO standard_replies (id, name, shortcut, changed_at) VALUES (?, ?, ?, ?)
               ON CONFLICT (id) DO UPDATE
               SET name = excluded.name, shortcut = excluded.shortcut, changed_at = excluded.changed_at
               RETURNING id";
    let saved: i64 = row::one(tx, sql, params![id.map(|id| id.0), name, shortcut, now.0])?;
    row::run(tx, "DELETE FROM standard_reply_texts WHERE reply_id = ?", [saved])?;
    let sql = "INSERT INTO standard_reply_texts (reply_id, language, medium, text) VALUES (?, ?, ?, ?)";
    for text in texts {
        row::run(tx, sql, params![saved, text.language, text.medium, text.text])?;
    }
    Ok(StandardReplyId(saved))
}

/// Whether it is as it was saved then.
///
/// # Errors
/// The database's.
pub fn is_as_of(conn: &Connection, id: StandardReplyId, at: Timestamp) -> Result<bool> {
    let sql =
        "SELECT EXISTS (SELECT 1 FROM standard_replies WHERE id = ? AND changed_at = ? AND removed_at = 0)";
    row::one(conn, sql, params![id.0, at.0])
}

/// Takes one away.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn remove(tx: &Transaction<'_>, id: StandardReplyId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE standard_replies SET removed_at = ?2 WHERE id = ?1 AND removed_at = 0";
    must_exist(row::run(tx, sql, params![id.0, now.0])?)
}

/// Notes in which message it was sent.
///
/// # Errors
/// The database's.
pub fn used(tx: &Transaction<'_>, id: StandardReplyId, message: MessageId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE standard_replies SET used = used + 1, last_used_at = ?2 WHERE id = ?1";
    if row::run(tx, sql, params![id.0, now.0])? > 0 {
        let sql = "INSERT INTO standard_reply_uses (message_id, reply_id) VALUES (?, ?)";
        row::run(tx, sql, [message.0, id.0])?;
    }
    Ok(())
}

/// A page of the conversations in which it was sent, each with the last message of it there, newest first. `before`: the
/// message of the last one of the page before.
///
/// # Errors
/// The database's.
pub fn uses(
    conn: &Connection,
    id: StandardReplyId,
    before: Option<MessageId>,
    limit: u32,
) -> Result<Vec<(MessageId, ConversationId)>> {
    let sql = "SELECT u.message_id, m.conversation_id
               FROM standard_reply_uses u CROSS JOIN messages m ON m.id = u.message_id
               WHERE u.reply_id = ?1 AND u.message_id < ?2
                 AND NOT EXISTS (SELECT 1 FROM messages o CROSS JOIN standard_reply_uses l ON l.message_id = o.id
                                 WHERE o.conversation_id = m.conversation_id AND o.id > m.id AND l.reply_id = ?1)
               ORDER BY u.message_id DESC LIMIT ?3";
    let before = before.map_or(i64::MAX, |id| id.0);
    row::all(conn, sql, params![id.0, before, limit], |r| {
        Ok((row::id(r, "message_id")?, row::id(r, "conversation_id")?))
    })
}

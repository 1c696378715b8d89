//! Unsent answers, one per conversation. An empty draft is none.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::ConversationId;
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row;

/// A draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The text.
    pub body: String,
    /// The medium that the person chose.
    pub via: Option<Medium>,
    /// When it was saved.
    pub saved_at: Timestamp,
}

/// The draft of a conversation.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, conversation: ConversationId) -> Result<Option<Draft>> {
    let sql = "SELECT body, via, saved_at FROM drafts WHERE conversation_id = ?";
    row::first(conn, sql, [conversation.0], |r| {
        Ok(Draft {
            body: r.get("body")?,
            via: row::some_text(r, "via")?.map(Medium::new),
            saved_at: row::at(r, "saved_at")?,
        })
    })
}

/// Saves it over the one before.
///
/// # Errors
/// The database's.
pub fn save(tx: &Transaction<'_>, conversation: ConversationId, draft: &Draft) -> Result<()> {
    let sql = "INSERT INTO drafts (conversation_id, body, via, saved_at) VALUES (?, ?, ?, ?)
               ON CONFLICT (conversation_id) DO UPDATE
               SET body = excluded.body, via = excluded.via, saved_at = excluded.saved_at";
    let via = draft.via.as_ref().map_or("", Medium::as_str);
    row::run(tx, sql, params![conversation.0, draft.body, via, draft.saved_at.0])?;
    Ok(())
}

/// Removes it.
///
/// # Errors
/// The database's.
pub fn remove(tx: &Transaction<'_>, conversation: ConversationId) -> Result<()> {
    row::run(tx, "DELETE FROM drafts WHERE conversation_id = ?", [conversation.0])?;
    Ok(())
}

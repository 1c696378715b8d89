//! Questions that were asked back and wait for an answer: one in a conversation at a time.
//!
//! Not here: the tree and its steps (`theke_domain::dialogue`).

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::dialogue::State;
use theke_domain::ids::{ContactId, ConversationId, RuleId};
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row::{self, Sql};

/// A dialogue that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dialogue {
    /// Where.
    pub conversation_id: ConversationId,
    /// With whom.
    pub contact_id: ContactId,
    /// Whose tree.
    pub rule_id: RuleId,
    /// Its version.
    pub rule_version: u32,
    /// Where in the tree.
    pub state: State,
}

fn from_row(r: &Row<'_>) -> Sql<Dialogue> {
    let answers: BTreeMap<String, String> = row::json(r, "answers")?;
    Ok(Dialogue {
        conversation_id: row::id(r, "conversation_id")?,
        contact_id: row::id(r, "contact_id")?,
        rule_id: row::id(r, "rule_id")?,
        rule_version: r.get("rule_version")?,
        state: State {
            node: r.get("node")?,
            answers,
            asked: r.get("asked")?,
            expires_at: row::at(r, "expires_at")?,
        },
    })
}

/// The one of a conversation.
///
/// # Errors
/// The database's.
pub fn of_conversation(conn: &Connection, id: ConversationId) -> Result<Option<Dialogue>> {
    let sql = "SELECT conversation_id, contact_id, rule_id, rule_version, node, answers, asked, expires_at
               FROM dialogues WHERE conversation_id = ?";
    row::first(conn, sql, [id.0], from_row)
}

/// Begins one or goes on with it: what stood there before is over.
///
/// # Errors
/// The database's.
pub fn put(tx: &Transaction<'_>, one: &Dialogue) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO dialogues
                   (conversation_id, contact_id, rule_id, rule_version, node, answers, asked, expires_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let state = &one.state;
    let answers = serde_json::to_string(&state.answers)?;
    row::run(
        tx,
        sql,
        params![
            one.conversation_id.0,
            one.contact_id.0,
            one.rule_id.0,
            one.rule_version,
            state.node,
            answers,
            state.asked,
            state.expires_at.0
        ],
    )?;
    Ok(())
}

/// Ends the one of a conversation. Says whether there was one.
///
/// # Errors
/// The database's.
pub fn end(tx: &Transaction<'_>, id: ConversationId) -> Result<bool> {
    Ok(row::run(tx, "DELETE FROM dialogues WHERE conversation_id = ?", [id.0])? > 0)
}

/// Ends all whose time is over; gives their conversations, in which a person goes on.
///
/// # Errors
/// The database's.
pub fn end_expired(tx: &Transaction<'_>, now: Timestamp) -> Result<Vec<ConversationId>> {
    let sql = "DELETE FROM dialogues WHERE expires_at < ? RETURNING conversation_id";
    row::all(tx, sql, [now.0], |r| row::id(r, "conversation_id"))
}

/// When the next one ends.
///
/// # Errors
/// The database's.
pub fn next_end(conn: &Connection) -> Result<Option<Timestamp>> {
    row::first(conn, "SELECT expires_at FROM dialogues ORDER BY expires_at LIMIT 1", [], |r| {
        row::at(r, "expires_at")
    })
}

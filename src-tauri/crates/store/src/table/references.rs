//! The header links of a message to older ones, known or not. Stored for every message, because on a first sync
//! the answer comes before what it answers, and two answers may share a parent that never comes.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::MessageId;
use theke_domain::message::ThreadHeaders;

use crate::error::Result;
use crate::row;

/// At most so many are kept: the first and the last ones. Some programs write thousands.
const KEPT: usize = 100;

/// Stores the chain of a message, In-Reply-To last where References lack it.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, message: MessageId, thread: &ThreadHeaders) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO message_references (message_id, position, reference) VALUES (?, ?, ?)";
    for (position, reference) in (0_i64..).zip(chain(thread)) {
        row::run(tx, sql, params![message.0, position, reference])?;
    }
    Ok(())
}

/// References and In-Reply-To as one chain, oldest first, each once, at most [`KEPT`].
pub fn chain(thread: &ThreadHeaders) -> Vec<&str> {
    let mut chain: Vec<&str> = Vec::new();
    let answered = thread.in_reply_to.as_deref();
    for reference in thread.references.iter().map(String::as_str).chain(answered) {
        if !reference.is_empty() && !chain.iter().take(KEPT * 4).any(|known| *known == reference) {
            chain.push(reference);
        }
    }
    if chain.len() > KEPT {
        let cut = chain.len() - KEPT / 2;
        chain.drain(KEPT / 2..cut);
    }
    chain
}

/// The chain of a message, oldest first.
///
/// # Errors
/// The database's.
pub fn of_message(conn: &Connection, message: MessageId) -> Result<Vec<String>> {
    let sql = "SELECT reference FROM message_references WHERE message_id = ? ORDER BY position";
    row::all(conn, sql, [message.0], |r| r.get("reference"))
}

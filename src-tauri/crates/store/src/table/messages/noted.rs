//! Calls and visits that a person of the shop noted: messages of a conversation like any other, without an account and
//! without an outbox row, so that nothing can send them.
//!
//! Not here: which conversation one belongs to.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::message::{Delivery, Direction};
use theke_domain::time::Timestamp;

use super::get;
use crate::error::{Error, Result};
use crate::row;
use crate::table::bodies::{self, Body};

/// Their channel kind: none of the registry's.
pub const KIND: &str = "noted";
/// Characters of the first words that a list shows.
const SNIPPET_CHARS: usize = 160;

/// A message of which only the way and the time matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Which way.
    pub direction: Direction,
    /// When.
    pub at: Timestamp,
    /// It was noted by hand: both talked.
    pub noted: bool,
}

/// The last things that were said with a contact, newest first, without what a program wrote or what never left.
///
/// # Errors
/// The database's.
pub fn said(conn: &Connection, contact: ContactId, limit: u32) -> Result<Vec<Said>> {
    let sql = "SELECT conversation_id, direction, at, kind, delivery, automatic FROM messages
               WHERE contact_id = ? ORDER BY at DESC, id DESC LIMIT ?";
    let rows = row::all(conn, sql, params![contact.0, limit], |r| {
        let delivery: Delivery = row::word(r, "delivery")?;
        let left =
            matches!(delivery, Delivery::Received | Delivery::Sent | Delivery::Delivered | Delivery::Read);
        let said = Said {
            conversation: row::id(r, "conversation_id")?,
            direction: row::word(r, "direction")?,
            at: row::at(r, "at")?,
            noted: r.get::<_, String>("kind")? == KIND,
        };
        Ok(Some(said).filter(|_| left && !r.get::<_, bool>("automatic").unwrap_or(false)))
    })?;
    Ok(rows.into_iter().flatten().collect())
}

/// Another text for one that was noted.
///
/// # Errors
/// The database's; [`Error::NotFound`], also where the message was not noted by hand.
pub fn rewrite(tx: &Transaction<'_>, id: MessageId, text: &str) -> Result<()> {
    let message = get(tx, id)?.filter(|row| row.kind.as_str() == KIND).ok_or(Error::NotFound)?;
    let snippet: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let snippet: String = snippet.chars().take(SNIPPET_CHARS).collect();
    crate::search::messages::forget(tx, id)?;
    let sql = "UPDATE messages SET snippet = ?2, searchable = 0 WHERE id = ?1";
    row::run(tx, sql, params![id.0, snippet])?;
    bodies::put(tx, id, &Body { text: text.to_owned(), ..Body::default() })?;
    let sql = "UPDATE conversations SET snippet = ?3 WHERE id = ?1 AND last_message_id = ?2";
    row::run(tx, sql, params![message.conversation_id.0, id.0, snippet])?;
    match get(tx, id)? {
        Some(message) => crate::search::messages::index(tx, &message),
        None => Ok(()),
    }
}

/// How far one has come: there is nothing left to wait for.
pub fn delivery(direction: Direction) -> Delivery {
    match direction {
        Direction::In => Delivery::Received,
        Direction::Out => Delivery::Sent,
    }
}

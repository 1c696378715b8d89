//! How a message is recognised ("stored exactly once") and what it is linked to by headers.
//!
//! Where it belongs is decided by `theke_domain::threading` from these facts.

use rusqlite::{Connection, params};
use theke_domain::ids::{AccountId, ContactId, ConversationId, MessageId};
use theke_domain::message::Direction;
use theke_domain::threading::reference_key;
use theke_domain::time::Timestamp;

use super::{COLUMNS, Message, from_row};
use crate::error::Result;
use crate::row;

/// Linked messages that one question gives at most, per link.
const LINKS: u32 = 50;

/// Messages with this content key: of one account, or of any.
///
/// # Errors
/// The database's.
pub fn by_content(conn: &Connection, account: Option<AccountId>, content_key: &str) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m
         WHERE m.content_key = ?1 AND m.content_key <> '' AND (?2 = 0 OR m.account_id = ?2) ORDER BY m.account_id, m.id LIMIT 20"
    );
    row::all(conn, &sql, params![content_key, account.map_or(0, |account| account.0)], from_row)
}

/// Messages with this Message-ID or client reference; two different ones may have the same.
///
/// # Errors
/// The database's.
pub fn by_ref(conn: &Connection, message_ref: &str) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m WHERE lower(m.message_ref) = ?1 AND m.message_ref <> ''
         ORDER BY m.id LIMIT 20"
    );
    row::all(conn, &sql, [reference_key(message_ref)], from_row)
}

/// How a stored message is linked to a new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// The new one names it in In-Reply-To or References.
    Named,
    /// It names the new one: the answer was stored first.
    Answers,
    /// It has the same id: delivered twice, or a program that gives every message the same id.
    SameId,
    /// Both name a third one.
    Sibling,
}

/// A stored message that is linked to a new one, with what the decision needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked {
    /// How.
    pub link: Link,
    /// The reference by which: for [`Link::Named`] the one that was named.
    pub reference: String,
    /// The message.
    pub message_id: MessageId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// Whose it is.
    pub contact_id: ContactId,
    /// Which way it went.
    pub direction: Direction,
    /// When.
    pub at: Timestamp,
    /// Subject key of its conversation.
    pub subject_key: String,
    /// When its conversation was last alive.
    pub last_message_at: Timestamp,
}

/// The stored messages that are linked to a message with this own id and this chain (see
/// [`crate::table::references::chain`]). Nearest first: the last named before the first, named before answers
/// before equal ids before siblings. Ids are compared as `threading::reference_key` does. An unknown reference gives nothing by itself.
///
/// # Errors
/// The database's.
pub fn linked(conn: &Connection, own_ref: Option<&str>, chain: &[&str]) -> Result<Vec<Linked>> {
    const FACTS: &str =
        "m.id, m.conversation_id, m.contact_id, m.direction, m.at, v.subject_key, v.last_message_at";
    let named = format!(
        "SELECT {FACTS} FROM messages m JOIN conversations v ON v.id = m.conversation_id
         WHERE lower(m.message_ref) = ?1 AND m.message_ref <> '' ORDER BY m.id DESC LIMIT ?2"
    );
    let naming = format!(
        "SELECT {FACTS} FROM message_references r JOIN messages m ON m.id = r.message_id
                JOIN conversations v ON v.id = m.conversation_id
         WHERE lower(r.reference) = ?1 ORDER BY r.message_id DESC LIMIT ?2"
    );
    let mut found = Vec::new();
    let mut ask = |link: Link, sql: &str, reference: &str| -> Result<()> {
        found.extend(row::all(conn, sql, params![reference_key(reference), LINKS], |r| {
            Ok(Linked {
                link,
                reference: reference.to_owned(),
                message_id: row::id(r, "id")?,
                conversation_id: row::id(r, "conversation_id")?,
                contact_id: row::id(r, "contact_id")?,
                direction: row::word(r, "direction")?,
                at: row::at(r, "at")?,
                subject_key: r.get("subject_key")?,
                last_message_at: row::at(r, "last_message_at")?,
            })
        })?);
        Ok(())
    };
    for reference in chain.iter().rev() {
        ask(Link::Named, &named, reference)?;
    }
    if let Some(own) = own_ref.filter(|own| !own.is_empty()) {
        ask(Link::Answers, &naming, own)?;
        ask(Link::SameId, &named, own)?;
    }
    for reference in chain.iter().rev() {
        ask(Link::Sibling, &naming, reference)?;
    }
    Ok(found)
}

/// Whether this address wrote or received a message of the conversation.
///
/// # Errors
/// The database's.
pub fn took_part(conn: &Connection, conversation: ConversationId, address: &str) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM messages m WHERE m.conversation_id = ?1
                   AND (m.from_address = ?2
                        OR EXISTS (SELECT 1 FROM message_parties p WHERE p.message_id = m.id AND p.address = ?2)))";
    row::one(conn, sql, params![conversation.0, address])
}

//! Taking old messages out of the file: those of closed conversations before a given moment, with all that hangs on them.
//!
//! In slices, a transaction each, so that nobody waits. Never what is open, waits or is snoozed, what has a star, what has a
//! draft, and what is not sent; and by both times of a message, since a sender may write any day into it. Customers stay. Deleted rows are overwritten; the search index keeps the words of what was
//! deleted until it is rewritten, which is done in slices as well. Not here: when, and how old (the engine).

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row;
use crate::table::messages::{first_search_key, progress};
use crate::table::{contacts, conversations, entries};

/// The conversations from which may be removed.
const MAY_GO: &str = "c.status = 'closed' AND c.starred = 0
    AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = c.id)";
/// The messages that may not.
const STAYS: &str = "EXISTS (SELECT 1 FROM outbox o WHERE o.message_id = m.id
    AND o.state IN ('queued', 'sending', 'committed', 'held', 'failed', 'in_doubt'))";

/// What would go.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Preview {
    /// Messages.
    pub messages: u64,
    /// Conversations of which nothing would be left.
    pub conversations: u64,
    /// Files that hang on the messages.
    pub attachments: u64,
    /// Notes of the shop's people in those conversations.
    pub notes: u64,
}

/// What a slice removed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    /// Messages.
    pub messages: Vec<MessageId>,
    /// Contacts that they were of.
    pub contacts: Vec<ContactId>,
    /// Where the next slice begins; `None` at the end.
    pub next: Option<i64>,
}

/// Counts what would go, and changes nothing.
///
/// # Errors
/// The database's.
pub fn preview(conn: &Connection, before: Timestamp) -> Result<Preview> {
    let sql = format!(
        "SELECT count(*) AS messages, coalesce(sum(m.attachments), 0) AS attachments
         FROM messages m INDEXED BY messages_for_search CROSS JOIN conversations c ON c.id = m.conversation_id
         WHERE m.search_key < ?1 AND m.received_at < ?2 AND {MAY_GO} AND NOT {STAYS}"
    );
    let key = params![first_search_key(before), before.0];
    let count = |value: i64| u64::try_from(value).unwrap_or(0);
    let (messages, attachments) =
        row::first(conn, &sql, key, |r| Ok((count(r.get("messages")?), count(r.get("attachments")?))))?
            .unwrap_or_default();
    let sql = format!(
        "SELECT count(*) FROM conversations c WHERE {MAY_GO} AND c.last_message_at > 0 AND c.last_message_at < ?"
    );
    let conversations = count(row::one(conn, &sql, [before.0])?);
    let sql = format!(
        "SELECT count(*) FROM conversations c CROSS JOIN entries e ON e.conversation_id = c.id
         WHERE {MAY_GO} AND c.first_message_at < ?1 AND e.kind = 'note' AND e.removed_at = 0 AND e.at < ?1"
    );
    let notes = count(row::one(conn, &sql, [before.0])?);
    Ok(Preview { messages, conversations, attachments, notes })
}

/// Removes up to `limit` messages from before this moment, oldest first, beginning at `from` (0 at first).
///
/// # Errors
/// The database's.
pub fn remove_some(tx: &Transaction<'_>, before: Timestamp, from: i64, limit: u32) -> Result<Slice> {
    let sql = format!(
        "SELECT m.id, m.conversation_id, m.contact_id, m.search_key
         FROM messages m INDEXED BY messages_for_search CROSS JOIN conversations c ON c.id = m.conversation_id
         WHERE m.search_key >= ?1 AND m.search_key < ?2 AND m.received_at < ?3 AND {MAY_GO} AND NOT {STAYS}
         ORDER BY m.search_key LIMIT ?4"
    );
    type Found = (MessageId, ConversationId, ContactId, i64);
    let found: Vec<Found> =
        row::all(tx, &sql, params![from, first_search_key(before), before.0, limit], |r| {
            Ok((
                row::id(r, "id")?,
                row::id(r, "conversation_id")?,
                row::id(r, "contact_id")?,
                r.get("search_key")?,
            ))
        })?;
    let full = found.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    let next = found.last().filter(|_| full).map(|(.., key)| key + 1);
    let mut of_conversations: Vec<ConversationId> = found.iter().map(|(_, id, ..)| *id).collect();
    of_conversations.sort_unstable();
    of_conversations.dedup();
    let mut contacts: Vec<ContactId> = found.iter().map(|(_, _, id, _)| *id).collect();
    contacts.sort_unstable();
    contacts.dedup();
    for conversation in &of_conversations {
        entries::remove_before(tx, *conversation, before)?;
    }
    let messages: Vec<MessageId> = found.iter().map(|(id, ..)| *id).collect();
    for message in &messages {
        progress::remove_rows(tx, *message)?;
    }
    for conversation in of_conversations {
        conversations::reshape::settle(tx, conversation)?;
    }
    for contact in &contacts {
        contacts::recount(tx, *contact)?;
    }
    Ok(Slice { messages, contacts, next })
}

/// Begins to rewrite the search index without the words of what was deleted; go on with
/// [`crate::search::messages::merge_some`] until there is nothing more to do.
///
/// # Errors
/// The database's.
pub fn begin_purge(tx: &Transaction<'_>) -> Result<()> {
    row::run(tx, "INSERT INTO messages_fts (messages_fts, rank) VALUES ('merge', -16)", [])?;
    row::run(tx, "INSERT INTO contacts_fts (contacts_fts) VALUES ('optimize')", [])?;
    row::run(tx, "INSERT INTO notes_fts (notes_fts) VALUES ('optimize')", [])?;
    Ok(())
}

/// Takes notes out of the file that were removed before this moment, and the ways back of all changes from before it: some hold
/// what stood there. Says whether anything went.
///
/// # Errors
/// The database's.
pub fn forget_removed(tx: &Transaction<'_>, before: Timestamp) -> Result<bool> {
    let notes = row::run(tx, "DELETE FROM entries WHERE removed_at > 0 AND removed_at < ?", [before.0])?;
    let changes = row::run(tx, "DELETE FROM changes WHERE at < ?", [before.0])?;
    Ok(notes + changes > 0)
}

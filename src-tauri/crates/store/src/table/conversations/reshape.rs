//! Moving messages between conversations by hand, and counting a conversation anew from its messages.
//!
//! A conversation that lost its last message is removed with its draft; ids are never reused.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;

use super::{Conversation, NewConversation, get, insert};
use crate::error::{Error, Result};
use crate::row;

/// Moves one message to another conversation, which may be of another contact: the message goes with it. Gives
/// the conversation that it left, if that still has messages.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn move_message(
    tx: &Transaction<'_>,
    message: MessageId,
    to: ConversationId,
) -> Result<Option<ConversationId>> {
    let target = get(tx, to)?.ok_or(Error::NotFound)?;
    let from = conversation_of(tx, message)?;
    if from == to {
        return Ok(Some(from));
    }
    let source = get(tx, from)?.ok_or(Error::NotFound)?;
    // Moved by hand to somebody else, it is theirs, whose identity it may have.
    let sql = "UPDATE messages SET conversation_id = ?2, contact_id = ?3,
                   origin_contact_id = iif(contact_id = ?3, origin_contact_id, 0) WHERE id = ?1";
    row::run(tx, sql, params![message.0, to.0, target.contact_id.0])?;
    let sql = "UPDATE outbox SET contact_id = ?2 WHERE message_id = ?1 AND contact_id <> ?2";
    row::run(tx, sql, params![message.0, target.contact_id.0])?;
    let left = settle(tx, from)?;
    settle(tx, to)?;
    recount_contacts(tx, &source, &target)?;
    Ok(left)
}

/// Moves one message to a conversation of its own, with the status of the old one; gives that. A message that is
/// alone already stays where it is.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn split(
    tx: &Transaction<'_>,
    message: MessageId,
    subject_key: &str,
    now: Timestamp,
) -> Result<ConversationId> {
    let from = conversation_of(tx, message)?;
    let old = get(tx, from)?.ok_or(Error::NotFound)?;
    if old.message_count <= 1 {
        return Ok(from);
    }
    let subject: Option<String> = row::one(tx, "SELECT subject FROM messages WHERE id = ?", [message.0])?;
    let new = insert(
        tx,
        &NewConversation {
            contact_id: old.contact_id,
            subject: subject.unwrap_or_default(),
            subject_key: subject_key.to_owned(),
            status: old.status,
            spam: old.spam,
            at: now,
        },
    )?;
    if let Some(until) = old.snoozed_until {
        super::set_status(tx, new, old.status, Some(until), now)?;
    }
    move_message(tx, message, new)?;
    Ok(new)
}

/// Gives some messages of a conversation, not all, to one of their own that is another contact's; gives that. It is as
/// the old one in all that a person decided. The contacts are counted by the caller.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn branch(
    tx: &Transaction<'_>,
    from: &Conversation,
    contact: ContactId,
    messages: &BTreeSet<MessageId>,
    now: Timestamp,
) -> Result<ConversationId> {
    let new = NewConversation {
        contact_id: contact,
        subject: from.subject.clone(),
        subject_key: from.subject_key.clone(),
        status: from.status,
        spam: from.spam,
        at: now,
    };
    let id = insert(tx, &new)?;
    if let Some(until) = from.snoozed_until {
        super::set_status(tx, id, from.status, Some(until), now)?;
    }
    super::set_starred(tx, id, from.starred)?;
    for message in messages {
        let sql = "UPDATE messages SET conversation_id = ?2 WHERE id = ?1 AND conversation_id = ?3";
        row::run(tx, sql, params![message.0, id.0, from.id.0])?;
    }
    settle(tx, from.id)?;
    settle(tx, id)?;
    Ok(id)
}

/// Moves all messages of `from` into `into`; `from` is removed. Its draft goes along unless `into` has one.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn join(tx: &Transaction<'_>, from: ConversationId, into: ConversationId) -> Result<()> {
    let source = get(tx, from)?.ok_or(Error::NotFound)?;
    let target = get(tx, into)?.ok_or(Error::NotFound)?;
    if from == into {
        return Ok(());
    }
    if source.contact_id != target.contact_id {
        let sql = "UPDATE outbox SET contact_id = ?2
                   WHERE message_id IN (SELECT id FROM messages WHERE conversation_id = ?1 AND direction = 'out')";
        row::run(tx, sql, params![from.0, target.contact_id.0])?;
    }
    let sql = "UPDATE messages SET conversation_id = ?2, contact_id = ?3,
                   origin_contact_id = iif(contact_id = ?3, origin_contact_id, 0) WHERE conversation_id = ?1";
    row::run(tx, sql, params![from.0, into.0, target.contact_id.0])?;
    row::run(
        tx,
        "UPDATE OR IGNORE drafts SET conversation_id = ?2 WHERE conversation_id = ?1",
        [from.0, into.0],
    )?;
    super::super::entries::hand_over(tx, from, into, target.contact_id)?;
    super::super::staged::hand_over(tx, from, into)?;
    settle(tx, from)?;
    settle(tx, into)?;
    recount_contacts(tx, &source, &target)
}

/// Counts the row anew from its messages; an empty conversation is removed. Gives it if it is still there.
///
/// # Errors
/// The database's.
pub fn settle(tx: &Transaction<'_>, id: ConversationId) -> Result<Option<ConversationId>> {
    let count: i64 = row::one(tx, "SELECT count(*) FROM messages WHERE conversation_id = ?", [id.0])?;
    if count == 0 {
        super::super::drafts::remove(tx, id)?;
        super::super::dialogues::end(tx, id)?;
        super::super::entries::leave(tx, id)?;
        row::run(tx, "DELETE FROM conversations WHERE id = ?", [id.0])?;
        return Ok(None);
    }
    let media = media_in_order(tx, id)?;
    let sql = "UPDATE conversations SET message_count = ?2, media = ?3,
                   unread = (SELECT count(*) FROM messages WHERE conversation_id = ?1 AND direction = 'in' AND seen = 0),
                   first_message_at = (SELECT min(at) FROM messages WHERE conversation_id = ?1),
                   has_attachments = EXISTS
                       (SELECT 1 FROM messages WHERE conversation_id = ?1 AND attachments > 0),
                   last_in_at = coalesce(
                       (SELECT max(at) FROM messages WHERE conversation_id = ?1 AND direction = 'in'), 0),
                   last_in_account_id = coalesce(
                       (SELECT account_id FROM messages WHERE conversation_id = ?1 AND direction = 'in'
                        ORDER BY at DESC, id DESC LIMIT 1), 0),
                   (last_message_at, last_message_id, snippet, last_direction, last_account_id) =
                       (SELECT at, id, snippet, direction, account_id FROM messages WHERE conversation_id = ?1
                        ORDER BY at DESC, id DESC LIMIT 1)
               WHERE id = ?1";
    row::run(tx, sql, params![id.0, count, serde_json::to_string(&media)?])?;
    Ok(Some(id))
}

fn media_in_order(conn: &Connection, id: ConversationId) -> Result<Vec<Medium>> {
    let sql = "SELECT medium FROM messages WHERE conversation_id = ? ORDER BY at, id";
    let mut media: Vec<Medium> = Vec::new();
    for medium in row::all(conn, sql, [id.0], |r| r.get::<_, String>("medium"))?.into_iter().map(Medium::new)
    {
        if !media.contains(&medium) {
            media.push(medium);
        }
    }
    Ok(media)
}

fn conversation_of(conn: &Connection, message: MessageId) -> Result<ConversationId> {
    let sql = "SELECT conversation_id FROM messages WHERE id = ?";
    row::first(conn, sql, [message.0], |r| row::id(r, "conversation_id"))?.ok_or(Error::NotFound)
}

fn recount_contacts(tx: &Transaction<'_>, one: &Conversation, other: &Conversation) -> Result<()> {
    if one.contact_id != other.contact_id {
        super::super::contacts::recount(tx, one.contact_id)?;
        super::super::contacts::recount(tx, other.contact_id)?;
    }
    Ok(())
}

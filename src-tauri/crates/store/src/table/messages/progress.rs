//! What changes about a stored message: delivery, flags, where it belongs, and its removal.

use rusqlite::{Transaction, params};
use theke_domain::ids::{AccountId, MessageId};
use theke_domain::message::{Delivery, Direction, Flags};
use theke_domain::time::Timestamp;

use super::{free_search_key, get, lists};
use crate::error::{Error, Result};
use crate::row;
use crate::table::accounts::must_exist;
use crate::table::{Trouble, contacts, conversations};
use crate::words::Word;

/// Sets how far a message of ours has come, whatever it was: for the outbox.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn set_delivery(
    tx: &Transaction<'_>,
    id: MessageId,
    delivery: Delivery,
    trouble: Option<&Trouble>,
) -> Result<()> {
    let sql = "UPDATE messages SET delivery = ?2, error_code = ?3, error_text = ?4 WHERE id = ?1";
    let (code, text) = trouble.map_or(("", ""), |trouble| (&trouble.code, &trouble.text));
    must_exist(row::run(tx, sql, params![id.0, delivery.word(), code, text])?)
}

/// Takes a provider's report. A state never goes back; a report about a message in doubt settles it. Says whether
/// anything changed.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn report(
    tx: &Transaction<'_>,
    id: MessageId,
    delivery: Delivery,
    trouble: Option<&Trouble>,
) -> Result<bool> {
    let message = get(tx, id)?.ok_or(Error::NotFound)?;
    let settled =
        matches!(message.delivery, Delivery::Delivered | Delivery::Read) && delivery == Delivery::Failed;
    let forward = delivery > message.delivery || message.delivery == Delivery::InDoubt;
    if message.direction == Direction::In || settled || !forward {
        return Ok(false);
    }
    set_delivery(tx, id, delivery, trouble)?;
    Ok(true)
}

/// Sets read and answered as the provider or a person has them; says whether anything changed.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn set_flags(tx: &Transaction<'_>, id: MessageId, flags: Flags) -> Result<bool> {
    let message = get(tx, id)?.ok_or(Error::NotFound)?;
    if message.seen == flags.seen && message.answered == flags.answered {
        return Ok(false);
    }
    let sql = "UPDATE messages SET seen = ?2, answered = ?3 WHERE id = ?1";
    row::run(tx, sql, params![id.0, flags.seen, flags.answered])?;
    if message.direction == Direction::In && message.seen != flags.seen {
        let sql = "UPDATE conversations SET unread = max(unread + ?2, 0) WHERE id = ?1";
        let step = if flags.seen { -1 } else { 1 };
        row::run(tx, sql, params![message.conversation_id.0, step])?;
    }
    Ok(true)
}

/// Notes that it was answered.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn set_answered(tx: &Transaction<'_>, id: MessageId) -> Result<()> {
    must_exist(row::run(tx, "UPDATE messages SET answered = 1 WHERE id = ?", [id.0])?)
}

/// A message of ours left later than it was written: from now on it stands where it left, in the timeline, in the lists
/// and in the search.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn left_at(tx: &Transaction<'_>, id: MessageId, at: Timestamp) -> Result<()> {
    crate::search::messages::forget(tx, id)?;
    let sql = "UPDATE messages SET at = ?2, search_key = ?3, searchable = 0 WHERE id = ?1";
    must_exist(row::run(tx, sql, params![id.0, at.0, free_search_key(tx, at)?])?)?;
    let message = get(tx, id)?.ok_or(Error::NotFound)?;
    crate::search::messages::index(tx, &message)?;
    conversations::reshape::settle(tx, message.conversation_id)?;
    contacts::recount(tx, message.contact_id)
}

/// Removes a message with all that hangs on it, the search index included; its conversation goes when it was the
/// last one. The freed bytes are overwritten.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn delete(tx: &Transaction<'_>, id: MessageId) -> Result<()> {
    let message = get(tx, id)?.ok_or(Error::NotFound)?;
    remove_rows(tx, id)?;
    conversations::reshape::settle(tx, message.conversation_id)?;
    contacts::recount(tx, message.contact_id)
}

/// Removes up to `limit` messages of an account; gives how many. Call it until it gives 0, a transaction each.
/// Contacts stay.
///
/// # Errors
/// The database's.
pub fn delete_of_account(tx: &Transaction<'_>, account: AccountId, limit: u32) -> Result<usize> {
    let ids = lists::of_account(tx, Some(account), MessageId(0), limit)?;
    let (mut of_conversations, mut of_contacts) = (Vec::new(), Vec::new());
    for id in &ids {
        let message = get(tx, *id)?.ok_or(Error::NotFound)?;
        of_conversations.push(message.conversation_id);
        of_contacts.push(message.contact_id);
        remove_rows(tx, *id)?;
    }
    of_conversations.sort_unstable();
    of_conversations.dedup();
    for conversation in of_conversations {
        conversations::reshape::settle(tx, conversation)?;
    }
    of_contacts.sort_unstable();
    of_contacts.dedup();
    for contact in of_contacts {
        contacts::recount(tx, contact)?;
    }
    Ok(ids.len())
}

/// The rows of a message, without counting anew what it was part of.
pub(crate) fn remove_rows(tx: &Transaction<'_>, id: MessageId) -> Result<()> {
    crate::search::messages::forget(tx, id)?;
    for sql in [
        "DELETE FROM message_bodies WHERE message_id = ?",
        "DELETE FROM message_references WHERE message_id = ?",
        "DELETE FROM message_parties WHERE message_id = ?",
        "DELETE FROM pending_flags WHERE (account_id, remote_id) IN
             (SELECT account_id, remote_id FROM remote_ids WHERE message_id = ?)",
        "DELETE FROM remote_ids WHERE message_id = ?",
        "DELETE FROM attachments WHERE message_id = ?",
        "DELETE FROM outbox WHERE message_id = ?",
        "DELETE FROM standard_reply_uses WHERE message_id = ?",
        "DELETE FROM wishes WHERE message_id = ?",
        "DELETE FROM claims WHERE message_id = ?",
        "UPDATE decisions SET text = '', evidence = '[]' WHERE message_id = ?",
        "DELETE FROM messages WHERE id = ?",
    ] {
        row::run(tx, sql, [id.0])?;
    }
    Ok(())
}

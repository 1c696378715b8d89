//! Whose each message and each conversation is once a merge is undone.
//!
//! A message goes with its identity, whenever it came; one with an origin of its own goes there; one with neither goes
//! with its conversation. A conversation goes with its messages; where they are of both, each side gets its own part.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::time::Timestamp;

use super::tree;
use crate::error::Result;
use crate::row;
use crate::table::conversations::{self, reshape};

/// The two sides of an undone merge.
pub(super) struct Sides<'a> {
    /// Who stands for itself again.
    pub part: ContactId,
    /// All that is part of it.
    pub parts: &'a [ContactId],
    /// Whose everything is until now.
    pub rest: ContactId,
    /// To whom on the other side something goes that has lost its own origin.
    pub survivor: ContactId,
    pub now: Timestamp,
}

/// A conversation that changed, and the one that the other side has of it.
pub(super) struct Placed {
    pub conversation: ConversationId,
    pub owner: ContactId,
    pub counterpart: Option<ConversationId>,
}

/// What was sorted.
#[derive(Default)]
pub(super) struct Sorted {
    /// Messages of the part.
    pub messages: Vec<MessageId>,
    pub conversations: Vec<Placed>,
}

/// Notes in each message whose identity belongs to somebody else, or that has none, to whom it belongs. Others lose
/// nothing by a merge, because an identity keeps its origin.
///
/// There are few of them among any number of messages, so only what lies between the contact's own identities is looked at.
pub(super) fn stamp_messages(tx: &Transaction<'_>, contact: ContactId) -> Result<()> {
    let mut own = Vec::new();
    for part in tree::parts_of(tx, contact)? {
        own.extend(identities_of(tx, part, contact)?);
    }
    own.sort_unstable();
    let sql = "UPDATE messages SET origin_contact_id = ?1
               WHERE contact_id = ?1 AND identity_id > ?2 AND identity_id < ?3 AND origin_contact_id = 0";
    let ends = own.iter().copied().chain([i64::MAX]);
    for (before, after) in [i64::MIN].into_iter().chain(own.iter().copied()).zip(ends) {
        row::run(tx, sql, [contact.0, before, after])?;
    }
    let sql = "UPDATE messages SET origin_contact_id = ?1
               WHERE contact_id = ?1 AND identity_id IS NULL AND origin_contact_id = 0";
    row::run(tx, sql, [contact.0])?;
    Ok(())
}

/// The identities that were first known for `origin` and are `contact`'s now, removed ones too. An identity changes hands
/// with its origin alone.
fn identities_of(tx: &Transaction<'_>, origin: ContactId, contact: ContactId) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM identities WHERE origin_contact_id = ? AND contact_id = ?";
    row::all(tx, sql, [origin.0, contact.0], |r| r.get("id"))
}

/// Gives the part its messages and conversations. Its identities have been given to it before.
///
/// Only what is the part's, or stands beside it in a conversation, is read: the other one may have any number of messages.
pub(super) fn sort(tx: &Transaction<'_>, sides: &Sides<'_>) -> Result<Sorted> {
    let origins = conversations_of(tx, sides)?;
    let messages = messages_of(tx, sides, &origins)?;
    let touched: BTreeSet<ConversationId> =
        origins.keys().copied().chain(messages.values().copied()).collect();
    let mut by_conversation = Vec::new();
    for conversation in touched {
        let sql = "SELECT id FROM messages WHERE conversation_id = ? AND +contact_id = ?";
        let all = row::all(tx, sql, [conversation.0, sides.rest.0], |r| row::id::<MessageId>(r, "id"))?;
        let parted = all.into_iter().partition(|message| messages.contains_key(message));
        by_conversation.push((conversation, parted));
    }
    let mut sorted = Sorted { messages: messages.into_keys().collect(), conversations: Vec::new() };
    for (conversation, (ours, theirs)) in &by_conversation {
        place(tx, sides, *conversation, origins.get(conversation).copied(), (ours, theirs), &mut sorted)?;
    }
    Ok(sorted)
}

/// The conversations that were the part's before, with whose of the part.
fn conversations_of(tx: &Transaction<'_>, sides: &Sides<'_>) -> Result<BTreeMap<ConversationId, ContactId>> {
    let sql = "SELECT id FROM conversations
               WHERE origin_contact_id = ?1 AND origin_contact_id <> 0 AND +contact_id = ?2";
    let mut origins = BTreeMap::new();
    for origin in sides.parts {
        let found = row::all(tx, sql, [origin.0, sides.rest.0], |r| row::id::<ConversationId>(r, "id"))?;
        origins.extend(found.into_iter().map(|conversation| (conversation, *origin)));
    }
    Ok(origins)
}

/// The messages that go to the part, with their conversations.
fn messages_of(
    tx: &Transaction<'_>,
    sides: &Sides<'_>,
    origins: &BTreeMap<ConversationId, ContactId>,
) -> Result<BTreeMap<MessageId, ConversationId>> {
    let read = |sql: &str, values: [i64; 2]| {
        row::all(tx, sql, values, |r| {
            Ok((row::id::<MessageId>(r, "id")?, row::id::<ConversationId>(r, "conversation_id")?))
        })
    };
    let mut found = BTreeMap::new();
    for part in sides.parts {
        let sql = "SELECT id, conversation_id FROM messages
                   WHERE origin_contact_id = ?1 AND origin_contact_id <> 0 AND +contact_id = ?2";
        found.extend(read(sql, [part.0, sides.rest.0])?);
        let sql = "SELECT id, conversation_id FROM messages
                   WHERE identity_id = ?1 AND contact_id = ?2 AND origin_contact_id = 0";
        for identity in identities_of(tx, *part, sides.part)? {
            found.extend(read(sql, [identity, sides.rest.0])?);
        }
    }
    let sql = "SELECT id, conversation_id FROM messages
               WHERE +contact_id = ?2 AND conversation_id = ?1 AND identity_id IS NULL AND origin_contact_id = 0";
    for conversation in origins.keys() {
        found.extend(read(sql, [conversation.0, sides.rest.0])?);
    }
    Ok(found)
}

/// One conversation. `origin` is that of the part, if it was the part's before.
fn place(
    tx: &Transaction<'_>,
    sides: &Sides<'_>,
    conversation: ConversationId,
    origin: Option<ContactId>,
    (ours, theirs): (&BTreeSet<MessageId>, &BTreeSet<MessageId>),
    sorted: &mut Sorted,
) -> Result<()> {
    if ours.is_empty() && origin.is_none() {
        return Ok(());
    }
    for message in ours {
        row::run(tx, "UPDATE messages SET contact_id = ?2 WHERE id = ?1", [message.0, sides.part.0])?;
    }
    let goes = theirs.is_empty() || (origin.is_some() && !ours.is_empty());
    let owner = if goes { sides.part } else { sides.rest };
    let kept_origin = match origin {
        Some(origin) if goes && origin != sides.part => Some(origin),
        _ if goes => None,
        Some(_) => Some(sides.survivor).filter(|survivor| *survivor != sides.rest),
        // It stays where it is, as it is.
        None => origin_of(tx, conversation)?,
    };
    let sql = "UPDATE conversations SET contact_id = ?2, origin_contact_id = ?3 WHERE id = ?1";
    row::run(tx, sql, params![conversation.0, owner.0, kept_origin.map_or(0, |origin| origin.0)])?;
    let (guest, guests) = if goes { (sides.rest, theirs) } else { (sides.part, ours) };
    let mut counterpart = None;
    if !guests.is_empty()
        && let Some(from) = conversations::get(tx, conversation)?
    {
        counterpart = Some(reshape::branch(tx, &from, guest, guests, sides.now)?);
    }
    sorted.conversations.push(Placed { conversation, owner, counterpart });
    Ok(())
}

fn origin_of(tx: &Transaction<'_>, conversation: ConversationId) -> Result<Option<ContactId>> {
    let sql = "SELECT origin_contact_id AS origin FROM conversations WHERE id = ?";
    Ok(row::first(tx, sql, [conversation.0], |r| row::some_id(r, "origin"))?.flatten())
}

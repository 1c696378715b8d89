//! Whose each message and each conversation is once a merge is undone.
//!
//! A message goes with its identity, whenever it came; one with an origin of its own goes there; one with neither goes
//! with its conversation. A conversation goes with its messages; where they are of both, each side gets its own part.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::time::Timestamp;

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
pub(super) fn stamp_messages(tx: &Transaction<'_>, contact: ContactId) -> Result<()> {
    let sql = "UPDATE messages SET origin_contact_id = ?1
               WHERE contact_id = ?1 AND origin_contact_id = 0
                 AND (SELECT i.contact_id FROM identities i WHERE i.id = messages.identity_id) IS NOT ?1";
    row::run(tx, sql, [contact.0])?;
    Ok(())
}

struct Found {
    message: MessageId,
    of_part: bool,
}

/// Gives the part its messages and conversations. Its identities have been given to it before.
pub(super) fn sort(tx: &Transaction<'_>, sides: &Sides<'_>) -> Result<Sorted> {
    let is_part = |origin: ContactId| sides.parts.contains(&origin);
    let sql = "SELECT id, origin_contact_id AS origin FROM conversations WHERE contact_id = ?";
    let origins: BTreeMap<ConversationId, ContactId> =
        row::all(tx, sql, [sides.rest.0], |r| Ok((row::id(r, "id")?, row::id(r, "origin")?)))?
            .into_iter()
            .collect();
    let sql = "SELECT m.id, m.conversation_id, m.origin_contact_id AS origin, i.contact_id AS owner
               FROM messages m LEFT JOIN identities i ON i.id = m.identity_id WHERE m.contact_id = ?";
    let mut by_conversation: BTreeMap<ConversationId, Vec<Found>> =
        origins.keys().map(|id| (*id, Vec::new())).collect();
    let rows = row::all(tx, sql, [sides.rest.0], |r| {
        let conversation: ConversationId = row::id(r, "conversation_id")?;
        let (origin, owner) = (row::some_id(r, "origin")?, row::some_id::<ContactId>(r, "owner")?);
        let of_part = match (origin, owner) {
            (Some(origin), _) => is_part(origin),
            (None, Some(owner)) => owner == sides.part,
            (None, None) => origins.get(&conversation).is_some_and(|origin| is_part(*origin)),
        };
        Ok((conversation, Found { message: row::id(r, "id")?, of_part }))
    })?;
    for (conversation, found) in rows {
        by_conversation.entry(conversation).or_default().push(found);
    }
    let mut sorted = Sorted::default();
    for (conversation, found) in by_conversation {
        let origin = origins.get(&conversation).copied().filter(|origin| is_part(*origin));
        place(tx, sides, conversation, origin, &found, &mut sorted)?;
        sorted.messages.extend(found.iter().filter(|found| found.of_part).map(|found| found.message));
    }
    Ok(sorted)
}

/// One conversation. `origin` is that of the part, if it was the part's before.
fn place(
    tx: &Transaction<'_>,
    sides: &Sides<'_>,
    conversation: ConversationId,
    origin: Option<ContactId>,
    found: &[Found],
    sorted: &mut Sorted,
) -> Result<()> {
    let ours: BTreeSet<MessageId> = found.iter().filter(|one| one.of_part).map(|one| one.message).collect();
    let theirs: BTreeSet<MessageId> =
        found.iter().filter(|one| !one.of_part).map(|one| one.message).collect();
    if ours.is_empty() && origin.is_none() {
        return Ok(());
    }
    for message in &ours {
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
    let (guest, guests) = if goes { (sides.rest, &theirs) } else { (sides.part, &ours) };
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

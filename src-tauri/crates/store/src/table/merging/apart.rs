//! Taking a merge back: everybody gets what is theirs, as the merges still in force say.
//!
//! What came by an address goes with that address, also if it came later; what was noted later stays with the survivor.

use std::collections::BTreeSet;

use rusqlite::{Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, MergeId};
use theke_domain::time::Timestamp;

use super::sorting::{self, Placed, Sides, Sorted};
use super::{Merge, WITH_ORIGIN, fields, tree};
use crate::error::Result;
use crate::table::contacts;
use crate::{row, search};

/// What changed with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parted {
    /// Who stands for itself again.
    pub part: ContactId,
    /// Who it was part of.
    pub rest: ContactId,
    /// Conversations that went, stayed in part, or are new.
    pub conversations: BTreeSet<ConversationId>,
}

/// Takes a merge back; `None` if it was undone before.
///
/// # Errors
/// The database's.
pub fn unmerge(tx: &Transaction<'_>, id: MergeId, now: Timestamp) -> Result<Option<Parted>> {
    let Some(merge) = super::get(tx, id)?.filter(|merge| merge.undone_at.is_none()) else {
        return Ok(None);
    };
    let part = merge.absorbed;
    let parts = tree::parts_of(tx, part)?;
    let way_up = tree::way_up(tx, merge.survivor)?;
    let rest = way_up.last().map_or(merge.survivor, |last| last.survivor);
    row::run(tx, "UPDATE merges SET undone_at = max(?2, 1) WHERE id = ?1", params![id.0, now.0])?;
    for origin in &parts {
        let sql = "UPDATE identities SET contact_id = ?1 WHERE origin_contact_id = ?3 AND contact_id = ?2";
        row::run(tx, sql, [part.0, rest.0, origin.0])?;
    }
    let sides = Sides { part, parts: &parts, rest, survivor: merge.survivor, now };
    let sorted = sorting::sort(tx, &sides)?;
    rows_back(tx, &sides)?;
    for placed in &sorted.conversations {
        follow(tx, &sides, placed)?;
    }
    beside_messages(tx, &sides, &merge, &sorted)?;
    preferences_back(tx, &merge, &way_up)?;
    fields::give_back(tx, &merge)?;
    for one in &parts {
        let root = Some(part.0).filter(|_| *one != part);
        row::run(tx, "UPDATE contacts SET merged_into_id = ?2 WHERE id = ?1", params![one.0, root])?;
    }
    for contact in [part, rest] {
        // Whoever is nobody but itself needs no stamps.
        if tree::parts_of(tx, contact)?.len() == 1 {
            let sql =
                "UPDATE messages SET origin_contact_id = 0 WHERE contact_id = ?1 AND origin_contact_id = ?1";
            row::run(tx, sql, [contact.0])?;
        }
        contacts::recount(tx, contact)?;
        search::contacts::index(tx, contact)?;
    }
    let conversations =
        sorted.conversations.iter().flat_map(|one| [Some(one.conversation), one.counterpart]).flatten();
    Ok(Some(Parted { part, rest, conversations: conversations.collect() }))
}

/// Rows with an origin of their own.
fn rows_back(tx: &Transaction<'_>, sides: &Sides<'_>) -> Result<()> {
    for table in WITH_ORIGIN.iter().filter(|table| **table != "conversations") {
        let sql = format!(
            "UPDATE OR IGNORE {table} SET contact_id = ?1, origin_contact_id = iif(origin_contact_id = ?1, 0, origin_contact_id)
             WHERE contact_id = ?2 AND origin_contact_id = ?3"
        );
        for origin in sides.parts {
            row::run(tx, &sql, [sides.part.0, sides.rest.0, origin.0])?;
        }
    }
    Ok(())
}

/// What stands in a conversation: its events go with it; a note that stays with its contact is in that contact's part of
/// the conversation, or in none.
fn follow(tx: &Transaction<'_>, sides: &Sides<'_>, placed: &Placed) -> Result<()> {
    let (conversation, owner) = (placed.conversation.0, placed.owner.0);
    let other = if placed.owner == sides.part { sides.rest } else { sides.part };
    if placed.owner == sides.part {
        let sql = "UPDATE entries SET contact_id = ?2
                   WHERE conversation_id = ?1 AND contact_id = ?3 AND kind = 'event' AND origin_contact_id = 0";
        row::run(tx, sql, [conversation, owner, other.0])?;
    }
    let counterpart = placed.counterpart.map_or(0, |id| id.0);
    for table in ["entries", "goodwill", "tasks", "refusals"] {
        let sql =
            format!("UPDATE {table} SET conversation_id = ?3 WHERE conversation_id = ?1 AND contact_id = ?2");
        row::run(tx, &sql, [conversation, other.0, counterpart])?;
    }
    Ok(())
}

/// What goes with a message: its place in the outbox, decisions, a wish that was read in it.
fn beside_messages(tx: &Transaction<'_>, sides: &Sides<'_>, merge: &Merge, sorted: &Sorted) -> Result<()> {
    let (part, rest, last) = (sides.part.0, sides.rest.0, merge.kept.last_decision);
    for message in &sorted.messages {
        let decided = [
            "UPDATE decisions SET contact_id = ?1 WHERE message_id = ?2 AND id > ?3 AND contact_id = ?4",
            "UPDATE decisions SET contact_id = ?1 WHERE id = (SELECT decision_id FROM outbox WHERE message_id = ?2)
                 AND id > ?3 AND contact_id = ?4",
        ];
        for sql in decided {
            row::run(tx, sql, [part, message.0, last, rest])?;
        }
        let sql = "UPDATE outbox SET contact_id = ?1 WHERE message_id = ?2 AND contact_id = ?3";
        row::run(tx, sql, [part, message.0, rest])?;
    }
    let sql = "UPDATE wishes SET (contact_id, conversation_id) =
                   (SELECT m.contact_id, m.conversation_id FROM messages m WHERE m.id = wishes.message_id)
               WHERE contact_id = ?";
    row::run(tx, sql, [rest])?;
    let sql = "UPDATE dialogues SET contact_id =
                   (SELECT c.contact_id FROM conversations c WHERE c.id = dialogues.conversation_id)
               WHERE contact_id = ?";
    row::run(tx, sql, [rest])?;
    let kept = [
        ("UPDATE decisions SET contact_id = ?1 WHERE id = ?2 AND contact_id = ?3", &merge.kept.decisions),
        ("UPDATE new_drafts SET contact_id = ?1 WHERE id = ?2 AND contact_id = ?3", &merge.kept.new_drafts),
    ];
    for (sql, ids) in kept {
        for id in ids {
            row::run(tx, sql, [part, *id, rest])?;
        }
    }
    Ok(())
}

/// Preferences that ended because somebody else's stayed in force, whoever that was: they are in force again where nobody
/// has set another one.
fn preferences_back(tx: &Transaction<'_>, merge: &Merge, way_up: &[Merge]) -> Result<()> {
    let sql = "UPDATE OR IGNORE preferences SET ended_at = 0 WHERE id = ?1 AND contact_id = ?2";
    for kept in std::iter::once(merge).chain(way_up).map(|merge| &merge.kept) {
        if kept.ended_preference != 0 {
            row::run(tx, sql, [kept.ended_preference, merge.absorbed.0])?;
        }
    }
    Ok(())
}

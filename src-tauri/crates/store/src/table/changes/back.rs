//! Walking the steps of a change backwards.

use std::collections::BTreeSet;

use rusqlite::{Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, EntryId, MergeId, MessageId};
use theke_domain::time::Timestamp;

use super::image::put_back;
use super::step::Absorbed;
use super::{Image, ReplyBefore, Step, rows, rule_step, wish_step};
use crate::error::Result;
use crate::table::conversations::{self, Status, reshape};
use crate::table::messages::{self, noted};
use crate::table::{blocked, contacts, duplicates, entries, merging, picture_senders, standard_replies};
use crate::table::{identities, imports, settings};
use crate::words::Word;
use crate::{row, search};

/// What an undo came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Undone {
    /// Steps that were taken back; 0 = nothing is as the change left it.
    pub steps: usize,
    /// Conversations that look different now.
    pub conversations: BTreeSet<ConversationId>,
    /// Contacts that look different now.
    pub contacts: BTreeSet<ContactId>,
    /// Messages whose read mark changed, with what it is now; the provider is told.
    pub seen: Vec<(MessageId, bool)>,
}

/// Takes the steps back, the last one first.
///
/// # Errors
/// The database's.
pub fn undo(tx: &Transaction<'_>, steps: &[Step], now: Timestamp) -> Result<Undone> {
    let mut undone = Undone::default();
    for step in steps.iter().rev() {
        if take_back(tx, step, now, &mut undone)? {
            undone.steps += 1;
        }
    }
    Ok(undone)
}

fn take_back(tx: &Transaction<'_>, step: &Step, now: Timestamp, undone: &mut Undone) -> Result<bool> {
    match step {
        Step::Status { conversation, status, until, changed_at, became } => {
            undone.conversations.insert(*conversation);
            set_status_back(tx, *conversation, status, *until, *changed_at, became)
        }
        Step::Starred { conversation, was } => {
            undone.conversations.insert(*conversation);
            flag_back(
                tx,
                "UPDATE conversations SET starred = ?2 WHERE id = ?1 AND starred <> ?2",
                *conversation,
                *was,
            )
        }
        Step::Spam { conversation, was } => {
            undone.conversations.insert(*conversation);
            flag_back(
                tx,
                "UPDATE conversations SET spam = ?2 WHERE id = ?1 AND spam <> ?2",
                *conversation,
                *was,
            )
        }
        Step::Seen { conversation, messages, was } => {
            undone.conversations.insert(*conversation);
            for message in messages {
                conversations::set_seen(tx, *message, *was)?;
                undone.seen.push((*message, *was));
            }
            Ok(!messages.is_empty())
        }
        Step::Blocked { contact, address, was } => {
            undone.contacts.insert(*contact);
            if *was { blocked::block(tx, address, now) } else { blocked::unblock(tx, address) }
        }
        Step::Placed { messages, from, to, entries, row, draft } => {
            undone.conversations.extend([*from, *to]);
            let moved = Moved { messages, entries: entries.iter().map(|id| id.0).collect(), row, draft };
            place_back(tx, &moved, *from, *to)
        }
        Step::Wish(wish) => wish_step::take_back(tx, wish, now, undone),
        Step::Noted { message } | Step::NotedAnew { message, .. } => {
            let Some(row) = messages::get(tx, *message)? else { return Ok(false) };
            undone.conversations.insert(row.conversation_id);
            undone.contacts.insert(row.contact_id);
            match step {
                Step::NotedAnew { text, .. } => noted::rewrite(tx, *message, text)?,
                _ => messages::progress::delete(tx, *message)?,
            }
            Ok(true)
        }
        of_contact => contact_back(tx, of_contact, now, undone),
    }
}

/// The steps that change a card rather than a conversation.
fn contact_back(tx: &Transaction<'_>, step: &Step, now: Timestamp, undone: &mut Undone) -> Result<bool> {
    match step {
        Step::Named { contact, name, source, became } => {
            undone.contacts.insert(*contact);
            name_back(tx, *contact, name, source, became)
        }
        Step::AddressAdded { identity, contact } => {
            undone.contacts.insert(*contact);
            let ours = identities::get(tx, *identity)?.is_some_and(|row| row.contact_id == *contact);
            let sql = "UPDATE identities SET removed_at = max(?2, 1) WHERE id = ?1 AND removed_at = 0";
            let took = ours && row::run(tx, sql, params![identity.0, now.0])? > 0;
            search::contacts::index(tx, *contact)?;
            Ok(took)
        }
        Step::AddressRemoved { identity, contact } => {
            undone.contacts.insert(*contact);
            // Another contact may have got the address since; it stays there.
            let sql = "UPDATE OR IGNORE identities SET removed_at = 0 WHERE id = ?1 AND removed_at <> 0";
            let took = row::run(tx, sql, [identity.0])? > 0;
            search::contacts::index(tx, *contact)?;
            Ok(took)
        }
        Step::Absorbed(absorbed) => take_old_apart(tx, absorbed, now, undone),
        Step::Merged { merge } => take_apart(tx, *merge, now, undone),
        Step::Unmerged { survivor, absorbed, taken } => {
            undone.contacts.extend([*survivor, *absorbed]);
            merge_again(tx, *survivor, *absorbed, taken, now)
        }
        Step::NotSame { first, second } => {
            undone.contacts.extend([*first, *second]);
            duplicates::take_back_not_same(tx, *first, *second)
        }
        Step::Preferred { contact, ended, began } => {
            undone.contacts.insert(*contact);
            prefer_back(tx, *ended, *began)
        }
        Step::ReplyRemoved { .. } | Step::ReplySaved { .. } => reply_back(tx, step, now),
        Step::RuleRemoved { .. }
        | Step::RuleSaved { .. }
        | Step::RuleSwitched { .. }
        | Step::RulesOrdered { .. } => rule_step::take_back(tx, step, now),
        Step::SettingSet { key, before, became } => setting_back(tx, key, before.as_ref(), became, now),
        Step::PicturesForgotten { address } => {
            let forgotten = !picture_senders::is_allowed(tx, address)?;
            picture_senders::allow(tx, address, now)?;
            Ok(forgotten)
        }
        Step::Imported { import } => Ok(imports::take_back(tx, *import, now)?.is_some()),
        Step::Note { entry, text, changed_at } => note_back(tx, *entry, text, *changed_at, undone),
        Step::Row(changed) => {
            undone.contacts.extend(Some(changed.contact).filter(|contact| contact.0 != 0));
            let took = rows::take_back(tx, changed)?;
            if took && changed.table == "contacts" {
                contacts::known_anew(tx, changed.contact)?;
            }
            Ok(took)
        }
        Step::TagGone(gone) => rows::tag_back(tx, gone),
        Step::Wish(_)
        | Step::Status { .. }
        | Step::Starred { .. }
        | Step::Spam { .. }
        | Step::Seen { .. }
        | Step::Blocked { .. }
        | Step::Noted { .. }
        | Step::NotedAnew { .. }
        | Step::Placed { .. } => Ok(false),
    }
}

/// Only where nobody has set it since.
fn setting_back(
    tx: &Transaction<'_>,
    key: &str,
    before: Option<&serde_json::Value>,
    became: &serde_json::Value,
    now: Timestamp,
) -> Result<bool> {
    if settings::get(tx, key)?.as_ref() != Some(became) {
        return Ok(false);
    }
    match before {
        Some(before) => settings::set(tx, key, before, now)?,
        None => settings::remove(tx, key)?,
    }
    Ok(true)
}

/// The steps that change a standard reply.
fn reply_back(tx: &Transaction<'_>, step: &Step, now: Timestamp) -> Result<bool> {
    match step {
        Step::ReplyRemoved { reply } => {
            // Another one may have got its shortcut since.
            let sql = "UPDATE OR IGNORE standard_replies SET removed_at = 0 WHERE id = ? AND removed_at <> 0";
            Ok(row::run(tx, sql, [reply.0])? > 0)
        }
        Step::ReplySaved { reply, before, at } => {
            let ours = standard_replies::is_as_of(tx, *reply, *at)?;
            match before.as_ref().filter(|_| ours) {
                Some(before) => {
                    let ReplyBefore { name, shortcut, texts } = before;
                    standard_replies::save(tx, Some(*reply), name, shortcut, texts, now)?;
                }
                None if ours => standard_replies::remove(tx, *reply, now)?,
                None => {}
            }
            Ok(ours)
        }
        _ => Ok(false),
    }
}

fn note_back(
    tx: &Transaction<'_>,
    id: EntryId,
    text: &str,
    changed_at: Option<Timestamp>,
    undone: &mut Undone,
) -> Result<bool> {
    entries::set_removed(tx, id, None)?;
    let sql = "UPDATE entries SET text = ?2, changed_at = ?3 WHERE id = ?1";
    row::run(tx, sql, params![id.0, text, row::or_never(changed_at)])?;
    search::notes::index(tx, id, text)?;
    if let Some(entry) = entries::get(tx, id)? {
        undone.contacts.insert(entry.contact_id);
        undone.conversations.extend(entry.conversation_id);
    }
    Ok(true)
}

fn set_status_back(
    tx: &Transaction<'_>,
    id: ConversationId,
    status: &str,
    until: Option<Timestamp>,
    changed_at: Timestamp,
    became: &str,
) -> Result<bool> {
    let sql = "UPDATE conversations SET status = ?2, snoozed_until = ?3, status_changed_at = ?4
               WHERE id = ?1 AND status = ?5";
    let Some(status) = Status::from_word(status) else { return Ok(false) };
    let values = params![id.0, status.word(), row::or_never(until), changed_at.0, became];
    Ok(row::run(tx, sql, values)? > 0)
}

fn flag_back(tx: &Transaction<'_>, sql: &str, id: ConversationId, was: bool) -> Result<bool> {
    Ok(row::run(tx, sql, params![id.0, was])? > 0)
}

/// What went to another conversation, and what it left.
struct Moved<'a> {
    messages: &'a [MessageId],
    entries: Vec<i64>,
    row: &'a Image,
    draft: &'a Option<Image>,
}

fn place_back(
    tx: &Transaction<'_>,
    moved: &Moved<'_>,
    from: ConversationId,
    to: ConversationId,
) -> Result<bool> {
    let ended = conversations::get(tx, from)?.is_none();
    if ended && !put_back(tx, "conversations", moved.row)? {
        return Ok(false);
    }
    let Some(home) = conversations::get(tx, from)? else { return Ok(false) };
    // Only what is still there: a message that was moved on since stays where a person put it.
    let sql =
        "UPDATE messages SET conversation_id = ?2, contact_id = ?3 WHERE id = ?1 AND conversation_id = ?4";
    let mut took = 0;
    for message in moved.messages {
        took += row::run(tx, sql, params![message.0, from.0, home.contact_id.0, to.0])?;
    }
    let sql = "UPDATE entries SET conversation_id = ?2, contact_id = ?3 WHERE id = ?1 AND conversation_id IN (?4, 0)";
    for entry in &moved.entries {
        row::run(tx, sql, params![entry, from.0, home.contact_id.0, to.0])?;
    }
    if let Some(draft) = moved.draft.as_ref().filter(|_| ended) {
        // It went along when the conversations were joined; where a person has gone on with it, both keep it.
        row::run(
            tx,
            "DELETE FROM drafts WHERE conversation_id = ?1 AND saved_at = ?2",
            params![to.0, draft.number("saved_at")],
        )?;
        put_back(tx, "drafts", draft)?;
    }
    let home = reshape::settle(tx, from)?.and(Some(home.contact_id));
    let target = conversations::get(tx, to)?.map(|target| target.contact_id);
    reshape::settle(tx, to)?;
    for contact in home.into_iter().chain(target) {
        contacts::recount(tx, contact)?;
    }
    Ok(took > 0)
}

fn name_back(tx: &Transaction<'_>, id: ContactId, name: &str, source: &str, became: &str) -> Result<bool> {
    let sql = "UPDATE contacts SET name = ?2, name_source = ?3, folded_name = ?4 WHERE id = ?1 AND name = ?5";
    let folded = theke_domain::fold::key(name);
    let took = row::run(tx, sql, params![id.0, name, source, folded, became])? > 0;
    search::contacts::index(tx, id)?;
    Ok(took)
}

fn prefer_back(tx: &Transaction<'_>, ended: i64, began: i64) -> Result<bool> {
    let mut took = 0;
    if began != 0 {
        took += row::run(tx, "DELETE FROM preferences WHERE id = ? AND ended_at = 0", [began])?;
    }
    if ended != 0 {
        // A wish that came since stays in force.
        took += row::run(tx, "UPDATE OR IGNORE preferences SET ended_at = 0 WHERE id = ?", [ended])?;
    }
    Ok(took > 0)
}

/// Takes a merge apart again, if it is still in force.
fn take_apart(tx: &Transaction<'_>, merge: MergeId, now: Timestamp, undone: &mut Undone) -> Result<bool> {
    let Some(parted) = merging::unmerge(tx, merge, now)? else { return Ok(false) };
    undone.contacts.extend([parted.part, parted.rest]);
    undone.conversations.extend(parted.conversations);
    Ok(true)
}

/// Merges two again that were taken apart, if both still stand for themselves.
fn merge_again(
    tx: &Transaction<'_>,
    survivor: ContactId,
    absorbed: ContactId,
    taken: &[String],
    now: Timestamp,
) -> Result<bool> {
    for contact in [survivor, absorbed] {
        if contacts::get(tx, contact)?.is_none_or(|row| row.merged_into.is_some()) {
            return Ok(false);
        }
    }
    let taken: Vec<_> = taken.iter().filter_map(|word| merging::Field::from_word(word)).collect();
    merging::merge(tx, survivor, absorbed, &taken, None, now)?;
    Ok(true)
}

/// A merge of before merges had rows: its row was made by the migration, whose each row was stands in the step.
fn take_old_apart(
    tx: &Transaction<'_>,
    absorbed: &Absorbed,
    now: Timestamp,
    undone: &mut Undone,
) -> Result<bool> {
    let (other, into) = (absorbed.other.0, absorbed.into.0);
    let Some(merge) = merging::of_absorbed(tx, absorbed.other)? else { return Ok(false) };
    for (table, ids) in &absorbed.rows {
        let Some(table) = ["conversations", "entries", "preferences"].into_iter().find(|name| name == table)
        else {
            continue;
        };
        let sql = format!(
            "UPDATE {table} SET origin_contact_id = ?2 WHERE id = ?1 AND contact_id = ?3 AND origin_contact_id = 0"
        );
        for id in ids {
            row::run(tx, &sql, params![id, other, into])?;
        }
    }
    let took = take_apart(tx, merge.id, now, undone)?;
    if absorbed.ended_preference != 0 {
        let sql = "UPDATE OR IGNORE preferences SET ended_at = 0 WHERE id = ?";
        row::run(tx, sql, [absorbed.ended_preference])?;
    }
    Ok(took)
}

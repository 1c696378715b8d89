//! What stands in a timeline beside messages: notes of the shop's people and events. A table of its own, so that a
//! note can never be sent: nothing that sends reads it.
//!
//! Not here: the sentences of events; a shell makes them of the word and its values.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, EntryId};
use theke_domain::time::Timestamp;

use super::Place;
use super::accounts::must_exist;
use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::words;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Written by a person, for the shop alone.
    Note,
    /// Something that happened.
    Event,
}
words!(Kind { Kind::Note => "note", Kind::Event => "event" });

/// An entry of a timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Row.
    pub id: EntryId,
    /// In whose timeline.
    pub contact_id: ContactId,
    /// In which conversation.
    pub conversation_id: Option<ConversationId>,
    /// Its place.
    pub at: Timestamp,
    /// What it is.
    pub kind: Kind,
    /// Which event; empty for a note.
    pub what: String,
    /// Values for the event's sentence.
    pub params: BTreeMap<String, String>,
    /// The note.
    pub text: String,
    /// When the note was last changed.
    pub changed_at: Option<Timestamp>,
}

impl Entry {
    /// Its place in the order of the pages.
    pub fn place(&self) -> Place {
        Place { at: self.at, id: self.id.0 }
    }
}

const COLUMNS: &str = "id, contact_id, conversation_id, at, kind, what, params, text, changed_at";

fn from_row(r: &Row<'_>) -> Sql<Entry> {
    Ok(Entry {
        id: row::id(r, "id")?,
        contact_id: row::id(r, "contact_id")?,
        conversation_id: row::some_id(r, "conversation_id")?,
        at: row::at(r, "at")?,
        kind: row::word(r, "kind")?,
        what: r.get("what")?,
        params: row::json(r, "params")?,
        text: r.get("text")?,
        changed_at: row::some_at(r, "changed_at")?,
    })
}

/// Adds a note.
///
/// # Errors
/// The database's.
pub fn add_note(
    tx: &Transaction<'_>,
    contact: ContactId,
    conversation: Option<ConversationId>,
    text: &str,
    now: Timestamp,
) -> Result<EntryId> {
    let sql = "INSERT INTO entries (contact_id, conversation_id, at, kind, text) VALUES (?, ?, ?, 'note', ?)";
    row::run(tx, sql, params![contact.0, conversation.map_or(0, |id| id.0), now.0, text])?;
    let id = EntryId(tx.last_insert_rowid());
    crate::search::notes::index(tx, id, text)?;
    Ok(id)
}

/// Notes that something happened.
///
/// # Errors
/// The database's.
pub fn add_event(
    tx: &Transaction<'_>,
    contact: ContactId,
    conversation: Option<ConversationId>,
    what: &str,
    values: &[(&str, &str)],
    now: Timestamp,
) -> Result<()> {
    let values: BTreeMap<&str, &str> = values.iter().copied().collect();
    let sql = "INSERT INTO entries (contact_id, conversation_id, at, kind, what, params) VALUES (?, ?, ?, 'event', ?, ?)";
    let conversation = conversation.map_or(0, |id| id.0);
    row::run(tx, sql, params![contact.0, conversation, now.0, what, serde_json::to_string(&values)?])?;
    Ok(())
}

/// One that stands.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: EntryId) -> Result<Option<Entry>> {
    let sql = format!("SELECT {COLUMNS} FROM entries WHERE id = ? AND removed_at = 0");
    row::first(conn, &sql, [id.0], from_row)
}

/// Changes the text of a note.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn change_note(tx: &Transaction<'_>, id: EntryId, text: &str, now: Timestamp) -> Result<()> {
    let sql =
        "UPDATE entries SET text = ?2, changed_at = ?3 WHERE id = ?1 AND kind = 'note' AND removed_at = 0";
    must_exist(row::run(tx, sql, params![id.0, text, now.0])?)?;
    crate::search::notes::index(tx, id, text)
}

/// Takes a note away, or brings it back with `None`.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn set_removed(tx: &Transaction<'_>, id: EntryId, removed_at: Option<Timestamp>) -> Result<()> {
    let sql = "UPDATE entries SET removed_at = ?2 WHERE id = ?1";
    must_exist(row::run(tx, sql, params![id.0, row::or_never(removed_at)])?)?;
    match (removed_at, get(tx, id)?) {
        (None, Some(entry)) => crate::search::notes::index(tx, id, &entry.text),
        _ => crate::search::notes::forget(tx, id),
    }
}

/// A page of a conversation's entries, newest first.
///
/// # Errors
/// The database's.
pub fn of_conversation(
    conn: &Connection,
    conversation: ConversationId,
    before: Place,
    limit: u32,
) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entries WHERE conversation_id = ?1 AND (at, id) < (?2, ?3) AND removed_at = 0
         ORDER BY at DESC, id DESC LIMIT ?4"
    );
    row::all(conn, &sql, params![conversation.0, before.at.0, before.id, limit], from_row)
}

/// A page of a contact's entries, newest first.
///
/// # Errors
/// The database's.
pub fn of_contact(conn: &Connection, contact: ContactId, before: Place, limit: u32) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entries WHERE contact_id = ?1 AND (at, id) < (?2, ?3) AND removed_at = 0
         ORDER BY at DESC, id DESC LIMIT ?4"
    );
    row::all(conn, &sql, params![contact.0, before.at.0, before.id, limit], from_row)
}

/// The entries of a conversation go to the one into which it was joined.
///
/// # Errors
/// The database's.
pub fn hand_over(
    tx: &Transaction<'_>,
    from: ConversationId,
    into: ConversationId,
    contact: ContactId,
) -> Result<()> {
    let sql = "UPDATE entries SET conversation_id = ?2, contact_id = ?3 WHERE conversation_id = ?1";
    row::run(tx, sql, params![from.0, into.0, contact.0])?;
    Ok(())
}

/// Removes notes and events of a conversation from before this moment, out of the index too.
///
/// # Errors
/// The database's.
pub fn remove_before(tx: &Transaction<'_>, conversation: ConversationId, before: Timestamp) -> Result<()> {
    let values = params![conversation.0, before.0];
    let sql =
        "DELETE FROM notes_fts WHERE rowid IN (SELECT id FROM entries WHERE conversation_id = ? AND at < ?)";
    row::run(tx, sql, values)?;
    row::run(tx, "DELETE FROM entries WHERE conversation_id = ? AND at < ?", values)?;
    Ok(())
}

/// The entries of a conversation that is removed stay in the contact's timeline.
///
/// # Errors
/// The database's.
pub fn leave(tx: &Transaction<'_>, conversation: ConversationId) -> Result<()> {
    row::run(tx, "UPDATE entries SET conversation_id = 0 WHERE conversation_id = ?", [conversation.0])?;
    Ok(())
}

/// The texts of all notes of a contact, oldest first.
///
/// # Errors
/// The database's.
pub fn notes_of_contact(conn: &Connection, contact: ContactId) -> Result<Vec<String>> {
    let sql =
        "SELECT text FROM entries WHERE contact_id = ? AND kind = 'note' AND removed_at = 0 ORDER BY at, id";
    row::all(conn, sql, [contact.0], |r| r.get(0))
}

/// The newest entry of all; 0 if there is none.
///
/// # Errors
/// The database's.
pub fn last(conn: &Connection) -> Result<EntryId> {
    Ok(EntryId(row::one(conn, "SELECT coalesce(max(id), 0) FROM entries", [])?))
}

/// Conversations that were closed by entries behind `after` up to `until`, each once, and the entry up to which was read:
/// at most `limit` changes of status at a time.
///
/// # Errors
/// The database's.
pub fn closed_between(
    conn: &Connection,
    after: EntryId,
    until: EntryId,
    limit: u32,
) -> Result<(Vec<ConversationId>, EntryId)> {
    let sql = "SELECT id, conversation_id, params FROM entries
               WHERE id > ? AND id <= ? AND kind = 'event' AND what = 'status' AND removed_at = 0 AND conversation_id <> 0
               ORDER BY id LIMIT ?";
    let rows = row::all(conn, sql, params![after.0, until.0, limit], |r| {
        let params: BTreeMap<String, String> = row::json(r, "params")?;
        let closed = params.get("to").is_some_and(|to| to == "closed");
        Ok((row::id::<EntryId>(r, "id")?, closed.then_some(row::id::<ConversationId>(r, "conversation_id")?)))
    })?;
    let full = rows.len() >= usize::try_from(limit).unwrap_or(usize::MAX);
    let behind = rows.last().filter(|_| full).map_or(until, |(id, _)| *id);
    let mut found: Vec<ConversationId> = rows.into_iter().filter_map(|(_, closed)| closed).collect();
    found.sort_unstable();
    found.dedup();
    Ok((found, behind))
}

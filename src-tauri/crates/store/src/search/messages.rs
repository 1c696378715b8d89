//! The search index of messages. Rows are stored first and indexed in slices afterwards, newest first, because the
//! index is nine tenths of the cost of storing.
//!
//! The index has no copy of the texts (`contentless`): what is shown around a hit is made from the stored text by
//! `theke_domain::fold::highlight`. Its rowid is `messages.search_key`, which grows with the message's time.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, params};
use theke_domain::fold;
use theke_domain::ids::MessageId;
use theke_domain::message::Completeness;
use theke_domain::time::Timestamp;

use super::narrowed;
use super::spans::{Spans, marked};
use crate::error::Result;
use crate::row;
use crate::table::messages::{COLUMNS, Message, from_row};
use crate::table::{bodies, parties};
use crate::words::Word;

/// Characters of one text that are indexed; more is no letter.
const INDEXED_MAX_CHARS: usize = 200_000;

/// Which messages a slice takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Those whose text is here. For first syncs: the others will be indexed with their text.
    Texts,
    /// And those of which only the headers are here, once no text waits.
    All,
}

/// What the index is to know of one message, folded. Folding takes longer than indexing, so it is done on a reading
/// connection, before the writer is held.
#[derive(Debug)]
pub struct Entry {
    id: MessageId,
    at: Timestamp,
    completeness: Completeness,
    subject: String,
    party: String,
    text: String,
    tails: String,
    digits: String,
}

impl Entry {
    /// Where it stands among those that wait, for [`prepare`].
    pub fn place(&self) -> (Timestamp, MessageId) {
        (self.at, self.id)
    }
}

/// Folds up to `limit` messages that wait, newest first. `before`: the [`Entry::place`] after which to go on.
///
/// # Errors
/// The database's.
pub fn prepare(
    conn: &Connection,
    limit: u32,
    scope: Scope,
    before: Option<(Timestamp, MessageId)>,
) -> Result<Vec<Entry>> {
    let texts = format!(
        "SELECT {COLUMNS} FROM messages m WHERE m.searchable = 0 AND m.completeness <> 'headers' AND (m.at, m.id) < (?, ?)
         ORDER BY m.at DESC, m.id DESC LIMIT ?"
    );
    let headers = format!(
        "SELECT {COLUMNS} FROM messages m WHERE m.searchable = 0 AND m.completeness = 'headers' AND (m.at, m.id) < (?, ?)
         ORDER BY m.at DESC, m.id DESC LIMIT ?"
    );
    let (at, id) = before.map_or((i64::MAX, i64::MAX), |(at, id)| (at.0, id.0));
    let mut waiting = row::all(conn, &texts, [at, id, limit.into()], from_row)?;
    if waiting.is_empty() && scope == Scope::All {
        waiting = row::all(conn, &headers, [at, id, limit.into()], from_row)?;
    }
    waiting.iter().map(|message| entry(conn, message)).collect()
}

/// The time of the newest message whose text is here and cannot be found yet.
///
/// # Errors
/// The database's.
pub fn newest_waiting(conn: &Connection) -> Result<Option<Timestamp>> {
    let sql = "SELECT m.at FROM messages m WHERE m.searchable = 0 AND m.completeness <> 'headers'
               ORDER BY m.at DESC, m.id DESC LIMIT 1";
    row::first(conn, sql, [], |r| row::at(r, "at"))
}

/// Puts prepared messages into the index; gives how many. One whose text has come since it was prepared still waits.
///
/// # Errors
/// The database's.
pub fn put(tx: &Transaction<'_>, entries: &[Entry]) -> Result<usize> {
    let mut done = 0;
    let mut spans = Spans::read(tx)?;
    // Oldest first: rowids that grow are gathered in memory, each that does not is a segment of its own.
    for entry in entries.iter().rev() {
        done += usize::from(put_one(tx, &mut spans, entry)?);
    }
    spans.write(tx)?;
    Ok(done)
}

/// Indexes up to `limit` waiting messages, newest first; gives how many. 0 means that nothing waits.
///
/// # Errors
/// The database's.
pub fn index_some(tx: &Transaction<'_>, limit: u32, scope: Scope) -> Result<usize> {
    put(tx, &prepare(tx, limit, scope, None)?)
}

/// Indexes one message at once: for a person's own reply.
///
/// # Errors
/// The database's.
pub fn index(tx: &Transaction<'_>, message: &Message) -> Result<()> {
    put(tx, &[entry(tx, message)?]).map(|_| ())
}

fn entry(conn: &Connection, message: &Message) -> Result<Entry> {
    let texts = bodies::texts(conn, message.id)?;
    let [text, own] = [texts.text, texts.text_without_quote].map(shortened);
    let mut names = BTreeSet::from([message.from_name.clone(), message.from_address.clone()]);
    for party in parties::of_message(conn, message.id)? {
        names.extend([party.name, party.address]);
    }
    let party = names.into_iter().collect::<Vec<_>>().join("\n");
    let subject = message.subject.as_deref().unwrap_or_default();
    // Tails and numbers of what is quoted are found in the message that is quoted.
    let all = format!("{subject}\n{party}\n{own}");
    Ok(Entry {
        id: message.id,
        at: message.at,
        completeness: message.completeness,
        subject: fold::index_text(subject),
        party: fold::index_text(&party),
        text: fold::index_text(&text),
        tails: fold::tails(&all),
        digits: fold::digits(&all),
    })
}

fn shortened(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(INDEXED_MAX_CHARS) {
        text.truncate(end);
    }
    text
}

fn put_one(tx: &Transaction<'_>, spans: &mut Spans, entry: &Entry) -> Result<bool> {
    let sql = "SELECT search_key FROM messages WHERE id = ? AND completeness = ?";
    let still: Option<i64> =
        row::first(tx, sql, params![entry.id.0, entry.completeness.word()], |r| r.get(0))?;
    let Some(key) = still else { return Ok(false) };
    let mark = spans.take(key);
    let [subject, party, text, tails, digits] =
        [&entry.subject, &entry.party, &entry.text, &entry.tails, &entry.digits]
            .map(|folded| marked(folded, &mark));
    let sql = "INSERT OR REPLACE INTO messages_fts (rowid, subject, party, text, tails, digits)
               VALUES (?, ?, ?, ?, ?, ?)";
    row::run(tx, sql, params![key, subject, party, text, tails, digits])?;
    row::run(tx, "UPDATE messages SET searchable = 1 WHERE id = ?", [entry.id.0])?;
    Ok(true)
}

/// Takes a message out of the index.
///
/// # Errors
/// The database's.
pub fn forget(tx: &Transaction<'_>, id: MessageId) -> Result<()> {
    let sql = "DELETE FROM messages_fts WHERE rowid = (SELECT search_key FROM messages WHERE id = ?)";
    row::run(tx, sql, [id.0])?;
    Ok(())
}

/// Messages in which all of what was typed is found, newest first. `before`: the [`Hit::key`] of the last hit of the
/// page before. Empty where nothing typed is long enough to be asked for.
///
/// # Errors
/// The database's; [`crate::Error::Interrupted`] inside [`crate::Store::read_within`].
pub fn find(conn: &Connection, typed: &str, before: Option<i64>, limit: u32) -> Result<Vec<Hit>> {
    narrowed::find(conn, typed, &narrowed::Narrowing::default(), before, limit)
}

/// A found message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// For the next page.
    pub key: i64,
    /// The message.
    pub message: Message,
}

/// The text around a hit, at most about 160 characters, with the hits marked (see `fold::highlight`).
///
/// # Errors
/// The database's.
pub fn snippet(conn: &Connection, hit: &Hit, typed: &str) -> Result<String> {
    let text = bodies::texts(conn, hit.message.id)?.text;
    let marked = fold::highlight(&text, typed);
    if marked.contains(fold::HIT_START) {
        return Ok(marked);
    }
    // The hit is in the subject or in a name.
    let subject = hit.message.subject.as_deref().unwrap_or_default();
    let of_subject = fold::highlight(subject, typed);
    Ok(if of_subject.contains(fold::HIT_START) { of_subject } else { marked })
}

/// Merges a slice of the index; says whether there may be more to do. Call it when idle.
///
/// # Errors
/// The database's.
pub fn merge_some(tx: &Transaction<'_>, pages: u32) -> Result<bool> {
    let before: i64 = row::one(tx, "SELECT total_changes()", [])?;
    row::run(tx, "INSERT INTO messages_fts (messages_fts, rank) VALUES ('merge', ?)", [pages])?;
    let after: i64 = row::one(tx, "SELECT total_changes()", [])?;
    Ok(after - before >= 2)
}

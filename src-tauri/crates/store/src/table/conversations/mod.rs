//! Matters, one contact each, across channels. What a list shows of a conversation stands in its row and is kept
//! in the transaction of its messages, so that a page of the inbox reads as many rows as it shows.
//!
//! [`lists`] has the pages and the candidates for a new message; [`reshape`] moves, splits and joins.

pub mod lists;
pub mod recent;
pub mod reshape;

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{AccountId, ContactId, ConversationId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::message::Direction;
use theke_domain::time::Timestamp;

use super::accounts::must_exist;
use crate::error::{Error, Result};
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// What is to be done about a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// The shop's turn.
    Open,
    /// The customer's turn.
    Waiting,
    /// Comes back at a time.
    Snoozed,
    /// Done.
    Closed,
}
words!(Status {
    Status::Open => "open",
    Status::Waiting => "waiting",
    Status::Snoozed => "snoozed",
    Status::Closed => "closed",
});

/// A conversation as its row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Row.
    pub id: ConversationId,
    /// Whose.
    pub contact_id: ContactId,
    /// Subject, may be empty.
    pub subject: String,
    /// The subject without prefixes, folded; empty if generic.
    pub subject_key: String,
    /// What is to be done.
    pub status: Status,
    /// When it comes back.
    pub snoozed_until: Option<Timestamp>,
    /// When the status was last set.
    pub status_changed_at: Timestamp,
    /// The medium wished for this conversation.
    pub wish_medium: Option<Medium>,
    /// Unread incoming messages.
    pub unread: u32,
    /// All messages.
    pub message_count: u32,
    /// Oldest message.
    pub first_message_at: Timestamp,
    /// Newest message.
    pub last_message_at: Timestamp,
    /// Newest message; `None` while it has none.
    pub last_message_id: Option<MessageId>,
    /// Newest incoming message.
    pub last_in_at: Option<Timestamp>,
    /// The account that one came by.
    pub last_in_account_id: Option<AccountId>,
    /// First words of the newest message.
    pub snippet: String,
    /// Media, in order of first use.
    pub media: Vec<Medium>,
    /// Has attachments.
    pub has_attachments: bool,
    /// Marked as spam.
    pub spam: bool,
    /// Marked by a person.
    pub starred: bool,
    /// Which way the newest message went; `None` while it has none.
    pub last_direction: Option<Direction>,
    /// The account of the newest message; `None` for an imported file.
    pub last_account_id: Option<AccountId>,
}

/// A conversation to be begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConversation {
    /// Whose.
    pub contact_id: ContactId,
    /// Subject, may be empty.
    pub subject: String,
    /// `domain::threading` key.
    pub subject_key: String,
    /// What is to be done.
    pub status: Status,
    /// Marked as spam.
    pub spam: bool,
    /// Now.
    pub at: Timestamp,
}

/// What a stored message changes in the row of its conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Touch<'a> {
    /// The message.
    pub message_id: MessageId,
    /// Its time.
    pub at: Timestamp,
    /// Which way it went.
    pub direction: Direction,
    /// Its account.
    pub account_id: Option<AccountId>,
    /// Its medium.
    pub medium: &'a Medium,
    /// Its first words.
    pub snippet: &'a str,
    /// Incoming and not read.
    pub unread: bool,
    /// Has attachments beside inline pictures.
    pub attachments: bool,
}

pub(crate) const COLUMNS: &str = "v.id, v.contact_id, v.subject, v.subject_key, v.status, v.snoozed_until,
    v.status_changed_at, v.wish_medium, v.unread, v.message_count, v.first_message_at, v.last_message_at,
    v.last_message_id, v.last_in_at, v.last_in_account_id, v.snippet, v.media, v.has_attachments, v.spam,
    v.starred, v.last_direction, v.last_account_id";

pub(crate) fn from_row(r: &Row<'_>) -> Sql<Conversation> {
    Ok(Conversation {
        id: row::id(r, "id")?,
        contact_id: row::id(r, "contact_id")?,
        subject: r.get("subject")?,
        subject_key: r.get("subject_key")?,
        status: row::word(r, "status")?,
        snoozed_until: row::some_at(r, "snoozed_until")?,
        status_changed_at: row::at(r, "status_changed_at")?,
        wish_medium: row::some_text(r, "wish_medium")?.map(Medium::new),
        unread: r.get("unread")?,
        message_count: r.get("message_count")?,
        first_message_at: row::at(r, "first_message_at")?,
        last_message_at: row::at(r, "last_message_at")?,
        last_message_id: row::some_id(r, "last_message_id")?,
        last_in_at: row::some_at(r, "last_in_at")?,
        last_in_account_id: row::some_id(r, "last_in_account_id")?,
        snippet: r.get("snippet")?,
        media: row::json(r, "media")?,
        has_attachments: r.get("has_attachments")?,
        spam: r.get("spam")?,
        starred: r.get("starred")?,
        last_direction: Direction::from_word(&r.get::<_, String>("last_direction")?),
        last_account_id: row::some_id(r, "last_account_id")?,
    })
}

/// Begins one.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: &NewConversation) -> Result<ConversationId> {
    let sql = "INSERT INTO conversations (contact_id, subject, subject_key, status, status_changed_at, spam,
                   first_message_at, last_message_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?5, ?5)";
    let status = new.status.word();
    row::run(tx, sql, params![new.contact_id.0, new.subject, new.subject_key, status, new.at.0, new.spam])?;
    Ok(ConversationId(tx.last_insert_rowid()))
}

/// One conversation.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: ConversationId) -> Result<Option<Conversation>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM conversations v WHERE v.id = ?"), [id.0], from_row)
}

/// Takes a stored message into the row: counts, times, media, first words. Messages may come in any order.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn touch(tx: &Transaction<'_>, id: ConversationId, touch: &Touch<'_>) -> Result<()> {
    let before = get(tx, id)?.ok_or(Error::NotFound)?;
    let empty = before.message_count == 0;
    let newest =
        empty || (touch.at, Some(touch.message_id)) >= (before.last_message_at, before.last_message_id);
    let incoming = touch.direction == Direction::In;
    let last_in = incoming && before.last_in_at.is_none_or(|last| touch.at >= last);
    let mut media = before.media;
    if !media.contains(touch.medium) {
        // "In order of first use": an older message of a first sync puts its medium in front.
        let place = if !empty && touch.at < before.first_message_at { 0 } else { media.len() };
        media.insert(place, touch.medium.clone());
    }
    let sql = "UPDATE conversations SET message_count = message_count + 1, unread = unread + ?2,
                   first_message_at = ?3, last_message_at = ?4, last_message_id = ?5, last_in_at = ?6,
                   last_in_account_id = ?7, snippet = ?8, media = ?9, has_attachments = ?10,
                   last_direction = iif(?11, ?12, last_direction), last_account_id = iif(?11, ?13, last_account_id)
               WHERE id = ?1";
    let first_at = if empty { touch.at } else { before.first_message_at.min(touch.at) };
    let (last_at, last_id, snippet) = if newest {
        (touch.at, Some(touch.message_id), touch.snippet)
    } else {
        (before.last_message_at, before.last_message_id, before.snippet.as_str())
    };
    let (in_at, in_account) = if last_in {
        (Some(touch.at), touch.account_id)
    } else {
        (before.last_in_at, before.last_in_account_id)
    };
    row::run(
        tx,
        sql,
        params![
            id.0,
            touch.unread && incoming,
            first_at.0,
            last_at.0,
            last_id.map_or(0, |id| id.0),
            row::or_never(in_at),
            in_account.map_or(0, |id| id.0),
            snippet,
            serde_json::to_string(&media)?,
            before.has_attachments || touch.attachments,
            newest,
            touch.direction.word(),
            touch.account_id.map_or(0, |id| id.0)
        ],
    )?;
    Ok(())
}

/// Sets the status; says whether it is another one than before.
///
/// # Errors
/// The database's.
pub fn set_status(
    tx: &Transaction<'_>,
    id: ConversationId,
    status: Status,
    snoozed_until: Option<Timestamp>,
    now: Timestamp,
) -> Result<bool> {
    let sql = "UPDATE conversations SET status = ?2, snoozed_until = ?3, status_changed_at = ?4
               WHERE id = ?1 AND (status <> ?2 OR snoozed_until <> ?3)";
    let until = row::or_never(snoozed_until.filter(|_| status == Status::Snoozed));
    Ok(row::run(tx, sql, params![id.0, status.word(), until, now.0])? > 0)
}

/// Opens those whose snooze has ended; gives their rows as they were.
///
/// # Errors
/// The database's.
pub fn wake(tx: &Transaction<'_>, now: Timestamp) -> Result<Vec<Conversation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM conversations v WHERE v.status = 'snoozed' AND v.snoozed_until <= ?
         ORDER BY v.snoozed_until"
    );
    let due = row::all(tx, &sql, [now.0], from_row)?;
    for row in &due {
        set_status(tx, row.id, Status::Open, None, now)?;
    }
    Ok(due)
}

/// When the next snooze ends.
///
/// # Errors
/// The database's.
pub fn next_wake_at(conn: &Connection) -> Result<Option<Timestamp>> {
    let sql =
        "SELECT snoozed_until FROM conversations WHERE status = 'snoozed' ORDER BY snoozed_until LIMIT 1";
    row::first(conn, sql, [], |r| row::at(r, "snoozed_until"))
}

/// Marks it as spam or not.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn set_spam(tx: &Transaction<'_>, id: ConversationId, spam: bool) -> Result<()> {
    must_exist(row::run(tx, "UPDATE conversations SET spam = ?2 WHERE id = ?1", params![id.0, spam])?)
}

/// The customer wants a person in this matter: no rule answers here any more.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn want_person(tx: &Transaction<'_>, id: ConversationId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE conversations SET person_wanted_at = max(?2, 1) WHERE id = ?1";
    must_exist(row::run(tx, sql, params![id.0, now.0])?)
}

/// Whether the customer asked for a person in this matter.
///
/// # Errors
/// The database's.
pub fn wants_person(conn: &Connection, id: ConversationId) -> Result<bool> {
    let sql = "SELECT person_wanted_at FROM conversations WHERE id = ?";
    Ok(row::first(conn, sql, [id.0], |r| r.get::<_, i64>("person_wanted_at"))?.unwrap_or(0) != 0)
}

/// Marks it with a star or takes the star away.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn set_starred(tx: &Transaction<'_>, id: ConversationId, starred: bool) -> Result<()> {
    must_exist(row::run(tx, "UPDATE conversations SET starred = ?2 WHERE id = ?1", params![id.0, starred])?)
}

/// Sets or clears the medium wished for this conversation.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn set_wish(tx: &Transaction<'_>, id: ConversationId, medium: Option<&Medium>) -> Result<()> {
    let medium = medium.map_or("", Medium::as_str);
    must_exist(row::run(
        tx,
        "UPDATE conversations SET wish_medium = ?2 WHERE id = ?1",
        params![id.0, medium],
    )?)
}

/// Marks its incoming messages as read; gives those that were not.
///
/// # Errors
/// The database's.
pub fn mark_seen(tx: &Transaction<'_>, id: ConversationId) -> Result<Vec<MessageId>> {
    let sql = "UPDATE messages SET seen = 1 WHERE conversation_id = ? AND direction = 'in' AND seen = 0 RETURNING id";
    let seen = row::all(tx, sql, [id.0], |r| row::id(r, "id"))?;
    row::run(tx, "UPDATE conversations SET unread = 0 WHERE id = ? AND unread <> 0", [id.0])?;
    Ok(seen)
}

/// Marks its newest incoming message as not read; gives it if it was.
///
/// # Errors
/// The database's.
pub fn mark_unseen(tx: &Transaction<'_>, id: ConversationId) -> Result<Option<MessageId>> {
    let sql = "SELECT id, seen FROM messages WHERE conversation_id = ? AND direction = 'in' ORDER BY at DESC, id DESC LIMIT 1";
    let newest = row::first(tx, sql, [id.0], |r| Ok((row::id(r, "id")?, r.get::<_, bool>("seen")?)))?;
    let Some((message, true)) = newest else { return Ok(None) };
    set_seen(tx, message, false)?;
    Ok(Some(message))
}

/// Marks one incoming message as read or not, and counts in its conversation.
///
/// # Errors
/// The database's.
pub fn set_seen(tx: &Transaction<'_>, message: MessageId, seen: bool) -> Result<()> {
    let sql = "UPDATE messages SET seen = ?2 WHERE id = ?1 AND seen <> ?2 AND direction = 'in'";
    if row::run(tx, sql, params![message.0, seen])? > 0 {
        let sql = "UPDATE conversations SET unread = max(unread + ?2, 0)
                   WHERE id = (SELECT conversation_id FROM messages WHERE id = ?1)";
        row::run(tx, sql, params![message.0, if seen { -1 } else { 1 }])?;
    }
    Ok(())
}

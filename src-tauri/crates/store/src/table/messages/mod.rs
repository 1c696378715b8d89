//! Items of conversations: the row, storing it, and bringing more of it later.
//!
//! [`deciding`] has what automation is still to look at, [`find`] has the look-ups by which a message is recognised and linked, [`lists`] the pages, [`noted`] calls and
//! visits, [`progress`] what changes afterwards. Texts are in `bodies`, further parties in `parties`, header links in `references`.

pub mod deciding;
pub mod find;
pub mod lists;
pub mod noted;
pub mod progress;
pub mod told;

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{AccountId, ContactId, ConversationId, IdentityId, MessageId};
use theke_domain::medium::{ChannelKind, Medium};
use theke_domain::message::{Completeness, Delivery, Direction};
use theke_domain::time::Timestamp;

use super::Trouble;
use crate::error::{Error, Result};
use crate::row::{self, Sql};
use crate::words::Word;

/// A message as its row says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Row.
    pub id: MessageId,
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// Whose it is.
    pub contact_id: ContactId,
    /// The address by which it came or to which it went.
    pub identity_id: Option<IdentityId>,
    /// Its account; `None` for imported files.
    pub account_id: Option<AccountId>,
    /// Which way it went.
    pub direction: Direction,
    /// Medium.
    pub medium: Medium,
    /// Channel kind.
    pub kind: ChannelKind,
    /// Sender's display name, may be empty.
    pub from_name: String,
    /// Sender's normalized address, or what stood there.
    pub from_address: String,
    /// `None` where the medium has none.
    pub subject: Option<String>,
    /// First words.
    pub snippet: String,
    /// Event time.
    pub at: Timestamp,
    /// The provider's time.
    pub received_at: Timestamp,
    /// When it was stored.
    pub stored_at: Timestamp,
    /// How far it has come.
    pub delivery: Delivery,
    /// Why it failed.
    pub trouble: Option<Trouble>,
    /// Written by the program.
    pub automatic: bool,
    /// Read.
    pub seen: bool,
    /// Answered.
    pub answered: bool,
    /// Message-ID or client reference.
    pub message_ref: Option<String>,
    /// What it answers.
    pub in_reply_to: Option<String>,
    /// Survives changed provider ids.
    pub content_key: Option<String>,
    /// How much of it is here.
    pub completeness: Completeness,
    /// Has an HTML part.
    pub has_html: bool,
    /// Attachments beside inline pictures.
    pub attachments: u32,
    /// Order number found in it.
    pub order_key: Option<String>,
    /// In the search index as it is here.
    pub searchable: bool,
}

/// A message to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// Its conversation.
    pub conversation_id: ConversationId,
    /// Whose it is.
    pub contact_id: ContactId,
    /// The address by which it came or goes.
    pub identity_id: Option<IdentityId>,
    /// Its account; `None` for imported files.
    pub account_id: Option<AccountId>,
    /// Which way it goes.
    pub direction: Direction,
    /// Medium.
    pub medium: Medium,
    /// Channel kind.
    pub kind: ChannelKind,
    /// Sender's display name, may be empty.
    pub from_name: String,
    /// Sender's normalized address, or what stood there.
    pub from_address: String,
    /// `None` where the medium has none.
    pub subject: Option<String>,
    /// First words.
    pub snippet: String,
    /// Event time.
    pub at: Timestamp,
    /// The provider's time.
    pub received_at: Timestamp,
    /// Now.
    pub stored_at: Timestamp,
    /// How far it has come.
    pub delivery: Delivery,
    /// Written by the program.
    pub automatic: bool,
    /// Read.
    pub seen: bool,
    /// Answered.
    pub answered: bool,
    /// Message-ID or client reference.
    pub message_ref: Option<String>,
    /// What it answers.
    pub in_reply_to: Option<String>,
    /// Survives changed provider ids.
    pub content_key: Option<String>,
    /// How much of it is here.
    pub completeness: Completeness,
    /// Has an HTML part.
    pub has_html: bool,
    /// Attachments beside inline pictures.
    pub attachments: u32,
    /// Order number found in it.
    pub order_key: Option<String>,
}

/// What a later hand-in of a stored message brings. The texts themselves go to `bodies` and `attachments`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgrade<'a> {
    /// How much of it is here afterwards.
    pub completeness: Completeness,
    /// First words.
    pub snippet: &'a str,
    /// Has an HTML part.
    pub has_html: bool,
    /// Attachments beside inline pictures.
    pub attachments: u32,
    /// Order number found in it.
    pub order_key: Option<&'a str>,
}

pub(crate) const COLUMNS: &str = "m.id, m.conversation_id, m.contact_id, m.identity_id, m.account_id, m.direction,
    m.medium, m.kind, m.from_name, m.from_address, m.subject, m.snippet, m.at, m.received_at, m.stored_at, m.delivery,
    m.error_code, m.error_text, m.automatic, m.seen, m.answered, m.message_ref, m.in_reply_to, m.content_key,
    m.completeness, m.has_html, m.attachments, m.order_key, m.searchable";

pub(crate) fn from_row(r: &Row<'_>) -> Sql<Message> {
    Ok(Message {
        id: row::id(r, "id")?,
        conversation_id: row::id(r, "conversation_id")?,
        contact_id: row::id(r, "contact_id")?,
        identity_id: row::some_id(r, "identity_id")?,
        account_id: row::some_id(r, "account_id")?,
        direction: row::word(r, "direction")?,
        medium: Medium::new(r.get::<_, String>("medium")?),
        kind: ChannelKind::new(r.get::<_, String>("kind")?),
        from_name: r.get("from_name")?,
        from_address: r.get("from_address")?,
        subject: r.get("subject")?,
        snippet: r.get("snippet")?,
        at: row::at(r, "at")?,
        received_at: row::at(r, "received_at")?,
        stored_at: row::at(r, "stored_at")?,
        delivery: row::word(r, "delivery")?,
        trouble: Trouble::from_row(r)?,
        automatic: r.get("automatic")?,
        seen: r.get("seen")?,
        answered: r.get("answered")?,
        message_ref: row::some_text(r, "message_ref")?,
        in_reply_to: row::some_text(r, "in_reply_to")?,
        content_key: row::some_text(r, "content_key")?,
        completeness: row::word(r, "completeness")?,
        has_html: r.get("has_html")?,
        attachments: r.get("attachments")?,
        order_key: row::some_text(r, "order_key")?,
        searchable: r.get("searchable")?,
    })
}

/// Stores the row; the search finds it after the next slice of [`crate::search::messages::index_some`]. The
/// conversation and the contact are told by their own functions.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: &NewMessage) -> Result<MessageId> {
    let sql = "INSERT INTO messages (conversation_id, contact_id, identity_id, account_id, direction, medium, kind,
                   from_name, from_address, subject, snippet, at, received_at, stored_at, delivery, automatic, seen,
                   answered, message_ref, in_reply_to, content_key, completeness, has_html, attachments, order_key,
                   search_key)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    row::run(
        tx,
        sql,
        params![
            new.conversation_id.0,
            new.contact_id.0,
            new.identity_id.map(|id| id.0),
            new.account_id.map_or(0, |id| id.0),
            new.direction.word(),
            new.medium.as_str(),
            new.kind.as_str(),
            new.from_name,
            new.from_address,
            new.subject,
            new.snippet,
            new.at.0,
            new.received_at.0,
            new.stored_at.0,
            new.delivery.word(),
            new.automatic,
            new.seen,
            new.answered,
            new.message_ref.as_deref().unwrap_or_default(),
            new.in_reply_to.as_deref().unwrap_or_default(),
            new.content_key.as_deref().unwrap_or_default(),
            new.completeness.word(),
            new.has_html,
            new.attachments,
            new.order_key.as_deref().unwrap_or_default(),
            free_search_key(tx, new.at)?
        ],
    )?;
    Ok(MessageId(tx.last_insert_rowid()))
}

/// Keys of one second: so many messages of one second are told apart before the next second's keys are taken.
const KEYS_PER_SECOND: i64 = 256;

/// The key that the first message of this second has.
pub(crate) fn first_search_key(at: Timestamp) -> i64 {
    at.secs().clamp(1, i64::MAX / KEYS_PER_SECOND / 2) * KEYS_PER_SECOND
}

/// A key that no message has and that grows with `at`: newest first is then the order of the search index.
/// Seconds and not milliseconds, because the index stores the distances between keys.
fn free_search_key(conn: &Connection, at: Timestamp) -> Result<i64> {
    let sql =
        "SELECT coalesce(max(search_key), ?1 - 1) FROM messages WHERE search_key >= ?1 AND search_key < ?2";
    let mut first = first_search_key(at);
    loop {
        let last: i64 = row::one(conn, sql, [first, first + KEYS_PER_SECOND])?;
        if last + 1 < first + KEYS_PER_SECOND {
            return Ok(last + 1);
        }
        first += KEYS_PER_SECOND;
    }
}

/// Notes that more of a message is here, and puts it up for indexing again. Says `false` and does nothing if as
/// much was here before.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn upgrade(tx: &Transaction<'_>, id: MessageId, upgrade: &Upgrade<'_>) -> Result<bool> {
    let message = get(tx, id)?.ok_or(Error::NotFound)?;
    if upgrade.completeness <= message.completeness {
        return Ok(false);
    }
    let sql = "UPDATE messages SET completeness = ?2, snippet = ?3, has_html = ?4, attachments = ?5, order_key = ?6,
                   searchable = 0 WHERE id = ?1";
    let order = upgrade.order_key.or(message.order_key.as_deref()).unwrap_or_default();
    let word = upgrade.completeness.word();
    row::run(tx, sql, params![id.0, word, upgrade.snippet, upgrade.has_html, upgrade.attachments, order])?;
    let sql = "UPDATE conversations SET has_attachments = max(has_attachments, ?3),
                   snippet = CASE WHEN last_message_id = ?2 THEN ?4 ELSE snippet END WHERE id = ?1";
    let conversation = message.conversation_id.0;
    row::run(tx, sql, params![conversation, id.0, upgrade.attachments > 0, upgrade.snippet])?;
    Ok(true)
}

/// Sets what is known of its sender being who it says: a word of `domain::authenticity::Outcome`.
///
/// # Errors
/// The database's.
pub fn set_authentication(tx: &Transaction<'_>, id: MessageId, word: &str) -> Result<()> {
    row::run(tx, "UPDATE messages SET authentication = ?2 WHERE id = ?1", params![id.0, word])?;
    Ok(())
}

/// What is known of its sender being who it says; empty where nothing was asked.
///
/// # Errors
/// The database's.
pub fn authentication(conn: &Connection, id: MessageId) -> Result<String> {
    let sql = "SELECT authentication FROM messages WHERE id = ?";
    Ok(row::first(conn, sql, [id.0], |r| r.get("authentication"))?.unwrap_or_default())
}

/// Says by which identity it came, after it was found to be another one's.
///
/// # Errors
/// The database's.
pub fn set_identity(tx: &Transaction<'_>, id: MessageId, identity: IdentityId) -> Result<()> {
    row::run(tx, "UPDATE messages SET identity_id = ?2 WHERE id = ?1", [id.0, identity.0])?;
    Ok(())
}

/// One message.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: MessageId) -> Result<Option<Message>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM messages m WHERE m.id = ?"), [id.0], from_row)
}

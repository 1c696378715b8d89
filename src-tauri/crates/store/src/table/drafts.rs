//! Unsent messages: one answer per conversation, and any number of messages that are to begin one. An empty draft is
//! none. Files of drafts are in `staged`.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, NewDraftId};
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row::{self, Sql};

/// What is written so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The text.
    pub body: String,
    /// The medium that the person chose.
    pub via: Option<Medium>,
    /// Subject as typed; empty for that of the conversation.
    pub subject: String,
    /// Copies as typed.
    pub cc: Vec<String>,
    /// Formatted text.
    pub html: Option<String>,
    /// When it was saved.
    pub saved_at: Timestamp,
}

/// A message that begins a conversation, as far as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    /// Row.
    pub id: NewDraftId,
    /// To whom, where the person chose a contact.
    pub contact_id: Option<ContactId>,
    /// Address as typed.
    pub recipient: String,
    /// What is written.
    pub draft: Draft,
}

const COLUMNS: &str = "body, via, subject, cc, html, saved_at";

fn from_row(r: &Row<'_>) -> Sql<Draft> {
    Ok(Draft {
        body: r.get("body")?,
        via: row::some_text(r, "via")?.map(Medium::new),
        subject: r.get("subject")?,
        cc: row::json(r, "cc")?,
        html: row::some_text(r, "html")?,
        saved_at: row::at(r, "saved_at")?,
    })
}

/// The draft of a conversation.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, conversation: ConversationId) -> Result<Option<Draft>> {
    let sql = format!("SELECT {COLUMNS} FROM drafts WHERE conversation_id = ?");
    row::first(conn, &sql, [conversation.0], from_row)
}

/// Saves it over the one before.
///
/// # Errors
/// The database's.
pub fn save(tx: &Transaction<'_>, conversation: ConversationId, draft: &Draft) -> Result<()> {
    let sql = "INSERT INTO drafts (conversation_id, body, via, subject, cc, html, saved_at) VALUES (?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (conversation_id) DO UPDATE
               SET body = excluded.body, via = excluded.via, subject = excluded.subject, cc = excluded.cc,
                   html = excluded.html, saved_at = excluded.saved_at";
    let (via, cc, html) = texts(draft)?;
    row::run(tx, sql, params![conversation.0, draft.body, via, draft.subject, cc, html, draft.saved_at.0])?;
    Ok(())
}

/// Removes it.
///
/// # Errors
/// The database's.
pub fn remove(tx: &Transaction<'_>, conversation: ConversationId) -> Result<()> {
    row::run(tx, "DELETE FROM drafts WHERE conversation_id = ?", [conversation.0])?;
    Ok(())
}

/// Drafts of new messages, the last saved first. A person writes each, so there are few.
///
/// # Errors
/// The database's.
pub fn new_messages(conn: &Connection) -> Result<Vec<NewMessage>> {
    let sql =
        format!("SELECT id, contact_id, recipient, {COLUMNS} FROM new_drafts ORDER BY id DESC LIMIT 200");
    row::all(conn, &sql, [], new_from_row)
}

/// One draft of a new message.
///
/// # Errors
/// The database's.
pub fn new_message(conn: &Connection, id: NewDraftId) -> Result<Option<NewMessage>> {
    let sql = format!("SELECT id, contact_id, recipient, {COLUMNS} FROM new_drafts WHERE id = ?");
    row::first(conn, &sql, [id.0], new_from_row)
}

/// Saves the draft of a new message, over the one before where it has an id.
///
/// # Errors
/// The database's.
pub fn save_new(
    tx: &Transaction<'_>,
    id: Option<NewDraftId>,
    contact: Option<ContactId>,
    recipient: &str,
    draft: &Draft,
) -> Result<NewDraftId> {
    let sql = "INSERT INTO new_drafts (id, contact_id, recipient, via, subject, cc, body, html, saved_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
               ON CONFLICT (id) DO UPDATE
               SET contact_id = excluded.contact_id, recipient = excluded.recipient, via = excluded.via,
                   subject = excluded.subject, cc = excluded.cc, body = excluded.body, html = excluded.html,
                   saved_at = excluded.saved_at
               RETURNING id";
    let (via, cc, html) = texts(draft)?;
    let contact = contact.map_or(0, |id| id.0);
    let values = params![
        id.map(|id| id.0),
        contact,
        recipient,
        via,
        draft.subject,
        cc,
        draft.body,
        html,
        draft.saved_at.0
    ];
    let saved: i64 = row::one(tx, sql, values)?;
    Ok(NewDraftId(saved))
}

/// Removes the draft of a new message.
///
/// # Errors
/// The database's.
pub fn remove_new(tx: &Transaction<'_>, id: NewDraftId) -> Result<()> {
    row::run(tx, "DELETE FROM new_drafts WHERE id = ?", [id.0])?;
    Ok(())
}

fn new_from_row(r: &Row<'_>) -> Sql<NewMessage> {
    Ok(NewMessage {
        id: row::id(r, "id")?,
        contact_id: row::some_id(r, "contact_id")?,
        recipient: r.get("recipient")?,
        draft: from_row(r)?,
    })
}

fn texts(draft: &Draft) -> Result<(&str, String, &str)> {
    let via = draft.via.as_ref().map_or("", Medium::as_str);
    Ok((via, serde_json::to_string(&draft.cc)?, draft.html.as_deref().unwrap_or_default()))
}

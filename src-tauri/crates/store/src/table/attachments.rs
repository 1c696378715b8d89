//! Parts of messages. Bytes are here only for outgoing files and small chat files; those of mails are taken from
//! the source or fetched from the provider into the cache.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{AttachmentId, MessageId};
use theke_domain::message::{IncomingPart, OutgoingPart, PartRef};

use crate::error::{Error, Result};
use crate::row::{self, Sql};

/// A part without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Row.
    pub id: AttachmentId,
    /// Its message.
    pub message_id: MessageId,
    /// Place in the message.
    pub position: u32,
    /// Name as given, may be empty; not safe as a file name.
    pub name: String,
    /// MIME type.
    pub mime_type: String,
    /// Decoded size; an estimate until the bytes were seen.
    pub size_bytes: u64,
    /// Hex, once the bytes were seen.
    pub sha256: Option<String>,
    /// Shown within the text.
    pub inline: bool,
    /// For `cid:` links.
    pub content_id: Option<String>,
    /// Where to fetch it; `None` if the bytes are here or in the source.
    pub part_ref: Option<PartRef>,
    /// The bytes are in this table.
    pub has_content: bool,
}

const COLUMNS: &str =
    "id, message_id, position, name, mime_type, size_bytes, sha256, inline, content_id, part_ref,
    content IS NOT NULL AS has_content";

fn from_row(r: &Row<'_>) -> Sql<Attachment> {
    Ok(Attachment {
        id: row::id(r, "id")?,
        message_id: row::id(r, "message_id")?,
        position: r.get("position")?,
        name: r.get("name")?,
        mime_type: r.get("mime_type")?,
        size_bytes: u64::try_from(r.get::<_, i64>("size_bytes")?).unwrap_or(0),
        sha256: row::some_text(r, "sha256")?,
        inline: r.get("inline")?,
        content_id: row::some_text(r, "content_id")?,
        part_ref: row::some_text(r, "part_ref")?.map(PartRef),
        has_content: r.get("has_content")?,
    })
}

/// Replaces the parts of an incoming message: a later hand-in knows more of them.
///
/// # Errors
/// The database's.
pub fn replace(tx: &Transaction<'_>, message: MessageId, parts: &[IncomingPart]) -> Result<()> {
    row::run(tx, "DELETE FROM attachments WHERE message_id = ?", [message.0])?;
    let sql = "INSERT INTO attachments (message_id, position, name, mime_type, size_bytes, sha256, inline, content_id,
                   part_ref, content)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    for (position, part) in (0_i64..).zip(parts) {
        row::run(
            tx,
            sql,
            params![
                message.0,
                position,
                part.name.as_deref().unwrap_or_default(),
                part.mime_type,
                i64::try_from(part.size_bytes).unwrap_or(i64::MAX),
                part.sha256.as_deref().unwrap_or_default(),
                part.inline,
                part.content_id.as_deref().unwrap_or_default(),
                part.part_ref.as_ref().map_or("", |part_ref| part_ref.0.as_str()),
                part.content
            ],
        )?;
    }
    Ok(())
}

/// Stores the files of an outgoing message with their bytes.
///
/// # Errors
/// The database's.
pub fn insert_outgoing(tx: &Transaction<'_>, message: MessageId, parts: &[OutgoingPart]) -> Result<()> {
    let sql = "INSERT INTO attachments (message_id, position, name, mime_type, size_bytes, sha256, content)
               VALUES (?, ?, ?, ?, ?, ?, ?)";
    for (position, part) in (0_i64..).zip(parts) {
        let size = i64::try_from(part.content.len()).unwrap_or(i64::MAX);
        let sha256 = crate::key::sha256_hex(&part.content);
        row::run(
            tx,
            sql,
            params![message.0, position, part.name, part.mime_type, size, sha256, part.content],
        )?;
    }
    Ok(())
}

/// The files of an outgoing message with their bytes, in their order.
///
/// # Errors
/// The database's.
pub fn outgoing(conn: &Connection, message: MessageId) -> Result<Vec<OutgoingPart>> {
    let sql = "SELECT name, mime_type, coalesce(content, x'') AS content FROM attachments
               WHERE message_id = ? ORDER BY position";
    row::all(conn, sql, [message.0], |r| {
        Ok(OutgoingPart { name: r.get("name")?, mime_type: r.get("mime_type")?, content: r.get("content")? })
    })
}

/// One part.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: AttachmentId) -> Result<Option<Attachment>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM attachments WHERE id = ?"), [id.0], from_row)
}

/// The parts of a message, in their order.
///
/// # Errors
/// The database's.
pub fn of_message(conn: &Connection, message: MessageId) -> Result<Vec<Attachment>> {
    let sql = format!("SELECT {COLUMNS} FROM attachments WHERE message_id = ? ORDER BY position");
    row::all(conn, &sql, [message.0], from_row)
}

/// The bytes, where they are in this table.
///
/// # Errors
/// The database's; [`Error::NotFound`] for an unknown part.
pub fn content(conn: &Connection, id: AttachmentId) -> Result<Option<Vec<u8>>> {
    let sql = "SELECT content FROM attachments WHERE id = ?";
    row::first(conn, sql, [id.0], |r| r.get("content"))?.ok_or(Error::NotFound)
}

/// Notes what was learned when the bytes were fetched.
///
/// # Errors
/// The database's.
pub fn seen(tx: &Transaction<'_>, id: AttachmentId, size_bytes: u64, sha256: &str) -> Result<()> {
    let sql = "UPDATE attachments SET size_bytes = ?2, sha256 = ?3 WHERE id = ?1";
    row::run(tx, sql, params![id.0, i64::try_from(size_bytes).unwrap_or(i64::MAX), sha256])?;
    Ok(())
}

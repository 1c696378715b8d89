//! Files that a person attached to what is not sent yet. Their bytes lie here and nowhere else, because the file they
//! came from may be gone when the message leaves, and a copy beside the database would not be encrypted.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{ConversationId, NewDraftId, StagedId};
use theke_domain::message::OutgoingPart;
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row::{self, Sql};

/// What a file waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// An answer.
    Answer(ConversationId),
    /// A new message.
    New(NewDraftId),
}

/// A file without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// Row.
    pub id: StagedId,
    /// Safe file name.
    pub name: String,
    /// MIME type.
    pub mime_type: String,
    /// Bytes.
    pub size_bytes: u64,
}

const COLUMNS: &str = "id, name, mime_type, length(content) AS size_bytes";

fn from_row(r: &Row<'_>) -> Sql<Staged> {
    Ok(Staged {
        id: row::id(r, "id")?,
        name: r.get("name")?,
        mime_type: r.get("mime_type")?,
        size_bytes: u64::try_from(r.get::<_, i64>("size_bytes")?).unwrap_or(0),
    })
}

/// Keeps a file.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, target: Target, part: &OutgoingPart, now: Timestamp) -> Result<StagedId> {
    let sql = "INSERT INTO staged_files (conversation_id, new_draft_id, name, mime_type, content, staged_at)
               VALUES (?, ?, ?, ?, ?, ?)";
    let (conversation, draft) = match target {
        Target::Answer(id) => (id.0, 0),
        Target::New(id) => (0, id.0),
    };
    row::run(tx, sql, params![conversation, draft, part.name, part.mime_type, part.content, now.0])?;
    Ok(StagedId(tx.last_insert_rowid()))
}

/// The files of an answer or a new message, in the order in which they were attached.
///
/// # Errors
/// The database's.
pub fn of(conn: &Connection, target: Target) -> Result<Vec<Staged>> {
    let (column, id) = match target {
        Target::Answer(id) => ("conversation_id", id.0),
        Target::New(id) => ("new_draft_id", id.0),
    };
    let sql = format!("SELECT {COLUMNS} FROM staged_files WHERE {column} = ?1 AND {column} <> 0 ORDER BY id");
    row::all(conn, &sql, [id], from_row)
}

/// One file with its bytes.
///
/// # Errors
/// The database's.
pub fn part(conn: &Connection, id: StagedId) -> Result<Option<OutgoingPart>> {
    let sql = "SELECT name, mime_type, content FROM staged_files WHERE id = ?";
    row::first(conn, sql, [id.0], |r| {
        Ok(OutgoingPart { name: r.get("name")?, mime_type: r.get("mime_type")?, content: r.get("content")? })
    })
}

/// Removes a file; says whether it was there.
///
/// # Errors
/// The database's.
pub fn remove(tx: &Transaction<'_>, id: StagedId) -> Result<bool> {
    Ok(row::run(tx, "DELETE FROM staged_files WHERE id = ?", [id.0])? > 0)
}

/// Gives the files of one to another.
///
/// # Errors
/// The database's.
pub fn hand_over(tx: &Transaction<'_>, from: ConversationId, into: ConversationId) -> Result<()> {
    let sql =
        "UPDATE staged_files SET conversation_id = ?2 WHERE conversation_id = ?1 AND conversation_id <> 0";
    row::run(tx, sql, [from.0, into.0])?;
    Ok(())
}

/// Removes files that were put here before `before` and whose draft is gone.
///
/// # Errors
/// The database's.
pub fn sweep(tx: &Transaction<'_>, before: Timestamp) -> Result<usize> {
    let sql = "DELETE FROM staged_files WHERE staged_at < ?1
               AND NOT EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = staged_files.conversation_id)
               AND NOT EXISTS (SELECT 1 FROM new_drafts n WHERE n.id = staged_files.new_draft_id)";
    row::run(tx, sql, [before.0])
}

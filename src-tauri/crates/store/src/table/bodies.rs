//! The texts of a message, apart from its row so that lists stay small, each compressed by zstd.
//!
//! Not here: drawing HTML, and taking parts out of the source.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::MessageId;

use crate::error::Result;
use crate::row;
use crate::squeeze::{squeezed, unsqueezed, unsqueezed_text};

/// The largest source that is kept, unpacked; more is cut off before it comes here.
pub const SOURCE_MAX_BYTES: usize = 256 * 1024;

/// The texts of a message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Body {
    /// The readable text.
    pub text: String,
    /// The same without quoted history; `None` = equal to `text`.
    pub text_without_quote: Option<String>,
    /// The HTML part as received.
    pub html: Option<String>,
    /// The message as fetched, at most [`SOURCE_MAX_BYTES`].
    pub source: Option<Vec<u8>>,
    /// What was wrong with the message itself.
    pub problems: Vec<String>,
}

/// The two plain texts alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// The readable text.
    pub text: String,
    /// The same without quoted history.
    pub text_without_quote: String,
}

/// Texts as they are stored. Packing takes longer than writing, so it is done before the writer is held.
#[derive(Debug, Clone)]
pub struct Packed {
    text: Vec<u8>,
    short: Vec<u8>,
    html: Vec<u8>,
    source: Vec<u8>,
    problems: Vec<String>,
}

impl Packed {
    /// Packs texts. A source longer than [`SOURCE_MAX_BYTES`] is left out.
    ///
    /// # Errors
    /// The compressor's.
    pub fn of(body: &Body) -> Result<Self> {
        let short = body.text_without_quote.as_deref().filter(|short| *short != body.text);
        let source = body.source.as_deref().filter(|source| source.len() <= SOURCE_MAX_BYTES);
        Ok(Self {
            text: squeezed(body.text.as_bytes())?,
            short: squeezed(short.unwrap_or_default().as_bytes())?,
            html: squeezed(body.html.as_deref().unwrap_or_default().as_bytes())?,
            source: squeezed(source.unwrap_or_default())?,
            problems: body.problems.clone(),
        })
    }
}

/// Stores or replaces the texts.
///
/// # Errors
/// The database's.
pub fn put(tx: &Transaction<'_>, message: MessageId, body: &Body) -> Result<()> {
    put_packed(tx, message, &Packed::of(body)?)
}

/// Stores or replaces texts that are packed.
///
/// # Errors
/// The database's.
pub fn put_packed(tx: &Transaction<'_>, message: MessageId, packed: &Packed) -> Result<()> {
    let sql = "INSERT INTO message_bodies (message_id, text, text_without_quote, html, source, problems)
               VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT (message_id) DO UPDATE SET text = excluded.text,
                   text_without_quote = excluded.text_without_quote, html = excluded.html,
                   source = excluded.source, problems = excluded.problems";
    let problems = serde_json::to_string(&packed.problems)?;
    let Packed { text, short, html, source, .. } = packed;
    row::run(tx, sql, params![message.0, text, short, html, source, problems])?;
    Ok(())
}

/// All texts of a message; `None` while only its headers are here.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, message: MessageId) -> Result<Option<Body>> {
    let sql =
        "SELECT text, text_without_quote, html, source, problems FROM message_bodies WHERE message_id = ?";
    let found = row::first(conn, sql, [message.0], |r| {
        Ok(Packed {
            text: r.get("text")?,
            short: r.get("text_without_quote")?,
            html: r.get("html")?,
            source: r.get("source")?,
            problems: row::json(r, "problems")?,
        })
    })?;
    let Some(packed) = found else { return Ok(None) };
    Ok(Some(Body {
        text: unsqueezed_text(&packed.text)?,
        text_without_quote: Some(unsqueezed_text(&packed.short)?).filter(|short| !short.is_empty()),
        html: Some(unsqueezed_text(&packed.html)?).filter(|html| !html.is_empty()),
        source: Some(unsqueezed(&packed.source)?).filter(|source| !source.is_empty()),
        problems: packed.problems,
    }))
}

/// The plain texts of a message, for lists; empty while only its headers are here.
///
/// # Errors
/// The database's.
pub fn texts(conn: &Connection, message: MessageId) -> Result<Texts> {
    let sql = "SELECT text, text_without_quote FROM message_bodies WHERE message_id = ?";
    let found =
        row::first(conn, sql, [message.0], |r| Ok((blob(r, "text")?, blob(r, "text_without_quote")?)))?;
    let Some((text, short)) = found else { return Ok(Texts::default()) };
    let text = unsqueezed_text(&text)?;
    let short = unsqueezed_text(&short)?;
    Ok(Texts { text_without_quote: if short.is_empty() { text.clone() } else { short }, text })
}

fn blob(r: &rusqlite::Row<'_>, column: &str) -> rusqlite::Result<Vec<u8>> {
    r.get(column)
}

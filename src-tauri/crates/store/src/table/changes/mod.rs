//! What a person changed and can take back. A change is a row with the steps that lead back, in the order in which
//! they were done; [`undo`] walks them backwards in the caller's transaction.
//!
//! A step only takes back what is still as the change left it: a conversation that was closed and that the customer
//! has opened again since stays open. The table keeps the newest [`KEPT`].
//!
//! Not here: telling shells, and the sentences.

mod back;
mod image;
mod rows;
mod rule_step;
mod step;
mod wish_step;

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::ChangeId;
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row::{self, Sql};

pub use back::{Undone, undo};
pub use image::{Image, of_conversation as image_of_conversation, of_draft as image_of_draft};
pub use rows::{Changed, TagGone};
pub(crate) use rows::{changing, image as image_of_row};
pub use step::{ReplyBefore, Step};
pub use wish_step::WishStep;

/// Changes that are kept.
pub const KEPT: i64 = 200;

/// A change.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Row.
    pub id: ChangeId,
    /// When it was done.
    pub at: Timestamp,
    /// Stable word.
    pub what: String,
    /// Whom or what it was about.
    pub subject: String,
    /// How many things it changed.
    pub touched: u32,
    /// The way back.
    pub steps: Vec<Step>,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, at, what, subject, touched, steps, undone_at";

fn from_row(r: &Row<'_>) -> Sql<Change> {
    Ok(Change {
        id: row::id(r, "id")?,
        at: row::at(r, "at")?,
        what: r.get("what")?,
        subject: r.get("subject")?,
        touched: r.get("touched")?,
        steps: row::json(r, "steps")?,
        undone_at: row::some_at(r, "undone_at")?,
    })
}

/// Keeps a change and lets the oldest go.
///
/// # Errors
/// The database's.
pub fn insert(
    tx: &Transaction<'_>,
    what: &str,
    subject: &str,
    touched: usize,
    steps: &[Step],
    now: Timestamp,
) -> Result<ChangeId> {
    let sql = "INSERT INTO changes (at, what, subject, touched, steps) VALUES (?, ?, ?, ?, ?)";
    let touched = i64::try_from(touched).unwrap_or(i64::MAX);
    row::run(tx, sql, params![now.0, what, subject, touched, serde_json::to_string(steps)?])?;
    let id = tx.last_insert_rowid();
    row::run(tx, "DELETE FROM changes WHERE id <= ?", [id - KEPT])?;
    Ok(ChangeId(id))
}

/// One change.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: ChangeId) -> Result<Option<Change>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM changes WHERE id = ?"), [id.0], from_row)
}

/// The newest changes, undone ones too.
///
/// # Errors
/// The database's.
pub fn newest(conn: &Connection, limit: u32) -> Result<Vec<Change>> {
    let sql = format!("SELECT {COLUMNS} FROM changes ORDER BY id DESC LIMIT ?");
    row::all(conn, &sql, [limit], from_row)
}

/// Notes that it was undone.
///
/// # Errors
/// The database's.
pub fn set_undone(tx: &Transaction<'_>, id: ChangeId, now: Timestamp) -> Result<()> {
    row::run(tx, "UPDATE changes SET undone_at = ?2 WHERE id = ?1", params![id.0, now.0])?;
    Ok(())
}

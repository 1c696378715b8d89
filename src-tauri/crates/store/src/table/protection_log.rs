//! What was done for data protection and when, without a word of whom it was about: a report, an erasure, a restriction.

use rusqlite::{Connection, Transaction, params};
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// An access report was made.
    Report,
    /// A customer was erased.
    Erasure,
    /// A customer was restricted.
    Restriction,
    /// A restriction was lifted.
    RestrictionLifted,
    /// Old messages went by the shop's setting.
    Retention,
}
words!(What {
    What::Report => "report",
    What::Erasure => "erasure",
    What::Restriction => "restriction",
    What::RestrictionLifted => "restriction_lifted",
    What::Retention => "retention",
});

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: What,
    /// How many rows it touched.
    pub rows: u64,
}

/// Adds a line.
///
/// # Errors
/// The database's.
pub fn add(tx: &Transaction<'_>, what: What, rows: u64, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO protection_log (at, what, rows) VALUES (?, ?, ?)";
    row::run(tx, sql, params![now.0, what.word(), i64::try_from(rows).unwrap_or(i64::MAX)])?;
    Ok(())
}

/// The newest lines.
///
/// # Errors
/// The database's.
pub fn newest(conn: &Connection, limit: u32) -> Result<Vec<Line>> {
    let sql = "SELECT at, what, rows FROM protection_log ORDER BY id DESC LIMIT ?";
    row::all(conn, sql, [limit], from_row)
}

fn from_row(r: &rusqlite::Row<'_>) -> Sql<Line> {
    let rows: i64 = r.get("rows")?;
    Ok(Line { at: row::at(r, "at")?, what: row::word(r, "what")?, rows: u64::try_from(rows).unwrap_or(0) })
}

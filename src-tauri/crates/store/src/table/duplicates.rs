//! Pairs of contacts that may be the same, and pairs that a person said are not.
//!
//! What a person said holds for ever and for whoever the two become part of: it is kept of the contacts it was said of, and
//! is looked up through the merges in force. Not here: how pairs are found.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::ContactId;
use theke_domain::matching::Reason;
use theke_domain::time::Timestamp;

use super::{comparing, merging};
use crate::error::Result;
use crate::row::{self, Sql};

/// Two contacts that may be the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The older one.
    pub first: ContactId,
    /// The other.
    pub second: ContactId,
    /// 0 to 100.
    pub score: u8,
    /// Why.
    pub reasons: Vec<Reason>,
}

fn from_row(r: &Row<'_>) -> Sql<Pair> {
    Ok(Pair {
        first: row::id(r, "first_id")?,
        second: row::id(r, "second_id")?,
        score: r.get("score")?,
        reasons: row::json(r, "reasons")?,
    })
}

const COLUMNS: &str = "first_id, second_id, score, reasons";

/// The pairs that most speaks for.
///
/// # Errors
/// The database's.
pub fn best(conn: &Connection, limit: u32) -> Result<Vec<Pair>> {
    at_least(conn, 0, limit)
}

/// Pairs with at least this score, at most so many.
///
/// # Errors
/// The database's.
pub fn at_least(conn: &Connection, score: u8, limit: u32) -> Result<Vec<Pair>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM duplicates WHERE score >= ?1 ORDER BY score DESC, first_id, second_id LIMIT ?2"
    );
    row::all(conn, &sql, params![score, limit], from_row)
}

/// The pairs of a contact.
///
/// # Errors
/// The database's.
pub fn of_contact(conn: &Connection, contact: ContactId) -> Result<Vec<Pair>> {
    let mut pairs = Vec::new();
    for column in ["first_id", "second_id"] {
        let sql = format!("SELECT {COLUMNS} FROM duplicates WHERE {column} = ?");
        pairs.extend(row::all(conn, &sql, [contact.0], from_row)?);
    }
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.first, pair.second));
    Ok(pairs)
}

/// Sets the pairs of a contact to these; says whether that is anything new.
///
/// # Errors
/// The database's.
pub fn replace(tx: &Transaction<'_>, contact: ContactId, pairs: &[Pair], now: Timestamp) -> Result<bool> {
    let before = of_contact(tx, contact)?;
    let mut wanted = pairs.to_vec();
    wanted.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.first, pair.second));
    if before == wanted {
        return Ok(false);
    }
    forget(tx, contact)?;
    for pair in &wanted {
        let sql =
            "INSERT INTO duplicates (first_id, second_id, score, reasons, found_at) VALUES (?, ?, ?, ?, ?)";
        let reasons = serde_json::to_string(&pair.reasons)?;
        row::run(tx, sql, params![pair.first.0, pair.second.0, pair.score, reasons, now.0])?;
    }
    Ok(true)
}

/// Takes all pairs of a contact away.
///
/// # Errors
/// The database's.
pub fn forget(tx: &Transaction<'_>, contact: ContactId) -> Result<()> {
    for column in ["first_id", "second_id"] {
        row::run(tx, &format!("DELETE FROM duplicates WHERE {column} = ?"), [contact.0])?;
    }
    Ok(())
}

/// The two in the order in which a pair stands.
pub fn in_order(a: ContactId, b: ContactId) -> (ContactId, ContactId) {
    if a <= b { (a, b) } else { (b, a) }
}

/// A person said that the two are not the same; says whether that is new.
///
/// # Errors
/// The database's.
pub fn say_not_same(tx: &Transaction<'_>, a: ContactId, b: ContactId, now: Timestamp) -> Result<bool> {
    let (first, second) = in_order(a, b);
    let sql = "INSERT OR IGNORE INTO not_same (first_id, second_id, said_at) VALUES (?, ?, ?)";
    let new = row::run(tx, sql, params![first.0, second.0, now.0])? > 0;
    row::run(tx, "DELETE FROM duplicates WHERE first_id = ? AND second_id = ?", [first.0, second.0])?;
    Ok(new)
}

/// Takes that back; the two are compared again.
///
/// # Errors
/// The database's.
pub fn take_back_not_same(tx: &Transaction<'_>, a: ContactId, b: ContactId) -> Result<bool> {
    let (first, second) = in_order(a, b);
    let sql = "DELETE FROM not_same WHERE first_id = ? AND second_id = ?";
    let took = row::run(tx, sql, [first.0, second.0])? > 0;
    for contact in [a, b] {
        comparing::mark(tx, merging::root_of(tx, contact)?)?;
    }
    Ok(took)
}

/// Of whom a person said that they are not the same as this contact or a part of it, as who they are part of now.
///
/// # Errors
/// The database's.
pub fn not_same_as(conn: &Connection, contact: ContactId) -> Result<Vec<ContactId>> {
    let mut others = Vec::new();
    for part in merging::parts_of(conn, contact)? {
        for sql in [
            "SELECT second_id AS other FROM not_same WHERE first_id = ?",
            "SELECT first_id AS other FROM not_same WHERE second_id = ?",
        ] {
            for other in row::all(conn, sql, [part.0], |r| row::id::<ContactId>(r, "other"))? {
                let root = merging::root_of(conn, other)?;
                if root != contact && !others.contains(&root) {
                    others.push(root);
                }
            }
        }
    }
    Ok(others)
}

//! What a customer agreed to, by medium and purpose, with who said so and when. Nothing is changed or removed: the newest
//! row of a medium and purpose counts, and the older ones are the proof.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{ContactId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;

use super::changes::Step;
use super::tags::made;
use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// What for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// Answers, orders, appointments.
    Answers,
    /// Offers and news.
    Advertising,
}
words!(Purpose { Purpose::Answers => "service", Purpose::Advertising => "advertising" });

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Agreed.
    Given,
    /// Not agreed, or no longer.
    Withdrawn,
}
words!(State { State::Given => "given", State::Withdrawn => "withdrawn" });

/// Who said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A person of the shop.
    Hand,
    /// The customer, in a message.
    Message,
    /// A list that was taken in.
    Import,
}
words!(Source { Source::Hand => "hand", Source::Message => "message", Source::Import => "import" });

/// A consent, or its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Whose.
    pub contact_id: ContactId,
    /// For which medium; `None` for all.
    pub medium: Option<Medium>,
    /// What for.
    pub purpose: Purpose,
    /// How it is.
    pub state: State,
    /// Who said so.
    pub source: Source,
    /// The customer's words, may be empty.
    pub evidence: String,
    /// Where they stand.
    pub message_id: Option<MessageId>,
    /// Since when.
    pub at: Timestamp,
}

fn from_row(r: &Row<'_>) -> Sql<Consent> {
    Ok(Consent {
        contact_id: row::id(r, "contact_id")?,
        medium: row::some_text(r, "medium")?.map(Medium::new),
        purpose: row::word(r, "purpose")?,
        state: row::word(r, "state")?,
        source: row::word(r, "source")?,
        evidence: r.get("evidence")?,
        message_id: row::some_id(r, "message_id")?,
        at: row::at(r, "at")?,
    })
}

/// All of a customer, oldest first.
///
/// # Errors
/// The database's.
pub fn history(conn: &Connection, contact: ContactId) -> Result<Vec<Consent>> {
    let sql = "SELECT contact_id, medium, purpose, state, source, evidence, message_id, at FROM consents
               WHERE contact_id = ? ORDER BY id";
    row::all(conn, sql, [contact.0], from_row)
}

/// Those that count, by purpose and medium.
///
/// # Errors
/// The database's.
pub fn in_force(conn: &Connection, contact: ContactId) -> Result<Vec<Consent>> {
    let mut found: Vec<Consent> = Vec::new();
    let mut all = history(conn, contact)?;
    // After a merge the older of two may have the greater id.
    all.sort_by_key(|row| row.at);
    for row in all.into_iter().rev() {
        if !found.iter().any(|newer| newer.medium == row.medium && newer.purpose == row.purpose) {
            found.push(row);
        }
    }
    found.sort_by_key(|row| (row.purpose, row.medium.clone()));
    Ok(found)
}

/// Notes one; gives the way back.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: &Consent) -> Result<Step> {
    let sql = "INSERT INTO consents (contact_id, medium, purpose, state, source, evidence, message_id, at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    let medium = new.medium.as_ref().map_or("", Medium::as_str);
    let (purpose, state, source) = (new.purpose.word(), new.state.word(), new.source.word());
    let message = new.message_id.map(|id| id.0);
    row::run(
        tx,
        sql,
        params![new.contact_id.0, medium, purpose, state, source, new.evidence, message, new.at.0],
    )?;
    made(tx, new.contact_id, "consents", &[tx.last_insert_rowid()])
}

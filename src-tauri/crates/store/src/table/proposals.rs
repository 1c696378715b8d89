//! Standard replies that are proposed, because the same was written by hand again and again. A declined one keeps its row,
//! so that it is not proposed once more.
//!
//! Not here: what is alike (`theke_domain::likeness`).

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{MessageId, ProposalId};
use theke_domain::time::Timestamp;

use super::accounts::must_exist;
use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// What became of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A person has not said yet.
    Open,
    /// A standard reply was made of it.
    Accepted,
    /// It is none.
    Declined,
}
words!(State { State::Open => "open", State::Accepted => "accepted", State::Declined => "declined" });

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Row; not looked at when it is stored.
    pub id: ProposalId,
    /// What the answers answer, as `theke_domain::intent` calls it; empty where they differ.
    pub intent: String,
    /// The answer that stands for all.
    pub text: String,
    /// The answers.
    pub messages: Vec<MessageId>,
    /// What became of it.
    pub state: State,
    /// When.
    pub found_at: Timestamp,
}

const COLUMNS: &str = "id, intent, text, messages, state, found_at";

fn from_row(r: &Row<'_>) -> Sql<Proposal> {
    let messages: Vec<i64> = row::json(r, "messages")?;
    Ok(Proposal {
        id: row::id(r, "id")?,
        intent: r.get("intent")?,
        text: r.get("text")?,
        messages: messages.into_iter().map(MessageId).collect(),
        state: row::word(r, "state")?,
        found_at: row::at(r, "found_at")?,
    })
}

/// All, of whatever state: a shop has few.
///
/// # Errors
/// The database's.
pub fn all(conn: &Connection) -> Result<Vec<Proposal>> {
    row::all(conn, &format!("SELECT {COLUMNS} FROM proposals ORDER BY id DESC"), [], from_row)
}

/// One.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: ProposalId) -> Result<Option<Proposal>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM proposals WHERE id = ?"), [id.0], from_row)
}

/// Keeps a new one.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: &Proposal) -> Result<ProposalId> {
    let messages: Vec<i64> = new.messages.iter().map(|id| id.0).collect();
    let sql = "INSERT INTO proposals (intent, text, messages, state, found_at) VALUES (?, ?, ?, ?, ?)";
    let messages = serde_json::to_string(&messages)?;
    row::run(tx, sql, params![new.intent, new.text, messages, new.state.word(), new.found_at.0])?;
    Ok(ProposalId(tx.last_insert_rowid()))
}

/// Says what became of it.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn settle(tx: &Transaction<'_>, id: ProposalId, state: State) -> Result<()> {
    must_exist(row::run(tx, "UPDATE proposals SET state = ?2 WHERE id = ?1", params![id.0, state.word()])?)
}

/// Answers that wait to be compared, the newest first.
///
/// # Errors
/// The database's.
pub fn waiting(conn: &Connection, limit: u32) -> Result<Vec<MessageId>> {
    let sql = "SELECT id FROM messages WHERE to_group = 1 AND id > 0 ORDER BY id DESC LIMIT ?";
    row::all(conn, sql, [limit], |r| row::id(r, "id"))
}

/// Puts an answer up to be compared, or takes it off.
///
/// # Errors
/// The database's.
pub fn set_waiting(tx: &Transaction<'_>, id: MessageId, waits: bool) -> Result<()> {
    row::run(tx, "UPDATE messages SET to_group = ?2 WHERE id = ?1", params![id.0, waits])?;
    Ok(())
}

//! Messages that this computer wants to answer by itself and claims at the server first, because another one may want the same.
//!
//! Not here: how a channel claims (`Channel::claim`), and what follows.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{AccountId, MessageId};
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// How far a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is to be made.
    Wanted,
    /// It is ours: the answer may go.
    Won,
    /// Another computer was first.
    Lost,
    /// The server or the channel knows no claims.
    NotOffered,
    /// The answer is queued.
    Answered,
    /// It was ours and nothing went: a person is asked.
    Asked,
}

words!(State {
    State::Wanted => "wanted",
    State::Won => "won",
    State::Lost => "lost",
    State::NotOffered => "not_offered",
    State::Answered => "answered",
    State::Asked => "asked",
});

/// A claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The incoming message.
    pub message_id: MessageId,
    /// Where it is claimed.
    pub account_id: AccountId,
    /// How far it is.
    pub state: State,
    /// When it came to that.
    pub changed_at: Timestamp,
}

const COLUMNS: &str = "message_id, account_id, state, changed_at";

fn from_row(r: &Row<'_>) -> Sql<Claim> {
    Ok(Claim {
        message_id: row::id(r, "message_id")?,
        account_id: row::id(r, "account_id")?,
        state: row::word(r, "state")?,
        changed_at: row::at(r, "changed_at")?,
    })
}

/// Wants a message; says whether that is new.
///
/// # Errors
/// The database's.
pub fn want(tx: &Transaction<'_>, message: MessageId, account: AccountId, now: Timestamp) -> Result<bool> {
    let sql = "INSERT INTO claims (message_id, account_id, state, changed_at) VALUES (?, ?, ?, ?)
               ON CONFLICT (message_id) DO NOTHING";
    Ok(row::run(tx, sql, params![message.0, account.0, State::Wanted.word(), now.0])? > 0)
}

/// Takes one on to another state, if it is still in the one it was thought to be in; says whether it was.
///
/// # Errors
/// The database's.
pub fn advance(
    tx: &Transaction<'_>,
    message: MessageId,
    from: State,
    to: State,
    now: Timestamp,
) -> Result<bool> {
    let sql = "UPDATE claims SET state = ?3, changed_at = ?4 WHERE message_id = ?1 AND state = ?2";
    Ok(row::run(tx, sql, params![message.0, from.word(), to.word(), now.0])? > 0)
}

/// The claim of a message.
///
/// # Errors
/// The database's.
pub fn of_message(conn: &Connection, message: MessageId) -> Result<Option<Claim>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM claims WHERE message_id = ?"), [message.0], from_row)
}

/// Those of an account that are still to be made or to be answered, oldest message first.
///
/// # Errors
/// The database's.
pub fn open(conn: &Connection, account: AccountId, limit: u32) -> Result<Vec<Claim>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM claims WHERE account_id = ? AND state IN ('wanted', 'won')
                       ORDER BY message_id LIMIT ?"
    );
    row::all(conn, &sql, params![account.0, limit], from_row)
}

/// Messages that another computer claimed before a moment and of which nobody said since that they were answered.
///
/// # Errors
/// The database's.
pub fn lost_before(conn: &Connection, before: Timestamp) -> Result<Vec<MessageId>> {
    let sql =
        "SELECT message_id FROM claims WHERE state = 'lost' AND changed_at < ? ORDER BY changed_at LIMIT 100";
    row::all(conn, sql, [before.0], |r| row::id(r, "message_id"))
}

//! What customers wished, as it was read in their messages, with what came of it: one row for each message that says
//! something. `effects` makes true what a row says.
//!
//! Leaving and coming back (`STOPP`, `START`) are rows as well: `why` is `opt_out` or `opt_in` then, whatever became of
//! them. Not here: reading the words, and whether they are heeded (`theke_domain`).

pub mod effects;

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, MessageId, WishId};
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;
use theke_domain::wish::Scope;

use super::accounts::must_exist;
use super::changes::{Step, WishStep};
use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// What became of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// The program acted.
    Acted,
    /// A person is asked.
    Asked,
    /// A person agreed.
    Accepted,
    /// A person refused.
    Declined,
    /// It was acted upon and taken back.
    Undone,
    /// It changed nothing.
    Ignored,
}
words!(State {
    State::Acted => "acted",
    State::Asked => "asked",
    State::Accepted => "accepted",
    State::Declined => "declined",
    State::Undone => "undone",
    State::Ignored => "ignored",
});
words!(Scope { Scope::ThisTime => "this_time", Scope::Always => "always" });

/// `why` of a message that is the word by which people leave.
pub const OPT_OUT: &str = "opt_out";
/// `why` of a message that is the word by which they come back.
pub const OPT_IN: &str = "opt_in";

/// A wish to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct NewWish {
    /// In whose text it was read.
    pub message_id: MessageId,
    /// Who wishes.
    pub contact_id: ContactId,
    /// In which matter.
    pub conversation_id: ConversationId,
    /// Wished; `None` if something is only refused.
    pub medium: Option<Medium>,
    /// Refused.
    pub refused: Vec<Medium>,
    /// For how long.
    pub scope: Scope,
    /// Only in an uncertain case.
    pub conditional: bool,
    /// The address to which the answer shall go, as written.
    pub new_address: Option<String>,
    /// The words.
    pub evidence: String,
    /// What became of it.
    pub state: State,
    /// Why it was not acted upon, a stable word; [`OPT_OUT`] and [`OPT_IN`] say what it was.
    pub why: String,
    /// When it was said.
    pub at: Timestamp,
}

/// A stored wish.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    /// Row.
    pub id: WishId,
    /// What was read.
    pub read: NewWish,
    /// The way back.
    pub steps: Vec<Step>,
}

impl Wish {
    /// The word by which somebody leaves or comes back.
    pub fn is_opt(&self) -> bool {
        self.read.why == OPT_OUT || self.read.why == OPT_IN
    }

    /// The steps that held while a person was asked, and those that came with the agreement.
    pub fn parts(&self) -> (&[Step], &[Step]) {
        let agreed = self.steps.iter().position(|step| *step == Step::Wish(WishStep::Agreed));
        self.steps.split_at(agreed.unwrap_or(0))
    }

    /// It holds: the program acted, or a person agreed.
    pub fn holds(&self) -> bool {
        matches!(self.read.state, State::Acted | State::Accepted)
    }
}

const COLUMNS: &str =
    "id, message_id, contact_id, conversation_id, medium, refused, scope, conditional, new_address,
    evidence, state, why, steps, at";

fn from_row(r: &Row<'_>) -> Sql<Wish> {
    let refused: Vec<String> = row::json(r, "refused")?;
    Ok(Wish {
        id: row::id(r, "id")?,
        read: NewWish {
            message_id: row::id(r, "message_id")?,
            contact_id: row::id(r, "contact_id")?,
            conversation_id: row::id(r, "conversation_id")?,
            medium: row::some_text(r, "medium")?.map(Medium::new),
            refused: refused.into_iter().map(Medium::new).collect(),
            scope: row::word(r, "scope")?,
            conditional: r.get("conditional")?,
            new_address: row::some_text(r, "new_address")?,
            evidence: r.get("evidence")?,
            state: row::word(r, "state")?,
            why: r.get("why")?,
            at: row::at(r, "at")?,
        },
        steps: row::json(r, "steps")?,
    })
}

/// Stores what was read in a message; once for each message.
///
/// # Errors
/// The database's, also where something was read in this message before.
pub fn insert(tx: &Transaction<'_>, new: &NewWish) -> Result<WishId> {
    let sql =
        "INSERT INTO wishes (message_id, contact_id, conversation_id, medium, refused, scope, conditional,
                   new_address, evidence, state, why, at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let refused: Vec<&str> = new.refused.iter().map(Medium::as_str).collect();
    row::run(
        tx,
        sql,
        params![
            new.message_id.0,
            new.contact_id.0,
            new.conversation_id.0,
            new.medium.as_ref().map_or("", Medium::as_str),
            serde_json::to_string(&refused)?,
            new.scope.word(),
            new.conditional,
            new.new_address.as_deref().unwrap_or_default(),
            new.evidence,
            new.state.word(),
            new.why,
            new.at.0,
        ],
    )?;
    Ok(WishId(tx.last_insert_rowid()))
}

/// One.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: WishId) -> Result<Option<Wish>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM wishes WHERE id = ?"), [id.0], from_row)
}

/// What was read in a message.
///
/// # Errors
/// The database's.
pub fn of_message(conn: &Connection, message: MessageId) -> Result<Option<Wish>> {
    let sql = format!("SELECT {COLUMNS} FROM wishes WHERE message_id = ?");
    row::first(conn, &sql, [message.0], from_row)
}

/// The newest of a contact.
///
/// # Errors
/// The database's.
pub fn of_contact(conn: &Connection, contact: ContactId, limit: u32) -> Result<Vec<Wish>> {
    let sql = format!("SELECT {COLUMNS} FROM wishes WHERE contact_id = ? ORDER BY id DESC LIMIT ?");
    row::all(conn, &sql, params![contact.0, limit], from_row)
}

/// Sets what became of it, with the way back.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn settle(tx: &Transaction<'_>, id: WishId, state: State, steps: &[Step]) -> Result<()> {
    let sql = "UPDATE wishes SET state = ?2, steps = ?3 WHERE id = ?1";
    must_exist(row::run(tx, sql, params![id.0, state.word(), serde_json::to_string(steps)?])?)
}

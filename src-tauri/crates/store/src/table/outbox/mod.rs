//! What waits to be sent, and what became of it.
//!
//! ```text
//! queued ──> sending ──> committed ──> sent
//!   ^ │         │            │
//!   │ │         ├────────────┴──> queued (definite refusal, later), failed, in_doubt
//!   │ └──> held (waited for a day), cancelled
//!   └───── held (confirmed), failed and in_doubt (a person says: again)
//! ```
//!
//! Order is kept per account and contact: a row is due only if no older row of its lane is unfinished. Accounts do
//! not wait for each other. [`steps`] has the changes of state. Not here: when to try again, and whether.

pub mod steps;

use std::collections::HashMap;

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::address::Address;
use theke_domain::ids::{AccountId, ContactId, ConversationId, DecisionId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::message::{ClientReference, Outgoing, RemoteId};
use theke_domain::time::Timestamp;

use super::contacts::DISPLAY_NAME;
use super::{Trouble, attachments};
use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Waits for its time.
    Queued,
    /// An attempt is counted and under way; nothing irrevocable has happened.
    Sending,
    /// The point of no return is passed.
    Committed,
    /// The provider has taken it.
    Sent,
    /// It waited for a day and asks.
    Held,
    /// Refused for good.
    Failed,
    /// Nobody knows whether it went out.
    InDoubt,
    /// Taken back before it left.
    Cancelled,
}
words!(State {
    State::Queued => "queued",
    State::Sending => "sending",
    State::Committed => "committed",
    State::Sent => "sent",
    State::Held => "held",
    State::Failed => "failed",
    State::InDoubt => "in_doubt",
    State::Cancelled => "cancelled",
});

/// A row without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The message; also the row.
    pub message_id: MessageId,
    /// Why it is sent.
    pub decision_id: DecisionId,
    /// By which account.
    pub account_id: AccountId,
    /// To whom.
    pub contact_id: ContactId,
    /// To which address.
    pub address: Address,
    /// Fixed when it was queued.
    pub reference: ClientReference,
    /// Where it stands.
    pub state: State,
    /// Attempts made.
    pub attempts: u32,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// When it was first to leave.
    pub wanted_at: Timestamp,
    /// Not before.
    pub due_at: Timestamp,
    /// When a person said "send it" after it had waited.
    pub confirmed_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// The copy in Sent is still to be made.
    pub after_send: bool,
    /// As the provider named it.
    pub remote_id: Option<RemoteId>,
    /// What went wrong last.
    pub trouble: Option<Trouble>,
}

/// A message to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry<'a> {
    /// The message, already stored, with its files in `attachments`.
    pub message_id: MessageId,
    /// The decision, already stored.
    pub decision_id: DecisionId,
    /// By which account.
    pub account_id: AccountId,
    /// To whom.
    pub contact_id: ContactId,
    /// What goes out; `payload` too if the channel fixed the bytes.
    pub outgoing: &'a Outgoing,
    /// Now.
    pub queued_at: Timestamp,
    /// When it is to leave.
    pub due_at: Timestamp,
}

const COLUMNS: &str = "o.message_id, o.decision_id, o.account_id, o.contact_id, o.address_kind, o.address_network,
    o.address, o.reference, o.state, o.attempts, o.queued_at, o.wanted_at, o.due_at, o.confirmed_at, o.finished_at,
    o.after_send, o.remote_id, o.error_code, o.error_text";

fn from_row(r: &Row<'_>) -> Sql<Entry> {
    let (kind, network, value): (String, String, String) =
        (r.get("address_kind")?, r.get("address_network")?, r.get("address")?);
    Ok(Entry {
        message_id: row::id(r, "message_id")?,
        decision_id: row::id(r, "decision_id")?,
        account_id: row::id(r, "account_id")?,
        contact_id: row::id(r, "contact_id")?,
        address: Address::from_stored(&kind, &network, &value).ok_or_else(|| row::unknown("address_kind"))?,
        reference: ClientReference(r.get("reference")?),
        state: row::word(r, "state")?,
        attempts: r.get("attempts")?,
        queued_at: row::at(r, "queued_at")?,
        wanted_at: row::at(r, "wanted_at")?,
        due_at: row::at(r, "due_at")?,
        confirmed_at: row::some_at(r, "confirmed_at")?,
        finished_at: row::some_at(r, "finished_at")?,
        after_send: r.get("after_send")?,
        remote_id: row::some_text(r, "remote_id")?.map(RemoteId),
        trouble: Trouble::from_row(r)?,
    })
}

/// Queues a message.
///
/// # Errors
/// The database's, also for a reference that was used before.
pub fn insert(tx: &Transaction<'_>, new: &NewEntry<'_>) -> Result<()> {
    let sql =
        "INSERT INTO outbox (message_id, decision_id, account_id, contact_id, address_kind, address_network,
                   address, reference, payload, outgoing, state, queued_at, wanted_at, due_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?11, ?12, ?12)";
    let to = &new.outgoing.to;
    row::run(
        tx,
        sql,
        params![
            new.message_id.0,
            new.decision_id.0,
            new.account_id.0,
            new.contact_id.0,
            to.kind_word(),
            to.network(),
            to.value(),
            new.outgoing.reference.0,
            new.outgoing.payload,
            serde_json::to_string(new.outgoing)?,
            new.queued_at.0,
            new.due_at.0
        ],
    )?;
    Ok(())
}

/// One row.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: MessageId) -> Result<Option<Entry>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM outbox o WHERE o.message_id = ?"), [id.0], from_row)
}

/// The row with this reference.
///
/// # Errors
/// The database's.
pub fn by_reference(conn: &Connection, reference: &ClientReference) -> Result<Option<Entry>> {
    row::first(
        conn,
        &format!("SELECT {COLUMNS} FROM outbox o WHERE o.reference = ?"),
        [&reference.0],
        from_row,
    )
}

/// What goes out, with its files and its fixed bytes.
///
/// # Errors
/// The database's.
pub fn outgoing(conn: &Connection, id: MessageId) -> Result<Option<Outgoing>> {
    let sql = "SELECT outgoing, payload FROM outbox WHERE message_id = ?";
    let found =
        row::first(conn, sql, [id.0], |r| Ok((row::json::<Outgoing>(r, "outgoing")?, r.get("payload")?)))?;
    let Some((mut outgoing, payload)) = found else { return Ok(None) };
    outgoing.payload = payload;
    outgoing.parts = attachments::outgoing(conn, id)?;
    Ok(Some(outgoing))
}

/// The row of an account that is to be sent next; `None` if none is due.
///
/// # Errors
/// The database's.
pub fn next_due(conn: &Connection, account: AccountId, now: Timestamp) -> Result<Option<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox o
         WHERE o.state = 'queued' AND o.account_id = ?1 AND o.due_at <= ?2 AND {NOTHING_BEFORE}
         ORDER BY o.due_at, o.message_id LIMIT 1"
    );
    row::first(conn, &sql, params![account.0, now.0], from_row)
}

/// No older row of the lane is unfinished. One in doubt perhaps went out and does not stand in the way; nor does one
/// that a person queued for a later time than this. Up to two minutes it is the undo time, which keeps the order.
const NOTHING_BEFORE: &str = "NOT EXISTS (SELECT 1 FROM outbox e
    WHERE e.account_id = o.account_id AND e.contact_id = o.contact_id AND e.message_id < o.message_id
      AND e.state IN ('queued', 'sending', 'committed', 'held')
      AND (e.state <> 'queued' OR e.wanted_at <= o.wanted_at OR e.wanted_at <= e.queued_at + 120000))";

/// When the next row of an account may be sent, due or not; `None` if none waits.
///
/// # Errors
/// The database's.
pub fn next_due_at(conn: &Connection, account: AccountId) -> Result<Option<Timestamp>> {
    let sql = format!(
        "SELECT o.due_at FROM outbox o WHERE o.state = 'queued' AND o.account_id = ?1 AND {NOTHING_BEFORE}
         ORDER BY o.due_at LIMIT 1"
    );
    row::first(conn, &sql, [account.0], |r| row::at(r, "due_at"))
}

/// An unfinished or failed row with what its line shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenEntry {
    /// The row.
    pub entry: Entry,
    /// Conversation.
    pub conversation_id: ConversationId,
    /// The contact's name, or its first address.
    pub contact_name: String,
    /// Medium.
    pub medium: Medium,
    /// First words.
    pub snippet: String,
    /// Written by the program.
    pub automatic: bool,
}

const OPEN: &str = "('queued', 'sending', 'committed', 'held', 'failed', 'in_doubt')";

/// A page of what is not sent, oldest first; begin with `MessageId(0)`.
///
/// # Errors
/// The database's.
pub fn open(conn: &Connection, after: MessageId, limit: u32) -> Result<Vec<OpenEntry>> {
    let sql = format!(
        "SELECT {COLUMNS}, m.conversation_id, m.medium, m.snippet, m.automatic, {DISPLAY_NAME} AS contact_name
         FROM outbox o INDEXED BY outbox_open CROSS JOIN messages m ON m.id = o.message_id CROSS JOIN contacts c ON c.id = o.contact_id
         WHERE o.state IN {OPEN} AND o.message_id > ?1 ORDER BY o.message_id LIMIT ?2"
    );
    row::all(conn, &sql, params![after.0, limit], |r| {
        Ok(OpenEntry {
            entry: from_row(r)?,
            conversation_id: row::id(r, "conversation_id")?,
            contact_name: r.get("contact_name")?,
            medium: Medium::new(r.get::<_, String>("medium")?),
            snippet: r.get("snippet")?,
            automatic: r.get("automatic")?,
        })
    })
}

/// An unsent message, as the line of its conversation shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unsent {
    /// Where it stands.
    pub state: State,
    /// When it was queued.
    pub queued_at: Timestamp,
    /// When it was first to leave.
    pub wanted_at: Timestamp,
}

/// The newest unsent message of each conversation that has one.
///
/// # Errors
/// The database's.
pub fn pending(conn: &Connection) -> Result<HashMap<ConversationId, Unsent>> {
    let sql = format!(
        "SELECT m.conversation_id, o.state, o.queued_at, o.wanted_at FROM outbox o INDEXED BY outbox_open CROSS JOIN messages m ON m.id = o.message_id
         WHERE o.state IN {OPEN} ORDER BY o.message_id"
    );
    let rows = row::all(conn, &sql, [], |r| {
        let (queued_at, wanted_at) = (row::at(r, "queued_at")?, row::at(r, "wanted_at")?);
        Ok((row::id(r, "conversation_id")?, Unsent { state: row::word(r, "state")?, queued_at, wanted_at }))
    })?;
    Ok(rows.into_iter().collect())
}

/// How many rows wait or are under way, and how many want a person (failed, held, in doubt).
///
/// # Errors
/// The database's.
pub fn counts(conn: &Connection) -> Result<(u64, u64)> {
    let sql = format!(
        "SELECT state, count(*) AS rows FROM outbox o INDEXED BY outbox_open WHERE o.state IN {OPEN} GROUP BY state"
    );
    let (mut waiting, mut attention) = (0, 0);
    for (state, rows) in row::all(conn, &sql, [], |r| Ok((row::word(r, "state")?, r.get::<_, u32>("rows")?)))?
    {
        match state {
            State::Queued | State::Sending | State::Committed => waiting += u64::from(rows),
            _ => attention += u64::from(rows),
        }
    }
    Ok((waiting, attention))
}

/// Rows in these states, oldest first: for the start of the engine.
///
/// # Errors
/// The database's.
pub fn in_state(conn: &Connection, state: State) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox o INDEXED BY outbox_open WHERE o.state IN {OPEN} AND o.state = ? ORDER BY o.message_id"
    );
    row::all(conn, &sql, [state.word()], from_row)
}

/// The references of all rows that are not final: what the witness must still remember. One in doubt is among them.
///
/// # Errors
/// The database's.
pub fn unfinished_references(conn: &Connection) -> Result<Vec<ClientReference>> {
    let sql = format!("SELECT o.reference FROM outbox o INDEXED BY outbox_open WHERE o.state IN {OPEN}");
    row::all(conn, &sql, [], |r| Ok(ClientReference(r.get("reference")?)))
}

/// Sent messages of an account whose copy in Sent is still to be made.
///
/// # Errors
/// The database's.
pub fn awaiting_copy(conn: &Connection, account: AccountId) -> Result<Vec<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM outbox o WHERE o.after_send = 1 AND o.account_id = ? ORDER BY o.message_id"
    );
    row::all(conn, &sql, [account.0], from_row)
}

/// Whether something of an account is not sent yet, failed or in doubt.
///
/// # Errors
/// The database's.
pub fn has_open(conn: &Connection, account: AccountId) -> Result<bool> {
    let sql = format!("SELECT EXISTS (SELECT 1 FROM outbox o WHERE o.state IN {OPEN} AND o.account_id = ?)");
    row::one(conn, &sql, [account.0])
}

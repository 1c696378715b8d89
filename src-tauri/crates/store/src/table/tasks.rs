//! What a person has to do for a customer: keep a promise, ring somebody up, answer a question of the program.
//!
//! A done one keeps its row. Not here: reminding, and how a day is told.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, MessageId, TaskId};
use theke_domain::time::Timestamp;

use super::changes::{Step, changing};
use super::contacts::DISPLAY_NAME;
use super::tags::made;
use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Keep a promise.
    Promise,
    /// Ring up.
    Call,
    /// Answer a question of the program.
    Ask,
}
words!(Kind { Kind::Promise => "promise", Kind::Call => "call", Kind::Ask => "ask" });

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Row.
    pub id: TaskId,
    /// For whom.
    pub contact_id: ContactId,
    /// In which matter.
    pub conversation_id: Option<ConversationId>,
    /// The message that led to it.
    pub message_id: Option<MessageId>,
    /// What sort.
    pub kind: Kind,
    /// What, may be empty.
    pub text: String,
    /// The number to call, may be empty.
    pub address: String,
    /// Until when.
    pub due_at: Option<Timestamp>,
    /// When it was done.
    pub done_at: Option<Timestamp>,
    /// When it was made.
    pub created_at: Timestamp,
}

const COLUMNS: &str =
    "t.id, t.contact_id, t.conversation_id, t.message_id, t.kind, t.text, t.address, t.due_at, t.done_at,
    t.created_at";

fn from_row(r: &Row<'_>) -> Sql<Task> {
    Ok(Task {
        id: row::id(r, "id")?,
        contact_id: row::id(r, "contact_id")?,
        conversation_id: row::some_id(r, "conversation_id")?,
        message_id: row::some_id(r, "message_id")?,
        kind: row::word(r, "kind")?,
        text: r.get("text")?,
        address: r.get("address")?,
        due_at: row::some_at(r, "due_at")?,
        done_at: row::some_at(r, "done_at")?,
        created_at: row::at(r, "created_at")?,
    })
}

/// One task, done or open.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: TaskId) -> Result<Option<Task>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM tasks t WHERE t.id = ?"), [id.0], from_row)
}

/// Open ones with the customers' names: the one due longest first, those without a day behind.
///
/// # Errors
/// The database's.
pub fn open(conn: &Connection, limit: u32) -> Result<Vec<(Task, String)>> {
    let mut found = open_where(conn, "t.due_at > 0", limit)?;
    let left = limit.saturating_sub(u32::try_from(found.len()).unwrap_or(u32::MAX));
    found.extend(open_where(conn, "t.due_at = 0", left)?);
    Ok(found)
}

fn open_where(conn: &Connection, which: &str, limit: u32) -> Result<Vec<(Task, String)>> {
    let sql = format!(
        "SELECT {COLUMNS}, {DISPLAY_NAME} AS display_name
         FROM tasks t CROSS JOIN contacts c ON c.id = t.contact_id
         WHERE t.done_at = 0 AND {which} ORDER BY t.due_at, t.id LIMIT ?"
    );
    row::all(conn, &sql, [limit], |r| Ok((from_row(r)?, r.get("display_name")?)))
}

/// Open ones of a customer, in the same order.
///
/// # Errors
/// The database's.
pub fn of_contact(conn: &Connection, contact: ContactId) -> Result<Vec<Task>> {
    let sql = format!("SELECT {COLUMNS} FROM tasks t WHERE t.contact_id = ? AND t.done_at = 0 ORDER BY t.id");
    let mut found = row::all(conn, &sql, [contact.0], from_row)?;
    found.sort_by_key(|task| (task.due_at.is_none(), task.due_at));
    Ok(found)
}

/// How many are due at this moment, and how many are open.
///
/// # Errors
/// The database's.
pub fn counts(conn: &Connection, due_until: Timestamp) -> Result<(u64, u64)> {
    let due: u32 = row::one(
        conn,
        "SELECT count(*) FROM tasks WHERE done_at = 0 AND due_at > 0 AND due_at <= ?",
        [due_until.0],
    )?;
    let open: u32 = row::one(conn, "SELECT count(*) FROM tasks WHERE done_at = 0", [])?;
    Ok((due.into(), open.into()))
}

/// Keeps a new one, whatever its `id`; gives the way back.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: &Task) -> Result<(TaskId, Step)> {
    let sql = "INSERT INTO tasks (contact_id, conversation_id, message_id, kind, text, address, due_at, done_at, created_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let (conversation, message) = (new.conversation_id.map_or(0, |id| id.0), new.message_id.map(|id| id.0));
    let (due, done) = (row::or_never(new.due_at), row::or_never(new.done_at));
    let kind = new.kind.word();
    row::run(
        tx,
        sql,
        params![
            new.contact_id.0,
            conversation,
            message,
            kind,
            new.text,
            new.address,
            due,
            done,
            new.created_at.0
        ],
    )?;
    let id = tx.last_insert_rowid();
    Ok((TaskId(id), made(tx, new.contact_id, "tasks", &[id])?))
}

/// Other words, another day or number; gives the way back.
///
/// # Errors
/// The database's.
pub fn change(tx: &Transaction<'_>, new: &Task) -> Result<Option<Step>> {
    let columns = ["kind", "text", "address", "due_at"];
    changing(tx, new.contact_id, ("tasks", &columns), &[new.id.0], || {
        let sql = "UPDATE tasks SET kind = ?2, text = ?3, address = ?4, due_at = ?5 WHERE id = ?1";
        let due = row::or_never(new.due_at);
        row::run(tx, sql, params![new.id.0, new.kind.word(), new.text, new.address, due]).map(|_| ())
    })
}

/// Done, or open again; gives the way back.
///
/// # Errors
/// The database's.
pub fn set_done(tx: &Transaction<'_>, row: &Task, done_at: Option<Timestamp>) -> Result<Option<Step>> {
    changing(tx, row.contact_id, ("tasks", &["done_at"]), &[row.id.0], || {
        // A done one that is done again keeps its day.
        let sql = "UPDATE tasks SET done_at = ?2 WHERE id = ?1 AND (done_at = 0) <> (?2 = 0)";
        row::run(tx, sql, [row.id.0, row::or_never(done_at)]).map(|_| ())
    })
}

/// Takes one away; gives the way back.
///
/// # Errors
/// The database's.
pub fn remove(tx: &Transaction<'_>, row: &Task) -> Result<Option<Step>> {
    changing(tx, row.contact_id, ("tasks", &[]), &[row.id.0], || {
        row::run(tx, "DELETE FROM tasks WHERE id = ?", [row.id.0]).map(|_| ())
    })
}

//! Why the program did or did not act. Written once; only deleting the message empties
//! the texts. Lists inside a row are JSON whose shape is
//! the engine's.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{ContactId, DecisionId, MessageId};
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row::{self, Sql};

/// A decision on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Row; 0 before it is stored.
    pub id: DecisionId,
    /// When.
    pub at: Timestamp,
    /// The message it is about: the incoming one for a rule, the outgoing one for a person's own reply.
    pub message_id: Option<MessageId>,
    /// The contact it is about.
    pub contact_id: Option<ContactId>,
    /// Rule and version; empty for a person's own reply.
    pub rule: String,
    /// `person`, `suggest`, `ask` or `send`.
    pub mode: String,
    /// `queued`, …
    pub result: String,
    /// JSON array of strings.
    pub evidence: serde_json::Value,
    /// JSON array of `{name, passed, why}`.
    pub guards: serde_json::Value,
    /// JSON of the route with its reasons.
    pub route: Option<serde_json::Value>,
    /// The text as it was to go out.
    pub text: String,
}

const COLUMNS: &str = "id, at, message_id, contact_id, rule, mode, result, evidence, guards, route, text";

fn from_row(r: &Row<'_>) -> Sql<Decision> {
    let route = row::some_text(r, "route")?;
    Ok(Decision {
        id: row::id(r, "id")?,
        at: row::at(r, "at")?,
        message_id: row::some_id(r, "message_id")?,
        contact_id: row::some_id(r, "contact_id")?,
        rule: r.get("rule")?,
        mode: r.get("mode")?,
        result: r.get("result")?,
        evidence: row::json(r, "evidence")?,
        guards: row::json(r, "guards")?,
        route: route
            .map(|json| serde_json::from_str(&json).map_err(|_| row::unknown("route")))
            .transpose()?,
        text: r.get("text")?,
    })
}

/// Stores one; its `id` is not looked at.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: &Decision) -> Result<DecisionId> {
    let sql = "INSERT INTO decisions (at, message_id, contact_id, rule, mode, result, evidence, guards, route, text,
                   text_sha256)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let sha256 =
        if new.text.is_empty() { String::new() } else { crate::key::sha256_hex(new.text.as_bytes()) };
    row::run(
        tx,
        sql,
        params![
            new.at.0,
            new.message_id.map(|id| id.0),
            new.contact_id.map(|id| id.0),
            new.rule,
            new.mode,
            new.result,
            new.evidence.to_string(),
            new.guards.to_string(),
            new.route.as_ref().map(ToString::to_string).unwrap_or_default(),
            new.text,
            sha256
        ],
    )?;
    Ok(DecisionId(tx.last_insert_rowid()))
}

/// One.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: DecisionId) -> Result<Option<Decision>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM decisions WHERE id = ?"), [id.0], from_row)
}

/// A page, newest first; begin with `DecisionId(i64::MAX)`.
///
/// # Errors
/// The database's.
pub fn page(conn: &Connection, before: DecisionId, limit: u32) -> Result<Vec<Decision>> {
    let sql = format!("SELECT {COLUMNS} FROM decisions WHERE id < ? ORDER BY id DESC LIMIT ?");
    row::all(conn, &sql, params![before.0, limit], from_row)
}

/// The newest one about a message.
///
/// # Errors
/// The database's.
pub fn of_message(conn: &Connection, message: MessageId) -> Result<Option<Decision>> {
    let sql = format!("SELECT {COLUMNS} FROM decisions WHERE message_id = ? ORDER BY id DESC LIMIT 1");
    row::first(conn, &sql, [message.0], from_row)
}

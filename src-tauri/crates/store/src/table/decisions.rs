//! Why the program did or did not act. Written once; only deleting the message empties
//! the texts. Lists inside a row are JSON whose shape is
//! the engine's.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::ids::{ContactId, ConversationId, DecisionId, MessageId, RuleId};
use theke_domain::time::Timestamp;

use super::accounts::must_exist;
use super::changes::Step;
use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::Word;

/// A decision on record.
#[derive(Debug, Clone, PartialEq)]
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
    /// What a rule's decision has beside that; empty for a person's own.
    pub automatic: Automatic,
}

/// What only a decision of a rule or of a customer's command says.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Automatic {
    /// The rule; `None` = a customer's command.
    pub rule_id: Option<RuleId>,
    /// Its version.
    pub rule_version: u32,
    /// How sure the intent was, 0 to 100; 0 = none was asked for.
    pub confidence: u8,
    /// What the text asked for; empty = none.
    pub intent: String,
    /// In which matter.
    pub conversation_id: Option<ConversationId>,
    /// What left, or would once a person says so.
    pub sent_message_id: Option<MessageId>,
    /// The way back.
    pub steps: Vec<Step>,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
    /// What somebody of the shop said of it.
    pub mark: Option<Mark>,
    /// When.
    pub marked_at: Option<Timestamp>,
}

/// What somebody of the shop says of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// It was right.
    Right,
    /// It was wrong.
    Wrong,
}

crate::words::words!(Mark { Mark::Right => "right", Mark::Wrong => "wrong" });

const COLUMNS: &str = "id, at, message_id, contact_id, rule, mode, result, evidence, guards, route, text, rule_id, rule_version,
    confidence, intent, conversation_id, sent_message_id, steps, undone_at, mark, marked_at";

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
        automatic: automatic(r)?,
    })
}

fn automatic(r: &Row<'_>) -> Sql<Automatic> {
    let mark = row::some_text(r, "mark")?;
    Ok(Automatic {
        rule_id: row::some_id(r, "rule_id")?,
        rule_version: r.get("rule_version")?,
        confidence: r.get("confidence")?,
        intent: r.get("intent")?,
        conversation_id: row::some_id(r, "conversation_id")?,
        sent_message_id: row::some_id(r, "sent_message_id")?,
        steps: row::json(r, "steps")?,
        undone_at: row::some_at(r, "undone_at")?,
        mark: mark.map(|word| Mark::from_word(&word).ok_or_else(|| row::unknown("mark"))).transpose()?,
        marked_at: row::some_at(r, "marked_at")?,
    })
}

/// Stores one; its `id` is not looked at.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: &Decision) -> Result<DecisionId> {
    let sql = "INSERT INTO decisions (at, message_id, contact_id, rule, mode, result, evidence, guards, route, text,
                   text_sha256, rule_id, rule_version, confidence, intent, conversation_id, sent_message_id, steps)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let more = &new.automatic;
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
            sha256,
            more.rule_id.map_or(0, |id| id.0),
            more.rule_version,
            more.confidence,
            more.intent,
            more.conversation_id.map_or(0, |id| id.0),
            more.sent_message_id.map_or(0, |id| id.0),
            serde_json::to_string(&more.steps)?,
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

/// A page of those that no person made, newest first, of one rule or of all.
///
/// # Errors
/// The database's.
pub fn automatic_page(
    conn: &Connection,
    rule: Option<RuleId>,
    before: DecisionId,
    limit: u32,
) -> Result<Vec<Decision>> {
    let sql = match rule {
        Some(_) => format!(
            "SELECT {COLUMNS} FROM decisions WHERE rule_id = ?3 AND rule_id <> 0 AND id < ?1
                            ORDER BY id DESC LIMIT ?2"
        ),
        None => format!(
            "SELECT {COLUMNS} FROM decisions WHERE mode <> 'person' AND id < ?1
                         ORDER BY id DESC LIMIT ?2"
        ),
    };
    match rule {
        Some(rule) => row::all(conn, &sql, params![before.0, limit, rule.0], from_row),
        None => row::all(conn, &sql, params![before.0, limit], from_row),
    }
}

/// Those of a conversation that no person made, oldest first.
///
/// # Errors
/// The database's.
pub fn of_conversation(conn: &Connection, id: ConversationId) -> Result<Vec<Decision>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM decisions WHERE conversation_id = ? AND conversation_id <> 0
                           AND mode <> 'person' ORDER BY id"
    );
    row::all(conn, &sql, [id.0], from_row)
}

/// Those that wait for one click, oldest first.
///
/// # Errors
/// The database's.
pub fn waiting(conn: &Connection, limit: u32) -> Result<Vec<Decision>> {
    let sql = format!("SELECT {COLUMNS} FROM decisions WHERE result = 'asked' ORDER BY id LIMIT ?");
    row::all(conn, &sql, [limit], from_row)
}

/// What it came to: a question that was answered, a message that left.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn set_result(tx: &Transaction<'_>, id: DecisionId, result: &str, sent: Option<MessageId>) -> Result<()> {
    let sql =
        "UPDATE decisions SET result = ?2, sent_message_id = iif(?3 = 0, sent_message_id, ?3) WHERE id = ?1";
    must_exist(row::run(tx, sql, params![id.0, result, sent.map_or(0, |id| id.0)])?)
}

/// The way back of what it did.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn set_steps(tx: &Transaction<'_>, id: DecisionId, steps: &[Step]) -> Result<()> {
    let sql = "UPDATE decisions SET steps = ?2 WHERE id = ?1";
    must_exist(row::run(tx, sql, params![id.0, serde_json::to_string(steps)?])?)
}

/// Notes that what it did was undone; the way back is used up.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`], also where it was undone already.
pub fn set_undone(tx: &Transaction<'_>, id: DecisionId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE decisions SET undone_at = ?2, steps = '[]' WHERE id = ?1 AND undone_at = 0";
    must_exist(row::run(tx, sql, params![id.0, now.0])?)
}

/// What somebody of the shop says of it; `None` takes it back.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`], also for a person's own.
pub fn set_mark(tx: &Transaction<'_>, id: DecisionId, mark: Option<Mark>, now: Timestamp) -> Result<()> {
    let sql = "UPDATE decisions SET mark = ?2, marked_at = ?3 WHERE id = ?1 AND mode <> 'person'";
    let word = mark.map_or("", Mark::word);
    must_exist(row::run(tx, sql, params![id.0, word, mark.map_or(0, |_| now.0)])?)
}

/// How many decisions of a rule's version in force were called wrong.
///
/// # Errors
/// The database's.
pub fn wrong_marks(conn: &Connection, rule: RuleId, version: u32) -> Result<u32> {
    let sql = "SELECT count(*) FROM decisions WHERE rule_id = ?1 AND rule_id <> 0 AND rule_version = ?2 AND mark = 'wrong'";
    row::one(conn, sql, params![rule.0, version])
}

/// Whether a rule has decided about a message, in whichever version.
///
/// # Errors
/// The database's.
pub fn is_decided(conn: &Connection, message: MessageId, rule: RuleId) -> Result<bool> {
    let sql = "SELECT 1 FROM decisions WHERE message_id = ? AND rule_id = ? LIMIT 1";
    Ok(row::first(conn, sql, params![message.0, rule.0], |_| Ok(()))?.is_some())
}

//! What is held about one customer: every table with rows that name them, and those rows.
//!
//! One list serves the access report and the erasure, so that neither can forget what the other knows. A test walks the
//! schema: a table that names a contact, a message or a conversation is in [`HELD`] or, with a reason, in [`ELSEWHERE`].
//!
//! Not here: masking third persons and making a text of it (the engine).

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};
use serde_json::{Map, Value};
use theke_domain::ids::{ContactId, MessageId};

use crate::error::Result;
use crate::row;
use crate::table::bodies;

/// How a row names a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum By {
    /// One of these columns is the contact.
    Contact(&'static [&'static str]),
    /// `message_id` is a message of theirs, or `contact_id` they themselves.
    Decision,
    /// `message_id` is a message of theirs.
    Message,
    /// `conversation_id` is a conversation of theirs.
    Conversation,
    /// A draft for them, by contact or by address.
    NewDraft,
    /// A file put to a draft for them.
    Staged,
    /// A provider's id of a message of theirs.
    RemoteId,
    /// An address of theirs in full.
    Address,
    /// The value of an address of theirs.
    Value(&'static str),
}

/// A table with rows that name a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The table.
    pub table: &'static str,
    pub(crate) by: By,
    /// Goes only when the letters go, too.
    pub(crate) letter: bool,
    /// Order of the rows.
    order: &'static str,
}

const fn held(table: &'static str, by: By, letter: bool, order: &'static str) -> Held {
    Held { table, by, letter, order }
}

const CONTACT: By = By::Contact(&["contact_id"]);

/// All of them. Deleted from the top: what others are found by stands below them.
pub const HELD: &[Held] = &[
    held("standard_reply_uses", By::Message, true, "message_id"),
    held("pending_flags", By::RemoteId, true, "wanted_at"),
    held("remote_ids", By::Message, true, "message_id"),
    held("message_references", By::Message, true, "message_id, position"),
    held("message_parties", By::Message, true, "message_id, role, position"),
    held("message_bodies", By::Message, true, "message_id"),
    held("attachments", By::Message, true, "message_id, position"),
    held("claims", By::Message, true, "message_id"),
    held("outbox", CONTACT, true, "message_id"),
    held("decisions", By::Decision, true, "id"),
    held("staged_files", By::Staged, false, "id"),
    held("dialogues", CONTACT, false, "conversation_id"),
    held("drafts", By::Conversation, false, "conversation_id"),
    held("new_drafts", By::NewDraft, false, "id"),
    held("wishes", CONTACT, false, "id"),
    held("refusals", CONTACT, false, "id"),
    held("consents", CONTACT, false, "id"),
    held("goodwill", CONTACT, false, "id"),
    held("tasks", CONTACT, false, "id"),
    held("contact_tags", CONTACT, false, "added_at"),
    held("custom_values", CONTACT, false, "field_id"),
    held("preferences", CONTACT, false, "id"),
    held("entries", CONTACT, false, "id"),
    held("contact_keys", CONTACT, false, "key"),
    held("duplicates", By::Contact(&["first_id", "second_id"]), false, "first_id"),
    held("not_same", By::Contact(&["first_id", "second_id"]), false, "first_id"),
    held("blocked_addresses", By::Address, false, "value"),
    held("picture_senders", By::Value("address"), false, "address"),
    held("messages", CONTACT, true, "at, id"),
    held("conversations", CONTACT, true, "id"),
    held("merges", By::Contact(&["survivor_id", "absorbed_id"]), false, "id"),
    held("identities", CONTACT, true, "id"),
    held("contacts", By::Contact(&["id"]), true, "id"),
];

/// Tables that name a customer and are in no report, with the reason. An erasure empties them of what they hold.
pub const ELSEWHERE: &[(&str, &str)] = &[
    (
        "changes",
        "the ways back of the last day's changes: they repeat what stands in the rows and go by themselves",
    ),
    ("imports", "the ways back of imports: they repeat what stands in the rows"),
    (
        "automatic_sends",
        "the count of what went out by itself: what was sent and why stands in decisions; an erasure takes the name away",
    ),
    ("proposals", "answers of the shop that are alike: the messages themselves are in the report"),
];

impl Held {
    /// The condition of its rows; `?1` is a JSON array of contacts.
    pub(crate) fn condition(&self) -> String {
        const THEY: &str = "(SELECT value FROM json_each(?1))";
        const ADDRESSES: &str =
            "(SELECT value FROM identities WHERE contact_id IN (SELECT value FROM json_each(?1)))";
        let messages = format!("(SELECT id FROM messages WHERE contact_id IN {THEY})");
        let conversations = format!("(SELECT id FROM conversations WHERE contact_id IN {THEY})");
        let new_draft = format!(
            "contact_id IN {THEY} OR recipient IN {ADDRESSES} OR recipient IN
                 (SELECT display FROM identities WHERE contact_id IN {THEY})"
        );
        match self.by {
            By::Contact(columns) => {
                columns.iter().map(|column| format!("{column} IN {THEY}")).collect::<Vec<_>>().join(" OR ")
            }
            By::Decision => format!("contact_id IN {THEY} OR message_id IN {messages}"),
            By::Message => format!("message_id IN {messages}"),
            By::Conversation => format!("conversation_id IN {conversations}"),
            By::NewDraft => new_draft,
            By::Staged => format!(
                "(conversation_id <> 0 AND conversation_id IN {conversations})
                 OR (new_draft_id <> 0 AND new_draft_id IN (SELECT id FROM new_drafts WHERE {new_draft}))"
            ),
            By::RemoteId => format!(
                "(account_id, remote_id) IN
                     (SELECT account_id, remote_id FROM remote_ids WHERE message_id IN {messages})"
            ),
            By::Address => format!(
                "(kind, network, value) IN (SELECT kind, network, value FROM identities WHERE contact_id IN {THEY})"
            ),
            By::Value(column) => format!("{column} IN {ADDRESSES}"),
        }
    }
}

/// The contact and all that became part of it, the contact that stands for all of them first.
///
/// # Errors
/// The database's.
pub fn all_of(conn: &Connection, id: ContactId) -> Result<Vec<ContactId>> {
    let sql = "SELECT coalesce(merged_into_id, id) AS id FROM contacts WHERE id = ?";
    let mut all: Vec<ContactId> = row::all(conn, sql, [id.0], |r| row::id(r, "id"))?;
    let Some(root) = all.first().copied() else { return Ok(all) };
    let sql = "SELECT id FROM contacts WHERE merged_into_id = ? ORDER BY id";
    all.extend(row::all(conn, sql, [root.0], |r| row::id::<ContactId>(r, "id"))?);
    Ok(all)
}

/// Ids as `?1` of [`Held::condition`].
pub(crate) fn list(ids: &[ContactId]) -> String {
    let ids: Vec<String> = ids.iter().map(|id| id.0.to_string()).collect();
    format!("[{}]", ids.join(","))
}

/// The rows of one table, as they are; a text that is kept packed is unpacked, other bytes are named by their number.
///
/// # Errors
/// The database's.
pub fn rows(conn: &Connection, held: &Held, ids: &[ContactId]) -> Result<Vec<Map<String, Value>>> {
    if held.table == "message_bodies" {
        return texts(conn, held, ids);
    }
    let sql = format!("SELECT * FROM {} WHERE {} ORDER BY {}", held.table, held.condition(), held.order);
    let mut statement = conn.prepare(&sql)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut found = statement.query([list(ids)])?;
    let mut all = Vec::new();
    while let Some(one) = found.next()? {
        all.push(as_json(one, &names)?);
    }
    Ok(all)
}

fn texts(conn: &Connection, held: &Held, ids: &[ContactId]) -> Result<Vec<Map<String, Value>>> {
    let sql = format!("SELECT message_id FROM message_bodies WHERE {} ORDER BY message_id", held.condition());
    let messages: Vec<MessageId> = row::all(conn, &sql, [list(ids)], |r| row::id(r, "message_id"))?;
    let mut all = Vec::with_capacity(messages.len());
    for id in messages {
        let Some(body) = bodies::get(conn, id)? else { continue };
        let mut one = Map::new();
        one.insert("message_id".to_owned(), id.0.into());
        one.insert("text".to_owned(), body.text.into());
        one.insert("source_bytes".to_owned(), body.source.map_or(0, |source| source.len()).into());
        one.insert("problems".to_owned(), body.problems.into());
        all.push(one);
    }
    Ok(all)
}

/// A row by its columns; bytes as their number.
pub(crate) fn as_json(row: &Row<'_>, names: &[String]) -> rusqlite::Result<Map<String, Value>> {
    let mut one = Map::new();
    for (index, name) in names.iter().enumerate() {
        let value = match row.get_ref(index)? {
            ValueRef::Null => Value::Null,
            ValueRef::Integer(number) => number.into(),
            ValueRef::Real(number) => number.into(),
            ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
            ValueRef::Blob(bytes) => serde_json::json!({ "bytes": bytes.len() }),
        };
        one.insert(name.clone(), value);
    }
    Ok(one)
}

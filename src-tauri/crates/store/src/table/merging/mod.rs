//! Two contacts become one, because a person says so, and two again whenever a person says that.
//!
//! All rows change hands, none is deleted. What changes hands keeps whom it was made for (`origin_contact_id`), and the
//! merges in force say who that is part of: so whose a row is can be worked out anew after any of several merges was
//! undone, in whatever order. A message belongs to whom its identity belongs; only where that would be wrong (it was
//! moved by hand, or has none) it carries an origin of its own.
//!
//! [`apart`] takes a merge back. Not here: whether two contacts are the same, and which fields a person chose.

mod apart;
mod fields;
mod sorting;
mod tree;

use rusqlite::{Connection, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use theke_domain::ids::{ContactId, MergeId};
use theke_domain::time::Timestamp;

use super::{comparing, contacts, preferences};
use crate::error::{Error, Result};
use crate::row::{self, Sql};
use crate::search;

pub use apart::{Parted, unmerge};
pub use fields::{Field, Values, taken_by_itself, values};
pub use tree::{parts_of, root_of};

/// The tables whose rows keep whom they were made for. A message does so only where its identity does not say it.
pub(crate) const WITH_ORIGIN: [&str; 9] = [
    "conversations",
    "entries",
    "preferences",
    "contact_tags",
    "custom_values",
    "consents",
    "goodwill",
    "tasks",
    "refusals",
];

/// A merge, in force or undone.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// Row.
    pub id: MergeId,
    /// Who stayed.
    pub survivor: ContactId,
    /// Who went into it.
    pub absorbed: ContactId,
    /// The first of those that are undone together.
    pub batch: Option<MergeId>,
    /// What is needed for the way back.
    pub kept: Kept,
    /// When.
    pub at: Timestamp,
    /// When it was undone.
    pub undone_at: Option<Timestamp>,
}

/// What a merge keeps of before.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Kept {
    /// The survivor's values that were replaced.
    pub before: Values,
    /// What they were replaced by: the values of the absorbed one.
    pub became: Values,
    /// The preference of the absorbed one that ended with it, 0 none.
    pub ended_preference: i64,
    /// The decisions about the absorbed one.
    pub decisions: Vec<i64>,
    /// The newest decision of then; what came later goes with its message.
    pub last_decision: i64,
    /// Drafts of new messages to the absorbed one.
    pub new_drafts: Vec<i64>,
}

const COLUMNS: &str = "id, survivor_id, absorbed_id, batch, fields, at, undone_at";

fn from_row(r: &Row<'_>) -> Sql<Merge> {
    Ok(Merge {
        id: row::id(r, "id")?,
        survivor: row::id(r, "survivor_id")?,
        absorbed: row::id(r, "absorbed_id")?,
        batch: row::some_id(r, "batch")?,
        kept: row::json(r, "fields")?,
        at: row::at(r, "at")?,
        undone_at: row::some_at(r, "undone_at")?,
    })
}

/// One merge.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: MergeId) -> Result<Option<Merge>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM merges WHERE id = ?"), [id.0], from_row)
}

/// The merges in force that made a contact what it is, the oldest first.
///
/// # Errors
/// The database's.
pub fn into_contact(conn: &Connection, survivor: ContactId) -> Result<Vec<Merge>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM merges WHERE survivor_id = ? AND undone_at = 0 ORDER BY survivor_id, id"
    );
    row::all(conn, &sql, [survivor.0], from_row)
}

/// The merge in force by which a contact went into another one.
///
/// # Errors
/// The database's.
pub fn of_absorbed(conn: &Connection, absorbed: ContactId) -> Result<Option<Merge>> {
    let sql = format!("SELECT {COLUMNS} FROM merges WHERE absorbed_id = ? AND undone_at = 0");
    row::first(conn, &sql, [absorbed.0], from_row)
}

/// Gives everything of `absorbed` to `survivor`. Of the fields named in `taken` the survivor gets the other one's value.
/// A preference of the survivor stays in force; without one, that of the absorbed does. `batch`: the first merge of
/// those that are to be undone together.
///
/// # Errors
/// The database's; [`Error::NotFound`] if one of the two is none, or does not stand for itself.
pub fn merge(
    tx: &Transaction<'_>,
    survivor: ContactId,
    absorbed: ContactId,
    taken: &[Field],
    batch: Option<MergeId>,
    now: Timestamp,
) -> Result<MergeId> {
    for contact in [survivor, absorbed] {
        let stands = contacts::get(tx, contact)?.is_some_and(|row| row.merged_into.is_none());
        if !stands || survivor == absorbed {
            return Err(Error::NotFound);
        }
    }
    let parts = tree::parts_of(tx, absorbed)?;
    for contact in [survivor, absorbed] {
        sorting::stamp_messages(tx, contact)?;
    }
    let mut kept = fields::take(tx, survivor, absorbed, taken)?;
    if preferences::row_in_force(tx, survivor)? != 0 {
        kept.ended_preference = preferences::row_in_force(tx, absorbed)?;
        preferences::clear(tx, absorbed, now)?;
    }
    hand_over(tx, survivor, absorbed, &parts, &mut kept)?;
    let sql = "INSERT INTO merges (survivor_id, absorbed_id, batch, fields, at) VALUES (?, ?, ?, ?, ?)";
    let (batch, kept) = (batch.map_or(0, |id| id.0), serde_json::to_string(&kept)?);
    row::run(tx, sql, params![survivor.0, absorbed.0, batch, kept, now.0])?;
    let id = MergeId(tx.last_insert_rowid());
    for part in parts {
        // A chain of merges stays one step long for who only asks where a contact went.
        row::run(tx, "UPDATE contacts SET merged_into_id = ?2 WHERE id = ?1", [part.0, survivor.0])?;
    }
    comparing::forget(tx, absorbed)?;
    for contact in [absorbed, survivor] {
        contacts::recount(tx, contact)?;
        search::contacts::index(tx, contact)?;
    }
    Ok(id)
}

/// An address that was a contact's before it was merged; empty where it had none.
///
/// # Errors
/// The database's.
pub fn first_address(conn: &Connection, contact: ContactId) -> Result<String> {
    let sql = "SELECT display FROM identities WHERE origin_contact_id = ? ORDER BY rowid LIMIT 1";
    Ok(row::first(conn, sql, [contact.0], |r| r.get("display"))?.unwrap_or_default())
}

/// Names the first merge of a batch, in itself and thereby for the others.
///
/// # Errors
/// The database's.
pub fn set_batch(tx: &Transaction<'_>, id: MergeId, batch: MergeId) -> Result<()> {
    row::run(tx, "UPDATE merges SET batch = ?2 WHERE id = ?1", [id.0, batch.0])?;
    Ok(())
}

fn hand_over(
    tx: &Transaction<'_>,
    survivor: ContactId,
    absorbed: ContactId,
    parts: &[ContactId],
    kept: &mut Kept,
) -> Result<()> {
    let both = [absorbed.0, survivor.0];
    for part in parts {
        let sql = "UPDATE identities SET contact_id = ?2 WHERE origin_contact_id = ?3 AND contact_id = ?1";
        row::run(tx, sql, [absorbed.0, survivor.0, part.0])?;
    }
    for table in WITH_ORIGIN {
        let sql = format!(
            "UPDATE {table} SET contact_id = ?2, origin_contact_id = iif(origin_contact_id = 0, ?1, origin_contact_id)
             WHERE contact_id = ?1"
        );
        row::run(tx, &sql, both)?;
    }
    let sql = "UPDATE outbox SET contact_id = ?2
               WHERE message_id IN (SELECT id FROM messages WHERE contact_id = ?1 AND direction = 'out')";
    row::run(tx, sql, both)?;
    row::run(tx, "UPDATE messages SET contact_id = ?2 WHERE contact_id = ?1", both)?;
    row::run(tx, "UPDATE wishes SET contact_id = ?2 WHERE contact_id = ?1", both)?;
    row::run(tx, "UPDATE dialogues SET contact_id = ?2 WHERE contact_id = ?1", both)?;
    let ids = |sql: &str| row::all(tx, sql, [absorbed.0], |r| r.get::<_, i64>("id"));
    kept.decisions = ids("SELECT id FROM decisions WHERE contact_id = ?")?;
    kept.new_drafts = ids("SELECT id FROM new_drafts WHERE contact_id = ?")?;
    kept.last_decision = row::one(tx, "SELECT coalesce(max(id), 0) FROM decisions", [])?;
    row::run(tx, "UPDATE decisions SET contact_id = ?2 WHERE contact_id = ?1", both)?;
    row::run(tx, "UPDATE new_drafts SET contact_id = ?2 WHERE contact_id = ?1", both)?;
    Ok(())
}

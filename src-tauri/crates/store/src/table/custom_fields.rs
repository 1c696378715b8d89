//! Fields that a shop adds to the card, and what stands in them. A shop has a handful; a removed one keeps its values.
//!
//! After a merge both customers' values are kept, each under its origin. Which of them still stand against each other is
//! said here: a value that was set after the two came together was chosen by a person, and the other is history.

use std::collections::BTreeMap;

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::{ContactId, FieldId};
use theke_domain::time::Timestamp;

use super::changes::{Step, changing};
use super::tags::made;
use crate::error::{Error, Result};
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// A number, with a point.
    Number,
    /// A day, `YYYY-MM-DD`.
    Date,
    /// One of a few.
    Choice,
}
words!(Kind { Kind::Text => "text", Kind::Number => "number", Kind::Date => "date", Kind::Choice => "choice" });

/// A field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Row.
    pub id: FieldId,
    /// As the shop calls it.
    pub name: String,
    /// What stands in it.
    pub kind: Kind,
    /// Of a choice.
    pub choices: Vec<String>,
    /// Its place on the card.
    pub position: i64,
}

/// A field as it is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewField {
    /// As the shop calls it.
    pub name: String,
    /// What stands in it.
    pub kind: Kind,
    /// Of a choice.
    pub choices: Vec<String>,
}

/// A value on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value {
    /// In which field.
    pub field: FieldId,
    /// Whose it was before a merge; `None` = the customer's own.
    pub origin: Option<ContactId>,
    /// What stands there.
    pub value: String,
    /// When it was set.
    pub changed_at: Timestamp,
}

const COLUMNS: [&str; 5] = ["name", "kind", "choices", "position", "removed_at"];

fn from_row(r: &rusqlite::Row<'_>) -> Sql<Field> {
    Ok(Field {
        id: row::id(r, "id")?,
        name: r.get("name")?,
        kind: row::word(r, "kind")?,
        choices: row::json(r, "choices")?,
        position: r.get("position")?,
    })
}

/// Those in use, in their order.
///
/// # Errors
/// The database's.
pub fn all(conn: &Connection) -> Result<Vec<Field>> {
    let sql = "SELECT id, name, kind, choices, position FROM custom_fields WHERE removed_at = 0";
    let mut found = row::all(conn, sql, [], from_row)?;
    found.sort_by_key(|field| (field.position, field.id));
    Ok(found)
}

/// One in use.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: FieldId) -> Result<Option<Field>> {
    let sql = "SELECT id, name, kind, choices, position FROM custom_fields WHERE id = ? AND removed_at = 0";
    row::first(conn, sql, [id.0], from_row)
}

/// Adds one behind the others.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: &NewField) -> Result<(FieldId, Step)> {
    let behind: i64 = row::one(tx, "SELECT coalesce(max(position), 0) + 1 FROM custom_fields", [])?;
    let sql = "INSERT INTO custom_fields (name, kind, choices, position) VALUES (?, ?, ?, ?)";
    row::run(tx, sql, params![new.name, new.kind.word(), serde_json::to_string(&new.choices)?, behind])?;
    let id = tx.last_insert_rowid();
    Ok((FieldId(id), made(tx, ContactId(0), "custom_fields", &[id])?))
}

/// Another name or other choices. What stands in it stays, so its kind does too.
///
/// # Errors
/// The database's.
pub fn change(tx: &Transaction<'_>, id: FieldId, name: &str, choices: &[String]) -> Result<Option<Step>> {
    let choices = serde_json::to_string(choices)?;
    changing(tx, ContactId(0), ("custom_fields", &COLUMNS), &[id.0], || {
        let sql = "UPDATE custom_fields SET name = ?2, choices = ?3 WHERE id = ?1";
        row::run(tx, sql, params![id.0, name, choices]).map(|_| ())
    })
}

/// The order on the card; those not named come behind.
///
/// # Errors
/// The database's.
pub fn order(tx: &Transaction<'_>, ids: &[FieldId]) -> Result<Vec<Step>> {
    let behind = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let mut steps = Vec::new();
    for (field, index) in all(tx)?.into_iter().zip(0_i64..) {
        let named = ids.iter().zip(1_i64..).find(|(id, _)| **id == field.id).map(|(_, place)| place);
        let place = named.unwrap_or(behind.saturating_add(index).saturating_add(1));
        steps.extend(changing(tx, ContactId(0), ("custom_fields", &["position"]), &[field.id.0], || {
            let sql = "UPDATE custom_fields SET position = ?2 WHERE id = ?1";
            row::run(tx, sql, params![field.id.0, place]).map(|_| ())
        })?);
    }
    Ok(steps)
}

/// Takes one from all cards; what stood in it is kept.
///
/// # Errors
/// The database's.
pub fn remove(tx: &Transaction<'_>, id: FieldId, now: Timestamp) -> Result<Option<Step>> {
    changing(tx, ContactId(0), ("custom_fields", &["removed_at"]), &[id.0], || {
        let sql = "UPDATE custom_fields SET removed_at = max(?2, 1) WHERE id = ?1 AND removed_at = 0";
        row::run(tx, sql, [id.0, now.0]).map(|_| ())
    })
}

/// All values on a card, those that lost against another one too.
///
/// # Errors
/// The database's.
pub fn values(conn: &Connection, contact: ContactId) -> Result<Vec<Value>> {
    let sql = "SELECT field_id, origin_contact_id, value, changed_at FROM custom_values WHERE contact_id = ?";
    row::all(conn, sql, [contact.0], |r| {
        Ok(Value {
            field: row::id(r, "field_id")?,
            origin: row::some_id(r, "origin_contact_id")?,
            value: r.get("value")?,
            changed_at: row::at(r, "changed_at")?,
        })
    })
}

/// The values that stand on a card by field, the customer's own first. More than one is a conflict that a person ends.
///
/// # Errors
/// The database's.
pub fn standing(conn: &Connection, contact: ContactId) -> Result<BTreeMap<FieldId, Vec<Value>>> {
    let mut by_field: BTreeMap<FieldId, Vec<Value>> = BTreeMap::new();
    for value in values(conn, contact)? {
        by_field.entry(value.field).or_default().push(value);
    }
    for found in by_field.values_mut() {
        found.sort_by_key(|value| value.origin);
        if found.len() > 1 {
            let own = found.first().filter(|value| value.origin.is_none()).map(|value| value.changed_at);
            let mut kept: Vec<Value> = Vec::with_capacity(found.len());
            for value in found.drain(..) {
                let lost = match (value.origin, own) {
                    (Some(origin), Some(own)) => {
                        own > came(conn, origin, contact)?.unwrap_or(value.changed_at)
                    }
                    _ => false,
                };
                if !lost && !kept.iter().any(|other| other.value == value.value) {
                    kept.push(value);
                }
            }
            *found = kept;
        }
        // An emptied field says nothing, unless something stands against it.
        if found.len() > 1 {
            found.retain(|value| !value.value.is_empty());
        }
    }
    by_field.retain(|_, found| found.iter().any(|value| !value.value.is_empty()));
    Ok(by_field)
}

/// When one contact became part of another, over all merges between; `None` if no merge in force says so.
fn came(conn: &Connection, origin: ContactId, into: ContactId) -> Result<Option<Timestamp>> {
    let sql = "SELECT survivor_id, at FROM merges WHERE absorbed_id = ? AND undone_at = 0";
    let (mut from, mut latest) = (origin, None);
    while from != into {
        let found = row::first(conn, sql, [from.0], |r| {
            Ok((row::id::<ContactId>(r, "survivor_id")?, row::at(r, "at")?))
        })?;
        let Some((survivor, at)) = found else { break };
        (from, latest) = (survivor, latest.max(Some(at)));
    }
    Ok(latest)
}

/// Sets what stands in a field of a card, empty for nothing; gives the way back. After a merge this is the choice.
///
/// # Errors
/// The database's; [`Error::NotFound`] for a field that is not in use.
pub fn set(
    tx: &Transaction<'_>,
    contact: ContactId,
    field: FieldId,
    value: &str,
    now: Timestamp,
) -> Result<Option<Step>> {
    get(tx, field)?.ok_or(Error::NotFound)?;
    let others: bool = row::one(
        tx,
        "SELECT EXISTS (SELECT 1 FROM custom_values WHERE contact_id = ? AND field_id = ? AND origin_contact_id <> 0)",
        [contact.0, field.0],
    )?;
    changing(tx, contact, ("custom_values", &[]), &[contact.0, field.0, 0], || {
        // Emptied, and nothing to stand against: then there is no row.
        if value.is_empty() && !others {
            let sql =
                "DELETE FROM custom_values WHERE contact_id = ? AND field_id = ? AND origin_contact_id = 0";
            return row::run(tx, sql, [contact.0, field.0]).map(|_| ());
        }
        let sql = "INSERT INTO custom_values (contact_id, field_id, origin_contact_id, value, changed_at)
                   VALUES (?, ?, 0, ?, ?)
                   ON CONFLICT DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at
                   WHERE value <> excluded.value OR ?5";
        row::run(tx, sql, params![contact.0, field.0, value, now.0, others]).map(|_| ())
    })
}

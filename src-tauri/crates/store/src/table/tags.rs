//! Words by which customers are told apart: Stammkundin, Verein. A shop has dozens; they are the same word however it
//! is written.
//!
//! After a merge a customer may have one twice, each from another origin: shown once, taken away together.

use rusqlite::{Connection, Transaction, params};
use theke_domain::fold;
use theke_domain::ids::{ContactId, TagId};
use theke_domain::time::Timestamp;

use super::changes::{Changed, Step, TagGone, changing, image_of_row};
use crate::error::{Error, Result};
use crate::row::{self, Sql};

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Row.
    pub id: TagId,
    /// As written.
    pub name: String,
}

fn from_row(r: &rusqlite::Row<'_>) -> Sql<Tag> {
    Ok(Tag { id: row::id(r, "id")?, name: r.get("name")? })
}

/// All of them by name, each with the number of customers who have it. Reads an index; for the settings page.
///
/// # Errors
/// The database's.
pub fn all(conn: &Connection) -> Result<Vec<(Tag, u64)>> {
    let sql = "SELECT t.id, t.name, (SELECT count(DISTINCT c.contact_id) FROM contact_tags c WHERE c.tag_id = t.id) AS held
               FROM tags t ORDER BY t.folded";
    row::all(conn, sql, [], |r| Ok((from_row(r)?, r.get::<_, u32>("held")?.into())))
}

/// One tag.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: TagId) -> Result<Option<Tag>> {
    row::first(conn, "SELECT id, name FROM tags WHERE id = ?", [id.0], from_row)
}

/// Those of a customer, by name.
///
/// # Errors
/// The database's.
pub fn of_contact(conn: &Connection, contact: ContactId) -> Result<Vec<Tag>> {
    let sql =
        "SELECT t.id, t.name FROM contact_tags c CROSS JOIN tags t ON t.id = c.tag_id WHERE c.contact_id = ?";
    let mut found = row::all(conn, sql, [contact.0], from_row)?;
    found.sort_by_key(|tag| (key(&tag.name), tag.id));
    found.dedup();
    Ok(found)
}

/// Gives a customer a tag, which is made if there is none of that name; gives the way back, empty if nothing changed.
///
/// # Errors
/// The database's.
pub fn add(tx: &Transaction<'_>, contact: ContactId, name: &str, now: Timestamp) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    let found = row::first(tx, "SELECT id FROM tags WHERE folded = ?", [key(name)], |r| r.get("id"))?;
    let tag: i64 = match found {
        Some(id) => id,
        None => {
            row::run(tx, "INSERT INTO tags (name, folded) VALUES (?, ?)", params![name, key(name)])?;
            let id = tx.last_insert_rowid();
            steps.push(made(tx, ContactId(0), "tags", &[id])?);
            id
        }
    };
    let sql = "SELECT EXISTS (SELECT 1 FROM contact_tags WHERE contact_id = ? AND tag_id = ?)";
    if row::one(tx, sql, [contact.0, tag])? {
        return Ok(steps);
    }
    let sql =
        "INSERT INTO contact_tags (contact_id, origin_contact_id, tag_id, added_at) VALUES (?, 0, ?, ?)";
    row::run(tx, sql, [contact.0, tag, now.0])?;
    steps.push(made(tx, contact, "contact_tags", &[contact.0, tag, 0])?);
    Ok(steps)
}

/// The way back from a row that was just made.
pub(crate) fn made(tx: &Transaction<'_>, contact: ContactId, table: &str, key: &[i64]) -> Result<Step> {
    let became = image_of_row(tx, table, &[], key)?;
    Ok(Step::Row(Changed { contact, table: table.to_owned(), was: None, became }))
}

/// Takes a tag from a customer; gives the way back, empty if there was nothing to take.
///
/// # Errors
/// The database's.
pub fn take(tx: &Transaction<'_>, contact: ContactId, tag: TagId) -> Result<Vec<Step>> {
    let sql = "SELECT origin_contact_id FROM contact_tags WHERE contact_id = ? AND tag_id = ?";
    let origins: Vec<i64> = row::all(tx, sql, [contact.0, tag.0], |r| r.get("origin_contact_id"))?;
    let mut steps = Vec::new();
    let sql = "DELETE FROM contact_tags WHERE contact_id = ? AND tag_id = ? AND origin_contact_id = ?";
    for origin in origins {
        let key = [contact.0, tag.0, origin];
        steps.extend(changing(tx, contact, ("contact_tags", &[]), &key, || {
            row::run(tx, sql, key).map(|_| ())
        })?);
    }
    Ok(steps)
}

/// Another name for it. Where that is another tag's, the two become that one. Gives the way back.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn rename(tx: &Transaction<'_>, tag: TagId, name: &str) -> Result<Option<Step>> {
    get(tx, tag)?.ok_or(Error::NotFound)?;
    let sql = "SELECT id FROM tags WHERE folded = ?1 AND id <> ?2";
    if let Some(into) = row::first(tx, sql, params![key(name), tag.0], |r| r.get::<_, i64>("id"))? {
        return end(tx, tag, into).map(Some);
    }
    changing(tx, ContactId(0), ("tags", &["name", "folded"]), &[tag.0], || {
        let sql = "UPDATE tags SET name = ?2, folded = ?3 WHERE id = ?1";
        row::run(tx, sql, params![tag.0, name, key(name)]).map(|_| ())
    })
}

/// Takes a tag away from all who have it. Gives the way back.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn remove(tx: &Transaction<'_>, tag: TagId) -> Result<Step> {
    end(tx, tag, 0)
}

fn end(tx: &Transaction<'_>, tag: TagId, into: i64) -> Result<Step> {
    let image = image_of_row(tx, "tags", &[], &[tag.0])?.ok_or(Error::NotFound)?;
    let sql = "SELECT contact_id, origin_contact_id, added_at FROM contact_tags WHERE tag_id = ?";
    let held: Vec<(i64, i64, i64)> = row::all(tx, sql, [tag.0], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    let mut new = Vec::new();
    if into != 0 {
        let sql = "INSERT OR IGNORE INTO contact_tags (contact_id, origin_contact_id, tag_id, added_at) VALUES (?, ?, ?, ?)";
        for (contact, origin, at) in &held {
            if row::run(tx, sql, [*contact, *origin, into, *at])? > 0 {
                new.push((*contact, *origin));
            }
        }
    }
    row::run(tx, "DELETE FROM contact_tags WHERE tag_id = ?", [tag.0])?;
    row::run(tx, "DELETE FROM tags WHERE id = ?", [tag.0])?;
    Ok(Step::TagGone(TagGone { tag: image, held, into, new }))
}

/// By what two ways of writing are the same word. A tag of signs alone is itself.
fn key(name: &str) -> String {
    let folded = fold::key(name);
    if folded.is_empty() { name.trim().to_lowercase() } else { folded }
}

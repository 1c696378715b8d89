//! What a card of a customer says in words, for lists that come in and go out: fields, tags, the shop's own fields.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use theke_domain::ids::ContactId;

use super::imports::FIELDS;
use crate::error::Result;
use crate::row;

/// The words of one customer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Texts {
    /// Values of [`FIELDS`] that are not empty.
    pub fields: BTreeMap<&'static str, String>,
    /// Tags, by name.
    pub tags: Vec<String>,
    /// The shop's own fields in use, with their values.
    pub values: Vec<(String, String)>,
}

/// Those of a contact; `None` if there is none.
///
/// # Errors
/// The database's.
pub fn of(conn: &Connection, id: ContactId) -> Result<Option<Texts>> {
    let sql = format!("SELECT {} FROM contacts WHERE id = ?", FIELDS.join(", "));
    let fields = row::first(conn, &sql, [id.0], |r| {
        let mut fields = BTreeMap::new();
        for column in FIELDS {
            let value: String = r.get(column)?;
            if !value.is_empty() {
                fields.insert(column, value);
            }
        }
        Ok(fields)
    })?;
    let Some(fields) = fields else { return Ok(None) };
    let sql = "SELECT DISTINCT t.name FROM contact_tags c JOIN tags t ON t.id = c.tag_id
               WHERE c.contact_id = ? ORDER BY t.name";
    let tags = row::all(conn, sql, [id.0], |r| r.get(0))?;
    // After a merge there may be two values of a field; the newest one stands on the card.
    let sql = "SELECT f.name, v.value FROM custom_values v JOIN custom_fields f ON f.id = v.field_id
               WHERE v.contact_id = ? AND f.removed_at = 0 ORDER BY f.position, f.id, v.changed_at DESC";
    let mut values: Vec<(String, String)> = row::all(conn, sql, [id.0], |r| Ok((r.get(0)?, r.get(1)?)))?;
    values.dedup_by(|one, other| one.0 == other.0);
    Ok(Some(Texts { fields, tags, values }))
}

/// The shop's own fields in use: name and kind, in their order.
///
/// # Errors
/// The database's.
pub fn own_fields(conn: &Connection) -> Result<Vec<(String, String)>> {
    let sql = "SELECT name, kind FROM custom_fields WHERE removed_at = 0 ORDER BY position, id";
    row::all(conn, sql, [], |r| Ok((r.get(0)?, r.get(1)?)))
}

/// The contact that has this folded name and no address.
///
/// # Errors
/// The database's.
pub fn without_address(conn: &Connection, folded_name: &str) -> Result<Option<ContactId>> {
    if folded_name.is_empty() {
        return Ok(None);
    }
    let sql = "SELECT c.id FROM contacts c WHERE c.merged_into_id IS NULL AND c.folded_name = ?
                   AND NOT EXISTS (SELECT 1 FROM identities i WHERE i.contact_id = c.id AND i.removed_at = 0)
               ORDER BY c.id LIMIT 1";
    row::first(conn, sql, [folded_name], |r| row::id(r, "id"))
}

/// How many [`ids_after`] leaves out.
///
/// # Errors
/// The database's.
pub fn restricted(conn: &Connection) -> Result<u64> {
    let sql = "SELECT count(*) FROM contacts WHERE merged_into_id IS NULL AND restricted_at <> 0";
    row::one::<u32>(conn, sql, []).map(u64::from)
}

/// Contacts that stand for themselves, from one id on, in their order; restricted ones left out.
///
/// # Errors
/// The database's.
pub fn ids_after(conn: &Connection, after: ContactId, limit: u32) -> Result<Vec<ContactId>> {
    let sql = "SELECT id FROM contacts WHERE id > ? AND merged_into_id IS NULL AND restricted_at = 0
               ORDER BY id LIMIT ?";
    row::all(conn, sql, params![after.0, limit], |r| row::id(r, "id"))
}

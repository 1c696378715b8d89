//! Who is part of whom, by the merges in force. Few rows each: a contact is rarely merged more than a few times.

use rusqlite::Connection;
use theke_domain::ids::ContactId;

use super::{Merge, of_absorbed};
use crate::error::Result;
use crate::row;

/// Who a contact is part of now: itself where it stands for itself.
///
/// # Errors
/// The database's.
pub fn root_of(conn: &Connection, contact: ContactId) -> Result<ContactId> {
    Ok(way_up(conn, contact)?.last().map_or(contact, |merge| merge.survivor))
}

/// The merges that lead from a contact to who it is part of, in that order.
pub(super) fn way_up(conn: &Connection, contact: ContactId) -> Result<Vec<Merge>> {
    let mut way: Vec<Merge> = Vec::new();
    let mut at = contact;
    while let Some(merge) = of_absorbed(conn, at)? {
        at = merge.survivor;
        way.push(merge);
    }
    Ok(way)
}

/// A contact and all that went into it, also by way of others.
///
/// # Errors
/// The database's.
pub fn parts_of(conn: &Connection, contact: ContactId) -> Result<Vec<ContactId>> {
    let sql = "SELECT absorbed_id FROM merges WHERE survivor_id = ? AND undone_at = 0";
    let mut parts = vec![contact];
    let mut looked_at = 0;
    while let Some(part) = parts.get(looked_at).copied() {
        parts.extend(row::all(conn, sql, [part.0], |r| row::id::<ContactId>(r, "absorbed_id"))?);
        looked_at += 1;
    }
    Ok(parts)
}

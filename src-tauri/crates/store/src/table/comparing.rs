//! By which keys a contact is found that may be the same as another one, and which contacts are to be compared anew.
//!
//! A contact whose name or addresses changed is marked in the same transaction and compared in the background, with those
//! alone that share a key with it. Not here: what the keys are and what a comparison comes to (`domain::matching`).

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, params};
use theke_domain::address::Address;
use theke_domain::ids::ContactId;

use super::{duplicates, identities};
use crate::error::Result;
use crate::row;

/// What two contacts are compared by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Its name, or the one that its messages carry.
    pub name: String,
    /// Addresses, in the order in which they became known.
    pub addresses: Vec<Address>,
    /// Postcode.
    pub postcode: String,
}

/// What is known of a contact that stands for itself and may be used; `None` for all others.
///
/// # Errors
/// The database's.
pub fn known(conn: &Connection, contact: ContactId) -> Result<Option<Known>> {
    let sql = "SELECT name, postcode FROM contacts
               WHERE id = ? AND merged_into_id IS NULL AND restricted_at = 0";
    let found = row::first(conn, sql, [contact.0], |r| {
        Ok((r.get::<_, String>("name")?, r.get::<_, String>("postcode")?))
    })?;
    let Some((mut name, postcode)) = found else { return Ok(None) };
    let mut addresses = Vec::new();
    for identity in identities::of_contact(conn, contact)? {
        if name.is_empty() {
            name = identity.name;
        }
        addresses.push(identity.address);
    }
    Ok(Some(Known { name, addresses, postcode }))
}

/// Marks a contact: something by which it is compared changed.
///
/// # Errors
/// The database's.
pub fn mark(tx: &Transaction<'_>, contact: ContactId) -> Result<()> {
    row::run(tx, "UPDATE contacts SET to_compare = 1 WHERE id = ? AND to_compare = 0", [contact.0])?;
    Ok(())
}

/// Contacts that are to be compared, the newest first.
///
/// # Errors
/// The database's.
pub fn waiting(conn: &Connection, limit: u32) -> Result<Vec<ContactId>> {
    let sql = "SELECT id FROM contacts INDEXED BY contacts_to_compare
               WHERE to_compare = 1 AND merged_into_id IS NULL ORDER BY id DESC LIMIT ?";
    row::all(conn, sql, [limit], |r| row::id(r, "id"))
}

/// How many contacts wait; not more than `most` are counted.
///
/// # Errors
/// The database's.
pub fn count_waiting(conn: &Connection, most: u32) -> Result<u32> {
    Ok(u32::try_from(waiting(conn, most)?.len()).unwrap_or(most))
}

/// Other contacts that share a key, each once, at most `most`; of a key that many share the newest ones. The keys come with
/// the telling ones first.
///
/// # Errors
/// The database's.
pub fn sharing(
    conn: &Connection,
    contact: ContactId,
    keys: &[String],
    most: usize,
) -> Result<Vec<ContactId>> {
    let sql = "SELECT contact_id FROM contact_keys WHERE key = ?1 ORDER BY contact_id DESC LIMIT ?2";
    let mut seen = BTreeSet::from([contact]);
    let mut found = Vec::new();
    for key in keys {
        let left = most.saturating_sub(found.len());
        if left == 0 {
            break;
        }
        let limit = i64::try_from(most.saturating_add(1)).unwrap_or(i64::MAX);
        let sharing = row::all(conn, sql, params![key, limit], |r| row::id::<ContactId>(r, "contact_id"))?;
        found.extend(sharing.into_iter().filter(|other| seen.insert(*other)).take(left));
    }
    Ok(found)
}

/// Sets the keys of a contact and takes its mark away.
///
/// # Errors
/// The database's.
pub fn compared(tx: &Transaction<'_>, contact: ContactId, keys: &[String]) -> Result<()> {
    set_keys(tx, contact, keys)?;
    row::run(tx, "UPDATE contacts SET to_compare = 0 WHERE id = ?", [contact.0])?;
    Ok(())
}

/// Sets the keys by which a contact is found.
///
/// # Errors
/// The database's.
pub fn set_keys(tx: &Transaction<'_>, contact: ContactId, keys: &[String]) -> Result<()> {
    let sql = "SELECT key FROM contact_keys WHERE contact_id = ?";
    let old: BTreeSet<String> = row::all(tx, sql, [contact.0], |r| r.get("key"))?.into_iter().collect();
    let new: BTreeSet<String> = keys.iter().cloned().collect();
    for key in old.difference(&new) {
        let sql = "DELETE FROM contact_keys WHERE key = ?1 AND contact_id = ?2";
        row::run(tx, sql, params![key, contact.0])?;
    }
    for key in new.difference(&old) {
        let sql = "INSERT OR IGNORE INTO contact_keys (key, contact_id) VALUES (?1, ?2)";
        row::run(tx, sql, params![key, contact.0])?;
    }
    Ok(())
}

/// A contact that does not stand for itself any more is found by nothing, and nothing is suggested of it.
///
/// # Errors
/// The database's.
pub fn forget(tx: &Transaction<'_>, contact: ContactId) -> Result<()> {
    row::run(tx, "DELETE FROM contact_keys WHERE contact_id = ?", [contact.0])?;
    duplicates::forget(tx, contact)
}

//! The search index of contacts: names, firms and addresses. Kept at once, in the transaction of the change.

use std::collections::BTreeSet;

use rusqlite::{Connection, Transaction, params};
use theke_domain::fold;
use theke_domain::ids::ContactId;

use crate::error::Result;
use crate::row;
use crate::table::contacts::{self, Contact};
use crate::table::identities;

/// Indexes a contact anew from its rows; a merged, restricted or missing one is taken out.
///
/// # Errors
/// The database's.
pub fn index(tx: &Transaction<'_>, id: ContactId) -> Result<()> {
    forget(tx, id)?;
    // What it is found by is also what it is compared by.
    crate::table::comparing::mark(tx, id)?;
    let sql =
        "SELECT name, company FROM contacts WHERE id = ? AND merged_into_id IS NULL AND restricted_at = 0";
    let Some(mut names) = row::first(tx, sql, [id.0], |r| Ok(vec![r.get("name")?, r.get("company")?]))?
    else {
        return Ok(());
    };
    let mut addresses = Vec::new();
    for identity in identities::of_contact(tx, id)? {
        names.push(identity.name);
        addresses.push(identity.address.value().to_owned());
        addresses.push(identity.display);
    }
    names.dedup();
    let (names, addresses) = (names.join("\n"), addresses.join("\n"));
    let both = format!("{names}\n{addresses}");
    let sql = "INSERT INTO contacts_fts (rowid, name, addresses, tails, digits) VALUES (?, ?, ?, ?, ?)";
    let (name, address) = (fold::index_text(&names), fold::index_text(&addresses));
    row::run(tx, sql, params![id.0, name, address, fold::tails(&both), fold::digits(&both)])?;
    Ok(())
}

/// Takes a contact out of the index.
///
/// # Errors
/// The database's.
pub(crate) fn forget(tx: &Transaction<'_>, id: ContactId) -> Result<()> {
    row::run(tx, "DELETE FROM contacts_fts WHERE rowid = ?", [id.0])?;
    Ok(())
}

/// Contacts that answer to what was typed: those whose name begins with it first, then those in which all of it is
/// found (words, tails of words, digits of numbers).
///
/// # Errors
/// The database's.
pub fn find(conn: &Connection, typed: &str, limit: u32) -> Result<Vec<Contact>> {
    let key = fold::key(typed);
    if key.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = contacts::by_name_prefix(conn, &key, limit)?;
    let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
    // A list that is full asks no further: a single letter is in every other address.
    if found.len() < wanted
        && let Some(expression) = fold::match_expression(typed, &fold::CONTACTS)
    {
        let sql = "SELECT rowid FROM contacts_fts WHERE contacts_fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
        let ids: Vec<ContactId> =
            row::all(conn, sql, params![expression, limit.saturating_mul(2)], |r| row::id(r, "rowid"))?;
        let known: BTreeSet<ContactId> = found.iter().map(|contact| contact.id).collect();
        let new: Vec<ContactId> =
            ids.into_iter().filter(|id| !known.contains(id)).take(wanted - found.len()).collect();
        found.extend(contacts::many(conn, &new)?);
    }
    Ok(found)
}

//! Two contacts become one, because a person says that an address of one belongs to the other.
//!
//! All rows change hands, none is deleted: the emptied contact stays and names the one that it went into, an
//! identity keeps whom it was made for, and a message keeps by which identity it came. That is what an undo needs.
//! Not here: whether two contacts are the same; conversations, which are joined by hand.

use rusqlite::{Transaction, params};
use theke_domain::ids::ContactId;
use theke_domain::time::Timestamp;

use super::{contacts, preferences};
use crate::error::Result;
use crate::{row, search};

/// Gives everything of `other` to `into`. A preference of `into` stays in force; without one, that of `other` does.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn absorb(tx: &Transaction<'_>, other: ContactId, into: ContactId, now: Timestamp) -> Result<()> {
    if other == into {
        return Ok(());
    }
    for table in ["identities", "conversations", "messages", "outbox", "decisions", "entries"] {
        let sql = format!("UPDATE {table} SET contact_id = ?2 WHERE contact_id = ?1");
        row::run(tx, &sql, [other.0, into.0])?;
    }
    if preferences::in_force(tx, into)?.is_some() {
        preferences::clear(tx, other, now)?;
    }
    row::run(tx, "UPDATE preferences SET contact_id = ?2 WHERE contact_id = ?1", [other.0, into.0])?;
    // A chain of merges stays one step long.
    let sql = "UPDATE contacts SET merged_into_id = ?2 WHERE id = ?1 OR merged_into_id = ?1";
    row::run(tx, sql, params![other.0, into.0])?;
    contacts::recount(tx, other)?;
    contacts::recount(tx, into)?;
    search::contacts::index(tx, other)?;
    search::contacts::index(tx, into)
}

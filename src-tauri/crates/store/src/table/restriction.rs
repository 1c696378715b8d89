//! Customers whose details may be kept but not used (GDPR 18): out of the lists, the search, the suggestions and the routes.
//! What they write afterwards is there like any other message.
//!
//! Not here: who decides that; the hiding itself, which each list does by its own condition.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::ContactId;
use theke_domain::time::Timestamp;

use super::accounts::must_exist;
use crate::error::Result;
use crate::{row, search};

/// That the contact row `c` may be shown in a list.
pub(crate) const SHOWN: &str = "(c.restricted_at = 0 OR c.last_contact_at > c.restricted_at)";

/// Since when; `None` if it is not.
///
/// # Errors
/// The database's.
pub fn since(conn: &Connection, id: ContactId) -> Result<Option<Timestamp>> {
    let sql = "SELECT restricted_at FROM contacts WHERE id = ?";
    Ok(row::first(conn, sql, [id.0], |r| row::some_at(r, "restricted_at"))?.flatten())
}

/// Restricts one. Its open matters are closed, and it is no longer compared with others.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn restrict(tx: &Transaction<'_>, id: ContactId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE contacts SET restricted_at = max(?2, 1), to_compare = 0 WHERE id = ?1";
    must_exist(row::run(tx, sql, params![id.0, now.0])?)?;
    let sql = "UPDATE conversations SET status = 'closed', snoozed_until = 0, status_changed_at = ?2
               WHERE contact_id = ?1 AND status <> 'closed'";
    row::run(tx, sql, params![id.0, now.0])?;
    row::run(tx, "DELETE FROM contact_keys WHERE contact_id = ?", [id.0])?;
    row::run(tx, "DELETE FROM duplicates WHERE first_id = ?1 OR second_id = ?1", [id.0])?;
    search::contacts::index(tx, id)
}

/// Lifts it.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn lift(tx: &Transaction<'_>, id: ContactId) -> Result<()> {
    must_exist(row::run(tx, "UPDATE contacts SET restricted_at = 0, to_compare = 1 WHERE id = ?", [id.0])?)?;
    search::contacts::index(tx, id)
}

/// Those that are restricted, the newest first: they stand in no other list.
///
/// # Errors
/// The database's.
pub fn all(conn: &Connection, limit: u32) -> Result<Vec<ContactId>> {
    let sql = "SELECT id FROM contacts WHERE restricted_at > 0 AND merged_into_id IS NULL
               ORDER BY restricted_at DESC, id DESC LIMIT ?";
    row::all(conn, sql, [limit], |r| row::id(r, "id"))
}

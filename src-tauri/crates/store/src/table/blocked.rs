//! Addresses whose messages a person does not want to see. A table of its own, so that it holds when the address is
//! taken from its contact and comes back by a new message.
//!
//! Not here: what is done with their messages.

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::address::Address;
use theke_domain::ids::{ContactId, ConversationId};
use theke_domain::time::Timestamp;

use super::contacts::DISPLAY_NAME;
use crate::error::Result;
use crate::row::{self, Sql};

/// A blocked address with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blocked {
    /// The address.
    pub address: Address,
    /// When it was blocked.
    pub blocked_at: Timestamp,
    /// The contact that has it now.
    pub contact_id: Option<ContactId>,
    /// That contact's name, or its first address.
    pub contact_name: String,
}

/// Whether an address is blocked.
///
/// # Errors
/// The database's.
pub fn is_blocked(conn: &Connection, address: &Address) -> Result<bool> {
    let sql =
        "SELECT EXISTS (SELECT 1 FROM blocked_addresses WHERE kind = ?1 AND network = ?2 AND value = ?3)";
    row::one(conn, sql, params![address.kind_word(), address.network(), address.value()])
}

/// Blocks it; says whether it was not.
///
/// # Errors
/// The database's.
pub fn block(tx: &Transaction<'_>, address: &Address, now: Timestamp) -> Result<bool> {
    let sql =
        "INSERT OR IGNORE INTO blocked_addresses (kind, network, value, blocked_at) VALUES (?, ?, ?, ?)";
    Ok(row::run(tx, sql, params![address.kind_word(), address.network(), address.value(), now.0])? > 0)
}

/// Lets it through again; says whether it was blocked.
///
/// # Errors
/// The database's.
pub fn unblock(tx: &Transaction<'_>, address: &Address) -> Result<bool> {
    let sql = "DELETE FROM blocked_addresses WHERE kind = ?1 AND network = ?2 AND value = ?3";
    Ok(row::run(tx, sql, params![address.kind_word(), address.network(), address.value()])? > 0)
}

/// All of them. A person made each, so there are few.
///
/// # Errors
/// The database's.
pub fn all(conn: &Connection) -> Result<Vec<Blocked>> {
    let sql = format!(
        "SELECT blocked.kind, blocked.network, blocked.value, blocked.blocked_at, c.id AS contact_id,
                iif(c.id IS NULL, '', {DISPLAY_NAME}) AS contact_name
         FROM blocked_addresses blocked
         LEFT JOIN identities o ON o.kind = blocked.kind AND o.network = blocked.network
             AND o.value = blocked.value AND o.removed_at = 0
         LEFT JOIN contacts c ON c.id = o.contact_id
         ORDER BY blocked.kind, blocked.network, blocked.value"
    );
    row::all(conn, &sql, [], from_row)
}

fn from_row(r: &Row<'_>) -> Sql<Blocked> {
    let (kind, network, value): (String, String, String) =
        (r.get("kind")?, r.get("network")?, r.get("value")?);
    Ok(Blocked {
        address: Address::from_stored(&kind, &network, &value).ok_or_else(|| row::unknown("kind"))?,
        blocked_at: row::at(r, "blocked_at")?,
        contact_id: row::some_id(r, "contact_id")?,
        contact_name: r.get("contact_name")?,
    })
}

/// The contact's conversations in which nobody but this address wrote, with whether they are spam.
///
/// # Errors
/// The database's.
pub fn conversations_of(
    conn: &Connection,
    contact: ContactId,
    address: &Address,
) -> Result<Vec<(ConversationId, bool)>> {
    let sql = "SELECT v.id, v.spam FROM conversations v
               WHERE v.contact_id = ?1 AND v.last_in_at <> 0 AND NOT EXISTS
                   (SELECT 1 FROM messages m LEFT JOIN identities i ON i.id = m.identity_id
                    WHERE m.conversation_id = v.id AND m.direction = 'in'
                      AND (i.id IS NULL OR i.kind <> ?2 OR i.network <> ?3 OR i.value <> ?4))";
    row::all(conn, sql, params![contact.0, address.kind_word(), address.network(), address.value()], |r| {
        Ok((row::id(r, "id")?, r.get("spam")?))
    })
}

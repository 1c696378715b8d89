//! What a message says of itself: the signs of a program, and the failed delivery that it reports.
//!
//! Kept in the row of the message as `theke_domain` writes them. Not here: what follows from a bounce.

use rusqlite::{Connection, Transaction, params};
use theke_domain::bounce::Bounce;
use theke_domain::ids::{IdentityId, MessageId};
use theke_domain::machine::Sign;
use theke_domain::time::Timestamp;

use super::{COLUMNS, Message, from_row};
use crate::error::Result;
use crate::row;

/// Notes both.
///
/// # Errors
/// The database's.
pub fn set(tx: &Transaction<'_>, id: MessageId, signs: &[Sign], bounce: Option<&Bounce>) -> Result<()> {
    let bounce = bounce.map(serde_json::to_string).transpose()?.unwrap_or_default();
    let signs = serde_json::to_string(signs)?;
    let sql = "UPDATE messages SET signs = ?2, bounce = ?3 WHERE id = ?1 AND (signs <> ?2 OR bounce <> ?3)";
    row::run(tx, sql, params![id.0, signs, bounce])?;
    Ok(())
}

/// The failed delivery that a message reports.
///
/// # Errors
/// The database's.
pub fn bounce(conn: &Connection, id: MessageId) -> Result<Option<Bounce>> {
    let found: Option<String> =
        row::first(conn, "SELECT bounce FROM messages WHERE id = ?", [id.0], |r| r.get(0))?;
    Ok(found.filter(|text| !text.is_empty()).map(|text| serde_json::from_str(&text)).transpose()?)
}

/// The newest message that went out to an address since a moment.
///
/// # Errors
/// The database's.
pub fn newest_to(conn: &Connection, identity: IdentityId, since: Timestamp) -> Result<Option<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m JOIN identities i ON i.id = ?1
         WHERE m.contact_id = i.contact_id AND m.identity_id = i.id AND m.direction = 'out' AND m.at >= ?2
         ORDER BY m.at DESC, m.id DESC LIMIT 1"
    );
    row::first(conn, &sql, params![identity.0, since.0], from_row)
}

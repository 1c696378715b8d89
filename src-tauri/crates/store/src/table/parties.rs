//! To whom else a message went and where answers are wanted. The sender is a column of the message.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::MessageId;
use theke_domain::message::Party;

use crate::error::Result;
use crate::row;
use crate::words::{Word, words};

/// In which header a party stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Recipient.
    To,
    /// Copy.
    Cc,
    /// Where answers are wanted.
    ReplyTo,
}
words!(Role { Role::To => "to", Role::Cc => "cc", Role::ReplyTo => "reply_to" });

/// A party as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredParty {
    /// Where it stands.
    pub role: Role,
    /// Display name, may be empty.
    pub name: String,
    /// Normalized value, or what stood there.
    pub address: String,
}

/// Stores the parties of one role, in their order.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, message: MessageId, role: Role, parties: &[Party]) -> Result<()> {
    let sql = "INSERT OR REPLACE INTO message_parties (message_id, role, position, name, address)
               VALUES (?, ?, ?, ?, ?)";
    for (position, party) in (0_i64..).zip(parties) {
        let name = party.name.as_deref().unwrap_or_default();
        let address = party.address.as_ref().map_or(party.raw.as_str(), |address| address.value());
        row::run(tx, sql, params![message.0, role.word(), position, name, address])?;
    }
    Ok(())
}

/// All parties of a message: by role, each in its order.
///
/// # Errors
/// The database's.
pub fn of_message(conn: &Connection, message: MessageId) -> Result<Vec<StoredParty>> {
    let sql = "SELECT role, name, address FROM message_parties WHERE message_id = ? ORDER BY role, position";
    row::all(conn, sql, [message.0], |r| {
        Ok(StoredParty { role: row::word(r, "role")?, name: r.get("name")?, address: r.get("address")? })
    })
}

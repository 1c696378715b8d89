//! The providers' names for messages: the first half of "stored exactly once". One message may have several (a
//! mail that was moved, a changed UIDVALIDITY, the copy in Sent); what vanished is marked and never removed.

use rusqlite::{Connection, Transaction, params};
use theke_domain::ids::{AccountId, MessageId};
use theke_domain::message::RemoteId;
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::row;

/// Which message has this id at this account, gone ones too.
///
/// # Errors
/// The database's.
pub fn find(conn: &Connection, account: AccountId, remote: &RemoteId) -> Result<Option<MessageId>> {
    let sql = "SELECT message_id FROM remote_ids WHERE account_id = ? AND remote_id = ?";
    row::first(conn, sql, params![account.0, remote.0], |r| row::id(r, "message_id"))
}

/// Names a message; a known name is moved to this message and is there again.
///
/// # Errors
/// The database's.
pub fn link(tx: &Transaction<'_>, account: AccountId, remote: &RemoteId, message: MessageId) -> Result<()> {
    let sql = "INSERT INTO remote_ids (account_id, remote_id, message_id) VALUES (?, ?, ?)
               ON CONFLICT (account_id, remote_id) DO UPDATE SET message_id = excluded.message_id, gone_at = 0";
    row::run(tx, sql, params![account.0, remote.0, message.0])?;
    Ok(())
}

/// It is no longer there. Gives the message, which stays.
///
/// # Errors
/// The database's.
pub fn gone(
    tx: &Transaction<'_>,
    account: AccountId,
    remote: &RemoteId,
    now: Timestamp,
) -> Result<Option<MessageId>> {
    let sql =
        "UPDATE remote_ids SET gone_at = max(?3, 1) WHERE account_id = ?1 AND remote_id = ?2 AND gone_at = 0";
    row::run(tx, sql, params![account.0, remote.0, now.0])?;
    find(tx, account, remote)
}

/// The names of a message that are still good at the provider, for setting flags and fetching parts.
///
/// # Errors
/// The database's.
pub fn of_message(conn: &Connection, message: MessageId) -> Result<Vec<(AccountId, RemoteId)>> {
    let sql = "SELECT account_id, remote_id FROM remote_ids WHERE message_id = ? AND gone_at = 0 ORDER BY account_id, remote_id";
    row::all(conn, sql, [message.0], |r| Ok((row::id(r, "account_id")?, RemoteId(r.get("remote_id")?))))
}

/// The names of outgoing messages that were taken after `since` and whose provider has not said more yet.
///
/// # Errors
/// The database's.
pub fn awaiting_delivery(conn: &Connection, account: AccountId, since: Timestamp) -> Result<Vec<RemoteId>> {
    let sql = "SELECT r.remote_id FROM messages m JOIN remote_ids r ON r.message_id = m.id
               WHERE m.account_id = ?1 AND m.direction = 'out' AND m.delivery = 'sent' AND m.at >= ?2
                 AND r.account_id = ?1 AND r.gone_at = 0
               ORDER BY m.at";
    row::all(conn, sql, params![account.0, since.0], |r| Ok(RemoteId(r.get("remote_id")?)))
}

//! Pages of messages: of a conversation, and of a contact's timeline. By key, newest first.

use rusqlite::{Connection, params};
use theke_domain::ids::{AccountId, ContactId, ConversationId, MessageId};
use theke_domain::message::Direction;

use super::{COLUMNS, Message, from_row};
use crate::error::Result;
use crate::row;
use crate::table::Place;
use crate::words::Word;

/// The place of a message in the order of the pages.
pub fn place(message: &Message) -> Place {
    Place { at: message.at, id: message.id.0 }
}

/// A page of a conversation, newest first.
///
/// # Errors
/// The database's.
pub fn of_conversation(
    conn: &Connection,
    conversation: ConversationId,
    before: Place,
    limit: u32,
) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m WHERE m.conversation_id = ?1 AND (m.at, m.id) < (?2, ?3)
         ORDER BY m.at DESC, m.id DESC LIMIT ?4"
    );
    row::all(conn, &sql, params![conversation.0, before.at.0, before.id, limit], from_row)
}

/// A page of a contact's timeline over all channels, newest first.
///
/// # Errors
/// The database's.
pub fn of_contact(conn: &Connection, contact: ContactId, before: Place, limit: u32) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m WHERE m.contact_id = ?1 AND (m.at, m.id) < (?2, ?3)
         ORDER BY m.at DESC, m.id DESC LIMIT ?4"
    );
    row::all(conn, &sql, params![contact.0, before.at.0, before.id, limit], from_row)
}

/// A page of an account's messages by id, oldest row first: for going through all of them.
///
/// # Errors
/// The database's.
pub fn of_account(
    conn: &Connection,
    account: Option<AccountId>,
    after: MessageId,
    limit: u32,
) -> Result<Vec<MessageId>> {
    let sql = "SELECT id FROM messages WHERE account_id = ? AND id > ? ORDER BY id LIMIT ?";
    let account = account.map_or(0, |account| account.0);
    row::all(conn, sql, params![account, after.0, limit], |r| row::id(r, "id"))
}

/// The newest message of a conversation that went this way: what an answer is threaded to.
///
/// # Errors
/// The database's.
pub fn newest(
    conn: &Connection,
    conversation: ConversationId,
    direction: Direction,
) -> Result<Option<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m WHERE m.conversation_id = ?1 AND m.direction = ?2
         ORDER BY m.at DESC, m.id DESC LIMIT 1"
    );
    row::first(conn, &sql, params![conversation.0, direction.word()], from_row)
}

/// The same among those that came by an account of the shop: not what was noted by hand, nor imported files.
///
/// # Errors
/// The database's.
pub fn newest_by_account(
    conn: &Connection,
    conversation: ConversationId,
    direction: Direction,
) -> Result<Option<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m WHERE m.conversation_id = ?1 AND m.direction = ?2 AND m.account_id <> 0
         ORDER BY m.at DESC, m.id DESC LIMIT 1"
    );
    row::first(conn, &sql, params![conversation.0, direction.word()], from_row)
}

/// The newest messages of a contact that went this way.
///
/// # Errors
/// The database's.
pub fn newest_of_contact(
    conn: &Connection,
    contact: ContactId,
    direction: Direction,
    limit: u32,
) -> Result<Vec<Message>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM messages m WHERE m.contact_id = ?1 AND m.direction = ?2
         ORDER BY m.at DESC, m.id DESC LIMIT ?3"
    );
    row::all(conn, &sql, params![contact.0, direction.word(), limit], from_row)
}

/// The newest answers that people of the shop wrote, by whatever channel.
///
/// # Errors
/// The database's.
pub fn newest_written(conn: &Connection, limit: u32) -> Result<Vec<MessageId>> {
    // By the ids of the outbox: every answer that was written here has a row there, and nothing else has.
    let sql = "SELECT o.message_id FROM outbox o CROSS JOIN messages m ON m.id = o.message_id
               WHERE o.message_id > 0 AND m.automatic = 0 AND o.state <> 'cancelled' ORDER BY o.message_id DESC LIMIT ?";
    row::all(conn, sql, [limit], |r| row::id(r, "message_id"))
}

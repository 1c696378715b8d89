//! Counts that are shown all the time. Triggers of the schema keep them in the transaction of the rows that they
//! count, so reading one costs the same with a million rows. Nobody else writes them.

use rusqlite::Connection;

use crate::error::Result;
use crate::row;

/// Open conversations outside spam.
pub const CONVERSATIONS_OPEN: &str = "conversations.open";
/// Conversations outside spam that wait for the customer.
pub const CONVERSATIONS_WAITING: &str = "conversations.waiting";
/// Snoozed conversations outside spam.
pub const CONVERSATIONS_SNOOZED: &str = "conversations.snoozed";
/// Conversations with a star outside spam.
pub const CONVERSATIONS_STARRED: &str = "conversations.starred";
/// Conversations outside spam with something unread.
pub const CONVERSATIONS_UNREAD: &str = "conversations.unread";
/// Conversations in spam.
pub const CONVERSATIONS_SPAM: &str = "conversations.spam";
/// Unread messages outside spam.
pub const MESSAGES_UNREAD: &str = "messages.unread";
/// All messages.
pub const MESSAGES_ALL: &str = "messages.all";
/// Messages that the search does not find yet.
pub const MESSAGES_UNINDEXED: &str = "messages.unindexed";

/// One count.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`] for an unknown name.
pub fn get(conn: &Connection, name: &str) -> Result<u64> {
    let value: i64 = row::one(conn, "SELECT value FROM counters WHERE name = ?", [name])?;
    Ok(u64::try_from(value).unwrap_or(0))
}

/// The counts as they should be, counted anew by reading the tables: for `doctor` and tests.
///
/// # Errors
/// The database's.
pub fn recounted(conn: &Connection) -> Result<Vec<(&'static str, u64)>> {
    let questions = [
        (CONVERSATIONS_OPEN, "SELECT count(*) FROM conversations WHERE status = 'open' AND spam = 0"),
        (CONVERSATIONS_WAITING, "SELECT count(*) FROM conversations WHERE status = 'waiting' AND spam = 0"),
        (CONVERSATIONS_SNOOZED, "SELECT count(*) FROM conversations WHERE status = 'snoozed' AND spam = 0"),
        (CONVERSATIONS_STARRED, "SELECT count(*) FROM conversations WHERE starred = 1 AND spam = 0"),
        (CONVERSATIONS_UNREAD, "SELECT count(*) FROM conversations WHERE unread > 0 AND spam = 0"),
        (CONVERSATIONS_SPAM, "SELECT count(*) FROM conversations WHERE spam = 1"),
        (MESSAGES_UNREAD, "SELECT coalesce(sum(unread), 0) FROM conversations WHERE spam = 0"),
        (MESSAGES_ALL, "SELECT count(*) FROM messages"),
        (MESSAGES_UNINDEXED, "SELECT count(*) FROM messages WHERE searchable = 0"),
    ];
    let mut counts = Vec::with_capacity(questions.len());
    for (name, sql) in questions {
        counts.push((name, u64::try_from(row::one::<i64>(conn, sql, [])?).unwrap_or(0)));
    }
    Ok(counts)
}

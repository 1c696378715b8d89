//! Pages of conversations, and the candidates that a new message of a contact may belong to.
//!
//! Which candidate it is, is decided by `theke_domain::threading`.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, ToSql, params};
use theke_domain::ids::{AccountId, ContactId, ConversationId};
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;

use super::{COLUMNS, Conversation, Status, from_row};
use crate::error::Result;
use crate::row::{self, Sql};
use crate::table::Place;
use crate::table::contacts::DISPLAY_NAME;
use crate::words::Word;

/// A conversation with what else its line in a list shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The row.
    pub conversation: Conversation,
    /// The contact's name, or its first address.
    pub contact_name: String,
    /// A draft is kept.
    pub has_draft: bool,
}

impl Listed {
    /// Its place in the order of [`page`].
    pub fn place(&self) -> Place {
        Place { at: self.conversation.last_message_at, id: self.conversation.id.0 }
    }
}

fn listed(r: &Row<'_>) -> Sql<Listed> {
    Ok(Listed {
        conversation: from_row(r)?,
        contact_name: r.get("contact_name")?,
        has_draft: r.get("has_draft")?,
    })
}

pub(crate) fn select(rest: &str) -> String {
    format!(
        "SELECT {COLUMNS}, {DISPLAY_NAME} AS contact_name,
                EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = v.id) AS has_draft
         FROM conversations v CROSS JOIN contacts c ON c.id = v.contact_id {rest}"
    )
}

/// Which conversations a list shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of this status; `None` = of any.
    pub status: Option<Status>,
    /// The spam instead of the rest.
    pub spam: bool,
    /// Only those with something unread.
    pub unread: bool,
    /// Only those with a star.
    pub starred: bool,
    /// Only those in which this medium was used.
    pub medium: Option<Medium>,
    /// Only those whose newest message went by this account.
    pub account: Option<AccountId>,
}

impl Filter {
    /// Of one status and nothing else.
    pub fn of(status: Option<Status>, spam: bool) -> Self {
        Self { status, spam, ..Self::default() }
    }

    /// The index whose order the list has and which passes over the most that does not fit.
    fn index(&self) -> &'static str {
        match (self.starred, self.unread, self.status) {
            (true, _, _) => "conversations_starred",
            (_, true, _) => "conversations_unread",
            (_, _, Some(_)) => "conversations_by_status",
            _ => "conversations_by_last",
        }
    }
}

/// A page of the list, newest first.
///
/// # Errors
/// The database's.
pub fn page(conn: &Connection, filter: &Filter, after: Place, limit: u32) -> Result<Vec<Listed>> {
    let mut wanted = String::from("v.spam = :spam");
    let conditions = [
        (filter.starred, " AND v.starred = 1"),
        (filter.unread, " AND v.unread > 0"),
        (filter.status.is_some(), " AND v.status = :status"),
        (filter.account.is_some(), " AND v.last_account_id = :account"),
        (filter.medium.is_some(), " AND instr(v.media, :medium) > 0"),
    ];
    wanted.extend(conditions.into_iter().filter(|(asked, _)| *asked).map(|(_, sql)| sql));
    let sql = format!(
        "SELECT {COLUMNS}, {DISPLAY_NAME} AS contact_name,
                EXISTS (SELECT 1 FROM drafts d WHERE d.conversation_id = v.id) AS has_draft
         FROM conversations v INDEXED BY {} CROSS JOIN contacts c ON c.id = v.contact_id
         WHERE {wanted} AND (v.last_message_at, v.id) < (:at, :id)
             AND (c.restricted_at = 0 OR v.last_message_at > c.restricted_at)
         ORDER BY v.last_message_at DESC, v.id DESC LIMIT :limit",
        filter.index()
    );
    let status = filter.status.map_or("", Word::word);
    let account = filter.account.map_or(0, |id| id.0);
    let medium = filter.medium.as_ref().map_or_else(String::new, |medium| format!("\"{}\"", medium.as_str()));
    let mut values: Vec<(&str, &dyn ToSql)> =
        vec![(":spam", &filter.spam), (":at", &after.at.0), (":id", &after.id), (":limit", &limit)];
    if filter.status.is_some() {
        values.push((":status", &status));
    }
    if filter.account.is_some() {
        values.push((":account", &account));
    }
    if filter.medium.is_some() {
        values.push((":medium", &medium));
    }
    row::all(conn, &sql, values.as_slice(), listed)
}

/// One conversation as it stands in a list.
///
/// # Errors
/// The database's.
pub fn one(conn: &Connection, id: ConversationId) -> Result<Option<Listed>> {
    row::first(conn, &select("WHERE v.id = ?"), [id.0], listed)
}

/// The ids of a contact's conversations, newest first. Read from the index alone: a regular customer has hundreds.
///
/// # Errors
/// The database's.
pub fn ids_of_contact(conn: &Connection, contact: ContactId, limit: u32) -> Result<Vec<ConversationId>> {
    let sql =
        "SELECT id FROM conversations WHERE contact_id = ?1 ORDER BY last_message_at DESC, id DESC LIMIT ?2";
    row::all(conn, sql, params![contact.0, limit], |row| row::id(row, "id"))
}

/// What each of these is about: one question for a whole page.
///
/// # Errors
/// The database's.
pub fn subjects(conn: &Connection, ids: &[ConversationId]) -> Result<BTreeMap<ConversationId, String>> {
    let ids: Vec<i64> = ids.iter().map(|id| id.0).collect();
    let sql = "SELECT id, subject FROM conversations WHERE id IN (SELECT value FROM json_each(?))";
    let found = row::all(conn, sql, [serde_json::to_string(&ids)?], |r| {
        Ok((row::id(r, "id")?, r.get::<_, String>("subject")?))
    })?;
    Ok(found.into_iter().collect())
}

/// The contact's conversations with this subject key that were alive after `since`, newest first.
///
/// # Errors
/// The database's.
pub fn with_subject(
    conn: &Connection,
    contact: ContactId,
    subject_key: &str,
    since: Timestamp,
) -> Result<Vec<Conversation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM conversations v
         WHERE v.contact_id = ?1 AND v.subject_key = ?2 AND v.subject_key <> '' AND v.last_message_at >= ?3
         ORDER BY v.last_message_at DESC LIMIT 20"
    );
    row::all(conn, &sql, params![contact.0, subject_key, since.0], from_row)
}

/// The contact's conversations in which this order number was named after `since`, the newest mention first, with
/// the time of that mention.
///
/// # Errors
/// The database's.
pub fn with_order(
    conn: &Connection,
    contact: ContactId,
    order_key: &str,
    since: Timestamp,
) -> Result<Vec<(ConversationId, Timestamp)>> {
    let sql = "SELECT conversation_id, at FROM messages
               WHERE contact_id = ?1 AND order_key = ?2 AND order_key <> '' AND at >= ?3
               ORDER BY at DESC LIMIT 20";
    row::all(conn, sql, params![contact.0, order_key, since.0], |r| {
        Ok((row::id(r, "conversation_id")?, row::at(r, "at")?))
    })
}

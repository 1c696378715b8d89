//! Messages in which words are found and that are narrowed by sender, list, account, medium, days and files.
//!
//! Which side leads is decided by counting a little. If one of the wishes leaves few messages, their keys are collected
//! through its own index, and the full-text index only says in which of them the words stand. Else every wish is so wide
//! that a page is soon full: the words lead, newest first, and each hit is looked up in one index that holds all
//! that narrows. Without words that index itself is walked backwards. So no answer walks a table.

use std::iter;
use std::ops::Range;

use rusqlite::Connection;
use rusqlite::types::Value;
use theke_domain::fold::{self, Columns, Query};
use theke_domain::ids::{AccountId, ContactId};
use theke_domain::medium::Medium;
use theke_domain::search::{Has, List};
use theke_domain::time::Timestamp;

use super::messages::Hit;
use super::spans::Spans;
use crate::error::Result;
use crate::row;
use crate::table::messages::{COLUMNS, first_search_key, from_row};

/// So many keys are few: they are collected in milliseconds, and one in so many hits fills a page soon.
const FEW_KEYS: u32 = 5_000;
/// Customers or conversations whose messages are collected.
const FEW_OWNERS: usize = 500;
/// Customers that one name means; more are no name.
const SENDERS_MAX: u32 = 20_000;

/// What narrows a search. Several wishes of one kind mean any of them, different kinds mean all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// Written by one of these customers; `None`: whoever wrote it.
    pub senders: Option<Vec<ContactId>>,
    /// Written by the shop.
    pub ourselves: bool,
    /// Its conversation is in one of these lists.
    pub lists: Vec<List>,
    /// By one of these accounts.
    pub accounts: Vec<AccountId>,
    /// By one of these media.
    pub media: Vec<Medium>,
    /// Not older than this.
    pub after: Option<Timestamp>,
    /// Older than this.
    pub before: Option<Timestamp>,
    /// With all of these.
    pub has: Vec<Has>,
}

impl Narrowing {
    /// Whether nothing narrows.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The keys in question.
    fn range(&self, page: Option<i64>) -> Range<i64> {
        let first = self.after.map_or(i64::MIN, first_search_key);
        let end = self.before.map_or(i64::MAX, first_search_key);
        first..page.map_or(end, |page| page.min(end))
    }
}

/// Messages in which all of what was typed is found and that are narrowed so, newest first. Without words: all that are
/// narrowed so. `page`: the [`Hit::key`] of the last hit of the page before.
///
/// # Errors
/// The database's; [`crate::Error::Interrupted`] inside [`crate::Store::read_within`].
pub fn find(
    conn: &Connection,
    typed: &str,
    narrowing: &Narrowing,
    page: Option<i64>,
    limit: u32,
) -> Result<Vec<Hit>> {
    // Words that are too short to be asked for narrow nothing; the rest of the line does.
    let words = Some(Query::parse(typed)).filter(|words| words.match_expression(&fold::MESSAGES).is_some());
    let range = narrowing.range(page);
    let keys = match (&words, narrowing.is_empty()) {
        (None, true) => Vec::new(),
        (Some(words), true) => of_words(conn, words, &range, limit)?,
        (words, false) => match few(conn, narrowing)? {
            Some(keys) => of_few(conn, words.as_ref(), narrowing, &keys, &range, limit)?,
            None => of_many(conn, words.as_ref(), narrowing, &range, limit)?,
        },
    };
    let of_key = format!(
        "SELECT {COLUMNS} FROM messages m WHERE m.search_key = ? AND NOT EXISTS
             (SELECT 1 FROM contacts r WHERE r.id = m.contact_id AND r.restricted_at > 0 AND m.at <= r.restricted_at)"
    );
    let mut hits = Vec::with_capacity(keys.len());
    for key in keys {
        if let Some(message) = row::first(conn, &of_key, [key], from_row)? {
            hits.push(Hit { key, message });
        }
    }
    Ok(hits)
}

/// Customers whom a name or address means, the newest first; for [`Narrowing::senders`].
///
/// # Errors
/// The database's.
pub fn senders(conn: &Connection, typed: &str) -> Result<Vec<ContactId>> {
    let Some(expression) = fold::match_expression(typed, &fold::CONTACTS) else { return Ok(Vec::new()) };
    let sql = "SELECT rowid FROM contacts_fts WHERE contacts_fts MATCH ?1 ORDER BY rowid DESC LIMIT ?2";
    row::all(conn, sql, rusqlite::params![expression, SENDERS_MAX], |r| row::id(r, "rowid"))
}

fn keys_of(conn: &Connection, sql: &str, values: Vec<Value>) -> Result<Vec<i64>> {
    row::all(conn, sql, rusqlite::params_from_iter(values), |r| r.get(0))
}

/// Asks span after span for the words, newest first, until the page is full. `ask` gets the expression, the keys in
/// question and how many are still wanted.
fn by_span(
    conn: &Connection,
    words: &Query,
    range: &Range<i64>,
    limit: u32,
    ask: impl Fn(String, Range<i64>, u32) -> Result<Vec<i64>>,
) -> Result<Vec<i64>> {
    let (mut keys, mut left) = (Vec::new(), limit);
    for (mark, own) in Spans::read(conn)?.within(range) {
        let Some(expression) = words.match_expression(&Columns { mark: &mark, ..fold::MESSAGES }) else {
            break;
        };
        keys.extend(ask(expression, own, left)?);
        left = limit.saturating_sub(u32::try_from(keys.len()).unwrap_or(u32::MAX));
        if left == 0 {
            break;
        }
    }
    Ok(keys)
}

fn of_words(conn: &Connection, words: &Query, range: &Range<i64>, limit: u32) -> Result<Vec<i64>> {
    let sql = "SELECT rowid FROM messages_fts WHERE messages_fts MATCH ? AND rowid >= ? AND rowid < ?
               ORDER BY rowid DESC LIMIT ?";
    by_span(conn, words, range, limit, |expression, own, left| {
        keys_of(conn, sql, vec![expression.into(), own.start.into(), own.end.into(), left.into()])
    })
}

/// The words lead, or the index of all that narrows.
fn of_many(
    conn: &Connection,
    words: Option<&Query>,
    narrowing: &Narrowing,
    range: &Range<i64>,
    limit: u32,
) -> Result<Vec<i64>> {
    let (wanted, conditions) = conditions(narrowing);
    let values = |range: &Range<i64>, left: u32| {
        let ends = [range.start.into(), range.end.into()];
        ends.into_iter().chain(conditions.clone()).chain([left.into()])
    };
    let Some(words) = words else {
        let sql = format!(
            "SELECT m.search_key FROM messages m INDEXED BY messages_for_search
             WHERE m.search_key >= ? AND m.search_key < ?{wanted} ORDER BY m.search_key DESC LIMIT ?"
        );
        return keys_of(conn, &sql, values(range, limit).collect());
    };
    let sql = format!(
        "SELECT messages_fts.rowid FROM messages_fts
         CROSS JOIN messages m INDEXED BY messages_for_search ON m.search_key = messages_fts.rowid
         WHERE messages_fts MATCH ? AND messages_fts.rowid >= ? AND messages_fts.rowid < ?{wanted}
         ORDER BY messages_fts.rowid DESC LIMIT ?"
    );
    by_span(conn, words, range, limit, |expression, own, left| {
        keys_of(conn, &sql, iter::once(expression.into()).chain(values(&own, left)).collect())
    })
}

/// The collected keys lead.
fn of_few(
    conn: &Connection,
    words: Option<&Query>,
    narrowing: &Narrowing,
    keys: &[i64],
    range: &Range<i64>,
    limit: u32,
) -> Result<Vec<i64>> {
    let (wanted, conditions) = conditions(narrowing);
    let sql = format!(
        "SELECT m.search_key FROM json_each(?) k
         CROSS JOIN messages m INDEXED BY messages_for_search ON m.search_key = k.value
         WHERE m.search_key >= ? AND m.search_key < ?{wanted}"
    );
    let mut values = vec![list(keys.iter().copied()), range.start.into(), range.end.into()];
    values.extend(conditions);
    let mut fitting = keys_of(conn, &sql, values)?;
    fitting.sort_unstable_by(|one, other| other.cmp(one));
    let (Some(newest), Some(oldest)) = (fitting.first(), fitting.last()) else { return Ok(fitting) };
    let Some(words) = words else {
        fitting.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        return Ok(fitting);
    };
    // The plus keeps the planner from asking the full-text index once for each key, which opens it anew each time.
    let sql = "SELECT rowid FROM messages_fts WHERE messages_fts MATCH ? AND rowid >= ? AND rowid < ?
               AND +rowid IN (SELECT value FROM json_each(?)) ORDER BY rowid DESC LIMIT ?";
    by_span(conn, words, &(*oldest..newest.saturating_add(1)), limit, |expression, own, left| {
        let within: Vec<i64> = fitting.iter().copied().filter(|key| own.contains(key)).collect();
        if within.is_empty() {
            return Ok(within);
        }
        keys_of(
            conn,
            sql,
            vec![expression.into(), own.start.into(), own.end.into(), list(within), left.into()],
        )
    })
}

/// The keys that one of the wishes leaves, if they are few.
fn few(conn: &Connection, narrowing: &Narrowing) -> Result<Option<Vec<i64>>> {
    if let Some(senders) =
        narrowing.senders.as_ref().filter(|senders| !narrowing.ourselves && senders.len() <= FEW_OWNERS)
    {
        let sql = "SELECT m.search_key FROM json_each(?) k
                   CROSS JOIN messages m INDEXED BY messages_by_contact ON m.contact_id = k.value LIMIT ?";
        let found = if_few(conn, sql, list(senders.iter().map(|id| id.0)))?;
        if found.is_some() {
            return Ok(found);
        }
    }
    if let Some(conversations) = few_conversations(conn, &narrowing.lists)? {
        let sql = "SELECT m.search_key FROM json_each(?) k
                   CROSS JOIN messages m INDEXED BY messages_by_conversation ON m.conversation_id = k.value LIMIT ?";
        let found = if_few(conn, sql, list(conversations))?;
        if found.is_some() {
            return Ok(found);
        }
    }
    let by_account = "SELECT m.search_key FROM json_each(?) k
                      CROSS JOIN messages m INDEXED BY messages_by_account ON m.account_id = k.value LIMIT ?";
    let by_medium = "SELECT m.search_key FROM json_each(?) k
                     CROSS JOIN messages m INDEXED BY messages_by_medium ON m.medium = k.value LIMIT ?";
    if !narrowing.accounts.is_empty() {
        let found = if_few(conn, by_account, list(narrowing.accounts.iter().map(|id| id.0)))?;
        if found.is_some() {
            return Ok(found);
        }
    }
    if narrowing.media.is_empty() {
        return Ok(None);
    }
    if_few(conn, by_medium, texts(&narrowing.media))
}

fn if_few(conn: &Connection, sql: &str, owners: Value) -> Result<Option<Vec<i64>>> {
    let keys = keys_of(conn, sql, vec![owners, (FEW_KEYS + 1).into()])?;
    Ok(Some(keys).filter(|keys| keys.len() <= FEW_KEYS as usize))
}

/// The conversations of these lists, if they are few.
fn few_conversations(conn: &Connection, lists: &[List]) -> Result<Option<Vec<i64>>> {
    let mut found = Vec::new();
    for list in lists {
        let sql = format!(
            "SELECT c.id FROM conversations c INDEXED BY {} WHERE {} LIMIT {}",
            index_of(*list),
            in_list(*list),
            FEW_OWNERS + 1
        );
        found.extend(keys_of(conn, &sql, Vec::new())?);
        if found.len() > FEW_OWNERS {
            return Ok(None);
        }
    }
    Ok(Some(found).filter(|_| !lists.is_empty()))
}

fn index_of(list: List) -> &'static str {
    match list {
        List::Unread => "conversations_unread",
        List::Starred => "conversations_starred",
        _ => "conversations_by_status",
    }
}

fn in_list(list: List) -> &'static str {
    match list {
        List::Open => "c.spam = 0 AND c.status = 'open'",
        List::Waiting => "c.spam = 0 AND c.status = 'waiting'",
        List::Snoozed => "c.spam = 0 AND c.status = 'snoozed'",
        List::Closed => "c.spam = 0 AND c.status = 'closed'",
        List::Spam => "c.spam = 1",
        List::Unread => "c.spam = 0 AND c.unread > 0",
        List::Starred => "c.spam = 0 AND c.starred = 1",
    }
}

/// What a message must meet beside its key, as ` AND …` over `messages m`, with its values in order.
fn conditions(narrowing: &Narrowing) -> (String, Vec<Value>) {
    let (mut sql, mut values) = (String::new(), Vec::new());
    let mut wish = |condition: &str, value: Option<Value>| {
        sql.push_str(" AND ");
        sql.push_str(condition);
        values.extend(value);
    };
    match &narrowing.senders {
        Some(senders) => {
            let senders = Some(list(senders.iter().map(|id| id.0)));
            let written = "m.contact_id IN (SELECT value FROM json_each(?))";
            if narrowing.ourselves {
                wish(&format!("(m.direction = 'out' OR {written})"), senders);
            } else {
                wish(&format!("m.direction = 'in' AND {written}"), senders);
            }
        }
        None if narrowing.ourselves => wish("m.direction = 'out'", None),
        None => {}
    }
    if !narrowing.lists.is_empty() {
        wish(&format!("EXISTS ({})", of_lists(&narrowing.lists, "m.conversation_id")), None);
    }
    if !narrowing.accounts.is_empty() {
        let accounts = list(narrowing.accounts.iter().map(|id| id.0));
        wish("m.account_id IN (SELECT value FROM json_each(?))", Some(accounts));
    }
    if !narrowing.media.is_empty() {
        wish("m.medium IN (SELECT value FROM json_each(?))", Some(texts(&narrowing.media)));
    }
    for has in &narrowing.has {
        let of_type = |pattern: &str| {
            format!(
                "m.attachments > 0 AND EXISTS (SELECT 1 FROM attachments a
                 WHERE a.message_id = m.id AND a.mime_type LIKE '{pattern}')"
            )
        };
        match has {
            Has::Attachment => wish("m.attachments > 0", None),
            Has::Picture => wish(&of_type("image/%"), None),
            Has::Pdf => wish(&of_type("application/pdf"), None),
        }
    }
    (sql, values)
}

/// Selects the conversation of this id if it is in one of the lists.
pub(super) fn of_lists(lists: &[List], id: &str) -> String {
    let any: Vec<_> = lists.iter().map(|list| format!("({})", in_list(*list))).collect();
    format!("SELECT 1 FROM conversations c WHERE c.id = {id} AND ({})", any.join(" OR "))
}

/// Numbers as one value, for `json_each`.
pub(super) fn list(numbers: impl IntoIterator<Item = i64>) -> Value {
    let numbers: Vec<String> = numbers.into_iter().map(|number| number.to_string()).collect();
    format!("[{}]", numbers.join(",")).into()
}

fn texts(media: &[Medium]) -> Value {
    let slugs: Vec<&str> = media.iter().map(Medium::as_str).collect();
    serde_json::to_string(&slugs).unwrap_or_default().into()
}

//! Timelines: messages and entries in one order, a page at a time.
//!
//! Both are read newest first, each by its own key, and merged; the page after it begins where each of them stopped.
//! So a page reads as many rows as it shows, however many of the one kind lie between two of the other.

use std::collections::{BTreeMap, BTreeSet};

use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::time::Timestamp;
use theke_store::Connection;
use theke_store::table::Place;
use theke_store::table::conversations;
use theke_store::table::entries::{self, Entry, Kind};
use theke_store::table::messages::{self, Message, lists};
use theke_store::words::Word;

use super::{at, message};
use crate::api::types::{EntryView, MessageView, TimelineEntry};
use crate::api::{ApiError, ApiResult, Code};

/// Where a page ends, for each of the two.
#[derive(Debug, Clone, Copy)]
struct Before {
    messages: Place,
    entries: Place,
}

const NEWEST: Before = Before { messages: Place::NEWEST, entries: Place::NEWEST };

/// A page, newest first.
struct Page {
    messages: Vec<Message>,
    entries: Vec<Entry>,
    older: Option<Before>,
}

/// A page of a conversation, oldest first: its messages, its entries, and where the page before it begins. `before`
/// is that, or the id of the oldest message that is shown.
pub fn of_conversation(
    conn: &Connection,
    id: ConversationId,
    before: Option<&str>,
    limit: u32,
) -> ApiResult<(Vec<MessageView>, Vec<EntryView>, Option<String>)> {
    let before = match before {
        None => NEWEST,
        Some(text) => match text.trim().parse::<i64>() {
            Ok(message) => of_message(conn, MessageId(message))?,
            Err(_) => parse(text)?,
        },
    };
    let read = limit.saturating_add(1);
    let page = merge(
        lists::of_conversation(conn, id, before.messages, read)?,
        entries::of_conversation(conn, id, before.entries, read)?,
        before,
        limit,
    );
    let mut shown =
        page.messages.iter().map(|row| message(conn, row)).collect::<theke_store::Result<Vec<_>>>()?;
    let mut beside: Vec<EntryView> = page.entries.iter().map(entry).collect();
    shown.reverse();
    beside.reverse();
    Ok((shown, beside, page.older.map(text)))
}

/// A page of a contact's timeline, newest first, and where the next one begins. `before` is that, or the `at` of the
/// last entry, a space and its `message_id`.
pub fn of_contact(
    conn: &Connection,
    id: ContactId,
    before: Option<&str>,
    limit: u32,
) -> ApiResult<(Vec<TimelineEntry>, Option<String>)> {
    let before = before.map_or(Ok(NEWEST), |text| of_time(text).map_or_else(|| parse(text), Ok))?;
    let read = limit.saturating_add(1);
    let page = merge(
        lists::of_contact(conn, id, before.messages, read)?,
        entries::of_contact(conn, id, before.entries, read)?,
        before,
        limit,
    );
    let subjects = subjects(conn, &page.messages)?;
    let mut lines: Vec<(Timestamp, TimelineEntry)> =
        page.messages.iter().map(|row| (row.at, line(row, &subjects))).collect();
    lines.extend(page.entries.iter().map(|row| (row.at, beside(row))));
    lines.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    Ok((lines.into_iter().map(|(_, line)| line).collect(), page.older.map(text)))
}

/// What the conversations of these messages are about.
fn subjects(conn: &Connection, messages: &[Message]) -> ApiResult<BTreeMap<ConversationId, String>> {
    let ids: BTreeSet<ConversationId> = messages.iter().map(|row| row.conversation_id).collect();
    let ids: Vec<ConversationId> = ids.into_iter().collect();
    Ok(conversations::lists::subjects(conn, &ids)?)
}

/// The newest `limit` of both. Each was read to one more than that.
fn merge(messages: Vec<Message>, entries: Vec<Entry>, before: Before, limit: u32) -> Page {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = messages.len() + entries.len() > limit;
    let (mut from_messages, mut from_entries) =
        (messages.into_iter().peekable(), entries.into_iter().peekable());
    let mut page = Page { messages: Vec::new(), entries: Vec::new(), older: None };
    while page.messages.len() + page.entries.len() < limit {
        let message_next = match (from_messages.peek(), from_entries.peek()) {
            (Some(message), Some(entry)) => message.at >= entry.at,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => break,
        };
        if message_next {
            page.messages.extend(from_messages.next());
        } else {
            page.entries.extend(from_entries.next());
        }
    }
    page.older = more.then(|| Before {
        messages: page.messages.last().map_or(before.messages, lists::place),
        entries: page.entries.last().map_or(before.entries, Entry::place),
    });
    page
}

/// Before a message that is shown.
fn of_message(conn: &Connection, id: MessageId) -> ApiResult<Before> {
    let Some(row) = messages::get(conn, id)? else { return Ok(NEWEST) };
    Ok(Before { messages: lists::place(&row), entries: Place { at: row.at, id: i64::MAX } })
}

fn of_time(text: &str) -> Option<Before> {
    let (time, id) = text.split_once(' ').unwrap_or((text, "0"));
    let at = Timestamp::from_rfc3339(time)?;
    Some(Before { messages: Place { at, id: id.parse().unwrap_or(0) }, entries: Place { at, id: i64::MAX } })
}

fn text(before: Before) -> String {
    let place = |place: Place| format!("{}.{}", place.at.0, place.id);
    format!("{}~{}", place(before.messages), place(before.entries))
}

fn parse(text: &str) -> ApiResult<Before> {
    let place = |text: &str| {
        let (at, id) = text.split_once('.')?;
        Some(Place { at: Timestamp(at.parse().ok()?), id: id.parse().ok()? })
    };
    let read = text.split_once('~').and_then(|(messages, entries)| {
        Some(Before { messages: place(messages)?, entries: place(entries)? })
    });
    read.ok_or_else(|| {
        let sentence =
            "This page is not known: give back `older` of the page before, or the oldest message's id.";
        ApiError::new(Code::BadInput, sentence).with("field", "before")
    })
}

/// A note or event.
pub fn entry(row: &Entry) -> EntryView {
    EntryView {
        id: row.id.0,
        at: at(row.at),
        conversation_id: row.conversation_id.map(|id| id.0),
        contact_id: row.contact_id.0,
        entry_type: row.kind.word().to_owned(),
        text: row.text.clone(),
        what: row.what.clone(),
        params: row.params.clone(),
        changed_at: row.changed_at.map(at),
    }
}

fn line(row: &Message, subjects: &BTreeMap<ConversationId, String>) -> TimelineEntry {
    let subject = row.subject.as_deref().map(str::trim).filter(|subject| !subject.is_empty());
    TimelineEntry {
        at: at(row.at),
        entry_type: "message".to_owned(),
        message_id: Some(row.id.0),
        conversation_id: Some(row.conversation_id.0),
        direction: Some(row.direction.word().to_owned()),
        medium: Some(row.medium.as_str().to_owned()),
        subject: subjects.get(&row.conversation_id).cloned().unwrap_or_default(),
        summary: subject.unwrap_or(&row.snippet).to_owned(),
        entry: None,
    }
}

fn beside(row: &Entry) -> TimelineEntry {
    TimelineEntry {
        at: at(row.at),
        entry_type: row.kind.word().to_owned(),
        message_id: None,
        conversation_id: row.conversation_id.map(|id| id.0),
        direction: None,
        medium: None,
        subject: String::new(),
        summary: match row.kind {
            Kind::Note => crate::intake::first_words(&row.text),
            Kind::Event => row.what.clone(),
        },
        entry: Some(entry(row)),
    }
}

//! Search while typing: customers, messages, notes and standard replies, and what narrows the line.
//!
//! The line is read by `theke_domain::search`. What it says of customers is asked of the store; what was not understood
//! narrows nothing and is answered as a chip that says so.

use std::time::Duration;

use theke_domain::fold;
use theke_domain::ids::AccountId;
use theke_domain::medium::Medium;
use theke_domain::search::{self as line, Asked, Chip, Kind, Meaning, Offer};
use theke_domain::time::Timestamp;
use theke_store::search as index;
use theke_store::search::narrowed::{self, Narrowing};
use theke_store::table::contacts::{self, Contact};
use theke_store::table::{accounts, counters};
use theke_store::{Cancel, Connection, Result};

use super::types::{ChipView, MessageHit, NoteHit, OfferView, SearchResult, StandardReplyView};
use super::{Api, ApiResult, replies, view};
use crate::settings;
use crate::shared::off_thread;

const LIMIT_MAX: u32 = 200;
/// A question that takes longer is answered by the next keystroke.
const TIME_MAX: Duration = Duration::from_secs(3);
/// Customers whose names are offered behind `from:`.
const NAMES_OFFERED: u32 = 6;

impl Api {
    /// Customers, messages, notes and standard replies, newest first. `limit` per kind, at most 200. A newer search ends an
    /// older one. The line may hold words that narrow, in four languages; see [`line::read`].
    pub async fn search(&self, query: &str, limit: u32) -> ApiResult<SearchResult> {
        let (query, limit) = (query.to_owned(), limit.clamp(1, LIMIT_MAX));
        let cancel = Cancel::default();
        if let Ok(mut running) = self.searching.lock() {
            std::mem::replace(&mut *running, cancel.clone()).cancel();
        }
        let (store, now) = (self.shared.store.clone(), self.shared.now());
        let asked = off_thread(move || {
            let (asked, names) = store.read(|conn| understood(conn, &query, now))?;
            store
                .read_within(TIME_MAX, &cancel, |conn| found(conn, &asked, limit))
                .or_else(|error| match error {
                    theke_store::Error::Interrupted => Ok(SearchResult::default()),
                    other => Err(other),
                })
                .map(|found| SearchResult {
                    words: asked.words.clone(),
                    chips: asked.chips.iter().map(chip).collect(),
                    offers: asked.offers.iter().chain(&names).map(offer).collect(),
                    ..found
                })
        })
        .await?;
        Ok(asked)
    }
}

/// Contacts that answer to what was typed.
pub(super) fn find_contacts(conn: &Connection, query: &str, limit: u32) -> Result<Vec<Contact>> {
    index::contacts::find(conn, query, limit)
}

/// The line as it was understood, and names that could stand behind a `from:` that is being typed.
fn understood(conn: &Connection, query: &str, now: Timestamp) -> Result<(Asked, Vec<Offer>)> {
    let (_, zone) = settings::opening(conn)?;
    let language = settings::text(conn, settings::SHOP_LANGUAGE)?;
    let rows = accounts::list(conn)?;
    let names: Vec<(AccountId, String)> = rows.iter().map(|row| (row.id, row.name.clone())).collect();
    let mut media: Vec<Medium> = Vec::new();
    for row in &rows {
        if !media.contains(&row.medium) {
            media.push(row.medium.clone());
        }
    }
    let around = line::Around {
        now,
        zone: &zone,
        language: &language,
        month_first: settings::text(conn, settings::SHOP_COUNTRY)? == "US",
        accounts: &names,
        media: &media,
    };
    let asked = line::read(query, &around);
    let mut offers = Vec::new();
    if let Some(typing) = asked.typing.as_ref().filter(|typing| typing.kind == Kind::From) {
        for contact in find_contacts(conn, &typing.value, NAMES_OFFERED)? {
            if fold::key(&contact.display_name) != fold::key(&typing.value) {
                offers.push(typing.offer(&contact.display_name));
            }
        }
    }
    Ok((asked, offers))
}

fn narrowing(conn: &Connection, chips: &[Chip]) -> Result<Narrowing> {
    let mut narrowing = Narrowing::default();
    for meaning in chips.iter().filter_map(|chip| chip.meaning.as_ref()) {
        match meaning {
            Meaning::Sender(name) => {
                narrowing.senders.get_or_insert_default().extend(narrowed::senders(conn, name)?);
            }
            Meaning::Ourselves => narrowing.ourselves = true,
            Meaning::List(list) => narrowing.lists.push(*list),
            Meaning::Account(id) => narrowing.accounts.push(*id),
            Meaning::Medium(medium) => narrowing.media.push(medium.clone()),
            Meaning::Before(day) => {
                narrowing.before = Some(narrowing.before.map_or(day.at, |at| at.min(day.at)))
            }
            Meaning::After(day) => {
                narrowing.after = Some(narrowing.after.map_or(day.at, |at| at.max(day.at)))
            }
            Meaning::Has(has) => narrowing.has.push(*has),
        }
    }
    Ok(narrowing)
}

fn found(conn: &Connection, asked: &Asked, limit: u32) -> Result<SearchResult> {
    let narrowing = narrowing(conn, &asked.chips)?;
    let complete = counters::get(conn, counters::MESSAGES_UNINDEXED)? == 0;
    // A customer or a standard reply has no medium and no day; a line that asks for those asks for messages.
    let customers = find_customers(conn, asked, limit)?;
    Ok(SearchResult {
        contacts: view::contacts(conn, &customers)?,
        messages: find_messages(conn, &asked.words, &narrowing, limit)?,
        notes: find_notes(conn, &asked.words, &narrowing, limit)?,
        replies: find_replies(conn, asked)?,
        complete,
        ..SearchResult::default()
    })
}

/// By the words; where only a sender is named, those that it may mean.
fn find_customers(conn: &Connection, asked: &Asked, limit: u32) -> Result<Vec<Contact>> {
    if !asked.words.is_empty() {
        return find_contacts(conn, &asked.words, limit);
    }
    let mut found: Vec<Contact> = Vec::new();
    for chip in &asked.chips {
        if let Some(Meaning::Sender(name)) = &chip.meaning {
            let named = find_contacts(conn, name, limit)?;
            found.extend(
                named
                    .into_iter()
                    .filter(|row| !found.iter().any(|known| known.id == row.id))
                    .collect::<Vec<_>>(),
            );
        }
    }
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok(found)
}

fn find_messages(
    conn: &Connection,
    words: &str,
    narrowing: &Narrowing,
    limit: u32,
) -> Result<Vec<MessageHit>> {
    let mut found = Vec::new();
    for hit in narrowed::find(conn, words, narrowing, None, limit)? {
        let row = &hit.message;
        let contact = contacts::get(conn, row.contact_id)?;
        found.push(MessageHit {
            id: row.id.0,
            conversation_id: row.conversation_id.0,
            contact_name: contact.map(|contact| contact.display_name).unwrap_or_default(),
            subject: row.subject.clone().unwrap_or_default(),
            snippet: index::messages::snippet(conn, &hit, words)?,
            at: view::at(row.at),
            medium: row.medium.as_str().to_owned(),
        });
    }
    Ok(found)
}

fn find_notes(conn: &Connection, words: &str, narrowing: &Narrowing, limit: u32) -> Result<Vec<NoteHit>> {
    let mut found = Vec::new();
    for note in index::notes::find(conn, words, narrowing, limit)? {
        let contact = contacts::get(conn, note.contact_id)?;
        found.push(NoteHit {
            id: note.id.0,
            contact_id: note.contact_id.0,
            conversation_id: note.conversation_id.map(|id| id.0),
            contact_name: contact.map(|contact| contact.display_name).unwrap_or_default(),
            snippet: fold::highlight(&note.text, words),
            at: view::at(note.at),
        });
    }
    Ok(found)
}

/// A shop has dozens; they are read whole. Only by words alone: nothing that narrows is true of one.
fn find_replies(conn: &Connection, asked: &Asked) -> Result<Vec<StandardReplyView>> {
    if asked.words.chars().count() < 2 || !asked.chips.is_empty() {
        return Ok(Vec::new());
    }
    replies::matching(conn, &asked.words)
}

fn chip(chip: &Chip) -> ChipView {
    let day = match &chip.meaning {
        Some(Meaning::Before(day) | Meaning::After(day)) => Some(day.date.clone()),
        _ => None,
    };
    ChipView {
        kind: chip.kind.word().to_owned(),
        value: chip.value.clone(),
        raw: chip.raw.clone(),
        ok: chip.meaning.is_some(),
        day,
    }
}

fn offer(offer: &Offer) -> OfferView {
    OfferView { kind: offer.kind.word().to_owned(), value: offer.value.clone(), query: offer.line.clone() }
}

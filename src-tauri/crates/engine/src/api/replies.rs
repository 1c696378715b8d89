//! Standard replies: the library, filling one in for a customer, and carrying them to another computer.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use theke_domain::fold;
use theke_domain::hours::{Closed, Zone, closing_said, opening_said};
use theke_domain::ids::{MessageId, StandardReplyId};
use theke_domain::template::{self, PLACEHOLDERS, Placeholder};
use theke_domain::time::Timestamp;
use theke_store::table::changes::{self, ReplyBefore, Step};
use theke_store::table::messages;
use theke_store::table::standard_replies::{self, StandardReply, Text};
use theke_store::{Connection, Transaction};

use super::types::{
    Event, FilledView, PlaceholderView, RepliesImported, ReplyTextView, ReplyUseView, ReplyUses,
    StandardReplyView,
};
use super::{Api, ApiError, ApiResult, Code, articles, contacts, conversations, view};
use crate::settings;
use crate::shared::off_thread;

const NAME_MAX_CHARS: usize = 100;
const TEXT_MAX_CHARS: usize = 20_000;
/// Conversations of one page of [`Api::standard_reply_uses`].
const USES_MAX: u32 = 200;
/// A file with more is none of ours.
const FILE_MAX_BYTES: u64 = 10 * 1024 * 1024;

/// A standard reply in a file.
#[derive(Debug, Serialize, Deserialize)]
struct Carried {
    name: String,
    #[serde(default)]
    shortcut: String,
    texts: Vec<ReplyTextView>,
}

impl Api {
    /// All, or those in whose name, shortcut or texts this is found.
    pub async fn standard_replies(&self, query: Option<String>) -> ApiResult<Vec<StandardReplyView>> {
        let query = query.unwrap_or_default();
        self.shared.read(move |conn| matching(conn, &query)).await
    }

    /// A page of the conversations in which one was sent, newest first. `before`: what the page before said is next.
    pub async fn standard_reply_uses(
        &self,
        id: i64,
        before: Option<i64>,
        limit: u32,
    ) -> ApiResult<ReplyUses> {
        let limit = limit.clamp(1, USES_MAX);
        self.shared
            .read(move |conn| -> ApiResult<ReplyUses> {
                let id = existing(conn, StandardReplyId(id))?.id;
                let mut rows = standard_replies::uses(conn, id, before.map(MessageId), limit + 1)?;
                let more = rows.len() > limit as usize;
                rows.truncate(limit as usize);
                let next = rows.last().map(|(message, _)| message.0).filter(|_| more);
                let uses = rows.into_iter().map(|(message, place)| used_in(conn, message, place.0));
                Ok(ReplyUses { uses: uses.collect::<ApiResult<_>>()?, next })
            })
            .await
    }

    /// Saves one over the one of this id, or a new one.
    ///
    /// # Errors
    /// `BadInput` with `params.field`: a name or text that is empty or too long, a shortcut with other than letters, digits
    /// and hyphens, or one that another reply has.
    pub async fn standard_reply_save(
        &self,
        id: Option<i64>,
        name: &str,
        shortcut: &str,
        texts: Vec<ReplyTextView>,
    ) -> ApiResult<StandardReplyView> {
        let carried = Carried { name: name.to_owned(), shortcut: shortcut.to_owned(), texts };
        let now = self.shared.now();
        let saved = self
            .shared
            .write(move |tx| -> ApiResult<StandardReply> {
                let id = save(tx, id.map(StandardReplyId), &carried, now)?;
                existing(tx, id)
            })
            .await?;
        self.shared.tell(Event::RepliesChanged {});
        Ok(shown(&saved))
    }

    /// Removes one; answers the change for `undo`.
    pub async fn standard_reply_remove(&self, id: i64) -> ApiResult<i64> {
        let now = self.shared.now();
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<i64> {
                let reply = existing(tx, StandardReplyId(id))?;
                standard_replies::remove(tx, reply.id, now)?;
                let step = Step::ReplyRemoved { reply: reply.id };
                Ok(changes::insert(tx, "reply_removed", &reply.name, 1, &[step], now)?.0)
            })
            .await?;
        self.shared.tell(Event::RepliesChanged {});
        self.shared.tell(Event::UndoChanged {});
        Ok(undo)
    }

    /// Fills one in for the customer of a conversation, or for a contact. The text is that of the language and the medium,
    /// else of the language, else of the shop's language.
    pub async fn standard_reply_fill(
        &self,
        id: i64,
        conversation: Option<i64>,
        contact: Option<i64>,
        via: Option<String>,
        language: Option<String>,
    ) -> ApiResult<FilledView> {
        let now = self.shared.now();
        self.shared
            .read(move |conn| -> ApiResult<FilledView> {
                let reply = existing(conn, StandardReplyId(id))?;
                let (mut values, own) = values(conn, conversation, contact)?;
                let home = settings::text(conn, settings::SHOP_LANGUAGE)?;
                let wanted = language.filter(|word| !word.is_empty()).or(own).unwrap_or_else(|| home.clone());
                let text = choose(&reply.texts, &wanted, &home, via.as_deref().unwrap_or_default());
                let text = text.ok_or_else(|| {
                    ApiError::new(Code::NotFound, "This standard reply has no text yet. Write one first.")
                })?;
                values.extend(of_the_day(conn, now, &text.language)?);
                let filled = template::fill(&text.text, &values);
                Ok(FilledView { text: filled.text, language: text.language.clone(), missing: filled.missing })
            })
            .await
    }

    /// What texts can hold, as it is written in the shop's language.
    pub async fn placeholders(&self) -> ApiResult<Vec<PlaceholderView>> {
        let language = self.shared.read(|conn| settings::text(conn, settings::SHOP_LANGUAGE)).await?;
        let place = ["de", "en", "fr", "it"].iter().position(|word| *word == language).unwrap_or(0);
        let of_shop = |(_, names): &(Placeholder, [&str; 4])| {
            let name = names.get(place).copied().unwrap_or_default().to_owned();
            let meaning = names.get(1).copied().unwrap_or_default().to_owned();
            PlaceholderView { name, meaning }
        };
        Ok(PLACEHOLDERS.iter().map(of_shop).collect())
    }

    /// Writes all into one JSON file; answers how many.
    pub async fn standard_replies_export(&self, file: &Path) -> ApiResult<u32> {
        let rows = self.standard_replies(None).await?;
        let carried: Vec<Carried> = rows
            .into_iter()
            .map(|row| Carried { name: row.name, shortcut: row.shortcut, texts: row.texts })
            .collect();
        let (file, count) = (file.to_owned(), u32::try_from(carried.len()).unwrap_or(u32::MAX));
        off_thread(move || -> ApiResult<()> {
            let json = serde_json::to_vec_pretty(&carried)
                .map_err(|error| crate::failure::internal("standard replies", error))?;
            Ok(std::fs::write(&file, json).map_err(theke_store::Error::from)?)
        })
        .await?;
        Ok(count)
    }

    /// Takes in what [`Api::standard_replies_export`] wrote. A reply of the same name is replaced; all or nothing, and
    /// with one way back.
    ///
    /// # Errors
    /// `BadInput` for a file of another kind.
    pub async fn standard_replies_import(&self, file: &Path) -> ApiResult<RepliesImported> {
        let (file, now) = (file.to_owned(), self.shared.now());
        let carried = off_thread(move || read_file(&file)).await?;
        let imported = self.shared.write(move |tx| take_in(tx, &carried, now)).await?;
        self.shared.tell(Event::RepliesChanged {});
        if imported.undo_id.is_some() {
            self.shared.tell(Event::UndoChanged {});
        }
        Ok(imported)
    }
}

/// For whom and for what a standard reply is filled in.
pub(crate) struct Of<'a> {
    /// The conversation that it answers.
    pub conversation: Option<i64>,
    /// To whom, where it is not the conversation's customer.
    pub contact: Option<i64>,
    /// The medium.
    pub via: &'a str,
    /// The language; `None` for the customer's own.
    pub language: Option<String>,
    /// Whether it is known that the customer reads it. Without, nothing that is known of the customer is put in.
    pub known: bool,
}

/// Whether one of its texts says something of the customer.
pub(crate) fn is_personal(reply: &StandardReply) -> bool {
    reply.texts.iter().any(|text| template::is_personal(&text.text))
}

/// Fills a standard reply in. The text is that of the language and the medium, else of the language, else of the shop's
/// language.
pub(crate) fn fill(
    conn: &Connection,
    reply: &StandardReply,
    of: Of<'_>,
    now: Timestamp,
) -> ApiResult<FilledView> {
    let (mut values, own) = values(conn, of.conversation, of.contact)?;
    if !of.known {
        values.retain(|placeholder, _| !placeholder.is_personal());
    }
    let home = settings::text(conn, settings::SHOP_LANGUAGE)?;
    let wanted = of.language.filter(|word| !word.is_empty()).or(own).unwrap_or_else(|| home.clone());
    let text = choose(&reply.texts, &wanted, &home, of.via);
    let text = text.ok_or_else(|| {
        ApiError::new(Code::NotFound, "This standard reply has no text yet. Write one first.")
    })?;
    values.extend(of_the_day(conn, now, &text.language)?);
    let articles = articles::in_use(conn, &text.language, &home, now)?;
    let filled = template::fill_with(&text.text, &values, &articles);
    Ok(FilledView { text: filled.text, language: text.language.clone(), missing: filled.missing })
}

fn read_file(file: &Path) -> ApiResult<Vec<Carried>> {
    let refuse = || {
        ApiError::new(
            Code::BadInput,
            "This file holds no standard replies. Choose one that was exported here.",
        )
        .with("field", "file")
    };
    let about = std::fs::metadata(file).map_err(|_| refuse())?;
    if about.len() > FILE_MAX_BYTES {
        return Err(refuse());
    }
    let bytes = std::fs::read(file).map_err(|_| refuse())?;
    serde_json::from_slice(&bytes).map_err(|_| refuse())
}

fn take_in(tx: &Transaction<'_>, carried: &[Carried], now: Timestamp) -> ApiResult<RepliesImported> {
    let known = standard_replies::all(tx)?;
    let mut imported = RepliesImported { added: 0, changed: 0, same: 0, undo_id: None };
    let mut steps = Vec::new();
    for reply in carried {
        let before = known.iter().find(|row| row.name == reply.name.trim());
        let same =
            before.is_some_and(|row| row.shortcut == reply.shortcut && shown(row).texts == reply.texts);
        match before {
            _ if same => imported.same += 1,
            Some(_) => imported.changed += 1,
            None => imported.added += 1,
        }
        if !same {
            let saved = save(tx, before.map(|row| row.id), reply, now)?;
            steps.push(Step::ReplySaved { reply: saved, before: before.map(as_it_was), at: now });
        }
    }
    if !steps.is_empty() {
        imported.undo_id = Some(changes::insert(tx, "replies_imported", "", steps.len(), &steps, now)?.0);
    }
    Ok(imported)
}

fn as_it_was(row: &StandardReply) -> ReplyBefore {
    ReplyBefore { name: row.name.clone(), shortcut: row.shortcut.clone(), texts: row.texts.clone() }
}

/// Checks and saves.
fn save(
    tx: &Transaction<'_>,
    id: Option<StandardReplyId>,
    given: &Carried,
    now: Timestamp,
) -> ApiResult<StandardReplyId> {
    let refuse = |field: &str, why: &str| Err(ApiError::new(Code::BadInput, why).with("field", field));
    let (name, shortcut) = (given.name.trim(), given.shortcut.trim().trim_start_matches('/').to_lowercase());
    if name.is_empty() || name.chars().count() > NAME_MAX_CHARS || name.chars().any(char::is_control) {
        return refuse("name", "A standard reply needs a name of at most 100 characters.");
    }
    let fits = shortcut.chars().count() <= 40 && shortcut.chars().all(|c| c.is_alphanumeric() || c == '-');
    if !fits {
        return refuse("shortcut", "A shortcut is one word of letters, digits and hyphens.");
    }
    if standard_replies::all(tx)?
        .iter()
        .any(|row| !shortcut.is_empty() && row.shortcut == shortcut && Some(row.id) != id)
    {
        return refuse("shortcut", "Another standard reply has this shortcut. Choose another one.");
    }
    if let Some(id) = id {
        existing(tx, id)?;
    }
    let mut texts: Vec<Text> = Vec::with_capacity(given.texts.len());
    for text in &given.texts {
        let long = text.text.chars().count() > TEXT_MAX_CHARS;
        if long || text.text.trim().is_empty() || text.language.chars().count() != 2 {
            return refuse("texts", "Each text needs a language and between 1 and 20,000 characters.");
        }
        if texts.iter().any(|known| known.language == text.language && known.medium == text.medium) {
            return refuse("texts", "There are two texts for the same language and channel. Keep one.");
        }
        let ReplyTextView { language, medium, text } = text.clone();
        texts.push(Text { language, medium, text });
    }
    if texts.is_empty() {
        return refuse("texts", "A standard reply needs a text.");
    }
    Ok(standard_replies::save(tx, id, name, &shortcut, &texts, now)?)
}

/// What is known of the customer and the shop, and the customer's language.
fn values(
    conn: &Connection,
    conversation: Option<i64>,
    contact: Option<i64>,
) -> ApiResult<(BTreeMap<Placeholder, String>, Option<String>)> {
    let row = conversation.map(|id| conversations::existing(conn, id)).transpose()?;
    let contact = contact.or(row.as_ref().map(|row| row.conversation.contact_id.0));
    let contact = contact.map(|id| contacts::existing(conn, id)).transpose()?;
    let name = contact.as_ref().map(|contact| contact.name.clone()).unwrap_or_default();
    let first = template::first_name(&name).unwrap_or_default().to_owned();
    let subject = row.map(|row| row.conversation.subject).unwrap_or_default();
    let values = BTreeMap::from([
        (Placeholder::CustomerName, name),
        (Placeholder::CustomerFirstName, first),
        (Placeholder::ShopName, settings::text(conn, settings::SHOP_NAME)?),
        (Placeholder::Subject, subject),
    ]);
    Ok((values, contact.map(|contact| contact.language).filter(|word| !word.is_empty())))
}

/// The hours of the shop and what day it is, in a language.
fn of_the_day(
    conn: &Connection,
    now: Timestamp,
    language: &str,
) -> theke_store::Result<BTreeMap<Placeholder, String>> {
    let (hours, zone) = settings::opening(conn)?;
    let country = settings::text(conn, settings::SHOP_COUNTRY)?;
    let opens = hours.next_opening(&zone, now);
    let closes = hours.next_closing(&zone, now).filter(|_| hours.is_open(&zone, now));
    let closed_for = match hours.special_day(&zone, now) {
        Some(Closed::Holiday(holiday)) => holiday.name(language, &country).to_owned(),
        Some(Closed::OwnDay(name)) => name,
        Some(Closed::Season(_) | Closed::OutsideHours) | None => String::new(),
    };
    let said = |at: Option<Timestamp>, say: fn(&Zone, Timestamp, Timestamp, &str) -> String| {
        at.map(|at| say(&zone, now, at, language)).unwrap_or_default()
    };
    Ok(BTreeMap::from([
        (Placeholder::ShopHours, hours.text(&zone, now, language)),
        (Placeholder::ShopNextOpen, said(opens, opening_said)),
        (Placeholder::ShopOpenUntil, said(closes, closing_said)),
        (Placeholder::ShopClosedFor, closed_for),
        (Placeholder::Today, date(&zone.day(now), language)),
    ]))
}

fn choose<'t>(texts: &'t [Text], wanted: &str, home: &str, medium: &str) -> Option<&'t Text> {
    let of = |language: &str, medium: &str| {
        texts.iter().find(|text| text.language == language && text.medium == medium)
    };
    of(wanted, medium)
        .or_else(|| of(wanted, ""))
        .or_else(|| of(home, medium))
        .or_else(|| of(home, ""))
        .or_else(|| texts.iter().find(|text| text.medium.is_empty()))
        .or(texts.first())
}

/// A date as the language writes it; `iso` is 2026-11-21.
fn date(iso: &str, language: &str) -> String {
    let mut parts = iso.split('-');
    let (Some(year), Some(month), Some(day)) = (parts.next(), parts.next(), parts.next()) else {
        return iso.to_owned();
    };
    match language {
        "de" => format!("{}.{}.{year}", day.trim_start_matches('0'), month.trim_start_matches('0')),
        _ => format!("{day}/{month}/{year}"),
    }
}

/// All, or those in whose name, shortcut or texts this is found.
pub(super) fn matching(conn: &Connection, query: &str) -> theke_store::Result<Vec<StandardReplyView>> {
    let words: Vec<String> = query.split_whitespace().map(fold::index_text).collect();
    let fits = |row: &&StandardReply| {
        let texts = row.texts.iter().map(|text| text.text.as_str());
        let all: Vec<_> =
            texts.chain([row.name.as_str(), row.shortcut.as_str()]).map(fold::index_text).collect();
        let found = |form: &str| all.iter().any(|text| text.contains(form));
        words.iter().all(|forms| forms.split(' ').any(found))
    };
    Ok(standard_replies::all(conn)?.iter().filter(fits).map(shown).collect())
}

fn used_in(conn: &Connection, message: MessageId, place: i64) -> ApiResult<ReplyUseView> {
    let listed = conversations::existing(conn, place)?;
    let row = messages::get(conn, message)?.ok_or(theke_store::Error::NotFound)?;
    Ok(ReplyUseView {
        message_id: message.0,
        conversation_id: place,
        contact_name: listed.contact_name,
        subject: listed.conversation.subject,
        at: view::at(row.at),
        medium: row.medium.as_str().to_owned(),
    })
}

fn existing(conn: &Connection, id: StandardReplyId) -> ApiResult<StandardReply> {
    standard_replies::get(conn, id)?
        .ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no standard reply {id}.")))
}

fn shown(row: &StandardReply) -> StandardReplyView {
    let text = |text: &Text| ReplyTextView {
        language: text.language.clone(),
        medium: text.medium.clone(),
        text: text.text.clone(),
    };
    StandardReplyView {
        id: row.id.0,
        name: row.name.clone(),
        shortcut: row.shortcut.clone(),
        texts: row.texts.iter().map(text).collect(),
        used: row.used,
        last_used_at: row.last_used_at.map(view::at),
    }
}

//! What rules are told of a message: gathered from the store, as it was when the message came.
//!
//! Only what the rules ask for is read, since a rehearsal does this for every message of years. Not here: what follows.

use std::collections::BTreeMap;

use theke_domain::ids::{ContactId, MessageId};
use theke_domain::rule::{Attached, Facts, IntentReading, Needs};
use theke_domain::time::Timestamp;
use theke_domain::{intent, language};
use theke_store::table::messages::{Message, deciding};
use theke_store::table::{attachments, bodies, contacts, custom_fields, particulars, tags};
use theke_store::{Connection, Result};

use crate::settings;

/// Earlier messages of a customer that are counted.
const EARLIER_MAX: u32 = 200;
const DAY_SECS: i64 = 24 * 3600;

/// What is known of one message beside its row.
pub struct Gathered {
    /// For the rules.
    pub facts: Facts,
    /// What the customer wrote, without what they quote.
    pub own_text: String,
    /// The language in which to answer; empty for the shop's.
    pub language: String,
    /// What the text asks for.
    pub reading: intent::Reading,
}

impl Gathered {
    /// The words that only a person should answer; where the whole text says so and no word of it, those that decided.
    pub fn sensitive_words(&self) -> Vec<String> {
        match &self.reading {
            reading if !reading.sensitive => Vec::new(),
            reading if !reading.sensitive_words.is_empty() => reading.sensitive_words.clone(),
            reading => vec![reading.words.join(" ")],
        }
    }
}

/// Gathers it. `at`: the moment for which the rules are asked.
pub fn of_message(conn: &Connection, row: &Message, needs: Needs, at: Timestamp) -> Result<Gathered> {
    let texts = bodies::texts(conn, row.id)?;
    let own_text = texts.text_without_quote;
    let subject = row.subject.clone().unwrap_or_default();
    let known = contacts::get(conn, row.contact_id)?.map(|contact| contact.language).unwrap_or_default();
    let written = language::of(&own_text).map(str::to_owned);
    let reading = intent::read(&own_text, written.as_deref());
    let mut facts = at_moment(conn, row.contact_id, needs, at)?;
    facts.subject = subject;
    facts.text = texts.text;
    facts.medium = Some(row.medium.clone());
    facts.account = row.account_id;
    facts.language = written.clone().unwrap_or_else(|| known.clone());
    facts.intent = Some(IntentReading {
        intent: reading.intent.word().to_owned(),
        confidence: percent(reading.confidence),
        words: reading.words.clone(),
    });
    facts.new_contact = !deciding::came_before(conn, row.contact_id, row.at)?;
    facts.earlier = earlier(conn, row, needs)?;
    if needs.attachments {
        facts.attachments = files(conn, row.id)?;
    }
    let language = if known.is_empty() { written.unwrap_or_default() } else { known };
    Ok(Gathered { facts, own_text, language, reading })
}

/// What depends on the customer and the moment alone.
pub fn at_moment(conn: &Connection, contact: ContactId, needs: Needs, at: Timestamp) -> Result<Facts> {
    let (hours, zone) = settings::opening(conn)?;
    let open = hours.is_open(&zone, at);
    let mut facts = Facts { now: at, today: zone.local(at).date(), open, ..Facts::default() };
    if needs.tags {
        facts.tags = tags::of_contact(conn, contact)?.into_iter().map(|tag| tag.name).collect();
    }
    if needs.fields {
        facts.fields = fields(conn, contact)?;
    }
    Ok(facts)
}

fn percent(confidence: f32) -> u8 {
    // In range by the clamp; a float has no other way to an integer.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=100")]
    let whole = (confidence * 100.0).round().clamp(0.0, 100.0) as u8;
    whole
}

fn fields(conn: &Connection, contact: ContactId) -> Result<BTreeMap<String, String>> {
    let known = particulars::get(conn, contact)?;
    let name = contacts::get(conn, contact)?.map(|row| row.name).unwrap_or_default();
    let mut found: BTreeMap<String, String> = [
        ("name", name),
        ("company", known.company),
        ("salutation", known.salutation),
        ("birthday", known.birthday),
        ("postcode", known.postcode),
        ("language", known.language),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect();
    let values = custom_fields::standing(conn, contact)?;
    for field in custom_fields::all(conn)? {
        let value = values.get(&field.id).and_then(|standing| standing.first());
        found.insert(field.name, value.map(|value| value.value.clone()).unwrap_or_default());
    }
    found.retain(|_, value| !value.is_empty());
    Ok(found)
}

fn earlier(conn: &Connection, row: &Message, needs: Needs) -> Result<Vec<Timestamp>> {
    if needs.earlier_days == 0 {
        return Ok(Vec::new());
    }
    let since = row.at.plus_secs(-i64::from(needs.earlier_days) * DAY_SECS);
    deciding::times_between(conn, row.contact_id, since, row.at, EARLIER_MAX)
}

fn files(conn: &Connection, message: MessageId) -> Result<Vec<Attached>> {
    let rows = attachments::of_message(conn, message)?;
    let shown = rows.into_iter().filter(|row| !row.inline);
    Ok(shown.map(|row| Attached { name: row.name, mime_type: row.mime_type }).collect())
}

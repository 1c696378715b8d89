//! A customer's card as shells see it: few reads, each by the customer's key.

use std::collections::BTreeMap;

use theke_domain::answering::{self, Said};
use theke_domain::hours::{Hours, Zone};
use theke_domain::ids::{ContactId, FieldId};
use theke_domain::medium::Medium;
use theke_domain::message::Direction;
use theke_domain::time::Timestamp;
use theke_store::table::consents::{self, Consent};
use theke_store::table::contacts::{self, Contact};
use theke_store::table::conversations::{Conversation, Status};
use theke_store::table::custom_fields::{self, Field, Value};
use theke_store::table::goodwill::{self, Granted};
use theke_store::table::messages::noted;
use theke_store::table::tasks::{self, Task};
use theke_store::table::{particulars, tags};
use theke_store::words::Word;
use theke_store::{Connection, Result};

use super::at;
use crate::api::types::{
    CardField, CardValue, CardView, ConsentView, GoodwillAsked, GoodwillView, MessageView, ShopField,
    ShopFields, TagListed, TagView, TaskView, WaitsView,
};
use crate::settings;

/// Grants that a card shows.
const GOODWILL_SHOWN: u32 = 100;
/// Messages out of which the usual waits are made.
const LOOKED_AT: u32 = 50;

/// What day it is in the shop.
pub struct Days {
    zone: Zone,
    hours: Hours,
    now: Timestamp,
}

impl Days {
    /// By the shop's settings.
    pub fn of(conn: &Connection, now: Timestamp) -> Result<Self> {
        let (hours, zone) = settings::opening(conn)?;
        Ok(Self { zone, hours, now })
    }

    /// The shop's time zone.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// The last moment of today.
    pub fn today_ends(&self) -> Timestamp {
        self.zone.end_of(&self.zone.day(self.now)).unwrap_or(self.now)
    }

    fn due(&self, due_at: Option<Timestamp>) -> &'static str {
        match due_at {
            None => "none",
            Some(due) if due < self.now => "overdue",
            Some(due) if due <= self.today_ends() => "today",
            Some(_) => "later",
        }
    }
}

/// What a card holds beside the contact.
pub fn card(conn: &Connection, contact: &Contact, now: Timestamp) -> Result<CardView> {
    let days = Days::of(conn, now)?;
    let known = particulars::get(conn, contact.id)?;
    let open = tasks::of_contact(conn, contact.id)?;
    Ok(CardView {
        company: known.company,
        salutation: known.salutation,
        birthday: known.birthday,
        postcode: known.postcode,
        language: known.language,
        tags: tags::of_contact(conn, contact.id)?.iter().map(tag).collect(),
        fields: fields(conn, contact.id)?,
        consents: consents::in_force(conn, contact.id)?.iter().map(consent).collect(),
        goodwill: goodwill::of_contact(conn, contact.id, GOODWILL_SHOWN)?.iter().map(goodwill).collect(),
        tasks: open.iter().map(|row| task(row, &contact.display_name, &days)).collect(),
        waits: waits(conn, contact.id, &days)?,
    })
}

fn tag(row: &tags::Tag) -> TagView {
    TagView { id: row.id.0, name: row.name.clone() }
}

fn field(row: &Field) -> ShopField {
    ShopField {
        id: row.id.0,
        name: row.name.clone(),
        kind: row.kind.word().to_owned(),
        choices: row.choices.clone(),
    }
}

fn fields(conn: &Connection, contact: ContactId) -> Result<Vec<CardField>> {
    let mut values: BTreeMap<FieldId, Vec<Value>> = custom_fields::standing(conn, contact)?;
    let mut shown = Vec::new();
    for row in custom_fields::all(conn)? {
        let standing = values.remove(&row.id).unwrap_or_default();
        let values = standing.iter().map(|value| field_value(conn, value)).collect::<Result<Vec<_>>>()?;
        shown.push(CardField { field: field(&row), values });
    }
    Ok(shown)
}

fn field_value(conn: &Connection, row: &Value) -> Result<CardValue> {
    let origin = row.origin.map(|id| contacts::get(conn, id)).transpose()?.flatten();
    let from = origin.map(|contact| contact.display_name).unwrap_or_default();
    Ok(CardValue { value: row.value.clone(), from, at: at(row.changed_at) })
}

fn consent(row: &Consent) -> ConsentView {
    ConsentView {
        medium: row.medium.as_ref().map(Medium::as_str).unwrap_or_default().to_owned(),
        purpose: row.purpose.word().to_owned(),
        state: row.state.word().to_owned(),
        source: row.source.word().to_owned(),
        evidence: row.evidence.clone(),
        message_id: row.message_id.map(|id| id.0),
        at: at(row.at),
    }
}

/// Something that was granted.
fn goodwill(row: &Granted) -> GoodwillView {
    GoodwillView {
        id: row.id.0,
        contact_id: row.contact_id.0,
        conversation_id: row.conversation_id.map(|id| id.0),
        what: row.what.clone(),
        medium: row.medium.as_ref().map(Medium::as_str).unwrap_or_default().to_owned(),
        granted_at: at(row.granted_at),
    }
}

/// Something to do.
pub fn task(row: &Task, contact_name: &str, days: &Days) -> TaskView {
    TaskView {
        id: row.id.0,
        contact_id: row.contact_id.0,
        contact_name: contact_name.to_owned(),
        conversation_id: row.conversation_id.map(|id| id.0),
        message_id: row.message_id.map(|id| id.0),
        kind: row.kind.word().to_owned(),
        text: row.text.clone(),
        address: row.address.clone(),
        due_at: row.due_at.map(at),
        due_day: row.due_at.map(|due| days.zone.day(due)),
        due: days.due(row.due_at).to_owned(),
        done_at: row.done_at.map(at),
        created_at: at(row.created_at),
    }
}

fn waits(conn: &Connection, contact: ContactId, days: &Days) -> Result<WaitsView> {
    let said: Vec<Said> = noted::said(conn, contact, LOOKED_AT)?
        .into_iter()
        .map(|said| Said {
            conversation: said.conversation,
            direction: said.direction,
            at: said.at,
            live: said.noted,
        })
        .collect();
    let in_hours = !days.hours.is_empty();
    let waits = answering::usual(&said, |from, to| {
        if in_hours { days.hours.open_secs(&days.zone, from, to) } else { to.secs_since(from) }
    });
    Ok(WaitsView {
        ours_secs: waits.ours.map(|usual| usual.secs),
        ours_of: waits.ours.map_or(0, |usual| usual.of),
        theirs_secs: waits.theirs.map(|usual| usual.secs),
        theirs_of: waits.theirs.map_or(0, |usual| usual.of),
        in_hours,
    })
}

/// Whether the newest incoming message asks for goodwill after some was granted. What is done with needs no answer.
pub fn goodwill_asked(
    conn: &Connection,
    conversation: &Conversation,
    oldest_first: &[MessageView],
) -> Result<Option<GoodwillAsked>> {
    if conversation.spam || conversation.status == Status::Closed {
        return Ok(None);
    }
    let newest = oldest_first.iter().rev().find(|message| message.direction == Direction::In.word());
    let Some(message) = newest else { return Ok(None) };
    let own = message.text_without_quote.trim();
    let text = if own.is_empty() { message.text.as_str() } else { own };
    let asked = format!("{}\n{text}", message.subject.as_deref().unwrap_or_default());
    let Some(words) = theke_domain::goodwill::asks(&asked) else { return Ok(None) };
    let Some(asked_at) = Timestamp::from_rfc3339(&message.at) else { return Ok(None) };
    let granted = goodwill::before(conn, conversation.contact_id, asked_at)?;
    Ok(granted.map(|granted| GoodwillAsked {
        words: words.to_owned(),
        message_id: message.id,
        granted: goodwill(&granted),
    }))
}

/// All that the shop added to the card.
pub fn shop_fields(conn: &Connection, undo_id: Option<i64>) -> Result<ShopFields> {
    let tags = tags::all(conn)?;
    let listed = |(row, contacts): &(tags::Tag, u64)| TagListed {
        id: row.id.0,
        name: row.name.clone(),
        contacts: *contacts,
    };
    Ok(ShopFields {
        fields: custom_fields::all(conn)?.iter().map(field).collect(),
        tags: tags.iter().map(listed).collect(),
        undo_id,
    })
}

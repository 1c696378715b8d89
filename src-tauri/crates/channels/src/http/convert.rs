//! One record of a listing as a message: a pure conversion. A record never fails: what is missing or odd becomes a
//! problem of the message, because a skipped record would be a lost message.

use serde_json::Value;
use sha2::{Digest, Sha256};
use theke_domain::address::{self, Address};
use theke_domain::machine;
use theke_domain::message::{Completeness, Direction, Flags, Incoming, Party, RemoteId, ThreadHeaders};
use theke_domain::phone;
use theke_domain::time::Timestamp;

use super::definition::{Definition, Identity};
use super::listing::Inbound;
use super::pointer::scalar;
use crate::spec::AccountSettings;

/// A record, read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    /// What tells it apart from all others of the account.
    pub(super) key: String,
    /// The provider's own id, for acknowledging.
    pub(super) provider_id: String,
    pub(super) message: Incoming,
}

/// Whether the record is one that the definition wants.
pub(super) fn is_wanted(inbound: &Inbound, record: &Value) -> bool {
    inbound.keep.iter().all(|keep| keep.ptr.find(record).and_then(scalar).is_some_and(|v| v == keep.equals.0))
}

/// Turns a record into a message. `now` stands in for a time that cannot be read, and for one that has not come yet: a
/// phone with a wrong clock would stay above everything else for years.
pub(super) fn convert(
    definition: &Definition,
    inbound: &Inbound,
    settings: &AccountSettings,
    record: &Value,
    now: Timestamp,
) -> Record {
    let map = &inbound.map;
    let mut problems = Vec::new();
    let time = map.time.ptr.text(record).and_then(|text| map.time.format.read(&text, &map.time.zone));
    let at = time.filter(|time| *time <= now).unwrap_or_else(|| {
        let what = if time.is_some() { "a time that has not come yet" } else { "no readable time" };
        problems.push(format!("the gateway gave {what}; this is when it was fetched"));
        now
    });
    let text = map.text.find(record).and_then(scalar).unwrap_or_else(|| {
        problems.push("the gateway gave no text".to_owned());
        String::new()
    });
    let sender = map.from.text(record).unwrap_or_else(|| {
        problems.push("the gateway gave no sender".to_owned());
        String::new()
    });
    let provider_id = map.id.text(record);
    let key = key(inbound, record, provider_id.as_deref());
    let mut from = party(definition, settings, &sender);
    from.name = map.name.as_ref().and_then(|name| name.text(record));
    let recipient = map.to.as_ref().and_then(|to| to.text(record));
    let to = recipient.or_else(|| settings.get("number").map(str::to_owned));
    let answered = map.in_reply_to.as_ref().and_then(|id| id.text(record));
    let numbered = definition.identity == Identity::Phone;
    let signs = machine::signs_of_short(&from, &text, &[], numbered, false);
    let message = Incoming {
        remote_id: RemoteId(format!("in/{key}")),
        content_key: None,
        direction: Direction::In,
        at,
        received_at: at,
        from,
        to: to.iter().map(|to| party(definition, settings, to)).collect(),
        cc: Vec::new(),
        reply_to: Vec::new(),
        subject: None,
        text_without_quote: text.clone(),
        text,
        html: None,
        thread: ThreadHeaders { in_reply_to: answered, ..ThreadHeaders::default() },
        parts: Vec::new(),
        flags: Flags::default(),
        source: serde_json::to_vec_pretty(record).ok(),
        completeness: Completeness::Whole,
        problems,
        spam: false,
        authentication_results: Vec::new(),
        authentication: None,
        signs,
        bounce: None,
    };
    Record { provider_id: provider_id.unwrap_or_else(|| key.clone()), key, message }
}

/// The parts of the id, joined; for a record without any a hash of all that stands in it.
fn key(inbound: &Inbound, record: &Value, provider_id: Option<&str>) -> String {
    let parts: Vec<String> = if inbound.id_parts.is_empty() {
        provider_id.map(str::to_owned).into_iter().collect()
    } else {
        inbound.id_parts.iter().map(|part| part.text(record).unwrap_or_default()).collect()
    };
    if parts.iter().all(String::is_empty) {
        let digest = Sha256::digest(record.to_string().as_bytes());
        return digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    }
    parts.join("\u{1f}")
}

/// A sender or recipient as the gateway writes it.
pub(super) fn party(definition: &Definition, settings: &AccountSettings, raw: &str) -> Party {
    let raw = raw.trim();
    Party { name: None, address: address(definition, settings, raw), raw: raw.to_owned() }
}

fn address(definition: &Definition, settings: &AccountSettings, raw: &str) -> Option<Address> {
    if raw.is_empty() {
        return None;
    }
    let named = |network: &str| Address::Handle { network: network.to_owned(), value: raw.to_lowercase() };
    match definition.identity {
        Identity::Phone => {
            let number = phone_value(raw, &settings.country, definition.numbers_without_plus);
            // Names such as a parcel service's: somebody, but nobody who could be answered.
            number.map(|value| Address::Phone { value }).or_else(|| Some(named(definition.medium.get_ref())))
        }
        Identity::Email => address::email::normalize(raw).ok().map(|value| Address::Email { value }),
        Identity::Opaque => Some(named(definition.id.get_ref())),
    }
}

fn phone_value(raw: &str, country: &str, without_plus: bool) -> Option<String> {
    if raw.chars().any(char::is_alphabetic) {
        return None;
    }
    let digits_only = raw.len() >= 9 && !raw.starts_with('0') && raw.chars().all(|c| c.is_ascii_digit());
    let international = (without_plus && digits_only).then(|| phone::parse(&format!("+{raw}"), country).ok());
    international.flatten().or_else(|| phone::parse(raw, country).ok()).map(|number| number.value)
}

//! Messages of marketplaces. The buyer's own address is hidden: the marketplace gives each buyer one that it passes
//! on for as long as the sale lasts.

use super::labels::{self, Field};
use super::{FormKind, FormMail, Found, FoundIn, Letter, Voucher};
use crate::address::Address;
use crate::matching::{Mailbox, clean_name, mailbox_sort};

/// What stands before the buyer's name.
const NAME_BEFORE: &[&str] = &[
    "neue nachricht von:",
    "neue nachricht von",
    "nachricht von:",
    "nachricht von",
    "anfrage von",
    "ebay-mitglied:",
    "ebay member:",
    "new message from:",
    "new message from",
    "message from",
    "nouveau message de",
    "message de",
    "nuovo messaggio da",
    "messaggio da",
];

/// What stands behind the buyer's name.
const NAME_BEHIND: &[&str] = &[
    " hat ihnen eine frage",
    " hat dir eine nachricht",
    " hat ihnen eine nachricht",
    " hat eine frage",
    " über kleinanzeigen",
    " via kleinanzeigen",
    " über ebay",
    " via ebay",
    " sent you a message",
    " has a question",
    " vous a envoyé",
    " ti ha inviato",
    " via ",
];

/// Lines with which the marketplace's own words begin again.
const ENDS: &[&str] = &[
    "antworten",
    "zur anzeige",
    "jetzt antworten",
    "beantworte diese",
    "nachricht beantworten",
    "reply",
    "respond now",
    "répondre",
    "rispondi",
    "schütze dich",
    "tipps",
    "nur käufe über",
    "copyright",
    "anzeige ansehen",
    "deine anzeige",
    "https://www.ebay.",
    "https://www.kleinanzeigen.",
    "impressum",
    "viele grüße dein",
    "artikelnummer",
];

/// Reads a message of a marketplace. Notices without a buyer have no name, no relay and no text.
pub fn read(letter: &Letter<'_>, lines: &[String]) -> FormMail {
    let opening = lines.iter().enumerate().find_map(|(at, line)| Some((at, name_in(line)?)));
    let display = letter.from.name.as_deref().and_then(name_in_display);
    let relay = relay(letter);
    let name = opening
        .as_ref()
        .map(|(_, name)| Found { value: name.clone(), found_in: FoundIn::Body })
        .or_else(|| display.map(|value| Found { value, found_in: FoundIn::From }))
        .or_else(|| name_in(letter.subject).map(|value| Found { value, found_in: FoundIn::Subject }));
    let fields = labels::fields(lines);
    let phone = fields.phone(letter).filter(|_| relay.is_some() || opening.is_some());
    let text = opening
        .map(|(at, _)| until_end(lines.get(at + 1..).unwrap_or_default()))
        .filter(|text| !text.is_empty())
        .or_else(|| fields.get(Field::Message));
    FormMail {
        kind: FormKind::Marketplace,
        voucher: Voucher::Nobody,
        name,
        email: None,
        phone: phone.map(|value| Found { value, found_in: FoundIn::Body }),
        relay,
        subject: None,
        text,
    }
}

/// The address by which the marketplace passes answers on.
fn relay(letter: &Letter<'_>) -> Option<Found<Address>> {
    let is_relay =
        |address: &Address| mailbox_sort(address.value()) == Mailbox::Relay && !is_machine(address);
    let answer =
        letter.reply_to.iter().filter_map(|party| party.address.as_ref()).find(|address| is_relay(address));
    answer.map(|value| Found { value: value.clone(), found_in: FoundIn::ReplyTo }).or_else(|| {
        let from = letter.from.address.as_ref().filter(|address| is_relay(address))?;
        Some(Found { value: from.clone(), found_in: FoundIn::From })
    })
}

/// `noreply@` at the host of the relays.
fn is_machine(address: &Address) -> bool {
    let local = address.value().split('@').next().unwrap_or_default().replace(['-', '_', '.'], "");
    ["noreply", "donotreply", "info", "service", "support", "ebay"].iter().any(|word| local.starts_with(word))
}

/// The name in a line such as `Nachricht von Anna:` or `anna_12 hat Ihnen eine Frage gestellt:`.
fn name_in(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    if let Some(before) = NAME_BEFORE.iter().find(|before| lower.starts_with(**before)) {
        let count = before.chars().count();
        let rest: String = line.chars().skip(count).collect();
        return tidy(&rest);
    }
    let behind =
        NAME_BEHIND.iter().filter(|behind| **behind != " via ").find_map(|behind| lower.find(behind))?;
    tidy(&lower_safe(line, behind))
}

/// The name in a display name such as `Anna über Kleinanzeigen` or `eBay-Mitglied: anna_12`; none in the
/// marketplace's own.
fn name_in_display(display: &str) -> Option<String> {
    let lower = display.to_lowercase();
    name_in(display).or_else(|| {
        let at = NAME_BEHIND.iter().find_map(|behind| lower.find(behind));
        let name = at.map_or_else(|| display.to_owned(), |at| lower_safe(display, at));
        let own = [
            "ebay",
            "kleinanzeigen",
            "willhaben",
            "ricardo",
            "tutti",
            "leboncoin",
            "subito",
            "etsy",
            "anibis",
        ];
        let bare = name.to_lowercase();
        (!own.iter().any(|word| bare.contains(word))).then(|| tidy(&name)).flatten()
    })
}

/// The beginning of `line` up to the byte `at` of its lower-case form, by characters.
fn lower_safe(line: &str, at: usize) -> String {
    let lower = line.to_lowercase();
    let count = lower.get(..at).map_or(0, |head| head.chars().count());
    line.chars().take(count).collect()
}

/// A name without what surrounds it: `kaeufer_12 (15)`, `Anna:`.
fn tidy(name: &str) -> Option<String> {
    let name = name.split(['(', ':', ',', '"', '„']).find(|part| !part.trim().is_empty())?;
    let name = clean_name(name.trim(), None)?;
    (name.chars().count() <= 40 && name.split_whitespace().count() <= 4).then_some(name)
}

/// The lines up to where the marketplace speaks again.
fn until_end(lines: &[String]) -> String {
    let ends = |line: &&String| {
        let lower = line.to_lowercase();
        ENDS.iter().any(|end| lower.starts_with(end))
    };
    let kept: Vec<&str> = lines.iter().take_while(|line| !ends(line)).map(String::as_str).collect();
    kept.join("\n").trim().trim_matches(['"', '„', '“']).trim().to_owned()
}

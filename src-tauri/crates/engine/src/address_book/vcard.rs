//! vCards: 2.1, 3 and 4 are read (crate `calcard`), 4 is written. What has no property of its own goes by names with `X-THEKE`,
//! which every other program leaves alone.

use calcard::common::PartialDateTime;
use calcard::vcard::{VCard, VCardEntry, VCardProperty, VCardValue};
use calcard::{Entry, Parser};

use super::{Card, Value, words};

const SALUTATION: &str = "X-THEKE-SALUTATION";
const PREFERRED: &str = "X-THEKE-PREFERRED";
const FIELD: &str = "X-THEKE-FIELD";
/// The name that has to stand there is none.
const NAMELESS: &str = "X-THEKE-NAMELESS";
/// Characters of one text that are taken over.
const TEXT_MAX: usize = 20_000;
/// Octets of a line before it is folded.
const LINE_MAX: usize = 75;

/// Whether there are vCards in a text.
pub fn is_one(text: &str) -> bool {
    text.lines().any(begins_here)
}

fn begins_here(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').trim_end().eq_ignore_ascii_case("BEGIN:VCARD")
}

/// The customers of a text. What is no vCard in it is passed over. `place`: what the shop calls an address by post.
pub fn read(text: &str, place: &str) -> Vec<Card> {
    let mut lines = begins(text).into_iter();
    let mut parser = Parser::new(text);
    let mut cards = Vec::new();
    loop {
        match parser.entry() {
            Entry::VCard(card) => {
                let mut card = of(&card, place);
                card.line = lines.next().unwrap_or(0);
                cards.push(card);
            }
            Entry::Eof => return cards,
            _ => {}
        }
    }
}

/// The lines on which vCards begin.
fn begins(text: &str) -> Vec<u64> {
    (1..).zip(text.lines()).filter(|(_, line)| begins_here(line)).map(|(number, _)| number).collect()
}

fn of(vcard: &VCard, place: &str) -> Card {
    let mut card = Card::default();
    let mut parts = String::new();
    for entry in &vcard.entries {
        match &entry.name {
            VCardProperty::Fn if card.name.is_empty() => card.name = text(entry),
            VCardProperty::N if parts.is_empty() => parts = name_of(entry),
            VCardProperty::Org if card.company.is_empty() => card.company = joined(entry, ", "),
            VCardProperty::Email | VCardProperty::Impp => card.addresses.push(text(entry)),
            VCardProperty::Tel => card.addresses.push(number_of(&text(entry))),
            VCardProperty::Bday if card.birthday.is_empty() => card.birthday = birthday(entry),
            VCardProperty::Lang | VCardProperty::Language if card.language.is_empty() => {
                card.language = words::language(&text(entry));
            }
            VCardProperty::Note => card.notes.push(text(entry)),
            VCardProperty::Categories => card.tags.extend(texts(entry)),
            VCardProperty::Adr => address(entry, place, &mut card),
            VCardProperty::Other(name) => own(name, &text(entry), &mut card),
            _ => {}
        }
    }
    if card.name.is_empty() {
        card.name = parts;
    }
    for texts in [&mut card.addresses, &mut card.tags, &mut card.notes] {
        texts.retain(|text| !text.trim().is_empty());
        let mut seen = std::collections::BTreeSet::new();
        texts.retain(|text| seen.insert(text.clone()));
    }
    card
}

fn own(name: &str, text: &str, card: &mut Card) {
    match name.to_ascii_uppercase().as_str() {
        SALUTATION => text.clone_into(&mut card.salutation),
        PREFERRED => text.clone_into(&mut card.preferred),
        NAMELESS => card.name.clear(),
        FIELD => {
            if let Ok([field, kind, value]) = serde_json::from_str::<[String; 3]>(text) {
                card.values.push(Value { field, kind, value });
            }
        }
        _ => {}
    }
}

/// The texts of a property, cut.
fn texts(entry: &VCardEntry) -> Vec<String> {
    let mut all = Vec::new();
    for value in &entry.values {
        match value {
            VCardValue::Text(text) => all.push(text.clone()),
            VCardValue::Component(parts) => all.extend(parts.iter().cloned()),
            VCardValue::Integer(number) => all.push(number.to_string()),
            _ => {}
        }
    }
    let clean = |text: String| {
        let text: String = text.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
        text.trim().chars().take(TEXT_MAX).collect()
    };
    all.into_iter().map(clean).collect()
}

fn text(entry: &VCardEntry) -> String {
    texts(entry).into_iter().next().unwrap_or_default()
}

fn joined(entry: &VCardEntry, between: &str) -> String {
    texts(entry).into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// A part of a structured value.
fn part(entry: &VCardEntry, place: usize) -> String {
    match entry.values.get(place) {
        Some(VCardValue::Text(text)) => text.trim().to_owned(),
        Some(VCardValue::Component(parts)) => parts.join(" ").trim().to_owned(),
        _ => String::new(),
    }
}

/// A name from its parts: family, given, additional, before, behind.
fn name_of(entry: &VCardEntry) -> String {
    let parts = [3, 1, 2, 0, 4].map(|place| part(entry, place));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// A number without the scheme and the extension of its URI.
fn number_of(text: &str) -> String {
    let number = match text.get(..4) {
        Some(scheme) if scheme.eq_ignore_ascii_case("tel:") => text.get(4..).unwrap_or_default(),
        _ => text,
    };
    number.split(';').next().unwrap_or_default().to_owned()
}

fn birthday(entry: &VCardEntry) -> String {
    match entry.values.first() {
        Some(VCardValue::PartialDateTime(PartialDateTime {
            year,
            month: Some(month),
            day: Some(day),
            ..
        })) => {
            let day = match year {
                Some(year) => format!("{year:04}-{month:02}-{day:02}"),
                None => format!("--{month:02}-{day:02}"),
            };
            words::day(&day, false, i16::MAX).unwrap_or_default()
        }
        Some(VCardValue::Text(text)) => words::day(text, false, i16::MAX).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The first address by post: code and country have a place of their own, street and town become a field of the shop.
fn address(entry: &VCardEntry, place: &str, card: &mut Card) {
    let [extended, street, town, postcode, country] = [1, 2, 3, 5, 6].map(|at| part(entry, at));
    if card.postcode.is_empty() {
        card.postcode = postcode;
    }
    if card.country.is_empty() {
        card.country = words::country(&country);
    }
    let lines: Vec<String> = [extended, street, town].into_iter().filter(|line| !line.is_empty()).collect();
    if !lines.is_empty() && !card.values.iter().any(|value| value.field == place) {
        let value = lines.join(", ").replace('\n', ", ");
        card.values.push(Value { field: place.to_owned(), kind: "text".to_owned(), value });
    }
}

/// One vCard of version 4.
pub fn write(card: &Card) -> String {
    let mut out = String::from("BEGIN:VCARD\r\nVERSION:4.0\r\n");
    let shown = [card.name.as_str(), card.company.as_str()];
    let shown =
        shown.into_iter().chain(card.addresses.iter().map(String::as_str)).find(|text| !text.is_empty());
    // FN has to be there; where the customer has no name it repeats what else there is.
    line(&mut out, "FN", &escaped(shown.unwrap_or("?")));
    if card.name.is_empty() {
        line(&mut out, NAMELESS, "1");
    }
    if !card.company.is_empty() {
        line(&mut out, "ORG", &escaped(&card.company));
    }
    for address in &card.addresses {
        let number = address.starts_with('+') || address.bytes().all(|b| b.is_ascii_digit());
        match (address.contains('@') && !address.contains(':'), number) {
            (true, _) => line(&mut out, "EMAIL", &escaped(address)),
            (_, true) => line(&mut out, "TEL;VALUE=uri", &format!("tel:{address}")),
            _ => line(&mut out, "IMPP", &escaped(address)),
        }
    }
    if !card.birthday.is_empty() {
        line(&mut out, "BDAY", &card.birthday.replace("--", "\u{0}").replace('-', "").replace('\u{0}', "--"));
    }
    if !card.postcode.is_empty() || !card.country.is_empty() {
        line(&mut out, "ADR", &format!(";;;;;{};{}", escaped(&card.postcode), escaped(&card.country)));
    }
    for (name, value) in
        [("LANG", &card.language), (SALUTATION, &card.salutation), (PREFERRED, &card.preferred)]
    {
        if !value.is_empty() {
            line(&mut out, name, &escaped(value));
        }
    }
    if !card.tags.is_empty() {
        line(&mut out, "CATEGORIES", &card.tags.iter().map(|tag| escaped(tag)).collect::<Vec<_>>().join(","));
    }
    for Value { field, kind, value } in &card.values {
        line(&mut out, FIELD, &escaped(&serde_json::json!([field, kind, value]).to_string()));
    }
    for note in &card.notes {
        line(&mut out, "NOTE", &escaped(note));
    }
    out.push_str("END:VCARD\r\n");
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => {}
            c => out.push(c),
        }
    }
    out
}

/// A line, folded between characters.
fn line(out: &mut String, name: &str, value: &str) {
    let mut length = 0;
    for c in name.chars().chain([':']).chain(value.chars()) {
        if length + c.len_utf8() > LINE_MAX {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests;

//! Reading any address from text, and the report of the command line.

use serde::{Deserialize, Serialize};

use super::{Address, email};
use crate::medium::Medium;
use crate::phone;

/// Longest id of a handle, in characters.
const HANDLE_CHARS: usize = 128;

/// Why a text is no address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AddressProblem {
    /// Nothing there.
    Empty,
    /// Longer than addresses can be.
    TooLong,
    /// Line breaks or other control characters in it.
    ControlCharacter,
    /// Has an `@`, but is no e-mail address.
    NotAnEmail,
    /// Neither a number nor any other address.
    NotAPhone,
    /// Looks like a number, but no country has such numbers.
    ImpossibleNumber,
    /// A handle without the network that it is for.
    NetworkMissing,
}

impl AddressProblem {
    /// What is wrong and what to do, in English.
    pub fn text(self) -> &'static str {
        match self {
            Self::Empty => "There is no address. Type an e-mail address or a telephone number.",
            Self::TooLong => "This is too long for an address. Check what was pasted.",
            Self::ControlCharacter => {
                "There are line breaks or control characters in this address. Type it again."
            }
            Self::NotAnEmail => "This is no e-mail address. Check what stands before and behind the @.",
            Self::NotAPhone => "This is neither an e-mail address nor a telephone number.",
            Self::ImpossibleNumber => {
                "There is no such telephone number. Check its digits and its country code."
            }
            Self::NetworkMissing => "A name on a network needs the network before it, as in network:@name.",
        }
    }
}

impl Address {
    /// Reads an e-mail address, a telephone number (national ones as dialled in `country`, ISO 3166), or a handle
    /// written as `network:id`.
    ///
    /// # Errors
    /// What is wrong with it, see [`AddressProblem`].
    pub fn parse(text: &str, country: &str) -> Result<Self, AddressProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(AddressProblem::Empty);
        }
        if text.chars().any(char::is_control) {
            return Err(AddressProblem::ControlCharacter);
        }
        if text.starts_with('@') {
            return Err(AddressProblem::NetworkMissing);
        }
        let text = without_label(text);
        if let Some(handle) = handle(text) {
            return Ok(handle);
        }
        if text.contains('@') || text.get(..7).is_some_and(|head| head.eq_ignore_ascii_case("mailto:")) {
            return email::normalize(text).map(|value| Self::Email { value });
        }
        phone::parse(text, country).map(|phone| Self::Phone { value: phone.value })
    }

    /// The address as people of `country` write it: their own numbers in national style, others with their
    /// country code, e-mail domains in their own letters.
    pub fn display(&self, country: &str) -> String {
        match self {
            Self::Email { value } => email::display(value),
            Self::Phone { value } => phone::display(value, country),
            Self::Handle { value, .. } => value.clone(),
        }
    }
}

/// What people write before a number: `Tel.: 0151 …`, `Mobil 0151 …`, `sms:+49…`.
const LABELS: [&str; 19] = [
    "tel",
    "telefon",
    "telefonnummer",
    "telephone",
    "téléphone",
    "tél",
    "telefono",
    "mobil",
    "mobile",
    "mobiltelefon",
    "handy",
    "handynummer",
    "natel",
    "phone",
    "fon",
    "portable",
    "cell",
    "cellulare",
    "sms",
];

/// The text without such a word; the text itself if what follows is no number.
fn without_label(text: &str) -> &str {
    let Some(end) = text.find(|c: char| !c.is_alphabetic()) else { return text };
    let (word, rest) = text.split_at_checked(end).unwrap_or((text, ""));
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ".:".contains(c));
    // A `tel:` URI may have more behind its number, which the reader of numbers knows.
    let is_uri = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("tel:"));
    let is_label = !is_uri && LABELS.contains(&word.to_lowercase().as_str());
    if is_label && rest.starts_with(|c: char| c.is_ascii_digit() || "+(".contains(c)) { rest } else { text }
}

/// `network:id`, unless the word before the colon is one that stands before other addresses.
fn handle(text: &str) -> Option<Address> {
    let (network, id) = text.split_once(':')?;
    let network = Medium::parse(network)
        .filter(|word| !matches!(word.as_str(), "tel" | "mailto" | "sms" | "http" | "https"))?;
    let value = handle_id(id.trim())?;
    Some(Address::Handle { network: network.as_str().to_owned(), value })
}

/// An id on some network; names with `@` do not tell capitals apart.
fn handle_id(id: &str) -> Option<String> {
    let fits = (1..=HANDLE_CHARS).contains(&id.chars().count())
        && !id.contains(|c: char| c.is_whitespace() || "<>\"".contains(c))
        && !id.starts_with("//");
    fits.then(|| if id.starts_with('@') { id.to_lowercase() } else { id.to_owned() })
}

/// What is known about a text that may be an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// It is an address.
    pub valid: bool,
    /// `email`, `phone` or `handle`.
    pub kind: Option<String>,
    /// Its normalized form.
    pub normalized: Option<String>,
    /// The sort of a telephone number.
    pub phone_type: Option<String>,
    /// The country of a telephone number, ISO 3166.
    pub country: Option<String>,
    /// May be written to.
    pub sendable: bool,
    /// Why it is invalid or may not be written to, in English.
    pub reason: Option<String>,
}

/// Everything that can be said about `text` without asking anybody.
pub fn report(text: &str, country: &str) -> Report {
    let mut report = Report {
        valid: false,
        kind: None,
        normalized: None,
        phone_type: None,
        country: None,
        sendable: false,
        reason: None,
    };
    match Address::parse(text, country) {
        Ok(address) => {
            report.valid = true;
            report.sendable = true;
            report.kind = Some(address.kind_word().to_owned());
            report.normalized = Some(address.value().to_owned());
            if let Address::Phone { value } = &address {
                let phone = phone::classify(value);
                let refusal = phone.phone_type.refusal();
                report.phone_type = Some(phone.phone_type.word().to_owned());
                report.country = phone.country;
                report.sendable = refusal.is_none();
                report.reason = refusal.map(str::to_owned);
            }
        }
        Err(problem) => {
            if problem == AddressProblem::NetworkMissing {
                report.kind = Some("handle".to_owned());
                report.normalized = handle_id(text.trim()).filter(|id| id.len() > 1);
                report.valid = report.normalized.is_some();
            }
            report.reason = Some(problem.text().to_owned());
        }
    }
    report
}

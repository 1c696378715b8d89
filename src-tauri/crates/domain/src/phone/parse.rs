//! From what people type to a normalized number.

use phonenumber::{country, metadata::DATABASE};
use unicode_normalization::UnicodeNormalization;

use super::classify::{classify, foreign_mobile, sort, split};
use super::{Phone, PhoneType};
use crate::address::AddressProblem;

/// Longest text that can be a number with separators and a note.
const LONGEST_CHARS: usize = 80;
/// Longest number in digits (E.164 has 15 with the country code; two for `00`).
const LONGEST_DIGITS: usize = 17;
/// Longest short code.
const SHORT_CODE_DIGITS: usize = 6;

/// Reads a number: international (`+41 79 …`, `0041 …`, `tel:+41…`), or national as dialled in `country`
/// (ISO 3166, such as `DE`). `(0)` behind a country code and a trailing note in brackets are left out. National
/// mobile numbers of DE, AT, CH, FR, IT and GB are understood abroad too. Up to six digits are a short code.
///
/// # Errors
/// `NotAPhone` if it is no number or has letters in it, `ImpossibleNumber` if no country has such a number.
pub fn parse(text: &str, country: &str) -> Result<Phone, AddressProblem> {
    let digits = digits_of(text).ok_or(AddressProblem::NotAPhone)?;
    let count = digits.trim_start_matches('+').len();
    if !(2..=LONGEST_DIGITS).contains(&count) {
        return Err(AddressProblem::ImpossibleNumber);
    }
    let home = home(country);
    let behind_plus = digits.strip_prefix('+');
    if let Some(rest) =
        behind_plus.or_else(|| digits.strip_prefix("00").filter(|rest| rest.len() > SHORT_CODE_DIGITS))
    {
        return international(rest).ok_or(AddressProblem::ImpossibleNumber);
    }
    if count <= SHORT_CODE_DIGITS {
        return Ok(classify(&digits));
    }
    let local = home.and_then(|home| national(home, &digits));
    if let Some(known) = local.as_ref().filter(|phone| phone.phone_type != PhoneType::Unknown) {
        return Ok(known.clone());
    }
    if let Some((code, national)) = foreign_mobile(&digits) {
        return Ok(classify(&format!("+{code}{national}")));
    }
    local.ok_or(AddressProblem::ImpossibleNumber)
}

/// The country, if the tables have it.
fn home(country: &str) -> Option<country::Id> {
    let country = country.trim().to_ascii_uppercase();
    DATABASE.by_id(country.as_str())?;
    country.parse().ok()
}

/// Digits with a `+` before them if there was one; `None` if there is anything but a number.
fn digits_of(text: &str) -> Option<String> {
    let text: String = text.trim().nfkc().take(LONGEST_CHARS + 1).collect();
    if text.chars().count() > LONGEST_CHARS {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let mut rest =
        lower.strip_prefix("tel:").map_or(lower.as_str(), |uri| uri.split(';').next().unwrap_or_default());
    if let Some((number, note)) = rest.rsplit_once('(')
        && note.ends_with(')')
        && note.contains(char::is_alphabetic)
    {
        rest = number;
    }
    let mut digits = String::new();
    let bare = rest.replace(
        "(0)",
        if rest.trim_start().starts_with(['+', '0']) && !rest.trim_start().starts_with("+39") {
            ""
        } else {
            "0"
        },
    );
    for c in bare.trim().chars() {
        match c {
            '0'..='9' => digits.push(c),
            '+' if digits.is_empty() => digits.push(c),
            ' '
            | '-'
            | '/'
            | '.'
            | '('
            | ')'
            | '\''
            | '\u{2019}'
            | '\u{2010}'..='\u{2015}'
            | '\u{2060}'
            | '\u{200b}' => {}
            '\u{202a}'..='\u{202e}' | '\u{200e}' | '\u{200f}' => {}
            _ => return None,
        }
    }
    (digits.len() > 1).then_some(digits)
}

/// A national number, its trunk prefix stripped by the tables of `home`.
fn national(home: country::Id, digits: &str) -> Option<Phone> {
    let parsed = phonenumber::parse(Some(home), digits).ok()?;
    possible(parsed.code().value(), &parsed.national().to_string())
}

/// The digits behind a `+`. A trunk zero that should not be there (`+49 0151 …`) is left out if that makes it a
/// number.
fn international(digits: &str) -> Option<Phone> {
    let (code, national) = split(digits)?;
    let phone = possible(code, national);
    if phone.as_ref().is_some_and(|phone| phone.phone_type != PhoneType::Unknown) {
        return phone;
    }
    national.strip_prefix('0').and_then(|rest| possible(code, rest)).or(phone)
}

/// The number, if its country has numbers like it.
fn possible(code: u16, national: &str) -> Option<Phone> {
    let (phone_type, country) = sort(code, national);
    let value = format!("+{code}{national}");
    let tables = DATABASE.by_code(&code).unwrap_or_default();
    let fits = phone_type != PhoneType::Unknown
        || tables.iter().any(|table| table.descriptors().general().is_match(national));
    (fits && value.len() <= LONGEST_DIGITS).then_some(Phone { value, phone_type, country })
}

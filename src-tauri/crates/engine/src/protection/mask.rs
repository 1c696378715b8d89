//! Third persons in a report: whoever is named in a customer's messages has rights of their own, so names and addresses that
//! belong to somebody else are taken out. Those of the shop stay, and those of the person whom the report is for.

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, MatchKind};
use serde_json::{Map, Value};
use theke_domain::address::Address;
use theke_domain::phone;

/// What stands in the place of a name or address.
pub const MASK: &str = "•••";
/// Shorter names and single words are words of the language as well.
const NAME_CHARS: usize = 6;
/// Digits of the shortest number that is looked at.
const DIGITS: usize = 7;

/// Takes third persons out.
pub struct Mask {
    /// Addresses that stay, as they are normalized.
    own: HashSet<String>,
    country: String,
    names: Option<AhoCorasick>,
}

impl Mask {
    /// `own`: addresses that stay. `others`: names that go; `stay`: names that do not, whoever else has them.
    pub fn new(own: &[Address], country: &str, others: Vec<String>, stay: &[String]) -> Self {
        let own = own.iter().map(|address| address.value().to_lowercase()).collect();
        let is_name = |name: &String| {
            name.chars().count() >= NAME_CHARS
                && name.trim().contains(' ')
                && !stay.iter().any(|own| own.to_lowercase().contains(&name.to_lowercase()))
        };
        let mut others: Vec<String> =
            others.into_iter().map(|name| name.trim().to_owned()).filter(is_name).collect();
        others.sort_unstable();
        others.dedup();
        let names = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&others)
            .ok()
            .filter(|_| !others.is_empty());
        Self { own, country: country.to_owned(), names }
    }

    /// Whether an address stays.
    pub fn stays(&self, address: &str) -> bool {
        self.own.contains(&address.to_lowercase())
            || Address::parse(address, &self.country)
                .is_ok_and(|one| self.own.contains(&one.value().to_lowercase()))
    }

    /// A text without third persons.
    pub fn text(&self, text: &str) -> String {
        let named = self.names(text);
        self.addresses(&named)
    }

    /// Every text of a row; those of a list or object inside it as well.
    pub fn row(&self, row: &mut Map<String, Value>) {
        row.values_mut().for_each(|value| self.value(value));
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.text(text),
            Value::Array(all) => all.iter_mut().for_each(|one| self.value(one)),
            Value::Object(all) => all.values_mut().for_each(|one| self.value(one)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn names(&self, text: &str) -> String {
        let Some(names) = &self.names else { return text.to_owned() };
        let mut out = String::with_capacity(text.len());
        let mut last = 0;
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        for found in names.find_iter(text) {
            let (before, rest) =
                (text.get(..found.start()).unwrap_or_default(), text.get(found.end()..).unwrap_or_default());
            if letter(before.chars().next_back()) || letter(rest.chars().next()) {
                continue;
            }
            out.push_str(text.get(last..found.start()).unwrap_or_default());
            out.push_str(MASK);
            last = found.end();
        }
        out.push_str(text.get(last..).unwrap_or_default());
        out
    }

    fn addresses(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(begins_address) {
            let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
            out.push_str(before);
            let mail = from.find(|c: char| !of_mail(c)).map_or(from, |end| from.get(..end).unwrap_or(from));
            let number =
                from.find(|c: char| !of_number(c)).map_or(from, |end| from.get(..end).unwrap_or(from));
            let number = number.trim_end_matches(|c: char| !c.is_ascii_digit());
            let taken = if mail.contains('@') { mail.trim_end_matches(['.', '-', '_']) } else { number };
            let goes = if mail.contains('@') { !self.stays(taken) } else { self.is_other_number(taken) };
            let step =
                if taken.is_empty() { from.chars().next().map_or(0, char::len_utf8) } else { taken.len() };
            // A word that is no address is passed over whole, so that the middle of it is not looked at as one.
            let step = if !mail.contains('@') && !goes { step.max(word(from)) } else { step };
            out.push_str(if goes { MASK } else { from.get(..step).unwrap_or_default() });
            rest = from.get(step..).unwrap_or_default();
        }
        out.push_str(rest);
        out
    }

    fn is_other_number(&self, text: &str) -> bool {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        if digits < DIGITS || !(text.starts_with('+') || text.starts_with('0')) {
            return false;
        }
        phone::parse(text, &self.country).is_ok_and(|one| !self.own.contains(&one.value))
    }
}

fn begins_address(c: char) -> bool {
    c.is_alphanumeric() || c == '+'
}

fn of_mail(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '+' | '%')
}

fn of_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '/' | '(' | ')' | '.' | '\u{a0}')
}

/// The bytes of the word at the beginning.
fn word(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_go_and_the_person_stays() {
        let own = ["anna@kunde.example", "+491512345678", "laden@shop.example"]
            .map(|text| Address::parse(text, "DE").unwrap());
        let others = ["Bernd Nachbar", "Anna Beispiel", "Max"].map(str::to_owned).to_vec();
        let mask = Mask::new(&own, "DE", others, &["Anna Beispiel".to_owned()]);
        for (text, wanted) in [
            ("Grüße von Bernd Nachbar, Max und Anna Beispiel", "Grüße von •••, Max und Anna Beispiel"),
            ("BERND NACHBAR! Bernd Nachbarin", "•••! Bernd Nachbarin"),
            ("an anna@kunde.example und bernd@nachbar.example.", "an anna@kunde.example und •••."),
            ("ruf 0151 2345678 oder 0170/7654321 an", "ruf 0151 2345678 oder ••• an"),
            ("Rechnung 20261234567 vom 21.11.2026", "Rechnung 20261234567 vom 21.11.2026"),
            ("<BERND@nachbar.example>", "<•••>"),
            ("äöü@x", "•••"),
            ("", ""),
        ] {
            assert_eq!(mask.text(text), wanted);
        }
        let mut row =
            serde_json::json!({"a": ["bernd@nachbar.example"], "n": 1}).as_object().cloned().unwrap();
        mask.row(&mut row);
        assert_eq!(Value::Object(row), serde_json::json!({"a": ["•••"], "n": 1}));
    }
}

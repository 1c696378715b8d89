//! What a display name is worth as the name of a customer.

use unicode_normalization::UnicodeNormalization;

use crate::address::Address;

/// Longest name that is kept, in characters.
const LONGEST_CHARS: usize = 120;

/// A display name as the name of a customer: control and direction characters out, blanks drawn together, quotes
/// and `(via …)` off. `None` if nothing is left, or if it only repeats an address: any address, because a name
/// that shows another address than the real one is a trick.
pub fn clean_name(raw: &str, address: Option<&Address>) -> Option<String> {
    let visible: String = raw
        .nfc()
        .map(|c| if c.is_control() || c == '\u{a0}' { ' ' } else { c })
        .filter(|&c| !is_hidden(c))
        .collect();
    let name = visible.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = without_via(name.trim_matches(is_quote));
    let name: String = name.trim_matches(is_quote).chars().take(LONGEST_CHARS).collect();
    let name = name.trim();
    let repeats = address.is_some_and(|address| name.eq_ignore_ascii_case(address.value()));
    let is_address = repeats || name.contains('@') || !name.chars().any(char::is_alphabetic);
    (!is_address && !is_robot_name(name)).then(|| name.to_owned())
}

fn is_quote(c: char) -> bool {
    c.is_whitespace() || "'\"`´,;<>\u{2018}\u{2019}\u{201a}\u{201c}\u{201d}\u{201e}«»".contains(c)
}

/// Characters that nobody sees: soft hyphens, zero-width and direction marks, private use.
pub(super) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}')
}

/// `Rosa Kunde via Laden` and `Rosa Kunde (via Laden)`: lists and forms write so.
fn without_via(name: &str) -> &str {
    let lower = name.to_lowercase();
    let at = [" via ", " (via "].iter().filter_map(|via| lower.find(via)).min();
    at.and_then(|at| name.get(..at)).filter(|head| !head.trim().is_empty()).unwrap_or(name)
}

fn is_robot_name(name: &str) -> bool {
    let letters: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    matches!(
        letters.as_str(),
        "noreply" | "donotreply" | "unknown" | "unbekannt" | "null" | "undefined" | "none"
    )
}

/// Where a contact's name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameSource {
    /// Nobody has named it.
    None,
    /// A message said so.
    Message,
    /// A person wrote it.
    Hand,
}

impl NameSource {
    /// The word of the database; `''` for none.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Message => "message",
            Self::Hand => "hand",
        }
    }

    /// The source that `word` names.
    pub fn parse(word: &str) -> Self {
        match word {
            "message" => Self::Message,
            "hand" => Self::Hand,
            _ => Self::None,
        }
    }
}

/// The name that a contact takes from a message; `None` to keep what it has. What a person wrote stays, and so does
/// a name from an earlier message: names that change with every message would make a list that nobody finds
/// anything in.
pub fn name_after(current: &str, source: NameSource, offered: Option<&str>) -> Option<String> {
    let offered = offered.map(str::trim).filter(|name| !name.is_empty())?;
    (source != NameSource::Hand && current.trim().is_empty()).then(|| offered.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_cleaned() {
        let rosa = Address::Email { value: "rosa@kunde.example".to_owned() };
        let table = [
            ("Rosa Tannwald", Some("Rosa Tannwald")),
            ("  Rosa\r\n\tTannwald ", Some("Rosa Tannwald")),
            ("\"Tannwald, Rosa\"", Some("Tannwald, Rosa")),
            ("'Rosa'", Some("Rosa")),
            ("„Rosa“", Some("Rosa")),
            ("Rosa Tannwald via Laden", Some("Rosa Tannwald")),
            ("Rosa (via Formular)", Some("Rosa")),
            ("Viktor Via", Some("Viktor Via")),
            ("Rosa\u{202e}dlawnnaT", Some("RosadlawnnaT")),
            ("rosa@kunde.example", None),
            ("ROSA@KUNDE.EXAMPLE", None),
            ("chef@bank.example", None),
            ("+41 79 555 01 23", None),
            ("\"\"", None),
            ("", None),
            ("no-reply", None),
            ("O'Larkin", Some("O'Larkin")),
            ("田中", Some("田中")),
        ];
        for (raw, expected) in table {
            assert_eq!(clean_name(raw, Some(&rosa)).as_deref(), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_hand_beats_a_message_and_the_first_message_stays() {
        let table = [
            ("", NameSource::None, Some("Rosa"), Some("Rosa")),
            ("", NameSource::Message, Some("Rosa"), Some("Rosa")),
            ("", NameSource::Hand, Some("Rosa"), None),
            ("Rosa", NameSource::Message, Some("Rosa Tannwald"), None),
            ("Rosa", NameSource::Hand, Some("Max"), None),
            ("", NameSource::None, Some(" "), None),
            ("", NameSource::None, None, None),
        ];
        for (current, source, offered, expected) in table {
            assert_eq!(name_after(current, source, offered).as_deref(), expected);
            assert_eq!(NameSource::parse(source.word()), source);
        }
    }

    proptest! {
        #[test]
        fn no_name_is_long_or_holds_control_characters(raw in "\\PC{0,200}") {
            if let Some(name) = clean_name(&raw, None) {
                prop_assert!(!name.chars().any(char::is_control));
                prop_assert!(name.chars().count() <= LONGEST_CHARS);
            }
        }
    }
}

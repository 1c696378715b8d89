//! Numbers as people write them.

use phonenumber::{Mode, metadata::DATABASE};

use super::classify::classify;

/// A normalized number in the style of its country: national where it is a number of `country`, else with its
/// country code. Short codes and what the tables cannot format stay as they are.
pub fn display(value: &str, country: &str) -> String {
    if !value.starts_with('+') {
        return value.to_owned();
    }
    let phone = classify(value);
    let home = phone.country.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(country.trim()));
    let Ok(number) = phonenumber::parse(None, value) else {
        return value.to_owned();
    };
    if DATABASE.by_code(&number.code().value()).is_none_or(|tables| tables.is_empty()) {
        return value.to_owned();
    }
    let mode = if home { Mode::National } else { Mode::International };
    let shown = number.format().mode(mode).to_string();
    let same = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let national = number.national().to_string();
    // The form is only shown if it still is this number. Bare digits mean that the tables know no form for it.
    if same(&shown).ends_with(&national) && shown != national { shown } else { value.to_owned() }
}

//! From the text of a connector file to a checked definition, or to a sentence with file, line and what was
//! expected.

use std::ops::Range;

use super::definition::Definition;
use super::validate;

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: Option<Range<usize>>,
    pub(super) what: String,
}

/// Reads and checks a definition.
///
/// # Errors
/// One sentence for each fault: `file:line: what, expected …`.
pub(super) fn read(file: &str, text: &str) -> Result<Definition, Vec<String>> {
    let place = |fault: Fault| match fault.at {
        Some(at) => format!("{file}:{}: {}", line_of(text, at.start), fault.what),
        None => format!("{file}: {}", fault.what),
    };
    let definition: Definition = toml::from_str(text).map_err(|error| {
        let what = with_suggestion(error.message().trim());
        vec![place(Fault { at: error.span(), what })]
    })?;
    let faults = validate::faults(&definition);
    if faults.is_empty() { Ok(definition) } else { Err(faults.into_iter().map(place).collect()) }
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|b| *b == b'\n').count()
}

/// Adds the nearest known word. serde says "unknown field `x`, expected one of `a`, `b`", the TOML reader for some
/// tables "unexpected keys in table: x, available keys: a, b".
fn with_suggestion(message: &str) -> String {
    let message = message.lines().collect::<Vec<_>>().join(", ");
    if let Some((wrong, known)) = message
        .strip_prefix("unexpected keys in table: ")
        .and_then(|rest| rest.split_once(", available keys: "))
    {
        let nearest = nearest(wrong, known.split(", "));
        return format!("unknown key {wrong}, expected one of {known}{nearest}");
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    match quoted.next() {
        Some(wrong) if message.starts_with("unknown ") => format!("{message}{}", nearest(wrong, quoted)),
        _ => message,
    }
}

fn nearest<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> String {
    known
        .map(|known| (strsim::damerau_levenshtein(wrong, known), known))
        .filter(|(distance, known)| *distance <= 1 + known.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map_or_else(String::new, |(_, known)| format!("; did you mean {known}?"))
}

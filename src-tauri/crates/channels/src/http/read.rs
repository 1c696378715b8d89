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
    if faults.is_empty() {
        Ok(definition)
    } else {
        Err(faults.into_iter().map(place).collect())
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|b| *b == b'\n').count()
}

/// Adds the nearest known word to serde's "unknown field `x`, expected one of `a`, `b`".
fn with_suggestion(message: &str) -> String {
    let message = message.lines().collect::<Vec<_>>().join(", ");
    if !message.starts_with("unknown ") {
        return message;
    }
    let mut quoted = message.split('`').skip(1).step_by(2);
    let Some(wrong) = quoted.next() else { return message };
    let nearest = quoted
        .map(|known| (strsim::damerau_levenshtein(wrong, known), known))
        .filter(|(distance, known)| *distance <= 1 + known.len() / 3)
        .min_by_key(|(distance, _)| *distance);
    match nearest {
        Some((_, known)) => format!("{message}; did you mean `{known}`?"),
        None => message,
    }
}

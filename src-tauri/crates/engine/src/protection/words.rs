//! The sentences of documents in German, English, French and Italian.

mod lines;
mod names;

use lines::LINES;
pub use lines::Line;
use names::{COLUMNS, TABLES};

/// The languages in their order.
pub const LANGUAGES: [&str; 4] = ["de", "en", "fr", "it"];

type Four = [&'static str; 4];

/// The sentence in a language.
pub fn say(line: Line, language: usize) -> &'static str {
    let found = LINES.iter().find(|(one, _)| *one == line);
    found.and_then(|(_, all)| all.get(language)).copied().unwrap_or_default()
}

/// The heading of a table in a language; `None` for one that only a program needs.
pub fn table(name: &str, language: usize) -> Option<&'static str> {
    let found = TABLES.iter().find(|(one, _)| *one == name);
    found.and_then(|(_, all)| all.get(language)).copied()
}

/// The tables with a heading, in the order of a report.
pub fn tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|(name, _)| *name)
}

/// What a column is called in a language; `None` for one that only a program needs.
pub fn column(name: &str, language: usize) -> Option<&'static str> {
    let found = COLUMNS.iter().find(|(one, _)| *one == name);
    found.and_then(|(_, all)| all.get(language)).copied()
}

//! Answers on stdout: one JSON value, or short aligned lines for people.
//!
//! Customers write what is printed here, so control characters are taken out: a subject cannot colour, move or
//! retitle a terminal. A closed pipe ends the output quietly, since `thekectl … | head` is no error.

use std::io::Write;

use serde::Serialize;
use serde_json::Value;

use crate::failure::Failure;

/// What a command has to say.
#[derive(Debug, Default)]
pub struct Answer {
    /// For `--json`; `None` where the command wrote its lines itself.
    pub json: Option<Value>,
    /// For people; may be several lines.
    pub human: String,
    /// What did not work, where the rest did, or where the answer itself is bad news.
    pub trouble: Option<Failure>,
}

impl Answer {
    /// The value as JSON beside the text for people.
    pub fn new(value: &impl Serialize, human: impl Into<String>) -> Self {
        Self { json: Some(to_json(value)), human: human.into(), trouble: None }
    }

    /// For commands that wrote their lines themselves.
    pub fn written(trouble: Option<Failure>) -> Self {
        Self { trouble, ..Self::default() }
    }

    /// The same with trouble.
    #[must_use]
    pub fn with_trouble(mut self, trouble: Option<Failure>) -> Self {
        self.trouble = trouble;
        self
    }
}

/// Any value of the api as JSON. They are plain shapes, so this cannot fail.
pub fn to_json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// The word under which an enum is written.
pub fn word(value: &impl Serialize) -> String {
    to_json(value).as_str().unwrap_or("internal").to_owned()
}

/// Writes one line to stdout and flushes it. `false` when nobody reads any more.
pub fn line(text: &str) -> bool {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).is_ok()
}

/// Writes one line to stderr; nothing can be done if that fails.
pub fn complain(text: &str) {
    let _unread = writeln!(std::io::stderr().lock(), "{text}");
}

/// Text of strangers on one line: control, direction and invisible characters become spaces.
pub fn plain(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if is_hostile(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text of strangers that keeps its lines.
pub fn plain_lines(text: &str) -> String {
    text.replace("\r\n", "\n").chars().map(|c| if is_hostile(c) && c != '\n' { ' ' } else { c }).collect()
}

fn is_hostile(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}')
}

/// At most `chars` characters of one line.
pub fn short(text: &str, chars: usize) -> String {
    let text = plain(text);
    if text.chars().count() <= chars {
        return text;
    }
    let mut cut: String = text.chars().take(chars.saturating_sub(1)).collect();
    cut.push('…');
    cut
}

/// Rows with a head, columns aligned; `empty` where there is no row.
pub fn table(head: &[&str], rows: &[Vec<String>], empty: &str) -> String {
    if rows.is_empty() {
        return empty.to_owned();
    }
    let head = head.iter().map(|h| (*h).to_owned()).collect();
    columns(&[&[head], rows].concat())
}

/// Rows below each other, columns aligned.
pub fn columns(rows: &[Vec<String>]) -> String {
    let mut widths = vec![0; rows.iter().map(Vec::len).max().unwrap_or(0)];
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let render = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:<width$}")).collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(render).collect::<Vec<_>>().join("\n")
}

/// Names and values below each other, aligned; lines without a value are left out.
pub fn sheet(lines: &[(&str, String)]) -> String {
    let lines: Vec<_> = lines.iter().filter(|(_, value)| !value.is_empty()).collect();
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0) + 2;
    lines.iter().map(|(name, value)| format!("{name:<width$}{value}")).collect::<Vec<_>>().join("\n")
}

/// `2026-11-21 09:30` of an RFC 3339 time: enough for a list.
pub fn minute(time: &str) -> String {
    let time: String = time.chars().take(16).collect();
    time.replace('T', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_cannot_drive_the_terminal() {
        assert_eq!(plain("a\u{1b}[31m\nb\u{202e}c"), "a [31m b c");
        assert_eq!(plain_lines("a\r\n\u{7}b"), "a\n b");
        assert_eq!(short("Rechnung 2211", 5), "Rech…");
    }

    #[test]
    fn columns_line_up() {
        let rows = vec![vec!["1".to_owned(), "Käthe".to_owned()], vec!["22".to_owned(), "Bo".to_owned()]];
        assert_eq!(table(&["id", "name"], &rows, "none"), "id  name\n1   Käthe\n22  Bo");
        assert_eq!(table(&["id"], &[], "none"), "none");
        assert_eq!(
            sheet(&[("a", "1".into()), ("long", "2".into()), ("x", String::new())]),
            "a     1\nlong  2"
        );
    }
}

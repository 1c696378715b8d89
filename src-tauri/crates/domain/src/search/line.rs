//! Takes a line apart: a narrowing word with its value, in quotation marks or not, or any other word.

use super::Kind;
use super::vocabulary;

/// Quotation marks of the four languages; each of them opens and each closes.
const QUOTES: [char; 7] = ['"', '„', '“', '”', '«', '»', '‟'];

/// A piece of the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token<'a> {
    /// As it stands there.
    pub raw: &'a str,
    /// What it is about; `None`: a word to look for.
    pub kind: Option<Kind>,
    /// The value without quotation marks.
    pub value: &'a str,
    /// Whether the value was closed by a quotation mark.
    pub quoted: bool,
    /// Where it begins, in bytes.
    pub start: usize,
}

pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return found;
        }
        let start = text.len() - rest.len();
        let token = narrowing(rest, start).unwrap_or_else(|| Token {
            raw: word(rest),
            kind: None,
            value: word(rest),
            quoted: false,
            start,
        });
        rest = rest.get(token.raw.len()..).unwrap_or_default();
        found.push(token);
    }
}

fn word(text: &str) -> &str {
    text.split(char::is_whitespace).next().unwrap_or_default()
}

fn kind_of(text: &str) -> Option<(Kind, &str)> {
    let (name, after) = text.split_once(':')?;
    // `https://…` and `10:30` are words.
    let plain = !name.is_empty() && name.chars().all(char::is_alphabetic) && !after.starts_with("//");
    Some((plain.then(|| vocabulary::kind(name))??, after))
}

fn narrowing(text: &str, start: usize) -> Option<Token<'_>> {
    let (kind, after) = kind_of(text)?;
    let value_text = after.trim_start();
    let head = text.len() - value_text.len();
    let another = value_text.len() < after.len() && kind_of(value_text).is_some();
    let none = Token {
        raw: text.get(..text.len() - after.len())?,
        kind: Some(kind),
        value: "",
        quoted: false,
        start,
    };
    if value_text.is_empty() || another {
        return Some(none);
    }
    let (value, length, quoted) = match value_text.strip_prefix(QUOTES) {
        Some(inner) => match inner.split_once(QUOTES) {
            Some((value, behind)) => (value.trim(), value_text.len() - behind.len(), true),
            None => (inner.trim(), value_text.trim_end().len(), false),
        },
        None => (word(value_text), word(value_text).len(), false),
    };
    Some(Token { raw: text.get(..head + length)?, kind: Some(kind), value, quoted, start })
}

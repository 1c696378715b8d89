//! What could come next in the line: further narrowing words, or values of the one that is being typed. All that is
//! offered is understood when it is taken.

use super::line::Token;
use super::vocabulary::{self, begins_with, same};
use super::{Around, Chip, Kind, dates};

/// More would not be read.
const MOST: usize = 8;
/// So much of a narrowing word makes it a guess at one.
const SHORTEST_GUESS: usize = 2;

/// Something that can be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// What it is about.
    pub kind: Kind,
    /// The value; empty: the narrowing word itself.
    pub value: String,
    /// The whole line with it.
    pub line: String,
}

/// The narrowing word at the end of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Typing {
    /// What it is about.
    pub kind: Kind,
    /// As much of its value as is there.
    pub value: String,
    /// The line up to the value.
    head: String,
}

impl Typing {
    pub(super) fn new(text: &str, token: &Token<'_>, kind: Kind) -> Self {
        let name = token.raw.split_once(':').map_or(token.raw.len(), |(name, _)| name.len() + 1);
        let head = text.get(..token.start + name).unwrap_or(text).to_owned();
        Self { kind, value: token.value.to_owned(), head }
    }

    /// The line with this value, ready for the next word.
    pub fn offer(&self, value: &str) -> Offer {
        let quote = if value.contains(char::is_whitespace) { "\"" } else { "" };
        let line = format!("{}{quote}{value}{quote} ", self.head);
        Offer { kind: self.kind, value: value.to_owned(), line }
    }
}

/// Values of the narrowing word that is being typed.
pub(super) fn values(typing: &Typing, around: &Around<'_>) -> Vec<Offer> {
    let language = around.language;
    let all: Vec<String> = match typing.kind {
        Kind::From => Vec::new(),
        Kind::In => {
            let lists = vocabulary::LISTS.iter().map(|(_, words)| words.in_language(language).to_owned());
            lists.chain(around.accounts.iter().map(|(_, name)| name.clone())).collect()
        }
        Kind::Channel => {
            around.media.iter().map(|medium| vocabulary::medium_name(medium, language)).collect()
        }
        Kind::Before | Kind::After => {
            let words = dates::OFFERED.get(vocabulary::place(language)).into_iter().flatten();
            words.map(|word| (*word).to_owned()).collect()
        }
        Kind::Has => {
            vocabulary::HAS.iter().map(|(_, words)| words.in_language(language).to_owned()).collect()
        }
    };
    let fits = |value: &&String| {
        !value.is_empty() && begins_with(value, &typing.value) && !same(value, &typing.value)
    };
    all.iter().filter(fits).take(MOST).map(|value| typing.offer(value)).collect()
}

/// Narrowing words that the line has not yet. The word at its end is taken for the beginning of one if it can be.
pub(super) fn kinds(text: &str, tokens: &[Token<'_>], chips: &[Chip], language: &str) -> Vec<Offer> {
    let guess = tokens.last().filter(|token| {
        token.kind.is_none() && token.raw.len() >= SHORTEST_GUESS && !text.ends_with(char::is_whitespace)
    });
    let free = Kind::ALL.into_iter().filter(|kind| !chips.iter().any(|chip| chip.kind == *kind));
    free.map(|kind| {
        let name = vocabulary::name(kind, language);
        let head = match guess {
            Some(token) if begins_with(name, token.raw) => text.get(..token.start).unwrap_or_default(),
            _ => text,
        };
        let head = head.trim();
        let gap = if head.is_empty() { "" } else { " " };
        Offer { kind, value: String::new(), line: format!("{head}{gap}{name}:") }
    })
    .collect()
}

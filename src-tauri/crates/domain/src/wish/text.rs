//! A text as words and as tokens in the eyes of one language.
//!
//! Words carry the gap before them: sentences end at full stops, and at ends of lines unless the line was wrapped. Words
//! within quotation marks are titles or somebody else's and lose their meaning.

use std::ops::Range;

use super::address;
use super::lexicon::{Language, Lexicon, Meaning};
use super::tag::*;
use crate::fold;

/// Lines at least so long are taken for wrapped.
const WRAPPED: usize = 60;
/// Longest text within quotation marks that is passed over, in bytes.
const QUOTED: usize = 160;

/// From here on characters are pictures, which people put where a sentence ends.
const PICTURES: char = '\u{2600}';

/// Abbreviations whose full stop ends no sentence, and single letters.
const ABBREVIATIONS: [&str; 36] = [
    "tel", "nr", "fr", "hr", "dr", "max", "ca", "bzw", "str", "evtl", "ggf", "mr", "mrs", "ms", "mme", "sig",
    "st", "no", "telef", "gr", "prof", "usw", "etc", "min", "resp", "inkl", "bspw", "vgl", "mind", "std",
    "jr", "sen", "tél", "num", "allf", "frl",
];

/// What stands before a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    None,
    Clause,
    Sentence,
}

/// A word before its language is known.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    pub range: Range<usize>,
    pub key: String,
    pub gap: Gap,
    pub quoted: bool,
    pub address: Tags,
    /// Whether a question mark follows, before the next word.
    pub asked: bool,
}

/// A word or phrase with its meaning.
#[derive(Debug, Clone)]
pub(super) struct Token {
    pub range: Range<usize>,
    pub key: String,
    pub tags: Tags,
    pub way: Option<&'static str>,
    pub gap: Gap,
    pub asked: bool,
    /// Whether it is written with a capital.
    pub capital: bool,
}

impl Token {
    pub fn is(&self, tags: Tags) -> bool {
        self.tags & tags != 0
    }
}

/// The words of the ranges of `text` that count.
pub(super) fn words(text: &str, written: &[Range<usize>]) -> Vec<Raw> {
    let mut words: Vec<Raw> = Vec::new();
    for range in written {
        let Some(part) = text.get(range.clone()) else { continue };
        let mut gap = Gap::Sentence;
        let addresses = address::find(part);
        let quotes = quotes(part);
        let mut next = addresses.iter().peekable();
        let mut at = 0;
        let mut line_start = 0;
        while let Some(c) = part.get(at..).and_then(|rest| rest.chars().next()) {
            while next.peek().is_some_and(|found| found.range.start < at) {
                next.next();
            }
            let address = next.peek().filter(|found| found.range.start == at);
            let length = address.map_or_else(|| word_length(part, at), |found| found.range.len());
            if length > 0 {
                let word = part.get(at..at + length).unwrap_or_default();
                let key = if address.is_some() { String::new() } else { fold::forms(word).1 };
                words.push(Raw {
                    range: range.start + at..range.start + at + length,
                    key,
                    gap,
                    quoted: quotes.iter().any(|quote| quote.contains(&at)),
                    address: address.map_or(0, |found| found.tag),
                    asked: false,
                });
                gap = Gap::None;
                at += length;
                continue;
            }
            if c == '?'
                && let Some(last) = words.last_mut()
            {
                last.asked = true;
            }
            let rest = part.get(at + c.len_utf8()..).unwrap_or_default();
            let line = at - line_start;
            gap = gap.max(gap_of(c, rest, words.last().map_or("", |word| word.key.as_str()), line));
            at += c.len_utf8();
            if c == '\n' {
                line_start = at;
            }
        }
    }
    words
}

fn word_length(part: &str, at: usize) -> usize {
    let rest = part.get(at..).unwrap_or_default();
    rest.find(|c: char| !(c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c))).unwrap_or(rest.len())
}

/// What a character between words separates.
fn gap_of(c: char, rest: &str, word: &str, line: usize) -> Gap {
    let next = rest.chars().next();
    let spaced = next.is_none_or(|next| !next.is_alphanumeric());
    match c {
        '.' if is_letter(word) || ABBREVIATIONS.contains(&word) => Gap::None,
        '.' if word.bytes().all(|b| b.is_ascii_digit()) && goes_on(rest) => Gap::None,
        '.' | '!' | '?' | '…' if spaced || c == '!' || c == '?' => Gap::Sentence,
        '\n' => {
            let wrapped =
                line >= WRAPPED && !rest.trim_start_matches(' ').starts_with(['\n', '\r', '-', '*', '•']);
            if wrapped { Gap::None } else { Gap::Sentence }
        }
        '-' if spaced => Gap::Clause,
        ' ' | '\t' | '\r' | '\u{a0}' | '\u{202f}' | '\'' | '’' | '‘' | '`' | '´' | '-' | '\u{2011}' | '.'
        | '\u{ad}' | '*' | '_' | '\u{200b}' => Gap::None,
        '/' if !spaced => Gap::None,
        '"' | '„' | '“' | '”' | '«' | '»' => Gap::None,
        _ if c >= PICTURES => Gap::Sentence,
        _ => Gap::Clause,
    }
}

/// A single letter, as in `z. B.`
fn is_letter(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
}

/// Whether a date or a number goes on behind a full stop.
fn goes_on(rest: &str) -> bool {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mär", "apr", "mai", "jun", "jul", "aug", "sep", "okt", "nov", "dez"];
    let next: String = rest.trim_start().chars().take(3).flat_map(char::to_lowercase).collect();
    next.starts_with(|c: char| c.is_ascii_digit()) || MONTHS.contains(&next.as_str())
}

/// The ranges within quotation marks: titles, and words that are not the writer's.
fn quotes(part: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in part.char_indices() {
        match open {
            Some((start, _)) if c == '\n' || at - start > QUOTED => open = None,
            Some((start, close)) if c == close || (close == '“' && c == '”') => {
                found.push(start..at);
                open = None;
            }
            Some(_) => {}
            None => {
                open = match c {
                    '„' => Some((at, '“')),
                    '“' => Some((at, '”')),
                    '«' => Some((at, '»')),
                    '»' => Some((at, '«')),
                    '"' => Some((at, '"')),
                    _ => None,
                };
            }
        }
    }
    found
}

/// How many words a language knows.
pub(super) fn known(words: &[Raw], lexicon: &Lexicon) -> usize {
    words.iter().filter(|word| lexicon.word(&word.key) != Meaning::default()).count()
}

/// Words as tokens of a language: phrases joined, meanings set.
pub(super) fn tokens(words: &[Raw], lexicon: &Lexicon, language: Language, text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let (meaning, length) = meaning(words, at, lexicon);
        let last = words.get(at + length - 1).unwrap_or(word);
        let mut tags = meaning.tags | word.address;
        if word.quoted {
            tags = FILLER;
        } else if length == 1 && is_participle(word, language, text) {
            tags |= PARTICIPLE;
        }
        tokens.push(Token {
            range: word.range.start..last.range.end,
            key: joined(words, at, length),
            tags,
            way: if word.quoted { None } else { meaning.way },
            gap: word.gap,
            capital: text.get(word.range.clone()).is_some_and(|word| word.starts_with(char::is_uppercase)),
            asked: words.get(at..at + length).is_some_and(|all| all.iter().any(|word| word.asked)),
        });
        at += length;
    }
    tokens
}

/// The keys of a phrase with blanks between.
fn joined(words: &[Raw], at: usize, length: usize) -> String {
    let keys: Vec<&str> = words.iter().skip(at).take(length).map(|word| word.key.as_str()).collect();
    keys.join(" ")
}

fn meaning(words: &[Raw], at: usize, lexicon: &Lexicon) -> (Meaning, usize) {
    let keys: Vec<&str> = words
        .iter()
        .skip(at)
        .take(7)
        .enumerate()
        .take_while(|(index, word)| {
            let that =
                word.gap == Gap::Clause && matches!(word.key.as_str(), "dass" | "que" | "che" | "that");
            *index == 0 || word.gap == Gap::None || that
        })
        .map(|(_, word)| word.key.as_str())
        .collect();
    // `Nicht dass …` begins a sentence; elsewhere `nicht, dass` are two words.
    let begins = words.get(at).is_some_and(|word| word.gap == Gap::Sentence);
    let single = !begins && keys.get(1).is_some_and(|key| matches!(*key, "dass" | "that" | "que" | "che"));
    lexicon
        .phrase(&keys)
        .filter(|(_, length)| !(single && *length == 2))
        .unwrap_or_else(|| (keys.first().map_or_else(Meaning::default, |key| lexicon.word(key)), 1))
}

/// Participles by their form, where the language gives them one.
fn is_participle(word: &Raw, language: Language, text: &str) -> bool {
    let key = word.key.as_str();
    let raw = text.get(word.range.clone()).unwrap_or_default();
    let long = key.len() > 4;
    match language {
        Language::German => {
            const BEFORE: [&str; 12] =
                ["an", "ab", "zurueck", "zu", "mit", "auf", "aus", "vor", "ein", "nach", "durch", "hin"];
            let ends = key.ends_with('t') || key.ends_with("en");
            let behind =
                BEFORE.iter().find_map(|before| key.strip_prefix(before)).filter(|rest| rest.len() > 4);
            long && ends
                && (key.starts_with("ge") && !key.starts_with("gern")
                    || behind.is_some_and(|rest| rest.starts_with("ge")))
                && !matches!(
                    key,
                    "geben"
                        | "gehen"
                        | "geht"
                        | "gebt"
                        | "gegen"
                        | "genuegt"
                        | "gut"
                        | "genuegen"
                        | "gestern"
                        | "gerät"
                        | "geraet"
                        | "zugehen"
                        | "angeben"
                        | "angebot"
                        | "gebeten"
                )
        }
        Language::English => long && key.ends_with("ed") && !matches!(key, "need" | "indeed" | "speed"),
        Language::French if matches!(key, "journee" | "soiree" | "matinee" | "annee" | "entree" | "idee") => {
            false
        }
        Language::French => long && ["é", "ée", "és", "ées"].iter().any(|end| raw.ends_with(end)),
        Language::Italian => {
            key.len() > 5
                && ["ato", "ata", "ati", "uto", "uta", "ito", "ita"].iter().any(|end| key.ends_with(end))
        }
    }
}

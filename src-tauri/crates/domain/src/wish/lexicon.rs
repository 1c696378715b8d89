//! The word tables as maps, folded once, and the look-up of one word or phrase.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::tag::{ANSWER, CALL, ENCLITIC, ME, PARTICIPLE, Tags, WE, YOU};
use super::words::{Row, de, de_frames, en, fr, it, shared};
use crate::fold;

/// Longest phrase in words.
const PHRASE: usize = 7;
/// Shortest beginning that stands for a word (`newsletter*`).
const PREFIX: usize = 3;

/// The languages that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    German,
    English,
    French,
    Italian,
}

/// All of them, the most likely first.
pub(super) const LANGUAGES: [Language; 4] =
    [Language::German, Language::English, Language::French, Language::Italian];

/// What a word or phrase means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Meaning {
    pub tags: Tags,
    pub way: Option<&'static str>,
}

impl Meaning {
    fn add(&mut self, tags: Tags, way: Option<&'static str>) {
        self.tags |= tags;
        self.way = self.way.or(way);
    }
}

/// The rest of a phrase behind its first word.
#[derive(Debug)]
struct Phrase {
    rest: Vec<String>,
    meaning: Meaning,
}

/// One language.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    words: HashMap<String, Meaning>,
    beginnings: HashMap<String, Meaning>,
    phrases: HashMap<String, Vec<Phrase>>,
    italian: bool,
}

static ALL: LazyLock<[Lexicon; 4]> = LazyLock::new(|| {
    [
        Lexicon::of(&[shared::ROWS, de::CHANNELS, de::ANSWERS, de_frames::FRAMES], false),
        Lexicon::of(&[shared::ROWS, en::CHANNELS, en::ANSWERS, en::FRAMES], false),
        Lexicon::of(&[shared::ROWS, fr::CHANNELS, fr::ANSWERS, fr::FRAMES], false),
        Lexicon::of(&[shared::ROWS, it::CHANNELS, it::ANSWERS, it::FRAMES], true),
    ]
});

/// The table of a language.
pub(super) fn of(language: Language) -> &'static Lexicon {
    let [german, english, french, italian] = &*ALL;
    match language {
        Language::German => german,
        Language::English => english,
        Language::French => french,
        Language::Italian => italian,
    }
}

impl Lexicon {
    fn of(tables: &[&[Row]], italian: bool) -> Self {
        let mut lexicon = Self { italian, ..Self::default() };
        let mut undotted = Vec::new();
        for (tags, way, entries) in tables.iter().flat_map(|rows| rows.iter()) {
            for entry in entries.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
                let (plain, spelled) = fold_entry(entry);
                lexicon.insert(&spelled, *tags, *way);
                if plain != spelled {
                    undotted.push((plain, *tags, *way));
                }
            }
        }
        // What is typed without its dots means the same, unless it is a word of its own.
        let known: Vec<bool> = undotted.iter().map(|(entry, ..)| lexicon.words.contains_key(entry)).collect();
        for ((entry, tags, way), _) in undotted.iter().zip(known).filter(|(_, known)| !known) {
            lexicon.insert(entry, *tags, *way);
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
        lexicon
    }

    fn insert(&mut self, entry: &str, tags: Tags, way: Option<&'static str>) {
        if let Some((first, rest)) = entry.split_once(' ') {
            let rest: Vec<String> = rest.split(' ').map(str::to_owned).collect();
            let phrases = self.phrases.entry(first.to_owned()).or_default();
            match phrases.iter_mut().find(|phrase| phrase.rest == rest) {
                Some(phrase) => phrase.meaning.add(tags, way),
                None => phrases.push(Phrase { rest, meaning: Meaning { tags, way } }),
            }
        } else if let Some(beginning) = entry.strip_suffix('*') {
            self.beginnings.entry(beginning.to_owned()).or_default().add(tags, way);
        } else {
            self.words.entry(entry.to_owned()).or_default().add(tags, way);
        }
    }

    /// The longest phrase at the beginning of `keys`: its meaning and its length in words. The pronouns in it count too.
    pub fn phrase(&self, keys: &[&str]) -> Option<(Meaning, usize)> {
        let (first, rest) = keys.split_first()?;
        let phrase = self.phrases.get(*first)?.iter().find(|phrase| matches(&phrase.rest, rest))?;
        let length = 1 + phrase.rest.len();
        let mut meaning = phrase.meaning;
        for key in keys.iter().take(length.min(PHRASE)) {
            meaning.tags |= self.word(key).tags & (ME | YOU | WE);
        }
        Some((meaning, length))
    }

    /// The meaning of one word; none if it is not known.
    pub fn word(&self, key: &str) -> Meaning {
        if let Some(meaning) = self.words.get(key) {
            return *meaning;
        }
        let beginning = (PREFIX..=key.len()).rev().find_map(|end| self.beginnings.get(key.get(..end)?));
        if let Some(meaning) = beginning {
            return *meaning;
        }
        if self.italian {
            return self.joined(key);
        }
        // `anrufn`, `schreibn`: as it is spoken.
        let spoken = key.strip_suffix('n').filter(|stem| stem.len() > PREFIX && !stem.ends_with('e'));
        spoken.and_then(|stem| self.words.get(&format!("{stem}en"))).copied().unwrap_or_default()
    }

    /// Italian verbs with their pronoun at the end: `chiamatemi`, `scrivermi`, `mandatemelo`, `chiamarvi`.
    fn joined(&self, key: &str) -> Meaning {
        const ENDS: [(&str, Tags); 11] = [
            ("melo", ME),
            ("mela", ME),
            ("meli", ME),
            ("mele", ME),
            ("cela", ME),
            ("celo", ME),
            ("mi", ME),
            ("ci", ME),
            ("vi", YOU),
            ("ti", YOU),
            ("la", YOU),
        ];
        let found = ENDS.iter().find_map(|(end, pronoun)| {
            let stem = key.strip_suffix(end)?;
            let verb = [format!("{stem}e"), stem.to_owned()];
            let meaning = verb.iter().find_map(|verb| self.words.get(verb))?;
            (meaning.tags & (CALL | ANSWER) != 0 && meaning.tags & PARTICIPLE == 0)
                .then_some(Meaning { tags: meaning.tags | pronoun | ENCLITIC, way: meaning.way })
        });
        found.unwrap_or_default()
    }
}

fn matches(phrase: &[String], keys: &[&str]) -> bool {
    phrase.len() <= keys.len()
        && phrase.iter().zip(keys).all(|(word, key)| match word.strip_suffix('*') {
            Some(beginning) => key.starts_with(beginning),
            None => word == key,
        })
}

/// An entry of a table in both its forms, its star kept.
fn fold_entry(entry: &str) -> (String, String) {
    let mut both = (String::new(), String::new());
    for (index, word) in entry.split([' ', '-', '’', '\'']).enumerate() {
        if index > 0 {
            both.0.push(' ');
            both.1.push(' ');
        }
        let (plain, spelled) = fold::forms(word);
        let star = if word.ends_with('*') { "*" } else { "" };
        both.0.push_str(&(plain + star));
        both.1.push_str(&(spelled + star));
    }
    both
}

//! A table of patterns, and finding them.

use std::collections::HashMap;
use std::ops::Range;

use super::tokens::{Token, fold};

/// Words that may stand where a pattern has `..`.
const GAP: usize = 4;

/// One word of a pattern.
#[derive(Debug, Clone)]
enum Part {
    /// One of these.
    Word(Vec<Form>),
    /// Up to `GAP` words.
    Gap,
}

#[derive(Debug, Clone)]
enum Form {
    Whole(String),
    Begins(String),
    Ends(String),
    Holds(String),
}

impl Form {
    fn of(text: &str) -> Self {
        let word = fold(text.trim_matches('*'));
        match (text.starts_with('*'), text.ends_with('*')) {
            (true, true) => Self::Holds(word),
            (true, false) => Self::Ends(word),
            (false, true) => Self::Begins(word),
            (false, false) => Self::Whole(if word.is_empty() { text.to_owned() } else { word }),
        }
    }

    fn fits(&self, word: &str) -> bool {
        match self {
            Self::Whole(whole) => word == whole,
            Self::Begins(start) => word.starts_with(start.as_str()),
            Self::Ends(end) => word.ends_with(end.as_str()),
            Self::Holds(part) => word.contains(part.as_str()),
        }
    }

    /// The first letter of what fits; `None` if it may be any.
    fn first(&self) -> Option<char> {
        match self {
            Self::Whole(word) | Self::Begins(word) => word.chars().next(),
            Self::Ends(_) | Self::Holds(_) => None,
        }
    }
}

/// Groups of patterns.
#[derive(Debug, Clone, Default)]
pub struct Lexicon {
    names: Vec<String>,
    patterns: Vec<(usize, Vec<Part>)>,
    by_letter: HashMap<char, Vec<usize>>,
    anywhere: Vec<usize>,
}

/// A group that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The group, by its place among the names.
    pub group: usize,
    /// The tokens that fit.
    pub tokens: Range<usize>,
}

impl Lexicon {
    /// Reads lines of `name: pattern | pattern`; several lines may add to one name. `#` begins a comment line.
    pub fn parse(table: &str) -> Self {
        let mut lexicon = Self::default();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let Some((name, patterns)) = line.split_once(':') else { continue };
            let group = lexicon.group(name.trim());
            patterns.split('|').for_each(|pattern| lexicon.add(group, pattern));
        }
        lexicon
    }

    /// The names of the groups, in the order of the table.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    fn group(&mut self, name: &str) -> usize {
        if let Some(index) = self.names.iter().position(|known| known == name) {
            return index;
        }
        self.names.push(name.to_owned());
        self.names.len() - 1
    }

    fn add(&mut self, group: usize, pattern: &str) {
        let parts: Vec<Part> =
            pattern
                .split(|c: char| c.is_whitespace() || "'’-".contains(c))
                .filter(|word| !word.is_empty())
                .map(|word| {
                    if word == ".." { Part::Gap } else { Part::Word(word.split('/').map(Form::of).collect()) }
                })
                .collect();
        let Some(Part::Word(forms)) = parts.first() else { return };
        let letters: Vec<Option<char>> = forms.iter().map(Form::first).collect();
        let index = self.patterns.len();
        if letters.contains(&None) {
            self.anywhere.push(index);
        } else {
            let mut letters: Vec<char> = letters.into_iter().flatten().collect();
            letters.sort_unstable();
            letters.dedup();
            letters.into_iter().for_each(|letter| self.by_letter.entry(letter).or_default().push(index));
        }
        self.patterns.push((group, parts));
    }

    /// All that is found, in the order of the text.
    pub fn find(&self, tokens: &[Token]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for (start, token) in tokens.iter().enumerate() {
            let letter = token.word.chars().next().and_then(|letter| self.by_letter.get(&letter));
            for index in letter.into_iter().flatten().chain(&self.anywhere) {
                let Some((group, parts)) = self.patterns.get(*index) else { continue };
                let end = tokens.get(start..).and_then(|rest| length(parts, rest));
                hits.extend(end.map(|length| Hit { group: *group, tokens: start..start + length }));
            }
        }
        hits
    }
}

/// So many tokens at the beginning fit the pattern.
fn length(parts: &[Part], tokens: &[Token]) -> Option<usize> {
    let Some((part, parts)) = parts.split_first() else { return Some(0) };
    match part {
        Part::Word(forms) => {
            let (token, rest) = tokens.split_first()?;
            let fits = forms.iter().any(|form| form.fits(&token.word));
            if fits { length(parts, rest).map(|length| length + 1) } else { None }
        }
        Part::Gap => (0..=GAP).find_map(|skipped| {
            let over = tokens.get(..skipped)?;
            if over.iter().any(Token::ends) {
                return None;
            }
            length(parts, tokens.get(skipped..)?).map(|length| length + skipped)
        }),
    }
}

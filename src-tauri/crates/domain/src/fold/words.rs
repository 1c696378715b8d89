//! Text cut into compounds (`E-Bike-Service`) and those into parts, with the places where they stand.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use super::letters::{Forms, Joiner, is_invisible, is_word, joiner};

/// Longest form that is kept, in characters; what is longer is no word, and its beginning still finds it.
pub(super) const LONGEST: usize = 64;
/// So many parts of a compound are written as one word.
const JOINED_PARTS: usize = 6;

/// A run of letters and digits.
#[derive(Debug, Clone)]
pub(super) struct Part {
    pub range: Range<usize>,
    pub forms: Forms,
    /// What stood between the part before and this one.
    pub joined_by: Option<Joiner>,
}

/// Parts that hyphens or apostrophes hold together.
#[derive(Debug, Clone)]
pub(super) struct Compound {
    pub parts: Vec<Part>,
}

impl Compound {
    /// The parts from `first` on written as one word.
    pub fn joined_from(&self, first: usize) -> Forms {
        let mut all = Forms::default();
        for part in self.parts.iter().skip(first).take(JOINED_PARTS) {
            all.append(&part.forms);
        }
        all
    }
}

/// Goes through the compounds of a text.
pub(super) struct Compounds<'a> {
    text: &'a str,
    chars: Peekable<CharIndices<'a>>,
}

/// All compounds of `text`, in order.
pub(super) fn compounds(text: &str) -> Compounds<'_> {
    Compounds { text, chars: text.char_indices().peekable() }
}

impl<'a> Compounds<'a> {
    /// What has not been gone through.
    pub fn rest(&mut self) -> &'a str {
        self.chars.peek().and_then(|&(at, _)| self.text.get(at..)).unwrap_or_default()
    }

    fn part(&mut self, joined_by: Option<Joiner>) -> Option<Part> {
        let mut forms = Forms::default();
        let mut range = None;
        let mut kept = 0;
        while let Some(&(at, c)) = self.chars.peek() {
            if is_word(c) {
                if kept < LONGEST {
                    forms.push(c);
                    kept += 1;
                }
                let start = range.as_ref().map_or(at, |r: &Range<usize>| r.start);
                range = Some(start..at + c.len_utf8());
            } else if !is_invisible(c) {
                break;
            }
            self.chars.next();
        }
        Some(Part { range: range?, forms, joined_by })
    }

    /// The joiner at this place, taken only if a word character follows.
    fn take_joiner(&mut self) -> Option<Joiner> {
        let &(_, c) = self.chars.peek()?;
        let found = joiner(c)?;
        let mut ahead = self.chars.clone();
        ahead.next();
        ahead.next().filter(|&(_, c)| is_word(c))?;
        self.chars.next();
        Some(found)
    }
}

impl Iterator for Compounds<'_> {
    type Item = Compound;

    fn next(&mut self) -> Option<Compound> {
        while self.chars.next_if(|&(_, c)| !is_word(c)).is_some() {}
        let mut parts = vec![self.part(None)?];
        while let Some(found) = self.take_joiner() {
            parts.extend(self.part(Some(found)));
        }
        parts.retain(|part| !part.forms.plain.is_empty());
        if parts.is_empty() { self.next() } else { Some(Compound { parts }) }
    }
}

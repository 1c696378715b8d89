//! The words of all rules, found in one pass over a message.
//!
//! The message becomes one line: its folded words with single blanks between, and a line break where a phrase ends. A
//! word of a rule is a piece of such a line with the blanks around it, so that whole words need no second look; a star
//! leaves a blank out. Equal words of several rules are one pattern. No rule ever reads the text by itself.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::AhoCorasick;

use super::area;
use super::facts::Facts;
use super::problem::Problem;
use crate::{fold, quote};

/// So much of a text is read, in bytes: what stands behind is no message to a shop.
const LONGEST: usize = 64 * 1024;

/// Patterns of which one has to be found.
pub(super) type Term = Vec<u32>;

/// Collects the words of rules.
#[derive(Default)]
pub(super) struct Collected {
    ids: HashMap<String, u32>,
    patterns: Vec<String>,
    quoted: bool,
}

impl Collected {
    /// The patterns of a word or phrase; none for one without a letter, which is never found.
    pub fn add(&mut self, word: &str, areas: u8) -> Term {
        self.quoted |= areas & area::QUOTED != 0;
        shapes(word).into_iter().map(|pattern| self.id(pattern)).collect()
    }

    fn id(&mut self, pattern: String) -> u32 {
        if let Some(id) = self.ids.get(&pattern) {
            return *id;
        }
        let id = u32::try_from(self.patterns.len()).unwrap_or(u32::MAX);
        self.patterns.push(pattern.clone());
        self.ids.insert(pattern, id);
        id
    }

    /// Ready to read messages.
    pub fn finish(self) -> Result<Vocabulary, Problem> {
        let count = self.patterns.len();
        let automaton =
            if count == 0 {
                None
            } else {
                let built = AhoCorasick::new(&self.patterns);
                Some(built.map_err(|_| {
                    Problem::at("if", "The rules have more words than can be kept; use fewer.")
                })?)
            };
        Ok(Vocabulary { automaton, count, quoted: self.quoted })
    }
}

/// The pieces of a line by which a word is found: as it is parted, and what a hyphen joins also as one word.
pub(crate) fn shapes(word: &str) -> Vec<String> {
    let word = word.trim();
    let (rest, begins) = word.strip_prefix('*').map_or((word, " "), |rest| (rest, ""));
    let (rest, ends) = rest.strip_suffix('*').map_or((rest, " "), |rest| (rest, ""));
    let shape = |text: &str| {
        let folded = folded(text);
        (!folded.is_empty()).then(|| format!("{begins}{folded}{ends}"))
    };
    let mut found: Vec<String> = shape(rest).into_iter().collect();
    if rest.contains('-') {
        found.extend(shape(&rest.replace('-', "")));
        found.dedup();
    }
    found
}

/// Folded words with blanks between.
pub(crate) fn folded(text: &str) -> String {
    let (mut out, mut at) = (String::new(), 0);
    while let Some(range) = fold::next_word(text, at) {
        if !out.is_empty() {
            out.push(' ');
        }
        fold::push_spelled(&mut out, text.get(range.clone()).unwrap_or_default());
        at = range.end;
    }
    out
}

/// The words of all rules.
#[derive(Debug)]
pub(super) struct Vocabulary {
    automaton: Option<AhoCorasick>,
    count: usize,
    quoted: bool,
}

/// A word of the message.
struct Spot {
    folded: usize,
    written: Range<usize>,
}

/// What was found in a message, and where.
#[derive(Default)]
pub(super) struct Found<'a> {
    subject: &'a str,
    text: &'a str,
    /// By pattern: the areas in which it stands.
    seen: Vec<u8>,
    /// The first place of each pattern in each area.
    places: Vec<(u32, u8, Range<usize>)>,
    spots: Vec<Spot>,
}

impl Vocabulary {
    /// Reads a message.
    pub fn read<'a>(&self, facts: &'a Facts) -> Found<'a> {
        let Some(automaton) = &self.automaton else { return Found::default() };
        let text = cut(&facts.text);
        let subject = cut(&facts.subject);
        let own_end = quote::split(text).reply.len();
        let mut line = Line::new(subject.len() + if self.quoted { text.len() } else { own_end });
        line.push(subject, 0..subject.len());
        let subject_end = line.end_part();
        line.push(text, 0..own_end);
        let own_end_folded = line.end_part();
        if self.quoted {
            line.push(text, own_end..text.len());
        }
        let mut found =
            Found { subject, text, seen: vec![0; self.count], places: Vec::new(), spots: line.spots };
        for hit in automaton.find_overlapping_iter(&line.folded) {
            let which = match hit.start() {
                at if at < subject_end => area::SUBJECT,
                at if at < own_end_folded => area::OWN,
                _ => area::QUOTED,
            };
            let Some(seen) = found.seen.get_mut(hit.pattern().as_usize()) else { continue };
            if *seen & which == 0 {
                *seen |= which;
                found.places.push((hit.pattern().as_u32(), which, hit.range()));
            }
        }
        found
    }
}

impl<'a> Found<'a> {
    /// Whether one of the patterns stands in one of the areas.
    pub fn has(&self, term: &[u32], areas: u8) -> bool {
        term.iter().any(|id| self.seen.get(*id as usize).is_some_and(|seen| seen & areas != 0))
    }

    /// The words of a term as they stand in the message.
    pub fn written(&self, term: &[u32], areas: u8) -> Option<&'a str> {
        let (_, which, folded) =
            self.places.iter().find(|(id, which, _)| which & areas != 0 && term.contains(id))?;
        let source = if *which == area::SUBJECT { self.subject } else { self.text };
        let first = self.spot(folded.start + 1)?;
        let last = self.spot(folded.end.saturating_sub(1).max(folded.start + 1))?;
        source.get(first.written.start..last.written.end)
    }

    /// The word that a place of the line belongs to.
    fn spot(&self, at: usize) -> Option<&Spot> {
        let after = self.spots.partition_point(|spot| spot.folded <= at);
        self.spots.get(after.checked_sub(1)?)
    }
}

/// The message as one line.
struct Line {
    folded: String,
    spots: Vec<Spot>,
}

impl Line {
    fn new(bytes: usize) -> Self {
        let mut folded = String::with_capacity(bytes + bytes / 8 + 16);
        folded.push(' ');
        Self { folded, spots: Vec::with_capacity(bytes / 6 + 4) }
    }

    fn push(&mut self, text: &str, part: Range<usize>) {
        let mut at = part.start;
        let Some(part) = text.get(..part.end) else { return };
        while let Some(range) = fold::next_word(part, at) {
            if part.get(at..range.start).is_some_and(ends_phrase) {
                self.folded.push_str("\n ");
            }
            at = range.end;
            let before = self.folded.len();
            fold::push_spelled(&mut self.folded, part.get(range.clone()).unwrap_or_default());
            if self.folded.len() > before {
                self.spots.push(Spot { folded: before, written: range });
                self.folded.push(' ');
            }
        }
    }

    /// Where the next part begins.
    fn end_part(&mut self) -> usize {
        self.folded.push_str("\n ");
        self.folded.len() - 1
    }
}

/// Whether a phrase does not go on over what stands between two words.
fn ends_phrase(gap: &str) -> bool {
    gap != " "
        && (gap.bytes().any(|byte| matches!(byte, b'!' | b'?'))
            || gap.bytes().filter(|byte| *byte == b'\n').count() > 1)
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

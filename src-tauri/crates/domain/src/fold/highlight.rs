//! The piece of a text where a query was found, with the hits marked.
//!
//! Marks are two private-use characters rather than HTML, so that the text stays text until it is drawn.

use std::ops::Range;

use super::letters::Forms;
use super::numbers::{SHORTEST_RUN, numbers};
use super::query::{Query, Term};
use super::words::{Compound, compounds};

/// Stands before a hit.
pub const HIT_START: char = '\u{e000}';
/// Stands behind a hit.
pub const HIT_END: char = '\u{e001}';

/// Characters shown before the first hit.
const BEFORE: usize = 40;
/// Characters of a snippet, marks not counted.
const LENGTH: usize = 160;
/// Characters after which even a hit is cut off.
const LONGEST: usize = 240;
/// So much of a text is searched, in bytes: a list of hits is drawn while somebody types.
const SEARCHED_BYTES: usize = 64 * 1024;

/// About 160 characters around the first hit of `query` in `text`, with every hit between [`HIT_START`] and
/// [`HIT_END`]. White space is drawn together; `…` stands where text was left out. Without a hit, the beginning.
pub fn highlight(text: &str, query: &str) -> String {
    let mut wanted = Wanted::default();
    for term in &Query::parse(query).words {
        wanted.add(term);
    }
    let mut end = text.len().min(SEARCHED_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let hits = wanted.hits(text.get(..end).unwrap_or_default());
    let first = hits.first().map_or(0, |hit| hit.start);
    let start = snippet_start(text, first);
    let mut out = Snippet::default();
    if start > 0 {
        out.text.push('…');
    }
    for (at, c) in text.char_indices().skip_while(|&(at, _)| at < start) {
        if out.length >= LONGEST && out.open {
            out.mark(HIT_END);
        }
        if out.length >= LENGTH && !out.open {
            out.text.truncate(out.text.trim_end().len());
            out.text.push('…');
            return out.text;
        }
        if !out.open && hits.iter().any(|hit| hit.start == at) {
            out.mark(HIT_START);
        }
        out.push(c);
        if out.open && hits.iter().any(|hit| hit.end == at + c.len_utf8()) {
            out.mark(HIT_END);
        }
    }
    out.text.truncate(out.text.trim_end().len());
    out.text
}

#[derive(Default)]
struct Snippet {
    text: String,
    length: usize,
    open: bool,
}

impl Snippet {
    fn push(&mut self, c: char) {
        if c == HIT_START || c == HIT_END {
            return;
        }
        if !c.is_whitespace() && !c.is_control() {
            self.text.push(c);
            self.length += 1;
        } else if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
            self.length += 1;
        }
    }

    fn mark(&mut self, mark: char) {
        self.text.push(mark);
        self.open = mark == HIT_START;
    }
}

/// A place at most [`BEFORE`] characters before `hit`, at the beginning of a word.
fn snippet_start(text: &str, hit: usize) -> usize {
    let head = text.get(..hit).unwrap_or_default();
    let Some((from, _)) = head.char_indices().rev().nth(BEFORE) else {
        return 0;
    };
    let blank = text.get(from..hit).and_then(|piece| {
        piece.char_indices().find(|(_, c)| c.is_whitespace()).map(|(at, c)| from + at + c.len_utf8())
    });
    blank.unwrap_or(from)
}

/// The terms of a query, flat: marking does not ask whether all of them were found.
#[derive(Default)]
struct Wanted {
    words: Vec<String>,
    runs: Vec<String>,
}

impl Wanted {
    fn add(&mut self, term: &Term) {
        match term {
            Term::Word(word) => self.words.push(word.clone()),
            Term::Run(run) => self.runs.push(run.clone()),
            Term::Any(terms) | Term::All(terms) => terms.iter().for_each(|term| self.add(term)),
        }
    }

    fn hits(&self, text: &str) -> Vec<Range<usize>> {
        let mut hits: Vec<Range<usize>> = Vec::new();
        for number in numbers(text) {
            let national = number.national().map(|rest| format!("0{rest}")).unwrap_or_default();
            let found = |run: &String| number.digits.contains(run) || national.starts_with(run.as_str());
            if number.digits.len() >= SHORTEST_RUN && self.runs.iter().any(found) {
                hits.push(number.range);
            }
        }
        for compound in compounds(text) {
            self.compound_hits(&compound, &mut hits);
        }
        hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end)));
        let mut end = 0;
        hits.retain(|hit| {
            let apart = hit.start >= end;
            if apart {
                end = hit.end;
            }
            apart
        });
        hits
    }

    fn compound_hits(&self, compound: &Compound, hits: &mut Vec<Range<usize>>) {
        let count = hits.len();
        for part in &compound.parts {
            if self.finds(&part.forms, true) {
                hits.push(part.range.clone());
            }
        }
        let (Some(first), Some(last)) = (compound.parts.first(), compound.parts.last()) else {
            return;
        };
        let found_joined = |from: usize| self.finds(&compound.joined_from(from), false);
        if hits.len() == count && (0..compound.parts.len().saturating_sub(1)).any(found_joined) {
            hits.push(first.range.start..last.range.end);
        }
    }

    fn finds(&self, forms: &Forms, tails: bool) -> bool {
        forms.each().any(|form| {
            self.words.iter().any(|word| {
                form.starts_with(word.as_str())
                    || (tails && super::query::tail_of(word).is_some() && form.ends_with(word.as_str()))
            })
        })
    }
}

//! The parts of a message that may each ask for something: sentences, and what `und` joins.
//!
//! Classified one by one they tell what the whole cannot: that there are two questions, and which came first.

use std::ops::Range;

use crate::phrase::{Token, tokens};

/// Fewest words of a part that is looked at by itself.
const FEWEST: usize = 2;
/// Words that join two questions, folded.
const JOINS: [&str; 14] = [
    "und",
    "and",
    "et",
    "e",
    "ed",
    "sowie",
    "ausserdem",
    "also",
    "aussi",
    "anche",
    "dann",
    "plus",
    "un",
    "u",
];

/// The parts of a text, in order, in bytes.
pub(super) fn of(text: &str) -> Vec<Range<usize>> {
    let all = tokens(text);
    let mut found = Vec::new();
    let mut start = 0;
    for (index, token) in all.iter().enumerate() {
        let joins = JOINS.contains(&token.word.as_str()) && index > start;
        if token.ends() || joins {
            push(&all, start..index + usize::from(token.ends()), &mut found);
            start = index + 1;
        }
    }
    push(&all, start..all.len(), &mut found);
    found
}

fn push(all: &[Token], part: Range<usize>, found: &mut Vec<Range<usize>>) {
    let part = all.get(part).unwrap_or_default();
    let words = part.iter().filter(|token| !token.ends()).count();
    if words >= FEWEST
        && let Some((first, last)) = part.first().zip(part.last())
    {
        found.push(first.range.start..last.range.end);
    }
}

//! What the classifier sees of a text: numbered features with a value, each with the words it was made of.
//!
//! Features are hashed into buckets, so there is no list of words to ship and a new word is only an unknown bucket. Words
//! and letter groups share a length of one, whatever the length of the message; cues count by themselves, so that a story
//! around the question does not drown it.

use std::ops::Range;
use std::sync::LazyLock;

use crate::phrase::{Lexicon, Token, tokens};

/// Number of buckets.
pub const BUCKETS: u32 = 1 << 16;
/// Longest text that is looked at, in tokens.
const MOST_TOKENS: usize = 600;
/// Letters of a word's beginning that count as its stem.
const STEM: usize = 5;
/// Weight of the letter groups beside the words.
const LETTERS: f32 = 0.5;
/// Weight of one cue.
const CUE: f32 = 0.45;
/// Weight of two cues in one sentence.
const CUE_PAIR: f32 = 0.35;
/// Most different cues of a sentence that are paired.
const MOST_PAIRED: usize = 12;

static CUES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(include_str!("../../intents/cues.txt")));

/// A feature of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Feature {
    /// Its bucket.
    pub bucket: u32,
    /// Its value.
    pub value: f32,
    /// Where the words stand of which it was made, in bytes of the text.
    pub range: Range<usize>,
}

/// FNV-1a with a last mix: stable for ever, because the shipped weights depend on it.
fn bucket(kind: &str, parts: &[&str]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut eat = |byte: u8| {
        hash ^= u64::from(byte);
        hash = hash.wrapping_mul(0x0100_0000_01b3);
    };
    kind.bytes().for_each(&mut eat);
    for part in parts {
        eat(0xff);
        part.bytes().for_each(&mut eat);
    }
    hash ^= hash >> 32;
    hash ^= hash >> 16;
    u32::try_from(hash % u64::from(BUCKETS)).unwrap_or_default()
}

/// The features of a text.
pub fn of_text(text: &str) -> Vec<Feature> {
    let mut all = tokens(text);
    all.truncate(MOST_TOKENS);
    let mut found = Vec::new();
    words(&all, &mut found);
    level(&mut found);
    cues(&all, &mut found);
    found.sort_by(|a, b| a.bucket.cmp(&b.bucket).then(b.value.total_cmp(&a.value)));
    found.dedup_by_key(|feature| feature.bucket);
    found
}

/// Words, stems, pairs and letter groups.
fn words(all: &[Token], found: &mut Vec<Feature>) {
    let shapes: Vec<String> = all.iter().map(shape).collect();
    for (index, (token, word)) in all.iter().zip(&shapes).enumerate() {
        let mut add = |kind: &str, parts: &[&str], value: f32, range: Range<usize>| {
            found.push(Feature { bucket: bucket(kind, parts), value, range });
        };
        add("w", &[word], 1.0, token.range.clone());
        if let Some((next, after)) = all.get(index + 1).zip(shapes.get(index + 1)) {
            add("b", &[word, after], 0.8, token.range.start..next.range.end);
        }
        if let Some((next, after)) = all.get(index + 2).zip(shapes.get(index + 2)) {
            add("s", &[word, after], 0.5, token.range.start..next.range.end);
        }
        if token.ends() || token.is_number() {
            continue;
        }
        let letters: Vec<char> = word.chars().collect();
        if letters.len() > STEM {
            let stem: String = letters.iter().take(STEM).collect();
            add("p", &[&stem], 0.8, token.range.clone());
        }
        let framed: Vec<char> = std::iter::once('_').chain(letters).chain(['_']).collect();
        for size in 3..=5 {
            for group in framed.windows(size) {
                let group: String = group.iter().collect();
                add("l", &[&group], LETTERS, token.range.clone());
            }
        }
    }
    // What a message begins with and how long it is say much of short ones.
    let first = all.first().zip(shapes.first());
    if let Some((token, word)) = first {
        found.push(Feature { bucket: bucket("f", &[word]), value: 0.6, range: token.range.clone() });
    }
}

/// Numbers as what they look like: the digits themselves say nothing.
fn shape(token: &Token) -> String {
    if !token.is_number() {
        return token.word.clone();
    }
    let digits = token.word.chars().filter(char::is_ascii_digit).count();
    let letters: String = token.word.chars().filter(|c| c.is_alphabetic()).take(3).collect();
    format!("#{}{letters}", digits.min(4))
}

/// Makes the length of the vector one.
fn level(found: &mut [Feature]) {
    let length = found.iter().map(|feature| feature.value * feature.value).sum::<f32>().sqrt();
    if length > 0.0 {
        found.iter_mut().for_each(|feature| feature.value /= length);
    }
}

/// The cues, and pairs of them within a sentence.
fn cues(all: &[Token], found: &mut Vec<Feature>) {
    let names = CUES.names();
    let sentence = |token: usize| all.iter().take(token).filter(|token| token.ends()).count();
    let mut hits: Vec<(usize, &str, Range<usize>)> = Vec::new();
    for hit in CUES.find(all) {
        let Some(name) = names.get(hit.group) else { continue };
        let range = all.get(hit.tokens.start).zip(all.get(hit.tokens.end.saturating_sub(1)));
        let Some((first, last)) = range else { continue };
        hits.push((sentence(hit.tokens.start), name, first.range.start..last.range.end));
    }
    hits.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.cmp(b.1)));
    hits.dedup_by(|a, b| a.0 == b.0 && a.1 == b.1);
    for (index, (sentence, name, range)) in hits.iter().enumerate() {
        found.push(Feature { bucket: bucket("c", &[name]), value: CUE, range: range.clone() });
        let others = hits.iter().skip(index + 1).take_while(|other| other.0 == *sentence).take(MOST_PAIRED);
        for (_, other, place) in others {
            let whole = range.start.min(place.start)..range.end.max(place.end);
            let whole = if whole.len() > 60 { range.clone() } else { whole };
            found.push(Feature { bucket: bucket("d", &[name, other]), value: CUE_PAIR, range: whole });
        }
    }
    if hits.is_empty() {
        found.push(Feature { bucket: bucket("none", &[]), value: CUE, range: 0..0 });
    }
    let sentences = all.iter().filter(|token| token.ends()).count();
    let questions = all.iter().filter(|token| token.word == crate::phrase::QUESTION).count();
    for (kind, count, most) in
        [("questions", questions, 2), ("sentences", sentences, 4), ("tokens", all.len() / 4, 8)]
    {
        let count = count.min(most).to_string();
        found.push(Feature { bucket: bucket(kind, &[&count]), value: 0.25, range: 0..0 });
    }
}

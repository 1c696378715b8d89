//! What goes into the columns of the full-text tables.

use std::collections::BTreeSet;

use super::letters::{Forms, joiner};
use super::numbers::{LONGEST_RUN, SHORTEST_RUN, numbers};
use super::words::{Compound, LONGEST, compounds};

/// Shortest word that is also found by its tail: a head of three letters and a tail of four.
const SHORTEST_COMPOUND: usize = 7;
/// So many distinct runs of digits are indexed of one text; more is a table of figures, not numbers to look for.
const RUNS_PER_TEXT: usize = 4096;

/// The words of `text`, folded, in all forms by whose beginning they are found, with blanks between.
///
/// `Müller` gives `muller mueller`; `E-Bike` gives `e bike ebike`; numbers give their groups.
pub fn index_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for piece in pieces(text) {
        match piece {
            Piece::Plain(word) => {
                push_word(&mut out, word);
                let from = out.len() - word.len();
                if let Some(pushed) = out.get_mut(from..) {
                    pushed.make_ascii_lowercase();
                }
            }
            Piece::Compound(compound) => push_compound(&mut out, &compound),
        }
    }
    out
}

/// Most words are ASCII and stand alone. Taking those apart letter by letter would be half the cost of folding.
enum Piece<'a> {
    /// ASCII letters and digits with no joiner beside them, as written.
    Plain(&'a str),
    /// Anything else.
    Compound(Compound),
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let begins = |c: char| !c.is_ascii() || c.is_ascii_alphanumeric();
        let (_, from_word) = rest.find(begins).and_then(|at| rest.split_at_checked(at))?;
        let end = from_word.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(from_word.len());
        let (word, after) = from_word.split_at_checked(end)?;
        let stands_alone = after.chars().next().is_none_or(|c| c.is_ascii() && joiner(c).is_none());
        if stands_alone && (1..=LONGEST).contains(&word.len()) {
            rest = after;
            return Some(Piece::Plain(word));
        }
        let mut compounds = compounds(from_word);
        let compound = compounds.next()?;
        rest = compounds.rest();
        Some(Piece::Compound(compound))
    })
}

fn push_compound(out: &mut String, compound: &Compound) {
    for part in &compound.parts {
        push_forms(out, &part.forms);
    }
    for first in 0..compound.parts.len().saturating_sub(1) {
        push_forms(out, &compound.joined_from(first));
    }
}

/// Long words of `text` written backwards, each once: the beginning of one of them is the tail of a word.
pub fn tails(text: &str) -> String {
    let mut found = Vec::new();
    for piece in pieces(text) {
        match piece {
            Piece::Plain(word) => found.extend(tail_form(word).map(|tail| tail.to_ascii_lowercase())),
            Piece::Compound(compound) => {
                let forms = compound.parts.iter().flat_map(|part| part.forms.each());
                found.extend(forms.filter_map(tail_form));
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found.join(" ")
}

fn tail_form(word: &str) -> Option<String> {
    let long = word.len() >= SHORTEST_COMPOUND && word.chars().nth(SHORTEST_COMPOUND - 1).is_some();
    (long && !word.contains(|c: char| c.is_ascii_digit())).then(|| word.chars().rev().collect())
}

/// Every run of digits by which the numbers of `text` are found, each once: all tails of at least three digits,
/// and for numbers with a country code the national form with its zero.
pub fn digits(text: &str) -> String {
    let mut seen = BTreeSet::new();
    for number in numbers(text) {
        if seen.len() >= RUNS_PER_TEXT {
            break;
        }
        for start in 0..number.digits.len() {
            let tail: String = number.digits.chars().skip(start).take(LONGEST_RUN).collect();
            if tail.len() < SHORTEST_RUN || seen.len() >= RUNS_PER_TEXT {
                break;
            }
            seen.insert(tail);
        }
        if let Some(national) = number.national() {
            seen.insert(format!("0{national}").chars().take(LONGEST_RUN).collect());
        }
    }
    joined(seen)
}

/// One folded form with single blanks: for sorting names, for prefixes of names and for comparing subjects.
///
/// Joiners become part of the word (`O'Larkin` → `olarkin`), other punctuation a blank. Umlauts are written out,
/// so that `Müller` and `Mueller` sort together.
pub fn key(text: &str) -> String {
    let words: Vec<String> = compounds(text)
        .map(|compound| compound.parts.iter().map(|part| part.forms.spelled.as_str()).collect())
        .collect();
    words.join(" ")
}

fn push_forms(out: &mut String, forms: &Forms) {
    for form in forms.each() {
        push_word(out, form);
    }
}

fn push_word(out: &mut String, word: &str) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.push_str(word);
}

fn joined(words: BTreeSet<String>) -> String {
    words.into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn letter_by_letter(text: &str) -> String {
        let mut out = String::new();
        for compound in compounds(text) {
            push_compound(&mut out, &compound);
        }
        out
    }

    proptest! {
        #[test]
        fn plain_words_are_folded_as_all_others(text in "([a-zA-Z0-9äßÜ\u{308}\u{ad}'’.,-]{0,9}[ \n-]){0,12}") {
            prop_assert_eq!(index_text(&text), letter_by_letter(&text));
        }

        #[test]
        fn so_is_anything(text in "\\PC{0,80}") {
            prop_assert_eq!(index_text(&text), letter_by_letter(&text));
        }
    }

    #[test]
    fn a_long_word_is_cut() {
        let text = format!("{} b", "A".repeat(100));
        assert_eq!(index_text(&text), letter_by_letter(&text));
    }
}

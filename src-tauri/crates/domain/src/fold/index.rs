//! What goes into the columns of the full-text tables.

use std::collections::BTreeSet;

use super::letters::Forms;
use super::numbers::{LONGEST_RUN, SHORTEST_RUN, numbers};
use super::words::compounds;

/// Shortest word that is also found by its tail: a head of three letters and a tail of four.
const SHORTEST_COMPOUND: usize = 7;
/// So many distinct runs of digits are indexed of one text; more is a table of figures, not numbers to look for.
const RUNS_PER_TEXT: usize = 4096;

/// The words of `text`, folded, in all forms by whose beginning they are found, with blanks between.
///
/// `Müller` gives `muller mueller`; `E-Bike` gives `e bike ebike`; numbers give their groups.
pub fn index_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for compound in compounds(text) {
        for part in &compound.parts {
            push_forms(&mut out, &part.forms);
        }
        for first in 0..compound.parts.len().saturating_sub(1) {
            push_forms(&mut out, &compound.joined_from(first));
        }
    }
    out
}

/// Long words of `text` written backwards, each once: the beginning of one of them is the tail of a word.
pub fn tails(text: &str) -> String {
    let mut seen = BTreeSet::new();
    for part in compounds(text).flat_map(|compound| compound.parts) {
        for form in part.forms.each() {
            if form.chars().nth(SHORTEST_COMPOUND - 1).is_some()
                && !form.contains(|c: char| c.is_ascii_digit())
            {
                seen.insert(form.chars().rev().collect::<String>());
            }
        }
    }
    joined(seen)
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
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(form);
    }
}

fn joined(words: BTreeSet<String>) -> String {
    words.into_iter().collect::<Vec<_>>().join(" ")
}

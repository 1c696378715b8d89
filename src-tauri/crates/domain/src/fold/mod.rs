//! Folding of text for search: the same letters for what people type and for what stands in a message.
//!
//! The full-text tables get text that was folded here, and queries are folded by the same functions, so the
//! tokenizer of the database decides nothing. A word is indexed in two forms where they differ: with the
//! diacritic dropped (`Müller` → `muller`) and written out the German way (`mueller`). A word is found by its
//! beginning, a long word also by its tail (indexed reversed), a number by any run of at least three of its
//! digits, whatever separators it was written with and with or without its country code.
//!
//! Not here: typo tolerance, stemming, synonyms, ranking, and the SQL that runs the expression.

mod highlight;
mod index;
mod letters;
mod numbers;
mod query;
mod spelled;
mod words;

pub use highlight::{HIT_END, HIT_START, highlight};
pub use index::{digits, index_text, key, tails};
pub use query::{CONTACTS, Columns, MESSAGES, NOTES, Query, match_expression};
pub(crate) use spelled::{next_word, push_spelled};

/// A word of letters and digits in its two forms: diacritics dropped (`wurde`), and umlauts written out (`wuerde`).
pub(crate) fn forms(word: &str) -> (String, String) {
    let mut forms = letters::Forms::default();
    word.chars().for_each(|c| forms.push(c));
    (forms.plain, forms.spelled)
}

#[cfg(test)]
mod tests;

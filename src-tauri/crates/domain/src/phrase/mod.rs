//! Phrases in running text: short patterns of words, written in a table and found in what a customer wrote.
//!
//! A text becomes tokens (`tokens`): folded words with their place, and a mark where a sentence ends. A table
//! (`lexicon`) names groups of patterns. A pattern is words in order; `wort*` is a beginning, `*wort` an end, `a/b` one
//! of two, `..` up to four words between, never across the end of a sentence. `intent` and `sensitive` read with it.
//!
//! Not here: what a group means, and the grammar of wishes, which needs clauses and has its own words.

mod lexicon;
mod tokens;

pub use lexicon::{Hit, Lexicon};
pub use tokens::{END, QUESTION, Token, fold, tokens};

#[cfg(test)]
mod tests;

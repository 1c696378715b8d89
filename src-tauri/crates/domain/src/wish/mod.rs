//! The wish in the customer's words: by which channel the answer is to come, read from one incoming text in German,
//! English, French or Italian.
//!
//! A small grammar on clauses. The text without quoted history, signature and footer (`body`) becomes words with
//! meanings (`lexicon`, one table for each language in `words`), sentences and clauses (`text`). Each place where a
//! channel is named (`reading`) is refused, said to be useless, or open (`stand`); what is open is a wish if there is a
//! frame that asks for it and nothing that says otherwise: a past, the customer's own call, a question, goods,
//! somebody else (`ask`). `verdict` puts together what the clauses say.
//!
//! **What `acts` means.** A wish acts by itself if it was read without doubt, holds now (no `falls`), and goes to where
//! the answer would go anyway (no new address, nobody else). That is all that the words can say. Whether the sender may
//! be trusted, whether an address for that channel is linked, what a number costs, and whether a lasting wish is asked
//! about first, decides the caller with what it knows (promises A7 and A8). `sure` is there for a caller that knows the
//! "new" address already.
//!
//! Not here: `STOPP` and its like are no wish for a channel but an opt-out (`opt_out`).

mod address;
mod ask;
pub(crate) mod body;
mod clause;
mod denial;
mod frame;
mod hold;
mod lexicon;
pub(crate) mod opt_out;
mod others;
mod place;
mod reading;
mod stand;
mod tag;
mod text;
mod told;
mod verdict;
mod words;

use std::ops::Range;

use serde::{Deserialize, Serialize};

pub use opt_out::is_opt_out;

use crate::medium::Medium;

/// Longest text that is read, in bytes: what is longer is no message to a shop, and time stays bounded.
const LONGEST: usize = 16 * 1024;

/// For how long a wish holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// For this matter.
    ThisTime,
    /// From now on.
    Always,
}

/// What a text says about the way of the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// The wished channel; `None` if there is none.
    pub kind: Option<Medium>,
    /// Channels that are refused, each once.
    pub negated: Vec<Medium>,
    /// The address to which the answer shall go, as it stands in the text.
    pub new_address: Option<String>,
    /// For how long; `None` if nothing is wished or refused.
    pub scope: Option<Scope>,
    /// The wish holds only in an uncertain case (`falls`).
    pub conditional: bool,
    /// The words that say so: a range of the text in bytes.
    pub evidence: Option<Range<usize>>,
    /// Read without doubt, and for the writer himself.
    pub sure: bool,
}

impl Wish {
    /// Whether the words alone are enough to act on, without asking a person.
    pub fn acts(&self) -> bool {
        self.sure && !self.conditional && self.new_address.is_none() && self.scope.is_some()
    }

    /// The words that say so.
    pub fn evidence_in<'a>(&self, text: &'a str) -> Option<&'a str> {
        text.get(self.evidence.clone()?)
    }
}

/// Reads a text that came by `came_by` (the medium of a message, or `phone` and `in_person` for notes of the shop).
/// Subject lines are not read: they are written for other reasons, and mail programs repeat them.
pub fn read(text: &str, came_by: &Medium) -> Wish {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    verdict::read(text.get(..end).unwrap_or_default(), came_by.as_str())
}

#[cfg(test)]
mod tests;

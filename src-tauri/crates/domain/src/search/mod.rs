//! What stands in the search field: words to look for, and words that narrow (`from:anna in:open before:yesterday`).
//!
//! The narrowing words and their values are known in all four languages at once, because a shop has people of more than
//! one, and a habit from another program should lead somewhere. What was not understood is kept as a chip without a
//! meaning, so that a shell can mark it; it never becomes a word to look for and never an error.
//!
//! Not here: which customers a name means, and how the answer is found. Those are questions to the store.

mod dates;
mod line;
mod offers;
#[cfg(test)]
mod tests;
mod vocabulary;

use crate::hours::Zone;
use crate::ids::AccountId;
use crate::medium::Medium;
use crate::time::Timestamp;

pub use offers::{Offer, Typing};

/// What a narrowing word is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Who wrote it.
    From,
    /// Which list of the inbox, or which account.
    In,
    /// By which medium it came or went.
    Channel,
    /// Older than the beginning of a day, month or year.
    Before,
    /// From the beginning of a day, month or year on.
    After,
    /// What hangs on it.
    Has,
}

impl Kind {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::From, Self::In, Self::Channel, Self::Before, Self::After, Self::Has];

    /// Stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::From => "from",
            Self::In => "in",
            Self::Channel => "channel",
            Self::Before => "before",
            Self::After => "after",
            Self::Has => "has",
        }
    }
}

/// A list of the inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Open conversations.
    Open,
    /// Those that wait for the customer.
    Waiting,
    /// Those that come back later.
    Snoozed,
    /// Those that are done.
    Closed,
    /// Those marked as spam.
    Spam,
    /// Those with a message that nobody has read.
    Unread,
    /// Those with a star.
    Starred,
}

/// What can hang on a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Has {
    /// Any file.
    Attachment,
    /// A picture.
    Picture,
    /// A PDF.
    Pdf,
}

/// A day by which times are narrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// `2026-11-21`, in the shop's zone.
    pub date: String,
    /// When it begins.
    pub at: Timestamp,
}

/// What a narrowing word means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// Written by customers of this name or address.
    Sender(String),
    /// Written by the shop.
    Ourselves,
    /// In this list.
    List(List),
    /// By this account.
    Account(AccountId),
    /// By this medium.
    Medium(Medium),
    /// Before this day.
    Before(Day),
    /// On this day or after it.
    After(Day),
    /// With this.
    Has(Has),
}

/// A narrowing word of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chip {
    /// What it is about.
    pub kind: Kind,
    /// Its value without quotation marks.
    pub value: String,
    /// As it stands in the line.
    pub raw: String,
    /// What it means; `None`: that was not understood.
    pub meaning: Option<Meaning>,
}

/// What the line is read against.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Now.
    pub now: Timestamp,
    /// The shop's zone: days begin in it.
    pub zone: &'a Zone,
    /// The shop's language, in which words are offered.
    pub language: &'a str,
    /// Whether `3/1/2026` is the first of March.
    pub month_first: bool,
    /// The shop's accounts with their names.
    pub accounts: &'a [(AccountId, String)],
    /// The media of those accounts.
    pub media: &'a [Medium],
}

/// A line that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The words to look for.
    pub words: String,
    /// What narrows, in the order of the line.
    pub chips: Vec<Chip>,
    /// The narrowing word at the end that is still being typed.
    pub typing: Option<Typing>,
    /// What could come next.
    pub offers: Vec<Offer>,
}

/// Reads a line. Never fails: what is no narrowing word is a word to look for.
pub fn read(text: &str, around: &Around<'_>) -> Asked {
    let tokens = line::tokens(text);
    let ended = text.ends_with(char::is_whitespace);
    let mut asked = Asked { words: String::new(), chips: Vec::new(), typing: None, offers: Vec::new() };
    for (at, token) in tokens.iter().enumerate() {
        let last = at + 1 == tokens.len();
        let Some(kind) = token.kind else {
            if !asked.words.is_empty() {
                asked.words.push(' ');
            }
            asked.words.push_str(token.raw);
            continue;
        };
        let meaning = vocabulary::meaning(kind, token.value, around);
        let open = last && !token.quoted && (!ended || token.value.is_empty());
        let typing = Typing::new(text, token, kind);
        if open {
            asked.offers = offers::values(&typing, around);
        }
        let unfinished = open
            && meaning.is_none()
            && (token.value.is_empty() || !asked.offers.is_empty() || dates::may_become(kind, token.value));
        if open {
            asked.typing = Some(typing);
        }
        if !unfinished {
            let (value, raw) = (token.value.to_owned(), token.raw.to_owned());
            asked.chips.push(Chip { kind, value, raw, meaning });
        }
    }
    if asked.typing.is_none() {
        asked.offers = offers::kinds(text, &tokens, &asked.chips, around.language);
    }
    asked
}

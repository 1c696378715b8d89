//! The words by which enums stand in the database. Lower case, the same as on the command line; once released, a
//! word never changes its meaning.
//!
//! Not here: ids and times, which are plain integers.

use theke_domain::message::{Completeness, Delivery, Direction};

/// A value that is stored as one of a few words.
pub trait Word: Sized + Copy {
    /// The stored word.
    fn word(self) -> &'static str;
    /// The value of a stored word; `None` if this program does not know it.
    fn from_word(word: &str) -> Option<Self>;
}

/// Writes both directions from one table.
macro_rules! words {
    ($type:ty { $($variant:path => $word:literal),+ $(,)? }) => {
        impl $crate::words::Word for $type {
            fn word(self) -> &'static str {
                match self { $($variant => $word),+ }
            }
            fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($variant),)+ _ => None }
            }
        }
    };
}
pub(crate) use words;

words!(Direction { Direction::In => "in", Direction::Out => "out" });
words!(Completeness {
    Completeness::Headers => "headers",
    Completeness::Text => "text",
    Completeness::Whole => "whole",
});
words!(Delivery {
    Delivery::Received => "received",
    Delivery::Queued => "queued",
    Delivery::Sending => "sending",
    Delivery::Sent => "sent",
    Delivery::Delivered => "delivered",
    Delivery::Read => "read",
    Delivery::Failed => "failed",
    Delivery::InDoubt => "in_doubt",
});

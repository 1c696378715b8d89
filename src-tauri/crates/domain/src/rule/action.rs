//! What a rule does.

use serde::{Deserialize, Serialize};

use crate::dialogue::Tree;
use crate::medium::Medium;

/// One thing that is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// The customer is answered, by the way on which he is answered anyway unless `via` says otherwise.
    Answer(Answer),
    /// Words on the customer's card.
    Tag {
        /// Put there.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        add: Vec<String>,
        /// Taken away.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        remove: Vec<String>,
    },
    /// A field of the shop's own on the card.
    SetField {
        /// Which.
        name: String,
        /// What stands there from now on; empty = nothing.
        value: String,
    },
    /// Not now.
    Snooze(Due),
    /// The conversation is done.
    Close,
    /// The conversation gets a star.
    Star,
    /// Somebody of the shop has something to do.
    Task {
        /// What.
        text: String,
        /// Until when.
        #[serde(default)]
        due: Due,
    },
    /// Whoever is at the computer is told.
    Notify {
        /// What.
        text: String,
    },
    /// Sent on to an address of the shop.
    Forward {
        /// Which.
        to: String,
    },
    /// The channel by which the customer is answered from now on.
    SetPreference {
        /// Which.
        medium: Medium,
    },
}

/// What an answer is made of: one of the two.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Answer {
    /// A standard reply, by its shortcut or its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<String>,
    /// By this channel only; without it, by the one that the customer wants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub via: Option<Medium>,
    /// A question back, and what follows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dialogue: Option<Tree>,
}

/// A time from now on: hours by the clock, hours in which the shop is open, or when it opens next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// So many hours by the clock.
    Hours(u32),
    /// So many hours in which the shop is open.
    OpeningHours(u32),
    /// When the shop opens next.
    NextOpening,
}

impl Default for Due {
    fn default() -> Self {
        Self::OpeningHours(4)
    }
}

//! The states of a message that goes out, and what moves it from one to the next.
//!
//! A pure machine: the engine writes down what it returns before it acts on it. The two rules that everything here
//! serves: a message whose end is unknown is never sent again by itself, and from `sent` there is no way back.
//! Undo, delayed sending and retry are all `queued` with another time, not timers beside it.
//!
//! Not here: the clock, the database, the channel, and the file that witnesses attempts.

mod backoff;
mod step;

use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

pub use backoff::{MAX_ATTEMPTS, backoff_secs};
pub use step::{Event, NotAllowed, recover, step};

/// What waited longer than this asks before it goes.
pub const HOLD_AFTER_SECS: i64 = 24 * 60 * 60;

/// How far a message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Waits for its time. Nothing of it has left.
    Queued,
    /// An attempt is under way, before the point of no return.
    Sending,
    /// The point of no return is passed: it may have left.
    Committed,
    /// The provider has taken it. Final.
    Sent,
    /// Waited for a day: a person decides.
    Held,
    /// Refused for good, or too often. A person may try again.
    Failed,
    /// Nobody knows whether it left. Only a person sends it again.
    InDoubt,
    /// Taken back before it left. Final.
    Cancelled,
}

impl State {
    /// All states.
    pub const ALL: [Self; 8] = [
        Self::Queued,
        Self::Sending,
        Self::Committed,
        Self::Sent,
        Self::Held,
        Self::Failed,
        Self::InDoubt,
        Self::Cancelled,
    ];

    /// The word of the database and the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Committed => "committed",
            Self::Sent => "sent",
            Self::Held => "held",
            Self::Failed => "failed",
            Self::InDoubt => "in_doubt",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state that `word` names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Nothing moves it any more.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Sent | Self::Cancelled)
    }

    /// Keeps later messages of the same account and contact waiting, so that their order stays.
    pub fn blocks_lane(self) -> bool {
        matches!(self, Self::Queued | Self::Sending | Self::Committed)
    }
}

/// The part of an outbox row that the machine reads and writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Where it is.
    pub state: State,
    /// Attempts made; one that is under way is counted.
    pub attempts: u32,
    /// Not before.
    pub due_at: Timestamp,
    /// Since when it could have gone: when it was queued (for delayed sending the chosen time), or when a person
    /// last said "send it".
    pub waiting_since: Timestamp,
}

impl Row {
    /// A new message that leaves at `due_at` (after the undo time, or at the time a person chose).
    pub fn queued(due_at: Timestamp) -> Self {
        Self { state: State::Queued, attempts: 0, due_at, waiting_since: due_at }
    }
}

/// Who or what was to blame for an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blame {
    /// This message: its recipient, its size, its content.
    Message,
    /// The account: password, certificate, settings, credit. Does not use the message's attempts up.
    Account,
    /// The way there: offline, captive portal, time-out. Does not use the message's attempts up.
    Network,
}

/// When the same attempt may be made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Again {
    /// Not before a person changes something.
    Never,
    /// After our own backoff.
    Backoff,
    /// Not before this time, which the provider named.
    NotBefore(Timestamp),
}

#[cfg(test)]
mod tests;

//! What customers wish and refuse, and what is proposed of their habits.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// What a text says about the way of the answer: the words alone, whatever else is known.
    pub struct WishReading {
        /// The wished medium.
        pub kind: Option<String>,
        /// Media that are refused.
        pub negated: Vec<String>,
        /// The address to which the answer shall go, as written.
        pub new_address: Option<String>,
        /// `this_time` or `always`; null if nothing is wished or refused.
        pub scope: Option<String>,
        /// Only in an uncertain case.
        pub conditional: bool,
        /// The words that say so.
        pub evidence: Option<String>,
        /// The words alone are enough to act on.
        pub acts: bool,
    }

    /// A wish that was read in a message.
    pub struct WishView {
        /// Id.
        pub id: i64,
        /// The message in which it stands.
        pub message_id: i64,
        /// Its conversation.
        pub conversation_id: i64,
        /// Who wishes.
        pub contact_id: i64,
        /// The wished medium; null if something is only refused.
        pub medium: Option<String>,
        /// Media that are refused.
        pub refused: Vec<String>,
        /// `this_time` or `always`.
        pub scope: String,
        /// Only in an uncertain case.
        pub conditional: bool,
        /// The address to which the answer shall go, as written.
        pub new_address: Option<String>,
        /// The words.
        pub evidence: String,
        /// `acted`, `asked`, `accepted`, `declined`, `undone` or `ignored`.
        pub state: String,
        /// Why it was not acted upon, a stable word; `opt_out` and `opt_in` say that somebody leaves or comes back.
        pub why: String,
        /// When it was said.
        pub at: String,
        /// It holds and can be taken back.
        pub undoable: bool,
    }

    /// What a person's decision about a wish came to.
    pub struct WishDecided {
        /// Give this to `undo`.
        pub undo_id: i64,
        /// The wish as it is now.
        pub wish: WishView,
    }

    /// A medium that a customer refuses, whatever the matter.
    pub struct RefusalView {
        /// Medium.
        pub medium: String,
        /// `hand` or `wish`.
        pub source: String,
        /// The customer's words, may be empty.
        pub evidence: String,
        /// Since when.
        pub since: String,
    }

    /// A channel that is proposed as the preferred one.
    pub struct HabitView {
        /// Medium.
        pub medium: String,
        /// The customer's messages by it in the last 60 days.
        pub messages: u32,
        /// In so many conversations.
        pub conversations: u32,
    }

    /// What is known of how a customer wants to be answered, beside the preferred channel.
    pub struct ContactWishes {
        /// A habit that a person may make the preferred channel, or decline.
        pub habit: Option<HabitView>,
        /// Never by these.
        pub refused: Vec<RefusalView>,
    }
}

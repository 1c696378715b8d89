//! Starter packs.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// What a shop of a trade begins with.
    pub struct PackView {
        /// Stable word.
        pub slug: String,
        /// The trade, in the shop's language.
        pub name: String,
        /// Names of its standard replies, in the shop's language.
        pub replies: Vec<String>,
        /// Names of its rules, in the shop's language.
        pub rules: Vec<String>,
        /// The hours that it proposes where none are set, as they are told to a customer.
        pub hours: String,
        /// Whether the shop has all of its replies and rules.
        pub installed: bool,
    }

    /// What a starter pack brought.
    pub struct PackAdded {
        /// New standard replies.
        pub replies: u32,
        /// New rules; they are switched off and only suggest.
        pub rules: u32,
        /// Whether its hours were set.
        pub hours: bool,
        /// The change for `undo`; null if the shop had everything.
        pub undo_id: Option<i64>,
    }
}

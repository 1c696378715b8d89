//! Lists of the inbox, changes of many conversations at once, and what can be undone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ConversationView;

super::shape! {
    /// Which conversations a list shows, newest first.
    pub struct ListQuery {
        /// `open`, `waiting`, `snoozed`, `closed` or `all`.
        pub status: String,
        /// The spam instead of the rest.
        pub spam: bool,
        /// Only those with something unread.
        pub unread: bool,
        /// Only those with a star.
        pub starred: bool,
        /// Only those in which this medium was used.
        pub medium: Option<String>,
        /// Only those whose newest message went by this account.
        pub account_id: Option<i64>,
    }

    /// What is to be different; null leaves it as it is.
    pub struct ConversationChange {
        /// `open`, `waiting`, `snoozed` (needs `until`) or `closed`.
        pub status: Option<String>,
        /// When a snoozed one comes back, RFC 3339.
        pub until: Option<String>,
        /// Read, or the newest incoming message not read.
        pub seen: Option<bool>,
        /// With a star.
        pub starred: Option<bool>,
        /// In spam.
        pub spam: Option<bool>,
    }

    /// What a change came to.
    pub struct Changed {
        /// Give this to `undo`; null if all was so before.
        pub undo_id: Option<i64>,
        /// The conversations as they are now.
        pub conversations: Vec<ConversationView>,
    }

    /// A change that can be undone, or was.
    pub struct ChangeView {
        /// Id, for `undo`.
        pub id: i64,
        /// When it was done.
        pub at: String,
        /// Stable word; the window makes a sentence of it.
        pub what: String,
        /// How many conversations or other things it changed.
        pub count: u32,
        /// Whom or what it was about; may be empty.
        pub subject: String,
        /// It was undone.
        pub undone: bool,
    }

    /// An address whose messages go to spam.
    pub struct BlockedView {
        /// The normalized address.
        pub address: String,
        /// `email`, `phone` or `handle`.
        pub kind: String,
        /// Network of a handle, else empty.
        pub network: String,
        /// Whose it is now.
        pub contact_id: Option<i64>,
        /// That contact's name.
        pub contact_name: String,
        /// Since when.
        pub since: String,
    }
}

//! What would be forgotten.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// What would go if messages were kept for so many years only.
    pub struct RetentionView {
        /// Messages of closed conversations.
        pub messages: u64,
        /// Conversations of which nothing would be left.
        pub conversations: u64,
        /// Files that hang on the messages.
        pub attachments: u64,
        /// Notes in those conversations.
        pub notes: u64,
        /// Sent or received before this goes; null if everything stays.
        pub before: Option<String>,
        /// Keeps less than the shop does now, so something goes, now or once it is as old.
        pub shortens: bool,
    }
}

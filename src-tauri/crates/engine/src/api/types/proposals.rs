//! What is proposed from answers that were written by hand.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// A standard reply that is proposed.
    pub struct ProposalView {
        /// Id.
        pub id: i64,
        /// How many answers say the same.
        pub count: u32,
        /// The one that stands for all.
        pub text: String,
        /// What they answer; null where they differ.
        pub intent: Option<String>,
        /// The answers, the newest first.
        pub message_ids: Vec<i64>,
        /// When it was found.
        pub found_at: String,
    }

    /// What was made of it.
    pub struct ProposalAccepted {
        /// The standard reply.
        pub reply_id: i64,
        /// The rule, switched off and in suggest mode; null where the answers answer different things.
        pub rule_id: Option<i64>,
    }
}

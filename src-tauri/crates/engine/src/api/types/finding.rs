//! Search and import.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ContactView;

super::shape! {
    /// A hit among messages.
    pub struct MessageHit {
        /// Message.
        pub id: i64,
        /// Conversation.
        pub conversation_id: i64,
        /// Contact's name.
        pub contact_name: String,
        /// Subject.
        pub subject: String,
        /// Text around the hit; hits between U+E000 and U+E001.
        pub snippet: String,
        /// When.
        pub at: String,
        /// Medium.
        pub medium: String,
    }

    /// What a search found, newest first.
    pub struct SearchResult {
        /// Customers.
        pub contacts: Vec<ContactView>,
        /// Messages.
        pub messages: Vec<MessageHit>,
        /// False while older messages are still being indexed.
        pub complete: bool,
    }

    /// A file that could not be imported.
    pub struct ImportFailure {
        /// File.
        pub file: String,
        /// Why.
        pub error: String,
    }

    /// What `import` did.
    pub struct ImportResult {
        /// Messages read.
        pub read: u64,
        /// Stored.
        pub stored: u64,
        /// Known before.
        pub known: u64,
        /// Failures.
        pub failed: Vec<ImportFailure>,
    }
}

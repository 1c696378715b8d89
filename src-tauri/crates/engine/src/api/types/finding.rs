//! Search and import.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ContactView, StandardReplyView};

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

    /// A hit among notes.
    pub struct NoteHit {
        /// Note.
        pub id: i64,
        /// Contact.
        pub contact_id: i64,
        /// Conversation, if it stands in one.
        pub conversation_id: Option<i64>,
        /// Contact's name.
        pub contact_name: String,
        /// Text around the hit; hits between U+E000 and U+E001.
        pub snippet: String,
        /// When it was written.
        pub at: String,
    }

    /// A word of the query that narrows.
    pub struct ChipView {
        /// `from`, `in`, `channel`, `before`, `after` or `has`.
        pub kind: String,
        /// Its value as it was typed, without quotation marks.
        pub value: String,
        /// As it stands in the query.
        pub raw: String,
        /// False: the value was not understood and narrows nothing.
        pub ok: bool,
        /// The day that `before` and `after` mean, as `2026-11-21`.
        pub day: Option<String>,
    }

    /// What could come next in the query.
    pub struct OfferView {
        /// As in `ChipView`.
        pub kind: String,
        /// The value; empty: the word that narrows itself.
        pub value: String,
        /// The whole query with it.
        pub query: String,
    }

    /// What a search found, newest first.
    #[derive(Default)]
    pub struct SearchResult {
        /// Customers.
        pub contacts: Vec<ContactView>,
        /// Messages.
        pub messages: Vec<MessageHit>,
        /// Notes.
        pub notes: Vec<NoteHit>,
        /// Standard replies.
        pub replies: Vec<StandardReplyView>,
        /// The words of the query that were looked for.
        pub words: String,
        /// What narrowed it.
        pub chips: Vec<ChipView>,
        /// What could narrow it further.
        pub offers: Vec<OfferView>,
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

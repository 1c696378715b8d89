//! Standard replies.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// A text of a standard reply.
    pub struct ReplyTextView {
        /// ISO code.
        pub language: String,
        /// For this medium alone; empty = for all others.
        pub medium: String,
        /// With placeholders.
        pub text: String,
    }

    /// A standard reply.
    pub struct StandardReplyView {
        /// Id.
        pub id: i64,
        /// What it is for.
        pub name: String,
        /// Typed behind a slash; empty for none.
        pub shortcut: String,
        /// By language and medium.
        pub texts: Vec<ReplyTextView>,
        /// How often it was sent.
        pub used: u32,
        /// When it was last sent.
        pub last_used_at: Option<String>,
    }

    /// A standard reply for a customer.
    pub struct FilledView {
        /// With values; what is missing stands as it was written.
        pub text: String,
        /// The language of the chosen text.
        pub language: String,
        /// Placeholders without a value, as they were written.
        pub missing: Vec<String>,
    }

    /// A conversation in which a standard reply was sent.
    pub struct ReplyUseView {
        /// The last message that was made of it there.
        pub message_id: i64,
        /// Conversation.
        pub conversation_id: i64,
        /// Contact's name.
        pub contact_name: String,
        /// Subject of the conversation.
        pub subject: String,
        /// When that message was written.
        pub at: String,
        /// Medium of that message.
        pub medium: String,
    }

    /// A page of such conversations, newest first.
    pub struct ReplyUses {
        /// The page.
        pub uses: Vec<ReplyUseView>,
        /// Give it back as `before` for the next page; null: this was the last.
        pub next: Option<i64>,
    }

    /// A placeholder that texts can hold.
    pub struct PlaceholderView {
        /// As it is written, in the shop's language.
        pub name: String,
        /// Stable word; the window explains it.
        pub meaning: String,
    }

    /// What an import of standard replies did.
    pub struct RepliesImported {
        /// New ones.
        pub added: u32,
        /// Ones of the same name that were different.
        pub changed: u32,
        /// Ones that were the same.
        pub same: u32,
        /// The change for `undo`; null if nothing was different.
        pub undo_id: Option<i64>,
    }
}

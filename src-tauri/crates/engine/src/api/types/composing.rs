//! What is being written: drafts, their files, and messages that begin a conversation.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::WrittenInput;

super::shape! {
    /// A draft.
    pub struct DraftView {
        /// Text.
        pub body: String,
        /// Medium the person chose.
        pub via: Option<String>,
        /// Saved when.
        pub saved_at: String,
        /// Subject as typed; empty for that of the conversation.
        pub subject: String,
        /// Copies as typed.
        pub cc: Vec<String>,
        /// Formatted text.
        pub html: Option<String>,
        /// Files.
        pub staged: Vec<StagedView>,
        /// Of a new message: its id.
        pub draft_id: Option<i64>,
        /// Of a new message: to which contact.
        pub contact_id: Option<i64>,
        /// Of a new message: address as typed.
        pub to: String,
    }

    /// A draft to be kept. `conversation_id` for an answer; else a new message, over the draft of `draft_id` if there is
    /// one.
    #[derive(Default)]
    pub struct DraftInput {
        /// Answer in this conversation.
        pub conversation_id: Option<i64>,
        /// Draft of a new message.
        pub draft_id: Option<i64>,
        /// Address as typed.
        pub to: String,
        /// To which contact.
        pub contact_id: Option<i64>,
        /// Medium the person chose.
        pub via: Option<String>,
        /// Subject as typed.
        pub subject: String,
        /// Copies as typed.
        pub cc: Vec<String>,
        /// Text.
        pub body: String,
        /// Formatted text.
        pub html: Option<String>,
    }

    /// What a file is attached to: an answer or the draft of a new message.
    pub struct StageTarget {
        /// Answer in this conversation.
        pub conversation_id: Option<i64>,
        /// Draft of a new message.
        pub draft_id: Option<i64>,
    }

    /// A file that waits for its message.
    pub struct StagedView {
        /// Id.
        pub id: i64,
        /// A safe file name.
        pub name: String,
        /// MIME type.
        #[serde(rename = "type")]
        pub mime_type: String,
        /// Bytes.
        pub size: u64,
        /// Runs a program when opened: many recipients refuse it.
        pub risky: bool,
    }

    /// A message that begins a conversation.
    #[derive(Default)]
    pub struct NewMessageInput {
        /// To this contact.
        pub contact_id: Option<i64>,
        /// To this address; empty for the contact's best way.
        pub to: String,
        /// The draft that this was; it goes with it.
        #[serde(default)]
        #[ts(optional)]
        pub draft_id: Option<i64>,
        /// What was written; its fields stand beside these.
        #[serde(flatten)]
        #[ts(flatten)]
        pub written: WrittenInput,
    }
}

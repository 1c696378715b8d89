//! What stands in a timeline beside messages.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// A note or an event.
    pub struct EntryView {
        /// Id, of its own count.
        pub id: i64,
        /// Its place in the timeline.
        pub at: String,
        /// In which conversation; null where that is gone.
        pub conversation_id: Option<i64>,
        /// In whose timeline.
        pub contact_id: i64,
        /// `note` or `event`.
        #[serde(rename = "type")]
        pub entry_type: String,
        /// The note; empty for an event. It never leaves this computer.
        pub text: String,
        /// Which event, a stable word; empty for a note.
        pub what: String,
        /// Values for the event's sentence.
        pub params: std::collections::BTreeMap<String, String>,
        /// When the note was last changed.
        pub changed_at: Option<String>,
    }
}

//! Contacts with their addresses and timeline.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CardView, EntryView};

super::shape! {
    /// An address of a contact.
    pub struct IdentityView {
        /// Id.
        pub id: i64,
        /// The normalized address.
        pub address: String,
        /// `email`, `phone` or `handle`.
        pub kind: String,
        /// Network of a handle, else empty.
        pub network: String,
        /// For showing: `0151 2345678` rather than E.164.
        pub display: String,
        /// `ok`, `verified`, `bounced`, `opted_out` or `shared`.
        pub state: String,
        /// Its messages go to spam.
        pub blocked: bool,
    }

    /// The channel a contact wants.
    pub struct PreferredView {
        /// Medium.
        pub medium: String,
        /// `hand`, `wish` or `learned`.
        pub source: String,
        /// Since when.
        pub since: String,
        /// The customer's words; empty if set by hand.
        pub evidence: String,
        /// Where they stand.
        pub message_id: Option<i64>,
    }

    /// A contact in a list.
    pub struct ContactView {
        /// Id.
        pub id: i64,
        /// Name; the address where no name is known.
        pub name: String,
        /// Addresses.
        pub identities: Vec<IdentityView>,
        /// The channel it wants.
        pub preferred: Option<PreferredView>,
        /// Messages in and out.
        pub messages: u64,
        /// First contact.
        pub first_contact_at: Option<String>,
        /// Last contact.
        pub last_contact_at: Option<String>,
    }

    /// One line of a contact's timeline.
    pub struct TimelineEntry {
        /// When.
        pub at: String,
        /// `message`, `note` or `event`.
        #[serde(rename = "type")]
        pub entry_type: String,
        /// The message.
        pub message_id: Option<i64>,
        /// Its conversation.
        pub conversation_id: Option<i64>,
        /// `in` or `out`.
        pub direction: Option<String>,
        /// Medium.
        pub medium: Option<String>,
        /// The subject of its conversation, as the list shows it; empty for a chat.
        pub subject: String,
        /// Subject or beginning of the text.
        pub summary: String,
        /// The note or event.
        pub entry: Option<EntryView>,
    }

    /// A contact with all that is known.
    pub struct ContactDetail {
        /// As in the list.
        #[serde(flatten)]
        pub contact: ContactView,
        /// What is known beside that.
        pub card: CardView,
        /// Its conversations, newest first.
        pub conversations: Vec<i64>,
        /// Newest first, one page; `before` of `contacts show` goes on.
        pub timeline: Vec<TimelineEntry>,
        /// Give this as `before` for the next page; null at the end.
        pub older: Option<String>,
        /// The change that was just made, for `undo`; null where nothing was.
        pub undo_id: Option<i64>,
    }

    /// What an address is.
    pub struct AddressReport {
        /// Can be used.
        pub valid: bool,
        /// `email`, `phone` or `handle`; null if invalid.
        pub kind: Option<String>,
        /// Normalized.
        pub normalized: Option<String>,
        /// `mobile`, `fixed_line`, `premium_rate` …; null unless a phone.
        pub phone_type: Option<String>,
        /// ISO country of a phone.
        pub country: Option<String>,
        /// May be written to by itself.
        pub sendable: bool,
        /// Why not.
        pub reason: Option<String>,
    }
}

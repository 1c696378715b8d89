//! Conversations and their messages.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiErrorView, EntryView, GoodwillAsked, ReasonView};

super::shape! {
    /// A conversation in a list.
    pub struct ConversationView {
        /// Id.
        pub id: i64,
        /// Its contact.
        pub contact_id: i64,
        /// The contact's name.
        pub contact_name: String,
        /// Subject, may be empty.
        pub subject: String,
        /// `open`, `waiting`, `snoozed` or `closed`.
        pub status: String,
        /// Snoozed until.
        pub snoozed_until: Option<String>,
        /// Unread incoming messages.
        pub unread: u64,
        /// Last message.
        pub last_message_at: String,
        /// First words of the last message.
        pub snippet: String,
        /// Media used, in order of first use.
        pub media: Vec<String>,
        /// Marked as spam.
        pub spam: bool,
        /// Has attachments.
        pub has_attachments: bool,
        /// A draft is kept.
        pub has_draft: bool,
        /// The state of the last outgoing message where it is not yet sent, failed or in doubt.
        pub pending: Option<String>,
        /// Marked by a person.
        pub starred: bool,
        /// Empty, `queued` (on its way, too), `failed` (or waiting for a person) or `in_doubt`: of its newest unsent message.
        pub sending: String,
        /// When a message that was queued for later leaves.
        pub send_at: Option<String>,
        /// Which way the newest message went: `in`, `out` or empty.
        pub last_direction: String,
        /// The account of the newest message; null for imported files.
        pub last_account_id: Option<i64>,
    }

    /// A page of conversations.
    pub struct ConversationPage {
        /// Newest first.
        pub conversations: Vec<ConversationView>,
        /// Give this back for the next page; null at the end.
        pub next: Option<String>,
    }

    /// A conversation with its messages.
    pub struct ConversationDetail {
        /// As in the list.
        #[serde(flatten)]
        pub conversation: ConversationView,
        /// Oldest first.
        pub messages: Vec<MessageView>,
        /// There are older ones before the first; ask with `before`.
        pub has_older: bool,
        /// Notes and events of the same span of time, oldest first.
        pub entries: Vec<EntryView>,
        /// Give this as `before` for the page before this one; null where there is none.
        pub older: Option<String>,
        /// The newest message asks for goodwill, and there was some before; null otherwise, and on older pages.
        pub goodwill: Option<GoodwillAsked>,
    }

    /// A sender or recipient.
    pub struct PartyView {
        /// Display name.
        pub name: Option<String>,
        /// Address as normalized, or what stood there.
        pub address: String,
    }

    /// An attachment.
    pub struct AttachmentView {
        /// Id.
        pub id: i64,
        /// A safe file name.
        pub name: String,
        /// MIME type.
        #[serde(rename = "type")]
        pub mime_type: String,
        /// Bytes.
        pub size: u64,
        /// Hex, null until the bytes were fetched.
        pub sha256: Option<String>,
        /// Shown in the text.
        pub inline: bool,
        /// Runs a program when opened: the window warns.
        pub risky: bool,
        /// The bytes are still at the provider.
        pub remote: bool,
    }

    /// What can be shown of a file without opening it in another program.
    pub struct PreviewView {
        /// A picture as a data URL, made here from bytes that are one.
        pub picture: Option<String>,
        /// The text of a document.
        pub text: Option<String>,
        /// There is more text in the file.
        pub cut: bool,
        /// Why there is nothing: `no_text`, `too_large`, `unreadable` or `other_kind`; else empty.
        pub why: String,
    }

    /// A message.
    pub struct MessageView {
        /// Id.
        pub id: i64,
        /// Its conversation.
        pub conversation_id: i64,
        /// `in` or `out`.
        pub direction: String,
        /// Medium.
        pub medium: String,
        /// Kind of its account.
        pub kind: String,
        /// Account; null for imported files.
        pub account_id: Option<i64>,
        /// Sender.
        pub from: PartyView,
        /// Recipients.
        pub to: Vec<PartyView>,
        /// Copies.
        pub cc: Vec<PartyView>,
        /// Null where the medium has none.
        pub subject: Option<String>,
        /// Readable text.
        pub text: String,
        /// Without quoted history.
        pub text_without_quote: String,
        /// Sanitised HTML for the frame; null if there is none. Left out of lists.
        pub html: Option<String>,
        /// When.
        pub at: String,
        /// `received`, `queued`, `sending`, `sent`, `delivered`, `read`, `failed` or `in_doubt`.
        pub delivery: String,
        /// Why it failed.
        pub error: Option<ApiErrorView>,
        /// Written by the program.
        pub automatic: bool,
        /// Attachments.
        pub attachments: Vec<AttachmentView>,
        /// Header id.
        pub message_id: Option<String>,
        /// Header.
        pub in_reply_to: Option<String>,
        /// Header.
        pub references: Vec<String>,
        /// Read.
        pub seen: bool,
        /// Only the headers are here yet.
        pub headers_only: bool,
        /// Has an HTML part.
        pub has_html: bool,
        /// Links of the HTML part, in their order. The frame itself opens nothing: the window shows these with
        /// their real host. Left out of lists.
        pub links: Vec<LinkView>,
        /// Links that stand in the text, each once, in their order.
        pub text_links: Vec<LinkView>,
        /// Remote pictures that the frame leaves out until they are asked for. Left out of lists.
        pub remote_pictures: u32,
        /// This sender's pictures are shown without asking. Left out of lists.
        pub pictures_allowed: bool,
        /// Why this channel, for outgoing messages.
        pub route_reasons: Vec<ReasonView>,
        /// When it leaves, while it waits.
        pub due_at: Option<String>,
        /// When it is to leave, if a person chose a time that is not yet reached.
        pub send_at: Option<String>,
    }

    /// A link of a message.
    pub struct LinkView {
        /// What the message writes.
        pub text: String,
        /// Where it really goes: http, https, mailto or tel.
        pub href: String,
        /// The host as people read it, or the address or number.
        pub host: String,
        /// The text names another host than the one it leads to.
        pub misleading: bool,
    }
}

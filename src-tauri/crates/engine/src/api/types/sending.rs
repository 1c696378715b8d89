//! Routes, replies and the outbox.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiErrorView, CapabilitiesView};

super::shape! {
    /// A reason of a route.
    pub struct ReasonView {
        /// Stable word; the window translates it with `params`.
        pub code: String,
        /// English sentence.
        pub text: String,
        /// Values for the translation.
        pub params: std::collections::BTreeMap<String, String>,
    }

    /// A way that was not taken.
    pub struct RefusedView {
        /// Medium.
        pub medium: String,
        /// Kind.
        pub kind: String,
        /// Address, empty if none is known.
        pub address: String,
        /// Stable word.
        pub code: String,
        /// English sentence.
        pub text: String,
        /// Values for the translation.
        pub params: std::collections::BTreeMap<String, String>,
    }

    /// Where an answer goes and why.
    pub struct RouteView {
        /// Null where nothing is possible.
        pub account_id: Option<i64>,
        /// Medium.
        pub medium: Option<String>,
        /// Kind.
        pub kind: Option<String>,
        /// Address.
        pub address: Option<String>,
        /// Why this one.
        pub reasons: Vec<ReasonView>,
        /// Why not the others.
        pub refused: Vec<RefusedView>,
        /// Other ways that are possible, best first; for the composer's menu.
        pub alternatives: Vec<AlternativeView>,
        /// What the chosen kind can do; null where nothing is possible.
        pub capabilities: Option<CapabilitiesView>,
    }

    /// Another possible way.
    pub struct AlternativeView {
        /// Account.
        pub account_id: i64,
        /// Medium.
        pub medium: String,
        /// Kind.
        pub kind: String,
        /// Address.
        pub address: String,
    }

    /// A file to send.
    pub struct AttachmentInput {
        /// File name.
        pub name: String,
        /// MIME type; guessed from the name if empty.
        pub mime_type: String,
        /// Where it lies on this computer.
        pub path: String,
    }

    /// What a person wrote, and how it is to go out: the same for an answer and for a message that begins a conversation.
    #[derive(Default)]
    pub struct WrittenInput {
        /// Text.
        pub body: String,
        /// Subject for channels that have one; null keeps the conversation's.
        pub subject: Option<String>,
        /// Medium the person chose; null for the route's choice.
        pub via: Option<String>,
        /// Skips the undo time.
        pub now: bool,
        /// Copies.
        #[serde(default)]
        #[ts(optional, as = "Option<Vec<String>>")]
        pub cc: Vec<String>,
        /// Formatted text, for channels that take it; the plain text is made from it.
        #[serde(default)]
        #[ts(optional)]
        pub html: Option<String>,
        /// Not before, RFC 3339.
        #[serde(default)]
        #[ts(optional)]
        pub send_at: Option<String>,
        /// The matter is done with that.
        #[serde(default)]
        #[ts(optional, as = "Option<bool>")]
        pub close_after: bool,
        /// Files that were staged.
        #[serde(default)]
        #[ts(optional, as = "Option<Vec<i64>>")]
        pub staged: Vec<i64>,
        /// The standard reply that it was made from, for the count of its use.
        #[serde(default)]
        #[ts(optional)]
        pub standard_reply_id: Option<i64>,
    }

    /// A reply to queue.
    #[derive(Default)]
    pub struct ReplyInput {
        /// Conversation.
        pub conversation_id: i64,
        /// Files.
        pub attachments: Vec<AttachmentInput>,
        /// What was written; its fields stand beside these.
        #[serde(flatten)]
        #[ts(flatten)]
        pub written: WrittenInput,
    }

    /// A queued reply.
    pub struct ReplyQueued {
        /// The message.
        pub message_id: i64,
        /// Its conversation.
        pub conversation_id: i64,
        /// Where it goes.
        pub route: RouteView,
        /// When it leaves.
        pub due_at: String,
    }

    /// A row of the outbox.
    pub struct OutboxView {
        /// Message.
        pub message_id: i64,
        /// Conversation.
        pub conversation_id: i64,
        /// Contact's name.
        pub contact_name: String,
        /// Account.
        pub account_id: i64,
        /// Medium.
        pub medium: String,
        /// Recipient.
        pub address: String,
        /// For showing: `0151 2345678` rather than E.164.
        pub display: String,
        /// First words.
        pub snippet: String,
        /// `queued`, `sending`, `held`, `failed` or `in_doubt`. `held` waited more than a day, or
        /// the program ended within its undo time: it asks.
        pub state: String,
        /// Attempts made.
        pub attempts: u32,
        /// Next attempt.
        pub next_try_at: Option<String>,
        /// When it was to leave, if a person chose a time that is not yet reached.
        pub send_at: Option<String>,
        /// What went wrong last.
        pub error: Option<ApiErrorView>,
        /// Written by the program.
        pub automatic: bool,
    }

    /// A decision in a list.
    pub struct DecisionView {
        /// Id.
        pub id: i64,
        /// When.
        pub at: String,
        /// The message it is about.
        pub message_id: Option<i64>,
        /// Rule; null for a person's own reply.
        pub rule: Option<String>,
        /// `person`, `suggest`, `ask` or `send`.
        pub mode: String,
        /// Result.
        pub result: String,
        /// Evidence.
        pub evidence: Vec<String>,
        /// Guards.
        pub guards: Vec<GuardView>,
        /// Route.
        pub route: Option<RouteView>,
        /// Text as rendered.
        pub text: Option<String>,
        /// Conversation; null where there is none.
        pub conversation_id: Option<i64>,
        /// Number of the rule; null for a person's own reply and a customer's command.
        pub rule_id: Option<i64>,
        /// Its version.
        pub rule_version: u32,
        /// What the text asks for; null where nothing was read.
        pub intent: Option<String>,
        /// How sure that is, 0 to 100.
        pub confidence: u32,
        /// The message that left.
        pub sent_message_id: Option<i64>,
        /// Something of it can be taken back.
        pub undoable: bool,
        /// When it was taken back.
        pub undone_at: Option<String>,
        /// `right`, `wrong` or null.
        pub mark: Option<String>,
    }

    /// A guard and what it said.
    pub struct GuardView {
        /// Name.
        pub name: String,
        /// Passed.
        pub passed: bool,
        /// Why.
        pub why: String,
    }

    /// How a text is counted where texts are cut up.
    pub struct SegmentsView {
        /// `gsm7` or `ucs2`.
        pub encoding: String,
        /// Messages that are billed.
        pub segments: u32,
        /// Units used in all.
        pub used: u32,
        /// Units left in the last segment.
        pub left: u32,
    }
}

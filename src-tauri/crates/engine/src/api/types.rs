//! The values that shells see. Field names are the contract of the command line and of the window alike; times
//! are RFC 3339 in UTC, ids are numbers. Only this module derives TypeScript.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! shape {
    ($($(#[$doc:meta])* $vis:vis struct $name:ident { $($body:tt)* })+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
        #[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
        $vis struct $name { $($body)* }
    )+};
}

shape! {
    /// What `init` made.
    pub struct ProfileCreated {
        /// The folder.
        pub profile: String,
        /// The 128-bit recovery code in groups; shown once, never stored in the clear.
        pub recovery_code: String,
    }

    /// One field of an account's settings form.
    pub struct FieldView {
        /// Key.
        pub key: String,
        /// English label; the window translates by key.
        pub label: String,
        /// `text`, `email`, `host`, `port`, `phone`, `url`, `file` or `choice`.
        pub input: String,
        /// The words of a choice.
        pub options: Vec<String>,
        /// Write-only.
        pub secret: bool,
        /// Must be filled in.
        pub required: bool,
        /// Filled in from the start.
        pub default: Option<String>,
    }

    /// The abilities of a kind, as the composer and the form need them.
    pub struct CapabilitiesView {
        /// Hands messages in.
        pub receives: bool,
        /// Takes messages out.
        pub sends: bool,
        /// Has a subject.
        pub subject: bool,
        /// Has copies.
        pub cc: bool,
        /// Takes formatted text.
        pub formatting: bool,
        /// Largest file, null for none.
        pub attachment_max_bytes: Option<u64>,
        /// `none` or `sms`.
        pub segments: String,
        /// Null for any time.
        pub reply_window_hours: Option<u32>,
        /// The shop cannot write first.
        pub answers_only: bool,
        /// Null for no limit.
        pub text_max_chars: Option<u32>,
        /// Reports delivery.
        pub delivery_states: bool,
        /// Sends can be looked up or repeated safely.
        pub client_reference: bool,
        /// Anybody can read it.
        pub is_public: bool,
        /// Reaches nobody real.
        pub sandbox: bool,
    }

    /// A channel kind that accounts can be made of.
    pub struct KindView {
        /// Slug.
        pub kind: String,
        /// Name for people.
        pub name: String,
        /// What a customer calls it.
        pub medium: String,
        /// The form.
        pub fields: Vec<FieldView>,
        /// What it can do.
        pub capabilities: CapabilitiesView,
    }

    /// A new account.
    pub struct AccountCreated {
        /// Id.
        pub id: i64,
        /// Kind.
        pub kind: String,
        /// Name.
        pub name: String,
    }

    /// An account with its health.
    pub struct AccountView {
        /// Id.
        pub id: i64,
        /// Kind.
        pub kind: String,
        /// What a customer calls its channel.
        pub medium: String,
        /// Name given by the user.
        pub name: String,
        /// Switched on.
        pub enabled: bool,
        /// `ok`, `offline` or `needs_attention`.
        pub state: String,
        /// What is wrong, null if nothing.
        pub error: Option<ApiErrorView>,
        /// Last time it was reached.
        pub last_success_at: Option<String>,
        /// When it is tried again.
        pub next_try_at: Option<String>,
        /// Plain settings by key, without secrets.
        pub settings: std::collections::BTreeMap<String, String>,
        /// Messages still to fetch in the first sync; null when that is done.
        pub remaining: Option<u64>,
    }

    /// An error as a value.
    pub struct ApiErrorView {
        /// Code.
        pub code: super::error::Code,
        /// English sentence.
        pub message: String,
    }

    /// The answer of a check.
    pub struct CheckResult {
        /// It works.
        pub ok: bool,
        /// Why not.
        pub error: Option<ApiErrorView>,
    }

    /// What `sync` did for one account.
    pub struct AccountSync {
        /// Account.
        pub id: i64,
        /// New messages stored.
        pub received: u64,
        /// Messages sent.
        pub sent: u64,
        /// Null if all went well.
        pub error: Option<ApiErrorView>,
    }

    /// What `sync` did.
    pub struct SyncResult {
        /// By account.
        pub accounts: Vec<AccountSync>,
    }

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
    }

    /// The channel a contact wants.
    pub struct PreferredView {
        /// Medium.
        pub medium: String,
        /// `hand`, `wish` or `learned`.
        pub source: String,
        /// Since when.
        pub since: String,
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
        /// `message` now; notes, calls and orders later.
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
        /// Subject or beginning of the text.
        pub summary: String,
    }

    /// A contact with all that is known.
    pub struct ContactDetail {
        /// As in the list.
        #[serde(flatten)]
        pub contact: ContactView,
        /// Its conversations, newest first.
        pub conversations: Vec<i64>,
        /// Newest first, one page; `before` of `contacts show` goes on.
        pub timeline: Vec<TimelineEntry>,
    }

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
        /// Why this channel, for outgoing messages.
        pub route_reasons: Vec<ReasonView>,
        /// When it leaves, while it waits.
        pub due_at: Option<String>,
    }

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

    /// A reply to queue.
    pub struct ReplyInput {
        /// Conversation.
        pub conversation_id: i64,
        /// Text.
        pub body: String,
        /// Subject for channels that have one; null keeps the conversation's.
        pub subject: Option<String>,
        /// Medium the person chose; null for the route's choice.
        pub via: Option<String>,
        /// Files.
        pub attachments: Vec<AttachmentInput>,
        /// Skips the undo time.
        pub now: bool,
    }

    /// A queued reply.
    pub struct ReplyQueued {
        /// The message.
        pub message_id: i64,
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
        /// First words.
        pub snippet: String,
        /// `queued`, `sending`, `held`, `failed` or `in_doubt`. `held` waited more than a day and asks.
        pub state: String,
        /// Attempts made.
        pub attempts: u32,
        /// Next attempt.
        pub next_try_at: Option<String>,
        /// What went wrong last.
        pub error: Option<ApiErrorView>,
        /// Written by the program.
        pub automatic: bool,
    }

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

    /// What `backup` or `restore` wrote.
    pub struct BackupResult {
        /// File.
        pub file: String,
        /// Size.
        pub bytes: u64,
        /// Messages in it.
        pub messages: u64,
    }

    /// One line of `doctor`.
    pub struct DoctorCheck {
        /// What was looked at.
        pub check: String,
        /// Fine.
        pub ok: bool,
        /// What was found.
        pub message: String,
        /// What to do; null if fine.
        pub advice: Option<String>,
    }

    /// The numbers on the rail and the status bar.
    pub struct Overview {
        /// Open conversations.
        pub open: u64,
        /// Unread messages.
        pub unread: u64,
        /// Waiting in the outbox.
        pub outbox: u64,
        /// Failed, held or in doubt.
        pub outbox_attention: u64,
        /// No account can be reached.
        pub offline: bool,
        /// Messages not yet searchable.
        pub indexing: u64,
        /// Messages still to fetch; null if nothing is being fetched for the first time.
        pub fetching: Option<u64>,
    }

    /// A draft of an answer.
    pub struct DraftView {
        /// Text.
        pub body: String,
        /// Medium the person chose.
        pub via: Option<String>,
        /// Saved when.
        pub saved_at: String,
    }

    /// How far the profile is, for the first screen.
    pub struct ProfileStatus {
        /// `missing`, `locked` (passphrase or recovery code needed), `keychain_locked`, `ready` or `broken`.
        pub state: String,
        /// Folder.
        pub profile: String,
        /// Shop's name once ready.
        pub shop: Option<String>,
        /// Country once ready.
        pub country: Option<String>,
        /// What is wrong if broken.
        pub error: Option<ApiErrorView>,
        /// A keychain can be used on this computer.
        pub keychain: bool,
    }
}

/// What changed; ids only. One JSON object a line for `run --json`, one window event for the screen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
#[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
pub enum Event {
    /// New messages were stored.
    MessageReceived {
        /// Account.
        account_id: i64,
        /// Conversation.
        conversation_id: i64,
        /// Message.
        message_id: i64,
    },
    /// A message or its delivery changed.
    MessageChanged {
        /// Conversation.
        conversation_id: i64,
        /// Message.
        message_id: i64,
    },
    /// A conversation changed beside its messages.
    ConversationChanged {
        /// Conversation.
        conversation_id: i64,
    },
    /// A contact changed.
    ContactChanged {
        /// Contact.
        contact_id: i64,
    },
    /// An account's health or progress changed.
    AccountChanged {
        /// Account.
        account_id: i64,
    },
    /// The outbox changed.
    OutboxChanged {},
    /// A decision was recorded.
    Decision {
        /// Decision.
        decision_id: i64,
    },
    /// So much changed that everything on screen is to be fetched again (first sync).
    Refresh {},
}

//! Accounts, their kinds and their health.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
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
        /// The word of a choice that first run proposes.
        pub proposed: Option<String>,
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

    /// One way by which settings were looked for.
    pub struct TriedView {
        /// `table`, `autoconfig`, `srv` or `mx`.
        pub source: String,
        /// Where: a domain, a host or a web address.
        pub place: String,
        /// `found`, `nothing` or `unreachable`.
        pub outcome: String,
    }

    /// Settings of an account, found from its address.
    pub struct FoundSettingsView {
        /// `table`, `autoconfig`, `srv`, `mx` or `none`.
        pub source: String,
        /// The provider's name; '' if nothing was found.
        pub provider: String,
        /// Values of the kind's fields by key.
        pub values: BTreeMap<String, String>,
        /// What to do at the provider first: words for which the window has sentences.
        pub help: Vec<String>,
        /// Every way that was tried.
        pub tried: Vec<TriedView>,
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
        /// How far older messages are fetched; null when that is done.
        pub fetching: Option<FetchingView>,
        /// A span in which messages may be missing that cannot be had any more; null if there is none. Gone once the
        /// account is checked by hand.
        pub gap: Option<GapView>,
        /// A person made it the default of its medium (`routing.default_account.<medium>`).
        pub is_default: bool,
        /// By its medium it writes to customers who were not written to before: the default, or else the oldest.
        pub writes_first: bool,
    }

    /// How far older messages are fetched.
    pub struct FetchingView {
        /// Messages that are here; null if it is not known of how many.
        pub loaded: Option<u64>,
        /// Messages that are not.
        pub remaining: u64,
        /// What came in since then can be found by searching; null if that is not known yet.
        pub reaches_to: Option<String>,
        /// A person lets it wait.
        pub paused: bool,
        /// It waits because the connection is metered.
        pub metered: bool,
        /// How long it will take; null while it is not steady.
        pub minutes_left: Option<u32>,
    }

    /// A span of time.
    pub struct GapView {
        /// From.
        pub since: String,
        /// Until.
        pub until: String,
    }

    /// An error as a value.
    pub struct ApiErrorView {
        /// Code.
        pub code: crate::api::Code,
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
}

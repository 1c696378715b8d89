//! The profile: set-up, status, backup, health of the whole.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ApiErrorView, FetchingView};

super::shape! {
    /// What `init` made.
    pub struct ProfileCreated {
        /// The folder.
        pub profile: String,
        /// The 128-bit recovery code in groups; shown once, never stored in the clear.
        pub recovery_code: String,
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
        /// The practice shop: everything in it is invented, and nothing can leave the computer.
        pub practice: bool,
        /// Until when a person paused the program: nothing is fetched or sent.
        pub paused_until: Option<String>,
        /// The window is locked; the profile may be open all the same. Told by the window's shell.
        pub window_locked: bool,
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
        /// Conversations that wait for the customer.
        pub waiting: u64,
        /// Snoozed conversations.
        pub snoozed: u64,
        /// Conversations with a star.
        pub starred: u64,
        /// Conversations in spam.
        pub spam: u64,
        /// Conversations with something unread.
        pub unread_conversations: u64,
        /// All messages, those with only their headers here included.
        pub messages: u64,
        /// Unread messages.
        pub unread: u64,
        /// Waiting in the outbox.
        pub outbox: u64,
        /// Failed, held or in doubt.
        pub outbox_attention: u64,
        /// No account can be reached.
        pub offline: bool,
        /// The connection is paid by volume.
        pub metered: bool,
        /// Older messages wait for that reason.
        pub holds_back: bool,
        /// Messages not yet searchable.
        pub indexing: u64,
        /// How far older messages of all accounts are fetched; null if none are.
        pub progress: Option<FetchingView>,
    }
}

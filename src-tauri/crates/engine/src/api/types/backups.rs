//! Backups that are there, and what going back to one did.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// An automatic backup.
    pub struct BackupView {
        /// By which it is named in questions.
        pub name: String,
        /// When it was made.
        pub at: String,
        /// The daily one; else the one before the database was brought to a newer version.
        pub daily: bool,
        /// Size.
        pub bytes: u64,
        /// Messages in it; null if it cannot be used.
        pub messages: Option<u64>,
        /// Why it cannot be used: `bad_backup`, `too_new` or another code; null if it was checked when it was made and is
        /// as long as it was then.
        pub trouble: Option<String>,
    }

    /// What was here before a backup took its place.
    pub struct KeptView {
        /// By which it is named in questions.
        pub name: String,
        /// When it was set aside.
        pub at: String,
        /// Size.
        pub bytes: u64,
        /// Of the profile that is here now: it opens without a recovery code.
        pub own: bool,
    }

    /// All that one can go back to without bringing a file.
    pub struct BackupsView {
        /// Newest first.
        pub backups: Vec<BackupView>,
        /// Newest first.
        pub kept: Vec<KeptView>,
    }

    /// What a backup file says of itself.
    pub struct BackupFileView {
        /// When it was made.
        pub at: String,
        /// Size.
        pub bytes: u64,
        /// Messages in it.
        pub messages: u64,
        /// Of this profile: it opens without a recovery code.
        pub own: bool,
    }

    /// What going back did.
    pub struct RestoredView {
        /// Messages that are there now.
        pub messages: u64,
        /// Unfinished sends that ask now.
        pub doubted: u64,
    }
}

//! What opens the profile, and the lock of the window.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// The ways in which the profile opens. The recovery code always does.
    pub struct SecurityView {
        /// A passphrase opens it.
        pub passphrase: bool,
        /// The keychain of this computer opens it.
        pub keychain: bool,
        /// Without a passphrase the keychain would open it: there is one.
        pub keychain_there: bool,
        /// The practice shop opens without a question, and that stays so.
        pub practice: bool,
        /// A PIN opens the lock of the window.
        pub pin: bool,
    }

    /// The lock of the window, for its first screen too: nothing of the shop's is in it.
    #[derive(Default)]
    pub struct LockView {
        /// Nothing is shown and nothing answered until somebody opens it.
        pub locked: bool,
        /// There is something to open it with, so it can be locked.
        pub possible: bool,
        /// A PIN opens it.
        pub pin: bool,
        /// The passphrase opens it.
        pub passphrase: bool,
        /// The shop's language; empty if the profile is not open.
        pub language: String,
        /// The window's colours: `system`, `light` or `dark`.
        pub theme: String,
    }
}

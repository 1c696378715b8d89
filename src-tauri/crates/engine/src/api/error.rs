//! The one error that leaves the engine.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the screen or a script acts on. A code exists only if somebody acts on it; the sentence that a person
/// reads comes from the translations, by code, with `params`; the command line prints `message`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
pub enum Code {
    /// There is no profile in this folder yet: set one up.
    NoProfile,
    /// There is one already.
    ProfileExists,
    /// The keychain is locked.
    KeychainLocked,
    /// The keychain is missing or lost the key: ask for the passphrase or the recovery code.
    KeyNeeded,
    /// The passphrase or recovery code does not open the profile.
    WrongKey,
    /// The window is locked: show how it is opened.
    Locked,
    /// The header file is there, the database is not (or the other way round).
    ProfileIncomplete,
    /// Another engine holds the profile.
    InUse,
    /// The database is damaged and could not be healed.
    Damaged,
    /// The file is no backup, or a damaged one: choose another.
    BadBackup,
    /// The database was written by a newer program.
    TooNew,
    /// No space left, or the disk refuses to be written.
    DiskFull,
    /// The provider refuses user name or password.
    AuthFailed,
    /// The server's certificate is not trusted, expired or for another name.
    CertificateRejected,
    /// The server's name is not known or it does not answer.
    Unreachable,
    /// The provider refused this message for good.
    Rejected,
    /// It came back: the recipient's mail system did not take it.
    Bounced,
    /// The settings of the account cannot work.
    AccountSettings,
    /// A connector definition is broken; the message names file, line and what was expected.
    Definition,
    /// No way to reach the customer; the message says why.
    NoRoute,
    /// What was given is not an address that can be used.
    BadAddress,
    /// What was given cannot be used; the message names the field and what was expected.
    BadInput,
    /// There is nothing with this id.
    NotFound,
    /// It can no longer be cancelled or retried.
    TooLate,
    /// Something that should not happen; the log has more.
    Internal,
}

/// An error with its code and an English sentence that says what to do next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
#[ts(export, export_to = "../../../../ui/src/lib/api/bindings/")]
pub struct ApiError {
    /// What to act on.
    pub code: Code,
    /// What happened and what to do next, in English.
    pub message: String,
    /// Values for the translated sentence, such as the file or field name.
    #[serde(default)]
    pub params: std::collections::BTreeMap<String, String>,
}

/// The result of every question.
pub type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    /// An error without parameters.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), params: std::collections::BTreeMap::new() }
    }

    /// The same with one more parameter for the translated sentence.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<String>) -> Self {
        self.params.insert(key.to_owned(), value.into());
        self
    }
}

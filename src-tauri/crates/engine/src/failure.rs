//! Errors of the store and of channels, as sentences with a code and a next step.
//!
//! One table for all of them, so that the window, the command line and an account's health say the same. Nothing
//! of a provider's text goes further than its own sentence, which channels keep free of addresses and secrets.

use theke_channels::ErrorKind;
use theke_domain::message::Outgoing;

use crate::api::{ApiError, Code};
use crate::ports::KeychainError;

impl From<theke_store::Error> for ApiError {
    fn from(error: theke_store::Error) -> Self {
        use theke_store::Error as E;
        let code = match &error {
            E::NoProfile(_) => Code::NoProfile,
            E::ProfileExists(_) => Code::ProfileExists,
            E::Incomplete { .. } => Code::ProfileIncomplete,
            E::Locked { .. } | E::Closed => Code::InUse,
            E::WrongKey | E::MistypedCode | E::BadHeader(_) => Code::WrongKey,
            E::NoSlot => Code::KeyNeeded,
            E::NotADatabase | E::Damaged(_) | E::NoGoodBackup => Code::Damaged,
            E::BadBackup(_) => Code::BadBackup,
            E::TooNew { .. } => Code::TooNew,
            E::DiskFull | E::DiskFailed(_) | E::ReadOnly => Code::DiskFull,
            E::NotFound => Code::NotFound,
            _ => Code::Internal,
        };
        let sentence = match code {
            Code::NoProfile => {
                "There is no profile in this folder yet. Set one up in the window or with `thekectl init`."
                    .to_owned()
            }
            Code::InUse if matches!(error, E::Closed) => capitalised(&error.to_string()),
            Code::InUse => {
                "Theke is already running on this profile. Use its window, or close it first.".to_owned()
            }
            Code::Damaged => format!(
                "The database is damaged ({error}). Restore the newest backup; the damaged file is kept beside it."
            ),
            Code::KeyNeeded => {
                "The key of this profile is needed: give the passphrase or the recovery code.".to_owned()
            }
            Code::Internal => {
                tracing::error!(%error, "the store refused");
                format!(
                    "Something went wrong in the database ({error}). Try again; if it stays, look at doctor."
                )
            }
            _ => capitalised(&error.to_string()),
        };
        let refusal = Self::new(code, sentence);
        match error {
            E::Locked { pid, .. } if pid != 0 => refusal.with("pid", pid.to_string()),
            _ => refusal,
        }
    }
}

impl From<KeychainError> for ApiError {
    fn from(error: KeychainError) -> Self {
        match error {
            KeychainError::Locked => Self::new(
                Code::KeychainLocked,
                "The keychain of this computer is locked. Unlock it and try again, or give the passphrase or the recovery code.",
            ),
            KeychainError::Unavailable => Self::new(
                Code::KeyNeeded,
                "This computer has no keychain that can be reached. Give the passphrase or the recovery code.",
            ),
        }
    }
}

/// What a channel's error means to a person.
pub fn of_channel(error: &theke_channels::Error) -> ApiError {
    let text = error.text.trim_end_matches('.');
    match error.kind {
        ErrorKind::Auth => ApiError::new(
            Code::AuthFailed,
            format!("The provider refuses the login: {text}. Check user name and password of the account."),
        ),
        ErrorKind::Certificate => ApiError::new(
            Code::CertificateRejected,
            format!(
                "The server's certificate is not trusted: {text}. Nothing was sent. If this network asks for a log-in in the browser, do that first; else check the host name, or name the CA file of your provider."
            ),
        ),
        ErrorKind::Config => ApiError::new(
            Code::AccountSettings,
            format!("The settings of the account cannot work: {text}. Correct them in the account."),
        ),
        ErrorKind::Network => ApiError::new(
            Code::Unreachable,
            format!("The server cannot be reached: {text}. Theke tries again by itself."),
        ),
        ErrorKind::RateLimited => ApiError::new(
            Code::Unreachable,
            format!("The provider asks to wait: {text}. Theke tries again later."),
        ),
        ErrorKind::Rejected => ApiError::new(
            Code::Rejected,
            format!("The provider refused the message: {text}. Change it or choose another channel."),
        ),
        ErrorKind::Unsupported => {
            ApiError::new(Code::BadInput, format!("{}. Choose another channel.", capitalised(text)))
        }
        ErrorKind::Protocol => ApiError::new(
            Code::Unreachable,
            format!("The server gave an answer that makes no sense: {text}. Theke tries again later."),
        ),
    }
}

/// What the end of a send means to a person: the same, and a refused recipient is named.
pub fn of_send(error: &theke_channels::Error, message: &Outgoing) -> ApiError {
    let refused = error
        .recipient
        .filter(|_| error.kind == ErrorKind::Rejected)
        .and_then(|nth| std::iter::once(&message.to).chain(&message.cc).nth(nth));
    let Some(address) = refused else { return of_channel(error) };
    let text = error.text.trim_end_matches('.');
    ApiError::new(
        Code::Rejected,
        format!(
            "The provider refuses the address {}: {text}. Check the address, or choose another channel.",
            address.value()
        ),
    )
}

/// An `Internal` error with the cause in the log.
pub fn internal(what: &str, error: impl std::fmt::Display) -> ApiError {
    tracing::error!(%error, what, "unexpected");
    ApiError::new(
        Code::Internal,
        format!("Something unexpected went wrong ({what}). Try again; if it stays, look at doctor."),
    )
}

/// The code's stable word, as stored and printed.
pub fn code_word(code: Code) -> String {
    serde_json::to_value(code).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The code of a stored word; `Internal` for one that this program does not know.
pub fn code_of(word: &str) -> Code {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).unwrap_or(Code::Internal)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return String::new() };
    let mut sentence: String = first.to_uppercase().chain(chars).collect();
    if !sentence.ends_with('.') {
        sentence.push('.');
    }
    sentence
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_words_of_codes_come_back() {
        for code in [Code::AuthFailed, Code::Unreachable, Code::Rejected, Code::DiskFull] {
            assert_eq!(code_of(&code_word(code)), code);
        }
        assert_eq!(code_word(Code::AuthFailed), "auth_failed");
    }

    #[test]
    fn a_full_disk_has_its_own_code() {
        let error = ApiError::from(theke_store::Error::DiskFull);
        assert_eq!(error.code, Code::DiskFull);
        assert!(error.message.starts_with("The disk is full"));
    }
}

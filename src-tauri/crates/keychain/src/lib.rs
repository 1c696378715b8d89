//! The operating system's keychain behind `engine::ports`: Keychain on macOS, Credential Manager on Windows, the
//! Secret Service on Linux.
//!
//! It holds one small secret per profile, which opens one key slot of the profile's header. Calls of the keychain
//! block, may wait for a person to unlock it, and panic inside an async task (zbus), so each runs on a thread of its
//! own: a thread that hangs in a prompt must not keep the program from ending either.
//!
//! Not here: what to do when the keychain is locked or lost its entry. That is `engine::profile`.

#[cfg(all(unix, not(target_os = "macos")))]
mod secret_service_lock;

use std::time::Duration;

use async_trait::async_trait;
use keyring::{Entry, Error};
use theke_engine::ports::{Keychain, KeychainError};
use tokio::sync::oneshot;

/// Under which name the entries stand in the keychain.
const STORED_UNDER: &str = "theke";

/// How long a person may take to unlock the keychain before it counts as locked.
const PROMPT_TIMEOUT: Duration = Duration::from_secs(90);

/// The keychain of the user who is logged in.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsKeychain;

#[async_trait]
impl Keychain for OsKeychain {
    async fn get(&self, entry: &str) -> Result<Option<Vec<u8>>, KeychainError> {
        let entry = entry.to_owned();
        off_thread(move || match open(&entry)?.get_secret() {
            Ok(secret) => Ok(Some(secret)),
            // A locked Secret Service says "no such entry"; taken at its word, a new key would be made over an old one.
            Err(Error::NoEntry) if is_locked() => Err(KeychainError::Locked),
            Err(Error::NoEntry) => Ok(None),
            Err(error) => Err(meaning(&error)),
        })
        .await
    }

    async fn set(&self, entry: &str, secret: &[u8]) -> Result<(), KeychainError> {
        let (entry, secret) = (entry.to_owned(), secret.to_vec());
        off_thread(move || {
            open(&entry)?.set_secret(&secret).map_err(|error| meaning(&error))?;
            // Some stores take a write and keep nothing (a session collection): believed only when it reads back.
            match open(&entry)?.get_secret() {
                Ok(kept) if kept == secret => Ok(()),
                _ => Err(KeychainError::Unavailable),
            }
        })
        .await
    }

    async fn remove(&self, entry: &str) -> Result<(), KeychainError> {
        let entry = entry.to_owned();
        off_thread(move || match open(&entry)?.delete_credential() {
            Ok(()) => Ok(()),
            Err(Error::NoEntry) if is_locked() => Err(KeychainError::Locked),
            Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(meaning(&error)),
        })
        .await
    }
}

fn open(entry: &str) -> Result<Entry, KeychainError> {
    Entry::new(STORED_UNDER, entry).map_err(|error| meaning(&error))
}

fn meaning(error: &Error) -> KeychainError {
    match error {
        Error::NoStorageAccess(_) => KeychainError::Locked,
        _ => {
            tracing::warn!(kind = %kind_word(error), "the keychain cannot be used");
            KeychainError::Unavailable
        }
    }
}

/// The sort of an error without its text, which may name entries.
fn kind_word(error: &Error) -> &'static str {
    match error {
        Error::PlatformFailure(_) => "platform failure",
        Error::NoDefaultStore => "no store",
        Error::Ambiguous(_) => "several entries",
        Error::BadEncoding(_) => "bad encoding",
        _ => "other",
    }
}

#[cfg(all(unix, not(target_os = "macos")))]
fn is_locked() -> bool {
    secret_service_lock::is_locked()
}

/// Elsewhere a locked keychain answers with an error of its own.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn is_locked() -> bool {
    false
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, KeychainError> + Send + 'static,
) -> Result<T, KeychainError> {
    let (done, answer) = oneshot::channel();
    let started = std::thread::Builder::new().name("keychain".into()).spawn(move || {
        let _ = done.send(work());
    });
    if started.is_err() {
        return Err(KeychainError::Unavailable);
    }
    match tokio::time::timeout(PROMPT_TIMEOUT, answer).await {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(KeychainError::Unavailable),
        Err(_) => Err(KeychainError::Locked),
    }
}

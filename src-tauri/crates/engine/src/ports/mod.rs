//! What a shell brings with it: a clock and a keychain. Traits, because the window, the command line and the
//! tests bring different ones.

use async_trait::async_trait;
use theke_domain::time::Timestamp;

/// The clock. Tests and `--clock-file` bring their own.
pub trait Clock: Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> Timestamp;
}

/// The system's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// What a keychain answered. "Locked" is told apart from "missing", because a missing entry may be made anew
/// and a locked one must never be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeychainError {
    /// The computer has none, or it cannot be reached.
    #[error("this computer has no keychain that can be reached")]
    Unavailable,
    /// It is there and wants to be unlocked by its owner.
    #[error("the keychain is locked")]
    Locked,
}

/// The operating system's keychain. Holds one thing: the secret of a profile's key slot. Entries are named by
/// the profile's id. Implementations never block an async thread.
#[async_trait]
pub trait Keychain: Send + Sync {
    /// The secret of this entry, or `None` if there is none.
    async fn get(&self, entry: &str) -> Result<Option<Vec<u8>>, KeychainError>;
    /// Writes the entry.
    async fn set(&self, entry: &str, secret: &[u8]) -> Result<(), KeychainError>;
    /// Removes the entry; removing a missing one is fine.
    async fn remove(&self, entry: &str) -> Result<(), KeychainError>;
}

/// A keychain for computers without one, and for tests that want the passphrase.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoKeychain;

#[async_trait]
impl Keychain for NoKeychain {
    async fn get(&self, _entry: &str) -> Result<Option<Vec<u8>>, KeychainError> {
        Err(KeychainError::Unavailable)
    }
    async fn set(&self, _entry: &str, _secret: &[u8]) -> Result<(), KeychainError> {
        Err(KeychainError::Unavailable)
    }
    async fn remove(&self, _entry: &str) -> Result<(), KeychainError> {
        Ok(())
    }
}

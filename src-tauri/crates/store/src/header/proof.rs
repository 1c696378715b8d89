//! A secret that can be checked and not read: the PIN of the window's lock.
//!
//! Made as the key slots are, so that trying all PINs of a stolen copy is slow. It lies inside the encrypted database and
//! opens no file. Not here: where it is kept, and how often somebody may try.

use serde::{Deserialize, Serialize};

use super::slot::{Kind, Slot, normal};
use crate::error::Result;
use crate::key::Key;

/// What tells whether a typed secret is the right one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Proof(Slot);

impl Proof {
    /// Of this secret, for this profile.
    ///
    /// # Errors
    /// [`crate::Error::Crypto`].
    pub fn of(profile: &str, secret: &str, key: &Key) -> Result<Self> {
        Slot::wrap_slow(Kind::Pin, profile, &normal(secret), key).map(Self)
    }

    /// Whether this is the secret.
    pub fn fits(&self, profile: &str, typed: &str) -> bool {
        self.0.unwrap(profile, &normal(typed)).is_ok()
    }
}

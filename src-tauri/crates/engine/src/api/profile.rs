//! Setting up a profile and asking how far it is.

use std::path::Path;

use super::types::{ProfileCreated, ProfileStatus};
use super::{ApiResult, Ports, unfinished};

/// A profile's folder, before it is opened.
pub struct Profile;

impl Profile {
    /// How far the profile is, for the first screen. Never fails: what is wrong is in the answer. Makes nothing.
    pub async fn status(dir: &Path, _ports: &Ports) -> ProfileStatus {
        ProfileStatus {
            state: "missing".into(),
            profile: dir.display().to_string(),
            shop: None,
            country: None,
            error: None,
            keychain: false,
        }
    }

    /// Makes the folder, the key slots and an empty database. The key goes to the keychain where there is one;
    /// where there is none a passphrase is needed. The recovery code is in the answer and nowhere else.
    ///
    /// # Errors
    /// `ProfileExists`, `KeyNeeded` (no keychain and no passphrase), `KeychainLocked`, `BadInput`, `DiskFull`.
    pub async fn create(
        _dir: &Path,
        _shop: &str,
        _country: &str,
        _passphrase: Option<String>,
        _ports: &Ports,
    ) -> ApiResult<ProfileCreated> {
        unfinished()
    }
}

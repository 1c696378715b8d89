//! The practice shop: a profile of its own beside the real one, in which everybody is invented.
//!
//! It is encrypted like any other, with a passphrase that is written here: nothing in it is worth more, and nobody
//! who wants to try something shall be asked for a key. Not here: the customers (`theke_channels`).

use std::path::Path;

use theke_channels::AccountSettings;

use super::place::PRACTICE_MARK;
use super::types::ProfileCreated;
use super::{Api, ApiResult, KeySource, Ports, Profile};
use crate::failure;
use crate::shared::off_thread;

const PASSPHRASE: &str = "practice";
const SHOP: &str = "Laden am Markt";
const COUNTRY: &str = "DE";

impl Profile {
    /// What opens a practice shop.
    pub fn practice_key() -> KeySource {
        KeySource::Passphrase(PASSPHRASE.to_owned())
    }

    /// Makes a practice shop in `dir`. The mark comes first: a folder that was made half is no real profile.
    ///
    /// # Errors
    /// `ProfileExists`, `DiskFull`.
    pub async fn create_practice(dir: &Path, ports: &Ports) -> ApiResult<ProfileCreated> {
        let folder = dir.to_owned();
        off_thread(move || {
            mark(&folder).map_err(|error| failure::internal("the practice shop's folder", error))
        })
        .await?;
        Self::create(dir, SHOP, COUNTRY, Some(PASSPHRASE.to_owned()), ports).await
    }
}

impl Api {
    /// Sets up one account of every kind that reaches nobody real, where there is none yet.
    pub async fn open_practice_accounts(&self) -> ApiResult<()> {
        if !self.accounts().await?.is_empty() {
            return Ok(());
        }
        for spec in self.shared.registry.specs().iter().filter(|spec| spec.capabilities.sandbox) {
            // Proves that the kind opens without any setting.
            (spec.open)(AccountSettings::default()).map_err(|error| failure::of_channel(&error))?;
            let none = std::collections::BTreeMap::new;
            self.account_add(spec.kind.as_str(), none(), none(), false).await?;
        }
        Ok(())
    }
}

fn mark(dir: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(dir)?;
    std::fs::write(dir.join(PRACTICE_MARK), b"")
}

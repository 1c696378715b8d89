//! Setting up a profile and asking how far it is.

use std::path::Path;
use std::sync::Arc;

use theke_store::Store;
use theke_store::header::Header;
use theke_store::profile::{Folder, Presence, presence};

use super::types::{ApiErrorView, ProfileCreated, ProfileStatus};
use super::{ApiError, ApiResult, Code, Ports};
use crate::shared::off_thread;
use crate::{settings, unlock};

/// A profile's folder, before it is opened.
pub struct Profile;

impl Profile {
    /// How far the profile is, for the first screen. Never fails: what is wrong is in the answer. Makes nothing.
    pub async fn status(dir: &Path, ports: &Ports) -> ProfileStatus {
        let folder = Folder::new(dir);
        let mut status = ProfileStatus {
            state: "missing".to_owned(),
            profile: dir.display().to_string(),
            shop: None,
            country: None,
            error: None,
            keychain: unlock::has_keychain(ports).await,
            practice: Self::is_practice(dir),
            paused_until: None,
            window_locked: false,
        };
        if presence(&folder) == Presence::Missing {
            return status;
        }
        match look(&folder, ports).await {
            Ok((shop, country)) => {
                status.state = "ready".to_owned();
                status.shop = shop;
                status.country = country;
            }
            Err(error) => {
                status.state = match error.code {
                    Code::KeychainLocked => "keychain_locked",
                    Code::KeyNeeded => "locked",
                    _ => "broken",
                }
                .to_owned();
                status.error = Some(ApiErrorView { code: error.code, message: error.message });
            }
        }
        status
    }

    /// Makes the folder, the key slots and an empty database. The key goes to the keychain where there is one; where
    /// there is none a passphrase is needed, and a given passphrase is used in place of the keychain. The recovery
    /// code is in the answer and nowhere else.
    ///
    /// # Errors
    /// `ProfileExists`, `KeyNeeded` (no keychain and no passphrase), `KeychainLocked`, `BadInput`, `DiskFull`.
    pub async fn create(
        dir: &Path,
        shop: &str,
        country: &str,
        passphrase: Option<String>,
        ports: &Ports,
    ) -> ApiResult<ProfileCreated> {
        let country = country.trim().to_ascii_uppercase();
        let shop = settings::checked(settings::SHOP_NAME, shop)?.to_owned();
        settings::checked(settings::SHOP_COUNTRY, &country)?;
        if shop.is_empty() {
            return Err(
                ApiError::new(Code::BadInput, "The shop needs a name.").with("field", settings::SHOP_NAME)
            );
        }
        if passphrase.as_deref().is_some_and(|text| text.trim().is_empty()) {
            return Err(ApiError::new(Code::BadInput, "The passphrase is empty.").with("field", "passphrase"));
        }
        let now = ports.clock.now();
        let (opened, code) = unlock::create(dir, passphrase, ports).await?;
        let store = opened.store;
        off_thread(move || {
            store.write_durable(|tx| {
                settings::set(tx, settings::SHOP_NAME, &shop, now)?;
                settings::set(tx, settings::SHOP_COUNTRY, &country, now)
            })
        })
        .await?;
        Ok(ProfileCreated { profile: dir.display().to_string(), recovery_code: code.to_string() })
    }
}

/// Opens as far as it goes without asking anybody. A damaged database is "ready" too: opening it heals.
async fn look(folder: &Folder, ports: &Ports) -> ApiResult<(Option<String>, Option<String>)> {
    let looked = folder.clone();
    let header: Header = off_thread(move || unlock::read_header(&looked)).await?;
    let unlock = unlock::keychain_secret(&header, ports).await?;
    let path = folder.database();
    let store = off_thread(move || {
        let key = header.open(&unlock)?;
        Ok::<_, theke_store::Error>(Store::open(&path, &key).ok())
    })
    .await
    .map_err(|error| match error.code {
        Code::WrongKey => ApiError::new(Code::KeyNeeded, "Give the recovery code or the passphrase."),
        _ => error,
    })?;
    let Some(store) = store else { return Ok((None, None)) };
    let (shop, country) = unlock::shop_of(&Arc::new(store)).await?;
    Ok((Some(shop), Some(country)))
}

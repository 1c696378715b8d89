//! Making and opening a profile: the keychain's answers, the passphrase, the recovery code.
//!
//! A locked keychain may say "no such entry". So a missing entry beside an existing profile only ever leads to a
//! question (passphrase or recovery code), never to a new key. Not here: the key slots themselves
//! (`theke_store::header`), and healing (`theke_store::profile`).

use std::path::Path;
use std::sync::Arc;

use theke_domain::time::Timestamp;
use theke_store::header::{Header, RecoveryCode, Unlock};
use theke_store::lock::EngineLock;
use theke_store::profile::{self, Folder, Presence};
use theke_store::{Key, Store};

use crate::api::{ApiError, ApiResult, Code, KeySource, Ports};
use crate::ports::KeychainError;
use crate::settings;
use crate::shared::off_thread;

/// An opened profile.
pub struct Opened {
    /// Its files.
    pub folder: Folder,
    /// Its key slots.
    pub header: Header,
    /// Its key.
    pub key: Key,
    /// Its database.
    pub store: Store,
    /// The database was damaged and came back from a backup.
    pub healed: bool,
}

/// Opens the profile in `dir`.
pub async fn open(dir: &Path, source: KeySource, ports: &Ports) -> ApiResult<Opened> {
    let folder = Folder::new(dir);
    let looked = folder.clone();
    let mut header = off_thread(move || read_header(&looked)).await?;
    let by_keychain = matches!(source, KeySource::Auto);
    let unlock = match source {
        KeySource::Auto => keychain_secret(&header, ports).await?,
        KeySource::Passphrase(text) => Unlock::Passphrase(text),
        KeySource::RecoveryCode(text) => Unlock::RecoveryCode(text),
        KeySource::Known(key) => Unlock::Key(key),
    };
    let asked = header.clone();
    let opened = off_thread(move || asked.open(&unlock)).await;
    let key = match opened {
        // A changed keychain entry is no typing mistake of a person: ask for the other keys.
        Err(error) if by_keychain && error.code == Code::WrongKey => return Err(lost_key()),
        other => other?,
    };
    let now = ports.clock.now();
    let (opened_folder, opened_header, opened_key) = (folder.clone(), header.clone(), key.clone());
    let (opened, healed) = off_thread(move || {
        let healed = heal_if_marked(&opened_folder, &opened_header, &opened_key, now)?;
        Ok::<_, theke_store::Error>((
            profile::open(&opened_folder, &opened_header, &opened_key, now, None)?,
            healed,
        ))
    })
    .await?;
    if !by_keychain {
        header = give_back_to_keychain(&folder, header, &key, ports).await;
    }
    Ok(Opened { folder, header, key, store: opened.store, healed: healed || opened.healed.is_some() })
}

/// Where a running engine notes that it came upon damage.
pub fn damage_mark(dir: &Path) -> std::path::PathBuf {
    dir.join("damaged")
}

/// Damage below the first pages is found by questions while the program runs; the start after that looks at every
/// page and heals. Beside a running engine nothing is done: the file is in use.
fn heal_if_marked(folder: &Folder, header: &Header, key: &Key, now: Timestamp) -> theke_store::Result<bool> {
    let mark = damage_mark(folder.dir());
    if !mark.exists() {
        return Ok(false);
    }
    let Ok(lock) = EngineLock::take(folder, "") else { return Ok(false) };
    let looked = Store::open(&folder.database(), key).and_then(|store| {
        let mut found = store.check_pages()?;
        found.extend(store.check_structure()?);
        Ok(found)
    });
    let damaged = match looked {
        Ok(found) => !found.is_empty(),
        Err(error) => error.is_damage(),
    };
    if damaged {
        profile::heal(folder, header, key, now, &lock)?;
    }
    std::fs::remove_file(mark)?;
    Ok(damaged)
}

/// Makes a profile. Gives it opened, with the recovery code.
pub async fn create(
    dir: &Path,
    passphrase: Option<String>,
    ports: &Ports,
) -> ApiResult<(Opened, RecoveryCode)> {
    let folder = Folder::new(dir);
    let looked = folder.clone();
    off_thread(move || missing(&looked)).await?;
    let given = passphrase.clone();
    let (mut header, key, code) = off_thread(move || {
        let (mut header, key, code) = Header::new()?;
        if let Some(passphrase) = &given {
            header.set_passphrase(&key, passphrase)?;
        }
        Ok::<_, theke_store::Error>((header, key, code))
    })
    .await?;
    // A passphrase is chosen in place of the keychain: who chooses it wants to be asked.
    if passphrase.is_none() {
        let secret = header.set_keychain(&key)?;
        ports.keychain.set(header.profile(), &secret).await.map_err(|error| match error {
            KeychainError::Locked => ApiError::from(error),
            KeychainError::Unavailable => ApiError::new(
                Code::KeyNeeded,
                "This computer has no keychain that can be reached. Choose a passphrase: it is asked for at every start.",
            ),
        })?;
    }
    let (made_folder, made_header, made_key) = (folder.clone(), header.clone(), key.clone());
    let made = off_thread(move || profile::create(&made_folder, &made_header, &made_key)).await;
    match made {
        Ok(store) => Ok((Opened { folder, header, key, store, healed: false }, code)),
        Err(error) => {
            if passphrase.is_none() {
                let _ = ports.keychain.remove(header.profile()).await;
            }
            Err(error)
        }
    }
}

/// The secret of the keychain's slot, or why a person has to be asked.
pub async fn keychain_secret(header: &Header, ports: &Ports) -> ApiResult<Unlock> {
    if !header.has_keychain() {
        return Err(ApiError::new(
            Code::KeyNeeded,
            "This profile is opened with its passphrase or its recovery code. Give one of them.",
        ));
    }
    match ports.keychain.get(header.profile()).await {
        Ok(Some(secret)) => Ok(Unlock::KeychainSecret(secret)),
        Ok(None) => Err(lost_key()),
        Err(error) => Err(error.into()),
    }
}

/// The keychain lost its entry: it gets a new one, now that the key is known. Without a keychain all stays as it is.
pub async fn give_back_to_keychain(folder: &Folder, header: Header, key: &Key, ports: &Ports) -> Header {
    if !header.has_keychain() {
        return header;
    }
    let there = match ports.keychain.get(header.profile()).await {
        Ok(Some(secret)) => header.open(&Unlock::KeychainSecret(secret)).is_ok(),
        Ok(None) => false,
        Err(_) => return header,
    };
    if there {
        return header;
    }
    let mut renewed = header.clone();
    let Ok(secret) = renewed.set_keychain(key) else { return header };
    // The keychain first: a header whose slot nobody can open would be worse than an entry without a slot.
    if ports.keychain.set(renewed.profile(), &secret).await.is_err() {
        return header;
    }
    let (folder, written) = (folder.clone(), renewed.clone());
    match off_thread(move || written.write(&folder)).await {
        Ok(()) => renewed,
        Err(_) => header,
    }
}

fn lost_key() -> ApiError {
    ApiError::new(
        Code::KeyNeeded,
        "The keychain of this computer does not have the key of this profile any more. Give the recovery code, or the passphrase if there is one. Nothing is lost.",
    )
}

/// Reads the header of a profile; a lost one comes back from the newest backup.
pub fn read_header(folder: &Folder) -> theke_store::Result<Header> {
    match profile::presence(folder) {
        Presence::Missing => Err(theke_store::Error::NoProfile(folder.dir().to_owned())),
        Presence::HeaderOnly => Err(theke_store::Error::Incomplete { missing: folder.database() }),
        Presence::Complete | Presence::DatabaseOnly => Header::read(folder),
    }
}

fn missing(folder: &Folder) -> theke_store::Result<()> {
    match profile::presence(folder) {
        Presence::Missing => Ok(()),
        Presence::Complete => Err(theke_store::Error::ProfileExists(folder.dir().to_owned())),
        Presence::DatabaseOnly => Err(theke_store::Error::Incomplete { missing: folder.header() }),
        Presence::HeaderOnly => Err(theke_store::Error::Incomplete { missing: folder.database() }),
    }
}

/// Whether this computer has a keychain, locked or not.
pub async fn has_keychain(ports: &Ports) -> bool {
    !matches!(ports.keychain.get("probe").await, Err(KeychainError::Unavailable))
}

/// Shop and country of an opened store.
pub async fn shop_of(store: &Arc<Store>) -> ApiResult<(String, String)> {
    let store = store.clone();
    off_thread(move || {
        store.read(|conn| {
            Ok((settings::text(conn, settings::SHOP_NAME)?, settings::text(conn, settings::SHOP_COUNTRY)?))
        })
    })
    .await
}

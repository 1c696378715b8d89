//! The header file beside the database: the master key, wrapped once for each way to open the profile.
//!
//! The key of the database is random and never changes; a slot holds it encrypted (XChaCha20-Poly1305) under the
//! key of that slot: a random secret in the operating system's keychain, a passphrase, the recovery code. So a new
//! passphrase rewrites 200 bytes and no page, and a backup opens with the recovery code of its day.
//!
//! Authenticated with each slot are the profile's id and the slot's own parameters: a slot that was changed or
//! copied from elsewhere does not open. Not here: talking to a keychain, asking people.

pub mod code;
mod proof;
mod slot;

use serde::{Deserialize, Serialize};

pub use code::RecoveryCode;
pub use proof::Proof;
use slot::{Kind, Slot};

use crate::error::{Error, Result};
use crate::key::{Key, hex, random};
use crate::profile::Folder;
use crate::{backup, files};

/// The version of the file's shape.
const FORMAT: u32 = 1;
/// No header is longer; a longer file is none.
const MAX_BYTES: u64 = 64 * 1024;

/// The key slots of one profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    format: u32,
    profile: String,
    slots: Vec<Slot>,
}

/// A way to open a profile.
#[derive(Clone)]
pub enum Unlock {
    /// The secret that the keychain kept.
    KeychainSecret(Vec<u8>),
    /// What a person chose.
    Passphrase(String),
    /// What was printed at set-up, as typed.
    RecoveryCode(String),
    /// The key itself, from a profile that is open.
    Key(Key),
}

impl Header {
    /// A header for a new profile with its key and its recovery code, which is shown once and kept nowhere. Nothing
    /// is written yet: see [`crate::profile::create`].
    ///
    /// # Errors
    /// [`Error::Crypto`].
    pub fn new() -> Result<(Self, Key, RecoveryCode)> {
        let mut header = Self { format: FORMAT, profile: hex(&random::<8>()?), slots: Vec::new() };
        let key = Key::random()?;
        let code = header.set_recovery_code(&key)?;
        Ok((header, key, code))
    }

    /// The profile's random id: names its entry in the keychain.
    pub fn profile(&self) -> &str {
        &self.profile
    }

    /// A keychain can open it, if it still has the secret.
    pub fn has_keychain(&self) -> bool {
        self.has(Kind::Keychain)
    }

    /// A passphrase can open it.
    pub fn has_passphrase(&self) -> bool {
        self.has(Kind::Passphrase)
    }

    /// Gives the keychain a new secret to keep; the one before no longer opens. Write the header only after the
    /// keychain took it.
    ///
    /// # Errors
    /// [`Error::Crypto`].
    pub fn set_keychain(&mut self, key: &Key) -> Result<Vec<u8>> {
        let secret = random::<32>()?;
        let slot = Slot::wrap_direct(&self.profile, &secret, key)?;
        self.put(slot);
        Ok(secret.to_vec())
    }

    /// No keychain opens it any more.
    pub fn remove_keychain(&mut self) {
        self.slots.retain(|slot| slot.kind() != Kind::Keychain);
    }

    /// Sets or changes the passphrase.
    ///
    /// # Errors
    /// [`Error::Crypto`].
    pub fn set_passphrase(&mut self, key: &Key, passphrase: &str) -> Result<()> {
        let slot = Slot::wrap_slow(Kind::Passphrase, &self.profile, &slot::normal(passphrase), key)?;
        self.put(slot);
        Ok(())
    }

    /// No passphrase opens it any more. The caller sees to it that something else does.
    pub fn remove_passphrase(&mut self) {
        self.slots.retain(|slot| slot.kind() != Kind::Passphrase);
    }

    /// Makes a new recovery code; the one before no longer opens this file (it still opens the backups of its day).
    ///
    /// # Errors
    /// [`Error::Crypto`].
    pub fn set_recovery_code(&mut self, key: &Key) -> Result<RecoveryCode> {
        let code = RecoveryCode::random()?;
        let slot = Slot::wrap_slow(Kind::Recovery, &self.profile, code.bytes(), key)?;
        self.put(slot);
        Ok(code)
    }

    /// The key of the database.
    ///
    /// # Errors
    /// [`Error::WrongKey`], [`Error::MistypedCode`], [`Error::NoSlot`].
    pub fn open(&self, unlock: &Unlock) -> Result<Key> {
        match unlock {
            Unlock::Key(key) => Ok(key.clone()),
            Unlock::KeychainSecret(secret) => self.slot(Kind::Keychain)?.unwrap(&self.profile, secret),
            Unlock::Passphrase(text) => {
                self.slot(Kind::Passphrase)?.unwrap(&self.profile, &slot::normal(text))
            }
            Unlock::RecoveryCode(text) => {
                let code = RecoveryCode::parse(text)?;
                self.slot(Kind::Recovery)?.unwrap(&self.profile, code.bytes())
            }
        }
    }

    /// Reads the header of a profile. One that is missing or damaged beside its database comes back from the newest
    /// backup, since without it nobody could open the database; a damaged one is kept aside.
    ///
    /// # Errors
    /// [`Error::NoProfile`]; [`Error::Incomplete`] and [`Error::BadHeader`] where no backup has it either.
    pub fn read(folder: &Folder) -> Result<Self> {
        match Self::read_file(folder) {
            Err(error @ (Error::Incomplete { .. } | Error::BadHeader(_))) => {
                Self::from_backup(folder)?.ok_or(error)
            }
            read => read,
        }
    }

    /// The header as it is on disk now, for an opened profile whose header was `known`: another process may have changed
    /// it since. Where the file is lost or damaged it is `known`.
    #[must_use]
    pub fn now(folder: &Folder, known: &Self) -> Self {
        let on_disk = Self::read_file(folder).ok().filter(|found| found.profile == known.profile);
        on_disk.unwrap_or_else(|| known.clone())
    }

    fn read_file(folder: &Folder) -> Result<Self> {
        let path = folder.header();
        match std::fs::metadata(&path) {
            Ok(found) if found.len() > MAX_BYTES => Err(Error::BadHeader("it is too long")),
            Ok(_) => Self::from_json(&std::fs::read(&path)?),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(if folder.database().exists() {
                    Error::Incomplete { missing: path }
                } else {
                    Error::NoProfile(folder.dir().to_owned())
                })
            }
            Err(error) => Err(error.into()),
        }
    }

    fn from_backup(folder: &Folder) -> Result<Option<Self>> {
        let of_backups =
            backup::newest_first(folder)?.into_iter().filter_map(|file| backup::head(&file).ok());
        let Some(header) = of_backups.map(|head| head.header).next().filter(|_| folder.database().exists())
        else {
            return Ok(None);
        };
        let path = folder.header();
        if path.exists() {
            files::rename_synced(&path, &files::unused(&files::with_suffix(&path, ".damaged")))?;
        }
        header.write(folder)?;
        Ok(Some(header))
    }

    /// Writes the header: the old one or the new one is there at any moment.
    ///
    /// # Errors
    /// The file system's.
    pub fn write(&self, folder: &Folder) -> Result<()> {
        files::write_whole(&folder.header(), &self.to_json()?)
    }

    pub(crate) fn to_json(&self) -> Result<Vec<u8>> {
        Ok(serde_json::to_vec(self)?)
    }

    pub(crate) fn from_json(json: &[u8]) -> Result<Self> {
        let header: Self = serde_json::from_slice(json).map_err(|_| Error::BadHeader("it is no header"))?;
        match header.format {
            FORMAT => Ok(header),
            newer => Err(Error::TooNew { found: newer.into(), known: FORMAT.into() }),
        }
    }

    fn has(&self, kind: Kind) -> bool {
        self.slots.iter().any(|slot| slot.kind() == kind)
    }

    fn slot(&self, kind: Kind) -> Result<&Slot> {
        self.slots.iter().find(|slot| slot.kind() == kind).ok_or(Error::NoSlot)
    }

    fn put(&mut self, new: Slot) {
        self.slots.retain(|slot| slot.kind() != new.kind());
        self.slots.push(new);
    }
}

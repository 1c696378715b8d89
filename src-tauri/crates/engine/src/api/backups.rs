//! The backups that are there, and going back to one while the program runs.
//!
//! The shell stops the engine first and opens the profile anew afterwards; between the two nobody has the database open.
//! Not here: writing a backup (`overall`), the restore of a profile that is not open (`standalone`).

use std::path::PathBuf;
use std::time::Duration;

use theke_store::header::{Header, Unlock};
use theke_store::lock::EngineLock;
use theke_store::profile::Folder;
use theke_store::{Key, backup, kept, restore as store_restore};

use super::types::{BackupFileView, BackupView, BackupsView, KeptView, RestoredView};
use super::{Api, ApiError, ApiResult, Code, KeySource, view};
use crate::failure::code_word;
use crate::shared::off_thread;
use crate::unlock;

/// How long questions that are being answered may take to come to their end.
const CLOSE_PATIENCE: Duration = Duration::from_secs(30);

/// What to go back to.
#[derive(Clone, PartialEq, Eq)]
pub enum RestoreFrom {
    /// An automatic backup, by its name.
    Automatic(String),
    /// What was set aside by an earlier going back, by its name.
    Kept {
        /// Its name.
        name: String,
        /// Needed where it is of another profile.
        recovery_code: Option<String>,
    },
    /// A file that the person chose.
    File {
        /// Where it lies.
        path: PathBuf,
        /// Needed where it is of another profile.
        recovery_code: Option<String>,
    },
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RestoreStep {
    /// What runs comes to its end.
    Stopping,
    /// The backup is read, checked and put in its place.
    Checking,
    /// The profile is opened again.
    Opening,
}

impl RestoreStep {
    /// Its stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stopping => "stopping",
            Self::Checking => "checking",
            Self::Opening => "opening",
        }
    }
}

impl Api {
    /// What one can go back to.
    pub async fn backups(&self) -> ApiResult<BackupsView> {
        let (folder, own) = (Folder::new(&self.shared.dir), self.header().await?);
        let (backups, kept) = off_thread(move || {
            Ok::<_, theke_store::Error>((backup::automatic(&folder)?, kept::list(&folder)?))
        })
        .await?;
        Ok(BackupsView {
            backups: backups.into_iter().map(|found| shown(found, &own)).collect(),
            kept: kept
                .into_iter()
                .map(|kept| KeptView {
                    name: kept.name,
                    at: view::at(kept.at),
                    bytes: kept.bytes,
                    own: kept.own,
                })
                .collect(),
        })
    }

    /// Reads a whole automatic backup and opens the database in it.
    ///
    /// # Errors
    /// `NotFound`, `BadBackup`, `TooNew`, `DiskFull` (it is unpacked for that).
    pub async fn backup_check(&self, name: &str) -> ApiResult<()> {
        let (of, name) = (self.shared.clone(), name.to_owned());
        // It goes along, since whoever asked may not wait for the end.
        let turn = of.unpacking.clone().lock_owned().await;
        off_thread(move || {
            let _turn = turn;
            let folder = Folder::new(&of.dir);
            let file = backup::automatic_named(&folder, &name)?.ok_or(theke_store::Error::NotFound)?;
            backup::check(&file, &folder, of.store.key()).map(drop)
        })
        .await
    }

    /// What a file says of itself, before anything is asked for.
    ///
    /// # Errors
    /// `BadBackup`, `TooNew`.
    pub async fn backup_look(&self, file: PathBuf) -> ApiResult<BackupFileView> {
        let own = self.header().await?;
        off_thread(move || {
            let bytes = std::fs::metadata(&file)?.len();
            let head = backup::usable(&file, bytes)?;
            Ok::<_, theke_store::Error>(BackupFileView {
                at: view::at(head.created_at),
                bytes,
                messages: head.messages,
                own: head.header.profile() == own.profile(),
            })
        })
        .await
    }

    /// Whether [`Api::restore`] could begin: it is there, whole as far as its length tells, not newer than this program, and
    /// what was given opens it. Nothing is stopped for that.
    ///
    /// # Errors
    /// As [`Api::restore`].
    pub async fn restore_look(&self, from: RestoreFrom) -> ApiResult<()> {
        let (of, own) = (self.shared.clone(), self.header().await?);
        off_thread(move || source(&Folder::new(&of.dir), &from, &own, of.store.key().clone()).map(drop)).await
    }

    /// What opens this profile again, for the moment after a restore that failed.
    pub fn known_key(&self) -> KeySource {
        KeySource::Known(self.shared.store.key().clone())
    }

    /// Closes the database for everybody who asks, and puts what was chosen in its place; what was there is set aside.
    /// Unfinished sends are in doubt and automation is off afterwards. The engine must not run. Gives what opens the
    /// profile now; where it fails the profile is as it was, and still closed.
    ///
    /// # Errors
    /// `InUse`, `NotFound`, `BadBackup`, `TooNew`, `KeyNeeded` (a file of another profile), `WrongKey`, `DiskFull`.
    pub async fn restore(&self, from: RestoreFrom) -> ApiResult<(RestoredView, KeySource)> {
        let (of, now) = (self.shared.clone(), self.shared.now());
        let (folder, own) = (Folder::new(&of.dir), self.header().await?);
        let into = folder.clone();
        let turn = of.unpacking.clone().lock_owned().await;
        let restored = off_thread(move || {
            let _turn = turn;
            let key = of.store.key().clone();
            of.store.close(CLOSE_PATIENCE)?;
            of.cache.close()?;
            let lock = EngineLock::take(&into, "")?;
            let restored = match source(&into, &from, &own, key)? {
                (Source::Backup(file), unlock) => store_restore::restore(&into, &file, &unlock, &lock, now),
                (Source::Kept(name), unlock) => kept::go_back(&into, &name, &unlock, &lock, now),
            };
            Ok::<_, ApiError>(restored?)
        })
        .await?;
        let view = RestoredView {
            messages: restored.messages,
            doubted: u64::try_from(restored.doubted).unwrap_or(u64::MAX),
        };
        unlock::give_back_to_keychain(&folder, restored.header, &restored.key, &self.shared.ports).await;
        Ok((view, KeySource::Known(restored.key)))
    }
}

/// Where it lies and what opens it, or why it cannot be gone back to; only what is within the database is not looked at.
fn source(folder: &Folder, from: &RestoreFrom, own: &Header, key: Key) -> ApiResult<(Source, Unlock)> {
    let (file, code) = match from {
        RestoreFrom::Automatic(name) => {
            (backup::automatic_named(folder, name)?.ok_or(theke_store::Error::NotFound)?, None)
        }
        RestoreFrom::File { path, recovery_code } => (path.clone(), recovery_code.clone()),
        RestoreFrom::Kept { name, recovery_code } => {
            let unlock = recovery_code.clone().map_or(Unlock::Key(key), Unlock::RecoveryCode);
            kept::opens(folder, name, &unlock)?;
            return Ok((Source::Kept(name.clone()), unlock));
        }
    };
    let bytes = std::fs::metadata(&file).map_err(theke_store::Error::from)?.len();
    let head = backup::usable(&file, bytes)?;
    let unlock = match code {
        Some(code) => Unlock::RecoveryCode(code),
        None if head.header.profile() == own.profile() => Unlock::Key(key),
        None => {
            let sentence =
                "This backup is of another profile. Give the recovery code of the day on which it was made.";
            return Err(ApiError::new(Code::KeyNeeded, sentence));
        }
    };
    head.header.open(&unlock)?;
    Ok((Source::Backup(file), unlock))
}

enum Source {
    Backup(PathBuf),
    Kept(String),
}

fn shown(found: backup::Automatic, own: &Header) -> BackupView {
    let (messages, trouble) = match found.head {
        Ok(head) if head.header.profile() == own.profile() => (Some(head.messages), None),
        Ok(_) => (None, Some(Code::KeyNeeded)),
        Err(error) => (None, Some(ApiError::from(error).code)),
    };
    BackupView {
        name: found.name,
        at: view::at(found.at),
        daily: found.daily,
        bytes: found.bytes,
        messages,
        trouble: trouble.map(code_word),
    }
}

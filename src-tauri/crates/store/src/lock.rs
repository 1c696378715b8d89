//! One engine per profile: a lock on a file, which the system takes back when the process ends, however it ends.
//!
//! Beside it `lock.holder` says who has it and where it can be woken, so that a second start can show the window
//! of the first. A file of its own, because on Windows a locked file cannot be read by others. Not here: waking.

use std::fs::{File, TryLockError};
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::files;
use crate::profile::Folder;

/// Who holds a profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// Process id.
    pub pid: u32,
    /// A local address, in the holder's own words; empty if it cannot be woken.
    pub wake_address: String,
}

/// The lock of a profile; free again when this is dropped.
#[derive(Debug)]
pub struct EngineLock {
    _file: File,
    holder: PathBuf,
}

impl EngineLock {
    /// Takes the lock, or says who has it.
    ///
    /// # Errors
    /// [`Error::Locked`]; the file system's.
    pub fn take(folder: &Folder, wake_address: &str) -> Result<Self> {
        files::private_dir(folder.dir())?;
        let file = files::private_options().create(true).truncate(false).write(true).open(folder.lock())?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let (pid, wake_address) =
                    holder(folder).map_or((0, String::new()), |holder| (holder.pid, holder.wake_address));
                return Err(Error::Locked { pid, wake_address });
            }
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        let lock = Self { _file: file, holder: holder_path(folder) };
        lock.announce(wake_address)?;
        Ok(lock)
    }

    /// Says anew where the holder can be woken.
    ///
    /// # Errors
    /// The file system's.
    pub fn announce(&self, wake_address: &str) -> Result<()> {
        let holder = Holder { pid: std::process::id(), wake_address: wake_address.to_owned() };
        files::write_whole(&self.holder, &serde_json::to_vec(&holder)?)
    }
}

impl Drop for EngineLock {
    fn drop(&mut self) {
        // Removed while the lock is still held, so that it is never another holder's.
        let _ = files::remove(&self.holder);
    }
}

/// Who holds the profile, as far as it said so; a holder that was killed may still stand there.
pub fn holder(folder: &Folder) -> Option<Holder> {
    serde_json::from_slice(&std::fs::read(holder_path(folder)).ok()?).ok()
}

fn holder_path(folder: &Folder) -> PathBuf {
    files::with_suffix(&folder.lock(), ".holder")
}

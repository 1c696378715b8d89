//! Files and folders that only their owner can read, and writes that are whole or not there.
//!
//! Not here: what is in them.

use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use theke_domain::time::Timestamp;

use crate::error::Result;

/// Makes a folder (0700 on Unix) if it is missing; an existing one is tightened.
pub(crate) fn private_dir(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir)?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(dir, fs::Permissions::from_mode(0o700))?;
    }
    Ok(())
}

/// Options that make files as 0600 on Unix.
pub(crate) fn private_options() -> OpenOptions {
    #[allow(unused_mut, reason = "only Unix has modes")]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Makes an empty private file if there is none; SQLite gives its WAL the mode of the database.
pub(crate) fn create_private(path: &Path) -> Result<()> {
    private_options().create(true).truncate(false).write(true).open(path)?;
    Ok(())
}

/// Replaces `path` by `bytes`: after a crash there is the old file or the new one, never a part.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let beside = with_suffix(path, ".tmp");
    let mut file = private_options().create(true).truncate(true).write(true).open(&beside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    if let Err(error) = written {
        let _ = fs::remove_file(&beside);
        return Err(error.into());
    }
    rename_synced(&beside, path)
}

/// Renames within one folder and syncs the folder, so that the new name outlives a power cut.
pub(crate) fn rename_synced(from: &Path, to: &Path) -> Result<()> {
    fs::rename(from, to)?;
    sync_parent(to)
}

/// Syncs the folder of `path`; Windows has no such call and needs none.
pub(crate) fn sync_parent(path: &Path) -> Result<()> {
    #[cfg(unix)]
    if let Some(parent) = path.parent() {
        File::open(parent)?.sync_all()?;
    }
    Ok(())
}

/// Syncs a file that was written by somebody else.
pub(crate) fn sync(path: &Path) -> Result<()> {
    File::options().read(true).write(true).open(path)?.sync_all()?;
    Ok(())
}

/// The path with text added to its last part.
pub(crate) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Removes a file; a missing one is fine.
pub(crate) fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// A time as part of a file name: `20261121T094500Z`, which sorts by time and needs no quoting.
pub(crate) fn time_in_name(at: Timestamp) -> String {
    let whole = Timestamp::from_secs(at.secs());
    whole.to_rfc3339().chars().filter(|c| c.is_ascii_alphanumeric()).collect()
}

/// Reads what [`time_in_name`] made.
pub(crate) fn time_of_name(text: &str) -> Option<Timestamp> {
    let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
    if day.len() != 8 || time.len() != 6 {
        return None;
    }
    let part =
        |text: &str, from: usize, len: usize| -> String { text.chars().skip(from).take(len).collect() };
    Timestamp::from_rfc3339(&format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(day, 0, 4),
        part(day, 4, 2),
        part(day, 6, 2),
        part(time, 0, 2),
        part(time, 2, 2),
        part(time, 4, 2)
    ))
}

/// The path, or one with a number added if there is a file of this name: what is kept aside replaces nothing.
pub(crate) fn unused(path: &Path) -> PathBuf {
    let mut free = path.to_owned();
    let mut number = 1;
    while free.exists() {
        number += 1;
        free = with_suffix(path, &format!("-{number}"));
    }
    free
}

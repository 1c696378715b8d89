//! What a restore set aside: the database that was there before, beside the new one under a name with the time.
//!
//! One can go back to it as to a backup, which sets aside what is there then. After thirty days it goes, like an old
//! backup: what somebody deleted must not live on in it. Not here: setting aside (`restore`).

use std::fs;
use std::path::{Path, PathBuf};

use theke_domain::time::Timestamp;

use crate::error::{Error, Result};
use crate::header::{Header, Unlock};
use crate::key::Key;
use crate::lock::EngineLock;
use crate::profile::Folder;
use crate::restore::{self, Prepared, Restored};
use crate::{backup, files};

/// What stands between the file's own name and the time.
const REPLACED: &str = ".before-restore-";
const DAMAGED: &str = ".damaged-";

/// A database that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The name of its file.
    pub name: String,
    /// When it was set aside.
    pub at: Timestamp,
    /// Its size, with the log beside it.
    pub bytes: u64,
    /// Of the profile that is here now; else its own header lies beside it.
    pub own: bool,
}

/// The databases that were replaced, newest first. Damaged ones are not among them: nobody wants to go back there.
///
/// # Errors
/// The file system's.
pub fn list(folder: &Folder) -> Result<Vec<Kept>> {
    let mut found: Vec<Kept> = beside(folder)?
        .into_iter()
        .filter_map(|path| {
            let name = path.file_name()?.to_str()?.to_owned();
            let rest = name.strip_prefix("theke.db")?.strip_prefix(REPLACED)?;
            let at = time_at_start(rest).filter(|_| !rest.ends_with("-wal"))?;
            let size = |path: &Path| fs::metadata(path).map_or(0, |found| found.len());
            let bytes = size(&path) + size(&files::with_suffix(&path, "-wal"));
            Some(Kept { at, bytes, own: header_of(folder, &name).is_none(), name })
        })
        .collect();
    found.sort_by(|one, other| (other.at, &other.name).cmp(&(one.at, &one.name)));
    Ok(found)
}

/// Whether one could go back to it with this, without touching anything.
///
/// # Errors
/// [`Error::NotFound`], [`Error::WrongKey`], [`Error::MistypedCode`].
pub fn opens(folder: &Folder, name: &str, unlock: &Unlock) -> Result<()> {
    keys(folder, name, unlock).map(drop)
}

/// Its key; its own header if it has one, and the one that is here now.
fn keys(folder: &Folder, name: &str, unlock: &Unlock) -> Result<(Key, Option<Header>, Header)> {
    if !list(folder)?.iter().any(|kept| kept.name == name) {
        return Err(Error::NotFound);
    }
    let here = Header::read(folder)?;
    let beside = header_of(folder, name).and_then(|path| Header::from_json(&fs::read(path).ok()?).ok());
    let key = beside.as_ref().unwrap_or(&here).open(unlock)?;
    Ok((key, beside, here))
}

/// Puts a database that was set aside in the place of the one that is there now, which is set aside in turn. Its own file
/// stays as it is. Close every store before.
///
/// # Errors
/// [`Error::NotFound`]; else as [`restore::restore`].
pub fn go_back(
    folder: &Folder,
    name: &str,
    unlock: &Unlock,
    _lock: &EngineLock,
    now: Timestamp,
) -> Result<Restored> {
    let (key, beside, own) = keys(folder, name, unlock)?;
    let source = folder.dir().join(name);
    let Prepared { doubted, messages } = restore::prepare_from(folder, &key, |half| {
        for suffix in ["", "-wal"] {
            let (from, to) = (files::with_suffix(&source, suffix), files::with_suffix(half, suffix));
            if from.exists() {
                files::create_private(&to)?;
                fs::copy(from, to)?;
            }
        }
        Ok(())
    })?;
    let header = match beside {
        Some(header) => {
            files::write_whole(&restore::header_ready(folder), &header.to_json()?)?;
            header
        }
        None => own,
    };
    let kept = restore::swap(folder, "before-restore", now)?;
    Ok(Restored { key, header, messages, doubted, kept })
}

/// Removes what was set aside longer ago than automatic backups are kept, damaged files too.
pub(crate) fn prune(folder: &Folder, now: Timestamp) -> Result<()> {
    for path in beside(folder)? {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        let ours = name.starts_with("theke.db") || name.starts_with("header.json");
        let after = |mark: &str| name.split_once(mark).and_then(|(_, rest)| time_at_start(rest));
        let at = after(REPLACED).or_else(|| after(DAMAGED)).filter(|_| ours);
        if at.is_some_and(|at| now.secs_since(at) > backup::KEPT_SECS) {
            files::remove(&path)?;
        }
    }
    Ok(())
}

fn beside(folder: &Folder) -> Result<Vec<PathBuf>> {
    Ok(fs::read_dir(folder.dir())?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?)
}

fn header_of(folder: &Folder, name: &str) -> Option<PathBuf> {
    let rest = name.strip_prefix("theke.db")?;
    Some(files::with_suffix(&folder.header(), rest)).filter(|path| path.exists())
}

/// `20261121T094500Z`, whatever follows.
fn time_at_start(text: &str) -> Option<Timestamp> {
    files::time_of_name(text.get(..16)?)
}

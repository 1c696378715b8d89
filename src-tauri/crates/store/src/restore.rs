//! Going back to a backup: asked for by a person, or because the database is damaged.
//!
//! The restored file is made whole beside the old one first: extracted, checked, migrated, its unfinished sends put
//! in doubt and automation turned off. Only then the old files are moved aside and the new one gets their name, so a
//! killed program finds the old profile or the new one, and an old file never sends again what a newer one sent.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use theke_domain::time::Timestamp;

use crate::error::{Error, Result};
use crate::header::{Header, Unlock};
use crate::key::Key;
use crate::lock::EngineLock;
use crate::pool::{Access, check_structure, connect};
use crate::profile::{Folder, close};
use crate::table::{outbox, settings};
use crate::{backup, files, migrate};

/// SQLCipher's page size, which every database of ours has.
const PAGE_BYTES: u64 = 4096;

/// What a restore did.
#[derive(Debug)]
pub struct Restored {
    /// The key of the restored database.
    pub key: Key,
    /// The header that lies beside it.
    pub header: Header,
    /// Messages in it.
    pub messages: u64,
    /// Unfinished sends that are in doubt.
    pub doubted: usize,
    /// The files that were there before, under their new names.
    pub kept: Vec<PathBuf>,
}

/// What a healing did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Healed {
    /// The damaged file under its new name.
    pub damaged: PathBuf,
    /// The backup that took its place; `None` if the database was sound and only its write-ahead log was not.
    pub backup: Option<PathBuf>,
    /// What happened after this may be missing and is fetched again where the providers still have it.
    pub as_of: Option<Timestamp>,
    /// Unfinished sends that are in doubt.
    pub doubted: usize,
}

/// Puts a backup in the place of a profile's database, or makes the profile where there is none. Close every store
/// of it before. A header of the same profile stays, because its slots are newer than those of the backup.
///
/// # Errors
/// [`Error::BadBackup`], [`Error::WrongKey`], [`Error::MistypedCode`], [`Error::TooNew`]; the disk's. The profile is as
/// it was then.
pub fn restore(
    folder: &Folder,
    file: &Path,
    unlock: &Unlock,
    _lock: &EngineLock,
    now: Timestamp,
) -> Result<Restored> {
    files::private_dir(folder.dir())?;
    files::private_dir(&folder.backups())?;
    let (head, _) = backup::open(file)?;
    let own = Header::read(folder).ok().filter(|own| own.profile() == head.header.profile());
    let key =
        head.header.open(unlock).or_else(|error| own.as_ref().map_or(Err(error), |own| own.open(unlock)))?;
    let Prepared { doubted, messages } = prepare(folder, file, &key)?;
    let header = match own {
        Some(own) => own,
        None => {
            files::write_whole(&header_ready(folder), &head.header.to_json()?)?;
            head.header
        }
    };
    let kept = swap(folder, "before-restore", now)?;
    Ok(Restored { key, header, messages, doubted, kept })
}

/// Restores the newest automatic backup that opens.
pub(crate) fn heal(
    folder: &Folder,
    header: &Header,
    key: &Key,
    now: Timestamp,
    _lock: &EngineLock,
) -> Result<Healed> {
    for file in backup::newest_first(folder)? {
        let fits = backup::head(&file).is_ok_and(|head| head.header.profile() == header.profile());
        if !fits {
            continue;
        }
        match prepare(folder, &file, key) {
            Ok(Prepared { doubted, .. }) => {
                let as_of = backup::head(&file).ok().map(|head| head.created_at);
                let kept = swap(folder, "damaged", now)?;
                let damaged = kept.into_iter().next().unwrap_or_else(|| folder.database());
                return Ok(Healed { damaged, backup: Some(file), as_of, doubted });
            }
            // The disk is at fault and not this backup: an older one would fare no better and must not be taken.
            Err(error @ (Error::DiskFull | Error::ReadOnly | Error::DiskFailed(_))) => return Err(error),
            Err(_) => {}
        }
    }
    Err(Error::NoGoodBackup)
}

/// Whether there is a write-ahead log that SQLite would silently take for an empty one: its first bytes are not
/// those of a log, so the last commits in it are lost.
pub(crate) fn wal_is_damaged(database: &Path) -> bool {
    const MAGICS: [[u8; 4]; 2] = [0x377f_0682_u32.to_be_bytes(), 0x377f_0683_u32.to_be_bytes()];
    let mut first = [0; 4];
    match File::open(files::with_suffix(database, "-wal")) {
        Ok(mut wal) => {
            let length = wal.metadata().map_or(0, |found| found.len());
            length > 0 && !(wal.read_exact(&mut first).is_ok() && MAGICS.contains(&first))
        }
        Err(_) => false,
    }
}

/// Whether a database ends within a page and no write-ahead log could bring the rest. SQLite would notice when it
/// reads that page.
pub(crate) fn is_cut_off(database: &Path) -> bool {
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |found| found.len());
    length(&files::with_suffix(database, "-wal")) == 0 && length(database) % PAGE_BYTES != 0
}

/// Goes on without a damaged write-ahead log, which is kept aside. The database alone is the state of its last
/// checkpoint if it is sound; else it is healed.
pub(crate) fn without_wal(
    folder: &Folder,
    header: &Header,
    key: &Key,
    now: Timestamp,
    lock: &EngineLock,
) -> Result<Option<Healed>> {
    let database = folder.database();
    if !wal_is_damaged(&database) {
        return Ok(None);
    }
    let wal = files::with_suffix(&database, "-wal");
    let damaged = files::with_suffix(&wal, &format!(".damaged-{}", files::time_in_name(now)));
    files::rename_synced(&wal, &damaged)?;
    files::remove(&files::with_suffix(&database, "-shm"))?;
    let sound = connect(&database, key, Access::Write).and_then(|conn| {
        let sound = check_structure(&conn)?.is_empty();
        close(conn)?;
        Ok(sound)
    });
    match sound {
        Ok(true) => {
            let doubted = distrust(&database, key)?;
            Ok(Some(Healed { damaged, backup: None, as_of: None, doubted }))
        }
        Err(error) if !error.is_damage() => Err(error),
        _ => heal(folder, header, key, now, lock).map(Some),
    }
}

/// Ends a swap that a crash cut short: the old database is aside already, the new one waits for its name.
pub(crate) fn finish_swap(folder: &Folder, now: Timestamp) -> Result<()> {
    if !folder.database().exists() && folder.ready().exists() {
        swap(folder, "before-restore", now)?;
    }
    Ok(())
}

/// Removes what a killed check, restore or backup left: each is a whole copy, and would outlive what is deleted. What
/// waits to be put in the place of a missing database stays for [`finish_swap`].
///
/// # Errors
/// The file system's.
pub fn clear_leftovers(folder: &Folder, _lock: &EngineLock) -> Result<()> {
    remove_database(&folder.checking())?;
    remove_database(&folder.restoring())?;
    if folder.database().exists() {
        remove_database(&folder.ready())?;
        files::remove(&header_ready(folder))?;
    }
    backup::clear_halves(folder)
}

/// Removes a database with the files that SQLite lays beside it.
pub(crate) fn remove_database(path: &Path) -> Result<()> {
    for suffix in ["", "-wal", "-shm", "-journal"] {
        files::remove(&files::with_suffix(path, suffix))?;
    }
    Ok(())
}

/// A database that waits to be put in its place.
pub(crate) struct Prepared {
    /// Unfinished sends that are in doubt.
    pub doubted: usize,
    /// Messages in it.
    pub messages: u64,
}

/// Makes the restored database whole under a name of its own, and last under the name "ready".
fn prepare(folder: &Folder, file: &Path, key: &Key) -> Result<Prepared> {
    prepare_from(folder, key, |half| backup::extract(file, half).map(drop))
}

/// The same for any source; `lay` puts the database where it is told.
pub(crate) fn prepare_from(
    folder: &Folder,
    key: &Key,
    lay: impl FnOnce(&Path) -> Result<()>,
) -> Result<Prepared> {
    let half = folder.restoring();
    remove_database(&half)?;
    remove_database(&folder.ready())?;
    let prepared = lay(&half).and_then(|()| distrust_checked(&half, key));
    if prepared.is_err() {
        remove_database(&half)?;
        return prepared;
    }
    files::sync(&half)?;
    files::rename_synced(&half, &folder.ready())?;
    prepared
}

fn distrust_checked(half: &Path, key: &Key) -> Result<Prepared> {
    let (schema, messages) = backup::verified_backup(half, key)?;
    if schema > migrate::newest() {
        return Err(Error::TooNew { found: schema, known: migrate::newest() });
    }
    Ok(Prepared { doubted: distrust(half, key)?, messages })
}

/// Unfinished sends become doubtful and automation is off: a newer file may have sent them. Brings the file to the
/// newest schema first and leaves no write-ahead log.
fn distrust(database: &Path, key: &Key) -> Result<usize> {
    let mut conn = connect(database, key, Access::Write)?;
    migrate::run(&mut conn)?;
    conn.pragma_update(None, "synchronous", "FULL")?;
    let tx = conn.transaction()?;
    let doubted = outbox::steps::doubt_all(&tx)?;
    settings::remove(&tx, settings::AUTOMATION_ON)?;
    tx.commit()?;
    close(conn)?;
    Ok(doubted)
}

/// Moves the old files aside and gives the new ones their names. The database goes first: while it is missing and
/// "ready" is there, [`finish_swap`] knows what to do.
pub(crate) fn swap(folder: &Folder, why: &str, now: Timestamp) -> Result<Vec<PathBuf>> {
    let aside = format!(".{why}-{}", files::time_in_name(now));
    let database = folder.database();
    let mut kept = Vec::new();
    // The log keeps its place beside its database, so that the old file still opens.
    let old = files::unused(&files::with_suffix(&database, &aside));
    for suffix in ["", "-wal"] {
        let (from, to) = (files::with_suffix(&database, suffix), files::with_suffix(&old, suffix));
        if from.exists() {
            files::rename_synced(&from, &to)?;
            kept.push(to);
        }
    }
    files::remove(&files::with_suffix(&database, "-shm"))?;
    let new_header = header_ready(folder);
    if new_header.exists() {
        if folder.header().exists() {
            let old = files::unused(&files::with_suffix(&folder.header(), &aside));
            std::fs::copy(folder.header(), &old)?;
            files::sync(&old)?;
            kept.push(old);
        }
        files::rename_synced(&new_header, &folder.header())?;
    }
    // Parts are cached under numbers that mean something else in another file.
    remove_database(&folder.cache())?;
    files::rename_synced(&folder.ready(), &database)?;
    Ok(kept)
}

pub(crate) fn header_ready(folder: &Folder) -> PathBuf {
    files::with_suffix(&folder.header(), ".ready")
}

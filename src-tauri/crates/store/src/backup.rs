//! Whole copies of the database, as encrypted as the database itself.
//!
//! A backup is one file, so that it can be carried to another computer and opened there with the recovery code of
//! its day:
//!
//! ```text
//! THEKE-BACKUP 1\n
//! {"created_at":…,"schema":…,"messages":…,"database_bytes":…,"database_sha256":"…","header":{…}}\n
//! the bytes of the database
//! ```
//!
//! `header` is the profile's header file with its key slots. The copy is made by SQLite's online backup from one
//! state while others write, opened and checked, and only then gets its name. Not here: going back to one
//! (`restore`).

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use theke_domain::time::Timestamp;

use crate::error::{Error, Result};
use crate::header::Header;
use crate::key::{Key, hex};
use crate::pool::{Access, Store, check_structure, connect};
use crate::profile::{Folder, close};
use crate::{files, kept, migrate, row};

const MAGIC: &str = "THEKE-BACKUP 1";
const EXTENSION: &str = "theke-backup";
/// The second line is no longer than this.
const HEAD_MAX_BYTES: u64 = 128 * 1024;
/// Automatic backups that are kept, of each sort.
const KEPT: usize = 3;
const DAY_SECS: i64 = 24 * 60 * 60;
/// Older automatic backups go, unless they are the newest: what was deleted is gone from here then, too.
pub(crate) const KEPT_SECS: i64 = 30 * DAY_SECS;

/// What stands before the database in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// When it was made.
    pub created_at: Timestamp,
    /// The schema's version.
    pub schema: i64,
    /// Messages in it.
    pub messages: u64,
    /// Length of the database.
    pub database_bytes: u64,
    /// Hex of the SHA-256 of the database's bytes.
    pub database_sha256: String,
    /// The key slots of that day.
    pub header: Header,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Where it is.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Messages in it.
    pub messages: u64,
}

/// Makes a backup. An existing file of this name is replaced only once the new one is whole.
///
/// # Errors
/// [`Error::Damaged`] if a page of the database cannot be read; the disk's. Nothing is left behind then.
pub fn write(store: &Store, header: &Header, file: &Path, now: Timestamp) -> Result<Made> {
    store.outside_transaction(|conn| write_from(conn, header, store.key(), file, now))
}

/// Removes what is older or more than is kept, and makes the daily backup if the newest is a day old. `None` if it was not
/// due. Reads every page of the database, and so finds damage.
///
/// # Errors
/// As [`write`].
pub fn daily(store: &Store, folder: &Folder, header: &Header, now: Timestamp) -> Result<Option<Made>> {
    // What is too old goes first: on a full disk there is no other way to room, and it must go whether a backup is made
    // or not. That it cannot is no reason to make none.
    let cleared = kept::prune(folder, now).and_then(|()| prune(folder, now));
    let newest = list(folder)?.into_iter().find(|(_, sort, _)| sort == "daily").map(|(at, ..)| at);
    if newest.is_some_and(|at| (0..DAY_SECS).contains(&now.secs_since(at))) {
        cleared?;
        return Ok(None);
    }
    files::private_dir(&folder.backups())?;
    let made = write(store, header, &automatic_path(folder, "daily", now), now)?;
    cleared?;
    prune(folder, now)?;
    Ok(Some(made))
}

/// The backup before a migration away from version `from`.
pub(crate) fn before_migration(
    conn: &Connection,
    folder: &Folder,
    header: &Header,
    key: &Key,
    from: i64,
    now: Timestamp,
) -> Result<()> {
    files::private_dir(&folder.backups())?;
    write_from(conn, header, key, &automatic_path(folder, &format!("v{from}"), now), now)?;
    prune(folder, now)
}

/// The automatic backups of a profile, newest first.
///
/// # Errors
/// The file system's.
pub fn newest_first(folder: &Folder) -> Result<Vec<PathBuf>> {
    Ok(list(folder)?.into_iter().map(|(_, _, path)| path).collect())
}

/// An automatic backup as it lies there.
#[derive(Debug)]
pub struct Automatic {
    /// The name of its file.
    pub name: String,
    /// When it was made.
    pub at: Timestamp,
    /// The daily one; else the one before a migration.
    pub daily: bool,
    /// Its size.
    pub bytes: u64,
    /// What stands before the database; why not, if it cannot be used. That every byte behind it is right is told by
    /// [`check`] alone.
    pub head: Result<Head>,
}

/// The automatic backups of a profile, newest first, without reading more than their beginnings.
///
/// # Errors
/// The file system's.
pub fn automatic(folder: &Folder) -> Result<Vec<Automatic>> {
    let looked = |(at, sort, path): (Timestamp, String, PathBuf)| {
        let bytes = fs::metadata(&path).map_or(0, |found| found.len());
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Automatic { name, at, daily: sort == "daily", bytes, head: usable(&path, bytes) }
    };
    Ok(list(folder)?.into_iter().map(looked).collect())
}

/// The file of an automatic backup; `None` for a name that none has.
///
/// # Errors
/// The file system's.
pub fn automatic_named(folder: &Folder, name: &str) -> Result<Option<PathBuf>> {
    let named = |path: &PathBuf| path.file_name().is_some_and(|known| known == name);
    Ok(newest_first(folder)?.into_iter().find(named))
}

/// What stands before the database, of a file that is as long as that says and not newer than this program.
///
/// # Errors
/// [`Error::BadBackup`], [`Error::TooNew`].
pub fn usable(file: &Path, bytes: u64) -> Result<Head> {
    let (head, mut reader) = open(file)?;
    if head.schema > migrate::newest() {
        return Err(Error::TooNew { found: head.schema, known: migrate::newest() });
    }
    if reader.stream_position()?.checked_add(head.database_bytes) != Some(bytes) {
        return Err(Error::BadBackup("it was cut off"));
    }
    Ok(head)
}

/// Reads all of a backup and opens the database in it, as going back to it would, and leaves nothing behind. One at a
/// time: where it is unpacked there is room for one.
///
/// # Errors
/// [`Error::BadBackup`]; [`Error::WrongKey`] for one of another profile; the disk's.
pub fn check(file: &Path, folder: &Folder, key: &Key) -> Result<Head> {
    let copy = folder.checking();
    let checked = extract(file, &copy).and_then(|head| {
        verified_backup(&copy, key)?;
        Ok(head)
    });
    crate::restore::remove_database(&copy)?;
    checked
}

/// [`verified`] for what came out of a backup: what is wrong then is wrong with the backup.
pub(crate) fn verified_backup(copy: &Path, key: &Key) -> Result<(i64, u64)> {
    verified(copy, key).map_err(|error| match error {
        Error::NotADatabase => Error::WrongKey,
        Error::Damaged(_) => Error::BadBackup("the database in it is damaged"),
        other => other,
    })
}

/// Reads what stands before the database.
///
/// # Errors
/// [`Error::BadBackup`]; [`Error::TooNew`] for a later shape.
pub fn head(file: &Path) -> Result<Head> {
    open(file).map(|(head, _)| head)
}

/// Opens a backup at the first byte of its database.
pub(crate) fn open(file: &Path) -> Result<(Head, BufReader<File>)> {
    let mut reader = BufReader::new(File::open(file)?);
    let mut magic = vec![0; MAGIC.len() + 1];
    reader.read_exact(&mut magic).map_err(|_| Error::BadBackup("it is too short"))?;
    if magic != format!("{MAGIC}\n").as_bytes() {
        return Err(Error::BadBackup("it does not begin like one"));
    }
    let mut line = Vec::new();
    reader.by_ref().take(HEAD_MAX_BYTES).read_until(b'\n', &mut line)?;
    let head = serde_json::from_slice(&line).map_err(|_| Error::BadBackup("its second line is damaged"))?;
    Ok((head, reader))
}

/// Copies the database of a backup to `target` and checks that it is all there.
pub(crate) fn extract(file: &Path, target: &Path) -> Result<Head> {
    let (head, mut reader) = open(file)?;
    let mut out = files::private_options().create(true).truncate(true).write(true).open(target)?;
    let (bytes, sha256) = copy_hashed(&mut reader, &mut out)?;
    out.sync_all()?;
    if bytes != head.database_bytes || sha256 != head.database_sha256 {
        drop(out);
        files::remove(target)?;
        return Err(Error::BadBackup("it was cut off or changed"));
    }
    Ok(head)
}

fn write_from(conn: &Connection, header: &Header, key: &Key, file: &Path, now: Timestamp) -> Result<Made> {
    let copy = files::with_suffix(file, ".copy");
    let half = files::with_suffix(file, ".half");
    let made = copy_and_wrap(conn, header, key, [&copy, &half], file, now);
    files::remove(&copy)?;
    if made.is_err() {
        files::remove(&half)?;
    }
    made
}

fn copy_and_wrap(
    conn: &Connection,
    header: &Header,
    key: &Key,
    [copy, half]: [&Path; 2],
    file: &Path,
    now: Timestamp,
) -> Result<Made> {
    files::remove(copy)?;
    let mut target = connect(copy, key, Access::Copy)?;
    let backup = Backup::new(conn, &mut target)?;
    // All pages in one step: a reader's state does not stop writers in WAL mode, and steps would begin anew with
    // every commit of somebody else.
    if backup.step(-1)? != StepResult::Done {
        return Err(Error::Busy);
    }
    drop(backup);
    target.pragma_update(None, "journal_mode", "DELETE")?;
    close(target)?;
    let (schema, messages) = verified(copy, key)?;
    let mut source = File::open(copy)?;
    let (database_bytes, database_sha256) = copy_hashed(&mut source, &mut std::io::sink())?;
    let head =
        Head { created_at: now, schema, messages, database_bytes, database_sha256, header: header.clone() };
    let mut out = files::private_options().create(true).truncate(true).write(true).open(half)?;
    write!(out, "{MAGIC}\n{}\n", serde_json::to_string(&head)?)?;
    let mut source = File::open(copy)?;
    let (_, written_sha256) = copy_hashed(&mut source, &mut out)?;
    out.sync_all()?;
    let bytes = out.metadata()?.len();
    if written_sha256 != head.database_sha256 {
        return Err(Error::BadBackup("the copy changed while it was written"));
    }
    drop(out);
    files::rename_synced(half, file)?;
    Ok(Made { file: file.to_owned(), bytes, messages })
}

/// Opens a copy by itself and looks whether it is sound; gives its version and its messages.
pub(crate) fn verified(copy: &Path, key: &Key) -> Result<(i64, u64)> {
    let conn = connect(copy, key, Access::Copy)?;
    let schema = migrate::version(&conn)?;
    if let Some(finding) = check_structure(&conn)?.into_iter().next() {
        return Err(Error::Damaged(finding));
    }
    let messages: i64 = if schema > 0 { row::one(&conn, "SELECT count(*) FROM messages", [])? } else { 0 };
    close(conn)?;
    Ok((schema, u64::try_from(messages).unwrap_or(0)))
}

fn copy_hashed(from: &mut impl Read, to: &mut impl Write) -> Result<(u64, String)> {
    let mut digest = Sha256::new();
    let mut buffer = vec![0; 1024 * 1024];
    let mut total = 0;
    loop {
        let read = from.read(&mut buffer)?;
        let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
        digest.update(bytes);
        to.write_all(bytes)?;
        total += u64::try_from(read).unwrap_or(0);
    }
    Ok((total, hex(&digest.finalize())))
}

fn automatic_path(folder: &Folder, sort: &str, now: Timestamp) -> PathBuf {
    folder.backups().join(format!("{}-{sort}.{EXTENSION}", files::time_in_name(now)))
}

/// The automatic backups with their time and sort, newest first. The time is in the name, because copying a folder
/// changes the times of files.
fn list(folder: &Folder) -> Result<Vec<(Timestamp, String, PathBuf)>> {
    let entries = match fs::read_dir(folder.backups()) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some((time, sort)) = name
            .strip_suffix(EXTENSION)
            .and_then(|name| name.strip_suffix('.'))
            .and_then(|name| name.split_once('-'))
        else {
            continue;
        };
        if let Some(at) = files::time_of_name(time) {
            found.push((at, sort.to_owned(), path));
        }
    }
    found.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
    Ok(found)
}

/// Removes what a backup that was killed left beside its file.
pub(crate) fn clear_halves(folder: &Folder) -> Result<()> {
    let entries = match fs::read_dir(folder.backups()) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let after = name.split_once(&format!(".{EXTENSION}.")).filter(|(before, _)| {
            before.split_once('-').is_some_and(|(time, _)| files::time_of_name(time).is_some())
        });
        if after.is_some_and(|(_, rest)| rest.starts_with("copy") || rest == "half") {
            files::remove(&path)?;
        }
    }
    Ok(())
}

fn prune(folder: &Folder, now: Timestamp) -> Result<()> {
    let mut of_sort = std::collections::HashMap::<bool, usize>::new();
    for (place, (at, sort, path)) in list(folder)?.into_iter().enumerate() {
        let kept = of_sort.entry(sort == "daily").or_default();
        *kept += 1;
        if place > 0 && (*kept > KEPT || now.secs_since(at) > KEPT_SECS) {
            files::remove(&path)?;
        }
    }
    Ok(())
}

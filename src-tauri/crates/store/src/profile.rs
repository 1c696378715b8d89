//! A profile's folder: which files it has, making one, and opening one.
//!
//! ```text
//! theke.db  theke.db-wal  theke.db-shm   the encrypted database
//! header.json                            the key slots
//! attempts.log                           the witness of sends
//! cache.db                               the parts cache; may be deleted
//! backups/  connectors/  logs/  lock  lock.holder
//! ```
//!
//! Nothing here ever puts a new empty database where one was. What is replaced is kept aside under a name with the
//! time. Not here: who may open it (`header`) and what is in it (`table`).

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use theke_domain::time::Timestamp;

use crate::error::{Error, Result};
use crate::header::Header;
use crate::key::Key;
use crate::lock::EngineLock;
use crate::pool::{Access, Store, connect};
use crate::restore::{self, Healed};
use crate::{backup, files, migrate};

/// The folder of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder(PathBuf);

impl Folder {
    /// The profile in this folder, there or not.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self(dir.into())
    }

    /// The folder itself.
    pub fn dir(&self) -> &Path {
        &self.0
    }

    /// The database.
    pub fn database(&self) -> PathBuf {
        self.0.join("theke.db")
    }

    /// The key slots.
    pub fn header(&self) -> PathBuf {
        self.0.join("header.json")
    }

    /// The witness of sends.
    pub fn attempts(&self) -> PathBuf {
        self.0.join("attempts.log")
    }

    /// The parts cache.
    pub fn cache(&self) -> PathBuf {
        self.0.join("cache.db")
    }

    /// The automatic backups.
    pub fn backups(&self) -> PathBuf {
        self.0.join("backups")
    }

    /// The user's own connector definitions.
    pub fn connectors(&self) -> PathBuf {
        self.0.join("connectors")
    }

    /// The engine's lock.
    pub fn lock(&self) -> PathBuf {
        self.0.join("lock")
    }

    /// The logs.
    pub fn logs(&self) -> PathBuf {
        self.0.join("logs")
    }

    /// A database that is being made or restored; becomes [`Self::database`] by a rename.
    pub(crate) fn ready(&self) -> PathBuf {
        self.0.join("theke.db.ready")
    }
}

/// What is in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// No profile.
    Missing,
    /// Header and database.
    Complete,
    /// The database is gone.
    HeaderOnly,
    /// The header is gone.
    DatabaseOnly,
}

/// Looks, and changes nothing.
pub fn presence(folder: &Folder) -> Presence {
    let database = folder.database().exists() || folder.ready().exists();
    match (folder.header().exists(), database) {
        (false, false) => Presence::Missing,
        (true, true) => Presence::Complete,
        (true, false) => Presence::HeaderOnly,
        (false, true) if folder.database().exists() => Presence::DatabaseOnly,
        // A profile whose making was cut short: its key was never written anywhere.
        (false, true) => Presence::Missing,
    }
}

/// Makes a profile in an empty or new folder. The header is written when the database is whole, and the database
/// gets its name last, so a killed program leaves no profile or a whole one.
///
/// # Errors
/// [`Error::ProfileExists`], [`Error::Incomplete`]; the disk's.
pub fn create(folder: &Folder, header: &Header, key: &Key) -> Result<Store> {
    match presence(folder) {
        Presence::Missing => {}
        Presence::Complete => return Err(Error::ProfileExists(folder.dir().to_owned())),
        Presence::HeaderOnly => return Err(Error::Incomplete { missing: folder.database() }),
        Presence::DatabaseOnly => return Err(Error::Incomplete { missing: folder.header() }),
    }
    files::private_dir(folder.dir())?;
    files::private_dir(&folder.backups())?;
    let ready = folder.ready();
    restore::remove_database(&ready)?;
    let mut conn = connect(&ready, key, Access::Create)?;
    migrate::run(&mut conn)?;
    close(conn)?;
    files::sync(&ready)?;
    header.write(folder)?;
    files::rename_synced(&ready, &folder.database())?;
    Store::open(&folder.database(), key)
}

/// An open profile.
pub struct Opened {
    /// The database.
    pub store: Store,
    /// The version that was migrated from, if it was an older one.
    pub migrated_from: Option<i64>,
    /// What had to be healed.
    pub healed: Option<Healed>,
}

/// Opens a profile: finishes an interrupted restore, migrates an older file after a verified backup, heals a damaged
/// one from its newest good backup. Both need the engine's lock; without one it is taken for that moment.
///
/// # Errors
/// [`Error::NoProfile`], [`Error::Incomplete`], [`Error::WrongKey`], [`Error::TooNew`], [`Error::NoGoodBackup`],
/// [`Error::Locked`] where an engine is running on a file that must be healed or migrated first.
pub fn open(
    folder: &Folder,
    header: &Header,
    key: &Key,
    now: Timestamp,
    lock: Option<&EngineLock>,
) -> Result<Opened> {
    if folder.ready().exists() && !folder.database().exists() {
        with_lock(folder, lock, |_| restore::finish_swap(folder, now))?;
    }
    match presence(folder) {
        Presence::Complete => {}
        Presence::Missing => return Err(Error::NoProfile(folder.dir().to_owned())),
        Presence::HeaderOnly => return Err(Error::Incomplete { missing: folder.database() }),
        Presence::DatabaseOnly => return Err(Error::Incomplete { missing: folder.header() }),
    }
    files::private_dir(folder.dir())?;
    files::private_dir(&folder.backups())?;
    let mut healed = None;
    if restore::wal_is_damaged(&folder.database()) {
        healed = with_lock(folder, lock, |lock| restore::without_wal(folder, header, key, now, lock))?;
    }
    match open_current(folder, header, key, now, lock) {
        Err(error) if error.is_damage() => {
            healed = Some(with_lock(folder, lock, |lock| restore::heal(folder, header, key, now, lock))?);
            let (store, migrated_from) = open_current(folder, header, key, now, lock)?;
            Ok(Opened { store, migrated_from, healed })
        }
        Err(error) => Err(error),
        Ok((store, migrated_from)) => Ok(Opened { store, migrated_from, healed }),
    }
}

fn open_current(
    folder: &Folder,
    header: &Header,
    key: &Key,
    now: Timestamp,
    lock: Option<&EngineLock>,
) -> Result<(Store, Option<i64>)> {
    let path = folder.database();
    if restore::is_cut_off(&path) {
        return Err(Error::Damaged("the file ends within a page".to_owned()));
    }
    let mut conn = connect(&path, key, Access::Write)?;
    let found = migrate::version(&conn)?;
    if found < 1 {
        // A file without a schema is an emptied one: it is never filled as if it were new.
        return Err(Error::Damaged("the file is empty".to_owned()));
    }
    if found > migrate::newest() {
        return Err(Error::TooNew { found, known: migrate::newest() });
    }
    let migrated_from = if found < migrate::newest() {
        with_lock(folder, lock, |_| {
            backup::before_migration(&conn, folder, header, key, found, now)?;
            migrate::run(&mut conn)
        })?;
        Some(found)
    } else {
        None
    };
    look_at_roots(&conn)?;
    Ok((Store::around(&path, key, conn), migrated_from))
}

/// Reads the first page of every table and index, so that a file with damaged roots is found at the start. What is
/// damaged deeper is found at the first read or by the daily backup, which reads every page.
fn look_at_roots(conn: &Connection) -> Result<()> {
    let mut tables = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0")?;
    let names = tables.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    for name in names {
        let quoted = name.replace('"', "\"\"");
        conn.query_row(
            &format!("SELECT count(*) FROM (SELECT 1 FROM \"{quoted}\" LIMIT 1)"),
            [],
            |_| Ok(()),
        )?;
    }
    Ok(())
}

/// Runs `work` with the caller's lock, or with one taken for it.
fn with_lock<T>(
    folder: &Folder,
    lock: Option<&EngineLock>,
    work: impl FnOnce(&EngineLock) -> Result<T>,
) -> Result<T> {
    match lock {
        Some(lock) => work(lock),
        None => work(&EngineLock::take(folder, "")?),
    }
}

/// Restores a damaged database from its newest good backup. Close every [`Store`] of it before.
///
/// # Errors
/// [`Error::NoGoodBackup`]; the disk's.
pub fn heal(
    folder: &Folder,
    header: &Header,
    key: &Key,
    now: Timestamp,
    lock: &EngineLock,
) -> Result<Healed> {
    restore::heal(folder, header, key, now, lock)
}

/// Closes a connection and with it the WAL.
pub(crate) fn close(conn: Connection) -> Result<()> {
    conn.close().map_err(|(_, error)| error.into())
}

//! A profile's folder: which files it has, making one, and opening one.
//!
//! ```text
//! theke.db  theke.db-wal  theke.db-shm   the encrypted database
//! header.json                            the key slots
//! attempts.log                           the witness of sends
//! erased.log                             the tombstones of erased customers
//! installation.json                      which installation this is, among several at one mailbox
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
use crate::migrate::Standing;
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

    /// The tombstones of erased customers.
    pub fn erased(&self) -> PathBuf {
        self.0.join("erased.log")
    }

    /// Which installation this is.
    pub fn installation(&self) -> PathBuf {
        self.0.join("installation.json")
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

    /// Where a backup is unpacked to be looked at.
    pub(crate) fn checking(&self) -> PathBuf {
        self.0.join("theke.db.checking")
    }

    /// Where the database of a restore is made.
    pub(crate) fn restoring(&self) -> PathBuf {
        self.0.join("theke.db.restoring")
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
    files::private_dir(&folder.connectors())?;
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
    open_with(folder, header, key, now, lock, migrate::MIGRATIONS)
}

/// [`open`] with the migrations as an argument, so that a test can bring steps that no release has yet.
fn open_with(
    folder: &Folder,
    header: &Header,
    key: &Key,
    now: Timestamp,
    lock: Option<&EngineLock>,
    steps: &[&str],
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
    match open_current(folder, header, key, now, lock, steps) {
        Err(error) if error.is_damage() => {
            healed = Some(with_lock(folder, lock, |lock| restore::heal(folder, header, key, now, lock))?);
            let (store, migrated_from) = open_current(folder, header, key, now, lock, steps)?;
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
    steps: &[&str],
) -> Result<(Store, Option<i64>)> {
    let path = folder.database();
    if restore::is_cut_off(&path) {
        return Err(Error::Damaged("the file ends within a page".to_owned()));
    }
    let mut conn = connect(&path, key, Access::Write)?;
    let migrated_from = match migrate::standing(&conn, steps)? {
        Standing::Current => None,
        Standing::Older(from) => {
            with_lock(folder, lock, |_| {
                backup::before_migration(&conn, folder, header, key, from, now)?;
                migrate::run_steps(&mut conn, steps)
            })?;
            Some(from)
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_251_600_000);
    const SECOND: &str =
        "ALTER TABLE settings ADD COLUMN note TEXT NOT NULL DEFAULT ''; UPDATE settings SET note = 'x';";

    /// The migrations of this program and one that no release has yet.
    fn and_then(next: &str) -> Vec<&str> {
        [migrate::MIGRATIONS, &[next]].concat()
    }

    fn profile() -> (tempfile::TempDir, Folder, Header, Key) {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path().join("profile"));
        let (header, key, _) = Header::new().unwrap();
        let store = create(&folder, &header, &key).unwrap();
        store.write(|tx| crate::table::settings::set(tx, "shop.name", &"Rad".into(), NOW)).unwrap();
        (dir, folder, header, key)
    }

    fn versions(folder: &Folder, key: &Key) -> (i64, Vec<i64>) {
        let conn = connect(&folder.database(), key, Access::Write).unwrap();
        let backups = backup::newest_first(folder).unwrap();
        let of_backups = backups.iter().map(|file| backup::head(file).unwrap().schema).collect();
        (migrate::version(&conn).unwrap(), of_backups)
    }

    #[test]
    fn an_older_file_is_migrated_after_a_backup() {
        let (_dir, folder, header, key) = profile();
        let (steps, known) = (and_then(SECOND), migrate::newest());
        let opened = open_with(&folder, &header, &key, NOW, None, &steps).unwrap();
        assert_eq!(opened.migrated_from, Some(known));
        drop(opened);
        assert_eq!(versions(&folder, &key), (known + 1, vec![known]));
        let opened = open_with(&folder, &header, &key, NOW, None, &steps).unwrap();
        assert_eq!(opened.migrated_from, None);
        drop(opened);
        let refused = open(&folder, &header, &key, NOW, None).map(|_| ());
        assert!(
            matches!(refused, Err(Error::TooNew { found, known: newest }) if (found, newest) == (known + 1, known))
        );
    }

    #[test]
    fn a_step_that_fails_or_is_killed_leaves_the_version_before() {
        let (_dir, folder, header, key) = profile();
        let broken = format!("{SECOND} CREATE TABLE settings (x);");
        let (steps, known) = (and_then(&broken), migrate::newest());
        assert!(open_with(&folder, &header, &key, NOW, None, &steps).is_err());
        assert_eq!(versions(&folder, &key), (known, vec![known]));

        // The files as a killed process leaves them in the middle of a step, its pages already in the log.
        let mut conn = connect(&folder.database(), &key, Access::Write).unwrap();
        conn.pragma_update(None, "cache_size", 1).unwrap();
        let tx = conn.transaction().unwrap();
        tx.execute_batch(SECOND).unwrap();
        tx.execute_batch("CREATE TABLE big (x); INSERT INTO big SELECT zeroblob(400000);").unwrap();
        let killed = Folder::new(folder.dir().join("killed"));
        files::private_dir(killed.dir()).unwrap();
        for suffix in ["", "-wal"] {
            let (from, to) = (folder.database(), killed.database());
            std::fs::copy(files::with_suffix(&from, suffix), files::with_suffix(&to, suffix)).unwrap();
        }
        header.write(&killed).unwrap();
        drop(tx);
        let opened = open_with(&killed, &header, &key, NOW, None, &and_then(SECOND)).unwrap();
        assert_eq!(opened.migrated_from, Some(known));
        assert!(opened.healed.is_none());
        assert!(opened.store.check_structure().unwrap().is_empty());
    }
}

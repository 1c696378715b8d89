//! The way to the file: many readers and one writer behind our own lock.
//!
//! WAL lets readers see the last commit while a write runs; our own lock makes writers of this process queue in
//! memory instead of polling the file. Other processes (`thekectl` beside a running engine) meet at SQLite's lock
//! with a timeout. Readers are `query_only` and run inside a read transaction, so that several queries of one
//! call see one state.
//!
//! The lock of the writer is not reentrant: a write inside a write waits for itself for ever. Reads inside a write
//! go through the transaction at hand.
//!
//! Nothing unencrypted reaches the disk: temporary tables stay in memory and nothing is mapped.
//! Not here: async. Callers wrap calls in `spawn_blocking`.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::error::{Error, Result};
use crate::key::Key;

/// How long a call waits for another process before it says [`Error::Busy`].
const BUSY_TIMEOUT: Duration = Duration::from_secs(15);
/// Readers kept open between calls.
const READERS_KEPT: usize = 6;
const STATEMENTS_KEPT: usize = 160;
/// Virtual-machine steps between two looks at a deadline; about 50 µs.
const STEPS_BETWEEN_LOOKS: i32 = 2_000;

/// An open database. Cloning is cheap and shares the connections.
#[derive(Clone)]
pub struct Store {
    shared: Arc<Shared>,
}

struct Shared {
    path: PathBuf,
    key: Key,
    /// `None` once it is closed.
    writer: Mutex<Option<Writer>>,
    readers: Mutex<Readers>,
    /// A reader came back.
    returned: Condvar,
}

#[derive(Default)]
struct Readers {
    kept: Vec<Connection>,
    /// Those at work.
    out: usize,
    closed: bool,
}

/// A reader at work. One that is only dropped is closed: something went wrong with it.
struct Reader<'s> {
    conn: Option<Connection>,
    of: &'s Shared,
}

impl Reader<'_> {
    /// Back to the others, ready for the next question.
    fn give_back(mut self) {
        let Some(conn) = self.conn.take() else { return };
        let mut readers = self.of.readers();
        if !readers.closed && readers.kept.len() < READERS_KEPT {
            readers.kept.push(conn);
        }
    }

    fn conn(&mut self) -> Result<&mut Connection> {
        self.conn.as_mut().ok_or(Error::Closed)
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        // Closed before it counts as back: whoever waits for that may move the file.
        drop(self.conn.take());
        let mut readers = self.of.readers();
        readers.out = readers.out.saturating_sub(1);
        self.of.returned.notify_all();
    }
}

impl Shared {
    fn readers(&self) -> MutexGuard<'_, Readers> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Writer {
    conn: Connection,
    durable: bool,
    /// The database looks whether rows name each other.
    linked: bool,
}

/// Lets somebody else end a running [`Store::read_within`], such as the next keystroke of a search.
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Ends the question at its next look.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Store {
    /// Opens an existing database with the schema of this program. It makes no file and migrates nothing:
    /// `profile::open` does the whole way of a profile.
    ///
    /// # Errors
    /// [`Error::NoProfile`], [`Error::NotADatabase`] (also for a wrong key), [`Error::Damaged`], [`Error::TooNew`].
    pub fn open(path: &Path, key: &Key) -> Result<Self> {
        let mut conn = connect(path, key, Access::Write)?;
        crate::migrate::expect_current(&mut conn)?;
        Ok(Self::around(path, key, conn))
    }

    pub(crate) fn around(path: &Path, key: &Key, conn: Connection) -> Self {
        let shared = Shared {
            path: path.to_owned(),
            key: key.clone(),
            writer: Mutex::new(Some(Writer { conn, durable: false, linked: true })),
            readers: Mutex::default(),
            returned: Condvar::new(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// The database file.
    pub fn path(&self) -> &Path {
        &self.shared.path
    }

    /// Its key, for wrapping it anew.
    pub fn key(&self) -> &Key {
        &self.shared.key
    }

    /// Runs queries on one state of the database.
    ///
    /// # Errors
    /// What `ask` returns, or why no connection could be had.
    pub fn read<T>(&self, ask: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        self.try_read(ask)
    }

    /// [`Self::read`] for callers with an error of their own.
    ///
    /// # Errors
    /// What `ask` returns, or why no connection could be had.
    pub fn try_read<T, E: From<Error>>(
        &self,
        ask: impl FnOnce(&Connection) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut reader = self.reader()?;
        let snapshot = reader.conn()?.unchecked_transaction().map_err(Error::from)?;
        let answer = ask(&snapshot);
        snapshot.finish().map_err(Error::from)?;
        reader.give_back();
        answer
    }

    /// A connection without a transaction, for the online backup.
    pub(crate) fn outside_transaction<T>(&self, ask: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let mut reader = self.reader()?;
        let answer = ask(reader.conn()?);
        reader.give_back();
        answer
    }

    /// [`Self::read`] that ends with [`Error::Interrupted`] after `limit` or when `cancel` says so.
    ///
    /// # Errors
    /// As [`Self::read`], and [`Error::Interrupted`].
    pub fn read_within<T>(
        &self,
        limit: Duration,
        cancel: &Cancel,
        ask: impl FnOnce(&Connection) -> Result<T>,
    ) -> Result<T> {
        let mut reader = self.reader()?;
        let conn = reader.conn()?;
        let (end, cancel) = (Instant::now() + limit, cancel.clone());
        let over = move || cancel.is_cancelled() || Instant::now() >= end;
        conn.progress_handler(STEPS_BETWEEN_LOOKS, Some(over))?;
        let snapshot = conn.unchecked_transaction()?;
        let answer = ask(&snapshot);
        drop(snapshot);
        conn.progress_handler(0, None::<fn() -> bool>)?;
        reader.give_back();
        answer
    }

    /// Runs one write transaction. It is committed if `change` returns `Ok`, else nothing of it stays. It survives
    /// a killed process; a power cut may take the last ones back (see [`Self::write_durable`]).
    ///
    /// # Errors
    /// What `change` returns, or why it could not begin or commit.
    pub fn write<T>(&self, change: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        self.transact(false, true, change)
    }

    /// [`Self::write`] that has reached the disk when it returns: for the outbox, decisions, and what a provider
    /// forgets once it is acknowledged.
    ///
    /// # Errors
    /// As [`Self::write`].
    pub fn write_durable<T>(&self, change: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        self.transact(true, true, change)
    }

    /// [`Self::write`] for callers with an error of their own.
    ///
    /// # Errors
    /// What `change` returns, or why it could not begin or commit.
    pub fn try_write<T, E: From<Error>>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.transact(false, true, change)
    }

    /// [`Self::write_durable`] for callers with an error of their own.
    ///
    /// # Errors
    /// What `change` returns, or why it could not begin or commit.
    pub fn try_write_durable<T, E: From<Error>>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.transact(true, true, change)
    }

    /// [`Self::try_write_durable`] in which the database does not look for rows that name those which are deleted: at a
    /// million messages that is a walk through a table for each row. The caller has seen to it that there are none.
    ///
    /// # Errors
    /// What `change` returns, or why it could not begin or commit.
    pub fn try_write_unlinked<T, E: From<Error>>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        self.transact(true, false, change)
    }

    fn transact<T, E: From<Error>>(
        &self,
        durable: bool,
        linked: bool,
        change: impl FnOnce(&Transaction<'_>) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let mut writer = self.writer();
        let writer = writer.as_mut().ok_or(Error::Closed)?;
        if writer.durable != durable {
            set_durable(&writer.conn, durable).map_err(Error::from)?;
            writer.durable = durable;
        }
        if writer.linked != linked {
            writer.conn.pragma_update(None, "foreign_keys", linked).map_err(Error::from)?;
            writer.linked = linked;
        }
        let begun = writer.conn.transaction_with_behavior(TransactionBehavior::Immediate);
        let tx = begun.map_err(Error::from)?;
        let done = change(&tx)?;
        #[cfg(feature = "crash-points")]
        crate::crash::point();
        tx.commit().map_err(Error::from)?;
        #[cfg(feature = "crash-points")]
        crate::crash::point();
        Ok(done)
    }

    /// Copies the write-ahead log into the database and empties it, so that deleted text is in neither. Says whether
    /// all of it is done: readers that are still at work may keep a part.
    ///
    /// # Errors
    /// The disk's.
    pub fn checkpoint(&self) -> Result<bool> {
        let writer = self.writer();
        let writer = writer.as_ref().ok_or(Error::Closed)?;
        Ok(writer.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))? == 0)
    }

    /// Checks every page against its authentication code. Reads the whole file: about a second per GB.
    /// Returns what is wrong; empty means sound.
    ///
    /// # Errors
    /// When the check itself cannot run.
    pub fn check_pages(&self) -> Result<Vec<String>> {
        self.read(|conn| findings(conn, "PRAGMA cipher_integrity_check", ""))
    }

    /// Checks the structure of tables and indexes. Returns what is wrong; empty means sound.
    ///
    /// # Errors
    /// When the check itself cannot run; damage may show as an error, too.
    pub fn check_structure(&self) -> Result<Vec<String>> {
        self.read(check_structure)
    }

    /// A number that changes when another process has committed. All writes of this one go through one connection,
    /// whose own commits do not count.
    ///
    /// # Errors
    /// The disk's.
    pub fn version_elsewhere(&self) -> Result<i64> {
        let writer = self.writer();
        let writer = writer.as_ref().ok_or(Error::Closed)?;
        Ok(writer.conn.pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    /// Closes all connections, whoever else holds this store: what is asked of it from now on is refused. Needed before
    /// the file is replaced, because SQLite removes the log beside a database by its name when the last connection ends,
    /// and that would be the log of the new one.
    ///
    /// # Errors
    /// [`Error::Busy`] if a question does not end within `patience`; it is closed for all others then.
    pub fn close(&self, patience: Duration) -> Result<()> {
        let mut readers = self.shared.readers();
        readers.closed = true;
        let kept = std::mem::take(&mut readers.kept);
        drop(readers);
        drop(kept);
        let writer = self.writer().take();
        let closed = writer.map_or(Ok(()), |writer| crate::profile::close(writer.conn));
        let waited = self.shared.returned.wait_timeout_while(self.shared.readers(), patience, |r| r.out > 0);
        let (readers, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if readers.out > 0 { Err(Error::Busy) } else { closed }
    }

    fn writer(&self) -> MutexGuard<'_, Option<Writer>> {
        // A panic inside `change` has rolled its transaction back, so the connection is as good as before.
        self.shared.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn reader(&self) -> Result<Reader<'_>> {
        let mut readers = self.shared.readers();
        if readers.closed {
            return Err(Error::Closed);
        }
        readers.out += 1;
        let kept = readers.kept.pop();
        drop(readers);
        let mut reader = Reader { conn: kept, of: &self.shared };
        if reader.conn.is_none() {
            reader.conn = Some(connect(&self.shared.path, &self.shared.key, Access::Read)?);
        }
        Ok(reader)
    }
}

/// What `PRAGMA quick_check` finds.
pub(crate) fn check_structure(conn: &Connection) -> Result<Vec<String>> {
    findings(conn, "PRAGMA quick_check(20)", "ok")
}

fn findings(conn: &Connection, pragma: &str, fine: &str) -> Result<Vec<String>> {
    let mut statement = conn.prepare(pragma)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    let found: std::result::Result<Vec<_>, _> =
        rows.filter(|row| !matches!(row, Ok(text) if text == fine)).collect();
    Ok(found?)
}

fn set_durable(conn: &Connection, durable: bool) -> rusqlite::Result<()> {
    conn.pragma_update(None, "synchronous", if durable { "FULL" } else { "NORMAL" })?;
    // Only macOS looks at it: there fsync alone leaves the bytes in the drive's cache.
    conn.pragma_update(None, "fullfsync", durable)
}

/// How a connection is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Reads only.
    Read,
    /// Reads and writes an existing file.
    Write,
    /// Makes the file.
    Create,
    /// Makes or opens a file that is being copied: no write-ahead log beside it.
    Copy,
}

/// Opens one connection with all settings that every connection must have.
pub(crate) fn connect(path: &Path, key: &Key, access: Access) -> Result<Connection> {
    let makes = matches!(access, Access::Create | Access::Copy);
    if !makes && !path.exists() {
        return Err(Error::NoProfile(path.to_owned()));
    }
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if makes {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
        crate::files::create_private(path)?;
    }
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(BUSY_TIMEOUT)?;
    // SQLCipher's own log would print to stderr; every error reaches us as a code anyway.
    conn.pragma_update(None, "cipher_log_level", "NONE")?;
    conn.pragma_update(None, "key", key.pragma_value())?;
    conn.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    conn.pragma_update(None, "mmap_size", 0)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    conn.pragma_update(None, "secure_delete", true)?;
    conn.pragma_update(None, "cache_size", -16_000)?;
    match access {
        Access::Read => conn.pragma_update(None, "query_only", true)?,
        Access::Copy => conn.pragma_update(None, "synchronous", "FULL")?,
        Access::Write | Access::Create => {
            conn.pragma_update(None, "journal_mode", "WAL")?;
            conn.pragma_update(None, "synchronous", "NORMAL")?;
            conn.pragma_update(None, "checkpoint_fullfsync", true)?;
            conn.pragma_update(None, "journal_size_limit", 32 * 1024 * 1024)?;
        }
    }
    Ok(conn)
}

//! Parts that were fetched from a provider: encrypted with the profile's key, limited in size, in no backup, and
//! never missed, since they can be fetched again.
//!
//! A cache that does not open is thrown away and begun anew. The least recently used parts go first. Not here:
//! fetching, and plain files, which exist only where a person opens or saves one.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, params};
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::key::Key;
use crate::pool::{Access, connect};
use crate::restore::remove_database;
use crate::row;

const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS parts (
        name TEXT NOT NULL PRIMARY KEY, bytes BLOB NOT NULL, size_bytes INTEGER NOT NULL, used_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS parts_by_use ON parts (used_at, size_bytes);";

/// The open cache.
pub struct Cache {
    conn: Mutex<Connection>,
    max_bytes: u64,
}

impl Cache {
    /// Opens the cache, or begins a new one where there is none that opens.
    ///
    /// # Errors
    /// The disk's.
    pub fn open(path: &Path, key: &Key, max_bytes: u64) -> Result<Self> {
        let conn = match begin(path, key) {
            Err(error) if error.is_damage() => {
                remove_database(path)?;
                begin(path, key)?
            }
            conn => conn?,
        };
        Ok(Self { conn: Mutex::new(conn), max_bytes })
    }

    /// A part, if it is here; `now` makes it recently used.
    ///
    /// # Errors
    /// The database's; a caller may treat every error as "not here".
    pub fn get(&self, name: &str, now: Timestamp) -> Result<Option<Vec<u8>>> {
        let conn = self.conn();
        let bytes = row::first(&conn, "SELECT bytes FROM parts WHERE name = ?", [name], |r| r.get("bytes"))?;
        if bytes.is_some() {
            row::run(&conn, "UPDATE parts SET used_at = ?2 WHERE name = ?1", params![name, now.0])?;
        }
        Ok(bytes)
    }

    /// Keeps a part and lets the least recently used ones go until all fit. One larger than the cache is not kept.
    ///
    /// # Errors
    /// The database's.
    pub fn put(&self, name: &str, bytes: &[u8], now: Timestamp) -> Result<()> {
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        if size > self.max_bytes {
            return Ok(());
        }
        let mut conn = self.conn();
        let tx = conn.transaction()?;
        let sql = "INSERT OR REPLACE INTO parts (name, bytes, size_bytes, used_at) VALUES (?, ?, ?, ?)";
        row::run(&tx, sql, params![name, bytes, i64::try_from(size).unwrap_or(i64::MAX), now.0])?;
        let mut total = total_bytes(&tx)?;
        while total > self.max_bytes {
            let sql = "DELETE FROM parts WHERE name =
                           (SELECT name FROM parts WHERE name <> ? ORDER BY used_at LIMIT 1) RETURNING size_bytes";
            let freed: Option<i64> = row::all(&tx, sql, [name], |r| r.get(0))?.pop();
            let Some(freed) = freed else { break };
            total = total.saturating_sub(u64::try_from(freed).unwrap_or(0));
        }
        tx.commit()?;
        Ok(())
    }

    /// Lets one part go.
    ///
    /// # Errors
    /// The database's.
    pub fn remove(&self, name: &str) -> Result<()> {
        row::run(&self.conn(), "DELETE FROM parts WHERE name = ?", [name])?;
        Ok(())
    }

    /// Lets all parts go whose name begins so.
    ///
    /// # Errors
    /// The database's.
    pub fn remove_under(&self, beginning: &str) -> Result<()> {
        let sql = "DELETE FROM parts WHERE substr(name, 1, length(?1)) = ?1";
        row::run(&self.conn(), sql, [beginning])?;
        Ok(())
    }

    /// Lets all parts go and gives the room back.
    ///
    /// # Errors
    /// The database's.
    pub fn empty(&self) -> Result<()> {
        self.conn().execute_batch("DELETE FROM parts; VACUUM;")?;
        Ok(())
    }

    /// Bytes of all parts.
    ///
    /// # Errors
    /// The database's.
    pub fn bytes(&self) -> Result<u64> {
        total_bytes(&self.conn())
    }

    /// Closes the file; whoever still asks finds nothing. Its key or its numbers are about to mean something else.
    ///
    /// # Errors
    /// The database's.
    pub fn close(&self) -> Result<()> {
        let empty = Connection::open_in_memory()?;
        empty.execute_batch(SCHEMA)?;
        *self.conn() = empty;
        Ok(())
    }

    fn conn(&self) -> MutexGuard<'_, Connection> {
        self.conn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn total_bytes(conn: &Connection) -> Result<u64> {
    let total: i64 = row::one(conn, "SELECT coalesce(sum(size_bytes), 0) FROM parts", [])?;
    Ok(u64::try_from(total).unwrap_or(0))
}

fn begin(path: &Path, key: &Key) -> Result<Connection> {
    let conn = connect(path, key, Access::Create)?;
    conn.execute_batch(SCHEMA)?;
    Ok(conn)
}

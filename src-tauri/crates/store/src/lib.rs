//! One encrypted SQLite file: pool, migrations, one file per table, search, backups, and the small files beside
//! it (header, lock, attempts log, parts cache).
//!
//! Reads take [`Connection`], writes take [`Transaction`], so a write outside a transaction does not compile.
//! Every call blocks; callers with an async runtime wrap it in `spawn_blocking`. This is the only crate with SQL.
//!
//! Not here: what a message means, where it belongs or may go. Rows go in and out as they are; deciding is
//! `theke-domain`, and channels are strangers.

pub mod attempts;
pub mod backup;
pub mod cache;
#[cfg(feature = "crash-points")]
mod crash;
pub mod erased;
pub mod erasure;
pub mod error;
pub mod export;
mod files;
pub mod header;
pub mod installation;
pub mod kept;
pub mod key;
pub mod lock;
pub mod migrate;
pub mod person;
pub mod pool;
pub mod profile;
pub mod restore;
pub mod retention;
mod row;
pub mod search;
mod squeeze;
pub mod table;
pub mod words;

pub use error::{Error, Result};
pub use key::Key;
pub use pool::{Cancel, Store};
pub use rusqlite::{Connection, Transaction};

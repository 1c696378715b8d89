//! Everything that can go wrong with the profile's files, told apart where somebody acts on the difference.
//!
//! SQLite's and the system's codes are turned into these once, here; nobody else reads an error's text. Not here:
//! a catch-all with a sentence in it. What has no row of its own is [`Error::Sql`] or [`Error::Io`] with its source.

use std::path::PathBuf;

use rusqlite::ErrorCode;

/// The result of every call into the store.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no profile in the folder.
    #[error("there is no profile in {0}; set one up first")]
    NoProfile(PathBuf),
    /// There is one already, and it is not replaced.
    #[error("there is already a profile in {0}; it stays as it is")]
    ProfileExists(PathBuf),
    /// Header without database or database without header.
    #[error(
        "the profile is incomplete: {missing} is missing; restore it or a backup, nothing new is made over it"
    )]
    Incomplete {
        /// The file that is not there.
        missing: PathBuf,
    },
    /// Another engine holds the profile.
    #[error("another engine is running on this profile (process {pid})")]
    Locked {
        /// Its process id, 0 if it left none.
        pid: u32,
        /// Where it can be woken, as it wrote it; empty if nowhere.
        wake_address: String,
    },
    /// The passphrase, recovery code or keychain secret does not open the profile.
    #[error("this key does not open the profile; look for a typing mistake, or use the recovery code")]
    WrongKey,
    /// The recovery code has a typing mistake: its check characters do not fit.
    #[error("the recovery code has a typing mistake; compare it with the printed one")]
    MistypedCode,
    /// The header has no slot of this sort.
    #[error("the profile cannot be opened in this way")]
    NoSlot,
    /// The header file cannot be read as one.
    #[error("the header file is damaged: {0}")]
    BadHeader(&'static str),
    /// The file is no database, or not one of this key.
    #[error("the file is not a database of this key")]
    NotADatabase,
    /// Pages or the structure are damaged.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// No backup that opens was found.
    #[error("the database is damaged and no backup could be opened")]
    NoGoodBackup,
    /// The file is no backup, or one that was cut off or changed.
    #[error("this is not a whole backup: {0}")]
    BadBackup(&'static str),
    /// Written by a newer program.
    #[error("the database has version {found}, this program knows up to {known}; use the newer program")]
    TooNew {
        /// In the file.
        found: i64,
        /// In this program.
        known: i64,
    },
    /// Written by an older program and not migrated yet.
    #[error("the database has version {found} and must first be brought to {known}")]
    OldSchema {
        /// In the file.
        found: i64,
        /// In this program.
        known: i64,
    },
    /// No space left.
    #[error("the disk is full; make room and try again, nothing was changed")]
    DiskFull,
    /// The disk refuses to read or write.
    #[error(
        "the disk could not be read or written ({0}); nothing was changed. Check that it has space left and is healthy, then try again"
    )]
    DiskFailed(String),
    /// File or folder may not be written.
    #[error("the profile cannot be written; check the permissions of its folder")]
    ReadOnly,
    /// It was closed, because its file is being replaced.
    #[error("the profile is being replaced; try again in a moment")]
    Closed,
    /// Another program keeps the database locked.
    #[error("the database is busy; try again")]
    Busy,
    /// The question was withdrawn or its time was up.
    #[error("the question was interrupted")]
    Interrupted,
    /// There is no row with this id.
    #[error("there is nothing with this id")]
    NotFound,
    /// A stored value is none of those that this program knows.
    #[error("column {column} holds a value that this program does not know")]
    UnknownValue {
        /// Which column.
        column: &'static str,
    },
    /// Random numbers could not be had, or a cipher refused its input.
    #[error("the system's cryptography failed")]
    Crypto,
    /// Any other answer of SQLite.
    #[error("the database refused: {0}")]
    Sql(#[source] rusqlite::Error),
    /// Any other answer of the file system.
    #[error("a file of the profile: {0}")]
    Io(#[source] std::io::Error),
    /// JSON in a column or file.
    #[error("stored JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Error {
    /// Whether the file on disk is at fault and healing is the next step.
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged(_) | Self::NotADatabase)
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let (code, extended) = match &error {
            rusqlite::Error::SqliteFailure(failure, _) => (failure.code, failure.extended_code),
            rusqlite::Error::QueryReturnedNoRows => return Self::NotFound,
            _ => return Self::Sql(error),
        };
        match code {
            ErrorCode::DiskFull => Self::DiskFull,
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied => Self::ReadOnly,
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Busy,
            ErrorCode::DatabaseCorrupt => Self::Damaged(error.to_string()),
            ErrorCode::NotADatabase => Self::NotADatabase,
            ErrorCode::SystemIoFailure if extended == rusqlite::ffi::SQLITE_IOERR_SHORT_READ => {
                Self::Damaged(error.to_string())
            }
            ErrorCode::SystemIoFailure => Self::DiskFailed(error.to_string()),
            ErrorCode::OperationInterrupted => Self::Interrupted,
            _ => Self::Sql(error),
        }
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        use std::io::ErrorKind as Kind;
        match error.kind() {
            Kind::StorageFull | Kind::QuotaExceeded | Kind::FileTooLarge => Self::DiskFull,
            Kind::ReadOnlyFilesystem | Kind::PermissionDenied => Self::ReadOnly,
            _ => Self::Io(error),
        }
    }
}

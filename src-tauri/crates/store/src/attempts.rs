//! `attempts.log`: the witness of what was tried to be sent, beside the database and independent of it.
//!
//! A database that came back from a backup or lost its write-ahead log has forgotten what it sent. This file has
//! not: before each attempt a line is appended and synced. One line is `kind id attempt check\n`:
//!
//! - kind: `a` an attempt begins, `p` it passed the point of no return, `r` it was refused, so nothing went out;
//! - id: the first 128 bits of the SHA-256 of the message's reference, as hex, so that nobody is named here;
//! - attempt: its number, from 1; check: the first 8 hex digits of the SHA-256 of the rest of the line.
//!
//! A torn last line does not pass its check and is skipped. A successful end has no line: the row says so, and if
//! it does not, that is the doubt this file is for. Not here: what follows from it (`table::outbox::steps`).

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use theke_domain::message::ClientReference;

use crate::error::Result;
use crate::files;
use crate::key::sha256_hex;
use crate::pool::Store;
use crate::table::outbox;

/// A file above this is compacted when it is opened and the database is known to be whole.
const COMPACT_ABOVE_BYTES: u64 = 256 * 1024;

/// What the file says last about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The number of its last attempt.
    pub attempt: u32,
    /// That attempt passed the point of no return.
    pub passed: bool,
    /// That attempt was refused: nothing went out.
    pub refused: bool,
}

/// The open file.
pub struct Attempts {
    path: PathBuf,
    state: Mutex<Open>,
}

struct Open {
    file: File,
    seen: HashMap<String, Seen>,
}

impl Attempts {
    /// Opens the file and reads it; makes it if it is missing.
    ///
    /// # Errors
    /// The file system's.
    pub fn open(path: &Path) -> Result<Self> {
        let mut file = files::private_options().create(true).read(true).append(true).open(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        file.sync_all()?;
        files::sync_parent(path)?;
        let mut seen = HashMap::new();
        for line in String::from_utf8_lossy(&text).lines() {
            read_line(line, &mut seen);
        }
        Ok(Self { path: path.to_owned(), state: Mutex::new(Open { file, seen }) })
    }

    /// What it says last about a message; `None` if nothing was tried.
    pub fn last(&self, reference: &ClientReference) -> Option<Seen> {
        self.state().seen.get(&id_of(reference)).copied()
    }

    /// An attempt begins. On the disk when it returns; without that nothing may be sent.
    ///
    /// # Errors
    /// The file system's.
    pub fn begin(&self, reference: &ClientReference, attempt: u32) -> Result<()> {
        self.append('a', reference, attempt)
    }

    /// It passes the point of no return. On the disk when it returns.
    ///
    /// # Errors
    /// The file system's.
    pub fn passed(&self, reference: &ClientReference, attempt: u32) -> Result<()> {
        self.append('p', reference, attempt)
    }

    /// It was refused, so that nothing went out. Called before the row goes back to waiting.
    ///
    /// # Errors
    /// The file system's.
    pub fn refused(&self, reference: &ClientReference, attempt: u32) -> Result<()> {
        self.append('r', reference, attempt)
    }

    /// Drops the messages that are finished, if the file has grown large. The database is written through first: what is
    /// dropped here must not be forgotten there any more. Somebody else's long reading puts it off to the next time.
    ///
    /// # Errors
    /// The disk's; the old file stays whole then.
    pub fn compact(&self, store: &Store) -> Result<()> {
        let mut open = self.state();
        if open.file.metadata()?.len() <= COMPACT_ABOVE_BYTES || !store.checkpoint()? {
            return Ok(());
        }
        let keep: Vec<String> = store.read(outbox::unfinished_references)?.iter().map(id_of).collect();
        open.seen.retain(|id, _| keep.contains(id));
        let mut text = String::new();
        for (id, seen) in &open.seen {
            for (kind, there) in [('a', true), ('p', seen.passed), ('r', seen.refused)] {
                if there {
                    text.push_str(&line(kind, id, seen.attempt));
                }
            }
        }
        files::write_whole(&self.path, text.as_bytes())?;
        open.file = files::private_options().read(true).append(true).open(&self.path)?;
        Ok(())
    }

    fn append(&self, kind: char, reference: &ClientReference, attempt: u32) -> Result<()> {
        let id = id_of(reference);
        let text = line(kind, &id, attempt);
        let mut open = self.state();
        #[cfg(feature = "crash-points")]
        crate::crash::point();
        // A crash or a full disk may have torn the last line; the next one must stand by itself.
        let torn = is_torn(&mut open.file)?;
        open.file.write_all(if torn { format!("\n{text}") } else { text.clone() }.as_bytes())?;
        open.file.sync_data()?;
        #[cfg(feature = "crash-points")]
        crate::crash::point();
        read_line(text.trim_end(), &mut open.seen);
        Ok(())
    }

    fn state(&self) -> MutexGuard<'_, Open> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the file ends in the middle of a line.
fn is_torn(file: &mut File) -> std::io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(false);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last != *b"\n")
}

fn id_of(reference: &ClientReference) -> String {
    sha256_hex(reference.0.as_bytes()).chars().take(32).collect()
}

fn line(kind: char, id: &str, attempt: u32) -> String {
    let rest = format!("{kind} {id} {attempt}");
    let check: String = sha256_hex(rest.as_bytes()).chars().take(8).collect();
    format!("{rest} {check}\n")
}

/// Takes one line into the picture; a line that does not pass its check says nothing.
fn read_line(text: &str, seen: &mut HashMap<String, Seen>) {
    let mut words = text.split(' ');
    let (Some(kind), Some(id), Some(Ok(attempt))) =
        (words.next(), words.next(), words.next().map(str::parse::<u32>))
    else {
        return;
    };
    let Some(kind) = kind.chars().next() else { return };
    if line(kind, id, attempt).trim_end() != text {
        return;
    }
    let entry = seen.entry(id.to_owned()).or_insert(Seen { attempt, passed: false, refused: false });
    if entry.attempt != attempt {
        *entry = Seen { attempt, passed: false, refused: false };
    }
    match kind {
        'p' => entry.passed = true,
        'r' => entry.refused = true,
        // An attempt may be counted again under the same number after a refused login gave it back.
        _ => *entry = Seen { attempt, passed: false, refused: false },
    }
}

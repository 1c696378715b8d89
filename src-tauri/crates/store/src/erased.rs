//! `erased.log`: the addresses whose owners were erased, beside the database and independent of it.
//!
//! A database that came back from an older backup has its erased customers back, and an import or a provider may
//! bring them again. This file knows: before anything is deleted a line for each address is appended and synced.
//! One line is `kind id time check\n`:
//!
//! - kind: `e` everything went, `k` the business letters were kept;
//! - id: the first 128 bits of an HMAC-SHA256 of the address, as hex. Its key is made of the database's key, which never
//!   changes, so that nobody finds an address out by trying;
//! - time: milliseconds since 1970; check: the first 8 hex digits of the SHA-256 of the rest of the line.
//!
//! The same lines stand in the database (`settings`), so that a backup carries them to another computer. What is here and
//! not there is what the database has yet to be told: [`Erased::untold`]. Not here: the erasing (`erasure`).

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use hmac::{Hmac, Mac};
use rusqlite::{Connection, Transaction};
use sha2::Sha256;
use theke_domain::address::Address;
use theke_domain::time::Timestamp;

use crate::error::{Error, Result};
use crate::files;
use crate::key::{Key, hex, sha256_hex};
use crate::table::settings;

/// Where the lines stand in the database.
const KEPT_UNDER: &str = "privacy.erased";
/// Sets this use of the key apart from all others.
const PURPOSE: &[u8] = b"theke: addresses of erased customers";

/// How a customer was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Everything went.
    Everything,
    /// The letters were kept, restricted.
    KeptLetters,
}

/// What a line says of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// When.
    pub at: Timestamp,
    /// How.
    pub way: Way,
}

/// Lines that a database was not told.
#[derive(Debug, Default)]
pub struct Untold(BTreeMap<String, Mark>);

impl Untold {
    /// Whether it knows all of them.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The open file.
pub struct Erased {
    path: PathBuf,
    key: [u8; 32],
    state: Mutex<Open>,
}

struct Open {
    file: File,
    /// Bytes that were read.
    read: u64,
    marks: BTreeMap<String, Mark>,
}

impl Erased {
    /// Opens the file and reads it; makes it if it is missing.
    ///
    /// # Errors
    /// The file system's.
    pub fn open(path: &Path, key: &Key) -> Result<Self> {
        let mut file = files::private_options().create(true).read(true).append(true).open(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        if text.last().is_some_and(|last| *last != b'\n') {
            // A crash tore the last line; the next one must stand by itself.
            file.write_all(b"\n")?;
        }
        file.sync_all()?;
        files::sync_parent(path)?;
        let marks = String::from_utf8_lossy(&text).lines().filter_map(read_line).collect();
        let read = file.metadata()?.len();
        let state = Mutex::new(Open { file, read, marks });
        Ok(Self { path: path.to_owned(), key: code(key.bytes(), &[PURPOSE])?, state })
    }

    /// Whether nobody was erased: then nothing needs to be asked.
    pub fn is_empty(&self) -> bool {
        self.state().marks.is_empty()
    }

    /// When and how the owner of this address was erased.
    pub fn mark(&self, address: &Address) -> Option<Mark> {
        let state = self.state();
        if state.marks.is_empty() {
            return None;
        }
        state.marks.get(&self.id(address).ok()?).copied()
    }

    /// Notes that the owner of these addresses is erased. On the disk when it returns.
    ///
    /// # Errors
    /// The file system's.
    pub fn note(&self, addresses: &[Address], mark: Mark) -> Result<()> {
        let ids = addresses.iter().map(|address| self.id(address)).collect::<Result<Vec<_>>>()?;
        self.append(ids.into_iter().map(|id| (id, mark)))
    }

    /// Takes in what the database knows and this file does not: a backup was brought to this computer.
    ///
    /// # Errors
    /// The file system's; the database's.
    pub fn learn(&self, conn: &Connection) -> Result<()> {
        let new: Vec<_> = {
            let state = self.state();
            told(conn)?.into_iter().filter(|(id, mark)| state.marks.get(id) != Some(mark)).collect()
        };
        self.append(new.into_iter())
    }

    /// The lines that the database does not know: it is older than they are, or was not told in time.
    ///
    /// # Errors
    /// The database's.
    pub fn untold(&self, conn: &Connection) -> Result<Untold> {
        let told = told(conn)?;
        let state = self.state();
        let new = state.marks.iter().filter(|(id, mark)| told.get(*id) != Some(*mark));
        Ok(Untold(new.map(|(id, mark)| (id.clone(), *mark)).collect()))
    }

    /// What the database does not know of this address.
    pub fn untold_mark(&self, untold: &Untold, address: &Address) -> Option<Mark> {
        untold.0.get(&self.id(address).ok()?).copied()
    }

    /// Tells the database the lines of these addresses, in the transaction that did what they say.
    ///
    /// # Errors
    /// The database's.
    pub fn tell(&self, tx: &Transaction<'_>, addresses: &[Address], now: Timestamp) -> Result<()> {
        let mut all = told(tx)?;
        {
            let state = self.state();
            for address in addresses {
                let id = self.id(address)?;
                if let Some(mark) = state.marks.get(&id) {
                    all.insert(id, *mark);
                }
            }
        }
        keep(tx, &all, now)
    }

    /// Tells the database all lines: whoever they say is gone is not in it.
    ///
    /// # Errors
    /// The database's.
    pub fn tell_all(&self, tx: &Transaction<'_>, now: Timestamp) -> Result<()> {
        let all = self.state().marks.clone();
        keep(tx, &all, now)
    }

    /// Reads what another process appended.
    ///
    /// # Errors
    /// The file system's.
    pub fn refresh(&self) -> Result<()> {
        let mut state = self.state();
        let length = state.file.metadata()?.len();
        if length == state.read {
            return Ok(());
        }
        let text = std::fs::read(&self.path)?;
        state.marks.extend(String::from_utf8_lossy(&text).lines().filter_map(read_line));
        state.read = length;
        Ok(())
    }

    /// The keyed hash of an address, by which it can be recognised and not be read: the ledger of automatic answers keeps it.
    ///
    /// # Errors
    /// Where the key cannot be used.
    pub fn address_key(&self, address: &Address) -> Result<String> {
        self.id(address)
    }

    fn append(&self, new: impl Iterator<Item = (String, Mark)>) -> Result<()> {
        let mut state = self.state();
        let mut text = String::new();
        for (id, mark) in new {
            text.push_str(&line(&id, mark));
            text.push('\n');
            state.marks.insert(id, mark);
        }
        if text.is_empty() {
            return Ok(());
        }
        state.file.write_all(text.as_bytes())?;
        state.file.sync_data()?;
        state.read = state.read.saturating_add(text.len() as u64);
        Ok(())
    }

    fn id(&self, address: &Address) -> Result<String> {
        let parts = [address.kind_word(), address.network(), address.value()].map(str::as_bytes);
        Ok(hex(&code(&self.key, &parts)?).chars().take(32).collect())
    }

    fn state(&self) -> MutexGuard<'_, Open> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the database knows.
fn told(conn: &Connection) -> Result<BTreeMap<String, Mark>> {
    let lines = settings::get(conn, KEPT_UNDER)?.unwrap_or_default();
    let lines = lines.as_array().cloned().unwrap_or_default();
    Ok(lines.iter().filter_map(|line| read_line(line.as_str()?)).collect())
}

fn keep(tx: &Transaction<'_>, all: &BTreeMap<String, Mark>, now: Timestamp) -> Result<()> {
    let lines: Vec<String> = all.iter().map(|(id, mark)| line(id, *mark)).collect();
    settings::set(tx, KEPT_UNDER, &serde_json::to_value(lines)?, now)
}

fn code(key: &[u8], parts: &[&[u8]]) -> Result<[u8; 32]> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| Error::Crypto)?;
    for part in parts {
        mac.update(part);
        mac.update(&[0]);
    }
    Ok(mac.finalize().into_bytes().into())
}

fn line(id: &str, mark: Mark) -> String {
    let kind = match mark.way {
        Way::Everything => 'e',
        Way::KeptLetters => 'k',
    };
    let rest = format!("{kind} {id} {}", mark.at.0);
    let check: String = sha256_hex(rest.as_bytes()).chars().take(8).collect();
    format!("{rest} {check}")
}

/// A line that does not pass its check says nothing.
fn read_line(text: &str) -> Option<(String, Mark)> {
    let mut words = text.split(' ');
    let way = match words.next()? {
        "e" => Way::Everything,
        "k" => Way::KeptLetters,
        _ => return None,
    };
    let (id, at) = (words.next()?, Timestamp(words.next()?.parse().ok()?));
    let mark = Mark { at, way };
    (line(id, mark) == text).then(|| (id.to_owned(), mark))
}

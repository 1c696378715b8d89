//! Which installation this is: a random id of this profile on this computer.
//!
//! It tells two computers at one mailbox apart, so it must not travel with the shop's data. It lies in a file of its
//! own that no backup holds, and names the computer by a hash: where the whole folder was copied to another one, that
//! gets an id of its own. Two with the same id would both answer by themselves.
//!
//! Not here: claiming (the channels), and whether automation may run here (the engine's settings).

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::files;
use crate::key::{hex, random, sha256_hex};
use crate::profile::Folder;

/// Held while one is made.
static MAKING: Mutex<()> = Mutex::new(());
/// Digits of an id.
const DIGITS: usize = 16;

#[derive(Serialize, Deserialize)]
struct Installation {
    id: String,
    /// Hash of the computer's own id.
    computer: String,
}

/// The id of this profile on this computer: 16 hex digits, made when it is first asked for.
///
/// # Errors
/// The file system's; no random numbers.
pub fn of(folder: &Folder) -> Result<String> {
    of_computer(folder, &computer())
}

fn of_computer(folder: &Folder, computer: &str) -> Result<String> {
    let path = folder.installation();
    if let Some(id) = known(&path, computer)? {
        return Ok(id);
    }
    // Who asks at the same moment gets the same answer.
    let _turn = MAKING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(id) = known(&path, computer)? {
        return Ok(id);
    }
    let made = Installation { id: hex(&random::<{ DIGITS / 2 }>()?), computer: computer.to_owned() };
    let written = files::write_whole(&path, &serde_json::to_vec(&made)?);
    // Another program may have made one at the same moment: what lies there counts.
    match (known(&path, computer)?, written) {
        (Some(id), _) => Ok(id),
        (None, Ok(())) => Ok(made.id),
        (None, Err(error)) => Err(error),
    }
}

/// What the file says; `None` if it is missing, of another computer, or no such file.
fn known(path: &Path, computer: &str) -> Result<Option<String>> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let read = serde_json::from_slice::<Installation>(&bytes).ok();
    let fits = |found: &Installation| {
        found.computer == computer
            && found.id.len() == DIGITS
            && found.id.bytes().all(|b| b.is_ascii_hexdigit())
    };
    Ok(read.filter(fits).map(|found| found.id))
}

/// A hash of what names this computer; empty where the system tells no such thing (macOS). Then a copied folder is
/// not noticed, a restored backup still is.
fn computer() -> String {
    let linux = std::fs::read_to_string("/etc/machine-id").ok();
    let name = linux.or_else(|| std::env::var("COMPUTERNAME").ok()).unwrap_or_default();
    let name = name.trim();
    if name.is_empty() { String::new() } else { sha256_hex(format!("theke {name}").as_bytes()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_asks_at_the_same_moment_gets_the_same_answer() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        let ids: std::collections::BTreeSet<String> = std::thread::scope(|scope| {
            let asking: Vec<_> =
                (0..16).map(|_| scope.spawn(|| of_computer(&folder, "one").unwrap())).collect();
            asking.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert_eq!(ids.len(), 1);
    }

    #[test]
    fn a_folder_that_was_copied_to_another_computer_is_another_installation() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        let here = of_computer(&folder, "laptop").unwrap();
        assert_eq!(of_computer(&folder, "laptop").unwrap(), here);
        let there = of_computer(&folder, "till").unwrap();
        assert_ne!(there, here);
        assert_eq!(of_computer(&folder, "till").unwrap(), there);
    }

    #[test]
    fn what_is_no_such_file_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let folder = Folder::new(dir.path());
        for damaged in ["", "{", r#"{"id":"x) (","computer":"laptop"}"#, "\0\0\0"] {
            std::fs::write(folder.installation(), damaged).unwrap();
            let id = of_computer(&folder, "laptop").unwrap();
            assert!(id.len() == DIGITS && id.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
            assert_eq!(of_computer(&folder, "laptop").unwrap(), id);
        }
    }
}

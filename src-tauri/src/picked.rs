//! What the person chose in the system's own dialogs or dropped on the window. The window may name a file or folder to the engine only if it
//! stands here: a page that was tricked can then still not read or write a file of its own choice.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Mutex;

use theke_engine::api::{ApiError, ApiResult, Code};

/// The files and folders that were chosen since the program started.
#[derive(Default)]
pub struct Picked(Mutex<HashSet<PathBuf>>);

impl Picked {
    /// The person chose this.
    pub fn add(&self, path: PathBuf) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(path);
    }

    /// The same, and how the page may call it. A path that is not UTF-8 cannot go through the page and back; it counts
    /// as not chosen.
    pub fn remember(&self, path: PathBuf) -> Option<String> {
        let shown = path.to_str()?.to_owned();
        self.add(path);
        Some(shown)
    }

    /// The path, if the person chose it.
    ///
    /// # Errors
    /// `BadInput` if nobody did.
    pub fn check(&self, path: &str) -> ApiResult<PathBuf> {
        let path = PathBuf::from(path);
        if self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).contains(&path) {
            return Ok(path);
        }
        Err(ApiError::new(Code::BadInput, "This file was not chosen in the dialog. Choose it once more.")
            .with("field", "path"))
    }
}

#[cfg(test)]
mod tests {
    use super::Picked;

    #[test]
    fn only_what_was_chosen_is_let_through() {
        let picked = Picked::default();
        picked.add("/home/anna/Rechnung.pdf".into());
        assert!(picked.check("/home/anna/Rechnung.pdf").is_ok());
        assert!(picked.check("/home/anna/../anna/Rechnung.pdf").is_err());
        assert!(picked.check("/etc/passwd").is_err());
    }
}

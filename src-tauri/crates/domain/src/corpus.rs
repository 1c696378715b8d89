//! Where tests find the labelled sets beside the repository. They are not part of it: a test that needs one
//! says that it was skipped and ends.

use std::path::{Path, PathBuf};

/// The folder or file `name` below the corpora; `None`, with a word on the output, if it is not there.
pub fn path(name: &str) -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("../shared"));
    let found = std::env::var_os("THEKE_SHARED")
        .map(PathBuf::from)
        .into_iter()
        .chain(beside)
        .map(|shared| shared.join("corpora").join(name))
        .find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: corpora not found");
    }
    found
}

/// A file of the corpora as text.
pub fn text(name: &str) -> Option<String> {
    std::fs::read_to_string(path(name)?).ok()
}

/// A JSONL file of the corpora, one value a line.
pub fn lines(name: &str) -> Option<Vec<serde_json::Value>> {
    Some(text(name)?.lines().map(|line| serde_json::from_str(line).unwrap()).collect())
}

//! What unit tests of this crate share. The test kit for whole flows is in `tests/kit`.

use std::path::PathBuf;

/// The folder of test inputs, if it is there: `THEKE_SHARED`, or `shared` beside the repository.
pub fn corpora() -> Option<PathBuf> {
    let shared = std::env::var_os("THEKE_SHARED").map(PathBuf::from).or_else(|| {
        let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        here.ancestors().map(|folder| folder.join("shared")).find(|folder| folder.join("corpora").is_dir())
    })?;
    Some(shared.join("corpora")).filter(|folder| folder.is_dir())
}

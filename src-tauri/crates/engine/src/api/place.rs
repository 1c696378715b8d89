//! Where a profile lies, and which channel kinds it knows. One answer for the window and the command line.

use std::path::{Path, PathBuf};

use theke_channels::registry::Registry;

use super::Profile;

/// An empty file.
pub(super) const PRACTICE_MARK: &str = "practice";

impl Profile {
    /// The folder in the user's data folder: `$XDG_DATA_HOME/theke` or `~/.local/share/theke` on Linux,
    /// `~/Library/Application Support/Theke` on macOS, `%LOCALAPPDATA%\Theke` on Windows (a database does not
    /// belong into a roaming folder). `None` where the user has no home.
    pub fn default_dir() -> Option<PathBuf> {
        let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        if cfg!(windows) {
            return folder("LOCALAPPDATA").map(|base| base.join("Theke"));
        }
        if cfg!(target_os = "macos") {
            return folder("HOME").map(|home| home.join("Library/Application Support/Theke"));
        }
        folder("XDG_DATA_HOME")
            .or_else(|| folder("HOME").map(|home| home.join(".local/share")))
            .map(|base| base.join("theke"))
    }

    /// The folder of the practice shop, beside [`Profile::default_dir`].
    pub fn practice_dir() -> Option<PathBuf> {
        let real = Self::default_dir()?;
        let mut name = real.file_name()?.to_owned();
        name.push("-practice");
        Some(real.with_file_name(name))
    }

    /// Whether the profile in `dir` is a practice shop: a mark beside the database says so, since the kinds that it
    /// may open have to be known before it is opened.
    pub fn is_practice(dir: &Path) -> bool {
        dir.join(PRACTICE_MARK).exists()
    }

    /// The shipped kinds and the connector files of the profile in `dir`. The profile need not be opened for that,
    /// nor be there at all. A practice shop knows only kinds that reach nobody real.
    pub fn registry(dir: &Path) -> Registry {
        if Self::is_practice(dir) {
            return Registry::practice();
        }
        Registry::load(Some(&dir.join("connectors")))
    }
}

//! Stamps: what a step was made from, kept in `target/stamps`, so that a second run does no work twice. Hashes of
//! contents and not times of files, because a clone and a checkout change every time.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The stamp of one step.
pub struct Stamp {
    file: PathBuf,
    wanted: String,
}

impl Stamp {
    /// The stamp of the step `name`, if it were made from these files and folders. `skip` names folders and files
    /// that do not count, wherever they lie.
    pub fn new(root: &Path, name: &str, sources: &[PathBuf], skip: &[&str]) -> Result<Self> {
        let wanted = hash_of(sources, skip)?;
        Ok(Self { file: root.join("target/stamps").join(name), wanted })
    }

    /// The step was done from exactly this.
    pub fn is_current(&self) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|found| found == self.wanted)
    }

    /// The step is done.
    pub fn set(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&self.file, &self.wanted)
            .with_context(|| format!("{} cannot be written", self.file.display()))
    }
}

/// One hash over names and contents. It is not stable between compilers; that costs one run of the step.
pub fn hash_of(sources: &[PathBuf], skip: &[&str]) -> Result<String> {
    let mut files = Vec::new();
    for source in sources {
        gather(source, skip, &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))?.hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn gather(path: &Path, skip: &[&str], files: &mut Vec<PathBuf>) -> Result<()> {
    if path.file_name().and_then(|name| name.to_str()).is_some_and(|name| skip.contains(&name)) {
        return Ok(());
    }
    if path.is_dir() {
        for entry in std::fs::read_dir(path)? {
            gather(&entry?.path(), skip, files)?;
        }
    } else if path.exists() {
        files.push(path.to_path_buf());
    }
    Ok(())
}

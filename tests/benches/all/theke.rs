//! Theke as its user has it: the release `thekectl` on a fresh profile, and the same api in this process beside it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result, bail};
use theke_engine::api::{Api, KeySource, Ports};
use theke_engine::ports::{NoKeychain, SystemClock};
use theke_store::Store;
use theke_store::header::{Header, Unlock};
use theke_store::profile::Folder;

const PASSPHRASE: &str = "a long passphrase for measuring";

/// A profile in a folder of its own.
pub struct Profile {
    /// The folder.
    pub dir: PathBuf,
    passphrase_file: PathBuf,
}

/// A clock and no keychain.
pub fn ports() -> Ports {
    Ports { clock: Arc::new(SystemClock), keychain: Arc::new(NoKeychain) }
}

/// A program beside this benchmark, built in the same manner.
pub fn beside(name: &str) -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    let folder = own.ancestors().nth(2).context("this benchmark lies nowhere")?;
    let program = folder.join(name);
    if !program.exists() {
        bail!("{} is missing: cargo bench-all builds it", program.display());
    }
    Ok(program)
}

impl Profile {
    /// A new profile below `folder`.
    pub fn create(folder: &Path) -> Result<Self> {
        let passphrase_file = folder.join("passphrase");
        std::fs::create_dir_all(folder)?;
        std::fs::write(&passphrase_file, PASSPHRASE)?;
        let profile = Self { dir: folder.join("profile"), passphrase_file };
        profile.run(&["init", "--shop", "Bench", "--country", "DE"])?;
        Ok(profile)
    }

    /// A command of thekectl on this profile, not started yet.
    pub fn command(&self, words: &[&str]) -> Result<Command> {
        let mut command = Command::new(beside("thekectl")?);
        command
            .arg("--profile")
            .arg(&self.dir)
            .arg("--passphrase-file")
            .arg(&self.passphrase_file)
            .arg("--json")
            .args(words);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Ok(command)
    }

    /// Runs a command to its end; its JSON.
    pub fn run(&self, words: &[&str]) -> Result<serde_json::Value> {
        let output = self.command(words)?.output()?;
        if !output.status.success() {
            bail!("thekectl {words:?}: {}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    /// Its store, for filling it faster than messages come.
    pub fn store(&self) -> Result<Store> {
        let folder = Folder::new(&self.dir);
        let key = Header::read(&folder)?.open(&Unlock::Passphrase(PASSPHRASE.to_owned()))?;
        Ok(Store::open(&folder.database(), &key)?)
    }

    /// The same profile through the api, in this process.
    pub async fn open(&self, registry: theke_engine::api::Registry) -> Result<Api> {
        Ok(Api::open(&self.dir, KeySource::Passphrase(PASSPHRASE.to_owned()), ports(), registry).await?)
    }
}

/// Waits for a child and returns how long it took and its peak memory in megabytes. The peak is read from the
/// system while the child lives: it only grows, so the last reading is the peak but for the last moments.
pub fn wait_with_memory(mut child: Child, started: Instant) -> Result<(f64, f64)> {
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak_kb: f64 = 0.0;
    loop {
        if let Some(status) = child.try_wait()? {
            if !status.success() {
                bail!("thekectl ended with {status}");
            }
            return Ok((started.elapsed().as_secs_f64(), peak_kb / 1024.0));
        }
        let text = std::fs::read_to_string(&status_file).unwrap_or_default();
        let high = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = high.and_then(|rest| rest.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0.0);
        peak_kb = peak_kb.max(kb);
        std::thread::park_timeout(std::time::Duration::from_millis(20));
    }
}

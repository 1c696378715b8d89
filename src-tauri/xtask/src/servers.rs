//! Cyrus, the second mail server of the tests. Its package and Dovecot's exclude each other, so it is not installed: the
//! packages are fetched and unpacked below `target/servers`, where the tests look for them. Needs no root.
//!
//! Without apt, or without a way to its servers, the test says that it was skipped.

use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::start;

/// What is fetched whether it is installed or not; what these need besides is found out.
const WANTED: [&str; 4] = ["cyrus-imapd", "cyrus-common", "sasl2-bin", "libsasl2-modules"];
/// What they would pull in and the tests do not use.
const UNUSED: [&str; 4] = ["exim4", "db-util", "db5", "gawk"];

/// Fetches it once.
pub fn ensure(root: &Path) {
    let folder = start::target(root).join("servers/cyrus");
    let there = ["/", &folder.display().to_string()]
        .iter()
        .any(|place| Path::new(place).join("usr/lib/cyrus/bin/master").is_file());
    if there || !cfg!(target_os = "linux") {
        return;
    }
    println!("Fetching the mail server Cyrus for the tests, without installing it");
    if let Err(error) = fetch(&folder) {
        println!("- Cyrus: its test will be skipped: {error:#}");
    }
}

fn fetch(folder: &Path) -> Result<()> {
    let draft = folder.with_extension("new");
    // What an interrupted run left behind.
    let _ = std::fs::remove_dir_all(&draft);
    let archives = draft.join("archives");
    std::fs::create_dir_all(&archives)?;
    let mut names: Vec<String> = WANTED.map(str::to_owned).into();
    names.extend(needed()?);
    names.sort();
    names.dedup();
    let fetched = Command::new("apt-get")
        .args(["--quiet", "download"])
        .args(&names)
        .current_dir(&archives)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .context("apt-get cannot be started")?;
    if !fetched.success() {
        bail!("apt-get cannot fetch {}", names.join(" "));
    }
    for entry in std::fs::read_dir(&archives)? {
        let unpacked = Command::new("dpkg").arg("-x").arg(entry?.path()).arg(&draft).status()?;
        if !unpacked.success() {
            bail!("dpkg cannot unpack what was fetched");
        }
    }
    std::fs::remove_dir_all(&archives)?;
    // In one step, so that half of it is never taken for the whole.
    std::fs::rename(&draft, folder).context("the folder cannot be put into place")
}

/// What an installation would bring, by a rehearsal: names of libraries differ between releases.
fn needed() -> Result<Vec<String>> {
    let rehearsed = Command::new("apt-get")
        .args(["install", "--simulate", "--no-install-recommends"])
        .args(WANTED)
        .output()
        .context("apt-get cannot be started")?;
    let text = String::from_utf8_lossy(&rehearsed.stdout);
    let names = text.lines().filter_map(|line| line.strip_prefix("Inst ")?.split(' ').next());
    Ok(names
        .filter(|name| !UNUSED.iter().any(|unused| name.starts_with(unused)))
        .map(str::to_owned)
        .collect())
}

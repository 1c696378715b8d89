//! cargo-deny, which reads licences and sources of what is linked. A fresh machine does not have it, so it is built once
//! below `target/tools`; one that is installed is taken as it is.
//!
//! Not here: what is allowed; `.deny.toml` says that.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Result, bail};

use crate::{run, start};

/// The release that was tried with `.deny.toml`; its own lock file says what it is built from.
const VERSION: &str = "0.20.2";

/// The program, built if it is missing.
///
/// # Errors
/// It could not be built, mostly because the registry cannot be reached.
pub fn program(root: &Path) -> Result<PathBuf> {
    if crate::version_of("cargo-deny").is_some() {
        return Ok("cargo-deny".into());
    }
    let tools = start::target(root).join("tools");
    let program = tools.join("bin/cargo-deny");
    if program.is_file() {
        return Ok(program);
    }
    println!("Building cargo-deny {VERSION} for the check of licences; once, some minutes …");
    let mut install = run::cargo(root);
    // Unoptimised: it runs for a second, and is built three times as fast.
    install.args(["install", "--quiet", "--locked", "--debug", "--version", VERSION, "--root"]);
    install.arg(&tools).arg("cargo-deny").env("CARGO_TARGET_DIR", tools.join("build"));
    let ended = run::collect(install, Duration::from_secs(20 * 60))?;
    // The program stays; a gigabyte of what it was built from need not.
    let _freed_or_not = std::fs::remove_dir_all(tools.join("build"));
    if !ended.ok {
        bail!("{}", ended.text.lines().last().unwrap_or("cargo said nothing"));
    }
    Ok(program)
}

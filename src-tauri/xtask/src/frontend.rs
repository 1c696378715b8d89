//! The front end: its packages and its build, each only when what it is made from has changed.

use std::path::Path;

use anyhow::Result;

use crate::run;
use crate::stamp::Stamp;

/// What lies in `ui/` and is not a source.
pub const NOT_SOURCES: &[&str] = &[
    "node_modules",
    "dist",
    "paraglide",
    "test-results",
    ".svelte-kit",
    // What the first run of inlang leaves beside its settings.
    ".meta.json",
    ".gitignore",
    "README.md",
];

/// Packages and build: afterwards `ui/dist` is what the sources say.
pub fn build(root: &Path) -> Result<()> {
    packages(root)?;
    let ui = root.join("ui");
    let stamp = Stamp::new(root, "ui", std::slice::from_ref(&ui), NOT_SOURCES)?;
    if stamp.is_current() && ui.join("dist/index.html").exists() {
        return Ok(());
    }
    println!("Building the front end …");
    run::must(
        run::npm(root).args(["run", "--silent", "build"]),
        "The lines above name the file and line in ui/.",
    )?;
    stamp.set()
}

/// `npm ci`, if the lock file has changed or the packages are not there.
pub fn packages(root: &Path) -> Result<()> {
    let ui = root.join("ui");
    let stamp = Stamp::new(root, "npm", &[ui.join("package-lock.json")], &[])?;
    if stamp.is_current() && ui.join("node_modules").is_dir() {
        return Ok(());
    }
    println!("Fetching the front end's packages …");
    let advice = "npm's own words are above. Mostly the network is away or a proxy is missing (npm config set proxy …); \
                  then run the same command again.";
    run::must(run::npm(root).args(["ci", "--no-audit", "--loglevel=error"]), advice)?;
    stamp.set()
}

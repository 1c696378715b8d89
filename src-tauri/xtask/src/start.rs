//! `cargo start`: from a fresh clone to an open window. Each step is done only if it is not done yet.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};

use crate::{frontend, packages, picture, run, tools};

/// Builds what is missing and opens the program; without a display, takes a picture of its window instead.
/// `words` go on to the program.
pub fn start(root: &Path, words: &[String]) -> Result<ExitCode> {
    tools::check()?;
    let display = has_display();
    if display {
        packages::ensure(&[packages::BUILD])?;
    } else {
        packages::ensure(&[packages::BUILD, packages::PICTURE])?;
    }
    frontend::build(root)?;
    let program = build(root)?;
    if display {
        println!("Theke is open. Closing its window ends it.");
        let status = Command::new(&program)
            .args(words)
            .status()
            .context("the program that was just built cannot be started")?;
        return Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    println!(
        "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): Theke opens on a virtual one."
    );
    let file = root.join("target/theke-window.png");
    picture::take(&program, words, &file)?;
    println!("A picture of its window: {}", file.display());
    println!("The program was closed again. With a display, the same command opens the window.");
    Ok(ExitCode::SUCCESS)
}

/// The release program.
fn build(root: &Path) -> Result<PathBuf> {
    let program = target(root).join("release/theke");
    if !program.exists() {
        println!("Building the program; the first time takes some minutes …");
    }
    let mut command = run::cargo(root);
    command.args(["build", "--release", "--package", "theke", "--features", "custom-protocol"]);
    let advice = "If a system library is named above, its package is missing; if the disk is full, about 3 GB are \
                  needed in target/. Then run `cargo start` again: it goes on where it stopped.";
    run::must(&mut command, advice)?;
    Ok(program)
}

/// Where cargo puts what it builds.
pub fn target(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder))
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

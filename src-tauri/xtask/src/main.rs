//! The project's own commands, so that nobody has to remember any: `cargo start` opens the program from a fresh
//! clone, `cargo verify` runs every test there is, `cargo bench-all` measures, `cargo xtask` writes what is generated.
//!
//! One file per command; what they share is in `run` (starting programs), `packages` (the system's packages) and
//! `frontend`. Almost nothing is depended on: building this is the first thing that a newcomer waits for.
//!
//! Not here: the C compiler, without which this could not be linked; `.cargo/cc` sees to it.

mod count;
mod deny;
mod figures;
mod frontend;
mod generate;
#[cfg(feature = "icons")]
mod icons;
#[cfg(feature = "intents")]
mod intents;
mod packages;
mod picture;
mod run;
mod servers;
mod stamp;
mod start;
mod tools;
mod verify;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};

const USAGE: &str = "\
cargo start            build what is missing and open the program
cargo start --practice the same with the practice shop, in which everybody is invented
cargo verify           run every test; ends in a count
cargo bench-all        measure, beside mbsync, notmuch and a bare window in the same run
cargo xtask icons      draw icons/ from icons/theke.svg
cargo xtask bindings   write the TypeScript types of engine::api
cargo xtask schema     write migrations/schema.sql
cargo xtask train-intents
                       write the weights of the classifier of intents; --check prints how well it does";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\n{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(words: &[String]) -> Result<ExitCode> {
    let root = root()?;
    let (command, rest) = words.split_first().map_or(("", words), |(first, rest)| (first.as_str(), rest));
    let practice = command == "start" && rest == ["--practice"];
    let checked = command == "train-intents" && rest == ["--check"];
    if command != "bench-all"
        && !practice
        && !checked
        && let Some(word) = rest.first()
    {
        bail!("`{command}` takes no further words, and {word:?} was given.\n\n{USAGE}");
    }
    match command {
        "start" => start::start(&root, rest),
        "verify" => verify::verify(&root),
        "bench-all" => bench(&root, rest),
        "icons" => generate::icons(&root),
        "bindings" => generate::bindings(&root),
        "schema" => generate::schema(&root),
        "train-intents" => generate::intents(&root, checked),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(ExitCode::SUCCESS)
        }
        other => bail!("there is no command {other:?}.\n\n{USAGE}"),
    }
}

/// The measurements are a program of the tests, because they need the same servers.
fn bench(root: &Path, rest: &[String]) -> Result<ExitCode> {
    tools::check_rust()?;
    let suites = ["sync", "arrival", "read", "customers", "ui"];
    let with_window =
        rest.iter().any(|word| word == "ui") || !rest.iter().any(|word| suites.contains(&word.as_str()));
    packages::ensure(&[packages::BUILD, packages::BENCH])?;
    // One selection for all that is built: another one would have other features, and everything below built again.
    let (selection, programs): (&[&str], &[&str]) = if with_window {
        tools::check()?;
        packages::ensure(&[packages::PICTURE, packages::TEST])?;
        frontend::build(root)?;
        (
            &["--workspace", "--features", "theke/custom-protocol,theke-tests/bare-window"],
            &["--bin", "thekectl", "--bin", "theke", "--bin", "theke-bare-window"],
        )
    } else {
        (&["--package", "thekectl", "--package", "theke-tests"], &["--bin", "thekectl"])
    };
    let advice = "The compiler's lines above say what is wrong.";
    run::must(run::cargo(root).args(["build", "--release"]).args(selection).args(programs), advice)?;
    let mut command = run::cargo(root);
    command.arg("bench").args(selection).args(["--bench", "all", "--"]).args(rest);
    run::must(&mut command, "The lines above say which measurement did not come to its end.")?;
    Ok(ExitCode::SUCCESS)
}

/// The root of the repository, wherever the command was given.
fn root() -> Result<PathBuf> {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .map(Path::to_path_buf)
        .context("xtask does not lie in src-tauri/xtask any more")
}

/// `Some(text)` if this program is there and answers to `--version`.
fn version_of(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

//! What is generated and committed: icons, TypeScript types, the schema, the weights of the classifier of intents. Tests
//! compare all but the icons, so that a forgotten run is found.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;

use crate::run;

/// Draws `icons/`.
#[cfg(feature = "icons")]
pub fn icons(root: &Path) -> Result<ExitCode> {
    crate::icons::draw(root)?;
    Ok(ExitCode::SUCCESS)
}

/// Builds this program once more, with the renderer, and lets that one draw.
#[cfg(not(feature = "icons"))]
pub fn icons(root: &Path) -> Result<ExitCode> {
    let mut command = run::cargo(root);
    command.args(["run", "--quiet", "--package", "xtask", "--features", "icons", "--", "icons"]);
    run::must(&mut command, "The lines above say what is wrong with icons/theke.svg or the renderer.")?;
    Ok(ExitCode::SUCCESS)
}

/// Writes `ui/src/lib/api/bindings`: ts-rs does it in tests of its own making.
pub fn bindings(root: &Path) -> Result<ExitCode> {
    let mut command = run::cargo(root);
    command.args(["test", "--quiet", "--package", "theke-engine", "--lib", "export_bindings"]);
    run::must(&mut command, "theke-engine must build before its types can be written.")?;
    Ok(ExitCode::SUCCESS)
}

/// Writes `migrations/schema.sql` from the migrations.
pub fn schema(root: &Path) -> Result<ExitCode> {
    let mut command = run::cargo(root);
    command.args(["test", "--quiet", "--package", "theke-store", "schema"]).env("THEKE_WRITE_SCHEMA", "1");
    run::must(&mut command, "The lines above name the migration that cannot be run.")?;
    Ok(ExitCode::SUCCESS)
}

/// Writes the weights of the classifier of intents.
#[cfg(feature = "intents")]
pub fn intents(root: &Path, check: bool) -> Result<ExitCode> {
    crate::intents::train(root, check)?;
    Ok(ExitCode::SUCCESS)
}

/// Builds this program once more, optimised and with the solver, and lets that one train.
#[cfg(not(feature = "intents"))]
pub fn intents(root: &Path, check: bool) -> Result<ExitCode> {
    let mut command = run::cargo(root);
    command.args([
        "run",
        "--quiet",
        "--release",
        "--package",
        "xtask",
        "--features",
        "intents",
        "--",
        "train-intents",
    ]);
    command.args(check.then_some("--check"));
    run::must(&mut command, "The lines above say what is wrong with the sentences or the solver.")?;
    Ok(ExitCode::SUCCESS)
}

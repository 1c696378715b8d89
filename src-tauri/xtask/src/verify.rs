//! `cargo verify`: every test there is, in one run, without a terminal or a display. A step that fails does not
//! stop the others. At the end stand the figures that tests printed, and the last line is the count.
//!
//! There is one debug target for everything: clippy, then one build of the whole workspace with the tests' own
//! features, which `cargo test` and the driven window both use. Features differ between a part of the workspace and
//! the whole of it, so a step that builds only a part would build the dependencies a second time.

use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::count::{self, Count, Runner};
use crate::figures::Figures;
use crate::{deny, frontend, packages, run, servers, stamp, start, tools};

/// The window's one build mode: it brings its front end with it. The benchmark's bare window is built beside it, so that
/// it does not fall behind.
const WINDOW: [&str; 2] = ["--features", "theke/custom-protocol,theke-tests/bare-window"];

/// One thing to run.
struct Step {
    title: &'static str,
    runner: Runner,
    command: Command,
    limit_minutes: u64,
    advice: &'static str,
}

/// Runs all of it.
pub fn verify(root: &Path) -> Result<ExitCode> {
    let started = Instant::now();
    tools::check()?;
    packages::ensure(&[packages::BUILD, packages::PICTURE, packages::TEST])?;
    servers::ensure(root);
    let browser = browser()?;
    frontend::packages(root)?;
    let bindings = root.join("ui/src/lib/api/bindings");
    let types_before = stamp::hash_of(std::slice::from_ref(&bindings), &[])?;

    let mut sum = Count::default();
    let mut figures = Figures::default();
    for step in front_end(root, browser).into_iter().chain(rust(root)) {
        sum += perform(root, step, &mut figures)?;
    }
    sum += supply_chain(root, &mut figures)?;
    if stamp::hash_of(&[bindings], &[])? != types_before {
        println!("✗ TypeScript types: the tests wrote them anew. Commit ui/src/lib/api/bindings as it is.");
        sum.failed += 1;
    }

    print!("{}", figures.text());
    let minutes = started.elapsed().as_secs().div_ceil(60);
    println!("\nThat took {minutes} minutes; each step's words are in target/verify.");
    if sum.failed > 0 {
        println!(
            "Mend what the lines with ✗ name, then run `cargo verify` again: what is built stays built."
        );
    }
    println!("{} passed, {} failed, {} skipped", sum.passed, sum.failed, sum.skipped);
    Ok(if sum.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn front_end(root: &Path, browser: bool) -> Vec<Step> {
    let npm = |script: &[&str]| {
        let mut command = run::npm(root);
        command.args(["run", "--silent"]).args(script).env("NO_COLOR", "1");
        command
    };
    let mut steps = vec![
        Step {
            title: "front end: types",
            runner: Runner::Step,
            command: npm(&["check"]),
            limit_minutes: 5,
            advice: "svelte-check names file and line in ui/.",
        },
        Step {
            title: "front end: tests",
            runner: Runner::Vitest,
            command: npm(&["test"]),
            limit_minutes: 5,
            advice: "Alone: npm test, in ui/.",
        },
        Step {
            title: "front end: build",
            runner: Runner::Step,
            command: npm(&["build"]),
            limit_minutes: 5,
            advice: "Alone: npm run build, in ui/.",
        },
    ];
    if browser {
        steps.push(Step {
            title: "front end: in a browser",
            runner: Runner::Node,
            command: npm(&["test:browser"]),
            limit_minutes: 45,
            advice: "Alone: npm run test:browser, in ui/.",
        });
    }
    steps
}

fn rust(root: &Path) -> Vec<Step> {
    let cargo = |words: &[&str]| {
        let mut command = run::cargo(root);
        command.args(words).env("CARGO_TERM_COLOR", "never").env("CI", "true");
        command
    };
    let mut clippy = cargo(&["clippy", "--workspace", "--all-targets"]);
    clippy.args(WINDOW).args(["--", "--deny", "warnings"]);
    let mut build = cargo(&["build", "--workspace", "--all-targets"]);
    build.args(WINDOW);
    let mut test = cargo(&["test", "--workspace", "--no-fail-fast"]);
    test.args(WINDOW).args(["--", "--show-output"]);
    // The tests drive these programs; without the variable they say that they were skipped.
    test.env("THEKE_WINDOW", start::target(root).join("debug/theke"));
    test.env("THEKE_CYRUS", start::target(root).join("servers/cyrus"));
    vec![
        Step {
            title: "Rust: layout",
            runner: Runner::Step,
            command: cargo(&["fmt", "--all", "--check"]),
            limit_minutes: 2,
            advice: "cargo fmt --all does it.",
        },
        Step {
            title: "Rust: clippy",
            runner: Runner::Step,
            command: clippy,
            limit_minutes: 40,
            advice: "Clippy names file and line.",
        },
        Step {
            title: "Rust: build",
            runner: Runner::Step,
            command: build,
            limit_minutes: 45,
            advice: "The compiler names file and line.",
        },
        Step {
            title: "Rust: tests",
            runner: Runner::Cargo,
            command: test,
            limit_minutes: 50,
            advice: "Alone: cargo test --package PACKAGE NAME.",
        },
    ]
}

/// Licences, sources and known holes. Known holes are asked for in the net: without it they are skipped, in words.
fn supply_chain(root: &Path, figures: &mut Figures) -> Result<Count> {
    let mut sum = Count::default();
    match deny::program(root) {
        Ok(program) => {
            let mut command = Command::new(program);
            command.args(["--log-level", "error", "check", "bans", "licenses", "sources"]).current_dir(root);
            let advice = "cargo deny names the crate; an exception with its reason goes into .deny.toml.";
            let title = "Rust: licences";
            let step = Step { title, runner: Runner::Step, command, limit_minutes: 5, advice };
            sum += perform(root, step, figures)?;
        }
        Err(error) => {
            println!("- Rust: licences: skipped, cargo-deny could not be built: {error:#}");
            sum.skipped += 1;
        }
    }
    let mut command = run::npm(root);
    command.args(["audit", "--audit-level=high"]);
    let ended = run::collect(command, Duration::from_secs(120))?;
    let answered = ended.text.contains("vulnerabilities");
    match (ended.ok, answered) {
        (true, _) => sum.passed += 1,
        (false, true) => {
            println!("✗ npm audit\n{}", ended.text);
            sum.failed += 1;
        }
        (false, false) => {
            println!("- npm audit: skipped, its database cannot be reached");
            sum.skipped += 1;
        }
    }
    Ok(sum)
}

/// Runs one step and says how it ended. The step itself counts as one test where it has no runner.
fn perform(root: &Path, step: Step, figures: &mut Figures) -> Result<Count> {
    println!("» {}", step.title);
    let started = Instant::now();
    let ended = run::collect(step.command, Duration::from_secs(60 * step.limit_minutes))?;
    let folder = root.join("target/verify");
    std::fs::create_dir_all(&folder)?;
    let log = folder.join(format!("{}.log", step.title.replace(": ", "-").replace(' ', "-")));
    std::fs::write(&log, &ended.text)?;
    figures.gather(&ended.text);

    let found = count::read(step.runner, &ended.text);
    let mut count = found.unwrap_or_default();
    if ended.ok {
        count.passed += u32::from(found.is_none());
    } else if count.failed == 0 {
        count.failed = 1;
    }
    let seconds = started.elapsed().as_secs();
    if ended.ok {
        println!("✓ {} ({seconds} s): {} passed, {} skipped", step.title, count.passed, count.skipped);
        return Ok(count);
    }
    println!("{}", tail(&ended.text));
    if ended.too_long {
        println!("It was ended after {} minutes.", step.limit_minutes);
    }
    println!(
        "✗ {} ({seconds} s): {} failed. {} All of it: {}",
        step.title,
        count.failed,
        step.advice,
        log.display()
    );
    Ok(count)
}

/// What a person wants to see of a failure: the end, and of Rust's tests all that is said about failing ones.
fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let interesting = |line: &&str| line.ends_with("... FAILED") || line.contains("panicked at");
    let named: Vec<&str> = lines.iter().copied().filter(|line| interesting(line)).take(60).collect();
    let last = lines.iter().rev().take(60).rev().copied();
    named.into_iter().chain(last).collect::<Vec<_>>().join("\n")
}

/// A Chromium for the browser tests: there, or to be had from the system's packages.
fn browser() -> Result<bool> {
    let there = ["chromium", "google-chrome", "chromium-browser"]
        .iter()
        .any(|name| crate::version_of(name).is_some());
    if there {
        return Ok(true);
    }
    if packages::offered("chromium") {
        packages::ensure(&[packages::BROWSER])?;
        return Ok(true);
    }
    println!(
        "- front end: in a browser: skipped, this system's packages have no Chromium; install one and run again"
    );
    Ok(false)
}

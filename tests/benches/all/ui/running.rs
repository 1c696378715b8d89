//! A program with a window that runs: when it says what, and how much memory it and its children hold.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use theke_tests::desk::{Desk, Started};

const PATIENCE: Duration = Duration::from_secs(60);
/// Memory counts as settled when it was the same for so many looks in a row.
const SAME_LOOKS: usize = 6;
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// A started program whose words are read.
pub struct Running {
    /// The process.
    pub started: Started,
    began: Instant,
    lines: Receiver<(Instant, String)>,
}

impl Running {
    /// Starts it on this desktop.
    pub fn start(desk: &Desk, program: &Path, words: &[&str]) -> Result<Self> {
        let (reader, writer) = std::io::pipe()?;
        let mut command = Command::new(program);
        desk.equip(command.args(words));
        command.stdin(Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
        let began = Instant::now();
        let child = command.spawn().with_context(|| format!("{} cannot be started", program.display()))?;
        drop(command);
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(reader).lines().map_while(Result::ok) {
                if sender.send((Instant::now(), line)).is_err() {
                    return;
                }
            }
        });
        Ok(Self { started: Started::of(child), began, lines })
    }

    /// Waits until it says this; milliseconds since its start.
    pub fn wait_for(&self, words: &str) -> Result<f64> {
        self.wait_for_since(words, self.began)
    }

    /// The same, counted from another moment.
    pub fn wait_for_since(&self, words: &str, began: Instant) -> Result<f64> {
        let mut seen = String::new();
        while began.elapsed() < PATIENCE {
            let Ok((at, line)) = self.lines.recv_timeout(Duration::from_millis(200)) else { continue };
            if line.contains(words) && at >= began {
                return Ok(crate::report::millis(at - began));
            }
            seen.push_str(&line);
            seen.push('\n');
        }
        bail!("not said within {} s: {words}\nwhat was said:\n{seen}", PATIENCE.as_secs())
    }

    /// Waits until its memory does not change any more; PSS of it and its children in megabytes.
    pub fn wait_for_memory(&self) -> Result<f64> {
        let began = Instant::now();
        let mut looks: Vec<f64> = Vec::new();
        while began.elapsed() < PATIENCE {
            // Memory gives no signal when it has settled, and looking without a pause would itself be a load.
            std::thread::sleep(LOOK_EVERY);
            looks.push(memory_mb(self.started.id())?);
            let last = looks.iter().rev().take(SAME_LOOKS);
            let (low, high) =
                last.fold((f64::MAX, 0.0_f64), |(low, high), now| (low.min(*now), high.max(*now)));
            if looks.len() >= SAME_LOOKS && high - low < 1.0 {
                break;
            }
        }
        looks.last().copied().context("its memory was never looked at")
    }

    /// Ends it, as a log-out does.
    pub fn wait_for_end(mut self) -> Result<()> {
        self.started.ask_to_end();
        if !self.started.has_ended_within(PATIENCE) {
            bail!("it does not end");
        }
        Ok(())
    }
}

/// The proportional set size of a process and all its children.
fn memory_mb(root: u32) -> Result<f64> {
    let mut family = vec![root];
    let parents = parents()?;
    let mut at = 0;
    while let Some(parent) = family.get(at).copied() {
        family.extend(parents.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
        at += 1;
    }
    let of = |pid: &u32| {
        let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
        line.and_then(|rest| rest.trim().trim_end_matches(" kB").parse::<f64>().ok()).unwrap_or(0.0)
    };
    Ok(family.iter().map(of).sum::<f64>() / 1024.0)
}

/// Every process with its parent.
fn parents() -> Result<Vec<(u32, u32)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let Ok(pid) = entry?.file_name().to_string_lossy().parse::<u32>() else { continue };
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        // The name in brackets may hold anything; behind it stand the state and the parent.
        let parent = stat.rsplit_once(')').and_then(|(_, rest)| rest.split_whitespace().nth(1));
        if let Some(parent) = parent.and_then(|parent| parent.parse().ok()) {
            found.push((pid, parent));
        }
    }
    Ok(found)
}

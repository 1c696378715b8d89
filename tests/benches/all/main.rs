//! `cargo bench-all [SUITE…] [--n 2k|20k|200k|1m] [--rounds N] [--json FILE]`: Theke beside mbsync, notmuch, a raw reader and a bare window.
//!
//! The machines this runs on are shared, so what counts is the ratio of two figures from one run, never a figure alone.
//! Suites: `sync` (first sync, rows visible, no-op, memory), `arrival` (IDLE to stored), `read` (inbox page, timeline,
//! search while typing and narrowed, at 20k and at --n), `customers` (card, list, matching, duplicates, merges, lists in,
//! reports, wishes, at 20k and at --n), `ui` (the window: start, memory, actions, scrolling). Without a suite all of them
//! run. Not here: any pass or fail; tests count operations, benchmarks count time.

#![allow(missing_docs)]

mod anchors;
mod arrival;
mod customers;
mod generated;
mod mailbox;
mod read;
mod report;
mod sync;
mod theke;
mod ui;

use anyhow::{Result, bail};

use crate::report::Report;

/// What the command line asked for.
pub struct Options {
    /// Messages in the mailbox or store.
    pub count: usize,
    /// How often each thing is measured.
    pub rounds: usize,
}

fn main() -> Result<()> {
    let mut suites = Vec::new();
    let mut json = None;
    let mut options = Options { count: 20_000, rounds: 3 };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| anyhow::anyhow!("{word} needs a value"));
        match word.as_str() {
            "--bench" => {}
            "--n" => options.count = count(&value()?)?,
            "--rounds" => options.rounds = value()?.parse()?,
            "--json" => json = Some(value()?),
            "sync" | "arrival" | "read" | "customers" | "ui" => suites.push(word),
            _ => bail!(
                "{word} is not known; say: cargo bench-all [sync|arrival|read|customers|ui] [--n 2k|20k|200k|1m] [--rounds N] [--json FILE]"
            ),
        }
    }
    if suites.is_empty() {
        suites = ["sync", "arrival", "read", "customers", "ui"].map(str::to_owned).to_vec();
    }
    let mut report = Report::new();
    for suite in suites {
        match suite.as_str() {
            "sync" => sync::run(&options, &mut report)?,
            "arrival" => arrival::run(&options, &mut report)?,
            "customers" => customers::run(&options, &mut report)?,
            "ui" => ui::run(&options, &mut report)?,
            _ => read::run(&options, &mut report)?,
        }
    }
    report.print();
    if let Some(file) = json {
        report.write(&file)?;
    }
    Ok(())
}

fn count(text: &str) -> Result<usize> {
    let (digits, factor) = match text.strip_suffix(['k', 'K']) {
        Some(digits) => (digits, 1_000),
        None => match text.strip_suffix(['m', 'M']) {
            Some(digits) => (digits, 1_000_000),
            None => (text, 1),
        },
    };
    Ok(digits.parse::<usize>()? * factor)
}

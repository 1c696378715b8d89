//! The window as a person has it: the release program on a virtual desktop, beside a bare WebKitGTK window in the same
//! run. Start, memory, the tray, what each action costs the page, a first sync going on, and a long list scrolled.
//!
//! Two stores: one of 200 messages and one of `--n`, at least 200,000, so that a cost that grows with the store shows.
//! Not here: what the engine needs for its answers without a window (`read`).

mod acting;
mod running;
mod script;
mod stage;

use std::time::Instant;

use anyhow::Result;
use theke_tests::tray::Tray;

use crate::Options;
use crate::report::{Report, median, millis, quantile};
use running::Running;
use stage::Stage;

/// What the page says once its conversations can be seen.
const USABLE: &str = "step=Inbox";
const SMALL: usize = 200;
const LARGE: usize = 200_000;
/// A smaller `--n` is a short run of everything, for whoever works on this.
const SHORT: usize = 20_000;

/// Prepares the stores, then measures round by round.
pub fn run(options: &Options, report: &mut Report) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let mut stage = Stage::open()?;
    script::weigh(report)?;
    let large = if options.count < SHORT { options.count } else { options.count.max(LARGE) };
    for count in [SMALL, large] {
        println!("filling a store of {count} messages");
        runtime.block_on(stage.fill(count))?;
    }
    starts(&mut stage, options.rounds, large, report)?;
    runtime.block_on(tray(&mut stage, options.rounds, large, report))?;
    stage.work_on(large);
    runtime.block_on(acting::alone(&stage, options.rounds, large / 2, report))?;
    runtime.block_on(acting::in_a_first_sync(&mut stage, large.min(SHORT), report))
}

#[derive(Default)]
struct Starts {
    bare: (Vec<f64>, Vec<f64>),
    small: (Vec<f64>, Vec<f64>),
    large: (Vec<f64>, Vec<f64>),
}

/// Cold start and memory at rest, one after the other in each round.
fn starts(stage: &mut Stage, rounds: usize, large: usize, report: &mut Report) -> Result<()> {
    let mut starts = Starts::default();
    // The first of each reads its files from the disk, and says nothing about the program.
    for round in 0..=rounds {
        let one = |program: &std::path::Path, stage: &Stage, said: &str| -> Result<(f64, f64)> {
            let running = Running::start(&stage.desk, program, &[])?;
            let start = running.wait_for(said)?;
            let memory = if round == 0 { 0.0 } else { running.wait_for_memory()? };
            running.wait_for_end()?;
            Ok((start, memory))
        };
        let bare = one(&stage.bare, stage, "drawn")?;
        stage.work_on(SMALL);
        let small = one(&stage.window, stage, USABLE)?;
        stage.work_on(large);
        let large = one(&stage.window, stage, USABLE)?;
        if round > 0 {
            for (into, (start, memory)) in
                [(&mut starts.bare, bare), (&mut starts.small, small), (&mut starts.large, large)]
            {
                into.0.push(start);
                into.1.push(memory);
            }
        }
    }
    let bare = report.figure("bare window: start to first frame", starts.bare.0, "ms");
    let small = report.figure(&format!("start to usable inbox, {SMALL} messages"), starts.small.0, "ms");
    let many = report.figure(&format!("start to usable inbox, {large} messages"), starts.large.0, "ms");
    report.ratio(&format!("start over bare, {SMALL} messages / 300 ms"), small - bare, 300.0, 1.0);
    report.ratio(&format!("start over bare, {large} messages / 300 ms"), many - bare, 300.0, 1.0);
    report.ratio(&format!("start with {large} / start with {SMALL}"), many, small, 1.1);
    let bare = report.figure("bare window: memory of all its processes", starts.bare.1, "MB");
    let small = report.figure(&format!("memory at rest, {SMALL} messages"), starts.small.1, "MB");
    let many = report.figure(&format!("memory at rest, {large} messages"), starts.large.1, "MB");
    report.ratio(&format!("memory over bare, {SMALL} messages / 80 MB"), small - bare, 80.0, 1.0);
    report.ratio(&format!("memory over bare, {large} messages / 80 MB"), many - bare, 80.0, 1.0);
    Ok(())
}

/// In the tray without a web view, and back.
async fn tray(stage: &mut Stage, rounds: usize, large: usize, report: &mut Report) -> Result<()> {
    stage.work_on(large);
    let (mut memory, mut back) = (Vec::new(), Vec::new());
    let tray = Tray::on(&stage.desk).await;
    for _ in 0..rounds {
        let running = Running::start(&stage.desk, &stage.window, &[])?;
        running.wait_for(USABLE)?;
        tray.wait_for_entry("Theke öffnen").await;
        stage.desk.close_window(&running.started);
        stage.desk.wait_until("the web view is gone", || !stage.desk.has_web_view());
        memory.push(running.wait_for_memory()?);
        let began = Instant::now();
        tray.wait_and_click("Theke öffnen").await;
        back.push(running.wait_for_since(USABLE, began)?);
        println!("back after {:.0} ms", millis(began.elapsed()));
        running.wait_for_end()?;
    }
    report.figure("memory in the tray", memory.clone(), "MB");
    report.ratio("memory in the tray / 90 MB", median(&memory), 90.0, 1.0);
    report.figure("back from the tray, usable", back.clone(), "ms");
    report.ratio("back from the tray, worst / 1000 ms", quantile(&back, 1.0), 1000.0, 1.0);
    Ok(())
}

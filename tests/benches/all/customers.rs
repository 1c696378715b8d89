//! What the customer view costs, in a store of 20,000 messages and in one of `--n`, with a customer for ten messages each:
//! 100,000 of them with a million. All of it through the functions that the window calls.
//!
//! `asking` measures what only reads, `changing` what writes; each figure stands beside its target, and the growth from
//! the small store to the large one beside both. Not here: painting (`ui`), and the intake of whole messages (`read`).

mod asking;
mod changing;
mod stock;

use std::future::Future;
use std::time::Instant;

use anyhow::{Context, Result};
use theke_channels::registry::Registry;
use theke_engine::api::{Api, ApiResult};

use crate::Options;
use crate::report::{Report, millis};
use crate::theke::Profile;
use stock::Stock;

const SMALL: usize = 20_000;

/// What the measurements of one size share.
struct Bench<'b> {
    api: Api,
    stock: Stock,
    profile: Profile,
    count: usize,
    rounds: usize,
    report: &'b mut Report,
}

/// Fills a store of each size and asks it.
pub fn run(options: &Options, report: &mut Report) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    asking::wishes(report);
    let mut sizes = vec![SMALL, options.count];
    sizes.dedup();
    for count in sizes.into_iter().filter(|count| *count <= options.count) {
        runtime.block_on(one(options, count, report)).with_context(|| format!("at {count}"))?;
    }
    Ok(())
}

async fn one(options: &Options, count: usize, report: &mut Report) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let profile = Profile::create(folder.path())?;
    let store = profile.store()?;
    println!("filling a store of {count} messages");
    let start = Instant::now();
    let stock = stock::fill(&store, count)?;
    report.figure(
        &format!("filling a store of {count}"),
        vec![count as f64 / start.elapsed().as_secs_f64()],
        "messages/s",
    );
    drop(store);
    let bytes = std::fs::metadata(profile.dir.join("theke.db"))?.len();
    report.figure(&format!("file at {count}"), vec![bytes as f64 / 1e6], "MB");
    let api = profile.open(Registry::load(None)).await?;
    let mut bench = Bench { api, stock, profile, count, rounds: options.rounds, report };
    changing::first_comparison(&mut bench).await?;
    asking::run(&mut bench).await?;
    changing::run(&mut bench).await
}

/// Waits for an answer; it and the milliseconds that it took.
async fn timed<T>(asked: impl Future<Output = ApiResult<T>>) -> Result<(T, f64)> {
    let start = Instant::now();
    let answer = asked.await?;
    Ok((answer, millis(start.elapsed())))
}

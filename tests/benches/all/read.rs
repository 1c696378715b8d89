//! What a person waits for: the inbox page, a customer's timeline, search while typing, at 20,000 messages and at `--n`.

use std::time::Instant;

use anyhow::{Context, Result};
use theke_channels::registry::Registry;
use theke_engine::api::Api;

use crate::mailbox::Choice;
use crate::report::{Report, millis, quantile};
use crate::theke::Profile;
use crate::{Options, generated};

const ASKED: usize = 300;
const WORDS: &[&str] = &[
    "rechnung",
    "mueller",
    "strasse",
    "lieferung",
    "fahrrad",
    "termin",
    "nummer",
    "schluessel",
    "invoice",
    "gutschein",
];

/// Fills a store and asks it.
pub fn run(options: &Options, report: &mut Report) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new()?;
    let mut growth = Vec::new();
    for count in [20_000, options.count.max(20_000)] {
        if growth.len() == 1 && count == 20_000 {
            break;
        }
        growth.push(runtime.block_on(one(count, report)).with_context(|| format!("at {count}"))?);
    }
    Ok(())
}

async fn one(count: usize, report: &mut Report) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let profile = Profile::create(folder.path())?;
    let api = profile.open(Registry::of(vec![generated::spec(count)])).await?;
    api.account_add(generated::KIND, Default::default(), Default::default(), false).await?;
    let start = Instant::now();
    api.sync_once(None).await?;
    let filled = start.elapsed().as_secs_f64();
    report.figure(&format!("fill and index {count}"), vec![count as f64 / filled], "messages/s");
    let bytes = std::fs::metadata(profile.dir.join("theke.db"))?.len();
    report.figure(&format!("file at {count}"), vec![bytes as f64 / 1e6], "MB");

    let pages = inbox_pages(&api).await?;
    report.figure(&format!("inbox page at {count}"), pages.clone(), "ms");
    report.ratio(&format!("inbox page p95 at {count} / 5 ms"), quantile(&pages, 0.95), 5.0, 1.0);
    let timelines = timelines(&api).await?;
    report.figure(&format!("timeline at {count}"), timelines.clone(), "ms");
    report.ratio(&format!("timeline p95 at {count} / 5 ms"), quantile(&timelines, 0.95), 5.0, 1.0);
    let typing = typing(&api).await?;
    report.figure(&format!("search while typing at {count}"), typing.clone(), "ms");
    report.ratio(&format!("search while typing p95 at {count} / 25 ms"), quantile(&typing, 0.95), 25.0, 1.0);
    Ok(())
}

async fn inbox_pages(api: &Api) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    let mut page = None;
    for _ in 0..ASKED {
        let start = Instant::now();
        let answer = api.conversations(Some("open".to_owned()), false, page, 50).await?;
        times.push(millis(start.elapsed()));
        page = answer.next;
    }
    Ok(times)
}

async fn timelines(api: &Api) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    for contact in api.contacts(None, ASKED as u32).await? {
        let start = Instant::now();
        api.contact(contact.id, None).await?;
        times.push(millis(start.elapsed()));
    }
    Ok(times)
}

/// Each word letter by letter, as a person types it, sometimes a second word behind it.
async fn typing(api: &Api) -> Result<Vec<f64>> {
    let mut choice = Choice::new(7);
    let mut times = Vec::new();
    while times.len() < ASKED {
        let first = WORDS.get(choice.below(WORDS.len())).copied().unwrap_or("rechnung");
        let second = WORDS.get(choice.below(WORDS.len())).copied().unwrap_or("termin");
        let typed = if choice.chance(50) { first.to_owned() } else { format!("{first} {second}") };
        for end in 2..=typed.len() {
            let part: String = typed.chars().take(end).collect();
            let start = Instant::now();
            api.search(&part, 20).await?;
            times.push(millis(start.elapsed()));
        }
    }
    Ok(times)
}

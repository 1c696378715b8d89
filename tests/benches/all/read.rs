//! What a person waits for: the inbox page, a customer's timeline, the numbers on the rail, search while typing and
//! narrowed, at 20,000 messages and at `--n`. Every tenth message brings a customer: 100,000 of them with a million.

use std::time::Instant;

use anyhow::{Context, Result};
use theke_channels::registry::Registry;
use theke_engine::api::Api;
use theke_engine::api::types::ConversationChange;

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

const NARROWED_ASKED: usize = 20;
/// From one person and from a name that many have; in a wide list and in narrow ones; before a day; with files.
const NARROWED: &[&str] = &[
    "from:lina",
    "from:rosa.0@kunde.example",
    "in:open",
    "in:waiting",
    "in:closed",
    "channel:email",
    "before:2014-06-01",
    "before:2015-01-01",
    "has:attachment",
    "has:pdf",
    "from:rosa in:open has:picture before:2016-01-01",
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
    let numbers = overviews(&api).await?;
    report.figure(&format!("numbers of the rail at {count}"), numbers.clone(), "ms");
    report.ratio(&format!("numbers of the rail p95 at {count} / 5 ms"), quantile(&numbers, 0.95), 5.0, 1.0);
    put_some_away(&api).await?;
    for narrowed in NARROWED {
        let times = narrowed_typing(&api, narrowed).await?;
        report.figure(&format!("search with {narrowed} at {count}"), times.clone(), "ms");
        report.ratio(
            &format!("search with {narrowed} p95 at {count} / 25 ms"),
            quantile(&times, 0.95),
            25.0,
            1.0,
        );
    }
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

async fn overviews(api: &Api) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    for _ in 0..ASKED {
        let start = Instant::now();
        api.overview().await?;
        times.push(millis(start.elapsed()));
    }
    Ok(times)
}

/// A hundred conversations are done and a hundred wait, so that one list is wide and others are not.
async fn put_some_away(api: &Api) -> Result<()> {
    let page = api.conversations(Some("open".to_owned()), false, None, 200).await?;
    let ids = page.conversations.iter().map(|row| row.id);
    let status = |word: &str| ConversationChange {
        status: Some(word.to_owned()),
        until: None,
        seen: None,
        starred: None,
        spam: None,
    };
    api.conversations_change(ids.clone().take(100).collect(), status("waiting")).await?;
    api.conversations_change(ids.skip(100).collect(), status("closed")).await?;
    Ok(())
}

/// Words typed letter by letter behind what narrows, and what narrows alone.
async fn narrowed_typing(api: &Api, narrowed: &str) -> Result<Vec<f64>> {
    let mut times = Vec::new();
    let mut alone = true;
    for word in WORDS.iter().cycle().take(NARROWED_ASKED) {
        for end in 2..=word.len() {
            let part: String = word.chars().take(end).collect();
            let line = if alone { narrowed.to_owned() } else { format!("{narrowed} {part}") };
            alone = false;
            let start = Instant::now();
            api.search(&line, 20).await?;
            times.push(millis(start.elapsed()));
        }
        alone = true;
    }
    Ok(times)
}

//! What a person does in the window, measured inside the page through WebKit's driver: alone, and while a first sync of
//! 20,000 messages runs beside it.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use theke_tests::hand::Hand;

use super::stage::Stage;
use crate::mailbox;
use crate::report::{Report, quantile};
use crate::sync::USER;

const PAGE: &str = include_str!("page.js");
const FRAMES: usize = 400;
const PATIENCE: Duration = Duration::from_secs(600);
const WORDS: [&str; 5] = ["rechnung", "mueller", "lieferung", "fahrrad", "termin"];
/// No action and no task may take longer.
const MOST_MS: f64 = 50.0;

/// What one kind of action took.
#[derive(Default)]
struct Took {
    shown: Vec<f64>,
    longest: Vec<f64>,
}

struct Page<'d>(&'d Hand);

impl Page<'_> {
    /// Asks the page to do something and to tell what it took.
    async fn ask(&self, call: &str) -> Result<Value> {
        let answer = self
            .0
            .script_async(&format!("window.__bench({call}).then((a) => done(JSON.stringify(a)))"))
            .await;
        let answer: Value = serde_json::from_str(&answer).with_context(|| format!("{call}: {answer}"))?;
        match answer.get("value") {
            Some(value) => Ok(value.clone()),
            None => bail!("{answer}"),
        }
    }

    async fn take(&self, call: &str, took: &mut Took) -> Result<()> {
        let answer = self.ask(call).await?;
        took.shown.push(number(&answer, "ms"));
        took.longest.push(number(&answer, "longest"));
        Ok(())
    }
}

fn number(answer: &Value, key: &str) -> f64 {
    answer.get(key).and_then(Value::as_f64).unwrap_or(f64::NAN)
}

/// Puts the measuring into the page, once its inbox is there.
async fn prepared(hand: &Hand) -> Result<Page<'_>> {
    hand.wait("[data-testid=conversation-row]").await;
    let put = hand.script(PAGE).await;
    if put.starts_with("error") {
        bail!("{put}");
    }
    Ok(Page(hand))
}

/// Every action with nothing else going on, then the long list.
pub async fn alone(stage: &Stage, rounds: usize, scrolled: usize, report: &mut Report) -> Result<()> {
    let hand = Hand::open(&stage.desk, &stage.window).await;
    let page = prepared(&hand).await?;
    let mut took: Vec<(&str, Took)> = Vec::new();
    // The first of each fetches the script of its part; that is said apart.
    act(&page, 0, &mut took).await?;
    for (name, first) in took.drain(..) {
        report.figure(&format!("{name}, the first time"), first.shown, "ms");
    }
    for round in 1..=rounds.max(5) {
        act(&page, round, &mut took).await?;
    }
    say("", took, report);

    let mut filled = 0.0;
    let mut longest: f64 = 0.0;
    while filled < scrolled as f64 {
        let answer = page.ask(&format!("'fill', {scrolled}")).await?;
        if number(&answer, "rows") <= filled {
            bail!("there are only {filled} conversations");
        }
        filled = number(&answer, "rows");
        longest = longest.max(number(&answer, "longest"));
    }
    report.figure(&format!("longest task while {filled} rows are fetched"), vec![longest], "ms");
    let frames = page.ask(&format!("'scroll', {FRAMES}")).await?;
    let times: Vec<f64> = frames
        .get("times")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect();
    let name = format!("script and layout of a frame, {filled} conversations scrolled");
    report.figure(&name, times.clone(), "ms");
    report.ratio("script and layout of a frame, p95 / 8 ms", quantile(&times, 0.95), 8.0, 1.0);
    println!("frames with a gap in the rows: {}", number(&frames, "blank"));
    hand.close().await;
    Ok(())
}

/// Each action once.
async fn act(page: &Page<'_>, round: usize, took: &mut Vec<(&'static str, Took)>) -> Result<()> {
    let word = WORDS.get(round % WORDS.len()).copied().unwrap_or("termin");
    let calls = [
        ("open a conversation", format!("'open', {}", 1 + round % 2)),
        ("done", "'done', 3".to_owned()),
        ("snooze", "'snooze', 3".to_owned()),
        ("filter", "'filter'".to_owned()),
        ("search, a word typed", format!("'search', '{word}'")),
        ("palette", "'palette'".to_owned()),
        ("send", format!("'send', 'Antwort Nummer {round} von heute'")),
    ];
    for (name, call) in calls {
        if !took.iter().any(|(known, _)| *known == name) {
            took.push((name, Took::default()));
        }
        if let Some((_, took)) = took.iter_mut().find(|(known, _)| *known == name) {
            page.take(&call, took).await?;
        }
    }
    Ok(())
}

fn say(when: &str, took: Vec<(&str, Took)>, report: &mut Report) {
    for (name, took) in took {
        let middle = report.figure(&format!("{name}{when}: shown and laid out"), took.shown, "ms");
        report.ratio(&format!("{name}{when} / 50 ms"), middle, MOST_MS, 1.0);
        let longest = report.figure(&format!("{name}{when}: longest task"), took.longest, "ms");
        report.ratio(&format!("{name}{when}, longest task / 50 ms"), longest, MOST_MS, 1.0);
    }
}

/// The same while a first sync of 20,000 messages runs.
pub async fn in_a_first_sync(stage: &mut Stage, count: usize, report: &mut Report) -> Result<()> {
    println!("writing a mailbox of {count} messages");
    // What is old and read is done when it is first seen, and would not be in the inbox.
    mailbox::fill(&stage.mail, USER, count, "");
    stage.create(count)?;
    stage.add_mailbox();
    let hand = Hand::open(&stage.desk, &stage.window).await;
    let page = prepared(&hand).await?;
    page.ask("'begin'").await?;
    let (mut took, mut round) = (Vec::new(), 0);
    let began = Instant::now();
    let mut ended = false;
    while !ended && began.elapsed() < PATIENCE {
        let overview = hand.invoke("overview", "{}").await;
        let numbers: Value = serde_json::from_str(overview.trim_start_matches("answered: "))?;
        ended = numbers
            .get("fetching")
            .is_none_or(|fetching| fetching == &Value::Bool(false) || fetching.is_null())
            && number(&numbers, "messages") >= count as f64;
        if round < 4 || !ended {
            act(&page, round, &mut took).await?;
            round += 1;
        }
    }
    let seen = page.ask("'seen'").await?;
    println!("{round} rounds of actions in {:.0} s of a first sync", began.elapsed().as_secs_f64());
    for (_, took) in &mut took {
        // Those that fetch a part's script were said before.
        took.shown.drain(..1);
        took.longest.drain(..1);
    }
    say(", first sync", took, report);
    report.figure("longest task during the first sync", vec![number(&seen, "longest")], "ms");
    report.figure("tasks over 50 ms during the first sync", vec![number(&seen, "long")], "tasks");
    report.figure("times the page was told something", vec![number(&seen, "most")], "in the fullest second");
    report.ratio("told in the fullest second / 10", number(&seen, "most"), 10.0, 1.0);
    hand.close().await;
    Ok(())
}

//! How far back older mail is fetched, with a real Dovecot: it bounds nothing but that, and can be raised.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, SystemTime};

use support::{Taken, raw, settings};
use theke_channels::email::{Deadlines, Mailbox};
use theke_channels::{Channel, Cursor};
use theke_domain::message::{Completeness, Direction};
use theke_tests::mailstack::MailStack;

/// What the first poll hands in whatever its age.
const NEWEST: usize = 200;

fn mailbox(mail: &MailStack, history: &str) -> Mailbox {
    let mut values: BTreeMap<String, String> = mail.account_values("alice");
    values.insert("history".to_owned(), history.to_owned());
    Mailbox::open(&settings(values), Deadlines::default()).unwrap()
}

/// The server received it so long ago.
fn aged(path: &Path, days: u64) {
    let at = SystemTime::now() - Duration::from_secs(days * 24 * 3600);
    std::fs::File::options().write(true).open(path).unwrap().set_modified(at).unwrap();
}

fn put(mail: &MailStack, folder: &str, n: usize, days: u64) {
    aged(&mail.drop_into("alice", folder, &raw(n, &format!("Text {n}"))), days);
}

/// Mail of ten years, a year and a month ago, 300 of each in INBOX and one sent of each; the oldest came first.
fn filled() -> MailStack {
    let mail = MailStack::start();
    for (nth, days) in [3650, 300, 30].into_iter().enumerate() {
        for n in 0..300 {
            put(&mail, "INBOX", nth * 1000 + n, days);
        }
        put(&mail, "Sent", 9000 + nth, days);
    }
    mail
}

/// How many came, and whether they are whole.
fn whole(taken: &Taken) -> usize {
    let half: Vec<_> = taken.messages.values().filter(|m| m.completeness == Completeness::Headers).collect();
    assert!(half.is_empty(), "{} came with their headers only", half.len());
    taken.messages.len()
}

#[tokio::test]
async fn only_the_wanted_span_is_fetched_and_raising_it_brings_the_rest_once() {
    let mail = filled();
    let mut taken = Taken::default();
    taken.all(&mailbox(&mail, "quarter")).await;
    // Of a small folder everything is here, so all three that were sent are.
    assert_eq!(whole(&taken), 300 + 3);
    assert_eq!(taken.messages.values().filter(|m| m.direction == Direction::Out).count(), 3);
    let before = taken.order.len();

    taken.all(&mailbox(&mail, "year")).await;
    assert_eq!(whole(&taken), 600 + 3);
    assert_eq!(taken.order.len() - before, 2 * 300, "nothing that was here came again");

    taken.all(&mailbox(&mail, "everything")).await;
    assert_eq!(whole(&taken), 900 + 3);
    assert_eq!(taken.order.len() - before, 4 * 300);
    let batch = mailbox(&mail, "everything").backfill(taken.cursor.clone()).await.unwrap();
    assert!(batch.updates.is_empty() && !batch.more);
}

#[tokio::test]
async fn new_mail_comes_whatever_its_date_and_the_newest_whatever_their_age() {
    let mail = MailStack::start();
    for n in 0..NEWEST + 50 {
        put(&mail, "INBOX", n, 2000);
    }
    let channel = mailbox(&mail, "quarter");
    let mut taken = Taken::default();
    taken.all(&channel).await;
    assert_eq!(whole(&taken), NEWEST, "an old mailbox is not empty");
    // Moved here by another program: it keeps its old date.
    put(&mail, "INBOX", 5000, 3000);
    taken.poll(&channel).await;
    assert_eq!(whole(&taken), NEWEST + 1);
    assert!(taken.texts().contains(&"Text 5000".to_owned()));
}

#[tokio::test]
async fn a_span_raised_or_shortened_in_the_middle_leaves_no_hole() {
    let mail = filled();
    // Copied in last with an old date, and an old one between: order and age differ.
    put(&mail, "INBOX", 7000, 320);
    put(&mail, "INBOX", 7001, 20);
    let spans = ["quarter", "year", "quarter", "everything", "quarter", "year"];
    let mut taken = Taken::default();
    let mut spans = spans.into_iter().cycle();
    // Every step in a channel of its own, the wish another one each time.
    for _ in 0..120 {
        let channel = mailbox(&mail, spans.next().unwrap());
        taken.poll(&channel).await;
        let batch = channel.backfill(taken.cursor.clone()).await.unwrap();
        taken.take(batch);
    }
    taken.all(&mailbox(&mail, "everything")).await;
    assert_eq!(whole(&taken), 900 + 3 + 2);
}

#[tokio::test]
async fn progress_counts_down_from_what_is_wanted_also_over_a_restart() {
    let mail = filled();
    let mut cursor = Cursor::start();
    loop {
        let batch = mailbox(&mail, "year").poll(cursor).await.unwrap();
        cursor = batch.cursor;
        if !batch.more {
            break;
        }
    }
    let mut seen = Vec::new();
    loop {
        let channel = mailbox(&mail, "year");
        let batch = channel.backfill(cursor).await.unwrap();
        cursor = batch.cursor;
        if !batch.more {
            assert_eq!(batch.remaining, Some(0));
            break;
        }
        seen.push((batch.remaining.unwrap(), batch.total.unwrap()));
    }
    assert_eq!(seen.first(), Some(&(603, 603)), "{seen:?}");
    assert_eq!(seen.last().map(|last| last.0), Some(0), "{seen:?}");
    assert!(seen.iter().all(|(_, total)| *total == 603), "{seen:?}");
    assert!(seen.is_sorted_by(|a, b| a.0 >= b.0), "{seen:?}");
    assert!(seen.iter().filter(|(left, _)| (1..603).contains(left)).count() >= 2, "{seen:?}");
}

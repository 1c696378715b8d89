//! The first sync of a generated mailbox in Dovecot: until the rows are visible, until all is searchable, and one with
//! nothing to do; beside mbsync, notmuch and a raw reader, interleaved in the same run.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use theke_channels::registry::Registry;
use theke_tests::mailstack::{MailStack, PASSWORD};

use crate::anchors::{self, RawReader, Server};
use crate::report::{Report, millis};
use crate::theke::{Profile, wait_with_memory};
use crate::{Options, mailbox};

/// The account of the mail stack.
pub const USER: &str = "alice";

/// What the anchors need to know of the mail stack.
pub fn server(mail: &MailStack) -> Server {
    Server {
        imaps_port: mail.imaps_port,
        ca_file: mail.ca_file(),
        user: format!("{USER}@test.local"),
        password: PASSWORD.to_owned(),
    }
}

/// Adds the account of the mail stack to a profile.
pub fn add_account(profile: &Profile, mail: &MailStack) -> Result<()> {
    let mut words = vec!["accounts".to_owned(), "add".to_owned(), "email".to_owned()];
    for (key, value) in mail.account_values(USER) {
        words.extend(["--set".to_owned(), format!("{key}={value}")]);
    }
    words.extend(["--secret".to_owned(), format!("password={}", mail.password_file().display())]);
    profile.run(&words.iter().map(String::as_str).collect::<Vec<_>>())?;
    Ok(())
}

#[derive(Default)]
struct Figures {
    headers: Vec<f64>,
    mbsync: Vec<f64>,
    mbsync_again: Vec<f64>,
    searchable_anchor: Vec<f64>,
    visible: Vec<f64>,
    searchable: Vec<f64>,
    again: Vec<f64>,
    memory: Vec<f64>,
}

/// Fills the server once, then measures round by round.
pub fn run(options: &Options, report: &mut Report) -> Result<()> {
    let mail = MailStack::start();
    println!("writing a mailbox of {} messages", options.count);
    mailbox::fill(&mail, USER, options.count, "S");
    let server = server(&mail);
    // Dovecot writes its own index at the first reading; nobody is to pay for that.
    RawReader::open(&server)?
        .command("UID FETCH 1:* (ENVELOPE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (REFERENCES)])")?;
    let anchored = anchors::installed("mbsync") && anchors::installed("notmuch");
    if !anchored {
        println!("mbsync or notmuch is not installed: no ratios to them");
    }
    let mut figures = Figures::default();
    for _ in 0..options.rounds {
        if anchored {
            anchors(&server, &mut figures)?;
        }
        theke(&mail, options.count, &mut figures)?;
    }
    say(&figures, options.count, anchored, report);
    Ok(())
}

fn anchors(server: &Server, figures: &mut Figures) -> Result<()> {
    let start = Instant::now();
    RawReader::open(server)?
        .command("UID FETCH 1:* (ENVELOPE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (REFERENCES)])")?;
    figures.headers.push(start.elapsed().as_secs_f64());
    let folder = tempfile::tempdir()?;
    let (first, again) = anchors::mbsync(server, folder.path())?;
    figures.mbsync.push(first.as_secs_f64());
    figures.mbsync_again.push(again.as_secs_f64());
    let index = anchors::notmuch(folder.path())?;
    figures.searchable_anchor.push((first + index).as_secs_f64());
    Ok(())
}

fn theke(mail: &MailStack, count: usize, figures: &mut Figures) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let profile = Profile::create(folder.path())?;
    add_account(&profile, mail)?;
    let start = Instant::now();
    let child = profile.command(&["sync"])?.stdout(std::process::Stdio::null()).spawn()?;
    let over = AtomicBool::new(false);
    let (visible, (searchable, memory)) = std::thread::scope(|scope| -> Result<_> {
        let watcher = scope.spawn(|| until_visible(&profile, count, start, &over));
        let ended = wait_with_memory(child, start);
        over.store(true, Ordering::Relaxed);
        let ended = ended?;
        let visible = watcher.join().map_err(|_| anyhow::anyhow!("the watcher ended early"))??;
        Ok((visible, ended))
    })?;
    figures.visible.push(visible.as_secs_f64());
    figures.searchable.push(searchable);
    figures.memory.push(memory);
    let start = Instant::now();
    profile.run(&["sync"])?;
    figures.again.push(millis(start.elapsed()));
    Ok(())
}

/// When the list would show the oldest message: asked of the api, beside the running sync, until that is `over`.
fn until_visible(profile: &Profile, count: usize, start: Instant, over: &AtomicBool) -> Result<Duration> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let api = profile.open(Registry::load(None)).await.context("opening beside the sync")?;
        loop {
            let last_look = over.load(Ordering::Relaxed);
            if api.overview().await?.messages >= count as u64 {
                return Ok(start.elapsed());
            }
            if last_look {
                anyhow::bail!("the sync is over, and not all rows are visible");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    })
}

fn say(figures: &Figures, count: usize, anchored: bool, report: &mut Report) {
    let visible = report.figure(&format!("rows of {count} visible"), figures.visible.clone(), "s");
    let searchable =
        report.figure(&format!("first sync of {count}, searchable"), figures.searchable.clone(), "s");
    report.figure("peak memory of the engine", figures.memory.clone(), "MB");
    let memory = crate::report::quantile(&figures.memory, 1.0);
    report.ratio("peak memory / 150 MB", memory, 150.0, 1.0);
    let again = report.figure("sync with nothing to do, process and all", figures.again.clone(), "ms");
    report.ratio("sync with nothing to do / 300 ms", again, 300.0, 1.0);
    if anchored {
        let headers = report.figure("raw reader, headers", figures.headers.clone(), "s");
        let mbsync = report.figure("mbsync, first", figures.mbsync.clone(), "s");
        report.figure("mbsync, nothing to do", figures.mbsync_again.clone(), "s");
        let anchor = report.figure("mbsync and notmuch", figures.searchable_anchor.clone(), "s");
        report.ratio("rows visible / mbsync", visible, mbsync, 2.0);
        report.ratio("rows visible / raw headers", visible, headers, 5.0);
        report.ratio("searchable / (mbsync + notmuch)", searchable, anchor, 0.5);
    }
}

//! From the server to the store: how much later than a raw IDLE client Theke has a new mail committed, both watching the
//! same mailbox at the same time.

use std::io::{BufRead, BufReader};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use theke_tests::mailstack::MailStack;

use crate::Options;
use crate::anchors::RawReader;
use crate::mailbox::{self, Choice};
use crate::report::{Report, millis};
use crate::sync::{USER, add_account, server};
use crate::theke::Profile;

const MAILS: usize = 20;

/// Runs the engine and a raw client side by side.
pub fn run(_options: &Options, report: &mut Report) -> Result<()> {
    let mail = MailStack::start();
    let folder = tempfile::tempdir()?;
    let profile = Profile::create(folder.path())?;
    add_account(&profile, &mail)?;
    profile.run(&["sync"])?;
    let mut engine = profile.command(&["run"])?.spawn()?;
    let output = engine.stdout.take().context("the engine's events")?;
    let (tell, events) = mpsc::channel();
    std::thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            if line.contains("message_received") && tell.send(Instant::now()).is_err() {
                return;
            }
        }
    });
    let mut choice = Choice::new(99);
    let mut later = Vec::new();
    for index in 0..=MAILS {
        let body = mailbox::message(&mut choice, index, MAILS);
        let mut raw = RawReader::open(&server(&mail))?;
        let seen = raw.idle_until_exists(|| mail.deliver(USER, &body))?;
        let stored =
            events.recv_timeout(Duration::from_secs(30)).context("the mail was not stored within 30 s")?;
        // The first one also waits for the engine to come up.
        if index > 0 {
            let difference = if stored > seen { millis(stored - seen) } else { -millis(seen - stored) };
            later.push(difference);
        }
    }
    engine.kill()?;
    engine.wait()?;
    let middle = report.figure("stored later than a raw IDLE client sees it", later, "ms");
    report.ratio("arrival behind raw IDLE / 50 ms", middle, 50.0, 1.0);
    Ok(())
}

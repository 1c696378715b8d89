//! Odd and enormous mails in a real Dovecot.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use std::io::Write;
use std::path::{Path, PathBuf};

use support::{Taken, mailbox, raw};
use theke_channels::{Channel, Cursor};
use theke_domain::message::{Completeness, Direction, Flags};
use theke_tests::mailstack::MailStack;

fn corpora() -> Option<PathBuf> {
    let given = std::env::var_os("THEKE_SHARED").map(PathBuf::from);
    let beside = || {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .map(|a| a.join("../shared"))
            .find(|p| p.join("corpora").is_dir())
    };
    given.or_else(beside).map(|shared| shared.join("corpora")).filter(|p| p.is_dir())
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, out) } else { out.push(path) }
    }
}

/// Each comes whole, and with the same content key by its headers and as a whole: `Taken` compares them.
#[tokio::test]
async fn every_odd_mail_comes_through_a_real_server() {
    let Some(corpora) = corpora() else { return println!("skipped: corpora not found") };
    let mail = MailStack::start();
    let mut all = Vec::new();
    for corpus in [
        "imap_tools",
        "mikel-mail",
        "webklex",
        "flanker",
        "cpython-email",
        "mail-mime-parser",
        "stalwart-mail-parser",
        "spamscope",
        "chatmail-core",
    ] {
        files(&corpora.join(corpus), &mut all);
    }
    let mails: Vec<Vec<u8>> = all
        .iter()
        .filter(|p| p.extension().is_none_or(|e| e != "json"))
        .map(|p| std::fs::read(p).unwrap())
        .collect();
    assert!(mails.len() > 300);
    for bytes in &mails {
        mail.drop_into("alice", "INBOX", bytes);
    }
    let channel = mailbox(&mail, "alice");
    let mut taken = Taken::default();
    taken.all(&channel).await;
    assert_eq!(taken.messages.len(), mails.len());
    let unfinished: Vec<_> = taken
        .messages
        .values()
        .filter(|m| m.completeness == Completeness::Headers)
        .map(|m| &m.subject)
        .collect();
    assert!(unfinished.is_empty(), "{unfinished:?}");
}

fn peak_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// Promise N4: the text is readable, the rest stays where it is, and memory does not grow with the mail.
#[tokio::test]
async fn a_mail_of_a_hundred_megabytes() {
    let mail = MailStack::start();
    mail.drop_into("alice", "INBOX", &raw(1, "klein"));
    let path = mail.maildir("alice", "INBOX").join("cur/1763700000.huge.test:2,");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    write!(file, "From: a@kunde.example\nSubject: riesig\nDate: Fri, 20 Nov 2026 10:00:00 +0100\nMessage-ID: <huge@kunde.example>\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nlesbar\n--m\nContent-Type: video/mp4; name=film.mp4\nContent-Transfer-Encoding: base64\n\n").unwrap();
    let line = [b'A'; 76];
    for _ in 0..1_300_000 {
        file.write_all(&line).unwrap();
        file.write_all(b"\n").unwrap();
    }
    writeln!(file, "--m--").unwrap();
    drop(file);
    let before = peak_bytes();
    let channel = mailbox(&mail, "alice");
    let mut taken = Taken::default();
    taken.all(&channel).await;
    let huge = taken.messages.values().find(|m| m.subject.as_deref() == Some("riesig")).unwrap();
    assert_eq!((huge.text.as_str(), huge.parts.len(), huge.completeness), ("lesbar", 1, Completeness::Text));
    let grown = peak_bytes().saturating_sub(before);
    println!("{} MB more for a mail of 100 MB", grown / 1_000_000);
    assert!(grown < 40_000_000, "{} MB", grown / 1_000_000);
    let part = channel.fetch_part(huge.parts[0].part_ref.as_ref().unwrap()).await.unwrap();
    assert_eq!(part.len(), 1_300_000 * 57);
    let grown = peak_bytes().saturating_sub(before);
    println!("{} MB more with its file of {} MB open", grown / 1_000_000, part.len() / 1_000_000);
    assert!(grown < 250_000_000, "{} MB", grown / 1_000_000);
}

#[tokio::test]
async fn an_empty_mailbox_is_no_error() {
    let mail = MailStack::start();
    let channel = mailbox(&mail, "alice");
    let mut taken = Taken::default();
    taken.all(&channel).await;
    assert!(taken.messages.is_empty());
    mail.deliver("alice", &raw(1, "die erste"));
    taken.poll(&channel).await;
    assert_eq!(taken.texts(), ["die erste"]);
    // A cursor that no longer fits anything is a fresh start, one that is broken an error.
    assert!(channel.poll(Cursor("no json".into())).await.is_err());
}

/// Without IDLE, CONDSTORE, SPECIAL-USE and the rest.
#[tokio::test]
async fn a_server_that_can_do_little() {
    let mail = MailStack::start_old("IMAP4rev1 AUTH=PLAIN");
    for n in 0..230 {
        mail.drop_into("alice", "INBOX", &raw(n, &format!("Text {n}")));
    }
    mail.drop_into("alice", "Sent", &raw(900, "vom Telefon"));
    let channel = mailbox(&mail, "alice");
    let mut taken = Taken::default();
    taken.all(&channel).await;
    assert_eq!(taken.messages.len(), 231);
    assert_eq!(
        taken.messages.values().filter(|m| m.direction == Direction::Out).count(),
        1,
        "Sent is found by its name"
    );
    taken.flags.clear();
    let newest = taken.messages.values().find(|m| m.text.trim() == "Text 229").unwrap().remote_id.clone();
    channel.set_flags(&newest, Flags { seen: true, answered: false }).await.unwrap();
    channel.wait(std::time::Duration::from_millis(10)).await;
    taken.poll(&channel).await;
    assert!(taken.flags.contains(&(newest.0, true, false)), "{:?}", taken.flags.len());
    mail.deliver("alice", &raw(300, "neu"));
    taken.poll(&channel).await;
    assert!(taken.texts().contains(&"neu".to_owned()));
}

//! Servers that cannot say what has gone: with CONDSTORE alone, as Gmail, and with neither, as old ones. What other
//! programs delete, move and read is noticed all the same, for a few commands.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use std::path::Path;

use support::{Taken, mailbox, raw};
use theke_channels::email::Mailbox;
use theke_tests::mailstack::MailStack;

const GMAIL: &str =
    "IMAP4rev1 UNSELECT IDLE NAMESPACE ID UIDPLUS SPECIAL-USE ENABLE MOVE CONDSTORE AUTH=PLAIN";
const OLD: &str = "IMAP4rev1 AUTH=PLAIN";

/// The file of the mail that holds this text, in the folder `cur` or `new`.
fn file_with(folder: &Path, text: &str) -> std::path::PathBuf {
    let files = ["cur", "new"].iter().filter_map(|part| std::fs::read_dir(folder.join(part)).ok()).flatten();
    let mut paths = files.map(|entry| entry.unwrap().path());
    let holds = |path: &std::path::PathBuf| {
        String::from_utf8_lossy(&std::fs::read(path).unwrap()).lines().any(|line| line.trim_end() == text)
    };
    paths.find(holds).unwrap_or_else(|| panic!("no mail says {text}"))
}

struct Elsewhere {
    mail: MailStack,
    channel: Mailbox,
    taken: Taken,
}

impl Elsewhere {
    async fn with(capability: &'static str, count: usize) -> Self {
        let mail = MailStack::start_old(capability);
        for n in 0..count {
            mail.drop_into("alice", "INBOX", &raw(n, &format!("Text {n}")));
        }
        for n in 0..20 {
            mail.drop_into_with_flags("alice", "Sent", &raw(5000 + n, &format!("Gesendet {n}")), "S");
        }
        let channel = mailbox(&mail, "alice");
        let mut taken = Taken::default();
        taken.all(&channel).await;
        assert_eq!(taken.messages.len(), count + 20);
        taken.flags.clear();
        assert!(taken.vanished.is_empty(), "{:?}", taken.vanished.len());
        Self { mail, channel, taken }
    }

    fn id(&self, text: &str) -> String {
        self.taken.messages.values().find(|m| m.text.trim() == text).unwrap().remote_id.0.clone()
    }

    fn delete(&self, folder: &str, text: &str) {
        std::fs::remove_file(file_with(&self.mail.maildir("alice", folder), text)).unwrap();
    }

    fn mark_read(&self, text: &str) {
        let file = file_with(&self.mail.maildir("alice", "INBOX"), text);
        let name = file.file_name().unwrap().to_str().unwrap().split(":2,").next().unwrap().to_owned();
        let cur = self.mail.maildir("alice", "INBOX").join("cur");
        std::fs::rename(&file, cur.join(format!("{name}:2,S"))).unwrap();
    }

    /// Polls to the end; gives how many commands it took.
    async fn poll(&mut self) -> u64 {
        let before = self.channel.commands_sent().await;
        self.taken.poll(&self.channel).await;
        self.channel.commands_sent().await - before
    }

    /// The program starts anew: a new connection, the position kept.
    fn restart(&mut self) {
        self.channel = mailbox(&self.mail, "alice");
    }
}

async fn what_happens_elsewhere_is_noticed(capability: &'static str) {
    let mut here = Elsewhere::with(capability, 300).await;
    let first = here.poll().await;
    let quiet = here.poll().await;
    println!("{capability}: nothing new costs {first}, then {quiet}");
    assert!(quiet <= 4, "{quiet} commands for nothing new");

    // Deleted, moved and read elsewhere, while a new one comes, so that the numbers stay the same.
    let (deleted, moved, read) = (here.id("Text 250"), here.id("Text 40"), here.id("Text 120"));
    here.delete("INBOX", "Text 250");
    here.mail.drop_into("alice", "INBOX", &raw(7000, "neu"));
    here.mark_read("Text 120");
    let cost = here.poll().await;
    println!("one gone, one new, one read: {cost} commands");
    assert!(here.taken.texts().contains(&"neu".to_owned()));
    assert_eq!(here.taken.vanished, [deleted]);
    assert!(here.taken.flags.contains(&(read, true, false)), "{:?}", here.taken.flags);
    assert!(cost <= 12, "{cost} commands");

    // The same while the program was off.
    here.taken.vanished.clear();
    let path = file_with(&here.mail.maildir("alice", "INBOX"), "Text 40");
    let away = here.mail.maildir("alice", "Archive").join("cur");
    std::fs::create_dir_all(&away).unwrap();
    std::fs::rename(&path, away.join(path.file_name().unwrap())).unwrap();
    let from_sent = here.id("Gesendet 7");
    here.delete("Sent", "Gesendet 7");
    let also_read = here.id("Text 3");
    here.mark_read("Text 3");
    here.restart();
    let cost = here.poll().await;
    println!("after a restart: {cost} commands");
    for id in [&moved, &from_sent] {
        assert!(here.taken.vanished.contains(id), "{:?}", here.taken.vanished);
    }
    assert!(here.taken.flags.contains(&(also_read, true, false)), "{:?}", here.taken.flags.len());
    let still_there = here.taken.messages.keys().filter(|id| here.taken.vanished.contains(id)).count();
    assert_eq!(still_there, 3, "nothing else of what is known is said to be gone");
    assert!(cost <= 14, "{cost} commands");

    // Very many at once cost no more.
    here.poll().await;
    here.taken.vanished.clear();
    for n in 100..200 {
        here.delete("INBOX", &format!("Text {n}"));
    }
    let cost = here.poll().await;
    println!("a hundred gone: {cost} commands");
    assert_eq!(here.taken.vanished.len(), 100);
    assert!(cost <= 6, "{cost} commands");
    assert!(here.poll().await <= 4);
}

#[tokio::test]
async fn with_condstore_alone() {
    what_happens_elsewhere_is_noticed(GMAIL).await;
}

#[tokio::test]
async fn with_neither() {
    what_happens_elsewhere_is_noticed(OLD).await;
}

#[tokio::test]
async fn a_thousand_messages_within_the_budget() {
    for capability in [GMAIL, OLD] {
        let here = Elsewhere::with(capability, 1000).await;
        let commands = here.channel.commands_sent().await;
        println!("{capability}: {commands} commands for 1,020 messages");
        assert!(commands <= 25, "{commands}");
    }
}

/// Thirty old mails, then a gap of years, then thirty new ones, all of them seen.
async fn old_and_new(capability: &'static str) -> Elsewhere {
    let mut here = Elsewhere::with(capability, 30).await;
    here.mail.skip_uids("alice", "INBOX", 33_000);
    for n in 100..130 {
        here.mail.drop_into("alice", "INBOX", &raw(n, &format!("Text {n}")));
    }
    here.poll().await;
    here
}

/// What goes from before the gap is noticed too, in bounded steps.
#[tokio::test]
async fn what_goes_from_the_oldest_part_is_noticed() {
    for capability in [GMAIL, OLD] {
        let mut here = old_and_new(capability).await;
        assert!(here.id("Text 129").ends_with("33029"), "{}", here.id("Text 129"));
        here.poll().await;
        assert!(here.taken.vanished.is_empty());

        // Within a session, and while a new one comes in the middle of it.
        let gone = here.id("Text 3");
        here.delete("INBOX", "Text 3");
        here.mail.drop_into("alice", "INBOX", &raw(7000, "neu"));
        let cost = here.poll().await;
        println!("{capability}: one of the oldest gone, within a session: {cost} commands");
        assert!(here.taken.vanished.contains(&gone) && here.taken.texts().contains(&"neu".to_owned()));
        assert!(here.poll().await <= 4, "the numbers agree again");

        // One of the newest costs no walk through the old ones.
        here.taken.vanished.clear();
        let gone = here.id("Text 120");
        here.delete("INBOX", "Text 120");
        let cost = here.poll().await;
        assert_eq!((here.taken.vanished.as_slice(), cost <= 6), ([gone].as_slice(), true), "{cost} commands");

        // While the program was off.
        here.taken.vanished.clear();
        let gone = here.id("Text 29");
        here.delete("INBOX", "Text 29");
        here.restart();
        let cost = here.poll().await;
        println!("{capability}: one of the oldest gone while the program was off: {cost} commands");
        assert!(here.taken.vanished.contains(&gone));
        let known = here.taken.messages.keys().filter(|id| here.taken.vanished.contains(id)).count();
        assert_eq!(known, 3, "nothing that is there is said to be gone");
        assert!(cost <= 20, "{cost} commands");
        assert!(here.poll().await <= 4, "the numbers agree again");
    }
}

/// Numbers that were given away and never seen here explain nothing that is missing.
#[tokio::test]
async fn a_gap_among_the_new_ones_hides_no_old_one_that_went() {
    for capability in [GMAIL, OLD] {
        let mut here = old_and_new(capability).await;
        // From here on it is known what is there.
        here.delete("INBOX", "Text 120");
        here.poll().await;
        here.taken.vanished.clear();

        let gone = here.id("Text 3");
        here.delete("INBOX", "Text 3");
        here.mail.skip_uids("alice", "INBOX", 33_100);
        here.mail.drop_into("alice", "INBOX", &raw(7000, "neu"));
        here.poll().await;
        assert!(here.id("neu").ends_with("33100"), "{}", here.id("neu"));
        assert!(here.taken.vanished.contains(&gone), "{capability}: {:?}", here.taken.vanished);
        assert!(here.poll().await <= 4, "the numbers agree again");

        // One that came after the last look is known as well: it costs no walk.
        here.taken.vanished.clear();
        here.mail.drop_into("alice", "INBOX", &raw(7001, "noch eine"));
        here.poll().await;
        let gone = here.id("noch eine");
        here.delete("INBOX", "noch eine");
        let cost = here.poll().await;
        assert_eq!((here.taken.vanished.as_slice(), cost <= 6), ([gone].as_slice(), true), "{cost} commands");
    }
}

#[tokio::test]
async fn an_emptied_mailbox() {
    let mut here = Elsewhere::with(OLD, 3).await;
    here.poll().await;
    for n in 0..3 {
        here.delete("INBOX", &format!("Text {n}"));
    }
    here.poll().await;
    assert_eq!(here.taken.vanished.len(), 3);
    here.mail.drop_into("alice", "INBOX", &raw(9, "wieder eine"));
    here.poll().await;
    assert!(here.taken.texts().contains(&"wieder eine".to_owned()));
}

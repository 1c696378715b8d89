//! The sending program is ended without warning while the other side holds it at each point of the dialogue: promise
//! R2. Before the mark the mail goes out exactly once; after it the program looks into Sent and otherwise asks; after
//! the server's 250 it is sent. Promise N8 at the same server: what each refusal becomes.

use std::collections::BTreeMap;
use std::process::{Child, Stdio};

use serde_json::{Value, json};
use theke_store::Store;
use theke_store::header::{Header, Unlock};
use theke_store::profile::Folder;
use theke_store::table::outbox;
use theke_tests::door::Door;
use theke_tests::mailstack::{MailStack, PASSWORD};
use theke_tests::program::{Shop, until};
use theke_tests::smtp::{Phase, Smtp};

use crate::mails::{header, mail, now};

/// More than what lies in the buffers of a connection, so that the sender is still writing when it is held.
const LARGE_BYTES: usize = 12_000_000;

/// A shop whose mail leaves by a server that can be held, with one conversation.
struct Post {
    shop: Shop,
    stack: MailStack,
    smtp: Smtp,
    /// Before the IMAP server.
    door: Door,
    conversation: String,
    clock: jiff::Timestamp,
}

impl Post {
    fn open() -> Self {
        let (mut shop, stack) = (Shop::new(), MailStack::start());
        let (smtp, door) = (Smtp::beside(&stack), Door::before(stack.imaps_port));
        let clock = now();
        shop.set_clock(&clock.to_string());
        stack.add_user("shop");
        let mut values = stack.account_values("shop");
        values.extend(smtp.values());
        values.insert("imap_port".to_owned(), door.port.to_string());
        shop.add_account("email", &values, &[("password", PASSWORD)]);
        let question = mail("Kate <kate@kunde.example>", "Mein Rad", Some("<q@kate.example>"), "", "Fertig?");
        stack.drop_into("shop", "INBOX", &question);
        shop.json(&["sync"]);
        let conversation = shop.json(&["conversations", "list"])[0]["id"].to_string();
        smtp.reached();
        Self { shop, stack, smtp, door, conversation, clock }
    }

    /// Sends an answer and kills the program where it is held.
    fn killed_at(&self, phase: Phase, text: &str) {
        let large = self.shop.write("large.bin", vec![7_u8; LARGE_BYTES]);
        let more: &[&str] = if phase == Phase::Body { &["--attach", &large] } else { &[] };
        self.shop.reply(&self.conversation, text, more);
        self.smtp.hold_at(phase);
        let sending = self.start_sync();
        self.smtp.wait_until_held();
        if phase >= Phase::Unread {
            self.wait_for_the_mark();
        }
        kill(sending);
        self.smtp.hang_up();
    }

    /// Returns when the sender has written that there is no way back. The server cannot know that.
    fn wait_for_the_mark(&self) {
        let header = Header::read(&Folder::new(self.shop.profile())).unwrap();
        let key = header.open(&Unlock::Passphrase("korrekt pferd batterie".to_owned())).unwrap();
        let store = Store::open(&self.shop.profile().join("theke.db"), &key).unwrap();
        until("the mark", || {
            let marked = store.read(|conn| outbox::in_state(conn, outbox::State::Committed)).unwrap();
            (!marked.is_empty()).then_some(())
        });
    }

    fn start_sync(&self) -> Child {
        let mut command = self.shop.command(&["sync"]);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Synchronises and gives what is left in the outbox: state by text.
    fn after_restart(&self) -> BTreeMap<String, String> {
        self.shop.json(&["sync"]);
        self.waiting()
    }

    fn waiting(&self) -> BTreeMap<String, String> {
        let rows = self.shop.json(&["outbox", "list"]);
        let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
        rows.as_array().unwrap().iter().map(|row| (text(row, "snippet"), text(row, "state"))).collect()
    }

    fn copies(&self, text: &str) -> usize {
        let has = |raw: &Vec<u8>| String::from_utf8_lossy(raw).lines().any(|line| line.trim_end() == text);
        self.stack.messages("shop", "Sent").iter().filter(|raw| has(raw)).count()
    }

    fn message(&self, text: &str) -> Value {
        let found = self.shop.messages().into_iter().filter(|m| m["text"].as_str().unwrap().trim() == text);
        let found: Vec<Value> = found.collect();
        assert_eq!(found.len(), 1, "{text} is in the timeline once: {found:?}");
        found[0].clone()
    }

    /// The one message is out once, in Sent once, and asks nothing, also after a further look.
    fn is_sent_once(&self, text: &str, what: &str) {
        for _ in 0..2 {
            assert_eq!(self.waiting(), BTreeMap::new(), "{what}");
            assert_eq!(self.smtp.with_line(text).len(), 1, "{what}: taken once");
            assert_eq!(self.copies(text), 1, "{what}: one copy in Sent");
            assert_eq!(self.message(text)["delivery"], "sent", "{what}");
            self.shop.json(&["sync"]);
        }
    }

    fn advance(&mut self, by: jiff::SignedDuration) {
        self.clock += by;
        self.shop.set_clock(&self.clock.to_string());
    }
}

fn kill(mut program: Child) {
    program.kill().unwrap();
    program.wait().unwrap();
}

#[test]
fn before_the_mark_it_goes_out_exactly_once() {
    let post = Post::open();
    for phase in [Phase::Login, Phase::Mail, Phase::Rcpt, Phase::Data, Phase::Body] {
        let text = format!("vor der Marke {phase:?}");
        post.killed_at(phase, &text);
        assert_eq!(post.smtp.with_line(&text).len(), 0, "{phase:?}");
        assert_eq!(post.waiting().get(&text).map(String::as_str), Some("sending"), "{phase:?}");
        assert_eq!(post.after_restart(), BTreeMap::new(), "{phase:?}: nothing asks");
        post.is_sent_once(&text, &format!("{phase:?}"));
    }
}

#[test]
fn after_the_mark_and_not_in_sent_it_asks() {
    let post = Post::open();
    for phase in [Phase::Unread, Phase::Dot] {
        let text = format!("nach der Marke {phase:?}");
        post.killed_at(phase, &text);
        let before = post.smtp.with_line(&text);
        assert_eq!(before.len(), usize::from(phase == Phase::Dot), "{phase:?}");
        // However often it is started, it does not send by itself.
        for _ in 0..3 {
            let waiting = post.after_restart();
            assert_eq!(waiting, BTreeMap::from([(text.clone(), "in_doubt".to_owned())]), "{phase:?}");
        }
        assert_eq!(post.smtp.with_line(&text), before, "{phase:?}");
        assert_eq!((post.copies(&text), &post.message(&text)["delivery"]), (0, &json!("in_doubt")));
        // The person says "send it again": the same bytes under the same Message-ID.
        let id = post.message(&text)["id"].to_string();
        post.shop.json(&["outbox", "retry", &id]);
        assert_eq!(post.after_restart(), BTreeMap::new(), "{phase:?}");
        let all = post.smtp.with_line(&text);
        assert_eq!((all.len(), post.copies(&text)), (before.len() + 1, 1), "{phase:?}: once more, as asked");
        assert!(before.iter().all(|first| first.raw == all[all.len() - 1].raw), "{phase:?}");
    }
}

#[test]
fn after_the_mark_and_found_in_sent_it_is_sent() {
    let post = Post::open();
    let text = "vom Anbieter abgelegt";
    post.killed_at(Phase::Dot, text);
    // As providers do that put what they send into Sent by themselves.
    let taken = post.smtp.with_line(text);
    post.stack.drop_into_with_flags("shop", "Sent", &taken[0].raw, "S");
    assert_eq!(post.after_restart(), BTreeMap::new(), "found by its Message-ID");
    post.is_sent_once(text, "found");
    let id = header(&taken[0].raw, "Message-ID").unwrap();
    assert_eq!(post.message(text)["message_id"], id);
}

#[test]
fn it_is_looked_for_until_the_mailbox_can_be_reached() {
    let post = Post::open();
    let text = "abgelegt, und niemand zu erreichen";
    post.killed_at(Phase::Dot, text);
    post.stack.drop_into_with_flags("shop", "Sent", &post.smtp.with_line(text)[0].raw, "S");
    // Nobody listens on this port of the loopback interface.
    post.door.lead_to(1);
    for _ in 0..2 {
        post.shop.run(&["sync"]);
        assert_eq!(post.waiting(), BTreeMap::from([(text.to_owned(), "in_doubt".to_owned())]));
    }
    post.door.lead_to(post.stack.imaps_port);
    assert_eq!(post.after_restart(), BTreeMap::new());
    post.is_sent_once(text, "found later");
}

#[test]
fn after_the_250_it_is_sent_and_the_copy_is_made_once() {
    let post = Post::open();
    let text = "angenommen, ohne Kopie";
    post.shop.reply(&post.conversation, text, &[]);
    post.smtp.hold_at(Phase::Dot);
    let sending = post.start_sync();
    post.smtp.wait_until_held();
    // Whoever wants the mailbox now, for the copy, stands before the door: so it is sent, and the copy is not made.
    post.door.shut();
    post.smtp.go_on();
    post.door.wait_for_knock();
    kill(sending);
    post.door.open();
    assert_eq!((post.copies(text), &post.message(text)["delivery"]), (0, &json!("sent")));
    assert_eq!(post.after_restart(), BTreeMap::new());
    post.is_sent_once(text, "after the 250");
}

#[test]
fn a_server_that_keeps_quiet_after_its_250_holds_nobody_up() {
    let post = Post::open();
    let text = "ohne Abschied";
    post.shop.reply(&post.conversation, text, &[]);
    post.smtp.hold_at(Phase::Quit);
    let sending = post.start_sync();
    post.smtp.wait_until_held();
    // Nothing of what follows waits for the goodbye.
    until("the message to be sent", || (post.message(text)["delivery"] == "sent").then_some(()));
    kill(sending);
    post.smtp.hang_up();
    post.after_restart();
    post.is_sent_once(text, "after QUIT");
}

#[test]
fn refusals_end_in_the_right_state() {
    let mut post = Post::open();
    // Refused for good: it failed, once, and the address is named.
    for (word, answer) in [("RCPT", "550 5.1.1 no such user"), (".", "554 5.7.1 not wanted")] {
        let text = format!("abgelehnt bei {word}");
        post.smtp.answer(word, answer, 1);
        post.shop.reply(&post.conversation, &text, &[]);
        assert_eq!(post.after_restart(), BTreeMap::from([(text.clone(), "failed".to_owned())]), "{answer}");
        let row = post.shop.json(&["outbox", "list"])[0].clone();
        let said = row["error"].to_string();
        assert!(said.contains(&answer[..3]), "{said}");
        assert!(word != "RCPT" || said.contains("kate@kunde.example"), "the address is named: {said}");
        assert_eq!((post.smtp.with_line(&text).len(), post.copies(&text)), (0, 0));
        post.shop.json(&["outbox", "cancel", &row["message_id"].to_string()]);
    }
    // Refused for now, 421 after the data included: it waits and goes out once.
    for (word, answer) in [
        ("MAIL", "451 4.3.0 later"),
        ("RCPT", "450 4.2.1 greylisted"),
        ("DATA", "421 4.3.2 closing"),
        (".", "421 4.3.2 closing"),
        (".", "452 4.3.1 full"),
    ] {
        let text = format!("vertagt bei {word} mit {answer}");
        post.smtp.answer(word, answer, 1);
        post.shop.reply(&post.conversation, &text, &[]);
        assert_eq!(post.after_restart(), BTreeMap::from([(text.clone(), "queued".to_owned())]), "{answer}");
        assert_eq!(post.smtp.with_line(&text).len(), 0, "{answer}");
        post.advance(jiff::SignedDuration::from_hours(2));
        post.shop.json(&["sync"]);
        post.is_sent_once(&text, answer);
    }
    // Larger than the server takes: said before anything of it is sent.
    post.smtp.limit_size(Some(1_000_000));
    let large = post.shop.write("large.bin", vec![7_u8; 2_000_000]);
    post.shop.reply(&post.conversation, "zu gross", &["--attach", &large]);
    post.smtp.reached();
    assert_eq!(post.after_restart(), BTreeMap::from([("zu gross".to_owned(), "failed".to_owned())]));
    assert!(!post.smtp.reached().contains(&Phase::Data), "nothing is uploaded in vain");
    let said = post.shop.json(&["outbox", "list"])[0]["error"].to_string();
    assert!(said.contains("1 MB") || said.contains("larger"), "{said}");
}

//! The process is ended without warning at 500 commit points of receiving and of sending. After each the file is
//! sound; when it could run to its end nothing is lost, nothing stored twice, nothing sent twice unasked.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};
use theke_store::header::{Header, Unlock};
use theke_store::profile::Folder;
use theke_store::{Key, Store};
use theke_tests::gateway::{self, Gateway};
use theke_tests::mailstack::MailStack;
use theke_tests::program::{Shop, until};
use theke_tests::telegram::{self, Telegram};
use tokio::runtime::{Builder, Runtime};

use crate::mails::{add_mailbox, contact_with, counted, mail, now, values};

/// Ends while receiving, and while sending.
const KILLS_RECEIVING: u32 = 300;
const KILLS_SENDING: u32 = 200;

/// A profile whose file is looked at after each end.
struct Watched {
    shop: Shop,
    key: Key,
    kills: u32,
}

impl Watched {
    fn new(shop: Shop) -> Self {
        let header = Header::read(&Folder::new(shop.profile())).unwrap();
        let key = header.open(&Unlock::Passphrase("korrekt pferd batterie".to_owned())).unwrap();
        Self { shop, key, kills: 0 }
    }

    /// Runs until the program comes to its end, killing it a little later each time. `first` is where it dies first.
    fn run_through_kills(&mut self, words: &[&str], first: u64) -> Value {
        let mut nth = first;
        loop {
            let done = self.shop.run_to_crash(words, nth);
            match done.code {
                None => self.killed(),
                Some(code) => {
                    assert_eq!(code, 0, "{words:?}: {}", done.err);
                    return done.value();
                }
            }
            nth += 1;
        }
    }

    fn killed(&mut self) {
        self.kills += 1;
        let store = Store::open(&self.shop.profile().join("theke.db"), &self.key).unwrap();
        assert_eq!(store.check_pages().unwrap(), Vec::<String>::new(), "after {} ends", self.kills);
        assert_eq!(store.check_structure().unwrap(), Vec::<String>::new(), "after {} ends", self.kills);
    }
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

fn add_sms(shop: &Shop, sms: &Gateway) {
    let url = sms.seven_url();
    let settings = values(&[("base_url", &url), ("number", "+4930111222")]);
    shop.add_account("sms-seven", &settings, &[("api_key", gateway::API_KEY)]);
}

/// What a round of receiving does to the providers before the program runs.
struct World {
    mail: MailStack,
    sms: Gateway,
    telegram: Telegram,
    expected: Vec<String>,
    round: usize,
}

impl World {
    fn goes_on(&mut self) {
        let round = self.round;
        let from = "Kate <kate@kunde.example>";
        let mut tokens = (0..8).map(|n| format!("token-{round}-{n}")).collect::<Vec<_>>();
        let inbox = |raw: &[u8]| self.mail.drop_into("shop", "INBOX", raw);
        inbox(&mail(from, "Mein Rad", Some(&format!("<a{round}@kate.example>")), "", &tokens[0]));
        inbox(&mail(from, "Mein Rad", None, "", &tokens[1]));
        // The id of the first again, with another text.
        inbox(&mail(
            from,
            "Mein Rad",
            Some(&format!("<a{round}@kate.example>")),
            "X-Copy: 2\r\n",
            &tokens[2],
        ));
        let sent = mail(
            "Laden <shop@test.local>",
            "Re: Mein Rad",
            Some(&format!("<s{round}@shop.example>")),
            "",
            &tokens[3],
        );
        let sent =
            String::from_utf8(sent).unwrap().replace("To: Laden <shop@test.local>", "To: kate@kunde.example");
        self.mail.drop_into_with_flags("shop", "Sent", sent.as_bytes(), "S");
        for token in &tokens[4..6] {
            self.sms.receive("+4915123456789", token, &now().to_string());
        }
        for token in &tokens[6..8] {
            self.telegram.message(4711, "Kate", token);
        }
        self.expected.append(&mut tokens);
        let files: Vec<_> = fs::read_dir(self.mail.maildir("shop", "INBOX").join("cur"))
            .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
            .unwrap_or_default();
        match (round % 5, files.first(), files.last()) {
            // Deleted after it was stored; moved away and back under another id; all ids new.
            (1, Some(file), _) => fs::remove_file(file).unwrap(),
            (2, _, Some(file)) => {
                let name = file.file_name().unwrap().to_str().unwrap();
                fs::rename(file, file.with_file_name(format!("{}.{name}", now().as_microsecond()))).unwrap();
            }
            (3, Some(_), _) => self.mail.expire_uidvalidity("shop", "INBOX"),
            _ => {}
        }
        self.round += 1;
    }
}

#[test]
fn killed_while_receiving() {
    let runtime = runtime();
    let sms = runtime.block_on(Gateway::start());
    let telegram = runtime.block_on(Telegram::start());
    let (shop, stack) = (Shop::new(), MailStack::start());
    add_mailbox(&shop, &stack);
    add_sms(&shop, &sms);
    let url = telegram.url();
    shop.add_account("telegram", &values(&[("base_url", &url)]), &[("token", telegram::TOKEN)]);
    let mut world = World { mail: stack, sms, telegram, expected: Vec::new(), round: 0 };
    let mut watched = Watched::new(shop);
    while watched.kills < KILLS_RECEIVING {
        world.goes_on();
        watched.run_through_kills(&["sync"], 1 + world.round as u64 % 4);
        // The next request confirms what was stored.
        watched.shop.json(&["sync"]);
        assert_eq!(world.telegram.pending(), 0);
        let stored = watched
            .shop
            .messages()
            .iter()
            .map(|m| m["text"].as_str().unwrap().trim().to_owned())
            .collect::<Vec<_>>();
        assert_eq!(counted(stored), counted(world.expected.iter().cloned()), "round {}", world.round);
    }
    println!("{} ends in {} rounds", watched.kills, world.round);
    drop(runtime);
}

#[test]
fn killed_while_running() {
    let (shop, stack) = (Shop::new(), MailStack::start());
    add_mailbox(&shop, &stack);
    let mut watched = Watched::new(shop);
    let mut expected = Vec::new();
    for round in 0..12 {
        let mut engine = watched.shop.start();
        for n in 0..4 {
            let token = format!("run-{round}-{n}");
            let id = format!("<{token}@kate.example>");
            stack.deliver("shop", &mail("Kate <kate@kunde.example>", "Mein Rad", Some(&id), "", &token));
            expected.push(token);
        }
        // In the middle of what is going on, each time a little later.
        for _ in 0..=round % 4 {
            engine.wait_for(|event| event["event"] != "refresh");
        }
        engine.kill();
        watched.killed();
    }
    watched.shop.json(&["sync"]);
    let stored: Vec<String> =
        watched.shop.messages().iter().map(|m| m["text"].as_str().unwrap().trim().to_owned()).collect();
    assert_eq!(counted(stored), counted(expected));
}

/// The customers and what was said to them.
struct Post {
    mail: MailStack,
    sms: Gateway,
    conversations: Vec<String>,
    /// Text, customer, medium.
    said: Vec<(String, usize, &'static str)>,
}

impl Post {
    /// How often a text has arrived.
    fn arrived(&self, text: &str, customer: usize, medium: &str) -> usize {
        if medium == "sms" {
            return self.sms.sent().iter().filter(|sms| sms.text == text).count();
        }
        with_line(&self.mail.messages(&format!("customer{customer}"), "INBOX"), text)
    }
}

fn with_line(mails: &[Vec<u8>], text: &str) -> usize {
    mails.iter().filter(|raw| String::from_utf8_lossy(raw).lines().any(|line| line.trim() == text)).count()
}

#[test]
fn killed_while_sending() {
    let runtime = runtime();
    let sms = runtime.block_on(Gateway::start());
    let (mut shop, stack) = (Shop::new(), MailStack::start());
    let mut clock = now();
    shop.set_clock(&clock.to_string());
    add_mailbox(&shop, &stack);
    add_sms(&shop, &sms);
    for n in 0..4 {
        stack.add_user(&format!("customer{n}"));
        let from = format!("customer{n}@test.local");
        stack.drop_into(
            "shop",
            "INBOX",
            &mail(&from, &format!("Auftrag von {n}"), Some(&format!("<c{n}@kunde.example>")), "", "Fertig?"),
        );
    }
    shop.json(&["sync"]);
    let mut conversations = Vec::new();
    for n in 0..4 {
        let contact = contact_with(&shop, &format!("customer{n}@test.local"))["id"].to_string();
        shop.json(&["contacts", "add-address", &contact, &format!("+491512345670{n}")]);
        conversations.push(shop.json(&["contacts", "show", &contact])["conversations"][0].to_string());
    }
    let mut post = Post { mail: stack, sms, conversations, said: Vec::new() };
    let mut watched = Watched::new(shop);
    let mut round = 0;
    while watched.kills < KILLS_SENDING {
        let new = post.said.len();
        say(&mut watched, &mut post, round);
        watched.run_through_kills(&["sync"], 1 + round as u64 % 4);
        // What waits for its next try gets there.
        for _ in 0..20 {
            if waiting(&watched.shop, "queued").is_empty() {
                break;
            }
            clock += jiff::SignedDuration::from_hours(1);
            watched.shop.set_clock(&clock.to_string());
            watched.shop.json(&["sync"]);
        }
        settle(&watched.shop, &post, new);
        clock += jiff::SignedDuration::from_mins(10);
        watched.shop.set_clock(&clock.to_string());
        round += 1;
    }
    println!("{} ends in {round} rounds", watched.kills);
    drop(runtime);
}

/// One answer to each customer, by turns by mail and by SMS; the program dies while the last one is queued.
fn say(watched: &mut Watched, post: &mut Post, round: usize) {
    for (customer, conversation) in post.conversations.iter().enumerate() {
        let medium = if (round + customer).is_multiple_of(2) { "email" } else { "sms" };
        let text = format!("answer-{round}-{customer}");
        let body = watched.shop.write("body", &text);
        let words = ["reply", conversation.as_str(), "--via", medium, "--now", "--body-file", &body];
        if customer == 3 {
            let done = watched.shop.run_to_crash(&words, 1 + round as u64 % 4);
            if done.code.is_none() {
                watched.killed();
            }
            let queued = waiting(&watched.shop, "queued").values().any(|row| row["snippet"] == text);
            assert!(done.code.is_none() || queued, "answered but not queued: {}", done.err);
            if !queued {
                watched.shop.json(&words);
            }
        } else {
            watched.shop.json(&words);
        }
        post.said.push((text, customer, medium));
    }
}

/// The outbox by text, only rows in this state.
fn waiting(shop: &Shop, state: &str) -> BTreeMap<String, Value> {
    let rows = shop.json(&["outbox", "list"]);
    let rows = rows.as_array().unwrap().iter().filter(|row| row["state"] == state);
    rows.map(|row| (row["snippet"].as_str().unwrap().to_owned(), row.clone())).collect()
}

/// Everything said since `new` has arrived once, or is in doubt and asks; then the person says "send it".
fn settle(shop: &Shop, post: &Post, new: usize) {
    let doubtful = waiting(shop, "in_doubt");
    assert_eq!(
        shop.json(&["outbox", "list"]).as_array().unwrap().len(),
        doubtful.len(),
        "only doubt is left"
    );
    for (text, customer, medium) in &post.said[new..] {
        if let Some(row) = doubtful.get(text) {
            let before = post.arrived(text, *customer, medium);
            assert!(before <= 1, "{text} arrived {before} times");
            shop.json(&["outbox", "retry", &row["message_id"].to_string()]);
        }
    }
    if !doubtful.is_empty() {
        shop.json(&["sync"]);
        assert_eq!(shop.json(&["outbox", "list"]), json!([]), "sent again when asked");
    }
    for (text, customer, medium) in &post.said {
        let asked_again = usize::from(doubtful.contains_key(text));
        until(text, || (post.arrived(text, *customer, medium) >= 1).then_some(()));
        let times = post.arrived(text, *customer, medium);
        let before_asked = post.said[..new].iter().any(|(old, _, _)| old == text);
        assert!(before_asked || times <= 1 + asked_again, "{text} by {medium} arrived {times} times");
        if *medium == "email" && asked_again == 0 && !before_asked {
            until("the copy in Sent", || {
                (with_line(&post.mail.messages("shop", "Sent"), text) >= 1).then_some(())
            });
            assert_eq!(with_line(&post.mail.messages("shop", "Sent"), text), 1, "one copy of {text}");
        }
    }
}

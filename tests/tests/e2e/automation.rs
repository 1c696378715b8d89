//! What leaves by itself, with the real program, a real IMAP server and an SMTP server that writes down what it took: the
//! standard case, seven days of loops, two computers, ends without warning, and a shop's past.
//!
//! The clock is a file, and a mail is put into the mailbox with its time of arrival on that clock: else every mail of a
//! virtual day would be too old to be answered, and a loop would seem to have died.

mod drill;
mod history;
mod killed;
mod peers;
mod standard;
mod two;

use std::sync::Arc;
use std::time::SystemTime;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use theke_engine::api::types::ReplyTextView;
use theke_engine::api::{Api, KeySource, Ports, Profile};
use theke_engine::ports::{NoKeychain, SystemClock};
use theke_tests::mailstack::{MailStack, PASSWORD};
use theke_tests::program::Shop;
use theke_tests::smtp::{Smtp, Taken};

use crate::mails::{date, mail, now};

/// What the standard reply says.
const HOURS: &str = "Wir haben bis 18 Uhr geöffnet.";

/// Answers whoever asks for the hours.
const RULE_OF_WORDS: &str = "name = \"Zeiten\"\nmode = \"send\"\nwhen = \"message\"\n\n[if]\nwords = { any = [\"geöffnet\"] }\n\n\
    [[then]]\nanswer = { reply = \"zeiten\" }\n";

/// Answers whatever comes.
const RULE_FOR_ALL: &str =
    "name = \"Alle\"\nmode = \"send\"\nwhen = \"message\"\n\n[[then]]\nanswer = { reply = \"zeiten\" }\n";

/// A shop with one mailbox, whose answers go to a server that writes them down, and the clock of its program.
struct House {
    shop: Shop,
    smtp: Smtp,
    user: &'static str,
    at: Timestamp,
}

impl House {
    /// Opened at `at`, with an empty mailbox that is caught up, and no rule.
    fn open(stack: &MailStack, user: &'static str, at: Timestamp) -> Self {
        stack.add_user(user);
        Self::open_on(stack, user, Smtp::beside(stack), at)
    }

    /// The same on a mailbox that is there.
    fn open_on(stack: &MailStack, user: &'static str, smtp: Smtp, at: Timestamp) -> Self {
        let mut shop = Shop::new();
        shop.set_clock(&at.to_string());
        add_account(&shop, stack, user, &smtp);
        shop.json(&["sync"]);
        Self { shop, smtp, user, at }
    }

    /// Takes the rule in, and switches it and automation on. A minute passes. Gives the rule's id.
    fn switch_on(&mut self, rule: &str) -> String {
        let id = switch_on(&self.shop, rule);
        self.forward(SignedDuration::from_mins(1));
        id
    }

    fn set_clock(&mut self, at: Timestamp) {
        self.at = at;
        self.shop.set_clock(&at.to_string());
    }

    fn forward(&mut self, by: SignedDuration) {
        self.set_clock(self.at + by);
    }

    /// A mail of a customer arrives now, on the clock of the program.
    fn receive(&self, stack: &MailStack, from: &str, id: &str, text: &str) {
        let raw = mail(from, "Frage", Some(id), &dated(self.at), text);
        stack.drop_at(self.user, &raw, SystemTime::from(self.at));
    }

    /// The newest decisions.
    fn decisions(&self) -> Vec<Value> {
        decisions(&self.shop)
    }

    /// What was sent to this address.
    fn sent_to(&self, address: &str) -> Vec<Taken> {
        self.smtp.taken().into_iter().filter(|one| one.to.iter().any(|to| to == address)).collect()
    }
}

fn add_account(shop: &Shop, stack: &MailStack, user: &str, smtp: &Smtp) {
    let mut settings = stack.account_values(user);
    settings.extend(smtp.values());
    shop.add_account("email", &settings, &[("password", PASSWORD)]);
}

fn switch_on(shop: &Shop, rule: &str) -> String {
    standard_reply(shop);
    let file = shop.write("rule.toml", rule);
    let added = shop.json(&["rules", "add", &file]);
    assert_eq!(added["on"], false, "a new rule rests: {added}");
    let id = added["id"].to_string();
    assert_eq!(shop.json(&["rules", "on", &id])["on"], true);
    assert_eq!(shop.json(&["automation", "on"])["on"], true);
    id
}

/// There is no command for it yet: by the interface that the window has.
fn standard_reply(shop: &Shop) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let key = KeySource::Passphrase("korrekt pferd batterie".to_owned());
        let ports = Ports { clock: Arc::new(SystemClock), keychain: Arc::new(NoKeychain) };
        let registry = Profile::registry(&shop.profile());
        let api = Api::open(&shop.profile(), key, ports, registry).await.unwrap();
        let text = ReplyTextView { language: "de".to_owned(), medium: String::new(), text: HOURS.to_owned() };
        api.standard_reply_save(None, "zeiten", "zeiten", vec![text]).await.unwrap();
    });
}

fn decisions(shop: &Shop) -> Vec<Value> {
    shop.json(&["decisions", "list", "--limit", "400"]).as_array().unwrap().clone()
}

/// The names of the guards that held a decision back.
fn held_by(decision: &Value) -> Vec<&str> {
    let guards = decision["guards"].as_array().unwrap().iter();
    guards.filter(|guard| guard["passed"] == false).map(|guard| guard["name"].as_str().unwrap()).collect()
}

/// The Date header of this moment.
fn dated(at: Timestamp) -> String {
    format!("Date: {}\r\n", date(at))
}

/// A whole second some days ago: the clock of a file has no need of fractions, and INTERNALDATE has none.
fn days_ago(days: i64) -> Timestamp {
    Timestamp::from_second(now().as_second()).unwrap() - SignedDuration::from_hours(24 * days)
}

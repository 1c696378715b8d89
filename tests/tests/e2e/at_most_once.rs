//! Channels without a second look: an SMS gateway with references, one that takes our own id, and Telegram, which
//! knows neither. The program is ended before the request, while the other side holds it, and after the answer. At most
//! once each time; what is unclear is looked up by its reference where that can be, else it asks.

use std::process::Stdio;

use serde_json::json;
use theke_tests::gateway::{self, Fault, Gateway, On};
use theke_tests::program::Shop;
use theke_tests::telegram::{self, Telegram};
use tokio::runtime::{Builder, Runtime};

use crate::mails::{now, values};

const NUMBER: &str = "+4915123456789";

/// What a test needs of a provider.
trait Provider {
    /// Adds the account and lets a customer write.
    fn begin(&self, shop: &Shop);
    /// How often this text was taken.
    fn took(&self, text: &str) -> usize;
    /// The next send is not answered, whether it is taken or not.
    fn hold(&self, taken: bool);
    /// Returns when so many were held.
    fn wait_until_held(&self, runtime: &Runtime, count: usize);
    /// What was taken is found again by its reference.
    fn looks_up(&self) -> bool;
}

struct Sms {
    gateway: Gateway,
    kind: &'static str,
}

impl Provider for Sms {
    fn begin(&self, shop: &Shop) {
        let android = self.kind == "sms-android";
        let url = if android { self.gateway.android_url() } else { self.gateway.seven_url() };
        let mut settings = values(&[("base_url", &url)]);
        if android {
            settings.insert("username".to_owned(), gateway::USERNAME.to_owned());
            shop.add_account(self.kind, &settings, &[("password", gateway::PASSWORD)]);
        } else {
            settings.insert("number".to_owned(), "+4930111222".to_owned());
            shop.add_account(self.kind, &settings, &[("api_key", gateway::API_KEY)]);
        }
        self.gateway.receive(NUMBER, "Fertig?", &now().to_string());
    }

    fn took(&self, text: &str) -> usize {
        self.gateway.sent().iter().filter(|sms| sms.text == text).count()
    }

    fn hold(&self, taken: bool) {
        let fault = if taken { Fault::SilenceAfterAccept } else { Fault::Silence };
        self.gateway.fault(On::Send, fault, 1);
    }

    fn wait_until_held(&self, runtime: &Runtime, count: usize) {
        runtime.block_on(self.gateway.wait_for_silences(count));
    }

    fn looks_up(&self) -> bool {
        true
    }
}

impl Provider for Telegram {
    fn begin(&self, shop: &Shop) {
        let url = self.url();
        shop.add_account("telegram", &values(&[("base_url", &url)]), &[("token", telegram::TOKEN)]);
        self.message(4711, "Kate", "Fertig?");
    }

    fn took(&self, text: &str) -> usize {
        self.sent().iter().filter(|sent| sent.text == text).count()
    }

    fn hold(&self, taken: bool) {
        if taken { self.silence_next() } else { self.ignore_next_send() }
    }

    fn wait_until_held(&self, runtime: &Runtime, count: usize) {
        runtime.block_on(self.wait_for_silences(count));
    }

    fn looks_up(&self) -> bool {
        false
    }
}

/// After any end: it was taken at most once, and either is sent or asks; asked to, it goes out once more.
fn settled(shop: &Shop, provider: &impl Provider, text: &str, what: &str) -> &'static str {
    for _ in 0..2 {
        shop.json(&["sync"]);
        assert!(provider.took(text) <= 1, "{what}: taken {} times", provider.took(text));
    }
    let left = shop.json(&["outbox", "list"]);
    if left == json!([]) {
        assert_eq!(provider.took(text), 1, "{what}: nothing asks, so it is out");
        return "sent";
    }
    assert_eq!(left[0]["state"], "in_doubt", "{what}: {left}");
    assert!(!(provider.looks_up() && provider.took(text) == 1), "{what}: its reference was not looked up");
    let before = provider.took(text);
    shop.json(&["outbox", "retry", &left[0]["message_id"].to_string()]);
    shop.json(&["sync"]);
    assert_eq!(shop.json(&["outbox", "list"]), json!([]), "{what}");
    assert_eq!(provider.took(text), before + 1, "{what}: sent again when asked");
    "asked"
}

fn killed_everywhere(runtime: &Runtime, provider: &impl Provider) {
    let shop = Shop::new();
    provider.begin(&shop);
    shop.json(&["sync"]);
    let conversation = shop.json(&["conversations", "list"])[0]["id"].to_string();
    for (nth, taken) in [false, true].into_iter().enumerate() {
        let text = format!("gehalten, angenommen: {taken}");
        shop.reply(&conversation, &text, &[]);
        provider.hold(taken);
        let mut sending =
            shop.command(&["sync"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        provider.wait_until_held(runtime, nth + 1);
        sending.kill().unwrap();
        sending.wait().unwrap();
        assert_eq!(provider.took(&text), usize::from(taken));
        let end = settled(&shop, provider, &text, &text);
        let expected = if taken && provider.looks_up() { "sent" } else { "asked" };
        assert_eq!(end, expected, "{text}");
    }
    // At every commit on the way: before the request, and between the answer and what is written of it.
    let mut ends = Vec::new();
    for nth in 1.. {
        let text = format!("Ende {nth}");
        shop.reply(&conversation, &text, &[]);
        let done = shop.run_to_crash(&["sync"], nth);
        ends.push(settled(&shop, provider, &text, &text));
        if done.code.is_some() {
            break;
        }
    }
    println!("{ends:?}");
    assert!(ends.len() > 6 && ends.contains(&"asked") && ends.contains(&"sent"), "{ends:?}");
}

fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

#[test]
fn a_gateway_with_references() {
    let runtime = runtime();
    let gateway = runtime.block_on(Gateway::start());
    killed_everywhere(&runtime, &Sms { gateway, kind: "sms-seven" });
}

#[test]
fn a_gateway_that_takes_our_id() {
    let runtime = runtime();
    let gateway = runtime.block_on(Gateway::start());
    killed_everywhere(&runtime, &Sms { gateway, kind: "sms-android" });
}

#[test]
fn telegram_knows_no_reference() {
    let runtime = runtime();
    let telegram = runtime.block_on(Telegram::start());
    killed_everywhere(&runtime, &telegram);
}

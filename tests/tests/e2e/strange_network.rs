//! The laptop in a hotel: a guest network answers in the place of every server until somebody logs in to it. That counts
//! as offline for every kind of account, no password is called wrong, no secret of the mailbox is said, and afterwards
//! everything goes on by itself. Promise N6.

use serde_json::Value;
use theke_tests::authority::Authority;
use theke_tests::door::Door;
use theke_tests::gateway::{self, Gateway};
use theke_tests::mailstack::{MailStack, PASSWORD};
use theke_tests::portal::{Guest, Portal};
use theke_tests::program::Shop;
use theke_tests::telegram::{self, Telegram};

use crate::mails::{mail, now, values};

/// A shop whose every connection goes through a door of its own.
struct Laptop {
    shop: Shop,
    stack: MailStack,
    sms: Gateway,
    telegram: Telegram,
    doors: Vec<(Door, u16)>,
    clock: jiff::Timestamp,
    _runtime: tokio::runtime::Runtime,
}

fn port_of(url: &str) -> u16 {
    url.trim_start_matches("http://127.0.0.1:").split('/').next().unwrap().parse().unwrap()
}

impl Laptop {
    fn open() -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let sms = runtime.block_on(Gateway::start());
        let telegram = runtime.block_on(Telegram::start());
        let (mut shop, stack) = (Shop::new(), MailStack::start());
        let clock = now();
        shop.set_clock(&clock.to_string());
        stack.add_user("shop");
        stack.add_user("kate");
        let ports =
            [stack.imaps_port, stack.submissions_port, port_of(&sms.seven_url()), port_of(&telegram.url())];
        let doors: Vec<(Door, u16)> = ports.map(|port| (Door::before(port), port)).into();
        let mut mailbox = stack.account_values("shop");
        mailbox.insert("imap_port".to_owned(), doors[0].0.port.to_string());
        mailbox.insert("smtp_port".to_owned(), doors[1].0.port.to_string());
        shop.add_account("email", &mailbox, &[("password", PASSWORD)]);
        let url = format!("http://127.0.0.1:{}/api", doors[2].0.port);
        let settings = values(&[("base_url", &url), ("number", "+4930111222")]);
        shop.add_account("sms-seven", &settings, &[("api_key", gateway::API_KEY)]);
        let url = format!("http://127.0.0.1:{}", doors[3].0.port);
        shop.add_account("telegram", &values(&[("base_url", &url)]), &[("token", telegram::TOKEN)]);
        let question = mail("kate@test.local", "Mein Rad", Some("<q@kate.example>"), "", "Fertig?");
        stack.drop_into("shop", "INBOX", &question);
        sms.receive("+4915123456789", "Guten Tag", &now().to_string());
        shop.json(&["sync"]);
        Self { shop, stack, sms, telegram, doors, clock, _runtime: runtime }
    }

    fn enter(&self, guest: &Guest) {
        self.doors.iter().for_each(|(door, _)| door.lead_to(guest.port));
    }

    fn log_in_to_the_network(&self) {
        self.doors.iter().for_each(|(door, own)| door.lead_to(*own));
    }

    fn states(&self) -> Vec<(String, Value)> {
        let accounts = self.shop.json(&["accounts", "list"]);
        let of = |a: &Value| (a["state"].as_str().unwrap().to_owned(), a["error"].clone());
        accounts.as_array().unwrap().iter().map(of).collect()
    }

    fn advance(&mut self) {
        self.clock += jiff::SignedDuration::from_hours(2);
        self.shop.set_clock(&self.clock.to_string());
    }
}

#[test]
fn a_guest_network_is_being_offline() {
    let mut laptop = Laptop::open();
    let conversations = laptop.shop.json(&["conversations", "list"]);
    let of = |medium: &str| {
        let found = conversations.as_array().unwrap().iter().find(|c| c["media"][0] == medium).unwrap();
        found["id"].to_string()
    };
    let (by_mail, by_sms) = (of("email"), of("sms"));
    for (nth, portal) in
        [Portal::Page, Portal::Redirect, Portal::OwnCertificate, Portal::Closes].into_iter().enumerate()
    {
        let guest = Guest::start(portal);
        laptop.enter(&guest);
        let texts = [format!("Antwort {nth} per Mail"), format!("Antwort {nth} per SMS")];
        laptop.shop.reply(&by_mail, &texts[0], &["--via", "email"]);
        laptop.shop.run(&["sync"]);
        for (state, error) in laptop.states() {
            assert_eq!(state, "offline", "{portal:?}: {error}");
            let said = error.to_string();
            assert!(!said.contains("password") && !said.contains("token"), "{portal:?}: {said}");
        }
        assert!(!guest.heard().contains(PASSWORD), "{portal:?}");
        assert!(!guest.heard().contains("AUTH") && !guest.heard().contains("LOGIN"), "{portal:?}");
        let waiting = laptop.shop.json(&["outbox", "list"]);
        assert_eq!(
            (waiting.as_array().unwrap().len(), &waiting[0]["state"]),
            (1, &"queued".into()),
            "{waiting}"
        );

        // After the log-in all goes on by itself, also what came meanwhile.
        laptop.log_in_to_the_network();
        laptop.telegram.message(4711, "Kate", &format!("Frage {nth}"));
        laptop.shop.reply(&by_sms, &texts[1], &["--via", "sms"]);
        laptop.advance();
        laptop.shop.json(&["sync"]);
        assert!(laptop.states().iter().all(|(state, _)| state == "ok"), "{:?}", laptop.states());
        assert_eq!(laptop.shop.json(&["outbox", "list"]), serde_json::json!([]), "{portal:?}");
        let arrived = laptop.stack.wait_for("kate", "INBOX", nth + 1);
        assert_eq!(arrived.len(), nth + 1, "{portal:?}: once");
        assert_eq!(laptop.sms.sent().iter().filter(|sms| sms.text == texts[1]).count(), 1, "{portal:?}");
    }
}

#[test]
fn a_server_that_goes_on_showing_a_strange_certificate_needs_a_person() {
    let laptop = Laptop::open();
    let guest = Guest::start(Portal::OwnCertificate);
    laptop.doors[0].0.lead_to(guest.port);
    for _ in 0..12 {
        laptop.shop.run(&["sync"]);
        assert_eq!(laptop.states()[0].0, "offline");
    }
    laptop.shop.run(&["sync"]);
    let (state, error) = laptop.states()[0].clone();
    assert_eq!(state, "needs_attention");
    assert!(error.to_string().contains("certificate"), "{error}");
    // A new account is told at once.
    let mut mailbox = laptop.stack.account_values("shop");
    mailbox.insert("imap_port".to_owned(), guest.port.to_string());
    let done = laptop.shop.try_add_account("email", &mailbox, &[("password", PASSWORD)]);
    assert_eq!((done.code, done.error().0.as_str()), (Some(1), "certificate_rejected"), "{}", done.err);
    assert_eq!(guest.heard(), "");
}

#[test]
fn a_gateway_in_ones_own_network_is_trusted_by_its_authority_alone() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let authority = Authority::new().unwrap();
    let sms = runtime.block_on(Gateway::start_secure(&authority.sign(&["localhost"]).unwrap()));
    let shop = Shop::new();
    let url = sms.android_url();
    let mut settings =
        values(&[("base_url", &url), ("number", "+4930111222"), ("username", gateway::USERNAME)]);
    let secret = [("password", gateway::PASSWORD)];
    let other = shop.write("other.pem", Authority::new().unwrap().pem());
    for strange in [None, Some(other)] {
        settings.extend(strange.map(|path| ("ca_file".to_owned(), path)));
        let done = shop.try_add_account("sms-android", &settings, &secret);
        let (code, message) = done.error();
        assert_eq!((done.code, code.as_str()), (Some(1), "certificate_rejected"), "{message}");
        assert!(message.contains("certificate") && message.contains("CA file"), "{message}");
    }
    assert_eq!(sms.requests(), [], "nothing is said to a stranger");

    settings.insert("ca_file".to_owned(), shop.write("ca.pem", authority.pem()));
    shop.add_account("sms-android", &settings, &secret);
    sms.receive("+4915123456789", "Guten Tag", &now().to_string());
    shop.json(&["sync"]);
    let conversation = shop.json(&["conversations", "list"])[0]["id"].to_string();
    shop.reply(&conversation, "Guten Tag!", &[]);
    shop.json(&["sync"]);
    assert_eq!(sms.sent().iter().map(|sms| sms.text.as_str()).collect::<Vec<_>>(), ["Guten Tag!"]);
}

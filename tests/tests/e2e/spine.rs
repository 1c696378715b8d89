//! The whole way: mail and SMS and Telegram come in, become one customer, and answers leave on the channel which that
//! customer prefers.

use serde_json::{Value, json};
use theke_tests::gateway::{self, Gateway};
use theke_tests::mailstack::MailStack;
use theke_tests::program::{Shop, until};
use theke_tests::telegram::{self, Telegram};

use crate::mails::{add_mailbox, contact_with, header, mail, now, values};

const NUMBER: &str = "+4915123456789";

/// Every channel of one shop.
struct Street {
    shop: Shop,
    mail: MailStack,
    sms: Gateway,
    telegram: Telegram,
    runtime: tokio::runtime::Runtime,
}

impl Street {
    fn open() -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let sms = runtime.block_on(Gateway::start());
        let telegram = runtime.block_on(Telegram::start());
        let (shop, mail) = (Shop::new(), MailStack::start());
        mail.add_user("kate");
        add_mailbox(&shop, &mail);
        let url = sms.seven_url();
        shop.add_account(
            "sms-seven",
            &values(&[("base_url", &url), ("number", "+4930111222")]),
            &[("api_key", gateway::API_KEY)],
        );
        let url = telegram.url();
        shop.add_account("telegram", &values(&[("base_url", &url)]), &[("token", telegram::TOKEN)]);
        Self { shop, mail, sms, telegram, runtime }
    }

    fn only_conversation(&self) -> Value {
        let list = self.shop.json(&["conversations", "list"]);
        assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
        list[0].clone()
    }
}

/// A mail comes in, then an SMS from a number that is known by hand: one customer, one matter. Gives both ids.
fn mail_and_sms_become_one(street: &Street) -> (String, String) {
    let shop = &street.shop;
    street.mail.deliver(
        "shop",
        &mail(
            "Kate Muster <kate@test.local>",
            "Mein Rad",
            Some("<m1@kate.example>"),
            "",
            "Ist das Rad fertig?",
        ),
    );
    let synced = shop.json(&["sync"]);
    assert_eq!(synced["accounts"][0]["received"], 1, "{synced}");
    let contact = contact_with(shop, "kate@test.local");
    assert_eq!(contact["name"], "Kate Muster");
    let (contact, conversation) = (contact["id"].to_string(), street.only_conversation()["id"].to_string());

    shop.json(&["contacts", "add-address", &contact, "0151 23456789"]);
    street.sms.receive(NUMBER, "Sind Sie heute da?", &now().to_string());
    shop.json(&["sync"]);
    let detail = shop.json(&["contacts", "show", &contact]);
    assert_eq!(detail["conversations"], json!([conversation.parse::<i64>().unwrap()]), "{detail}");
    let media: Vec<_> = detail["timeline"].as_array().unwrap().iter().map(|t| t["medium"].clone()).collect();
    assert_eq!(media, ["sms", "email"], "newest first: {detail}");
    assert_eq!(street.only_conversation()["media"], json!(["email", "sms"]));
    (contact, conversation)
}

#[test]
fn a_customer_writes_by_mail_and_sms_and_is_answered_where_she_wants() {
    let street = Street::open();
    let shop = &street.shop;
    let (contact, conversation) = mail_and_sms_become_one(&street);

    // She prefers SMS: the answer to the mail leaves by SMS.
    shop.json(&["contacts", "prefer", &contact, "sms"]);
    let route = shop.json(&["route", &conversation]);
    assert_eq!((&route["medium"], &route["address"]), (&json!("sms"), &json!(NUMBER)), "{route}");
    assert!(!route["reasons"].as_array().unwrap().is_empty(), "{route}");
    let queued = shop.reply(&conversation, "Ja, es steht bereit.", &[]);
    assert_eq!(queued["route"]["medium"], "sms", "{queued}");
    assert_eq!(shop.json(&["outbox", "list"])[0]["message_id"], queued["message_id"]);
    shop.json(&["sync"]);
    assert_eq!(shop.json(&["outbox", "list"]), json!([]));
    let sent = street.sms.sent();
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!(
        (sent[0].to.trim_start_matches('+'), sent[0].text.as_str()),
        (NUMBER.trim_start_matches('+'), "Ja, es steht bereit.")
    );
    assert!(street.mail.messages("kate", "INBOX").is_empty(), "no mail left");

    // The gateway says that it arrived.
    street.sms.progress();
    street.sms.progress();
    let delivered = || {
        shop.json(&["sync"]);
        let shown = shop.json(&["conversations", "show", &conversation]);
        let message = shown["messages"]
            .as_array()
            .unwrap()
            .iter()
            .find(|m| m["id"] == queued["message_id"])
            .cloned()
            .unwrap();
        (message["delivery"] == "delivered").then_some(())
    };
    until("the SMS to be reported as delivered", delivered);

    // The next one by mail, threaded, with its copy in Sent.
    let by_mail = shop.reply(&conversation, "Die Rechnung liegt bei.", &["--via", "email"]);
    assert_eq!(by_mail["route"]["address"], "kate@test.local", "{by_mail}");
    shop.json(&["sync"]);
    let arrived = street.mail.wait_for("kate", "INBOX", 1);
    assert_eq!(header(&arrived[0], "In-Reply-To").as_deref(), Some("<m1@kate.example>"));
    assert!(header(&arrived[0], "References").unwrap().contains("<m1@kate.example>"));
    assert!(header(&arrived[0], "Subject").unwrap().contains("Mein Rad"));
    let copies = street.mail.wait_for("shop", "Sent", 1);
    assert_eq!(header(&copies[0], "Message-ID"), header(&arrived[0], "Message-ID"));
    // Fetching the copy stores nothing twice.
    shop.json(&["sync"]);
    let shown = shop.json(&["conversations", "show", &conversation]);
    assert_eq!(shown["messages"].as_array().unwrap().len(), 4, "{shown}");
    assert_eq!(street.mail.messages("shop", "Sent").len(), 1);

    // Her answer to that mail finds the same matter.
    let id = header(&arrived[0], "Message-ID").unwrap();
    let more = format!("In-Reply-To: {id}\r\nReferences: <m1@kate.example> {id}\r\n");
    street.mail.deliver(
        "shop",
        &mail("Kate Muster <kate@test.local>", "Re: Mein Rad", Some("<m2@kate.example>"), &more, "Danke!"),
    );
    shop.json(&["sync"]);
    assert_eq!(street.only_conversation()["id"].to_string(), conversation);
    drop(street.runtime);
}

#[test]
fn a_telegram_message_joins_by_an_address_added_by_hand() {
    let street = Street::open();
    let shop = &street.shop;
    // The stand-in has a clock of its own, which begins on 2026-11-21.
    let day_before = "Date: Fri, 20 Nov 2026 09:00:00 +0000\r\n";
    street.mail.deliver(
        "shop",
        &mail(
            "Kate Muster <kate@test.local>",
            "Schlauch",
            Some("<t1@kate.example>"),
            day_before,
            "Haben Sie 28 Zoll?",
        ),
    );
    shop.json(&["sync"]);
    let contact = contact_with(shop, "kate@test.local")["id"].to_string();
    shop.json(&["contacts", "add-address", &contact, "telegram:4711"]);
    street.telegram.message(4711, "Kate", "Ich bin es noch einmal");
    shop.json(&["sync"]);
    // The next request confirms what was stored.
    shop.json(&["sync"]);
    assert_eq!(street.telegram.pending(), 0);
    let detail = shop.json(&["contacts", "show", &contact]);
    assert_eq!(detail["messages"], 2, "{detail}");
    assert_eq!(shop.json(&["contacts", "list"]).as_array().unwrap().len(), 1);
    // And is answered there, because that is where she wrote last.
    let conversation = street.only_conversation()["id"].to_string();
    let queued = shop.reply(&conversation, "Ja, zwei Stück.", &[]);
    assert_eq!(queued["route"]["medium"], "telegram", "{queued}");
    shop.json(&["sync"]);
    let sent = street.telegram.sent();
    assert_eq!((sent.len(), sent[0].chat_id, sent[0].text.as_str()), (1, 4711, "Ja, zwei Stück."));
    drop(street.runtime);
}

#[test]
fn two_strangers_become_one_customer_when_a_person_says_so() {
    let street = Street::open();
    let shop = &street.shop;
    street.mail.deliver(
        "shop",
        &mail("Kate Muster <kate@test.local>", "Mein Rad", Some("<s1@kate.example>"), "", "Fertig?"),
    );
    street.sms.receive(NUMBER, "Hier ist Kate", &now().to_string());
    shop.json(&["sync"]);
    assert_eq!(shop.json(&["contacts", "list"]).as_array().unwrap().len(), 2, "nobody is joined by name");
    let contact = contact_with(shop, "kate@test.local")["id"].to_string();
    shop.json(&["contacts", "add-address", &contact, NUMBER]);
    let contacts = shop.json(&["contacts", "list"]);
    assert_eq!(contacts.as_array().unwrap().len(), 1, "{contacts}");
    let detail = shop.json(&["contacts", "show", &contact]);
    assert_eq!(detail["timeline"].as_array().unwrap().len(), 2, "one timeline: {detail}");
    assert_eq!(detail["conversations"].as_array().unwrap().len(), 2, "matters are joined by hand: {detail}");
    drop(street.runtime);
}

#[test]
fn a_running_engine_takes_in_and_sends_by_itself() {
    let street = Street::open();
    let shop = &street.shop;
    let mut engine = shop.start();
    street.mail.deliver(
        "shop",
        &mail("Kate Muster <kate@test.local>", "Mein Rad", Some("<r1@kate.example>"), "", "Fertig?"),
    );
    let event = engine.wait_for(|event| event["event"] == "message_received");
    for key in ["at", "account_id", "conversation_id", "message_id"] {
        assert!(event.get(key).is_some(), "{key} is missing: {event}");
    }
    let conversation = event["conversation_id"].to_string();
    // Another process queues the answer; the engine sends it without being asked.
    let queued = shop.reply(&conversation, "Ja.", &[]);
    let id = queued["message_id"].clone();
    engine.wait_for(|event| event["event"] == "message_changed" && event["message_id"] == id);
    street.mail.wait_for("kate", "INBOX", 1);
    until("the outbox to be empty", || (shop.json(&["outbox", "list"]) == json!([])).then_some(()));
    street.mail.wait_for("shop", "Sent", 1);
    // An answer written elsewhere shows in the timeline.
    let elsewhere = mail(
        "Laden <shop@test.local>",
        "Re: Mein Rad",
        Some("<phone@shop.example>"),
        "In-Reply-To: <r1@kate.example>\r\nReferences: <r1@kate.example>\r\n",
        "Vom Telefon",
    );
    let elsewhere =
        String::from_utf8(elsewhere).unwrap().replace("To: Laden <shop@test.local>", "To: kate@test.local");
    street.mail.drop_into_with_flags("shop", "Sent", elsewhere.as_bytes(), "S");
    street.mail.deliver(
        "shop",
        &mail(
            "Kate Muster <kate@test.local>",
            "Re: Mein Rad",
            Some("<r2@kate.example>"),
            "In-Reply-To: <r1@kate.example>\r\n",
            "Danke",
        ),
    );
    let seen = |shown: &Value| {
        shown["messages"].as_array().unwrap().iter().filter(|m| m["direction"] == "out").count() == 2
    };
    until("the answer from the phone", || {
        let shown = shop.json(&["conversations", "show", &conversation]);
        seen(&shown).then_some(())
    });
    assert_eq!(engine.stop(), Some(0));
    drop(street.runtime);
}

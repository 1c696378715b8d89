//! The standard case by command line, and the switch.

use serde_json::{Value, json};
use theke_tests::mailstack::MailStack;
use theke_tests::program::until;
use theke_tests::smtp::Phase;

use super::{House, RULE_OF_WORDS, days_ago, held_by};
use crate::mails::header;

const ASKS: &str = "Guten Tag, wann haben Sie morgen geöffnet?";

#[test]
fn one_answer_with_its_marks_and_its_reasons() {
    let stack = MailStack::start();
    let mut house = House::open(&stack, "shop", days_ago(1));
    let rule = house.switch_on(RULE_OF_WORDS);
    house.receive(&stack, "Anna <anna@kunde.example>", "<a1@kunde.example>", ASKS);
    house.receive(&stack, "Bert <bert@kunde.example>", "<b1@kunde.example>", "Ich suche einen Sattel.");
    let synced = house.shop.json(&["sync"]);
    assert_eq!(synced["accounts"][0]["sent"], 1, "{synced}");

    let taken = house.smtp.taken();
    assert_eq!(taken.len(), 1, "{taken:?}");
    let raw = &taken[0].raw;
    assert_eq!(taken[0].to, ["anna@kunde.example"]);
    assert_eq!(taken[0].from, "", "the null return path");
    assert_eq!(header(raw, "Auto-Submitted").as_deref(), Some("auto-replied"));
    assert_eq!(header(raw, "X-Auto-Response-Suppress").as_deref(), Some("All"));
    assert_eq!(header(raw, "In-Reply-To").as_deref(), Some("<a1@kunde.example>"));
    assert!(header(raw, "References").unwrap().contains("<a1@kunde.example>"));
    assert_eq!((header(raw, "Cc"), header(raw, "Bcc")), (None, None));
    let text = String::from_utf8_lossy(raw).replace("=\r\n", "");
    assert!(text.contains("Wir haben bis 18 Uhr ge=C3=B6ffnet."), "{text}");
    assert!(text.contains("automatisch") && text.contains("MENSCH"), "it names itself: {text}");

    let decisions = house.decisions();
    assert_eq!(decisions.len(), 1, "{decisions:?}");
    let one = house.shop.json(&["decisions", "show", &decisions[0]["id"].to_string()]);
    assert_eq!((&one["rule"], &one["mode"]), (&json!("Zeiten (v1)"), &json!("send")), "{one}");
    assert!(one["guards"].as_array().unwrap().len() > 15, "every guard has its row: {one}");
    assert_eq!(held_by(&one), Vec::<&str>::new(), "{one}");
    assert_eq!(
        (&one["route"]["medium"], &one["route"]["address"]),
        (&json!("email"), &json!("anna@kunde.example"))
    );
    assert!(one["evidence"].to_string().contains("geöffnet"), "{one}");
    let message = house.shop.messages().into_iter().find(|message| message["id"] == one["message_id"]);
    assert_eq!(message.unwrap()["from"]["address"], "anna@kunde.example");
    let automatic: Vec<Value> =
        house.shop.messages().into_iter().filter(|message| message["automatic"] == true).collect();
    assert_eq!(automatic.len(), 1, "{automatic:?}");
    assert_eq!((&automatic[0]["delivery"], &automatic[0]["text"]), (&json!("sent"), &one["text"]));

    let rehearsed = house.shop.json(&["rules", "rehearse", &rule]);
    assert_eq!(
        (&rehearsed["misses"], &rehearsed["hits"].as_array().unwrap().len()),
        (&json!(1), &1),
        "{rehearsed}"
    );
    let hit = &rehearsed["hits"][0];
    assert_eq!((&hit["would"], &hit["text"]), (&json!("send"), &one["text"]), "{rehearsed}");
    assert_eq!((&hit["message_id"], held_by(hit)), (&one["message_id"], Vec::new()), "{rehearsed}");
    // Nothing more leaves: not by the rehearsal, and not because the same mail is looked at again.
    house.shop.json(&["sync"]);
    assert_eq!((house.smtp.taken().len(), house.decisions().len()), (1, 1));
}

/// The states of the outbox.
fn states(house: &House) -> Vec<String> {
    let rows = house.shop.json(&["outbox", "list"]);
    rows.as_array().unwrap().iter().map(|row| row["state"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn the_switch_stops_what_is_queued_and_survives_a_restart() {
    let stack = MailStack::start();
    let mut house = House::open(&stack, "shop", days_ago(1));
    house.switch_on(RULE_OF_WORDS);
    // The first one is held in the middle of its dialogue, so that the others wait behind it.
    house.smtp.hold_at(Phase::Mail);
    let engine = house.shop.start();
    for n in 0..20 {
        house.receive(&stack, &format!("kunde{n}@kunde.example"), &format!("<s{n}@kunde.example>"), ASKS);
    }
    house.smtp.wait_until_held();
    until("all twenty to be queued", || (states(&house).len() == 20).then_some(()));
    assert_eq!(house.shop.json(&["automation", "off"])["on"], false);
    // From here on nothing more begins; the one that is on its way may end.
    house.smtp.go_on();
    until("the one on its way to end", || states(&house).iter().all(|state| state == "held").then_some(()));
    let left = house.smtp.taken().len();
    assert!(left <= 1 && states(&house).len() == 20 - left, "{left} left, {:?}", states(&house));
    assert_eq!(engine.stop(), Some(0));
    // A restart switches nothing on, and what comes now is not even looked at.
    house.receive(&stack, "spaet@kunde.example", "<s99@kunde.example>", ASKS);
    let engine = house.shop.start();
    until("the late mail to be stored", || {
        let found = house.shop.json(&["contacts", "list", "--query", "spaet"]);
        (found.as_array().unwrap().len() == 1).then_some(())
    });
    assert_eq!(engine.stop(), Some(0));
    house.shop.json(&["sync"]);
    assert_eq!(house.shop.json(&["automation", "status"])["on"], false);
    assert_eq!((house.smtp.taken().len(), house.decisions().len()), (left, 20));
}

//! A clock that a test moves: undo time, snooze, and a send that waited for a day.

use serde_json::json;
use theke_tests::mailstack::{MailStack, PASSWORD};
use theke_tests::program::{Shop, until};

use crate::mails::{add_mailbox, mail, now};

fn later(hours: i64, minutes: i64) -> String {
    (now() + jiff::SignedDuration::from_mins(60 * hours + minutes)).to_string()
}

#[test]
fn a_running_engine_follows_the_clock_that_is_moved() {
    let (mut shop, stack) = (Shop::new(), MailStack::start());
    shop.set_clock(&now().to_string());
    shop.json(&["settings", "set", "send.undo_secs", "60"]);
    add_mailbox(&shop, &stack);
    stack.add_user("bo");
    let mut engine = shop.start();
    stack.deliver("shop", &mail("Bo <bo@test.local>", "Lampe", Some("<k1@bo.example>"), "", "Kabel lose"));
    let conversation =
        engine.wait_for(|event| event["event"] == "message_received")["conversation_id"].to_string();
    let body = shop.write("body", "Kommen Sie vorbei.");
    let queued = shop.json(&["reply", &conversation, "--body-file", &body]);
    assert_eq!(shop.json(&["outbox", "list"])[0]["message_id"], queued["message_id"]);
    assert!(stack.messages("bo", "INBOX").is_empty(), "the undo time runs");
    shop.set_clock(&later(0, 2));
    stack.wait_for("bo", "INBOX", 1);
    until("the outbox to be empty", || (shop.json(&["outbox", "list"]) == json!([])).then_some(()));

    // A snoozed conversation is open again when its time has come.
    let tomorrow = later(24, 0);
    shop.json(&["conversations", "set", &conversation, "--status", "snoozed", "--until", &tomorrow]);
    assert_eq!(shop.json(&["conversations", "list", "--status", "snoozed"]).as_array().unwrap().len(), 1);
    shop.set_clock(&later(25, 0));
    until("the conversation to be open", || {
        (shop.json(&["conversations", "list", "--status", "open"]).as_array().unwrap().len() == 1)
            .then_some(())
    });
    assert_eq!(engine.stop(), Some(0));
}

#[test]
fn an_answer_that_waited_for_a_day_asks_before_it_goes() {
    let (mut shop, stack) = (Shop::new(), MailStack::start());
    shop.set_clock(&now().to_string());
    stack.add_user("shop");
    stack.add_user("bo");
    let mut settings = stack.account_values("shop");
    let authority = shop.write("ca.pem", std::fs::read(stack.ca_file()).unwrap());
    settings.insert("ca_file".to_owned(), authority);
    shop.add_account("email", &settings, &[("password", PASSWORD)]);
    stack.deliver("shop", &mail("Bo <bo@test.local>", "Lampe", Some("<k2@bo.example>"), "", "Kabel lose"));
    shop.json(&["sync"]);
    let conversation = shop.json(&["conversations", "list"])[0]["id"].to_string();
    let queued = shop.reply(&conversation, "Kommen Sie vorbei.", &[]);
    // The computer was closed over the weekend.
    shop.set_clock(&later(50, 0));
    shop.json(&["sync"]);
    let waiting = shop.json(&["outbox", "list"]);
    assert_eq!(
        (&waiting[0]["message_id"], &waiting[0]["state"]),
        (&queued["message_id"], &json!("held")),
        "{waiting}"
    );
    assert!(stack.messages("bo", "INBOX").is_empty());
    shop.json(&["outbox", "retry", &queued["message_id"].to_string()]);
    shop.json(&["sync"]);
    stack.wait_for("bo", "INBOX", 1);
    assert_eq!(shop.json(&["outbox", "list"]), json!([]));
}

//! One engine per profile, and every other command beside it.

use serde_json::json;
use theke_tests::mailstack::MailStack;
use theke_tests::program::Shop;

use crate::mails::{add_mailbox, mail};

#[test]
fn a_second_engine_is_refused_and_the_lock_is_free_after_a_kill() {
    let shop = Shop::new();
    let backup = shop.folder().join("all.backup").display().to_string();
    shop.json(&["backup", &backup]);
    let engine = shop.start();
    for words in [&["run"][..], &["sync"][..], &["restore", &backup][..]] {
        let (code, message) = shop.fails(words);
        assert_eq!(code, "in_use", "{words:?}: {message}");
        assert!(message.len() > 30, "says what to do: {message}");
    }
    engine.kill();
    shop.json(&["sync"]);
    let engine = shop.start();
    assert_eq!(engine.stop(), Some(0));
    shop.json(&["sync"]);
}

#[test]
fn every_other_command_works_beside_a_running_engine() {
    let (shop, stack) = (Shop::new(), MailStack::start());
    let account = add_mailbox(&shop, &stack);
    let mut engine = shop.start();
    stack.deliver("shop", &mail("Bo <bo@test.local>", "Lampe", Some("<b1@bo.example>"), "", "Kabel lose"));
    let event = engine.wait_for(|event| event["event"] == "message_received");
    let (conversation, message) = (event["conversation_id"].to_string(), event["message_id"].to_string());
    let contact = shop.json(&["conversations", "show", &conversation])["contact_id"].to_string();
    let eml = shop.write("old.eml", mail("Bo <bo@test.local>", "Schirm", Some("<b2@bo.example>"), "", "Alt"));
    let backup = shop.folder().join("beside.backup").display().to_string();
    let commands: &[&[&str]] = &[
        &["accounts", "kinds"],
        &["accounts", "list"],
        &["accounts", "check", &account],
        &["settings", "get"],
        &["settings", "set", "shop.name", "Neu"],
        &["conversations", "list", "--status", "open"],
        &["conversations", "set", &conversation, "--status", "waiting"],
        &["contacts", "list", "--query", "bo"],
        &["contacts", "show", &contact],
        &["contacts", "add-address", &contact, "+4915123456780"],
        &["contacts", "prefer", &contact, "email"],
        &["contacts", "remove-address", &contact, "+4915123456780"],
        &["route", &conversation],
        &["search", "lampe"],
        &["import", &eml],
        &["inspect", &eml],
        &["address", "bo@test.local"],
        &["decisions", "list"],
        &["automation", "status"],
        &["backup", &backup],
        &["doctor"],
        &["outbox", "list"],
    ];
    for words in commands {
        shop.json(words);
    }
    let other = shop.json(&["conversations", "list"]);
    let imported =
        other.as_array().unwrap().iter().find(|c| c["subject"] == "Schirm").expect("imported")["id"]
            .to_string();
    shop.json(&["conversations", "move", &message, &imported]);
    shop.json(&["conversations", "split", &message]);
    assert_eq!(shop.json(&["settings", "get", "shop.name"]), json!({"shop.name": "Neu"}));
    assert_eq!(engine.stop(), Some(0));
}

#[test]
fn an_answer_can_be_taken_back_while_the_engine_runs() {
    let (shop, stack) = (Shop::new(), MailStack::start());
    shop.json(&["settings", "set", "send.undo_secs", "120"]);
    add_mailbox(&shop, &stack);
    stack.add_user("bo");
    let mut engine = shop.start();
    stack.deliver("shop", &mail("Bo <bo@test.local>", "Lampe", Some("<u1@bo.example>"), "", "Kabel lose"));
    let conversation =
        engine.wait_for(|event| event["event"] == "message_received")["conversation_id"].to_string();
    let body = shop.write("body", "Zu früh");
    let queued = shop.json(&["reply", &conversation, "--body-file", &body]);
    let id = queued["message_id"].to_string();
    assert_eq!(shop.json(&["outbox", "list"])[0]["state"], "queued");
    assert_eq!(shop.json(&["outbox", "cancel", &id]), json!([]));
    let (code, _) = shop.fails(&["outbox", "cancel", &id]);
    assert!(code == "too_late" || code == "not_found", "{code}");
    assert_eq!(engine.stop(), Some(0));
    assert!(stack.messages("bo", "INBOX").is_empty());
}

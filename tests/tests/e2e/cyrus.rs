//! The same mailbox at another server: Cyrus. First synchronisation, news while waiting, the folder of sent mail by its
//! use and not by its name, what happens elsewhere, and a folder whose numbers begin anew.

use serde_json::{Value, json};
use theke_tests::cyrus::Cyrus;
use theke_tests::mailstack::PASSWORD;
use theke_tests::program::Shop;
use theke_tests::smtp::Smtp;

use crate::mails::{counted, mail};

fn letter(n: usize) -> Vec<u8> {
    let from = format!("Kunde {n} <kunde{n}@kunde.example>");
    mail(&from, &format!("Anfrage {n}"), Some(&format!("<{n}@kunde.example>")), "", &format!("Text {n}"))
}

fn texts(shop: &Shop) -> Vec<String> {
    shop.messages().iter().map(|m| m["text"].as_str().unwrap().trim().to_owned()).collect()
}

fn with_text(shop: &Shop, text: &str) -> Value {
    shop.messages().into_iter().find(|m| m["text"].as_str().unwrap().trim() == text).unwrap()
}

fn unread(shop: &Shop) -> i64 {
    let conversations = shop.json(&["conversations", "list"]);
    conversations.as_array().unwrap().iter().map(|c| c["unread"].as_i64().unwrap()).sum()
}

#[test]
fn a_mailbox_at_another_server() {
    let Some(cyrus) = Cyrus::start() else { return };
    let mut hand = cyrus.hand();
    for n in 0..40 {
        hand.append("INBOX", "", &letter(n));
    }
    let answer =
        mail("Laden <shop@test.local>", "Re: Anfrage 3", Some("<s@shop.example>"), "", "Vom Telefon");
    let answer =
        String::from_utf8(answer).unwrap().replace("To: Laden <shop@test.local>", "To: kunde3@kunde.example");
    hand.append("Ausgang", "\\Seen", answer.as_bytes());

    let shop = Shop::new();
    let smtp = Smtp::with_certificate(cyrus.folder());
    let mut values = cyrus.account_values();
    values.extend(smtp.values());
    shop.add_account("email", &values, &[("password", PASSWORD)]);
    shop.json(&["sync"]);
    let mut expected: Vec<String> =
        (0..40).map(|n| format!("Text {n}")).chain(["Vom Telefon".to_owned()]).collect();
    assert_eq!(counted(texts(&shop)), counted(expected.clone()));
    assert_eq!(with_text(&shop, "Vom Telefon")["direction"], "out", "the folder is known by its use");
    assert_eq!(unread(&shop), 40);

    // News is told while the engine waits.
    let mut engine = shop.start();
    hand.append("INBOX", "", &letter(100));
    engine.wait_for(|event| event["event"] == "message_received");
    assert_eq!(engine.stop(), Some(0));
    expected.push("Text 100".to_owned());
    assert_eq!(counted(texts(&shop)), counted(expected.clone()));

    // Read, moved and deleted elsewhere: what was seen stays, once.
    hand.run("CREATE Archiv");
    hand.run("SELECT INBOX");
    hand.run("STORE 5 +FLAGS (\\Seen)");
    hand.run("MOVE 7 Archiv");
    hand.run("STORE 9 +FLAGS (\\Deleted)");
    hand.run("EXPUNGE");
    let before = unread(&shop);
    shop.json(&["sync"]);
    assert_eq!(counted(texts(&shop)), counted(expected.clone()));
    assert_eq!(unread(&shop), before - 1);

    // An answer: the copy lies in the folder for it, and the question is marked as answered.
    let conversation = conversation_of(&shop, "Text 12");
    shop.reply(&conversation, "Gern", &[]);
    shop.json(&["sync"]);
    assert_eq!((smtp.with_line("Gern").len(), shop.json(&["outbox", "list"])), (1, json!([])));
    expected.push("Gern".to_owned());
    let status = hand.run("STATUS Ausgang (MESSAGES)").concat();
    assert!(status.contains("MESSAGES 2"), "{status}");
    let answered = hand.run("SEARCH ANSWERED");
    let found = answered.iter().find_map(|line| line.strip_prefix("* SEARCH ")).unwrap_or_default();
    assert_eq!(found.split_whitespace().count(), 1, "{answered:?}");

    // The folder is made anew with the same mails: other numbers, nothing twice.
    // Cyrus keeps a folder as long as it has a use.
    hand.run("SETMETADATA Ausgang (/private/specialuse NIL)");
    hand.run("DELETE Ausgang");
    hand.run("CREATE Ausgang (USE (\\Sent))");
    hand.append("Ausgang", "\\Seen", answer.as_bytes());
    hand.append("Ausgang", "\\Seen", &smtp.with_line("Gern")[0].raw);
    shop.json(&["sync"]);
    shop.json(&["sync"]);
    assert_eq!(counted(texts(&shop)), counted(expected));
}

fn conversation_of(shop: &Shop, text: &str) -> String {
    let conversations = shop.json(&["conversations", "list"]);
    let ids = conversations.as_array().unwrap().iter().map(|c| c["id"].to_string());
    let holds =
        |id: &String| shop.json(&["conversations", "show", id])["messages"].to_string().contains(text);
    ids.into_iter().find(holds).unwrap()
}

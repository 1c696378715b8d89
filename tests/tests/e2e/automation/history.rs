//! A shop's past is never answered: what is imported, and what lies in a mailbox when it is added.

use std::time::SystemTime;

use jiff::SignedDuration;
use theke_tests::mailstack::MailStack;

use super::{House, RULE_FOR_ALL, add_account, dated, days_ago};
use crate::mails::mail;

const OLD: i64 = 10_000;
const IN_MAILBOX: i64 = 300;

#[test]
fn an_import_of_ten_thousand_and_a_first_fetch_are_not_answered() {
    let stack = MailStack::start();
    let mut house = House::open(&stack, "shop", days_ago(1));
    house.switch_on(RULE_FOR_ALL);
    house.forward(SignedDuration::from_mins(10));
    // Years old at first, and at last of this very minute: the age alone does not keep them from an answer.
    let mut mbox = Vec::new();
    for n in 0..OLD {
        let at = house.at - SignedDuration::from_mins((OLD - 1 - n) * 60);
        let from = format!("alt{}@kunde.example", n % 2_000);
        mbox.extend(b"From kunde@kunde.example Thu Jan  1 00:00:00 2026\n");
        mbox.extend(mail(
            &from,
            &format!("Frage {n}"),
            Some(&format!("<old{n}@kunde.example>")),
            &dated(at),
            "Wann?",
        ));
        mbox.push(b'\n');
    }
    let file = house.shop.write("old.mbox", mbox);
    let imported = house.shop.json(&["import", &file]);
    assert_eq!(
        (imported["read"].as_i64(), imported["stored"].as_i64()),
        (Some(OLD), Some(OLD)),
        "{imported}"
    );
    house.shop.json(&["sync"]);
    assert_eq!((house.smtp.taken().len(), house.decisions().len()), (0, 0));

    // A second mailbox that is full, its newest mails of this minute.
    stack.add_user("alt");
    for n in 0..IN_MAILBOX {
        let at = house.at - SignedDuration::from_secs((IN_MAILBOX - 1 - n) * 20);
        let from = format!("voll{n}@kunde.example");
        let raw = mail(&from, "Frage", Some(&format!("<full{n}@kunde.example>")), &dated(at), "Wann?");
        stack.drop_at("alt", &raw, SystemTime::from(at));
    }
    add_account(&house.shop, &stack, "alt", &house.smtp);
    let synced = house.shop.json(&["sync"]);
    let received: i64 =
        synced["accounts"].as_array().unwrap().iter().map(|one| one["received"].as_i64().unwrap()).sum();
    assert_eq!(received, IN_MAILBOX, "{synced}");
    house.shop.json(&["sync"]);
    assert_eq!((house.smtp.taken().len(), house.decisions().len()), (0, 0));

    // What comes from now on is, in both mailboxes: the rule was on all the time.
    house.forward(SignedDuration::from_mins(1));
    for user in ["shop", "alt"] {
        let from = format!("neu-{user}@kunde.example");
        let raw =
            mail(&from, "Frage", Some(&format!("<new-{user}@kunde.example>")), &dated(house.at), "Wann?");
        stack.drop_at(user, &raw, SystemTime::from(house.at));
    }
    house.shop.json(&["sync"]);
    let mut to: Vec<String> = house.smtp.taken().into_iter().flat_map(|one| one.to).collect();
    to.sort();
    assert_eq!(to, ["neu-alt@kunde.example", "neu-shop@kunde.example"]);
}

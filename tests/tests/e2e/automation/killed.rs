//! Ended without warning while it answers by itself: nobody gets two answers, and nobody is forgotten.

use std::collections::BTreeMap;
use std::process::Stdio;

use jiff::SignedDuration;
use theke_tests::mailstack::MailStack;
use theke_tests::smtp::Phase;

use super::{House, RULE_OF_WORDS, days_ago};

/// How a customer's mail ended.
fn end_of(house: &House, address: &str) -> &'static str {
    let taken = house.sent_to(address).len();
    assert!(taken <= 1, "{address} got {taken} answers");
    let rows = house.shop.json(&["outbox", "list"]);
    let row = rows.as_array().unwrap().iter().find(|row| row["address"] == address);
    match row.map(|row| row["state"].as_str().unwrap()) {
        None if taken == 1 => "answered",
        Some("in_doubt") => "in doubt",
        Some("held") => "asked",
        other => {
            panic!("{address} was forgotten: {taken} answers, {other:?}; {:?}", house.decisions().first())
        }
    }
}

/// One customer more, and some minutes more on the clock.
fn next_customer(house: &mut House, stack: &MailStack, name: &str) -> String {
    house.forward(SignedDuration::from_mins(6));
    let address = format!("{name}@kunde.example");
    house.receive(stack, &address, &format!("<{name}@kunde.example>"), "Wann haben Sie geöffnet?");
    address
}

#[test]
fn nobody_gets_two_answers_and_nobody_is_forgotten() {
    let stack = MailStack::start();
    let mut house = House::open(&stack, "shop", days_ago(2));
    house.shop.json(&["settings", "set", "automation.hour_max", "60"]);
    house.switch_on(RULE_OF_WORDS);
    let mut ends: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    // At the commits of receiving, claiming, deciding and sending, as far apart as brings all of it under the knife.
    for nth in (1..).step_by(2) {
        let address = next_customer(&mut house, &stack, &format!("kill{nth}"));
        let done = house.shop.run_to_crash(&["sync"], nth);
        if done.code.is_none() {
            house.shop.json(&["sync"]);
        }
        ends.entry(end_of(&house, &address)).or_default().push(format!("commit {nth}"));
        if done.code.is_some() {
            break;
        }
    }
    // And at points of the dialogue with the server.
    for phase in [Phase::Login, Phase::Mail, Phase::Data, Phase::Unread, Phase::Dot, Phase::Quit] {
        let address = next_customer(&mut house, &stack, &format!("hold{phase:?}").to_lowercase());
        house.smtp.hold_at(phase);
        let mut sending =
            house.shop.command(&["sync"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        house.smtp.wait_until_held();
        sending.kill().unwrap();
        sending.wait().unwrap();
        house.smtp.hang_up();
        house.shop.json(&["sync"]);
        ends.entry(end_of(&house, &address)).or_default().push(format!("{phase:?}"));
    }
    println!("{ends:?}");
    assert!(ends["answered"].len() > 5 && ends.contains_key("in doubt"), "{ends:?}");
    // Days later nothing has changed: what is in doubt waits for a person.
    let before = house.smtp.taken().len();
    house.forward(SignedDuration::from_hours(1));
    house.shop.json(&["sync"]);
    assert_eq!(house.smtp.taken().len(), before);
}

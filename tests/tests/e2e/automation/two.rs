//! Two computers at one mailbox: each answer leaves once.

use std::collections::BTreeSet;

use theke_tests::mailstack::MailStack;
use theke_tests::program::until;
use theke_tests::smtp::Smtp;

use super::{House, RULE_OF_WORDS, days_ago, held_by};
use crate::mails::counted;

const PEOPLE: usize = 50;

#[test]
fn fifty_people_get_fifty_answers_from_two_computers() {
    let stack = MailStack::start();
    let at = days_ago(1);
    let mut houses =
        [House::open(&stack, "shop", at), House::open_on(&stack, "shop", Smtp::beside(&stack), at)];
    for house in &mut houses {
        house.shop.json(&["settings", "set", "automation.hour_max", "60"]);
        house.switch_on(RULE_OF_WORDS);
    }
    let engines = houses.each_ref().map(|house| house.shop.start());
    for n in 0..PEOPLE {
        let from = format!("kunde{n}@kunde.example");
        houses[0].receive(&stack, &from, &format!("<z{n}@kunde.example>"), "Wann haben Sie geöffnet?");
    }
    // Each of the two has decided about each mail, and whatever one of them let go has gone.
    for house in &houses {
        until("every mail to be decided", || (house.decisions().len() >= PEOPLE).then_some(()));
        until("the outbox to be empty", || {
            house.shop.json(&["outbox", "list"]).as_array().unwrap().is_empty().then_some(())
        });
    }
    for engine in engines {
        assert_eq!(engine.stop(), Some(0));
    }
    for house in &houses {
        house.shop.json(&["sync"]);
    }
    let to = houses.iter().flat_map(|house| house.smtp.taken()).flat_map(|one| one.to);
    let counts = counted(to);
    assert_eq!(counts.len(), PEOPLE, "{counts:?}");
    assert!(counts.values().all(|&times| times == 1), "{counts:?}");
    let mut reasons = BTreeSet::new();
    for house in &houses {
        let decisions = house.decisions();
        let mine = house.smtp.taken().len();
        let sent = decisions.iter().filter(|one| held_by(one).is_empty()).count();
        assert_eq!((decisions.len(), sent), (PEOPLE, mine), "one decision for each mail, and no other left");
        reasons.extend(
            decisions.iter().flat_map(|one| held_by(one).into_iter().map(str::to_owned).collect::<Vec<_>>()),
        );
    }
    let shares = houses.each_ref().map(|house| house.smtp.taken().len());
    println!("{shares:?} left; held back by {reasons:?}");
    assert!(reasons.iter().all(|name| name == "claim" || name == "already_answered"), "{reasons:?}");
}

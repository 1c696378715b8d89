//! What a message says of itself, and addresses to which mail came back.

use theke_domain::bounce::{Bounce, Reason, Recipient};
use theke_domain::ids::IdentityId;
use theke_domain::machine::Sign;
use theke_domain::message::{Delivery, Direction};
use theke_store::table::identities::{self, State};
use theke_store::table::messages::{NewMessage, deciding, told};

use crate::shop::{NOW, Shop, incoming, store_message};

#[test]
fn signs_and_the_report_of_a_message_are_kept() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Frage");
    let id = shop.write(|tx| store_message(tx, &incoming(conversation, contact), "Text"));
    let read = || shop.store.read(|conn| Ok((deciding::signs(conn, id)?, told::bounce(conn, id)?))).unwrap();
    assert_eq!(read(), (Vec::new(), None));
    let recipient = Recipient {
        address: "anna@kunde.example".into(),
        status: "5.1.1".into(),
        hard: Some(true),
        reason: Reason::UserUnknown,
        delayed: false,
    };
    let bounce =
        Bounce { recipients: vec![recipient], original_message_id: Some("<1@laden.example>".into()) };
    let signs = [Sign::NullReturnPath, Sign::DeliveryReport];
    shop.write(|tx| told::set(tx, id, &signs, Some(&bounce)));
    assert_eq!(read(), (signs.to_vec(), Some(bounce)));
    shop.write(|tx| told::set(tx, id, &[], None));
    assert_eq!(read(), (Vec::new(), None));
}

#[test]
fn the_newest_message_to_an_address_is_found() {
    let shop = Shop::new();
    let (contact, identity) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Frage");
    let out = |at: i64| NewMessage {
        identity_id: Some(identity),
        direction: Direction::Out,
        delivery: Delivery::Sent,
        at: NOW.plus_secs(at),
        ..incoming(conversation, contact)
    };
    shop.write(|tx| store_message(tx, &out(-500), "alt"));
    let newer = shop.write(|tx| store_message(tx, &out(-100), "neu"));
    let newest = |since| {
        let found = shop.store.read(|conn| told::newest_to(conn, identity, NOW.plus_secs(since))).unwrap();
        found.map(|row| row.id)
    };
    assert_eq!(newest(-1_000), Some(newer));
    assert_eq!(newest(-50), None);
}

#[test]
fn an_address_bounces_until_something_comes_from_it() {
    let shop = Shop::new();
    let (_, id) = shop.contact("Anna", "anna@kunde.example");
    let state = |id: IdentityId| shop.store.read(|conn| identities::get(conn, id)).unwrap().unwrap().state;
    shop.write(|tx| identities::bounced(tx, id, "user_unknown", NOW));
    assert_eq!(state(id), State::Bounced);
    let why = shop.store.read(|conn| identities::bounce_of(conn, id)).unwrap();
    assert_eq!(why, Some((NOW, "user_unknown".to_owned())));
    let heard = |at: i64| shop.write(|tx| identities::used(tx, id, None, Direction::In, NOW.plus_secs(at)));
    // What was written before and came late proves nothing.
    heard(-60);
    assert_eq!(state(id), State::Bounced);
    heard(60);
    assert_eq!(state(id), State::Ok);
    shop.write(|tx| identities::set_state(tx, id, State::OptedOut));
    shop.write(|tx| identities::bounced(tx, id, "user_unknown", NOW));
    assert_eq!(state(id), State::OptedOut, "who wants nothing stays so");
}

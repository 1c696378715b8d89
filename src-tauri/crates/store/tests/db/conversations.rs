//! Conversations: what their row shows, pages, candidates, moving, splitting and joining.

use theke_domain::ids::{ConversationId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::message::Direction;
use theke_domain::time::Timestamp;
use theke_store::table::conversations::lists::{self, Filter};
use theke_store::table::conversations::{self, Conversation, Status, recent, reshape};
use theke_store::table::{Place, contacts, drafts, messages};

use crate::shop::{NOW, Shop, incoming, store_message};

fn read(shop: &Shop, id: ConversationId) -> Conversation {
    shop.store.read(|conn| conversations::get(conn, id)).unwrap().unwrap()
}

#[test]
fn the_row_shows_the_newest_message_whatever_came_last() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.conversation(contact, "Frage");
    let store = |secs: i64, medium: &str, snippet: &str, direction| {
        let new = messages::NewMessage {
            at: NOW.plus_secs(secs),
            medium: Medium::new(medium),
            snippet: snippet.to_owned(),
            direction,
            ..incoming(id, contact)
        };
        shop.write(|tx| store_message(tx, &new, "Text"))
    };
    let newest = store(0, "email", "zuletzt", Direction::In);
    store(-100, "sms", "vorher", Direction::In);
    store(-50, "email", "unsere", Direction::Out);
    let row = read(&shop, id);
    assert_eq!((row.snippet.as_str(), row.last_message_id), ("zuletzt", Some(newest)));
    assert_eq!((row.message_count, row.unread), (3, 2));
    assert_eq!(row.media, [Medium::new("sms"), Medium::new("email")]);
    assert_eq!((row.first_message_at, row.last_message_at), (NOW.plus_secs(-100), NOW));
    assert_eq!(row.last_in_at, Some(NOW));

    shop.write(|tx| reshape::settle(tx, id));
    assert_eq!(read(&shop, id), row, "counting anew gives the same");
    shop.assert_counters();
}

#[test]
fn pages_of_the_inbox_follow_one_another() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    for number in 0..10_i64 {
        let id = shop.conversation(contact, "Frage");
        // Two of each time, so that the id must tell them apart.
        shop.mail_in(id, NOW.plus_secs(number / 2), "Frage", "Text");
        if number == 3 {
            shop.write(|tx| conversations::set_status(tx, id, Status::Closed, None, NOW));
        }
        if number == 4 {
            shop.write(|tx| conversations::set_spam(tx, id, true));
        }
    }
    let walk = |status, spam| {
        let (mut after, mut seen) = (Place::NEWEST, Vec::new());
        loop {
            let page =
                shop.store.read(|conn| lists::page(conn, &Filter::of(status, spam), after, 3)).unwrap();
            let Some(last) = page.last() else { return seen };
            after = last.place();
            seen.extend(page.into_iter().map(|listed| listed.conversation.id.0));
        }
    };
    assert_eq!(walk(None, false), [10, 9, 8, 7, 6, 4, 3, 2, 1]);
    assert_eq!(walk(Some(Status::Open), false), [10, 9, 8, 7, 6, 3, 2, 1]);
    assert_eq!(walk(Some(Status::Closed), false), [4]);
    assert_eq!(walk(None, true), [5]);
    shop.assert_counters();
}

#[test]
fn reading_snoozing_and_waking_keep_the_counters() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.conversation(contact, "Frage");
    let messages: Vec<MessageId> =
        (0..3).map(|n| shop.mail_in(id, NOW.plus_secs(n), "Frage", "Text")).collect();
    shop.assert_counters();
    assert_eq!(shop.write(|tx| conversations::mark_seen(tx, id)), messages);
    assert_eq!(shop.write(|tx| conversations::mark_seen(tx, id)), []);
    assert_eq!(read(&shop, id).unread, 0);

    let until = NOW.plus_secs(3600);
    assert!(shop.write(|tx| conversations::set_status(tx, id, Status::Snoozed, Some(until), NOW)));
    assert!(!shop.write(|tx| conversations::set_status(tx, id, Status::Snoozed, Some(until), NOW)));
    assert_eq!(shop.store.read(conversations::next_wake_at).unwrap(), Some(until));
    assert_eq!(shop.write(|tx| conversations::wake(tx, NOW)), []);
    let woken = shop.write(|tx| conversations::wake(tx, until));
    assert_eq!(woken.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
    assert_eq!((read(&shop, id).status, read(&shop, id).snoozed_until), (Status::Open, None));
    shop.assert_counters();
}

#[test]
fn candidates_are_those_of_the_contact_and_the_time() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (berta, _) = shop.contact("Berta", "berta@kunde.example");
    let mine = shop.conversation(anna, "Bremse");
    let old = shop.conversation(anna, "Bremse");
    let hers = shop.conversation(berta, "Bremse");
    shop.mail_in(mine, NOW, "Bremse", "Text");
    shop.mail_in(old, NOW.plus_secs(-30 * 86_400), "Bremse", "Text");
    shop.mail_in(hers, NOW, "Bremse", "Text");
    let order = |conversation, contact| messages::NewMessage {
        order_key: Some("r-4711".to_owned()),
        ..incoming(conversation, contact)
    };
    shop.write(|tx| store_message(tx, &order(mine, anna), "Text"));
    shop.write(|tx| store_message(tx, &order(hers, berta), "Text"));
    let since = NOW.plus_secs(-14 * 86_400);
    let found = shop.store.read(|conn| lists::with_subject(conn, anna, "bremse", since)).unwrap();
    assert_eq!(found.iter().map(|found| found.id).collect::<Vec<_>>(), [mine]);
    let found = shop.store.read(|conn| lists::with_order(conn, anna, "r-4711", since)).unwrap();
    assert_eq!(found, [(mine, NOW)]);
    let email = Medium::new("email");
    let found = shop.store.read(|conn| recent::of_contact(conn, anna, &email, since)).unwrap();
    assert_eq!(
        found.iter().map(|found| (found.conversation.id, found.last_on_medium_at)).collect::<Vec<_>>(),
        [(mine, Some(NOW))]
    );
    let found = shop.store.read(|conn| lists::ids_of_contact(conn, anna, 10)).unwrap();
    assert_eq!(found, [mine, old]);
}

#[test]
fn a_message_moves_with_its_contact_and_an_empty_conversation_goes() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (berta, _) = shop.contact("Berta", "berta@kunde.example");
    let (from, to) = (shop.conversation(anna, "Frage"), shop.conversation(berta, "Bremse"));
    let message = shop.mail_in(from, NOW, "Frage", "Text");
    shop.mail_in(to, NOW.plus_secs(-5), "Bremse", "Text");
    assert_eq!(shop.write(|tx| reshape::move_message(tx, message, to)), None);
    assert_eq!(shop.store.read(|conn| conversations::get(conn, from)).unwrap(), None);
    let row = read(&shop, to);
    assert_eq!((row.message_count, row.unread, row.last_message_id), (2, 2, Some(message)));
    let count = |id| shop.store.read(|conn| contacts::get(conn, id)).unwrap().unwrap().message_count;
    assert_eq!((count(anna), count(berta)), (0, 2));
    shop.assert_counters();
}

#[test]
fn splitting_and_joining_are_each_others_inverse() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.conversation(contact, "Frage");
    shop.mail_in(id, NOW, "Frage", "Text");
    let second = shop.mail_in(id, NOW.plus_secs(10), "Andere Frage", "Text");
    let before = read(&shop, id);
    let new = shop.write(|tx| reshape::split(tx, second, "andere frage", NOW));
    assert_ne!(new, id);
    assert_eq!((read(&shop, id).message_count, read(&shop, new).message_count), (1, 1));
    assert_eq!(read(&shop, new).subject, "Andere Frage");
    assert_eq!(shop.write(|tx| reshape::split(tx, second, "", NOW)), new, "alone already");
    let draft = drafts::Draft { body: "Entwurf".to_owned(), saved_at: NOW, ..drafts::Draft::default() };
    shop.write(|tx| drafts::save(tx, new, &draft));
    shop.write(|tx| reshape::join(tx, new, id));
    assert_eq!(read(&shop, id), before);
    assert_eq!(shop.store.read(|conn| drafts::get(conn, id)).unwrap(), Some(draft));
    assert_eq!(shop.store.read(|conn| conversations::get(conn, new)).unwrap(), None);
    shop.assert_counters();
}

#[test]
fn a_list_shows_the_name_or_the_address_and_the_draft() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("", "anna@kunde.example");
    let id = shop.conversation(contact, "Frage");
    let draft = drafts::Draft { body: "x".to_owned(), saved_at: Timestamp(1), ..drafts::Draft::default() };
    shop.write(|tx| drafts::save(tx, id, &draft));
    let listed = shop.store.read(|conn| lists::one(conn, id)).unwrap().unwrap();
    assert_eq!((listed.contact_name.as_str(), listed.has_draft), ("anna@kunde.example", true));
}

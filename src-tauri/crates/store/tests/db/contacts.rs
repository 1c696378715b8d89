//! Contacts and their identities.

use theke_domain::message::Direction;
use theke_domain::time::Timestamp;
use theke_store::search::contacts::find;
use theke_store::table::contacts::NameSource;
use theke_store::table::identities::{self, State};
use theke_store::table::{Place, contacts};

use crate::shop::{NOW, Shop, mail, new_identity, phone};

#[test]
fn a_name_written_by_a_person_stays() {
    let shop = Shop::new();
    let (id, _) = shop.contact("", "anna@kunde.example");
    let name = || shop.store.read(|conn| contacts::get(conn, id)).unwrap().unwrap().display_name;
    assert_eq!(name(), "anna@kunde.example");
    assert!(shop.write(|tx| contacts::rename(tx, id, "Anna B.", NameSource::Message)));
    assert!(shop.write(|tx| contacts::rename(tx, id, "Anna Beispiel", NameSource::Hand)));
    assert!(!shop.write(|tx| contacts::rename(tx, id, "anna99", NameSource::Message)));
    assert_eq!(name(), "Anna Beispiel");
}

#[test]
fn an_address_belongs_to_one_contact_until_it_is_removed() {
    let shop = Shop::new();
    let (anna, identity) = shop.contact("Anna", "anna@kunde.example");
    let (berta, _) = shop.contact("Berta", "berta@kunde.example");
    let again = new_identity(berta, mail("anna@kunde.example"));
    assert!(shop.store.write(|tx| identities::insert(tx, &again)).is_err());
    shop.write(|tx| identities::remove(tx, identity, NOW));
    assert_eq!(shop.store.read(|conn| identities::by_address(conn, &again.address)).unwrap(), None);
    let moved = shop.write(|tx| identities::insert(tx, &again));
    let found = shop.store.read(|conn| identities::by_address(conn, &again.address)).unwrap().unwrap();
    assert_eq!((found.id, found.contact_id), (moved, berta));
    assert!(shop.store.read(|conn| identities::of_contact(conn, anna)).unwrap().is_empty());
    assert_eq!(shop.store.read(|conn| identities::get(conn, identity)).unwrap().unwrap().contact_id, anna);
    shop.write(|tx| identities::set_state(tx, moved, State::OptedOut));
    assert_eq!(shop.store.read(|conn| identities::get(conn, moved)).unwrap().unwrap().state, State::OptedOut);
}

#[test]
fn the_account_last_used_is_that_of_the_newest_message() {
    let shop = Shop::new();
    let (one, two) = (shop.account("one"), shop.account("two"));
    let (_, identity) = shop.contact("Anna", "anna@kunde.example");
    shop.write(|tx| identities::used(tx, identity, Some(one), Direction::In, NOW));
    shop.write(|tx| identities::used(tx, identity, Some(two), Direction::In, NOW.plus_secs(-60)));
    let read = || shop.store.read(|conn| identities::get(conn, identity)).unwrap().unwrap();
    assert_eq!((read().last_account_id, read().last_in_at), (Some(one), Some(NOW)));
    shop.write(|tx| identities::used(tx, identity, Some(two), Direction::Out, NOW.plus_secs(60)));
    assert_eq!((read().last_account_id, read().last_out_at), (Some(two), Some(NOW.plus_secs(60))));
}

#[test]
fn pages_go_through_all_contacts_once() {
    let shop = Shop::new();
    for number in 0..7 {
        let (id, _) = shop.contact("Kunde", &format!("kunde{number}@kunde.example"));
        if number % 2 == 0 {
            shop.write(|tx| contacts::heard(tx, id, NOW));
        }
    }
    let (mut after, mut seen) = (Place::NEWEST, Vec::new());
    loop {
        let page = shop.store.read(|conn| contacts::page(conn, after, 3)).unwrap();
        let Some(last) = page.last() else { break };
        after = contacts::place(last);
        seen.extend(page.into_iter().map(|contact| contact.id.0));
    }
    assert_eq!(seen, [7, 5, 3, 1, 6, 4, 2]);
}

#[test]
fn a_contact_is_found_by_names_tails_and_numbers() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Änne Müller-Straßburg", "aenne@kunde.example");
    let (radladen, _) = shop.contact("Fahrradladen Süd", "info@rad.example");
    shop.write(|tx| identities::insert(tx, &new_identity(anna, phone("+491512345678"))));
    let ids = |typed: &str| -> Vec<_> {
        shop.store.read(|conn| find(conn, typed, 10)).unwrap().into_iter().map(|found| found.id).collect()
    };
    for typed in
        ["ä", "anne", "mueller", "Muller", "strassburg", "aenne@kunde", "0151 2345", "2345678", "Müller Änne"]
    {
        assert_eq!(ids(typed), [anna], "{typed}");
    }
    assert_eq!(ids("laden"), [radladen]);
    assert!(ids("").is_empty() && ids("!?").is_empty() && ids("mueller süd").is_empty());
    shop.write(|tx| contacts::rename(tx, radladen, "Velo Süd", NameSource::Hand));
    assert!(ids("fahrrad").is_empty());
    assert_eq!(ids("velo"), [radladen]);
}

#[test]
fn first_and_last_contact_follow_the_messages() {
    let shop = Shop::new();
    let (id, _) = shop.contact("Anna", "anna@kunde.example");
    for at in [5_000, 1_000, 9_000] {
        shop.write(|tx| contacts::heard(tx, id, Timestamp(at)));
    }
    let contact = shop.store.read(|conn| contacts::get(conn, id)).unwrap().unwrap();
    assert_eq!(contact.message_count, 3);
    assert_eq!(contact.first_contact_at, Some(Timestamp(1_000)));
    assert_eq!(contact.last_contact_at, Some(Timestamp(9_000)));
}

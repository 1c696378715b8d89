//! One contact that takes over another.

use theke_domain::medium::Medium;
use theke_store::search::contacts::find;
use theke_store::table::preferences::{self, Preference};
use theke_store::table::{Place, contacts, conversations, identities, merging, messages};

use crate::shop::{NOW, Shop};

#[test]
fn everything_of_the_other_contact_changes_hands_and_the_way_back_is_kept() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (other, identity) = shop.contact("A.", "anna@arbeit.example");
    let (first, second) = (shop.conversation(anna, "Rad"), shop.conversation(other, "Lampe"));
    shop.mail_in(first, NOW, "Rad", "eins");
    let message = shop.mail_in(second, NOW.plus_secs(5), "Lampe", "zwei");
    let wish = Preference {
        contact_id: other,
        medium: Medium::new("sms"),
        source: preferences::Source::Hand,
        evidence: String::new(),
        message_id: None,
        since_at: NOW,
        ended_at: None,
    };
    shop.write(|tx| preferences::set(tx, &wish));
    shop.write(|tx| merging::merge(tx, anna, other, &[], None, NOW));

    let read = |id| shop.store.read(|conn| contacts::get(conn, id)).unwrap().unwrap();
    assert_eq!((read(anna).message_count, read(anna).last_contact_at), (2, Some(NOW.plus_secs(5))));
    assert_eq!((read(other).message_count, read(other).merged_into), (0, Some(anna)));
    assert_eq!(shop.contact_of(second), anna);
    let found = shop.store.read(|conn| messages::get(conn, message)).unwrap().unwrap();
    assert_eq!(found.contact_id, anna);
    let moved = shop.store.read(|conn| identities::get(conn, identity)).unwrap().unwrap();
    assert_eq!((moved.contact_id, moved.origin_contact_id), (anna, other));
    let in_force = shop.store.read(|conn| preferences::in_force(conn, anna)).unwrap().unwrap();
    assert_eq!(in_force.medium, Medium::new("sms"));
    let listed = shop.store.read(|conn| contacts::page(conn, Place::NEWEST, 10)).unwrap();
    assert_eq!(listed.iter().map(|contact| contact.id).collect::<Vec<_>>(), [anna]);
    let hits = shop.store.read(|conn| find(conn, "arbeit", 10)).unwrap();
    assert_eq!(hits.iter().map(|contact| contact.id).collect::<Vec<_>>(), [anna]);
    let named = shop.store.read(|conn| conversations::lists::ids_of_contact(conn, anna, 10)).unwrap();
    assert_eq!(named.len(), 2);
}

#[test]
fn a_preference_of_the_one_that_stays_is_kept() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (other, _) = shop.contact("A.", "anna@arbeit.example");
    for (contact_id, medium) in [(anna, "email"), (other, "sms")] {
        let wish = Preference {
            contact_id,
            medium: Medium::new(medium),
            source: preferences::Source::Hand,
            evidence: String::new(),
            message_id: None,
            since_at: NOW,
            ended_at: None,
        };
        shop.write(|tx| preferences::set(tx, &wish));
    }
    shop.write(|tx| merging::merge(tx, anna, other, &[], None, NOW));
    let in_force = shop.store.read(|conn| preferences::in_force(conn, anna)).unwrap().unwrap();
    assert_eq!(in_force.medium, Medium::new("email"));
    assert_eq!(shop.store.read(|conn| preferences::history(conn, anna)).unwrap().len(), 2);
}

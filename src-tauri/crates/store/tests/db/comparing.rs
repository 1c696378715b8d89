//! Which contacts are compared, by which keys they are found, and what was said about pairs.

use theke_domain::ids::ContactId;
use theke_domain::matching::Reason;
use theke_store::table::duplicates::{self, Pair};
use theke_store::table::{comparing, contacts, identities, merging};

use crate::shop::{NOW, Shop, mail, new_identity};

fn keys(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn pair(first: ContactId, second: ContactId, score: u8) -> Pair {
    Pair { first, second, score, reasons: vec![Reason::SameName] }
}

#[test]
fn a_contact_waits_whenever_something_it_is_compared_by_changed() {
    let shop = Shop::new();
    let (anna, identity) = shop.contact("Anna", "anna@kunde.example");
    let waiting = || shop.store.read(|conn| comparing::waiting(conn, 10)).unwrap();
    let settle = || shop.write(|tx| comparing::compared(tx, anna, &keys(&["name:an:a"])));
    assert_eq!(waiting(), [anna]);
    settle();
    assert_eq!(waiting(), []);
    shop.write(|tx| contacts::rename(tx, anna, "Anna K.", contacts::NameSource::Hand));
    assert_eq!(waiting(), [anna]);
    settle();
    shop.write(|tx| identities::insert(tx, &new_identity(anna, mail("a@arbeit.example"))));
    assert_eq!(waiting(), [anna]);
    settle();
    shop.write(|tx| identities::remove(tx, identity, NOW));
    assert_eq!(waiting(), [anna]);
    let known = shop.store.read(|conn| comparing::known(conn, anna)).unwrap().unwrap();
    assert_eq!(known.addresses, [mail("a@arbeit.example")]);
    shop.write(|tx| {
        tx.execute("UPDATE contacts SET restricted_at = 1 WHERE id = ?", [anna.0])?;
        Ok(())
    });
    assert_eq!(shop.store.read(|conn| comparing::known(conn, anna)).unwrap(), None);
}

#[test]
fn a_block_is_capped_and_the_telling_keys_come_first() {
    let shop = Shop::new();
    let all: Vec<ContactId> =
        (0..8).map(|n| shop.contact("Anna", &format!("anna{n}@kunde.example")).0).collect();
    shop.write(|tx| {
        for contact in &all[1..] {
            comparing::compared(tx, *contact, &keys(&["name:an:a"]))?;
        }
        comparing::compared(tx, all[1], &keys(&["name:an:a", "mail:x"]))
    });
    let sharing = |most| {
        let asked = keys(&["mail:x", "name:an:a"]);
        shop.store.read(|conn| comparing::sharing(conn, all[0], &asked, most)).unwrap()
    };
    assert_eq!(sharing(3), [all[1], all[7], all[6]]);
    assert_eq!(sharing(100).len(), 7);
    shop.write(|tx| comparing::compared(tx, all[7], &[]));
    assert_eq!(sharing(3), [all[1], all[6], all[5]]);
}

#[test]
fn a_pair_is_gone_once_it_is_merged_and_what_was_said_holds_for_what_it_becomes() {
    let shop = Shop::new();
    let [a, b, c] = ["a", "b", "c"].map(|n| shop.contact("Anna", &format!("{n}@kunde.example")).0);
    shop.write(|tx| duplicates::replace(tx, b, &[pair(a, b, 95), pair(b, c, 40)], NOW));
    let best = || shop.store.read(|conn| duplicates::best(conn, 10)).unwrap();
    assert_eq!(best(), [pair(a, b, 95), pair(b, c, 40)]);
    assert_eq!(shop.store.read(|conn| duplicates::at_least(conn, 90, 10)).unwrap(), [pair(a, b, 95)]);
    assert!(shop.write(|tx| duplicates::say_not_same(tx, c, b, NOW)));
    assert!(!shop.write(|tx| duplicates::say_not_same(tx, b, c, NOW)), "once");
    assert_eq!(best(), [pair(a, b, 95)]);
    let merge = shop.write(|tx| merging::merge(tx, a, b, &[], None, NOW));
    assert_eq!(best(), []);
    let apart_from = |of| shop.store.read(|conn| duplicates::not_same_as(conn, of)).unwrap();
    assert_eq!((apart_from(a), apart_from(c)), (vec![c], vec![a]), "b is part of a now");
    shop.write(|tx| merging::unmerge(tx, merge, NOW));
    assert_eq!((apart_from(a), apart_from(c)), (vec![], vec![b]));
    assert!(shop.write(|tx| duplicates::take_back_not_same(tx, b, c)));
    assert_eq!(apart_from(c), []);
}

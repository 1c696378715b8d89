//! Changes that can be undone: what was moved, joined, absorbed or marked comes back as it was.

use theke_domain::ids::{ConversationId, EntryId, MessageId};
use theke_store::table::changes::{self, Step};
use theke_store::table::conversations::{self, Conversation, Status, reshape};
use theke_store::table::{Place, contacts, drafts, entries, identities, merging, messages};

use crate::shop::{NOW, Shop, mail};

fn row(shop: &Shop, id: ConversationId) -> Option<Conversation> {
    shop.store.read(|conn| conversations::get(conn, id)).unwrap()
}

fn placed(shop: &Shop, messages: Vec<MessageId>, from: ConversationId, to: ConversationId) -> Step {
    shop.store
        .read(|conn| {
            let entries = entries::of_conversation(conn, from, Place::NEWEST, 100)?;
            Ok(Step::Placed {
                messages,
                from,
                to,
                entries: entries.into_iter().map(|entry| entry.id).collect::<Vec<EntryId>>(),
                row: changes::image_of_conversation(conn, from)?.unwrap(),
                draft: changes::image_of_draft(conn, from)?,
            })
        })
        .unwrap()
}

#[test]
fn joined_conversations_come_apart_as_they_were() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let (one, two) = (shop.conversation(contact, "Bremse"), shop.conversation(contact, "Licht"));
    let first = shop.mail_in(one, NOW, "Bremse", "a");
    shop.mail_in(two, NOW.plus_secs(5), "Licht", "b");
    shop.write(|tx| {
        let draft = drafts::Draft { body: "Guten Tag".to_owned(), saved_at: NOW, ..drafts::Draft::default() };
        drafts::save(tx, one, &draft)?;
        entries::add_note(tx, contact, Some(one), "Rahmen 56", NOW)?;
        conversations::set_status(tx, one, Status::Waiting, None, NOW)?;
        conversations::set_starred(tx, one, true)
    });
    let before = (row(&shop, one), row(&shop, two));
    let step = placed(&shop, vec![first], one, two);
    shop.write(|tx| reshape::join(tx, one, two));
    assert_eq!(row(&shop, one), None);
    assert_eq!(row(&shop, two).unwrap().message_count, 2);
    let undone = shop.write(|tx| changes::undo(tx, &[step], NOW));
    assert_eq!(undone.steps, 1);
    assert_eq!((row(&shop, one), row(&shop, two)), before);
    let read = |id| shop.store.read(|conn| drafts::get(conn, id)).unwrap().map(|draft| draft.body);
    assert_eq!((read(one).as_deref(), read(two)), (Some("Guten Tag"), None));
    let notes =
        |id| shop.store.read(|conn| entries::of_conversation(conn, id, Place::NEWEST, 9)).unwrap().len();
    assert_eq!((notes(one), notes(two)), (1, 0));
    shop.assert_counters();
}

#[test]
fn a_message_that_was_moved_on_since_stays_where_a_person_put_it() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let [one, two, three] = ["Bremse", "Licht", "Sattel"].map(|subject| shop.conversation(contact, subject));
    let message = shop.mail_in(one, NOW, "Bremse", "a");
    shop.mail_in(one, NOW, "Bremse", "b");
    shop.mail_in(two, NOW, "Licht", "c");
    shop.mail_in(three, NOW, "Sattel", "d");
    let step = placed(&shop, vec![message], one, two);
    shop.write(|tx| reshape::move_message(tx, message, two));
    shop.write(|tx| reshape::move_message(tx, message, three));
    assert_eq!(shop.write(|tx| changes::undo(tx, &[step], NOW)).steps, 0);
    let now = shop.store.read(|conn| messages::get(conn, message)).unwrap().unwrap();
    assert_eq!(now.conversation_id, three);
    shop.assert_counters();
}

#[test]
fn a_status_that_changed_again_stays() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.conversation(contact, "Bremse");
    shop.mail_in(id, NOW, "Bremse", "a");
    let step = Step::status(&row(&shop, id).unwrap(), Status::Closed);
    shop.write(|tx| conversations::set_status(tx, id, Status::Closed, None, NOW));
    shop.write(|tx| conversations::set_status(tx, id, Status::Waiting, None, NOW));
    assert_eq!(shop.write(|tx| changes::undo(tx, std::slice::from_ref(&step), NOW)).steps, 0);
    assert_eq!(row(&shop, id).unwrap().status, Status::Waiting);
    shop.write(|tx| conversations::set_status(tx, id, Status::Closed, None, NOW));
    assert_eq!(shop.write(|tx| changes::undo(tx, &[step], NOW)).steps, 1);
    assert_eq!(row(&shop, id).unwrap().status, Status::Open);
    shop.assert_counters();
}

#[test]
fn an_absorbed_contact_stands_for_itself_again() {
    let shop = Shop::new();
    let (anna, _) = shop.contact("Anna", "anna@kunde.example");
    let (other, identity) = shop.contact("", "a.privat@kunde.example");
    let conversation = shop.conversation(other, "Licht");
    shop.mail_in(conversation, NOW, "Licht", "b");
    let cards = |shop: &Shop| {
        let read = |id| shop.store.read(|conn| contacts::get(conn, id)).unwrap();
        (read(anna), read(other))
    };
    let before = cards(&shop);
    let merge = shop.write(|tx| merging::merge(tx, anna, other, &[], None, NOW));
    assert_eq!(cards(&shop).1.unwrap().merged_into, Some(anna));
    let step = Step::Merged { merge };
    assert_eq!(shop.write(|tx| changes::undo(tx, std::slice::from_ref(&step), NOW)).steps, 1);
    assert_eq!(shop.write(|tx| changes::undo(tx, &[step], NOW)).steps, 0, "only once");
    assert_eq!(cards(&shop), before);
    assert_eq!(row(&shop, conversation).unwrap().contact_id, other);
    let back = shop.store.read(|conn| identities::by_address(conn, &mail("a.privat@kunde.example"))).unwrap();
    assert_eq!(back.map(|row| (row.id, row.contact_id)), Some((identity, other)));
}

#[test]
fn only_the_newest_changes_are_kept() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.conversation(contact, "Bremse");
    let steps = [Step::Starred { conversation: id, was: false }];
    shop.write(|tx| {
        for _ in 0..changes::KEPT + 5 {
            changes::insert(tx, "star", "Anna", 1, &steps, NOW)?;
        }
        Ok(())
    });
    let all = shop.store.read(|conn| changes::newest(conn, 1000)).unwrap();
    assert_eq!(i64::try_from(all.len()).unwrap(), changes::KEPT);
    assert_eq!(all[0].steps, steps, "the way back is read as it was written");
}

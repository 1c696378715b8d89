//! Messages: recognised, linked, upgraded, paged, deleted.

use theke_domain::message::{Completeness, Delivery, Direction, Flags, RemoteId};
use theke_domain::time::Timestamp;
use theke_store::table::messages::find::{self, Link};
use theke_store::table::messages::{self, NewMessage, Upgrade, lists, progress};
use theke_store::table::{Place, bodies, conversations, remote_ids};

use crate::shop::{NOW, Shop, add_party, incoming, store_message, thread};

#[test]
fn more_of_a_message_comes_later_and_never_less() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Frage");
    let headers = NewMessage {
        completeness: Completeness::Headers,
        snippet: String::new(),
        ..incoming(conversation, contact)
    };
    let id = shop.write(|tx| store_message(tx, &headers, ""));
    shop.index_all();
    let upgrade = |completeness| Upgrade {
        completeness,
        snippet: "Guten Tag, mein Rad",
        has_html: true,
        attachments: 2,
        order_key: Some("r-1"),
    };
    assert!(shop.write(|tx| messages::upgrade(tx, id, &upgrade(Completeness::Whole))));
    assert!(!shop.write(|tx| messages::upgrade(tx, id, &upgrade(Completeness::Text))));
    assert!(!shop.write(|tx| messages::upgrade(tx, id, &upgrade(Completeness::Whole))));
    let row = shop.store.read(|conn| messages::get(conn, id)).unwrap().unwrap();
    assert_eq!((row.completeness, row.attachments, row.searchable), (Completeness::Whole, 2, false));
    let row = shop.store.read(|conn| conversations::get(conn, conversation)).unwrap().unwrap();
    assert_eq!((row.snippet.as_str(), row.has_attachments), ("Guten Tag, mein Rad", true));
    shop.assert_counters();
}

#[test]
fn a_message_is_recognised_by_each_of_its_names() {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Frage");
    let named = NewMessage {
        account_id: Some(account),
        message_ref: Some("<A.1@Kunde.example>".to_owned()),
        content_key: Some("ab12".to_owned()),
        ..incoming(conversation, contact)
    };
    let id = shop.write(|tx| store_message(tx, &named, "Text"));
    shop.write(|tx| remote_ids::link(tx, account, &RemoteId("7".to_owned()), id));
    let ids = |found: Vec<messages::Message>| found.into_iter().map(|m| m.id).collect::<Vec<_>>();
    let by_content =
        |account, key: &str| ids(shop.store.read(|c| find::by_content(c, account, key)).unwrap());
    assert_eq!(by_content(Some(account), "ab12"), [id]);
    assert_eq!(by_content(None, "ab12"), [id]);
    assert_eq!(by_content(Some(shop.account("other")), "ab12"), []);
    assert_eq!(by_content(None, ""), []);
    assert_eq!(ids(shop.store.read(|c| find::by_ref(c, "<a.1@kunde.EXAMPLE>")).unwrap()), [id]);
    assert_eq!(ids(shop.store.read(|c| find::by_ref(c, "")).unwrap()), []);
}

#[test]
fn header_links_are_found_in_both_directions() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let store = |name: &str, references: &[&str]| {
        let conversation = shop.conversation(contact, name);
        let new = NewMessage { message_ref: Some(format!("<{name}@x>")), ..incoming(conversation, contact) };
        shop.write(|tx| {
            let id = store_message(tx, &new, "Text")?;
            thread(tx, id, references)?;
            Ok(id)
        })
    };
    let parent = store("parent", &["<root@x>"]);
    let sibling = store("sibling", &["<root@x>", "<lost@x>"]);
    let answer = store("answer", &["<new@X>"]);
    let twin = store("new", &[]);
    let found =
        shop.store.read(|conn| find::linked(conn, Some("<New@x>"), &["<root@x>", "<PARENT@x>"])).unwrap();
    let links: Vec<_> = found.iter().map(|found| (found.link, found.message_id)).collect();
    assert_eq!(
        links,
        [
            (Link::Named, parent),
            (Link::Answers, answer),
            (Link::SameId, twin),
            (Link::Sibling, sibling),
            (Link::Sibling, parent)
        ]
    );
    assert_eq!(found[0].reference, "<PARENT@x>");
    assert_eq!(shop.store.read(|conn| find::linked(conn, None, &["<unknown@x>"])).unwrap(), []);

    let conversation = found[0].conversation_id;
    shop.write(|tx| add_party(tx, parent, "berta@kunde.example"));
    let took = |address| shop.store.read(|conn| find::took_part(conn, conversation, address)).unwrap();
    assert!(took("berta@kunde.example") && took("anna@kunde.example") && !took("carla@kunde.example"));
}

#[test]
fn timelines_and_conversations_are_paged_by_time() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let (one, two) = (shop.conversation(contact, "Eins"), shop.conversation(contact, "Zwei"));
    let ids: Vec<_> = (0..8)
        .map(|n| shop.mail_in(if n % 2 == 0 { one } else { two }, NOW.plus_secs(n / 4), "x", "Text"))
        .collect();
    let (mut before, mut seen) = (Place::NEWEST, Vec::new());
    loop {
        let page = shop.store.read(|conn| lists::of_contact(conn, contact, before, 3)).unwrap();
        let Some(last) = page.last() else { break };
        before = lists::place(last);
        seen.extend(page.iter().map(|message| message.id));
    }
    assert_eq!(seen, ids.iter().rev().copied().collect::<Vec<_>>());
    let page = shop.store.read(|conn| lists::of_conversation(conn, one, Place::NEWEST, 10)).unwrap();
    assert_eq!(page.iter().map(|m| m.id).collect::<Vec<_>>(), [ids[6], ids[4], ids[2], ids[0]]);
    let newest = shop.store.read(|conn| lists::newest(conn, two, Direction::In)).unwrap();
    assert_eq!(newest.map(|m| m.id), Some(ids[7]));
    assert_eq!(shop.store.read(|conn| lists::newest(conn, two, Direction::Out)).unwrap(), None);
}

#[test]
fn a_report_never_takes_a_state_back() {
    let shop = Shop::new();
    let account = shop.account("gateway");
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.reply(shop.conversation(contact, "Frage"), account, NOW);
    let report = |delivery| shop.write(|tx| progress::report(tx, id, delivery, None));
    shop.write(|tx| progress::set_delivery(tx, id, Delivery::InDoubt, None));
    assert!(report(Delivery::Sent));
    assert!(report(Delivery::Delivered));
    assert!(!report(Delivery::Sent));
    assert!(report(Delivery::Read));
    assert!(!report(Delivery::Failed), "what was read has arrived");
    let incoming = shop.mail_in(shop.conversation(contact, "Frage"), NOW, "x", "Text");
    assert!(!shop.write(|tx| progress::report(tx, incoming, Delivery::Read, None)));
}

#[test]
fn flags_keep_the_unread_count() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Frage");
    let id = shop.mail_in(conversation, NOW, "x", "Text");
    let flags = |seen| Flags { seen, answered: false };
    let unread = || shop.store.read(|conn| conversations::get(conn, conversation)).unwrap().unwrap().unread;
    assert!(shop.write(|tx| progress::set_flags(tx, id, flags(true))));
    assert!(!shop.write(|tx| progress::set_flags(tx, id, flags(true))));
    assert_eq!(unread(), 0);
    assert!(shop.write(|tx| progress::set_flags(tx, id, flags(false))));
    assert_eq!(unread(), 1);
    shop.assert_counters();
}

#[test]
fn sent_messages_without_a_final_state_are_listed() {
    let shop = Shop::new();
    let account = shop.account("gateway");
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Frage");
    for (number, delivery) in [(1, Delivery::Sent), (2, Delivery::Delivered), (3, Delivery::Sent)] {
        let id = shop.reply(conversation, account, NOW.plus_secs(number * 100));
        shop.write(|tx| progress::set_delivery(tx, id, delivery, None));
        shop.write(|tx| remote_ids::link(tx, account, &RemoteId(number.to_string()), id));
    }
    let waiting =
        |since| shop.store.read(|conn| remote_ids::awaiting_delivery(conn, account, since)).unwrap();
    assert_eq!(waiting(NOW), [RemoteId("1".to_owned()), RemoteId("3".to_owned())]);
    assert_eq!(waiting(NOW.plus_secs(200)), [RemoteId("3".to_owned())]);
}

#[test]
fn deleting_takes_everything_of_a_message() {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let (kept, gone) = (shop.conversation(contact, "Eins"), shop.conversation(contact, "Zwei"));
    let other = shop.mail_in(kept, NOW, "x", "Text");
    for number in 0..3 {
        let new = NewMessage { account_id: Some(account), ..incoming(gone, contact) };
        shop.write(|tx| {
            let id = store_message(tx, &new, "weg")?;
            thread(tx, id, &["<a@x>"])?;
            add_party(tx, id, "berta@kunde.example")?;
            remote_ids::link(tx, account, &RemoteId(number.to_string()), id)
        });
    }
    shop.reply(gone, account, NOW);
    shop.index_all();
    let mut removed = 0;
    loop {
        match shop.write(|tx| progress::delete_of_account(tx, account, 3)) {
            0 => break,
            some => removed += some,
        }
    }
    assert_eq!(removed, 4);
    assert_eq!(shop.store.read(|conn| conversations::get(conn, gone)).unwrap(), None);
    for table in ["messages", "message_bodies", "messages_fts"] {
        let sql = format!("SELECT count(*) FROM {table}");
        let left: i64 = shop.store.read(|conn| Ok(conn.query_row(&sql, [], |r| r.get(0))?)).unwrap();
        assert_eq!(left, 1, "{table}");
    }
    for table in ["message_references", "message_parties", "remote_ids", "outbox"] {
        let sql = format!("SELECT count(*) FROM {table}");
        let left: i64 = shop.store.read(|conn| Ok(conn.query_row(&sql, [], |r| r.get(0))?)).unwrap();
        assert_eq!(left, 0, "{table}");
    }
    assert!(shop.store.read(|conn| bodies::get(conn, other)).unwrap().is_some());
    shop.write(|tx| progress::delete(tx, other));
    shop.assert_counters();
}

#[test]
fn many_messages_of_one_second_get_keys_of_their_own() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Frage");
    shop.write(|tx| {
        for number in 0..600 {
            // Also a clock before 1970 and one second that overflows into the next.
            let at = if number % 3 == 0 { Timestamp(-5_000) } else { NOW };
            messages::insert(tx, &NewMessage { at, ..incoming(conversation, contact) })?;
        }
        messages::insert(tx, &NewMessage { at: NOW.plus_secs(1), ..incoming(conversation, contact) })?;
        Ok(())
    });
    let (keys, lowest): (i64, i64) = shop
        .store
        .read(|conn| {
            let sql = "SELECT count(DISTINCT search_key), min(search_key) FROM messages";
            Ok(conn.query_row(sql, [], |r| Ok((r.get(0)?, r.get(1)?)))?)
        })
        .unwrap();
    assert_eq!(keys, 601);
    assert!(lowest > 0);
}

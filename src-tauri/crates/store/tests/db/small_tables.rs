//! settings, preferences, drafts, decisions, attachments, bodies, remote ids.

use theke_domain::ids::{DecisionId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::message::{IncomingPart, OutgoingPart, PartRef, RemoteId};
use theke_store::table::{
    attachments, bodies, decisions, drafts, messages, preferences, remote_ids, settings,
};

use crate::shop::{NOW, Shop, decision};

#[test]
fn settings_are_json_by_key() {
    let shop = Shop::new();
    shop.write(|tx| settings::set(tx, "send.undo_secs", &serde_json::json!(10), NOW));
    shop.write(|tx| settings::set(tx, "send.undo_secs", &serde_json::json!(20), NOW));
    shop.write(|tx| settings::set(tx, "shop.name", &serde_json::json!("Rad & Tat"), NOW));
    let read = |key| shop.store.read(|conn| settings::get(conn, key)).unwrap();
    assert_eq!(read("send.undo_secs"), Some(serde_json::json!(20)));
    assert_eq!(read("none"), None);
    assert_eq!(shop.store.read(settings::all).unwrap().len(), 2);
    shop.write(|tx| settings::remove(tx, "shop.name"));
    assert_eq!(read("shop.name"), None);
}

#[test]
fn one_preference_is_in_force_and_the_others_are_history() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let wish = |medium: &str, source| preferences::Preference {
        contact_id: contact,
        medium: Medium::new(medium),
        source,
        evidence: "bitte per SMS".to_owned(),
        message_id: None,
        since_at: NOW,
        ended_at: None,
    };
    shop.write(|tx| preferences::set(tx, &wish("sms", preferences::Source::Wish)));
    shop.write(|tx| preferences::set(tx, &wish("email", preferences::Source::Hand)));
    let in_force = || shop.store.read(|conn| preferences::in_force(conn, contact)).unwrap();
    assert_eq!(in_force(), Some(wish("email", preferences::Source::Hand)));
    shop.write(|tx| preferences::clear(tx, contact, NOW));
    assert_eq!(in_force(), None);
    assert_eq!(shop.store.read(|conn| preferences::history(conn, contact)).unwrap().len(), 2);
}

#[test]
fn a_draft_is_saved_over_the_one_before() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let conversation = shop.conversation(contact, "Frage");
    let draft = |body: &str, via: Option<&str>| drafts::Draft {
        body: body.to_owned(),
        via: via.map(Medium::new),
        subject: "AW: Rad".to_owned(),
        cc: vec!["werkstatt@rad.example".to_owned()],
        html: Some("<p>Gut</p>".to_owned()),
        saved_at: NOW,
    };
    shop.write(|tx| drafts::save(tx, conversation, &draft("Gut", None)));
    shop.write(|tx| drafts::save(tx, conversation, &draft("Guten Tag", Some("sms"))));
    let read = || shop.store.read(|conn| drafts::get(conn, conversation)).unwrap();
    assert_eq!(read(), Some(draft("Guten Tag", Some("sms"))));
    shop.write(|tx| drafts::remove(tx, conversation));
    assert_eq!(read(), None);
}

#[test]
fn decisions_are_paged_newest_first() {
    let shop = Shop::new();
    let ids: Vec<_> = (0..5).map(|_| shop.write(decision)).collect();
    let page = shop.store.read(|conn| decisions::page(conn, DecisionId(i64::MAX), 2)).unwrap();
    assert_eq!(page.iter().map(|d| d.id).collect::<Vec<_>>(), [ids[4], ids[3]]);
    let page = shop.store.read(|conn| decisions::page(conn, page[1].id, 10)).unwrap();
    assert_eq!(page.len(), 3);
    assert_eq!(page[0].route, Some(serde_json::json!({"account_id": 1})));
}

#[test]
fn bodies_come_back_as_they_were() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.mail_in(shop.conversation(contact, "Frage"), NOW, "Frage", "kurz");
    let body = bodies::Body {
        text: "Grüße 🙂\n".repeat(5_000),
        text_without_quote: Some("Grüße".to_owned()),
        html: Some("<p>Grüße</p>".to_owned()),
        source: Some(vec![0, 159, 255, 10]),
        problems: vec!["no date".to_owned()],
    };
    shop.write(|tx| bodies::put(tx, id, &body));
    assert_eq!(shop.store.read(|conn| bodies::get(conn, id)).unwrap(), Some(body.clone()));
    assert_eq!(shop.store.read(|conn| bodies::texts(conn, id)).unwrap().text_without_quote, "Grüße");

    let large = bodies::Body { source: Some(vec![1; bodies::SOURCE_MAX_BYTES + 1]), ..body };
    shop.write(|tx| bodies::put(tx, id, &large));
    assert_eq!(shop.store.read(|conn| bodies::get(conn, id)).unwrap().unwrap().source, None);
    assert_eq!(shop.store.read(|conn| bodies::get(conn, MessageId(99))).unwrap(), None);
}

#[test]
fn parts_are_replaced_by_what_a_later_fetch_knows() {
    let shop = Shop::new();
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.mail_in(shop.conversation(contact, "Frage"), NOW, "Frage", "kurz");
    let part = |name: &str, content: Option<&[u8]>| IncomingPart {
        name: Some(name.to_owned()),
        mime_type: "application/pdf".to_owned(),
        size_bytes: 1234,
        sha256: None,
        inline: false,
        content_id: None,
        part_ref: Some(PartRef("2.1".to_owned())),
        content: content.map(<[u8]>::to_vec),
    };
    shop.write(|tx| attachments::replace(tx, id, &[part("a.pdf", None)]));
    shop.write(|tx| attachments::replace(tx, id, &[part("b.pdf", None), part("c.pdf", Some(b"hello"))]));
    let parts = shop.store.read(|conn| attachments::of_message(conn, id)).unwrap();
    assert_eq!(
        parts.iter().map(|p| (p.name.as_str(), p.has_content)).collect::<Vec<_>>(),
        [("b.pdf", false), ("c.pdf", true)]
    );
    let content = shop.store.read(|conn| attachments::content(conn, parts[1].id)).unwrap();
    assert_eq!(content.as_deref(), Some(&b"hello"[..]));
    shop.write(|tx| attachments::seen(tx, parts[0].id, 99, "ab"));
    let seen = shop.store.read(|conn| attachments::get(conn, parts[0].id)).unwrap().unwrap();
    assert_eq!((seen.size_bytes, seen.sha256.as_deref()), (99, Some("ab")));

    let file =
        OutgoingPart { name: "r.txt".to_owned(), mime_type: "text/plain".to_owned(), content: vec![1, 2] };
    let out = shop.mail_in(shop.conversation(contact, "Frage"), NOW, "Frage", "kurz");
    shop.write(|tx| attachments::insert_outgoing(tx, out, std::slice::from_ref(&file)));
    assert_eq!(shop.store.read(|conn| attachments::outgoing(conn, out)).unwrap(), [file]);
}

#[test]
fn a_message_may_have_several_remote_ids_and_keeps_its_history() {
    let shop = Shop::new();
    let account = shop.account("mailbox");
    let (contact, _) = shop.contact("Anna", "anna@kunde.example");
    let id = shop.mail_in(shop.conversation(contact, "Frage"), NOW, "Frage", "kurz");
    let name = |text: &str| RemoteId(text.to_owned());
    shop.write(|tx| remote_ids::link(tx, account, &name("INBOX/1/7"), id));
    shop.write(|tx| remote_ids::link(tx, account, &name("Archiv/1/3"), id));
    assert_eq!(shop.write(|tx| remote_ids::gone(tx, account, &name("INBOX/1/7"), NOW)), Some(id));
    assert_eq!(shop.write(|tx| remote_ids::gone(tx, account, &name("INBOX/1/8"), NOW)), None);
    let left = shop.store.read(|conn| remote_ids::of_message(conn, id)).unwrap();
    assert_eq!(left, [(account, name("Archiv/1/3"))]);
    assert_eq!(
        shop.store.read(|conn| remote_ids::find(conn, account, &name("INBOX/1/7"))).unwrap(),
        Some(id)
    );
    shop.write(|tx| remote_ids::link(tx, account, &name("INBOX/1/7"), id));
    assert_eq!(shop.store.read(|conn| remote_ids::of_message(conn, id)).unwrap().len(), 2);
    assert!(shop.store.read(|conn| messages::get(conn, id)).unwrap().is_some());
}

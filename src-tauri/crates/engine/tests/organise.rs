//! What a person does by hand: addresses, names, status, moving, splitting, joining, drafts, settings, import.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{ROSA, Shop, letter, message};
use theke_engine::api::{Code, address_report, segments};

const MAX: (&str, &str) = ("Max", "max@kunde.example");

#[tokio::test]
async fn an_address_belongs_to_one_contact() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "a", "a")), message(letter(2, MAX, "b", "b"))]).await;
    let rosa = shop.api.contacts(Some("rosa".into()), 5).await.unwrap()[0].id;
    let max = shop.api.contacts(Some("max".into()), 5).await.unwrap()[0].id;
    shop.api.contact_add_address(max, "max@zuhause.example").await.unwrap();
    let refused = shop.api.contact_add_address(rosa, "MAX@kunde.example").await.unwrap_err();
    assert_eq!(refused.code, Code::BadAddress);
    assert_eq!(refused.params["contact_id"], max.to_string());
    assert_eq!(shop.api.contact_add_address(rosa, "kein Ort").await.unwrap_err().code, Code::BadAddress);
    shop.api.contact_remove_address(max, "max@kunde.example").await.unwrap();
    let card = shop.api.contact_add_address(rosa, "max@kunde.example").await.unwrap();
    let addresses: Vec<_> = card.contact.identities.iter().map(|i| i.address.as_str()).collect();
    assert_eq!(addresses, ["rosa@kunde.example", "max@kunde.example"]);
    assert_eq!(
        shop.api.contact_remove_address(max, "max@kunde.example").await.unwrap_err().code,
        Code::NotFound
    );
}

#[tokio::test]
async fn a_contact_that_is_only_an_address_joins_whom_it_is_given_to() {
    let shop = Shop::open().await;
    shop.receive(vec![
        message(letter(1, ROSA, "a", "a")),
        message(letter(2, ("", "max@kunde.example"), "b", "b")),
    ])
    .await;
    let rosa = shop.api.contacts(Some("rosa".into()), 5).await.unwrap()[0].id;
    let card = shop.api.contact_add_address(rosa, "max@kunde.example").await.unwrap();
    assert_eq!((card.contact.messages, card.timeline.len()), (2, 2));
    assert_eq!(shop.api.contacts(None, 5).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_name_given_by_hand_stays() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "a", "a"))]).await;
    let rosa = shop.api.contacts(None, 5).await.unwrap()[0].id;
    shop.api.contact_rename(rosa, "Frau Tannwald (Rad)").await.unwrap();
    shop.receive(vec![message(letter(2, ("R. T.", ROSA.1), "b", "b"))]).await;
    assert_eq!(shop.api.contact(rosa, None).await.unwrap().contact.name, "Frau Tannwald (Rad)");
    assert_eq!(shop.api.contacts(Some("tannwald rad".into()), 5).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_preference_is_kept_with_source_and_day() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "a", "a"))]).await;
    let rosa = shop.api.contacts(None, 5).await.unwrap()[0].id;
    let card = shop.api.contact_prefer(rosa, Some("sms".into())).await.unwrap();
    let preferred = card.contact.preferred.unwrap();
    assert_eq!((preferred.medium.as_str(), preferred.source.as_str()), ("sms", "hand"));
    assert_eq!(preferred.since, kit::START.to_rfc3339());
    assert_eq!(
        shop.api.contact_prefer(rosa, Some("rauchzeichen".into())).await.unwrap_err().code,
        Code::BadInput
    );
    assert_eq!(shop.api.contact_prefer(rosa, None).await.unwrap().contact.preferred, None);
}

#[tokio::test]
async fn conversations_are_moved_split_and_joined_within_one_contact() {
    let shop = Shop::open().await;
    shop.receive(vec![
        message(letter(1, ROSA, "Bremse hinten", "a")),
        message(letter(2, ROSA, "Licht vorne", "b")),
        message(letter(3, MAX, "Sattel", "c")),
    ])
    .await;
    let list = shop.api.conversations(None, false, None, 10).await.unwrap().conversations;
    let of = |subject: &str| list.iter().find(|row| row.subject == subject).unwrap().id;
    let (brake, light, saddle) = (of("Bremse hinten"), of("Licht vorne"), of("Sattel"));
    assert_eq!(shop.api.conversation_join(light, saddle).await.unwrap_err().code, Code::BadInput);
    shop.api.conversation_join(light, brake).await.unwrap();
    let joined = shop.conversation(brake).await;
    assert_eq!(joined.messages.len(), 2);
    let split = shop.api.conversation_split(joined.messages[1].id).await.unwrap().conversations.remove(0);
    assert_eq!((split.subject.as_str(), split.unread), ("Licht vorne", 1));
    shop.api.conversation_move(joined.messages[1].id, brake).await.unwrap();
    assert_eq!(shop.conversation(brake).await.messages.len(), 2);
    assert_eq!(shop.api.conversation(split.id, None).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn a_snoozed_conversation_comes_back() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "a"))]).await;
    let id = shop.only_conversation().await;
    let until = kit::START.plus_secs(3600).to_rfc3339();
    assert_eq!(shop.api.conversation_set_status(id, "snoozed", None).await.unwrap_err().code, Code::BadInput);
    shop.api.conversation_set_status(id, "snoozed", Some(until)).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.conversation(id).await.conversation.status, "snoozed");
    shop.clock.forward(3601);
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.conversation(id).await.conversation.status, "open");
    shop.api.conversation_set_status(id, "closed", None).await.unwrap();
    shop.receive(vec![message(letter(2, ROSA, "Re: Bremse", "noch was"))]).await;
    assert_eq!(shop.conversation(id).await.conversation.status, "open", "a new word opens it again");
}

#[tokio::test]
async fn drafts_are_kept_and_removed() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "a"))]).await;
    let id = shop.only_conversation().await;
    shop.api.draft_save(id, "Guten Tag", Some("email".into())).await.unwrap();
    assert!(shop.conversation(id).await.conversation.has_draft);
    assert_eq!(shop.api.draft(id).await.unwrap().unwrap().via.as_deref(), Some("email"));
    shop.api.draft_save(id, "  ", None).await.unwrap();
    assert_eq!(shop.api.draft(id).await.unwrap(), None);
}

#[tokio::test]
async fn pages_follow_each_other() {
    let shop = Shop::open().await;
    let many =
        (1..=7).map(|n| message(letter(n, (&format!("K{n}"), &format!("k{n}@kunde.example")), "x", "y")));
    shop.receive(many.collect()).await;
    let first = shop.api.conversations(None, false, None, 5).await.unwrap();
    let second = shop.api.conversations(None, false, first.next.clone(), 5).await.unwrap();
    assert_eq!((first.conversations.len(), second.conversations.len(), second.next), (5, 2, None));
    assert_eq!(first.conversations[0].contact_name, "K7", "newest first");
    let bad = shop.api.conversations(None, false, Some("quatsch".into()), 5).await.unwrap_err();
    assert_eq!(bad.code, Code::BadInput);
}

#[tokio::test]
async fn settings_take_only_what_they_can_be() {
    let shop = Shop::open().await;
    assert_eq!(shop.api.settings_get(None).await.unwrap()["send.undo_secs"], "10");
    shop.api.settings_set("send.undo_secs", "30").await.unwrap();
    assert_eq!(shop.api.settings_get(Some("send.undo_secs".into())).await.unwrap()["send.undo_secs"], "30");
    assert_eq!(shop.api.settings_set("send.undo_secs", "viel").await.unwrap_err().code, Code::BadInput);
    assert_eq!(shop.api.settings_set("gibt.es.nicht", "1").await.unwrap_err().code, Code::BadInput);
    shop.api.automation(Some(true)).await.unwrap();
    assert!(shop.api.automation(None).await.unwrap().on);
}

#[tokio::test]
async fn accounts_are_checked_before_they_are_saved() {
    let shop = Shop::open().await;
    let fields = || std::collections::BTreeMap::from([("own".to_owned(), "zwei@velo.example".to_owned())]);
    let secret = |text: &str| std::collections::BTreeMap::from([("password".to_owned(), text.to_owned())]);
    let refused = shop.api.account_add("letter", fields(), secret("wrong"), true).await.unwrap_err();
    assert_eq!(refused.code, Code::AuthFailed);
    let missing = shop.api.account_add("letter", fields(), Default::default(), false).await.unwrap_err();
    assert_eq!((missing.code, missing.params["field"].as_str()), (Code::BadInput, "password"));
    assert_eq!(
        shop.api.account_add("brieftaube", fields(), secret("x"), false).await.unwrap_err().code,
        Code::BadInput
    );
    let made = shop.api.account_add("letter", fields(), secret("wrong"), false).await.unwrap();
    assert!(!shop.api.account_check(made.id).await.unwrap().ok);
    shop.api.account_update(made.id, fields(), secret("right")).await.unwrap();
    shop.api.account_update(made.id, fields(), secret("")).await.unwrap();
    assert!(shop.api.account_check(made.id).await.unwrap().ok, "an empty secret stays as it was");
    shop.api.account_remove(made.id, false).await.unwrap();
    assert_eq!(shop.api.accounts().await.unwrap().len(), 2);
    let shown = serde_json::to_string(&shop.api.accounts().await.unwrap()).unwrap();
    assert!(!shown.contains("right"), "no secret leaves the engine");
}

#[tokio::test]
async fn an_account_goes_with_its_messages() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Geheimwort"))]).await;
    shop.api.account_remove(shop.letter_account, true).await.unwrap();
    assert!(shop.api.conversations(None, false, None, 10).await.unwrap().conversations.is_empty());
    assert!(shop.api.search("Geheimwort", 10).await.unwrap().messages.is_empty());
    assert_eq!(shop.api.overview().await.unwrap().messages, 0);
}

#[tokio::test]
async fn messages_of_a_removed_account_that_a_killed_program_left_go_at_the_next_start() {
    let mut shop = Shop::open().await;
    // Several transactions to delete, so that it is in the middle when it is killed.
    shop.receive((1..=650).map(|n| message(letter(n, ROSA, "Bremse", "Geheimwort"))).collect()).await;
    {
        // Killed right after the wish was written, which is told before the first message is deleted.
        let mut events = shop.api.subscribe();
        let mut removing = Box::pin(shop.api.account_remove(shop.letter_account, true));
        tokio::select! {
            biased;
            event = events.recv() => drop(event.unwrap()),
            done = &mut removing => panic!("it ended without a word: {done:?}"),
        }
    }
    shop.reopen().await;
    assert!(shop.api.overview().await.unwrap().messages > 0);
    let mut events = shop.api.subscribe();
    let engine = shop.start().await;
    while shop.api.overview().await.unwrap().messages > 0 {
        let _ = events.recv().await;
    }
    engine.stop().await;
    assert!(shop.api.search("Geheimwort", 10).await.unwrap().messages.is_empty());
    assert!(shop.api.conversations(None, false, None, 10).await.unwrap().conversations.is_empty());
}

#[tokio::test]
async fn files_are_imported_once() {
    let shop = Shop::open().await;
    let folder = shop.dir.parent().unwrap().join("mails");
    std::fs::create_dir(&folder).unwrap();
    let raw = |n: u32| {
        format!(
            "From: Rosa Tannwald <rosa@kunde.example>\r\nTo: laden@velo.example\r\nSubject: Import {n}\r\n\
             Date: Fri, 20 Nov 2026 10:0{n}:00 +0000\r\nMessage-ID: <import{n}@kunde.example>\r\n\r\nText {n}\r\n"
        )
    };
    std::fs::write(folder.join("1.eml"), raw(1)).unwrap();
    std::fs::write(folder.join("2.eml"), raw(2)).unwrap();
    let done = shop.api.import(vec![folder.clone(), folder.join("fehlt.eml")]).await.unwrap();
    assert_eq!((done.read, done.stored, done.known, done.failed.len()), (2, 2, 0, 1));
    let again = shop.api.import(vec![folder]).await.unwrap();
    assert_eq!((again.stored, again.known), (0, 2));
    let shown = shop.api.contacts(None, 5).await.unwrap();
    assert_eq!((shown.len(), shown[0].messages), (1, 2));
}

#[test]
fn addresses_and_segments_are_judged_without_a_profile() {
    let report = address_report("0151 2345678", "DE");
    assert_eq!(report.normalized.as_deref(), Some("+491512345678"));
    assert!(report.sendable);
    assert!(!address_report("0900 123456", "DE").sendable);
    assert_eq!(segments("Grüße").segments, 1);
}

#[tokio::test]
async fn the_frame_of_a_message_has_two_walls() {
    let shop = Shop::open().await;
    let mut with_html = letter(1, ROSA, "Bremse", "Hallo");
    with_html.html = Some("<p onclick=x()>Hallo <a href='https://a.example/x'>hier</a><img src='https://t.example/p.png'></p><script>alert(1)</script>".into());
    shop.receive(vec![message(with_html), message(letter(2, MAX, "Nur Text", "1 < 2"))]).await;
    let list = shop.api.conversations(None, false, None, 10).await.unwrap().conversations;
    let first = |subject: &str| list.iter().find(|row| row.subject == subject).unwrap().id;
    let id = shop.conversation(first("Bremse")).await.messages[0].id;
    let shown = shop.api.message(id).await.unwrap();
    assert_eq!(shown.html.as_deref(), Some("<p>Hallo <a>hier</a><img></p>"));
    assert_eq!((shown.links[0].host.as_str(), shown.remote_pictures), ("a.example", 1));
    let frame = shop.api.message_frame(id, false).await.unwrap();
    assert!(frame.contains("default-src 'none'") && !frame.contains("script>"), "{frame}");
    let plain = shop.conversation(first("Nur Text")).await.messages[0].id;
    assert!(shop.api.message_frame(plain, false).await.unwrap().contains("1 &lt; 2"));
}

#[tokio::test]
async fn settings_are_found_from_an_address_without_asking_anybody() {
    use theke_engine::api::{Code, Registry, find_settings};
    let registry = Registry::load(None);
    let found = find_settings(&registry, "email", " Laden@gmx.de ", false).await.unwrap();
    assert_eq!((found.source.as_str(), found.provider.as_str()), ("table", "GMX"));
    assert_eq!(found.values["imap_host"], "imap.gmx.net");
    assert_eq!(found.help, ["imap_off", "app_password_with_2fa"]);
    assert_eq!((found.tried[0].source.as_str(), found.tried[0].outcome.as_str()), ("table", "found"));
    let unknown = find_settings(&registry, "email", "laden@firma.example", false).await.unwrap();
    assert_eq!((unknown.source.as_str(), unknown.tried.len()), ("none", 1));
    for (kind, address, code) in [
        ("telegram", "laden@gmx.de", Code::BadInput),
        ("none", "laden@gmx.de", Code::BadInput),
        ("email", "kein Adresse", Code::AccountSettings),
    ] {
        assert_eq!(find_settings(&registry, kind, address, false).await.unwrap_err().code, code, "{kind}");
    }
}

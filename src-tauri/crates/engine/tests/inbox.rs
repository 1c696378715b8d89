//! The inbox as a person works in it: lists and their numbers, many at once, stars, blocked senders, undo, notes and
//! events of the timeline.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{ROSA, Shop, letter, message, text};
use theke_engine::api::Code;
use theke_engine::api::types::{ConversationChange, Event, ListQuery};

const MAX: (&str, &str) = ("Max", "max@kunde.example");

fn all() -> ListQuery {
    ListQuery {
        status: "all".into(),
        spam: false,
        unread: false,
        starred: false,
        medium: None,
        account_id: None,
    }
}

fn nothing() -> ConversationChange {
    ConversationChange { status: None, until: None, seen: None, starred: None, spam: None }
}

fn status(word: &str) -> ConversationChange {
    ConversationChange { status: Some(word.into()), ..nothing() }
}

async fn subjects(shop: &Shop, query: ListQuery) -> Vec<String> {
    let page = shop.api.conversation_list(query, None, 50).await.unwrap();
    page.conversations.into_iter().map(|row| row.subject).collect()
}

/// Three mails of Rosa and one text of another customer.
async fn busy() -> (Shop, [i64; 3]) {
    let shop = Shop::open().await;
    let mails = [(1, "Bremse"), (2, "Licht"), (3, "Sattel")];
    shop.receive(mails.map(|(n, subject)| message(letter(n, ROSA, subject, "Hallo"))).into()).await;
    shop.receive_texts(vec![message(text(4, "+4915112345678", "Ist mein Rad fertig?"))]).await;
    let page = shop.api.conversations(None, false, None, 50).await.unwrap();
    let of = |subject: &str| page.conversations.iter().find(|row| row.subject == subject).unwrap().id;
    let ids = [of("Bremse"), of("Licht"), of("Sattel")];
    (shop, ids)
}

#[tokio::test]
async fn lists_show_what_was_asked_for_and_the_numbers_agree() {
    let (shop, [brake, light, _]) = busy().await;
    let star = ConversationChange { starred: Some(true), ..nothing() };
    shop.api.conversations_change(vec![brake], star).await.unwrap();
    shop.api.conversations_change(vec![light], status("waiting")).await.unwrap();
    let seen = ConversationChange { seen: Some(true), ..nothing() };
    shop.api.conversations_change(vec![brake, light], seen).await.unwrap();
    assert_eq!(subjects(&shop, ListQuery { starred: true, ..all() }).await, ["Bremse"]);
    assert_eq!(subjects(&shop, ListQuery { unread: true, ..all() }).await, ["", "Sattel"]);
    assert_eq!(subjects(&shop, ListQuery { medium: Some("sms".into()), ..all() }).await, [""]);
    let account_id = Some(shop.letter_account);
    assert_eq!(subjects(&shop, ListQuery { account_id, ..all() }).await, ["Sattel", "Licht", "Bremse"]);
    assert_eq!(subjects(&shop, ListQuery { status: "waiting".into(), ..all() }).await, ["Licht"]);
    let sum = shop.api.overview().await.unwrap();
    assert_eq!((sum.open, sum.waiting, sum.starred, sum.unread_conversations, sum.spam), (3, 1, 1, 2, 0));
    let row = shop.conversation(brake).await.conversation;
    assert_eq!((row.starred, row.last_direction.as_str(), row.sending.as_str()), (true, "in", ""));
    let queued = shop.answer(brake, "Kommt", None).await;
    let row = shop.conversation(brake).await.conversation;
    assert_eq!((row.sending.as_str(), row.last_direction.as_str(), row.send_at), ("queued", "out", None));
    shop.api.outbox_cancel(queued.message_id).await.unwrap();
}

#[tokio::test]
async fn many_are_changed_at_once_and_come_back_at_once() {
    let (shop, ids) = busy().await;
    let done = shop.api.conversations_change(ids.to_vec(), status("closed")).await.unwrap();
    assert!(done.conversations.iter().all(|row| row.status == "closed"));
    assert_eq!(shop.api.overview().await.unwrap().open, 1);
    let listed = shop.api.changes().await.unwrap();
    assert_eq!((listed[0].what.as_str(), listed[0].count, listed[0].undone), ("status:closed", 3, false));
    let undone = shop.api.undo(done.undo_id.unwrap()).await.unwrap();
    assert!(undone.undone);
    assert_eq!(shop.api.overview().await.unwrap().open, 4);
    assert_eq!(shop.api.undo(undone.id).await.unwrap_err().code, Code::TooLate);
    let same = shop.api.conversations_change(ids.to_vec(), status("open")).await.unwrap();
    assert_eq!(same.undo_id, None, "nothing was different");
    let refused = shop.api.conversations_change(vec![ids[0], 9999], status("closed")).await.unwrap_err();
    assert_eq!(refused.code, Code::NotFound);
    assert_eq!(shop.conversation(ids[0]).await.conversation.status, "open", "all or none");
    let bad = ConversationChange { until: Some(kit::START.to_rfc3339()), ..status("snoozed") };
    assert_eq!(shop.api.conversations_change(ids.to_vec(), bad).await.unwrap_err().code, Code::BadInput);
}

#[tokio::test]
async fn the_last_change_is_undone_first() {
    let (shop, [brake, light, saddle]) = busy().await;
    let card = shop.conversation(brake).await.conversation;
    shop.api.contact_rename(card.contact_id, "Frau Tannwald").await.unwrap();
    shop.api.contact_prefer(card.contact_id, Some("sms".into())).await.unwrap();
    shop.api.contact_add_address(card.contact_id, "0151 2345678").await.unwrap();
    let spam = ConversationChange { spam: Some(true), ..nothing() };
    shop.api.conversations_change(vec![light], spam).await.unwrap();
    let joined = shop.api.conversation_join(saddle, brake).await.unwrap();
    let message = shop.conversation(brake).await.messages[1].id;
    assert_eq!(joined.conversations.len(), 1);
    shop.api.conversation_split(message).await.unwrap();
    let mut words = Vec::new();
    while let Some(change) = shop.api.undo_last().await.unwrap() {
        words.push(change.what);
    }
    assert_eq!(words, ["split", "join", "spam", "address_added", "prefer", "rename"]);
    let now = shop.api.contact(card.contact_id, None).await.unwrap();
    assert_eq!((now.contact.name.as_str(), now.contact.identities.len()), ("Rosa Tannwald", 1));
    assert_eq!(now.contact.preferred, None);
    assert_eq!(subjects(&shop, all()).await, ["", "Sattel", "Licht", "Bremse"]);
    assert_eq!(shop.conversation(saddle).await.messages.len(), 1);
    assert!(shop.api.changes().await.unwrap().iter().all(|change| change.undone));
}

#[tokio::test]
async fn a_blocked_sender_is_heard_of_no_more() {
    let (shop, [brake, ..]) = busy().await;
    let contact = shop.conversation(brake).await.conversation.contact_id;
    let card = shop.api.contact_block(contact, ROSA.1, true).await.unwrap();
    assert!(card.contact.identities[0].blocked);
    assert_eq!(subjects(&shop, all()).await, [""]);
    assert_eq!(shop.api.blocked().await.unwrap()[0].contact_name, "Rosa Tannwald");
    let mut events = shop.api.subscribe();
    shop.receive(vec![
        message(letter(5, ROSA, "Re: Bremse", "Antwort?")),
        message(letter(6, MAX, "Korb", "a")),
    ])
    .await;
    let mut received = 0;
    while let Ok(event) = events.try_recv() {
        received += usize::from(matches!(event, Event::MessageReceived { .. }));
    }
    assert_eq!(received, 1, "only Max is told of");
    assert_eq!(subjects(&shop, all()).await, ["Korb", ""]);
    assert_eq!(shop.api.overview().await.unwrap().spam, 3);
    shop.api.undo(card.undo_id.unwrap()).await.unwrap();
    assert_eq!(subjects(&shop, all()).await, ["Korb", "Bremse", "", "Sattel", "Licht"]);
    assert_eq!(shop.api.blocked().await.unwrap(), []);
    assert_eq!(
        shop.api.contact_block(contact, "wer@x.example", true).await.unwrap_err().code,
        Code::NotFound
    );
}

#[tokio::test]
async fn a_snooze_ends_when_the_customer_writes() {
    let (shop, [brake, ..]) = busy().await;
    let until = kit::START.plus_secs(86_400).to_rfc3339();
    let snooze = ConversationChange { until: Some(until), ..status("snoozed") };
    shop.api.conversations_change(vec![brake], snooze).await.unwrap();
    assert_eq!(shop.api.overview().await.unwrap().snoozed, 1);
    shop.receive(vec![message(letter(9, ROSA, "Re: Bremse", "Und?"))]).await;
    let shown = shop.conversation(brake).await;
    assert_eq!((shown.conversation.status.as_str(), shown.conversation.snoozed_until), ("open", None));
    let by: Vec<_> = shown.entries.iter().map(|entry| entry.params["by"].as_str()).collect();
    assert_eq!(by, ["person", "customer"]);
}

#[tokio::test]
async fn notes_stand_in_the_timeline_and_nowhere_else() {
    let (shop, [brake, ..]) = busy().await;
    let note = shop.api.note_add(brake, "Rahmen 56, Frau Tannwald zahlt bar").await.unwrap();
    let shown = shop.conversation(brake).await;
    assert_eq!((shown.messages.len(), shown.entries.len()), (1, 1));
    assert_eq!(shown.entries[0], note);
    let card = shop.api.contact(note.contact_id, None).await.unwrap();
    assert_eq!(card.timeline[0].entry_type, "note", "{:?}", card.timeline[0]);
    shop.answer(brake, "Ist bestellt", None).await;
    shop.api.sync_once(None).await.unwrap();
    assert!(!shop.letters.sent().iter().any(|sent| sent.text.contains("Rahmen")));
    shop.api.note_change(note.id, "Rahmen 58").await.unwrap();
    shop.api.note_change(note.id, " ").await.unwrap();
    assert_eq!(shop.conversation(brake).await.entries, []);
    assert_eq!(shop.api.undo_last().await.unwrap().unwrap().what, "note_removed");
    assert_eq!(shop.conversation(brake).await.entries[0].text, "Rahmen 58");
    shop.api.undo_last().await.unwrap();
    assert_eq!(shop.conversation(brake).await.entries[0].text, note.text);
    assert_eq!(shop.api.note_add(brake, " \n").await.unwrap_err().code, Code::BadInput);
}

#[tokio::test]
async fn pages_of_a_timeline_carry_messages_and_notes_in_order() {
    let shop = Shop::open().await;
    let mails = (1..=150).map(|n| message(letter(n, ROSA, "Re: Bremse", &format!("Zeile {n}"))));
    shop.receive(mails.collect()).await;
    let id = shop.only_conversation().await;
    for n in 0..30 {
        shop.api.note_add(id, &format!("Notiz {n}")).await.unwrap();
    }
    let newest = shop.conversation(id).await;
    assert_eq!((newest.messages.len(), newest.entries.len(), newest.has_older), (70, 30, true));
    let older = shop.api.conversation(id, newest.older).await.unwrap();
    assert_eq!((older.messages.len(), older.entries.len(), older.older), (80, 0, None));
    assert_eq!(older.messages[79].text, "Zeile 80");
    let by_id = shop.api.conversation(id, Some(newest.messages[0].id.to_string())).await.unwrap();
    assert_eq!(by_id.messages, older.messages);
    let contact = newest.conversation.contact_id;
    let (mut before, mut lines) = (None, 0);
    loop {
        let card = shop.api.contact(contact, before).await.unwrap();
        lines += card.timeline.len();
        before = card.older;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(lines, 180);
    assert_eq!(shop.api.conversation(id, Some("quatsch".into())).await.unwrap_err().code, Code::BadInput);
}

#[tokio::test]
async fn presets_know_the_hours_of_the_shop() {
    let shop = Shop::open().await;
    let codes = |presets: Vec<theke_engine::api::types::PresetView>| {
        presets.into_iter().map(|preset| preset.code).collect::<Vec<_>>()
    };
    let without = codes(shop.api.snooze_presets().await.unwrap());
    assert_eq!(without, ["later_today", "this_evening", "tomorrow", "weekend", "next_week"]);
    assert!(shop.api.open_now().await.unwrap().open);
    shop.api.settings_set("shop.hours", r#"{"tue":[["09:00","18:00"]]}"#).await.unwrap();
    let with = shop.api.snooze_presets().await.unwrap();
    let opening = with.iter().find(|preset| preset.code == "next_opening").unwrap();
    assert_eq!(opening.at, "2026-11-24T08:00:00Z");
    let now = shop.api.open_now().await.unwrap();
    assert_eq!((now.open, now.next_change_at.as_deref()), (false, Some("2026-11-24T08:00:00Z")));
    shop.api.settings_set("shop.time_zone", "Europe/London").await.unwrap();
    let now = shop.api.open_now().await.unwrap();
    assert_eq!(now.next_change_at.as_deref(), Some("2026-11-24T09:00:00Z"));
    let overlap = r#"{"tue":[["09:00","18:00"],["17:00","19:00"]]}"#;
    assert_eq!(shop.api.settings_set("shop.hours", overlap).await.unwrap_err().code, Code::BadInput);
}

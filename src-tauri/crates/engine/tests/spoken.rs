//! Calls and visits: noted by hand, a message like any other, and never sent.
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
use theke_engine::api::Code;
use theke_engine::api::types::{NotedView, SpokenInput};

async fn rosa(shop: &Shop) -> i64 {
    shop.api.contacts(Some("rosa".into()), 5).await.unwrap()[0].id
}

fn spoken(contact_id: i64, medium: &str, direction: &str, text: &str) -> SpokenInput {
    SpokenInput {
        contact_id,
        medium: medium.into(),
        direction: direction.into(),
        text: text.into(),
        ..SpokenInput::default()
    }
}

async fn note(shop: &Shop, input: SpokenInput) -> NotedView {
    shop.api.note_spoken(input).await.unwrap()
}

#[tokio::test]
async fn a_call_joins_the_matter_under_way_is_found_and_counts() {
    let (shop, id) = Shop::with_a_letter().await;
    let contact = rosa(&shop).await;
    shop.clock.forward(3600);
    let noted = note(&shop, spoken(contact, "phone", "in", "Bremse quietscht beim Bergabfahren")).await;
    assert_eq!(noted.conversation_id, Some(id));
    let detail = shop.conversation(id).await;
    let call = detail.messages.last().unwrap();
    assert_eq!(
        (call.medium.as_str(), call.direction.as_str(), call.delivery.as_str(), call.account_id),
        ("phone", "in", "received", None)
    );
    assert_eq!((call.from.name.as_deref(), call.seen), (Some(ROSA.0), true));
    assert_eq!(detail.conversation.media, ["email", "phone"]);
    let card = shop.api.contact(contact, None).await.unwrap();
    assert_eq!(card.contact.last_contact_at, Some(shop.clock_now().to_rfc3339()));
    assert_eq!((card.contact.messages, card.timeline[0].medium.as_deref()), (2, Some("phone")));
    // The letter was waited with for two hours less a second, and the call ended that.
    assert_eq!((card.card.waits.ours_secs, card.card.waits.ours_of), (Some(7199), 1));
    let found = shop.api.search("bergabfahren", 10).await.unwrap();
    assert_eq!(found.messages[0].id, call.id);
    assert!(shop.api.outbox().await.unwrap().is_empty());
}

#[tokio::test]
async fn an_answer_after_a_call_goes_where_the_customer_can_be_written_to() {
    let (shop, id) = Shop::with_a_letter().await;
    let contact = rosa(&shop).await;
    let before = shop.api.route(id, None, 0, vec![]).await.unwrap();
    shop.clock.forward(3600);
    note(&shop, spoken(contact, "phone", "in", "ruft an")).await;
    note(&shop, spoken(contact, "in_person", "out", "war bei ihr")).await;
    let after = shop.api.route(id, None, 0, vec![]).await.unwrap();
    assert_eq!((after.medium, after.address), (before.medium, before.address));
    let codes = |reasons: &[theke_engine::api::types::ReasonView]| {
        reasons.iter().map(|reason| reason.code.clone()).collect::<Vec<_>>()
    };
    assert_eq!(codes(&after.reasons), codes(&before.reasons));
}

#[tokio::test]
async fn with_nothing_under_way_a_visit_begins_a_matter_of_its_own() {
    let (shop, old) = Shop::with_a_letter().await;
    let contact = rosa(&shop).await;
    shop.clock.forward(30 * 24 * 3600);
    let came = note(&shop, spoken(contact, "in_person", "in", "")).await;
    let began = came.conversation_id.unwrap();
    assert_ne!(began, old);
    assert_eq!(shop.conversation(began).await.conversation.status, "open");
    let rang = note(
        &shop,
        SpokenInput { conversation_id: Some(old), ..spoken(contact, "phone", "out", "Rad ist fertig") },
    )
    .await;
    let detail = shop.conversation(old).await;
    assert_eq!((rang.conversation_id, detail.conversation.status.as_str()), (Some(old), "waiting"));
    let call = detail.messages.last().unwrap();
    assert_eq!((call.delivery.as_str(), call.to[0].name.as_deref()), ("sent", Some(ROSA.0)));
    // With the last thing said in it the matter goes, too.
    shop.api.undo(came.undo_id.unwrap()).await.unwrap();
    assert_eq!(shop.api.conversation(began, None).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn taking_a_call_back_leaves_everything_as_it_was() {
    let (shop, id) = Shop::with_a_letter().await;
    let contact = rosa(&shop).await;
    shop.api.conversation_set_status(id, "closed", None).await.unwrap();
    let before =
        (shop.conversation(id).await.conversation, shop.api.contact(contact, None).await.unwrap().contact);
    shop.clock.forward(60);
    let input = SpokenInput { conversation_id: Some(id), ..spoken(contact, "phone", "in", "fragt nach") };
    let noted = note(&shop, input).await;
    assert_eq!(shop.conversation(id).await.conversation.status, "open");
    shop.api.undo(noted.undo_id.unwrap()).await.unwrap();
    let after =
        (shop.conversation(id).await.conversation, shop.api.contact(contact, None).await.unwrap().contact);
    assert_eq!(after, before);
    assert!(shop.api.search("fragt nach", 10).await.unwrap().messages.is_empty());
}

#[tokio::test]
async fn the_text_of_a_call_is_changed_and_changed_back() {
    let (shop, id) = Shop::with_a_letter().await;
    let contact = rosa(&shop).await;
    let noted = note(&shop, spoken(contact, "phone", "in", "Felge")).await;
    let call = noted.message_id.unwrap();
    assert_eq!(shop.api.spoken_change(call, "Speiche gebrochen").await.unwrap().text, "Speiche gebrochen");
    assert_eq!(shop.conversation(id).await.conversation.snippet, "Speiche gebrochen");
    assert_eq!(shop.api.search("speiche", 10).await.unwrap().messages.len(), 1);
    shop.api.undo_last().await.unwrap();
    assert_eq!(shop.api.message(call).await.unwrap().text, "Felge");
    let letter = shop.conversation(id).await.messages[0].id;
    assert_eq!(shop.api.spoken_change(letter, "x").await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn what_cannot_be_is_refused() {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, ROSA, "a", "a"))]).await;
    let contact = rosa(&shop).await;
    let tomorrow = shop.clock_now().plus_secs(86_400).to_rfc3339();
    for (input, field) in [
        (spoken(contact, "email", "in", ""), "medium"),
        (spoken(contact, "phone", "both", ""), "direction"),
        (SpokenInput { at: Some(tomorrow), ..spoken(contact, "phone", "in", "") }, "at"),
        (spoken(contact, "phone", "in", &"x".repeat(20_001)), "text"),
    ] {
        let error = shop.api.note_spoken(input).await.unwrap_err();
        assert_eq!((error.code, error.params["field"].as_str()), (Code::BadInput, field));
    }
    let nobody = shop.api.note_spoken(spoken(4711, "phone", "in", "")).await.unwrap_err();
    assert_eq!(nobody.code, Code::NotFound);
}

#[tokio::test]
async fn a_note_of_a_customer_stands_in_the_matter_under_way() {
    let (shop, id) = Shop::with_a_letter().await;
    let contact = rosa(&shop).await;
    let noted = shop.api.contact_note(contact, "mag keine Anrufe").await.unwrap();
    assert_eq!((noted.conversation_id, noted.message_id), (Some(id), None));
    assert_eq!(shop.conversation(id).await.entries[0].text, "mag keine Anrufe");
    shop.clock.forward(30 * 24 * 3600);
    let alone = shop.api.contact_note(contact, "zieht um").await.unwrap();
    assert_eq!(alone.conversation_id, None);
    let card = shop.api.contact(contact, None).await.unwrap();
    assert_eq!(
        (card.timeline[0].entry_type.as_str(), card.timeline[0].summary.as_str()),
        ("note", "zieht um")
    );
    assert_eq!(shop.api.contact_note(contact, " ").await.unwrap_err().code, Code::BadInput);
}

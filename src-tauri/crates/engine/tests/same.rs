//! Who is the same: suggestions, merging, taking it back, and what a person said about two.
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
use theke_engine::api::types::FieldChoice;
use theke_engine::api::{Code, match_report};

const HOME: (&str, &str) = ("Rosa Tannwald", "rosa.tannwald@zuhause.example");
const MAX: (&str, &str) = ("Max Birkner", "max@kunde.example");

async fn id_of(shop: &Shop, address: &str) -> i64 {
    shop.api.contacts(Some(address.into()), 5).await.unwrap()[0].id
}

async fn shop_with_two_rosas() -> (Shop, i64, i64) {
    let shop = Shop::open().await;
    shop.receive(vec![
        message(letter(1, ROSA, "Bremse", "Wann offen?")),
        message(letter(2, HOME, "Licht", "Es flackert.")),
        message(letter(3, MAX, "Helm", "In Blau?")),
    ])
    .await;
    let (a, b) = (id_of(&shop, ROSA.1).await, id_of(&shop, HOME.1).await);
    (shop, a, b)
}

async fn pairs(shop: &Shop) -> Vec<(i64, i64)> {
    shop.api.compare_waiting().await.unwrap();
    let found = shop.api.duplicates(50).await.unwrap();
    assert_eq!(found.waiting, 0);
    found.pairs.iter().map(|pair| (pair.first.id, pair.second.id)).collect()
}

#[tokio::test]
async fn two_that_may_be_the_same_are_suggested_with_reasons_until_a_person_decides() {
    let (shop, a, b) = shop_with_two_rosas().await;
    assert_eq!(pairs(&shop).await, [(a, b)]);
    let found = shop.api.duplicates_of(b).await.unwrap();
    assert!(found[0].reasons.contains(&"same_name".to_owned()), "{:?}", found[0].reasons);
    assert!(!found[0].sure);
    let undo = shop.api.contacts_not_same(b, a).await.unwrap().unwrap();
    assert_eq!(shop.api.contacts_not_same(a, b).await.unwrap(), None, "it was said before");
    assert_eq!(pairs(&shop).await, []);
    // Not even something new about them brings it back.
    shop.receive(vec![message(letter(4, ROSA, "Noch was", "Danke"))]).await;
    shop.api.contact_add_address(a, "rosa@drittens.example").await.unwrap();
    assert_eq!(pairs(&shop).await, []);
    assert!(shop.api.contact_merge_preview(a, b).await.unwrap().not_same);
    shop.api.undo(undo).await.unwrap();
    assert_eq!(pairs(&shop).await, [(a, b)]);
    // A suggestion goes when what led to it goes.
    shop.api.contact_rename(b, "Ulrike Fremd").await.unwrap();
    assert_eq!(pairs(&shop).await, []);
}

#[tokio::test]
async fn a_merge_is_undone_later_and_each_address_takes_what_came_by_it() {
    let (shop, a, b) = shop_with_two_rosas().await;
    let before = (shop.api.contact(a, None).await.unwrap(), shop.api.contact(b, None).await.unwrap());
    let merged = shop.api.contact_merge(a, b, Vec::new()).await.unwrap();
    assert_eq!((merged.contact.contact.id, merged.contact.contact.messages), (a, 2));
    assert_eq!(merged.contact.contact.identities.len(), 2);
    assert_eq!(shop.api.contacts(None, 9).await.unwrap().len(), 2);
    let listed = shop.api.contact_merges(a).await.unwrap();
    assert_eq!((listed[0].id, listed[0].contact_id), (merged.merge_id, b));
    // Both write on, and one of them is answered.
    shop.receive(vec![
        message(letter(5, HOME, "Re: Licht", "Noch immer.")),
        message(letter(6, ROSA, "Klingel", "Zu leise.")),
    ])
    .await;
    assert_eq!(shop.api.contact(a, None).await.unwrap().contact.messages, 4);
    let parted = shop.api.contact_unmerge(merged.merge_id).await.unwrap();
    assert_eq!((parted.rest.id, parted.rest.messages), (a, 2));
    assert_eq!((parted.part.id, parted.part.messages), (b, 2));
    let after = shop.api.contact(b, None).await.unwrap();
    assert_eq!(after.contact.identities, before.1.contact.identities);
    assert_eq!(after.conversations, before.1.conversations, "her answer joined her own conversation");
    assert_eq!(shop.api.contact_unmerge(merged.merge_id).await.unwrap_err().code, Code::TooLate);
    assert_eq!(shop.api.contact_merges(a).await.unwrap(), []);
    // Taking it back can be taken back, too.
    shop.api.undo(parted.undo_id.unwrap()).await.unwrap();
    assert_eq!(shop.api.contact(a, None).await.unwrap().contact.messages, 4);
}

#[tokio::test]
async fn undo_takes_a_merge_back_and_leaves_no_trace() {
    let (shop, a, b) = shop_with_two_rosas().await;
    let seen = async |id| {
        let card = shop.api.contact(id, None).await.unwrap();
        let conversations = shop.api.conversation(card.conversations[0], None).await.unwrap();
        (card.contact, card.conversations, conversations.messages)
    };
    let before = (seen(a).await, seen(b).await);
    let merged = shop.api.contact_merge(a, b, Vec::new()).await.unwrap();
    shop.api.undo(merged.contact.undo_id.unwrap()).await.unwrap();
    assert_eq!((seen(a).await, seen(b).await), before);
}

#[tokio::test]
async fn a_person_chooses_field_by_field_and_the_other_value_is_kept() {
    let (shop, a, b) = shop_with_two_rosas().await;
    shop.api.contact_rename(b, "Rosa Tannwald-Kunz").await.unwrap();
    let preview = shop.api.contact_merge_preview(a, b).await.unwrap();
    let name = preview.fields.iter().find(|field| field.field == "name").unwrap();
    assert_eq!((name.a.as_str(), name.b.as_str()), ("Rosa Tannwald", "Rosa Tannwald-Kunz"));
    assert_eq!(name.keep, "b", "a person wrote it, a message said the other");
    let keep = |field: &str, keep: &str| vec![FieldChoice { field: field.into(), keep: keep.into() }];
    for wrong in [keep("schuhgrösse", "a"), keep("name", "c")] {
        assert_eq!(shop.api.contact_merge(a, b, wrong).await.unwrap_err().code, Code::BadInput);
    }
    let merged = shop.api.contact_merge(a, b, keep("name", "a")).await.unwrap();
    assert_eq!(merged.contact.contact.name, "Rosa Tannwald");
    let other = &shop.api.contact_merges(a).await.unwrap()[0].other;
    assert_eq!(
        other.iter().map(|o| (o.field.as_str(), o.value.as_str())).collect::<Vec<_>>(),
        [("name", "Rosa Tannwald-Kunz")]
    );
    assert_eq!(shop.api.contact_merge(a, b, Vec::new()).await.unwrap_err().code, Code::BadInput);
    assert_eq!(shop.api.contact_merge(a, a, Vec::new()).await.unwrap_err().code, Code::BadInput);
    assert_eq!(shop.api.contact_merge(a, 999, Vec::new()).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn the_sure_pairs_are_merged_at_once_with_one_undo_and_no_other() {
    let (shop, a, b) = shop_with_two_rosas().await;
    // One number, written by a message here and by a WhatsApp name there, is one person's.
    shop.receive_texts(vec![message(text(7, "+4917139200012", "Hallo"))]).await;
    let mobile = id_of(&shop, "+4917139200012").await;
    shop.api.contact_rename(mobile, "Max Birkner").await.unwrap();
    let max = id_of(&shop, MAX.1).await;
    shop.api.contact_add_address(max, "whatsapp:+4917139200012").await.unwrap();
    assert_eq!(pairs(&shop).await.len(), 2);
    let found = shop.api.duplicates(50).await.unwrap();
    assert_eq!((found.sure, found.pairs[0].sure, found.pairs[1].sure), (1, true, false), "{found:#?}");
    let done = shop.api.contacts_merge_sure().await.unwrap();
    assert_eq!(done.merged, 1);
    assert_eq!(pairs(&shop).await, [(a, b)], "what is not sure is left to a person");
    assert_eq!(shop.api.contacts_merge_sure().await.unwrap().undo_id, None);
    shop.api.undo(done.undo_id.unwrap()).await.unwrap();
    assert_eq!(pairs(&shop).await.len(), 2);
    // What a person said counts more than what is sure.
    shop.api.contacts_not_same(max, mobile).await.unwrap();
    assert_eq!(shop.api.contacts_merge_sure().await.unwrap().merged, 0);
}

#[tokio::test]
async fn the_number_of_a_merge_is_found_by_either_customer() {
    let (shop, a, b) = shop_with_two_rosas().await;
    assert_eq!(shop.api.merge_of(a).await.unwrap_err().code, Code::NotFound);
    let merged = shop.api.contact_merge(a, b, Vec::new()).await.unwrap();
    assert_eq!(shop.api.merge_of(a).await.unwrap(), merged.merge_id);
    assert_eq!(shop.api.merge_of(b).await.unwrap(), merged.merge_id);
}

#[test]
fn records_are_compared_without_a_shop() {
    let record = |name: &str, email: &str| serde_json::json!({"name": name, "emails": [email]});
    let report =
        match_report(record("Rosa", "ROSA@kunde.example"), record("", "rosa@kunde.example"), "CH").unwrap();
    assert_eq!((report.link.as_str(), report.reasons[0].as_str()), ("same_auto", "shared_email"));
    let wrong = match_report(serde_json::json!([1]), record("", ""), "CH");
    assert_eq!(wrong.unwrap_err().code, Code::BadInput);
}

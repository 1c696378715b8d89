//! Two accounts of one medium: the one last used with the customer writes, else the default that a person chose.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use std::collections::BTreeMap;

use kit::{ROSA, Shop, letter, message, text};
use theke_engine::api::Code;
use theke_engine::api::types::AutomationPlace;

const DEFAULT_SMS: &str = "routing.default_account.sms";

/// A shop with a second number, and a customer who wrote a letter and has a telephone number.
async fn with_two_numbers() -> (Shop, i64, i64) {
    let shop = Shop::open().await;
    let own = BTreeMap::from([("own".to_owned(), "+4915100000001".to_owned())]);
    let secret = BTreeMap::from([("password".to_owned(), "right".to_owned())]);
    let second = shop.api.account_add("text", own, secret, true).await.unwrap().id;
    shop.receive(vec![message(letter(1, ROSA, "Bremse", "Ist sie fertig?"))]).await;
    let conversation = shop.only_conversation().await;
    let rosa = shop.conversation(conversation).await.conversation.contact_id;
    shop.api.contact_add_address(rosa, "0151 2345678").await.unwrap();
    (shop, conversation, second)
}

async fn writes(shop: &Shop, conversation: i64) -> Option<i64> {
    shop.api.route(conversation, Some("sms".into()), 20, Vec::new()).await.unwrap().account_id
}

async fn defaults(shop: &Shop) -> Vec<i64> {
    let accounts = shop.api.accounts().await.unwrap();
    accounts.into_iter().filter(|row| row.is_default).map(|row| row.id).collect()
}

/// The accounts that write first, one for each medium.
async fn first(shop: &Shop) -> Vec<i64> {
    let accounts = shop.api.accounts().await.unwrap();
    accounts.into_iter().filter(|row| row.writes_first).map(|row| row.id).collect()
}

#[tokio::test]
async fn the_default_of_the_medium_writes_first() {
    let (shop, conversation, second) = with_two_numbers().await;
    assert_eq!(writes(&shop, conversation).await, Some(shop.text_account), "the one that was set up first");
    assert_eq!(first(&shop).await, [shop.letter_account, shop.text_account]);
    shop.api.settings_set(DEFAULT_SMS, &second.to_string()).await.unwrap();
    assert_eq!(writes(&shop, conversation).await, Some(second));
    assert_eq!(defaults(&shop).await, [second]);
    assert_eq!(first(&shop).await, [shop.letter_account, second]);
    assert_eq!(shop.api.settings_get(None).await.unwrap()[DEFAULT_SMS], second.to_string());

    // The customer answers the other number: from then on that one is hers.
    shop.texts.hand_in(vec![message(text(1, "+491512345678", "Danke, passt."))]);
    shop.api.sync_once(Some(shop.text_account)).await.unwrap();
    assert_eq!(writes(&shop, conversation).await, Some(shop.text_account), "last used with the customer");
}

#[tokio::test]
async fn a_default_can_be_taken_back_and_goes_with_its_account() {
    let (shop, conversation, second) = with_two_numbers().await;
    shop.api.settings_set(DEFAULT_SMS, &second.to_string()).await.unwrap();
    shop.api.settings_set(DEFAULT_SMS, "").await.unwrap();
    assert_eq!(writes(&shop, conversation).await, Some(shop.text_account));
    shop.api.settings_set(DEFAULT_SMS, &second.to_string()).await.unwrap();
    shop.api.account_remove(second, false).await.unwrap();
    assert_eq!(writes(&shop, conversation).await, Some(shop.text_account));
    assert_eq!(shop.api.settings_get(Some(DEFAULT_SMS.into())).await.unwrap()[DEFAULT_SMS], "");
}

#[tokio::test]
async fn a_default_of_another_medium_or_of_nothing_is_refused() {
    let (shop, _, second) = with_two_numbers().await;
    for (key, value) in [
        (DEFAULT_SMS, shop.letter_account.to_string()),
        (DEFAULT_SMS, "999".to_owned()),
        (DEFAULT_SMS, "die zweite".to_owned()),
        ("routing.default_account.Post Karte", second.to_string()),
        ("routing.default_account.", second.to_string()),
    ] {
        let refused = shop.api.settings_set(key, &value).await.unwrap_err();
        assert_eq!(refused.code, Code::BadInput, "{key} = {value}");
    }
    assert!(defaults(&shop).await.is_empty());
}

#[tokio::test]
async fn a_default_that_rests_gives_way_to_another_account() {
    let (shop, _, second) = with_two_numbers().await;
    shop.api.settings_set(DEFAULT_SMS, &second.to_string()).await.unwrap();
    shop.api.account_set_enabled(second, false).await.unwrap();
    assert_eq!(first(&shop).await, [shop.letter_account, shop.text_account]);
    let view = shop.api.account_set_enabled(second, true).await.unwrap();
    assert!(view.is_default && view.writes_first);
}

#[tokio::test]
async fn automation_can_be_kept_to_one_computer() {
    let shop = Shop::open().await;
    assert_eq!(shop.api.automation_place().await.unwrap(), AutomationPlace::Everywhere);
    shop.api.settings_set("automation.here", "here").await.unwrap();
    assert_eq!(shop.api.automation_place().await.unwrap(), AutomationPlace::Here);
    let id = shop.api.settings_get(Some("automation.here".into())).await.unwrap()["automation.here"].clone();
    assert!(id.len() == 16 && id != "here", "{id}");

    // As after a restore on another computer: the id of the one that made the backup.
    shop.api.settings_set("automation.here", "0123456789abcdef").await.unwrap();
    assert_eq!(shop.api.automation_place().await.unwrap(), AutomationPlace::Elsewhere);
    shop.api.settings_set("automation.here", "").await.unwrap();
    assert_eq!(shop.api.automation_place().await.unwrap(), AutomationPlace::Everywhere);
    for (key, value) in
        [("automation.here", "there"), ("automation.sms_per_day", "501"), ("automation.sms_per_day", "-1")]
    {
        assert_eq!(
            shop.api.settings_set(key, value).await.unwrap_err().code,
            Code::BadInput,
            "{key} {value}"
        );
    }
}

//! Starter packs through the api: taken in, nothing twice, nothing written over, and taken back with one change.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::Shop;
use theke_engine::api::Code;
use theke_engine::api::types::{PackView, ReplyTextView};

async fn pack(shop: &Shop, slug: &str) -> PackView {
    shop.api.packs().await.unwrap().into_iter().find(|pack| pack.slug == slug).unwrap()
}

async fn hours(shop: &Shop) -> String {
    shop.api.settings_get(Some("shop.hours".into())).await.unwrap()["shop.hours"].clone()
}

#[tokio::test]
async fn a_pack_is_taken_in_once_and_taken_back_with_one_change() {
    let shop = Shop::open().await;
    let before = hours(&shop).await;
    let offered = pack(&shop, "bike_shop").await;
    assert_eq!((offered.name.as_str(), offered.installed), ("Fahrradladen", false));
    assert!(offered.hours.starts_with("Di–Fr 9:30–12:30, 14:00–18:30"), "{}", offered.hours);

    let added = shop.api.pack_add("bike_shop").await.unwrap();
    let (replies, rules) = (offered.replies.len(), offered.rules.len());
    assert_eq!((added.replies as usize, added.rules as usize, added.hours), (replies, rules, true));
    let stored = shop.api.rules().await.unwrap();
    assert_eq!(stored.iter().map(|rule| rule.name.clone()).collect::<Vec<_>>(), offered.rules);
    for rule in &stored {
        assert!(!rule.on && rule.mode == "suggest" && rule.pack.contains('/'), "{rule:?}");
        assert_eq!(rule.problems, [], "{}", rule.name);
    }
    assert_eq!(shop.api.standard_replies(None).await.unwrap().len(), replies);
    assert!(hours(&shop).await.contains("\"tue\":[[\"09:30\",\"12:30\"]"));
    assert!(pack(&shop, "bike_shop").await.installed);

    let again = shop.api.pack_add("bike_shop").await.unwrap();
    assert_eq!((again.replies, again.rules, again.hours, again.undo_id), (0, 0, false, None));

    let undone = shop.api.undo(added.undo_id.unwrap()).await.unwrap();
    assert_eq!((undone.what.as_str(), undone.subject.as_str()), ("pack_added", "Fahrradladen"));
    assert_eq!(shop.api.rules().await.unwrap().len(), 0);
    assert_eq!(shop.api.standard_replies(None).await.unwrap().len(), 0);
    assert_eq!(hours(&shop).await, before);
    assert!(!pack(&shop, "bike_shop").await.installed);
    assert_eq!(shop.api.pack_add("bike_shop").await.unwrap().replies as usize, replies, "and in again");
}

#[tokio::test]
async fn what_the_shop_has_is_never_written_over() {
    let shop = Shop::open().await;
    let own = r#"{"mon":[["08:00","12:00"]]}"#;
    shop.api.settings_set("shop.hours", own).await.unwrap();
    let text = |text: &str| ReplyTextView { language: "de".into(), medium: String::new(), text: text.into() };
    shop.api.standard_reply_save(None, "Unsere Zeiten", "zeiten", vec![text("Eigenes.")]).await.unwrap();
    shop.api.standard_reply_save(None, "stand der reparatur", "", vec![text("Auch eigenes.")]).await.unwrap();

    let added = shop.api.pack_add("bike_shop").await.unwrap();
    let offered = pack(&shop, "bike_shop").await;
    assert_eq!((added.replies as usize, added.hours), (offered.replies.len() - 2, false));
    assert_eq!(hours(&shop).await, own);
    let replies = shop.api.standard_replies(None).await.unwrap();
    let of = |shortcut: &str| replies.iter().find(|reply| reply.shortcut == shortcut);
    assert_eq!(of("zeiten").unwrap().texts, [text("Eigenes.")]);
    assert!(of("reparatur").is_none(), "the shop's own of this name stays the only one");
    let rules = shop.api.rules().await.unwrap();
    let status = rules.iter().find(|rule| rule.pack == "bike_shop/repair_status").unwrap();
    assert!(status.source.contains("stand der reparatur"), "{}", status.source);
    assert!(rules.iter().all(|rule| rule.problems.is_empty()));

    // What a person changed since stays when the pack is taken back.
    let changed = of("werkstatt").unwrap().clone();
    shop.clock.forward(60);
    shop.api
        .standard_reply_save(Some(changed.id), &changed.name, &changed.shortcut, vec![text("Neu.")])
        .await
        .unwrap();
    shop.api.undo(added.undo_id.unwrap()).await.unwrap();
    let left: Vec<_> = shop.api.standard_replies(None).await.unwrap();
    assert_eq!(left.len(), 3);
    assert_eq!(hours(&shop).await, own);
}

#[tokio::test]
async fn two_trades_share_what_every_trade_has() {
    let shop = Shop::open().await;
    shop.api.settings_set("shop.language", "it").await.unwrap();
    let first = shop.api.pack_add("bakery").await.unwrap();
    let second = shop.api.pack_add("restaurant").await.unwrap();
    assert!(first.hours && !second.hours);
    let (bakery, restaurant) = (pack(&shop, "bakery").await, pack(&shop, "restaurant").await);
    assert_eq!((bakery.name.as_str(), restaurant.installed), ("Panetteria", true));
    assert!(bakery.replies.contains(&"Orari di apertura".to_owned()), "{:?}", bakery.replies);
    let rules = shop.api.rules().await.unwrap();
    let hours = rules.iter().filter(|rule| rule.pack == "every_trade/hours").count();
    assert_eq!((hours, rules.len()), (1, bakery.rules.len() + restaurant.rules.len() - 4));
    assert_eq!(shop.api.pack_add("butcher").await.unwrap_err().code, Code::NotFound);
}

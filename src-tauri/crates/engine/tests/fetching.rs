//! The first sync as a person sees it: how much is here, how far the search reaches, and that it can wait.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{ROSA, START, Shop, letter, message};
use theke_channels::Update;
use theke_domain::message::{Completeness, Direction};
use theke_engine::api::types::{Event, FetchingView};

/// Rosa's letter of so many days ago, whole or only its headers.
fn old(number: u32, days: i64, completeness: Completeness) -> Update {
    let mut letter = letter(number, ROSA, &format!("Anfrage {number}"), &format!("Text {number}"));
    letter.at = START.plus_secs(-days * 86_400);
    letter.received_at = letter.at;
    letter.completeness = completeness;
    message(letter)
}

fn days_ago(days: i64) -> Option<String> {
    Some(START.plus_secs(-days * 86_400).to_rfc3339())
}

async fn fetching(shop: &Shop) -> Option<FetchingView> {
    let account = shop.api.accounts().await.unwrap().into_iter().find(|one| one.id == shop.letter_account);
    account.unwrap().fetching
}

/// Waits for the running engine until this is so.
async fn until(shop: &Shop, what: impl Fn(Option<&FetchingView>) -> bool) -> Option<FetchingView> {
    let mut events = shop.api.subscribe();
    loop {
        let now = fetching(shop).await;
        if what(now.as_ref()) {
            return now;
        }
        let _ = events.recv().await;
    }
}

#[tokio::test]
async fn progress_says_how_much_is_here_and_how_far_the_search_reaches() {
    let shop = Shop::open().await;
    assert_eq!(fetching(&shop).await, None);
    shop.letters.hold_old(true);
    shop.letters.hand_in(vec![old(1, 5, Completeness::Headers), old(2, 40, Completeness::Headers)]);
    shop.letters.hand_in_old_of(vec![old(1, 5, Completeness::Whole), old(3, 10, Completeness::Whole)], 2, 4);
    let engine = shop.start().await;
    let now = until(&shop, |now| now.is_some_and(|now| now.remaining == 2)).await.unwrap();
    assert_eq!((now.loaded, now.reaches_to.clone()), (Some(2), days_ago(5)));
    assert_eq!((now.paused, now.minutes_left), (false, None));
    assert_eq!(shop.api.overview().await.unwrap().progress, Some(now));

    // What the shop sent itself lies in another folder and says nothing about what customers wrote.
    let Update::Message(mut sent) = old(9, 1, Completeness::Whole) else { unreachable!() };
    sent.direction = Direction::Out;
    sent.at = START.plus_secs(-45 * 86_400);
    shop.letters.hand_in_old_of(vec![Update::Message(sent), old(2, 40, Completeness::Whole)], 1, 4);
    // The search reaches there once what came is in its index.
    let there = |now: &FetchingView| now.remaining == 1 && now.reaches_to == days_ago(40);
    let now = until(&shop, |now| now.is_some_and(there)).await.unwrap();
    assert_eq!(now.loaded, Some(3));
    shop.letters.hand_in_old_of(vec![old(4, 50, Completeness::Whole)], 0, 4);
    until(&shop, |now| now.is_none()).await;
    assert_eq!(shop.api.overview().await.unwrap().progress, None, "it ends quietly");
    shop.letters.hold_old(false);
    engine.stop().await;
}

#[tokio::test]
async fn looking_for_news_in_between_does_not_make_the_progress_jump() {
    let shop = Shop::open().await;
    shop.letters.hold_old(true);
    shop.letters.hand_in_old_of(vec![old(1, 10, Completeness::Whole)], 5, 6);
    let engine = shop.start().await;
    until(&shop, |now| now.is_some_and(|now| now.remaining == 5)).await;
    shop.api.account_pause_fetching(shop.letter_account, true).await.unwrap();
    // Stopped first: an answer to what was asked before the pause would be the end of it.
    engine.stop().await;
    shop.letters.hold_old(false);
    // A poll that knows of nothing left.
    shop.receive(vec![message(letter(7, ROSA, "Neu", "Heute"))]).await;
    assert_eq!(fetching(&shop).await.unwrap().remaining, 5);
}

#[tokio::test]
async fn a_pause_holds_older_messages_back_survives_a_start_and_lets_new_ones_through() {
    let mut shop = Shop::open().await;
    shop.letters.hold_old(true);
    shop.letters.hand_in_old_of(vec![old(1, 10, Completeness::Whole)], 5, 6);
    let engine = shop.start().await;
    until(&shop, |now| now.is_some_and(|now| now.remaining == 5)).await;
    let view = shop.api.account_pause_fetching(shop.letter_account, true).await.unwrap();
    assert!(view.fetching.unwrap().paused);
    engine.stop().await;
    shop.letters.hold_old(false);
    shop.letters.hand_in_old_of(vec![old(2, 20, Completeness::Whole)], 4, 6);

    shop.reopen().await;
    let mut events = shop.api.subscribe();
    let engine = shop.start().await;
    shop.letters.hand_in(vec![message(letter(7, ROSA, "Neu", "Heute"))]);
    while !matches!(events.recv().await.unwrap(), Event::MessageReceived { .. }) {}
    engine.stop().await;
    // By hand, too: what waits is not fetched behind the person's back.
    shop.api.sync_once(None).await.unwrap();
    let now = fetching(&shop).await.unwrap();
    assert_eq!((now.paused, now.remaining), (true, 5));
    assert!(shop.api.overview().await.unwrap().progress.unwrap().paused);

    let engine = shop.start().await;
    until(&shop, |now| now.is_some()).await;
    shop.api.account_pause_fetching(shop.letter_account, false).await.unwrap();
    until(&shop, |now| now.is_none()).await;
    engine.stop().await;
    assert_eq!(shop.api.overview().await.unwrap().messages, 3);
}

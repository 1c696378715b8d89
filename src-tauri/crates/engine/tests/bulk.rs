//! A large first sync: everything once, counted right, found by search.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{Shop, letter, message};
use theke_domain::message::Completeness;

const MANY: u32 = 2_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_first_sync_of_many_letters_is_whole_and_counted() {
    let shop = Shop::open().await;
    let whole = |n: u32| {
        let customer = n % 400;
        let mut one =
            letter(n, (&format!("Kunde {customer}"), &format!("k{customer}@kunde.example")), "", "");
        one.subject = Some(format!("Anliegen Nummer {n}"));
        one.text =
            format!("Guten Tag, hier schreibt Kunde {customer} wegen Sache{n}. Mit freundlichen Grüßen");
        one.text_without_quote = one.text.clone();
        one.flags.seen = n.is_multiple_of(2);
        one
    };
    let headers = |n: u32| {
        let mut one = whole(n);
        one.text.clear();
        one.text_without_quote.clear();
        one.completeness = Completeness::Headers;
        one
    };
    for first in (1..=MANY).step_by(500) {
        shop.letters.hand_in_batch((first..first + 500).map(|n| message(headers(n))).collect(), true);
    }
    shop.letters.hand_in(Vec::new());
    for first in (1..=MANY).step_by(100) {
        shop.letters.hand_in_old((first..first + 100).map(|n| message(whole(n))).collect(), 0);
    }
    let began = std::time::Instant::now();
    let result = shop.api.sync_once(None).await.unwrap();
    println!("{MANY} letters in {:?}", began.elapsed());
    assert_eq!(result.accounts[0].received, u64::from(MANY), "{result:?}");
    let overview = shop.api.overview().await.unwrap();
    assert_eq!(
        (overview.messages, overview.unread, overview.indexing),
        (u64::from(MANY), u64::from(MANY / 2), 0)
    );
    assert_eq!(shop.api.contacts(None, 10_000).await.unwrap().len(), 400);
    assert_eq!(shop.api.search("Sache1234", 10).await.unwrap().messages.len(), 1);
    let wrong: Vec<_> =
        shop.api.doctor().await.unwrap().into_iter().filter(|c| c.check == "database" && !c.ok).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

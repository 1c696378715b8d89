//! Forgetting: old messages of closed conversations where the shop wants that, and removed notes after a day.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{START, Shop, letter, message};
use theke_domain::message::Incoming;
use theke_engine::api::Code;
use theke_engine::api::types::ConversationChange;

const YEAR: i64 = 366 * 24 * 3600;

/// A letter of somebody, so many years ago.
fn old(number: u32, from: &str, years: i64, word: &str) -> Incoming {
    let at = START.plus_secs(-years * YEAR - 3600);
    let address = format!("{from}@kunde.example");
    let written = letter(number, (from, &address), word, word);
    Incoming { at, received_at: at, ..written }
}

async fn close(shop: &Shop, id: i64) {
    shop.api.conversation_set_status(id, "closed", None).await.unwrap();
}

/// The conversation of this customer.
async fn of(shop: &Shop, name: &str) -> i64 {
    let all = shop.api.conversations(Some("all".into()), false, None, 100).await.unwrap().conversations;
    all.iter().find(|row| row.contact_name == name).unwrap_or_else(|| panic!("{name} in {all:#?}")).id
}

async fn found(shop: &Shop, word: &str) -> usize {
    shop.api.search(word, 10).await.unwrap().messages.len()
}

/// Five customers of four years ago and one of last year. All but Berta's matters are closed.
async fn years_of_mail() -> Shop {
    let shop = Shop::open().await;
    let names = ["adam", "berta", "carla", "doris", "emil"];
    let mut letters: Vec<_> = names
        .iter()
        .zip(1..)
        .map(|(name, number)| message(old(number, name, 4, &format!("{name}suchwort"))))
        .collect();
    letters.push(message(old(6, "frieda", 1, "friedasuchwort")));
    shop.receive(letters).await;
    for name in ["adam", "carla", "doris", "emil", "frieda"] {
        close(&shop, of(&shop, name).await).await;
    }
    // Carla's has a star, Doris' a draft.
    let star = ConversationChange { starred: Some(true), status: None, until: None, seen: None, spam: None };
    shop.api.conversations_change(vec![of(&shop, "carla").await], star).await.unwrap();
    shop.api.draft_save(of(&shop, "doris").await, "Noch nicht fertig", None).await.unwrap();
    shop
}

#[tokio::test]
async fn nothing_is_forgotten_unless_the_shop_wants_it() {
    let shop = years_of_mail().await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.api.overview().await.unwrap().messages, 6);
    let none = shop.api.retention_preview(0).await.unwrap();
    assert_eq!((none.messages, none.before, none.shortens), (0, None, false));
    assert!(shop.api.retention_preview(30).await.unwrap().shortens, "something may go one day");
    assert_eq!(shop.api.retention_preview(31).await.unwrap_err().code, Code::BadInput);
}

#[tokio::test]
async fn old_closed_matters_go_and_what_is_open_or_marked_stays() {
    let shop = years_of_mail().await;
    let note = of(&shop, "adam").await;
    let adam = shop.conversation(note).await.conversation.contact_id;
    shop.clock.set(START.plus_secs(-4 * YEAR));
    shop.api.note_add(note, "adamsnotiz").await.unwrap();
    shop.clock.set(START);
    let preview = shop.api.retention_preview(3).await.unwrap();
    assert_eq!((preview.messages, preview.conversations, preview.notes), (2, 2, 1), "{preview:?}");
    assert_eq!(shop.api.overview().await.unwrap().messages, 6, "asking changes nothing");

    shop.api.settings_set("privacy.keep_years", "3").await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.api.overview().await.unwrap().messages, 4);
    for (name, there) in [("adam", 0), ("berta", 1), ("carla", 1), ("doris", 1), ("emil", 0), ("frieda", 1)] {
        assert_eq!(found(&shop, &format!("{name}suchwort")).await, there, "{name}");
    }
    assert!(shop.api.search("adamsnotiz", 10).await.unwrap().notes.is_empty());
    let left = serde_json::to_string(&shop.api.contact(adam, None).await.unwrap()).unwrap();
    assert!(left.contains("adam@kunde.example"), "the customer is still there");
    assert!(!left.contains("adamsuchwort") && !left.contains("adamsnotiz"), "{left}");
    let after = shop.api.retention_preview(3).await.unwrap();
    assert_eq!((after.messages, after.conversations, after.notes), (0, 0, 0));
    assert!(!shop.api.retention_preview(5).await.unwrap().shortens, "longer takes nothing away");
    let checks = shop.api.doctor().await.unwrap();
    assert!(checks.iter().all(|check| check.check != "database" || check.ok), "{checks:#?}");
}

#[tokio::test]
async fn of_a_long_conversation_only_the_old_part_goes() {
    let shop = Shop::open().await;
    shop.receive(vec![message(old(1, "adam", 4, "uralt"))]).await;
    let mut answer = letter(2, ("adam", "adam@kunde.example"), "uralt", "neulich");
    answer.thread.in_reply_to = Some("<1@kunde.example>".to_owned());
    shop.receive(vec![message(answer)]).await;
    let id = shop.only_conversation().await;
    close(&shop, id).await;
    shop.api.settings_set("privacy.keep_years", "2").await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    let left = shop.conversation(id).await;
    assert_eq!(left.messages.len(), 1);
    assert_eq!(left.messages[0].text_without_quote, "neulich");
    assert_eq!(
        (found(&shop, "uralt").await, found(&shop, "neulich").await),
        (1, 1),
        "its subject is the same"
    );
}

#[tokio::test]
async fn many_go_in_slices_while_the_engine_runs() {
    let shop = Shop::open().await;
    let letters = (1..=130).map(|number| message(old(number, "adam", 4, "alt"))).collect();
    shop.receive(letters).await;
    for row in shop.api.conversations(None, false, None, 200).await.unwrap().conversations {
        close(&shop, row.id).await;
    }
    shop.api.settings_set("privacy.keep_years", "3").await.unwrap();
    let mut events = shop.api.subscribe();
    let running = shop.start().await;
    while shop.api.overview().await.unwrap().messages > 0 {
        // Lagging only means that there is something to look at.
        let _ = events.recv().await;
    }
    running.stop().await;
}

#[tokio::test]
async fn what_is_too_old_is_not_fetched_again_but_a_wrong_date_hides_nothing() {
    let shop = years_of_mail().await;
    shop.api.settings_set("privacy.keep_years", "3").await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    let mut again = old(1, "adam", 4, "adamsuchwort");
    again.remote_id.0 = "INBOX/neu/1".to_owned();
    let wrong_clock = Incoming { received_at: START, ..old(7, "gustav", 30, "gustavsuchwort") };
    shop.receive(vec![message(again), message(wrong_clock)]).await;
    close(&shop, of(&shop, "gustav").await).await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!((found(&shop, "adamsuchwort").await, found(&shop, "gustavsuchwort").await), (0, 1));
}

#[tokio::test]
async fn a_removed_note_can_be_brought_back_for_a_day_and_is_gone_then() {
    let (shop, id) = Shop::with_a_letter().await;
    let note = shop.api.note_add(id, "zitronenfalter").await.unwrap();
    shop.api.note_change(note.id, "").await.unwrap();
    shop.clock.forward(23 * 3600);
    shop.api.sync_once(None).await.unwrap();
    shop.api.undo_last().await.unwrap().unwrap();
    assert_eq!(shop.api.search("zitronenfalter", 10).await.unwrap().notes.len(), 1);
    shop.api.note_change(note.id, "").await.unwrap();
    shop.clock.forward(25 * 3600);
    shop.api.sync_once(None).await.unwrap();
    assert!(shop.api.changes().await.unwrap().is_empty());
    assert!(shop.api.undo_last().await.unwrap().is_none());
}

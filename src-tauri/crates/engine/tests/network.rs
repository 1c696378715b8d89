//! The network goes and comes back, costs by volume, and the computer sleeps: what the engine makes of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{Fault, ROSA, Shop, letter, message};
use theke_engine::api::types::{Event, ReplyInput, WrittenInput};

/// Waits until this is so; the engine tells when to look.
async fn until(shop: &Shop, what: impl AsyncFn(&Shop) -> bool) {
    let mut events = shop.api.subscribe();
    while !what(shop).await {
        let _ = events.recv().await;
    }
}

async fn received(shop: &Shop, number: u32) {
    let mut events = shop.api.subscribe();
    shop.letters.hand_in(vec![message(letter(number, ROSA, "Frage", "Noch da?"))]);
    while !matches!(events.recv().await.unwrap(), Event::MessageReceived { .. }) {}
}

async fn offline(shop: &Shop) -> bool {
    shop.api.overview().await.unwrap().offline
}

/// The cable is out: whoever is asked cannot be reached.
fn cut(shop: &Shop) {
    for provider in [&shop.letters, &shop.texts] {
        provider.unplug(true);
    }
}

fn plug_in(shop: &Shop) {
    for provider in [&shop.letters, &shop.texts] {
        provider.unplug(false);
    }
}

#[tokio::test]
async fn what_waited_leaves_once_when_the_network_is_back() {
    let (shop, id) = Shop::with_a_letter().await;
    let engine = shop.start().await;
    shop.letters.wait_idle().await;
    shop.texts.wait_idle().await;
    cut(&shop);
    shop.api.network_changed(false, false).await.unwrap();
    assert!(offline(&shop).await, "it is known at once, before any server fell silent");
    let queued = shop.answer(id, "Ihr Rad ist fertig", None).await;
    shop.letters.wait_attempts(1).await;
    until(&shop, async |shop| {
        let rows = shop.api.outbox().await.unwrap();
        rows.iter().any(|row| row.state == "queued" && row.error.is_some())
    })
    .await;
    assert!(shop.letters.sent().is_empty());
    plug_in(&shop);
    shop.api.network_changed(true, false).await.unwrap();
    // The clock of this shop stands still: without being hurried it would wait for ever.
    shop.wait_delivery(queued.message_id, "sent").await;
    until(&shop, async |shop| !offline(shop).await).await;
    assert_eq!(shop.letters.sent().len(), 1);
    engine.stop().await;
}

#[tokio::test]
async fn a_server_that_answers_outweighs_what_the_system_says() {
    let shop = Shop::open().await;
    let engine = shop.start().await;
    shop.api.network_changed(false, false).await.unwrap();
    until(&shop, async |shop| !offline(shop).await).await;
    received(&shop, 1).await;
    engine.stop().await;
}

#[tokio::test]
async fn over_a_metered_connection_older_messages_wait_and_everything_else_goes_on() {
    let shop = Shop::open().await;
    shop.api.network_changed(true, true).await.unwrap();
    shop.letters.hand_in_old_of(vec![message(letter(1, ROSA, "Alt", "Von früher"))], 0, 1);
    let engine = shop.start().await;
    received(&shop, 2).await;
    let id = shop.only_conversation().await;
    let queued = shop.answer(id, "Ja", None).await;
    shop.wait_delivery(queued.message_id, "sent").await;
    let overview = shop.api.overview().await.unwrap();
    assert!(overview.metered && overview.holds_back && !overview.offline);
    assert_eq!(overview.messages, 2, "the old one waits");
    shop.api.load_anyway().await.unwrap();
    until(&shop, async |shop| shop.api.overview().await.unwrap().messages == 3).await;
    let overview = shop.api.overview().await.unwrap();
    assert!(overview.metered && !overview.holds_back);
    engine.stop().await;
}

#[tokio::test]
async fn older_messages_are_said_to_wait_only_where_some_are_left() {
    let shop = Shop::open().await;
    let metered = async |metered: bool| {
        shop.api.network_changed(true, metered).await.unwrap();
        shop.api.overview().await.unwrap()
    };
    assert!(metered(true).await.holds_back, "nobody looked yet what there is");
    shop.api.load_anyway().await.unwrap();
    assert!(!shop.api.overview().await.unwrap().holds_back);
    // The wish was for that connection.
    assert!(!metered(false).await.holds_back);
    assert!(metered(true).await.holds_back);
    metered(false).await;
    shop.api.sync_once(None).await.unwrap();
    let overview = metered(true).await;
    assert!(overview.metered && !overview.holds_back, "everything is here");
}

#[tokio::test]
async fn a_computer_that_slept_catches_up_at_once() {
    let (shop, id) = Shop::with_a_letter().await;
    let at = shop.clock_now().plus_secs(3 * 3600);
    let written = WrittenInput {
        body: "Guten Morgen".into(),
        send_at: Some(at.to_rfc3339()),
        ..WrittenInput::default()
    };
    let queued = shop.api.reply(ReplyInput { conversation_id: id, written, ..ReplyInput::default() }).await;
    let queued = queued.unwrap();
    let engine = shop.start().await;
    let mut events = shop.api.subscribe();
    shop.letters.wait_idle().await;
    // It came while nobody could hear of it, and the server does not say so again.
    shop.letters.hand_in_unheard(vec![message(letter(2, ROSA, "Frage", "Noch da?"))]);
    shop.clock.forward(8 * 3600);
    while !matches!(events.recv().await.unwrap(), Event::MessageReceived { .. }) {}
    shop.wait_delivery(queued.message_id, "sent").await;
    engine.stop().await;
}

#[tokio::test]
async fn what_leaves_later_stands_where_it_left() {
    let (shop, id) = Shop::with_a_letter().await;
    let at = shop.clock_now().plus_secs(86_400);
    let written = WrittenInput {
        body: "Ihr Fahrradschlauch ist da".into(),
        send_at: Some(at.to_rfc3339()),
        ..WrittenInput::default()
    };
    let input = ReplyInput { conversation_id: id, written, ..ReplyInput::default() };
    let own = shop.api.reply(input).await.unwrap().message_id;
    let mut second = letter(2, ROSA, "Re: Bremse", "Bitte auch die Klingel. Fahrradschlauch?");
    shop.clock.forward(3600);
    second.at = shop.clock_now();
    second.received_at = second.at;
    second.thread.in_reply_to = Some("<1@kunde.example>".into());
    shop.receive(vec![message(second)]).await;
    let order = async || -> Vec<i64> {
        shop.conversation(id).await.messages.iter().map(|message| message.id).collect()
    };
    let before = order().await;
    assert_eq!((before.len(), before[1]), (3, own), "written before the second letter");
    shop.clock.forward(86_400 + 60);
    shop.api.sync_once(None).await.unwrap();
    let left = shop.clock_now().to_rfc3339();
    let after = order().await;
    assert_eq!(after, [before[0], before[2], own], "it left after the second letter");
    let detail = shop.conversation(id).await;
    assert_eq!(detail.messages[2].at, left);
    assert_eq!(
        (detail.conversation.last_message_at, detail.conversation.last_direction.as_str()),
        (left, "out")
    );
    let found = shop.api.search("Fahrradschlauch", 10).await.unwrap().messages;
    let found: Vec<i64> = found.iter().map(|hit| hit.id).collect();
    assert_eq!(found, [own, before[2]], "newest first, each once");
}

#[tokio::test]
async fn a_wait_for_the_network_moves_the_message_too_and_a_moment_does_not() {
    let (shop, id) = Shop::with_a_letter().await;
    shop.letters.fail_send(Fault::Offline);
    let own = shop.answer(id, "Ja", None).await.message_id;
    let written = shop.clock_now().to_rfc3339();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.api.message(own).await.unwrap().at, written);
    shop.clock.forward(3600);
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.api.message(own).await.unwrap().at, shop.clock_now().to_rfc3339());
    let second = shop.answer(id, "Und noch etwas", None).await.message_id;
    let written = shop.clock_now().to_rfc3339();
    shop.clock.forward(30);
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.api.message(second).await.unwrap().at, written);
}

//! A Telegram bot against a stand-in that keeps state.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;
use theke_channels::registry::Registry;
use theke_channels::{AccountSettings, Channel, Cursor, ErrorKind, NoMarker, Retry, Update};
use theke_domain::address::Address;
use theke_domain::medium::ChannelKind;
use theke_domain::message::{ClientReference, Incoming, Outgoing, OutgoingPart, ThreadHeaders};
use theke_domain::time::Timestamp;
use theke_tests::telegram::{START_SECS, TOKEN, Telegram};

const ANNA: i64 = 4711;

fn open_with(url: &str, token: &str) -> theke_channels::Result<Arc<dyn Channel>> {
    let mut settings = AccountSettings { country: "DE".to_owned(), ..AccountSettings::default() };
    settings.values.insert("base_url".to_owned(), url.to_owned());
    settings.secrets.insert("token".to_owned(), token.to_owned());
    let registry = Registry::load(None);
    (registry.get(&ChannelKind::new("telegram")).unwrap().open)(settings)
}

fn open(telegram: &Telegram) -> Arc<dyn Channel> {
    open_with(&telegram.url(), TOKEN).unwrap()
}

fn to_chat(chat: i64, text: &str) -> Outgoing {
    Outgoing {
        reference: ClientReference("<0001@shop.example>".to_owned()),
        at: Timestamp::from_secs(START_SECS),
        to: Address::Handle { network: "telegram".to_owned(), value: chat.to_string() },
        to_name: None,
        cc: Vec::new(),
        subject: None,
        text: text.to_owned(),
        html: None,
        thread: ThreadHeaders::default(),
        parts: Vec::new(),
        automatic: false,
        payload: None,
    }
}

fn file(name: &str, mime_type: &str, bytes: usize) -> OutgoingPart {
    OutgoingPart { name: name.to_owned(), mime_type: mime_type.to_owned(), content: vec![7; bytes] }
}

fn messages(updates: Vec<Update>) -> Vec<Incoming> {
    let only = updates.into_iter().filter_map(|update| match update {
        Update::Message(message) => Some(*message),
        _ => None,
    });
    only.collect()
}

fn texts(updates: Vec<Update>) -> Vec<String> {
    messages(updates).into_iter().map(|message| message.text).collect()
}

#[tokio::test]
async fn nothing_is_confirmed_before_it_is_stored() {
    let telegram = Telegram::start().await;
    telegram.message(ANNA, "Anna", "eins");
    telegram.message(ANNA, "Anna", "zwei");
    let channel = open(&telegram);
    let lost = channel.poll(Cursor::start()).await.unwrap();
    assert_eq!(texts(lost.updates), ["eins", "zwei"]);
    // The program dies here: the batch was never stored.
    let channel = open(&telegram);
    let batch = channel.poll(Cursor::start()).await.unwrap();
    assert_eq!(texts(batch.updates), ["eins", "zwei"]);
    assert_eq!(telegram.pending(), 2, "stored or not, Telegram still has them");
    channel.acknowledge(&batch.id).await.unwrap();
    telegram.message(ANNA, "Anna", "drei");
    let batch = channel.poll(batch.cursor).await.unwrap();
    assert_eq!(texts(batch.updates), ["drei"]);
    assert_eq!(telegram.pending(), 1, "the two are confirmed by the request for the third");
}

#[tokio::test]
async fn many_updates_come_in_batches() {
    let telegram = Telegram::start().await;
    for n in 0..230 {
        telegram.message(ANNA, "Anna", &format!("{n}"));
    }
    let channel = open(&telegram);
    let mut cursor = Cursor::start();
    let mut all = Vec::new();
    loop {
        let batch = channel.poll(cursor).await.unwrap();
        all.extend(texts(batch.updates));
        cursor = batch.cursor;
        if !batch.more {
            break;
        }
    }
    assert_eq!(all, (0..230).map(|n| n.to_string()).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_when_something_comes() {
    let telegram = Telegram::start().await;
    telegram.message(ANNA, "Anna", "eins");
    let channel = open(&telegram);
    let batch = channel.poll(Cursor::start()).await.unwrap();
    channel.acknowledge(&batch.id).await.unwrap();
    let before = telegram.calls().len();
    let start = tokio::time::Instant::now();
    let news = async {
        telegram.wait_for_call("getUpdates", before).await;
        tokio::time::sleep(Duration::from_secs(5)).await;
        telegram.message(ANNA, "Anna", "zwei");
    };
    tokio::join!(channel.wait(Duration::from_secs(60)), news);
    assert_eq!(start.elapsed().as_secs(), 5);
    let batch = channel.poll(batch.cursor).await.unwrap();
    assert_eq!(texts(batch.updates), ["zwei"], "waiting confirms nothing");
    let start = tokio::time::Instant::now();
    channel.acknowledge(&batch.id).await.unwrap();
    channel.wait(Duration::from_secs(60)).await;
    assert_eq!(start.elapsed().as_secs(), 50, "Telegram is asked to hold for at most 50 seconds");
}

#[tokio::test]
async fn a_day_without_asking_says_what_may_be_missing() {
    let telegram = Telegram::start().await;
    let channel = open(&telegram);
    let first = channel.poll(Cursor::start()).await.unwrap();
    assert_eq!(first.updates, []);
    telegram.message(ANNA, "Anna", "am Freitag");
    telegram.advance_secs(60 * 3600);
    telegram.message(ANNA, "Anna", "am Montag");
    let batch = open(&telegram).poll(first.cursor).await.unwrap();
    let gap = batch.updates.iter().find(|update| matches!(update, Update::Gap { .. }));
    let wanted = Update::Gap {
        since: Timestamp::from_secs(START_SECS),
        until: Timestamp::from_secs(START_SECS + 36 * 3600),
    };
    assert_eq!(gap, Some(&wanted));
    assert_eq!(texts(batch.updates), ["am Montag"]);
}

#[tokio::test]
async fn each_refusal_has_its_sort() {
    let telegram = Telegram::start().await;
    let channel = open(&telegram);
    telegram.rate_limit(1, 12);
    let error = channel.check().await.unwrap_err();
    assert_eq!((error.kind, error.retry), (ErrorKind::RateLimited, Retry::After(Duration::from_secs(12))));
    telegram.set_conflict(true);
    let error = channel.check().await.unwrap_err();
    assert_eq!((error.kind, error.retry), (ErrorKind::Config, Retry::Backoff));
    assert!(error.text.contains("another program"), "{error}");
    telegram.set_conflict(false);
    telegram.page_next_fetch();
    assert_eq!(channel.check().await.unwrap_err().kind, ErrorKind::Network);
    telegram.fail_next_fetch();
    assert_eq!(channel.check().await.unwrap_err().kind, ErrorKind::Network);
    let wrong = open_with(&telegram.url(), "1:wrong").unwrap();
    assert_eq!(wrong.check().await.unwrap_err().kind, ErrorKind::Auth);
    assert_eq!(open_with(&telegram.url(), "no token").err().unwrap().kind, ErrorKind::Config);
    assert_eq!(open_with("https://other.example", TOKEN).err().unwrap().kind, ErrorKind::Config);
    channel.check().await.unwrap();
}

#[tokio::test]
async fn a_webhook_is_taken_away() {
    let telegram = Telegram::start().await;
    telegram.set_webhook(true);
    telegram.message(ANNA, "Anna", "wartet");
    let channel = open(&telegram);
    channel.check().await.unwrap();
    let batch = channel.poll(Cursor::start()).await.unwrap();
    assert_eq!(texts(batch.updates), ["wartet"]);
}

#[tokio::test]
async fn an_answer_names_what_it_answers() {
    let telegram = Telegram::start().await;
    telegram.message(ANNA, "Anna", "Noch da?");
    let channel = open(&telegram);
    let batch = channel.poll(Cursor::start()).await.unwrap();
    let question = messages(batch.updates).remove(0);
    let mut answer = to_chat(ANNA, "Ja, *zwei* <b>Stück</b> {{secret.token}}");
    answer.thread.in_reply_to = question.thread.message_id.clone();
    let id = channel.send(&answer, &NoMarker).await.unwrap();
    let sent = telegram.sent().remove(0);
    assert_eq!((sent.method.as_str(), sent.text.as_str()), ("sendMessage", answer.text.as_str()));
    assert_eq!(sent.reply_to, Some(1));
    assert_eq!(id.0, format!("{ANNA}/{}", sent.message_id));
    assert!(!telegram.calls().iter().any(|call| call.params.get("parse_mode").is_some()));
    answer.thread.in_reply_to = Some("<a mail@shop.example>".to_owned());
    channel.send(&answer, &NoMarker).await.unwrap();
    assert_eq!(telegram.sent()[1].reply_to, None);
}

#[tokio::test]
async fn a_business_chat_is_answered_through_its_connection() {
    let telegram = Telegram::start().await;
    telegram.push(json!({ "business_message": {
        "message_id": 5, "date": START_SECS, "text": "Hallo", "business_connection_id": "C-1",
        "chat": { "id": ANNA, "type": "private" }, "from": { "id": ANNA, "first_name": "Anna" } } }));
    let channel = open(&telegram);
    channel.poll(Cursor::start()).await.unwrap();
    channel.send(&to_chat(ANNA, "Guten Tag"), &NoMarker).await.unwrap();
    assert_eq!(telegram.sent()[0].business.as_deref(), Some("C-1"));
}

#[tokio::test]
async fn files_go_both_ways() {
    let telegram = Telegram::start().await;
    telegram.document(ANNA, "Anna", "plan.pdf", b"%PDF-1.7 plan", "Der Plan");
    let channel = open(&telegram);
    let batch = channel.poll(Cursor::start()).await.unwrap();
    let message = messages(batch.updates).remove(0);
    let part = &message.parts[0];
    assert_eq!((part.name.as_deref(), part.size_bytes), (Some("plan.pdf"), 13));
    let bytes = channel.fetch_part(part.part_ref.as_ref().unwrap()).await.unwrap();
    assert_eq!(bytes.as_ref(), b"%PDF-1.7 plan");

    let mut one = to_chat(ANNA, "Ihr Angebot");
    one.parts = vec![file("ange\r\nbot\".pdf", "application/pdf", 1000)];
    channel.send(&one, &NoMarker).await.unwrap();
    let mut two = to_chat(ANNA, "Zwei Bilder");
    two.parts = vec![file("a.jpg", "image/jpeg", 10), file("b.txt", "text/plain", 20)];
    channel.send(&two, &NoMarker).await.unwrap();
    let sent = telegram.sent();
    let shapes: Vec<_> = sent
        .iter()
        .map(|sent| {
            (sent.method.as_str(), sent.text.as_str(), sent.file.as_ref().map(|(name, _)| name.as_str()))
        })
        .collect();
    assert_eq!(
        shapes,
        [
            ("sendDocument", "Ihr Angebot", Some("angebot.pdf")),
            ("sendMessage", "Zwei Bilder", None),
            ("sendPhoto", "", Some("a.jpg")),
            ("sendDocument", "", Some("b.txt")),
        ]
    );
    assert_eq!(sent[0].file.as_ref().map(|(_, bytes)| bytes.len()), Some(1000));
}

#[tokio::test]
async fn refused_sends_are_definite() {
    let telegram = Telegram::start().await;
    let channel = open(&telegram);
    telegram.block(ANNA);
    let error = channel.send(&to_chat(ANNA, "Hallo"), &NoMarker).await.unwrap_err();
    assert_eq!((error.kind, error.ambiguous), (ErrorKind::Rejected, false));
    assert!(error.text.contains("blocked"), "{error}");
    telegram.rate_limit(1, 30);
    let error = channel.send(&to_chat(1, "Hallo"), &NoMarker).await.unwrap_err();
    assert_eq!((error.retry, error.ambiguous), (Retry::After(Duration::from_secs(30)), false));
    let error = channel.send(&to_chat(1, &"ä".repeat(4097)), &NoMarker).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Rejected);
    assert_eq!(telegram.sent(), []);
}

#[tokio::test]
async fn a_group_that_moved_gets_its_answer_at_the_new_place() {
    let telegram = Telegram::start().await;
    telegram.migrate(-5, -1005);
    let id = open(&telegram).send(&to_chat(-5, "Hallo"), &NoMarker).await.unwrap();
    assert_eq!(telegram.sent().len(), 1);
    assert!(id.0.starts_with("-1005/"), "{id:?}");
}

#[tokio::test]
async fn a_dropped_send_is_in_doubt() {
    let telegram = Telegram::start().await;
    telegram.drop_next_send();
    let error = open(&telegram).send(&to_chat(ANNA, "Hallo"), &NoMarker).await.unwrap_err();
    assert!(error.ambiguous, "{error}");
    assert_eq!(telegram.sent().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_unanswered_send_is_in_doubt() {
    let telegram = Telegram::start().await;
    telegram.silence_next();
    let error = open(&telegram).send(&to_chat(ANNA, "Hallo"), &NoMarker).await.unwrap_err();
    assert!(error.ambiguous, "{error}");
}

#[tokio::test]
async fn half_a_message_is_in_doubt() {
    let telegram = Telegram::start().await;
    let channel = open(&telegram);
    let mut message = to_chat(ANNA, &"x".repeat(2000));
    message.parts = vec![file("a.pdf", "application/pdf", 10)];
    telegram.block_after_next(ANNA);
    let error = channel.send(&message, &NoMarker).await.unwrap_err();
    assert!(error.ambiguous && error.text.contains("a part"), "{error}");
    assert_eq!(telegram.sent().len(), 1, "the text went through, the file met the block");
}

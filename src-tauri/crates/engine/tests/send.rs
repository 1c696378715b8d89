//! Sending: never lost, never twice unasked, in order, by the way the customer wants.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{Fault, ROSA, Shop, golden, letter, message, text};
use theke_engine::api::Code;
use theke_engine::api::types::{ReplyInput, WrittenInput};

async fn with_a_text() -> (Shop, i64) {
    let shop = Shop::open().await;
    shop.receive_texts(vec![message(text(1, "+491512345678", "Wann offen?"))]).await;
    let id = shop.only_conversation().await;
    (shop, id)
}

#[tokio::test]
async fn an_answer_goes_out_threaded_with_a_copy_and_a_decision() {
    let (shop, id) = Shop::with_a_letter().await;
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    assert_eq!(queued.route.medium.as_deref(), Some("email"));
    assert_eq!(queued.route.reasons[0].code, "last_message");
    shop.api.sync_once(None).await.unwrap();
    let sent = shop.letters.sent();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].subject.as_deref(), Some("Re: Bremse"));
    assert_eq!(sent[0].thread.in_reply_to.as_deref(), Some("<1@kunde.example>"));
    assert_eq!(sent[0].to_name.as_deref(), Some("Rosa Tannwald"));
    assert!(sent[0].reference.0.ends_with("@velo.example>"), "{:?}", sent[0].reference);
    assert_eq!(sent[0].payload.as_deref(), Some(format!("{}\nBis 18 Uhr.", sent[0].reference.0).as_bytes()));
    assert_eq!(shop.letters.copies(), 1);
    assert_eq!(
        golden::render(&shop.conversation(id).await),
        "waiting · Rosa Tannwald · Bremse · email · 1 unread\n\
         < email received [Bremse]: Wann offen?\n\
         > email sent [Re: Bremse]: Bis 18 Uhr."
    );
    let decision = &shop.api.decisions(10).await.unwrap()[0];
    assert_eq!((decision.mode.as_str(), decision.message_id), ("person", Some(queued.message_id)));
    assert!(shop.api.outbox().await.unwrap().is_empty());
}

#[tokio::test]
async fn whoever_wrote_last_gets_the_answer() {
    let shop = Shop::open().await;
    let karl = ("Karl Tannwald", "karl@kunde.example");
    let mut first = letter(1, ROSA, "Bremse", "Mein Mann kommt vorbei.");
    first.cc = vec![kit::party(karl.0, karl.1)];
    let mut second = letter(2, karl, "Re: Bremse", "Um 17 Uhr?");
    second.thread.in_reply_to = first.thread.message_id.clone();
    shop.receive(vec![message(first), message(second)]).await;
    let id = shop.only_conversation().await;
    let queued = shop.answer(id, "Gern.", None).await;
    assert_eq!(queued.route.address.as_deref(), Some("karl@kunde.example"));
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.letters.sent()[0].to_name.as_deref(), Some("Karl Tannwald"));
}

#[tokio::test]
async fn the_preferred_medium_decides_and_the_text_stays_in_the_conversation() {
    let (shop, id) = Shop::with_a_letter().await;
    let rosa = shop.conversation(id).await.conversation.contact_id;
    shop.api.contact_add_address(rosa, "0151 2345678").await.unwrap();
    shop.api.contact_prefer(rosa, Some("sms".into())).await.unwrap();
    let route = shop.api.route(id, None, 20, Vec::new()).await.unwrap();
    assert_eq!((route.medium.as_deref(), route.address.as_deref()), (Some("sms"), Some("+491512345678")));
    assert_eq!(route.reasons[0].code, "preference");
    shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.answer(id, "Und am Montag ab 9.", Some("email")).await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.texts.sent()[0].text, "Bis 18 Uhr.");
    assert_eq!(shop.texts.sent()[0].subject, None);
    let by_letter = &shop.letters.sent()[0];
    assert_eq!(
        by_letter.thread.in_reply_to.as_deref(),
        Some("<1@kunde.example>"),
        "threaded to the last letter"
    );
    assert_eq!(shop.conversation(id).await.messages.len(), 3);
    assert_eq!(shop.conversation(id).await.conversation.media, ["email", "sms"]);
}

#[tokio::test]
async fn the_copy_in_sent_is_recognised() {
    let (shop, id) = Shop::with_a_letter().await;
    shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.api.sync_once(None).await.unwrap();
    let sent = shop.letters.sent().remove(0);
    let mut copy = letter(70, ("Velo", "laden@velo.example"), "Re: Bremse", "Bis 18 Uhr.");
    copy.direction = theke_domain::message::Direction::Out;
    copy.to = vec![kit::party("Rosa Tannwald", ROSA.1)];
    copy.thread.message_id = Some(sent.reference.0);
    shop.receive(vec![message(copy)]).await;
    assert_eq!(shop.conversation(id).await.messages.len(), 2);
}

#[tokio::test]
async fn undo_gives_the_text_back() {
    let (shop, id) = Shop::with_a_letter().await;
    let input = ReplyInput {
        conversation_id: id,
        written: WrittenInput { body: "Zu früh geschickt".into(), now: false, ..WrittenInput::default() },
        ..ReplyInput::default()
    };
    let queued = shop.api.reply(input).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert!(shop.letters.sent().is_empty(), "the undo time has not passed");
    assert_eq!(shop.api.outbox().await.unwrap()[0].state, "queued");
    assert_eq!(
        shop.api.outbox_cancel(queued.message_id).await.unwrap().as_deref(),
        Some("Zu früh geschickt")
    );
    assert_eq!(shop.api.draft(id).await.unwrap().unwrap().body, "Zu früh geschickt");
    assert_eq!(shop.conversation(id).await.conversation.status, "open");
    shop.clock.forward(60);
    shop.api.sync_once(None).await.unwrap();
    assert!(shop.letters.sent().is_empty());
    assert_eq!(shop.api.outbox_cancel(queued.message_id).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn a_start_within_the_undo_time_asks_before_it_sends() {
    let (shop, id) = Shop::with_a_letter().await;
    let input = |body: &str, send_at| ReplyInput {
        conversation_id: id,
        written: WrittenInput { body: body.into(), now: false, send_at, ..WrittenInput::default() },
        ..ReplyInput::default()
    };
    let queued = shop.api.reply(input("Gerade gesendet", None)).await.unwrap();
    let tomorrow = kit::START.plus_secs(86_400).to_rfc3339();
    let planned = shop.api.reply(input("Für morgen", Some(tomorrow))).await.unwrap();
    let engine = shop.start().await;
    let states = |rows: &[theke_engine::api::types::OutboxView]| {
        rows.iter().map(|row| (row.message_id, row.state.clone())).collect::<Vec<_>>()
    };
    let rows = shop.api.outbox().await.unwrap();
    assert_eq!(
        states(&rows),
        [(queued.message_id, "held".to_owned()), (planned.message_id, "queued".to_owned())]
    );
    engine.stop().await;
    shop.clock.forward(60);
    shop.api.sync_once(None).await.unwrap();
    assert!(shop.letters.sent().is_empty(), "nobody said that it shall go");
    shop.api.outbox_retry(queued.message_id).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.letters.sent().len(), 1);
}

#[tokio::test]
async fn offline_means_queued_and_a_day_of_waiting_asks() {
    let (shop, id) = Shop::with_a_letter().await;
    shop.letters.fail_send(Fault::Offline);
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.api.sync_once(None).await.unwrap();
    let row = &shop.api.outbox().await.unwrap()[0];
    assert_eq!((row.state.as_str(), row.attempts), ("queued", 0));
    assert_eq!(row.error.as_ref().unwrap().code, Code::Unreachable);
    shop.clock.forward(25 * 3600);
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.api.outbox().await.unwrap()[0].state, "held");
    assert!(shop.letters.sent().is_empty());
    shop.api.outbox_retry(queued.message_id).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.letters.sent().len(), 1);
}

#[tokio::test]
async fn a_refused_login_uses_no_attempt_and_marks_the_account() {
    let (shop, id) = Shop::with_a_letter().await;
    shop.letters.fail_send(Fault::BadLogin);
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.api.sync_once(Some(shop.text_account)).await.unwrap();
    assert_eq!(shop.letters.attempts(), 0, "another account's sync sends nothing of this one");
    shop.api.sync_once(None).await.unwrap();
    let row = &shop.api.outbox().await.unwrap()[0];
    assert_eq!((row.state.as_str(), row.attempts), ("queued", 0));
    assert_eq!(
        shop.api.accounts().await.unwrap()[0].state,
        "needs_attention",
        "a poll that works does not hide it"
    );
    shop.api.account_try_now(shop.letter_account).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.delivery(queued.message_id).await, "sent");
}

#[tokio::test]
async fn a_refusal_for_good_fails_and_can_be_tried_again() {
    let (shop, id) = Shop::with_a_letter().await;
    shop.letters.fail_send(Fault::Refused);
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.api.sync_once(None).await.unwrap();
    let shown = shop.api.message(queued.message_id).await.unwrap();
    assert_eq!(shown.delivery, "failed");
    assert!(shown.error.unwrap().message.contains("refused"));
    assert_eq!(shop.conversation(id).await.conversation.status, "open", "the customer has no answer yet");
    assert_eq!(shop.api.overview().await.unwrap().outbox_attention, 1);
    shop.api.outbox_retry(queued.message_id).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.delivery(queued.message_id).await, "sent");
}

#[tokio::test]
async fn an_ambiguous_end_that_cannot_be_found_asks_and_is_never_repeated() {
    let (shop, id) = with_a_text().await;
    shop.texts.fail_send(Fault::Ambiguous);
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.api.sync_once(None).await.unwrap();
    shop.clock.forward(3600);
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.delivery(queued.message_id).await, "in_doubt");
    assert_eq!(shop.texts.attempts(), 1);
    assert_eq!(
        shop.api.outbox_check(queued.message_id).await.unwrap_err().code,
        Code::BadInput,
        "it cannot be asked"
    );
    shop.api.outbox_retry(queued.message_id).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.delivery(queued.message_id).await, "sent");
}

#[tokio::test]
async fn a_doubt_that_could_not_be_looked_up_is_looked_up_later() {
    let (mut shop, id) = Shop::with_a_letter().await;
    // The connection that broke is not back at once, nor at the next start.
    shop.letters.fail_send(Fault::Lost);
    shop.letters.fail_look_up(2);
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.delivery(queued.message_id).await, "in_doubt");
    shop.reopen().await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.delivery(queued.message_id).await, "in_doubt");
    shop.reopen().await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.delivery(queued.message_id).await, "sent", "found as soon as it can be asked");
    assert_eq!((shop.letters.attempts(), shop.letters.sent().len()), (1, 1));
}

#[tokio::test]
async fn a_crash_before_the_mark_sends_again() {
    let (mut shop, id) = Shop::with_a_letter().await;
    shop.letters.fail_send(Fault::HangBefore);
    let engine = shop.start().await;
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.letters.wait_attempts(1).await;
    drop(engine);
    shop.reopen().await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.delivery(queued.message_id).await, "sent");
    assert_eq!((shop.letters.attempts(), shop.letters.sent().len()), (2, 1));
}

#[tokio::test]
async fn a_crash_behind_the_mark_is_looked_up_and_found() {
    let (mut shop, id) = Shop::with_a_letter().await;
    shop.letters.fail_send(Fault::HangAfter { taken: true });
    let engine = shop.start().await;
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.letters.wait_attempts(1).await;
    drop(engine);
    shop.reopen().await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.delivery(queued.message_id).await, "sent");
    assert_eq!((shop.letters.attempts(), shop.letters.sent().len()), (1, 1));
}

#[tokio::test]
async fn a_crash_behind_the_mark_that_is_not_found_asks() {
    let (mut shop, id) = Shop::with_a_letter().await;
    shop.letters.fail_send(Fault::HangAfter { taken: false });
    let engine = shop.start().await;
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.letters.wait_attempts(1).await;
    drop(engine);
    shop.reopen().await;
    for _ in 0..3 {
        shop.api.sync_once(None).await.unwrap();
    }
    assert_eq!(shop.delivery(queued.message_id).await, "in_doubt");
    assert_eq!(shop.letters.attempts(), 1);
    assert_eq!(shop.api.outbox_check(queued.message_id).await.unwrap().state, "in_doubt");
    assert_eq!(shop.api.outbox_cancel(queued.message_id).await.unwrap(), None, "given up, not taken back");
    assert!(shop.api.outbox().await.unwrap().is_empty());
    assert_eq!(shop.conversation(id).await.messages.len(), 2);
}

#[tokio::test]
async fn a_crash_behind_the_mark_of_a_text_asks() {
    let (mut shop, id) = with_a_text().await;
    shop.texts.fail_send(Fault::HangAfter { taken: true });
    let engine = shop.start().await;
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.texts.wait_attempts(1).await;
    drop(engine);
    shop.reopen().await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.delivery(queued.message_id).await, "in_doubt");
    assert_eq!(shop.texts.attempts(), 1);
}

#[tokio::test]
async fn one_stuck_account_stops_no_other() {
    let (shop, id) = Shop::with_a_letter().await;
    let rosa = shop.conversation(id).await.conversation.contact_id;
    shop.api.contact_add_address(rosa, "0151 2345678").await.unwrap();
    shop.letters.fail_send(Fault::HangBefore);
    let engine = shop.start().await;
    shop.answer(id, "Per Brief", Some("email")).await;
    shop.letters.wait_attempts(1).await;
    let by_text = shop.answer(id, "Per Text", Some("sms")).await;
    shop.wait_delivery(by_text.message_id, "sent").await;
    drop(engine);
}

#[tokio::test]
async fn the_order_of_one_contact_is_kept() {
    let (shop, id) = Shop::with_a_letter().await;
    shop.letters.fail_send(Fault::Offline);
    shop.answer(id, "eins", None).await;
    shop.answer(id, "zwei", None).await;
    shop.api.sync_once(None).await.unwrap();
    assert!(shop.letters.sent().is_empty(), "the second waits for the first");
    shop.clock.forward(3600);
    shop.api.sync_once(None).await.unwrap();
    let texts: Vec<_> = shop.letters.sent().into_iter().map(|sent| sent.text).collect();
    assert_eq!(texts, ["eins", "zwei"]);
}

#[tokio::test]
async fn the_copy_has_its_own_retry() {
    let (shop, id) = Shop::with_a_letter().await;
    shop.letters.fail_copy();
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.api.sync_once(None).await.unwrap();
    assert_eq!((shop.delivery(queued.message_id).await.as_str(), shop.letters.copies()), ("sent", 0));
    shop.api.sync_once(None).await.unwrap();
    assert_eq!((shop.letters.sent().len(), shop.letters.copies()), (1, 1));
}

#[tokio::test]
async fn a_restored_file_sends_nothing_again() {
    let (shop, id) = Shop::with_a_letter().await;
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    let backup = shop.dir.parent().unwrap().join("kopie.theke");
    shop.api.automation(Some(true)).await.unwrap();
    shop.api.backup(backup.clone()).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.letters.sent().len(), 1);
    let Shop { api, dir, ref recovery_code, .. } = shop;
    drop(api);
    let ports = theke_engine::api::Ports {
        clock: std::sync::Arc::new(shop.clock.clone()),
        keychain: std::sync::Arc::new(shop.keychain.clone()),
    };
    theke_engine::api::restore(&dir, &backup, Some(recovery_code.clone()), &ports).await.unwrap();
    let registry = kit::registry(&shop.letters, &shop.texts);
    let api = theke_engine::api::Api::open(&dir, theke_engine::api::KeySource::Auto, ports, registry)
        .await
        .unwrap();
    assert_eq!(api.message(queued.message_id).await.unwrap().delivery, "in_doubt");
    assert!(!api.automation(None).await.unwrap().on);
    api.sync_once(None).await.unwrap();
    assert_eq!(shop.letters.sent().len(), 1);
}

#[tokio::test]
async fn a_file_goes_along_and_a_missing_one_is_told() {
    let (shop, id) = Shop::with_a_letter().await;
    let path = shop.dir.parent().unwrap().join("angebot.pdf");
    std::fs::write(&path, b"%PDF-1.7").unwrap();
    let file = |path: &std::path::Path| theke_engine::api::types::AttachmentInput {
        name: String::new(),
        mime_type: String::new(),
        path: path.display().to_string(),
    };
    let input = |path: &std::path::Path| ReplyInput {
        conversation_id: id,
        attachments: vec![file(path)],
        written: WrittenInput { body: "Anbei".into(), now: true, ..WrittenInput::default() },
    };
    let refused = shop.api.reply(input(std::path::Path::new("/nirgends/x.pdf"))).await.unwrap_err();
    assert_eq!(refused.code, Code::BadInput);
    let queued = shop.api.reply(input(&path)).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    let part = &shop.letters.sent()[0].parts[0];
    assert_eq!((part.name.as_str(), part.mime_type.as_str()), ("angebot.pdf", "application/pdf"));
    let shown = shop.api.message(queued.message_id).await.unwrap().attachments;
    assert_eq!(shop.api.attachment_bytes(shown[0].id).await.unwrap(), b"%PDF-1.7");
}

#[tokio::test]
async fn no_way_is_said_with_its_reason() {
    let (shop, id) = Shop::with_a_letter().await;
    let input = ReplyInput {
        conversation_id: id,
        written: WrittenInput {
            body: "Hallo".into(),
            subject: None,
            via: Some("sms".into()),
            now: true,
            ..WrittenInput::default()
        },
        ..ReplyInput::default()
    };
    let refused = shop.api.reply(input).await.unwrap_err();
    assert_eq!((refused.code, refused.params["reason"].as_str()), (Code::NoRoute, "no_address"));
}

#[tokio::test]
async fn what_another_process_queues_is_sent_by_the_running_engine() {
    let (shop, id) = Shop::with_a_letter().await;
    let engine = shop.start().await;
    let beside = theke_engine::api::Api::open(
        &shop.dir,
        theke_engine::api::KeySource::Auto,
        shop.ports(),
        shop.registry(),
    )
    .await
    .unwrap();
    let input = ReplyInput {
        conversation_id: id,
        written: WrittenInput {
            body: "Aus dem anderen Fenster".into(),
            now: true,
            ..WrittenInput::default()
        },
        ..ReplyInput::default()
    };
    let queued = beside.reply(input).await.unwrap();
    shop.wait_delivery(queued.message_id, "sent").await;
    assert_eq!(beside.sync_once(None).await.unwrap_err().code, Code::InUse);
    engine.stop().await;
    assert_eq!(shop.letters.sent().len(), 1);
}

#[tokio::test]
async fn a_delivery_report_settles_and_never_goes_back() {
    let (shop, id) = with_a_text().await;
    let queued = shop.answer(id, "Bis 18 Uhr.", None).await;
    shop.api.sync_once(None).await.unwrap();
    let report = |delivery| {
        theke_channels::Update::Delivery(theke_channels::DeliveryReport {
            remote_id: theke_domain::message::RemoteId("sent-1".into()),
            delivery,
            reason: None,
            at: None,
        })
    };
    use theke_domain::message::Delivery;
    shop.receive_texts(vec![report(Delivery::Delivered)]).await;
    assert_eq!(shop.delivery(queued.message_id).await, "delivered");
    shop.receive_texts(vec![report(Delivery::Sent)]).await;
    assert_eq!(shop.delivery(queued.message_id).await, "delivered");
    let unknown = theke_channels::Update::Delivery(theke_channels::DeliveryReport {
        remote_id: theke_domain::message::RemoteId("nobody".into()),
        delivery: Delivery::Failed,
        reason: None,
        at: None,
    });
    shop.receive_texts(vec![unknown]).await;
    assert_eq!(shop.delivery(queued.message_id).await, "delivered");
}

//! Writing: formatting, copies, files kept with the draft, sending later, and messages that begin a conversation.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{ROSA, Shop};
use theke_engine::api::Code;
use theke_engine::api::types::{DraftInput, NewMessageInput, ReplyInput, StageTarget, WrittenInput};

fn text(body: &str) -> WrittenInput {
    WrittenInput { body: body.into(), now: true, ..WrittenInput::default() }
}

fn reply(conversation_id: i64, written: WrittenInput) -> ReplyInput {
    ReplyInput { conversation_id, written, ..ReplyInput::default() }
}

#[tokio::test]
async fn formatting_and_copies_go_where_the_channel_has_them() {
    let (shop, id) = Shop::with_a_letter().await;
    let input = reply(
        id,
        WrittenInput {
            html: Some("<p>Guten <b>Tag</b></p><script>x()</script>".into()),
            cc: vec!["werkstatt@velo.example".into(), " ".into()],
            subject: Some("Bremse ist da".into()),
            ..text("")
        },
    );
    shop.api.reply(input).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    let sent = shop.letters.sent().remove(0);
    assert_eq!((sent.html.as_deref(), sent.text.as_str()), (Some("<p>Guten <b>Tag</b></p>"), "Guten Tag"));
    assert_eq!(sent.cc.iter().map(|copy| copy.value()).collect::<Vec<_>>(), ["werkstatt@velo.example"]);
    assert_eq!(sent.subject.as_deref(), Some("Bremse ist da"));
    let shown = shop.conversation(id).await.messages.remove(1);
    assert_eq!((shown.cc.len(), shown.has_html), (1, true));
    assert!(shop.api.message_frame(shown.id, false).await.unwrap().contains("<b>Tag</b>"));
    let bad = reply(id, WrittenInput { cc: vec!["niemand".into()], ..text("x") });
    assert_eq!(shop.api.reply(bad).await.unwrap_err().params["field"], "cc");
}

#[tokio::test]
async fn what_is_to_leave_later_leaves_then_and_holds_up_nothing() {
    let (shop, id) = Shop::with_a_letter().await;
    let at = kit::START.plus_secs(2 * 86_400);
    let later =
        reply(id, WrittenInput { send_at: Some(at.to_rfc3339()), now: false, ..text("Ihr Rad ist fertig") });
    let queued = shop.api.reply(later).await.unwrap();
    assert_eq!(queued.due_at, at.to_rfc3339());
    let row = shop.conversation(id).await.conversation;
    assert_eq!((row.send_at, row.sending.as_str()), (Some(at.to_rfc3339()), "queued"));
    assert_eq!(shop.api.outbox().await.unwrap()[0].send_at, Some(at.to_rfc3339()));
    shop.api.reply(reply(id, text("Noch eine Frage"))).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    let texts = |shop: &Shop| shop.letters.sent().into_iter().map(|sent| sent.text).collect::<Vec<_>>();
    assert_eq!(texts(&shop), ["Noch eine Frage"], "the one for later does not stand in the way");
    shop.clock.forward(2 * 86_400 + 1);
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(texts(&shop), ["Noch eine Frage", "Ihr Rad ist fertig"]);
    assert_eq!(shop.letters.sent()[1].at, at, "its date is the time it was meant for");
    let past = reply(id, WrittenInput { send_at: Some(kit::START.to_rfc3339()), ..text("x") });
    assert_eq!(shop.api.reply(past).await.unwrap_err().params["field"], "send_at");
    let soon = shop.clock_now().plus_secs(86_400).to_rfc3339();
    let queued =
        shop.api.reply(reply(id, WrittenInput { send_at: Some(soon), ..text("Doch gleich") })).await.unwrap();
    let sooner = shop.clock_now().plus_secs(3600);
    shop.api.outbox_set_time(queued.message_id, &sooner.to_rfc3339()).await.unwrap();
    assert_eq!(shop.api.outbox().await.unwrap()[0].send_at, Some(sooner.to_rfc3339()));
    let past = kit::START.to_rfc3339();
    assert_eq!(
        shop.api.outbox_set_time(queued.message_id, &past).await.unwrap_err().params["field"],
        "send_at"
    );
    shop.api.outbox_send_now(queued.message_id).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(texts(&shop).len(), 3);
    assert_eq!(shop.letters.sent()[2].at, shop.clock_now(), "nothing is dated ahead of its time");
    let gone = shop.api.outbox_set_time(queued.message_id, &sooner.to_rfc3339()).await.unwrap_err();
    assert_eq!(gone.code, Code::TooLate);
    assert_eq!(shop.api.outbox_send_now(queued.message_id).await.unwrap_err().code, Code::TooLate);
}

#[tokio::test]
async fn a_draft_keeps_all_of_an_answer_and_gets_it_back() {
    let (mut shop, id) = Shop::with_a_letter().await;
    let target = || StageTarget { conversation_id: Some(id), draft_id: None };
    let file = shop.api.attachment_stage(target(), "../Angebot.pdf", "", b"%PDF".to_vec()).await.unwrap();
    assert_eq!(
        (file.name.as_str(), file.mime_type.as_str(), file.size),
        ("Angebot.pdf", "application/pdf", 4)
    );
    let input = DraftInput {
        conversation_id: Some(id),
        subject: "AW: Bremse".into(),
        cc: vec!["werkstatt@velo.example".into()],
        body: "Anbei".into(),
        html: Some("<p>Anbei</p>".into()),
        ..DraftInput::default()
    };
    shop.api.draft_keep(input.clone()).await.unwrap();
    shop.reopen().await;
    let kept = shop.api.draft(id).await.unwrap().unwrap();
    assert_eq!((kept.subject.as_str(), kept.cc.len(), kept.staged.len()), ("AW: Bremse", 1, 1));
    shop.api.draft_save(id, "Anbei das Angebot", None).await.unwrap();
    assert_eq!(shop.api.draft(id).await.unwrap().unwrap().html.as_deref(), Some("<p>Anbei</p>"));
    let answer =
        reply(id, WrittenInput { staged: vec![file.id], close_after: true, now: false, ..text("Anbei") });
    let queued = shop.api.reply(answer).await.unwrap();
    assert_eq!(shop.api.draft(id).await.unwrap(), None);
    let shown = shop.conversation(id).await;
    assert_eq!(shown.conversation.status, "closed");
    assert_eq!(shown.messages[1].attachments[0].name, "Angebot.pdf");
    shop.api.outbox_cancel(queued.message_id).await.unwrap();
    let back = shop.api.draft(id).await.unwrap().unwrap();
    assert_eq!((back.body.as_str(), back.staged[0].name.as_str()), ("Anbei", "Angebot.pdf"));
    assert_eq!(shop.conversation(id).await.conversation.status, "open");
    let gone = reply(id, WrittenInput { staged: vec![file.id], ..text("x") });
    assert_eq!(shop.api.reply(gone).await.unwrap_err().code, Code::NotFound);
}

#[tokio::test]
async fn a_message_begins_a_conversation() {
    let (shop, id) = Shop::with_a_letter().await;
    let draft = DraftInput { to: "neu@kunde.example".into(), body: "Hallo".into(), ..DraftInput::default() };
    let draft = shop.api.draft_keep(draft).await.unwrap().unwrap();
    let target = StageTarget { conversation_id: None, draft_id: draft.draft_id };
    let file = shop.api.attachment_stage(target, "a.txt", "text/plain", b"a".to_vec()).await.unwrap();
    assert_eq!(shop.api.new_drafts().await.unwrap()[0].staged.len(), 1);
    let route = shop.api.route_new(None, "neu@kunde.example", None, 5, vec![1]).await.unwrap();
    assert_eq!(
        (route.medium.as_deref(), route.address.as_deref()),
        (Some("email"), Some("neu@kunde.example"))
    );
    assert_eq!(shop.api.contacts(None, 9).await.unwrap().len(), 1, "asking makes nobody");
    let input = NewMessageInput {
        to: "neu@kunde.example".into(),
        draft_id: draft.draft_id,
        written: WrittenInput {
            subject: Some("Ihre Bestellung".into()),
            body: "Hallo".into(),
            staged: vec![file.id],
            ..WrittenInput::default()
        },
        ..NewMessageInput::default()
    };
    let queued = shop.api.compose_new(input.clone()).await.unwrap();
    let shown = shop.conversation(queued.conversation_id).await;
    assert_eq!(
        (shown.conversation.subject.as_str(), shown.conversation.status.as_str()),
        ("Ihre Bestellung", "waiting")
    );
    assert_eq!(shop.api.new_drafts().await.unwrap(), []);
    shop.api.outbox_cancel(queued.message_id).await.unwrap();
    let back = shop.api.new_drafts().await.unwrap().remove(0);
    assert_eq!(
        (back.to.as_str(), back.staged.len(), back.subject.as_str()),
        ("neu@kunde.example", 1, "Ihre Bestellung")
    );
    let rosa = shop.conversation(id).await.conversation.contact_id;
    let input = NewMessageInput {
        contact_id: Some(rosa),
        to: String::new(),
        written: WrittenInput { staged: Vec::new(), now: true, ..input.written },
        ..input
    };
    let queued = shop.api.compose_new(input.clone()).await.unwrap();
    shop.api.sync_once(None).await.unwrap();
    assert_eq!(shop.letters.sent()[0].to.value(), ROSA.1);
    assert_eq!(shop.letters.sent()[0].thread.in_reply_to, None);
    assert_ne!(queued.conversation_id, id);
    let nobody = NewMessageInput { contact_id: None, ..input.clone() };
    assert_eq!(shop.api.compose_new(nobody).await.unwrap_err().params["field"], "to");
    let wrong = NewMessageInput { contact_id: None, to: "kein ort".into(), ..input };
    assert_eq!(shop.api.compose_new(wrong).await.unwrap_err().code, Code::BadAddress);
    shop.api.draft_remove(back.draft_id.unwrap()).await.unwrap();
    assert_eq!(shop.api.new_drafts().await.unwrap(), []);
}

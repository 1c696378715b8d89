//! A message that came back: it has failed, the matter is open again, and the address is not used any more until
//! something proves that it works.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::{ROSA, Shop, letter, message};
use theke_domain::authenticity::Outcome;
use theke_domain::bounce::{Bounce, Reason, Recipient};
use theke_domain::machine::Sign;
use theke_domain::message::Incoming;

fn recipient(address: &str, reason: Reason) -> Recipient {
    Recipient {
        address: address.into(),
        status: String::new(),
        hard: reason.is_hard(),
        reason,
        delayed: false,
    }
}

/// What the mail system writes to the shop.
fn report(number: u32, recipients: Vec<Recipient>, original: Option<String>) -> Incoming {
    let from = ("Mail Delivery System", "mailer-daemon@mx.example");
    Incoming {
        bounce: Some(Bounce { recipients, original_message_id: original }),
        signs: vec![Sign::DeliveryReport, Sign::MailSystem],
        ..letter(number, from, "Undelivered Mail Returned to Sender", "Nobody here")
    }
}

/// A shop that has answered Rosa's letter; the conversation, the answer and its Message-ID.
async fn answered() -> (Shop, i64, i64, String) {
    let (shop, conversation) = Shop::with_a_letter().await;
    let answer = shop.answer(conversation, "Ab neun.", None).await;
    let synced = shop.api.sync_once(None).await.unwrap();
    assert!(synced.accounts.iter().any(|line| line.sent == 1), "{synced:?}");
    let id = shop.api.message(answer.message_id).await.unwrap().message_id.unwrap();
    (shop, conversation, answer.message_id, id)
}

async fn state(shop: &Shop, conversation: i64) -> String {
    let contact = shop.conversation(conversation).await.conversation.contact_id;
    shop.api.contact(contact, None).await.unwrap().contact.identities[0].state.clone()
}

fn events(detail: &theke_engine::api::types::ConversationDetail) -> Vec<(String, String)> {
    let of_bounces =
        detail.entries.iter().filter(|entry| matches!(entry.what.as_str(), "bounced" | "delayed"));
    of_bounces.map(|entry| (entry.what.clone(), entry.params["reason"].clone())).collect()
}

#[tokio::test]
async fn a_dead_address_wakes_the_conversation_and_is_not_used_again() {
    let (shop, conversation, answer, id) = answered().await;
    assert_eq!(shop.conversation(conversation).await.conversation.status, "waiting");
    let gone = recipient(ROSA.1, Reason::UserUnknown);
    shop.receive(vec![message(report(7000, vec![gone], Some(id)))]).await;
    assert_eq!(shop.only_conversation().await, conversation, "the report joins it");
    let detail = shop.conversation(conversation).await;
    assert_eq!(detail.conversation.status, "open");
    assert_eq!(detail.messages.len(), 3);
    assert_eq!(events(&detail), [("bounced".to_owned(), "user_unknown".to_owned())]);
    let failed = shop.api.message(answer).await.unwrap();
    assert_eq!(failed.delivery, "failed");
    assert!(failed.error.unwrap().message.contains("nobody has this address"));
    assert_eq!(state(&shop, conversation).await, "bounced");
    let contacts = shop.api.contacts(None, 10).await.unwrap();
    assert_eq!(contacts.len(), 1, "the mail system is no customer");
    // Rosa writes from there again: it works.
    shop.receive(vec![message(letter(9000, ROSA, "Bremse", "Jetzt geht es wieder."))]).await;
    assert_eq!(state(&shop, conversation).await, "ok");
}

#[tokio::test]
async fn a_full_mailbox_fails_the_message_and_keeps_the_address() {
    let (shop, conversation, answer, id) = answered().await;
    let full = recipient(ROSA.1, Reason::MailboxFull);
    shop.receive(vec![message(report(7000, vec![full], Some(id)))]).await;
    assert_eq!(shop.delivery(answer).await, "failed");
    assert_eq!(state(&shop, conversation).await, "ok");
    assert_eq!(shop.conversation(conversation).await.conversation.status, "open");
}

#[tokio::test]
async fn a_delay_is_only_noted() {
    let (shop, conversation, answer, id) = answered().await;
    let later = Recipient { delayed: true, hard: Some(false), ..recipient(ROSA.1, Reason::Expired) };
    shop.receive(vec![message(report(7000, vec![later], Some(id)))]).await;
    assert_eq!(shop.delivery(answer).await, "sent");
    let detail = shop.conversation(conversation).await;
    assert_eq!(detail.conversation.status, "waiting");
    assert_eq!(events(&detail), [("delayed".to_owned(), "expired".to_owned())]);
}

#[tokio::test]
async fn without_its_id_the_newest_message_to_the_address_is_meant() {
    let (shop, conversation, answer, _) = answered().await;
    let gone = || vec![recipient(ROSA.1, Reason::UserUnknown)];
    // Somebody who is proved to be another says that Rosa's address is dead.
    let forged = Incoming { authentication: Some(Outcome::Fail), ..report(7000, gone(), None) };
    shop.receive(vec![message(forged)]).await;
    assert_eq!(
        (shop.delivery(answer).await.as_str(), state(&shop, conversation).await.as_str()),
        ("sent", "ok")
    );
    shop.receive(vec![message(report(7001, gone(), None))]).await;
    assert_eq!(shop.delivery(answer).await, "failed");
    assert_eq!(state(&shop, conversation).await, "bounced");
}

#[tokio::test]
async fn a_report_on_what_we_never_sent_changes_nothing() {
    let (shop, conversation) = Shop::with_a_letter().await;
    let gone = vec![recipient(ROSA.1, Reason::UserUnknown)];
    shop.receive(vec![message(report(7000, gone, Some("<fremd@spam.example>".into())))]).await;
    assert_eq!(state(&shop, conversation).await, "ok");
    assert_eq!(shop.conversation(conversation).await.messages.len(), 1);
}

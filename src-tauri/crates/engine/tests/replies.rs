//! Standard replies: filled in for a customer, counted, carried to another computer; and pictures by sender.
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
use theke_engine::api::Code;
use theke_engine::api::types::{ReplyInput, ReplyTextView, WrittenInput};

fn text(language: &str, medium: &str, text: &str) -> ReplyTextView {
    ReplyTextView { language: language.into(), medium: medium.into(), text: text.into() }
}

async fn with_letter(name: &str) -> (Shop, i64) {
    let shop = Shop::open().await;
    shop.receive(vec![message(letter(1, (name, "rosa@kunde.example"), "Bremse", "Wann?"))]).await;
    let id = shop.only_conversation().await;
    (shop, id)
}

#[tokio::test]
async fn a_reply_is_filled_in_for_the_customer_and_the_channel() {
    let (shop, id) = with_letter("Rosa Tannwald").await;
    let texts = vec![
        text("de", "", "Hallo {{kunde.vorname|\"Guten Tag\"}}, {{laden.name}} ist offen: {{laden.zeiten}}"),
        text("de", "sms", "Fertig. {{laden.name}}"),
        text("en", "", "Hello {{customer.first_name}}, {{today}}"),
    ];
    let saved = shop.api.standard_reply_save(None, "Fertig", "/Fertig", texts).await.unwrap();
    assert_eq!((saved.shortcut.as_str(), saved.used), ("fertig", 0));
    let fill = |via: Option<&str>, language: Option<&str>| {
        shop.api.standard_reply_fill(saved.id, Some(id), None, via.map(Into::into), language.map(Into::into))
    };
    let filled = fill(None, None).await.unwrap();
    assert_eq!(filled.text, "Hallo Rosa, Velo Tannwald ist offen: {{laden.zeiten}}");
    assert_eq!(filled.missing, ["{{laden.zeiten}}"], "no hours are set");
    shop.api.settings_set("shop.hours", r#"{"tue":[["09:00","18:00"]]}"#).await.unwrap();
    assert_eq!(fill(None, None).await.unwrap().text, "Hallo Rosa, Velo Tannwald ist offen: Di 9:00–18:00");
    assert_eq!(fill(Some("sms"), None).await.unwrap().text, "Fertig. Velo Tannwald");
    assert_eq!(fill(None, Some("en")).await.unwrap().text, "Hello Rosa, 21/11/2026");
    let answer = |body: &str| ReplyInput {
        conversation_id: id,
        written: WrittenInput {
            body: body.into(),
            standard_reply_id: Some(saved.id),
            now: true,
            ..WrittenInput::default()
        },
        ..ReplyInput::default()
    };
    let blocked = shop.api.reply(answer("Hallo {{kunde.vorname}}")).await.unwrap_err();
    assert_eq!((blocked.code, blocked.params["placeholder"].as_str()), (Code::BadInput, "{{kunde.vorname}}"));
    shop.api.reply(answer("Hallo Rosa")).await.unwrap();
    let used = shop.api.standard_reply_uses(saved.id, None, 10).await.unwrap();
    assert_eq!((used.uses.len(), used.uses[0].conversation_id, used.next), (1, id, None));
    assert_eq!(
        (used.uses[0].contact_name.as_str(), used.uses[0].subject.as_str()),
        ("Rosa Tannwald", "Bremse")
    );
    let listed = shop.api.standard_replies(Some("fert".into())).await.unwrap();
    assert_eq!((listed[0].used, listed[0].last_used_at.is_some()), (1, true));
    assert_eq!(shop.api.placeholders().await.unwrap()[0].name, "kunde.name");
}

#[tokio::test]
async fn a_customer_who_is_called_like_a_placeholder_gets_his_name() {
    let (shop, id) = with_letter("{{laden.zeiten}} Tannwald").await;
    let texts = vec![text("de", "", "Hallo {{kunde.name}}")];
    let saved = shop.api.standard_reply_save(None, "Gruß", "", texts).await.unwrap();
    shop.api.settings_set("shop.hours", r#"{"tue":[["09:00","18:00"]]}"#).await.unwrap();
    let filled = shop.api.standard_reply_fill(saved.id, Some(id), None, None, None).await.unwrap();
    assert!(!filled.text.contains("9:00"), "{}", filled.text);
}

#[tokio::test]
async fn replies_are_checked_removed_and_carried() {
    let (shop, _) = with_letter("Rosa").await;
    let one = || vec![text("de", "", "Danke!")];
    let save = |name: &'static str, shortcut: &'static str, texts| {
        shop.api.standard_reply_save(None, name, shortcut, texts)
    };
    let thanks = save("Danke", "d", one()).await.unwrap();
    for (name, shortcut, texts, field) in [
        ("", "x", one(), "name"),
        ("Neu", "zwei worte", one(), "shortcut"),
        ("Neu", "D", one(), "shortcut"),
        ("Neu", "n", Vec::new(), "texts"),
        ("Neu", "n", [one(), one()].concat(), "texts"),
    ] {
        assert_eq!(save(name, shortcut, texts).await.unwrap_err().params["field"], field);
    }
    let undo = shop.api.standard_reply_remove(thanks.id).await.unwrap();
    assert_eq!(shop.api.standard_replies(None).await.unwrap(), []);
    shop.api.undo(undo).await.unwrap();
    assert_eq!(shop.api.standard_replies(None).await.unwrap(), std::slice::from_ref(&thanks));
    let file = shop.dir.join("antworten.json");
    assert_eq!(shop.api.standard_replies_export(&file).await.unwrap(), 1);
    let again = shop.api.standard_replies_import(&file).await.unwrap();
    assert_eq!((again.added, again.changed, again.same), (0, 0, 1));
    let other = Shop::open().await;
    let there = other.api.standard_replies_import(&file).await.unwrap();
    assert_eq!((there.added, other.api.standard_replies(None).await.unwrap()[0].texts.clone()), (1, one()));
    other.api.undo(there.undo_id.unwrap()).await.unwrap();
    assert_eq!(other.api.standard_replies(None).await.unwrap(), []);
    let before = shop.api.standard_reply_save(Some(thanks.id), "Danke", "d", one()).await.unwrap();
    std::fs::write(&file, br#"[{"name":"Danke","texts":[{"language":"de","medium":"","text":"Anders"}]}]"#)
        .unwrap();
    let over = shop.api.standard_replies_import(&file).await.unwrap();
    assert_eq!((over.added, over.changed), (0, 1));
    shop.api.undo(over.undo_id.unwrap()).await.unwrap();
    assert_eq!(shop.api.standard_replies(None).await.unwrap(), [before]);
    std::fs::write(&file, b"nichts").unwrap();
    assert_eq!(other.api.standard_replies_import(&file).await.unwrap_err().code, Code::BadInput);
}

#[tokio::test]
async fn pictures_are_shown_for_the_senders_a_person_chose() {
    let shop = Shop::open().await;
    let mut with_picture = letter(1, ("Rosa", "rosa@kunde.example"), "Bremse", "Hallo");
    with_picture.html = Some("<p>Hallo<img src='https://t.example/p.png'></p>".into());
    shop.receive(vec![message(with_picture)]).await;
    let id = shop.conversation(shop.only_conversation().await).await.messages[0].id;
    let allowed = || async { shop.api.message(id).await.unwrap().pictures_allowed };
    assert!(!allowed().await);
    shop.api.pictures_allow(id).await.unwrap();
    assert!(allowed().await);
    assert_eq!(shop.api.pictures_allowed().await.unwrap(), ["rosa@kunde.example"]);
    let undo = shop.api.pictures_forget("rosa@kunde.example").await.unwrap().unwrap();
    assert!(!allowed().await);
    assert_eq!(shop.api.pictures_forget("rosa@kunde.example").await.unwrap(), None);
    shop.api.undo(undo).await.unwrap();
    assert!(allowed().await);
}

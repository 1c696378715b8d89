//! D4: the report for whoever helps names nobody. Canaries stand in every field that a person or a provider can fill.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use std::collections::BTreeMap;

use kit::{Shop, letter, message};
use theke_channels::ErrorKind;
use theke_engine::api::types::{ReplyTextView, SearchResult};
use theke_engine::api::{Api, Code, KeySource, Profile};

const CANARY: &str = "Kanarienvogel";

/// A shop in which everything that can be named is named after a canary.
async fn full_of_canaries() -> Shop {
    let shop = Shop::open().await;
    let api = &shop.api;
    // Every setting that takes it, so that one that comes later is among them.
    for (key, usual) in api.settings_get(None).await.unwrap() {
        let forms = [
            CANARY.to_owned(),
            format!("{{\"{CANARY}\":\"{CANARY}\"}}"),
            format!("[{{\"from\":\"2026-12-24\",\"to\":\"2026-12-26\",\"name\":\"{CANARY}\"}}]"),
        ];
        let mut taken = false;
        for form in forms {
            taken = taken || api.settings_set(&key, &form).await.is_ok();
        }
        if !taken {
            assert_eq!(api.settings_get(Some(key.clone())).await.unwrap()[&key], usual, "{key}");
        }
    }
    assert_eq!(api.settings_get(Some("shop.name".into())).await.unwrap()["shop.name"], CANARY);
    let own = format!("{CANARY}@velo.example").to_lowercase();
    let values = BTreeMap::from([("own".to_owned(), own)]);
    let secrets = BTreeMap::from([("password".to_owned(), format!("{CANARY}-geheim"))]);
    api.account_add("letter", values, secrets, true).await.unwrap();
    let address = "kanarienvogel@kunde.example";
    let mut first = letter(1, (CANARY, address), CANARY, CANARY);
    first.html = Some(format!("<p>{CANARY}</p>"));
    first.source = Some(CANARY.as_bytes().to_vec());
    first.problems = vec![CANARY.to_owned()];
    shop.receive(vec![message(first)]).await;
    let id = shop.only_conversation().await;
    api.note_add(id, CANARY).await.unwrap();
    api.draft_save(id, CANARY, None).await.unwrap();
    let texts = vec![ReplyTextView { language: "de".into(), medium: String::new(), text: CANARY.into() }];
    let _ = api.standard_reply_save(None, CANARY, "kanarienvogel", texts).await.unwrap();
    api.passphrase_set(None, "Kanarienvogel im Käfig").await.unwrap();
    api.pin_set(Some("Kanarienvogel im Käfig".into()), "Kanarienvogel4").await.unwrap();
    // A refused message and a broken account: the provider's own words are in their troubles.
    shop.letters.fail_send(kit::Fault::Refused);
    shop.answer(id, CANARY, None).await;
    api.sync_once(None).await.unwrap();
    shop.letters.fail_poll(ErrorKind::Auth);
    shop.texts.fail_poll(ErrorKind::Protocol);
    api.sync_once(None).await.unwrap();
    let SearchResult { messages, .. } = api.search(CANARY, 10).await.unwrap();
    assert!(!messages.is_empty(), "the canaries are there to be found");
    shop
}

#[tokio::test]
async fn nobody_and_nothing_is_named_in_the_report() {
    let shop = full_of_canaries().await;
    // A connector of the shop's own with a mistake: its file name and its line are the shop's.
    std::fs::write(shop.dir.join("connectors").join("kanarienvogel.toml"), CANARY).unwrap();
    let key = KeySource::Passphrase("Kanarienvogel im Käfig".into());
    let loaded = Api::open(&shop.dir, key, shop.ports(), Profile::registry(&shop.dir)).await.unwrap();
    for (api, name) in [(&shop.api, "as it runs"), (&loaded, "with a broken connector")] {
        let report = api.diagnostics(&[("desktop", "GNOME".to_owned())]).await.unwrap();
        let low = report.to_lowercase();
        let dir = shop.dir.display().to_string().to_lowercase();
        let words = [
            "kanarienvogel",
            "told to fail",
            "does not exist",
            "@",
            "geheim",
            "käfig",
            &dir,
            "velo",
            &shop.recovery_code.to_lowercase(),
        ];
        for word in words {
            assert!(!low.contains(word), "{name}: {word} is in it:\n{report}");
        }
    }
}

#[tokio::test]
async fn what_helps_is_in_the_report() {
    let shop = full_of_canaries().await;
    let report = shop.api.diagnostics(&[("desktop", "GNOME".to_owned())]).await.unwrap();
    for line in [
        "desktop: GNOME",
        "opened by passphrase: yes",
        "PIN of the window: yes",
        "lock.idle_minutes: 0",
        "shop.name: set (13 characters)",
        "automation.on: false",
        // The letter, which both accounts of this provider have, and the answer.
        "messages.all: 3",
        "outbox failed: 1",
        "auth_failed, 1 in a row",
        "rejected, failed, 1 attempts",
        "database: ok",
    ] {
        assert!(report.contains(line), "{line} is not in it:\n{report}");
    }
}

#[tokio::test]
async fn what_is_saved_is_what_was_shown() {
    let shop = Shop::open().await;
    let file = shop.dir.parent().unwrap().join("bericht.txt");
    assert_eq!(shop.api.diagnostics_save(file.clone()).await.unwrap_err().code, Code::NotFound);
    let shown = shop.api.diagnostics(&[]).await.unwrap();
    shop.clock.forward(3600);
    shop.api.diagnostics_save(file.clone()).await.unwrap();
    assert_eq!(std::fs::read_to_string(file).unwrap(), shown);
}

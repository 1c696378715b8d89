//! Opening hours with the holidays of a state: set, listed, asked at a time, and said in standard replies.
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
use theke_engine::api::types::ReplyTextView;
use theke_engine::api::{Code, states};

const WEEK: &str = r#"{"mon":[["09:00","18:00"]],"tue":[["09:00","18:00"]],"fri":[["09:00","18:00"]]}"#;

#[tokio::test]
async fn a_state_is_one_of_the_shops_country() {
    let shop = Shop::open().await;
    for (key, value) in [
        ("shop.state", "DE-XX"),
        ("shop.state", "Bayern"),
        ("shop.state", "CH-ZH"),
        ("shop.open_on_holidays", r#"["pancake-day"]"#),
        ("shop.open_on_holidays", r#"[{"day":"epiphany","hours":[["14:00","10:00"]]}]"#),
        ("shop.local_holidays", r#"["pancake-day"]"#),
        ("shop.seasons", r#"[{"from":"05-01","to":"2027-09-30"}]"#),
    ] {
        let refused = shop.api.settings_set(key, value).await.unwrap_err();
        assert_eq!((refused.code, refused.params["field"].as_str()), (Code::BadInput, key), "{value}");
    }
    let refused = shop.api.settings_set("shop.state", "CH-ZH").await.unwrap_err();
    assert!(
        refused.message.contains("the shop is in DE, whose states are: DE-BW, DE-BY"),
        "{}",
        refused.message
    );
    shop.api.settings_set("shop.state", "DE-BY").await.unwrap();
    assert_eq!(shop.api.settings_get(Some("shop.state".into())).await.unwrap()["shop.state"], "DE-BY");
    assert_eq!(shop.api.holidays(Some(2026)).await.unwrap().len(), 2 * 14, "12, and two kept in parts");
    // A shop that moves keeps no foreign holiday.
    shop.api.settings_set("shop.country", "FR").await.unwrap();
    assert!(shop.api.holidays(Some(2026)).await.unwrap().is_empty());
    let count = |country: &str| states(country).len();
    assert_eq!((count("DE"), count("AT"), count("CH"), count("FR")), (16, 9, 26, 0));
}

#[tokio::test]
async fn why_the_shop_is_closed_is_answered_for_any_time() {
    let shop = Shop::open().await;
    let ask = async |at: &str| {
        let open = shop.api.open_at(Some(at.to_owned())).await.unwrap();
        let why = open.why.map(|why| format!("{} {}", why.code, why.name));
        (open.open, why.unwrap_or_default(), open.next_open.unwrap_or_default())
    };
    assert_eq!(ask("2026-04-03T08:00:00Z").await, (true, String::new(), String::new()), "no hours are given");
    shop.api.settings_set("shop.hours", WEEK).await.unwrap();
    assert!(ask("2026-04-03T08:00:00Z").await.0, "no state, no holiday");
    shop.api.settings_set("shop.state", "DE-BY").await.unwrap();
    let tuesday = "2026-04-07T07:00:00Z".to_owned();
    assert_eq!(ask("2026-04-03T08:00:00Z").await, (false, "holiday Karfreitag".into(), tuesday));
    shop.api.settings_set("shop.open_on_holidays", r#"["easter-monday"]"#).await.unwrap();
    assert_eq!(ask("2026-04-03T08:00:00Z").await.2, "2026-04-06T07:00:00Z");
    let season = r#"[{"name":"Sommer","from":"06-01","to":"08-31","hours":{"mon":[["09:00","12:00"]]}}]"#;
    shop.api.settings_set("shop.seasons", season).await.unwrap();
    assert_eq!(ask("2026-06-05T08:00:00Z").await.1, "season Sommer");
    assert_eq!(shop.api.open_at(Some("gestern".into())).await.unwrap_err().code, Code::BadInput);
    let friday = shop.api.holidays(Some(2026)).await.unwrap();
    let closed = |slug: &str| friday.iter().find(|day| day.holiday == slug).unwrap().closed;
    assert_eq!((closed("good-friday"), closed("easter-monday"), closed("assumption")), (true, false, false));
}

#[tokio::test]
async fn a_reply_says_when_the_shop_opens_next_and_why_not_before() {
    let shop = Shop::open().await; // a Saturday, 21 November 2026, 11:00
    shop.receive(vec![message(letter(1, ("Rosa Tannwald", "rosa@kunde.example"), "Bremse", "Wann?"))]).await;
    let id = shop.only_conversation().await;
    let text = |language: &str, text: &str| ReplyTextView {
        language: language.into(),
        medium: String::new(),
        text: text.into(),
    };
    let texts = vec![
        text(
            "de",
            "Wieder offen {{laden.wieder_offen}}. {{laden.feiertag|\"Kein Feiertag\"}}. {{laden.offen_bis|\"Zu\"}}.",
        ),
        text("fr", "Nous rouvrons {{magasin.reouverture}}."),
    ];
    let saved = shop.api.standard_reply_save(None, "Zu", "", texts).await.unwrap();
    let fill = async |language: &str| {
        let filled =
            shop.api.standard_reply_fill(saved.id, Some(id), None, None, Some(language.into())).await;
        let filled = filled.unwrap();
        (filled.text.replace('\u{a0}', " "), filled.missing.len())
    };
    assert_eq!(fill("fr").await, ("Nous rouvrons {{magasin.reouverture}}.".into(), 1), "no hours are given");
    shop.api.settings_set("shop.hours", WEEK).await.unwrap();
    assert_eq!(fill("de").await.0, "Wieder offen Montag, 23. November, um 9 Uhr. Kein Feiertag. Zu.");
    let inventory = r#"[{"from":"2026-11-23","to":"2026-11-23","name":"Inventur"}]"#;
    shop.api.settings_set("shop.closed_days", inventory).await.unwrap();
    assert_eq!(fill("de").await.0, "Wieder offen Dienstag, 24. November, um 9 Uhr. Inventur. Zu.");
    assert_eq!(fill("fr").await.0, "Nous rouvrons mardi 24 novembre à 9 h.");
    shop.api.settings_set("shop.hours", r#"{"sat":[["09:00","13:00"]]}"#).await.unwrap();
    assert_eq!(
        fill("de").await.0,
        "Wieder offen Samstag, 28. November, um 9 Uhr. Kein Feiertag. heute bis 13 Uhr."
    );
    let offered = shop.api.placeholders().await.unwrap();
    for name in ["laden.wieder_offen", "laden.offen_bis", "laden.feiertag"] {
        assert!(offered.iter().any(|hole| hole.name == name), "{name}");
    }
}

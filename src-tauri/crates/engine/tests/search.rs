//! The search field: what is found for what is typed, narrowed in four languages, and what is offered while typing.
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
use theke_engine::api::types::{ReplyTextView, SearchResult};

async fn shop() -> Shop {
    let shop = Shop::open().await;
    let letters = [
        (1, ("Rosa Tannwald", "rosa@kunde.example"), "Bremse", "Die Bremse quietscht."),
        (2, ("Ben Müller", "ben@kunde.example"), "Kette", "Kette und Bremse, bitte."),
        (3, ("Rosa Tannwald", "rosa@kunde.example"), "Rechnung", "Die Rechnung fehlt."),
    ];
    shop.receive(
        letters.into_iter().map(|(n, who, subject, text)| message(letter(n, who, subject, text))).collect(),
    )
    .await;
    shop
}

async fn ask(shop: &Shop, query: &str) -> SearchResult {
    shop.api.search(query, 20).await.unwrap()
}

async fn subjects(shop: &Shop, query: &str) -> Vec<String> {
    let mut found: Vec<_> = ask(shop, query).await.messages.into_iter().map(|hit| hit.subject).collect();
    found.sort();
    found
}

#[tokio::test]
async fn a_line_is_narrowed_in_any_of_the_four_languages() {
    let shop = shop().await;
    for line in ["von:rosa bremse", "from:tannwald bremse", "de:\"rosa tann\" bremse", "da:rosa@kunde bremse"]
    {
        assert_eq!(subjects(&shop, line).await, ["Bremse"], "{line}");
    }
    assert_eq!(subjects(&shop, "bremse").await, ["Bremse", "Kette"]);
    assert_eq!(subjects(&shop, "von:rosa").await, ["Bremse", "Rechnung"]);
    assert_eq!(subjects(&shop, "in:offen von:mueller").await, ["Kette"]);
    assert_eq!(subjects(&shop, "in:erledigt").await, Vec::<String>::new());
    assert_eq!(subjects(&shop, "vor:2000").await, Vec::<String>::new());
    assert_eq!(subjects(&shop, "seit:2000 von:niemand").await, Vec::<String>::new());
    assert_eq!(subjects(&shop, "seit:2000").await.len(), 3);
    assert_eq!(subjects(&shop, "hat:Anhang ").await, Vec::<String>::new());
    assert_eq!(ask(&shop, "von:rosa").await.contacts[0].name, "Rosa Tannwald");
}

#[tokio::test]
async fn what_was_understood_and_what_not_is_told() {
    let shop = shop().await;
    let found = ask(&shop, "bremse vor:1.3.2027 in:nirgends ").await;
    assert_eq!(found.words, "bremse");
    let chips: Vec<_> =
        found.chips.iter().map(|chip| (chip.kind.as_str(), chip.ok, chip.day.as_deref())).collect();
    assert_eq!(chips, [("before", true, Some("2027-03-01")), ("in", false, None)]);
    assert_eq!(found.messages.len(), 2, "what was not understood narrows nothing");
}

#[tokio::test]
async fn names_and_narrowing_words_are_offered() {
    let shop = shop().await;
    let offers = |found: SearchResult| found.offers.into_iter().map(|offer| offer.query).collect::<Vec<_>>();
    assert_eq!(offers(ask(&shop, "bremse von:tann").await), ["bremse von:\"Rosa Tannwald\" "]);
    assert_eq!(offers(ask(&shop, "").await)[..2], ["von:", "in:"]);
    assert!(ask(&shop, "").await.messages.is_empty());
    shop.api.settings_set("shop.language", "it").await.unwrap();
    assert_eq!(offers(ask(&shop, "in:conc").await), ["in:concluso "]);
}

#[tokio::test]
async fn notes_and_standard_replies_are_found_too() {
    let shop = shop().await;
    let place = ask(&shop, "rechnung").await.messages[0].conversation_id;
    let note = shop.api.note_add(place, "Zahlt Überweisung, Rahmen 56").await.unwrap();
    let texts = vec![ReplyTextView { language: "de".into(), medium: String::new(), text: "Danke!".into() }];
    shop.api.standard_reply_save(None, "Dank für Überweisung", "dank", texts).await.unwrap();
    let found = ask(&shop, "uberweis").await;
    assert_eq!((found.notes[0].id, found.notes[0].conversation_id), (note.id, Some(place)));
    assert!(found.notes[0].snippet.contains("\u{e000}Überweisung\u{e001}"), "{}", found.notes[0].snippet);
    assert_eq!(ask(&shop, "uberweis").await.replies[0].name, "Dank für Überweisung");
    assert_eq!(ask(&shop, "uberweis von:rosa").await.notes.len(), 1);
    assert_eq!(ask(&shop, "uberweis von:ben").await.notes.len(), 0);
    assert_eq!(ask(&shop, "uberweis von:rosa").await.replies.len(), 0);
}

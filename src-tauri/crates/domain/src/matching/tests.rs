//! The labelled pairs, in two halves, and what must hold for any two records.
//!
//! Pairs with an even number are the half that was looked at while building; the odd half was only counted. The
//! bounds of what links by itself hold for both.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::corpus;

/// The shop of the labelled pairs.
const HOME: &str = "CH";

/// A record written as `name | e-mails | phones | handles | postcode`, lists with blanks and `+` between.
fn written(text: &str) -> Record {
    let mut fields = text.split('|').map(str::trim);
    let name = fields.next().unwrap_or_default().to_owned();
    let mut list = || -> Vec<String> {
        fields
            .next()
            .filter(|field| !field.is_empty())
            .map(|field| field.split(" ; ").map(str::to_owned).collect())
            .unwrap_or_default()
    };
    let (emails, phones, handles) = (list(), list(), list());
    let postcode = fields.next().unwrap_or_default().to_owned();
    Record { name, emails, phones, handles, postcode }
}

#[test]
fn invented_pairs_are_told_apart() {
    use Link::{Different, SameAuto, Suggest};
    let table = [
        // One personal mailbox.
        ("Rosa Tannwald | rosa@kunde.example", "TANNWALD Rosa | <Rosa@Kunde.Example>", SameAuto),
        ("Rosa Tannwald | rosa@kunde.example", "Frau Tannwald | rosa@kunde.example", SameAuto),
        ("Rosa Tannwald | rosa@kunde.example", "Rosa | rosa@kunde.example", SameAuto),
        ("Rosa Tannwald | rosa@kunde.example", "Herr Tannwald | rosa@kunde.example", Suggest),
        ("Rosa Tannwald | rosa@kunde.example", "Rosa Birkner geb. Tannwald | rosa@kunde.example", SameAuto),
        ("Rosa Tannwald | rosa@kunde.example", "Rosa Birkner | rosa@kunde.example", SameAuto),
        ("Rosa Tannwald | rosa@kunde.example", "Max Tannwald | rosa@kunde.example", Suggest),
        ("Rosa Tannwald | rosa@kunde.example", "Max Birkner | rosa@kunde.example", Suggest),
        ("Rosa Tannwald | rosa@kunde.example", "rosa@kunde.example | rosa@kunde.example", SameAuto),
        ("Sig.ra Rosa Tannwald | rosa@kunde.example", "Dott.ssa R. Tannwald | rosa@kunde.example", SameAuto),
        (
            "Prof. Dr. med. Rosa von Tannwald | rosa@kunde.example",
            "Rosa Tannwald | rosa@kunde.example",
            SameAuto,
        ),
        ("Rosa Tanwald | rosa@kunde.example", "Rosa Tannwald | rosa@kunde.example", SameAuto),
        ("Rosa Maria Tannwald | rosa@kunde.example", "Rosa Tannwald | rosa@kunde.example", SameAuto),
        ("Maria Tannwald | maria@kunde.example", "Rosa Maria Tannwald | maria@kunde.example", Suggest),
        ("Fam. Tannwald | rosa@kunde.example", "Rosa Tannwald | rosa@kunde.example", Suggest),
        ("Tannwald GmbH | rosa@kunde.example", "Rosa Tannwald | rosa@kunde.example", Suggest),
        ("Tannwald GmbH | rosa@kunde.example", "Tannwald | rosa@kunde.example", Suggest),
        ("Malerei Rosa Tannwald | rosa@kunde.example", "Rosa Tannwald | rosa@kunde.example", SameAuto),
        ("Malerei Tannwald GmbH | rosa@kunde.example", "Malerei Tannwald | rosa@kunde.example", SameAuto),
        ("Karl Huber sen. | huber@kunde.example", "Karl Huber jun. | huber@kunde.example", Different),
        ("Karl Huber sen. | huber@kunde.example", "Karl Huber | huber@kunde.example", Suggest),
        ("Peter Maler | peter@kunde.example", "P. Maler | peter@kunde.example", SameAuto),
        ("Jürg Müller | j@kuendig.example", "JUERG MUELLER | j@kuendig.example", SameAuto),
        ("Anna Käsermann | anna@käse.example", "Anna Kaesermann | anna@xn--kse-qla.example", SameAuto),
        ("M. Dupont | luc@dupont.example", "Luc Dupont | luc@dupont.example", SameAuto),
        ("田中 | tanaka@kunde.example", "Tanaka | tanaka@kunde.example", Suggest),
        // One mobile.
        ("Hans-Peter Muster || 079 555 01 01", "HP Muster || +41795550101", SameAuto),
        ("Hanspeter Muster || 079 555 01 01", "Hans Peter Muster || 0041795550101", SameAuto),
        ("Rosa Tannwald || 0664 1234568", "R. Tannwald || +43 664 1234568", SameAuto),
        ("Rosa Tannwald || 0664 1234568", "Rosi Tannwald || +43 664 1234568", SameAuto),
        ("Rosa Tannwald || 79 555 01 01", "Rosa Tannwald || 079 555 01 01", Suggest),
        ("Rosa Tannwald || O79 555 O1 O1", "Rosa Tannwald || 079 555 01 01", Suggest),
        ("Rosa Tannwald || 079 555 01 01", "Rosa Tannwald ||| whatsapp:+41795550101", SameAuto),
        ("Rosa Tannwald || 079 555 01 01", "||| 41795550101@c.us", SameAuto),
        ("Rosa Tannwald || 079 555 01 01", "Rosa Tannwald ||| https://wa.me/41795550101", SameAuto),
        // What several persons share.
        ("Rosa Tannwald | info@kunde.example", "Rosa Tannwald | info@kunde.example", Suggest),
        ("Rosa Tannwald | info@kunde.example", "Max Birkner | info@kunde.example", Different),
        ("| info@kunde.example", "| info@kunde.example", Suggest),
        ("Rosa Tannwald || 044 555 21 21", "Rosa Tannwald || 0445552121", Suggest),
        ("Rosa Tannwald || 044 555 21 21", "Max Tannwald || 0445552121", Different),
        ("Herr Tannwald || 044 555 21 21", "Frau Tannwald || 0445552121", Different),
        ("Rosa Tannwald || 0900 555 123", "Max Birkner || 0900 555 123", Different),
        ("Rosa Tannwald | no-reply@shop.example", "Max Birkner | no-reply@shop.example", Different),
        ("| anna-1@mail.kleinanzeigen.de", "| anna-1@mail.kleinanzeigen.de", Suggest),
        // Nearly the same.
        ("Rosa Tannwald | r.tannwald@gmail.com", "rtannwald | rtannwald+rad@googlemail.com", Suggest),
        ("| r.tannwald@gmail.com", "| rtannwald@gmail.com", Suggest),
        ("Rosa Tannwald | rosa+rad@kunde.example", "Rosa Tannwald | rosa@kunde.example", Suggest),
        (
            "Rosa Tannwald | rosa (at) kunde.example || | 8001",
            "Rosa Tannwald | rosa@kunde.example || | 3000",
            Suggest,
        ),
        ("Rosa Tannwald | mara@kunde.example", "Nora Birkner | sara@kunde.example", Different),
        ("Rosa Tannwald ||| telegram:@rosa", "Rosa Tannwald ||| telegram:@Rosa", Suggest),
        // Names only.
        ("Rosa Tannwald", "Tannwald, Rosa", Suggest),
        ("Rosa Tannwald |||| 8001", "Rosa Tannwald |||| CH-8001 Zürich", Suggest),
        ("Rosa Tannwald |||| 8001", "Rosa Tannwald |||| 3000", Different),
        ("Anna Meier", "Anne-Marie Maier", Different),
        ("Charlotte Church |||| EC1A 1BB", "Lotte Church |||| ec1a1bb", Suggest),
        ("", "", Different),
        ("Rosa", "Rosa", Different),
        ("Unbekannt || 0000000", "Unbekannt || 0000000", Different),
    ];
    for (a, b, expected) in table {
        let verdict = compare(&written(a), &written(b), HOME);
        assert_eq!(verdict.link, expected, "{a} / {b}: {verdict:?}");
    }
}

struct Pair {
    id: String,
    a: Record,
    b: Record,
    expected: Link,
}

fn pairs(seen: bool) -> Option<Vec<Pair>> {
    let read = |value: &Value| serde_json::from_value::<Record>(value.clone()).unwrap();
    let lines = corpus::lines("lang/identities.jsonl")?;
    let all = lines.iter().map(|line| Pair {
        id: line["id"].as_str().unwrap().to_owned(),
        a: read(&line["a"]),
        b: read(&line["b"]),
        expected: serde_json::from_value(line["expect"].clone()).unwrap(),
    });
    let even = |pair: &Pair| {
        pair.id.trim_start_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().unwrap() % 2 == 0
    };
    Some(all.filter(|pair| even(pair) == seen).collect())
}

#[test]
fn labelled_pairs_are_told_apart() {
    for (half, seen) in [("looked at", true), ("held back", false)] {
        let Some(pairs) = pairs(seen) else { return };
        let judged: Vec<_> = pairs.iter().map(|pair| (pair, compare(&pair.a, &pair.b, HOME).link)).collect();
        let right = judged.iter().filter(|(pair, link)| pair.expected == *link).count();
        let wrong_auto =
            judged.iter().filter(|(p, link)| *link == Link::SameAuto && p.expected != Link::SameAuto);
        let missed_auto =
            judged.iter().filter(|(p, link)| *link != Link::SameAuto && p.expected == Link::SameAuto);
        let (wrong_auto, missed_auto) = (wrong_auto.count(), missed_auto.count());
        println!(
            "identities, {half}: {right} of {} right, {wrong_auto} wrongly linked, {missed_auto} not linked",
            judged.len()
        );
        if seen || std::env::var_os("THEKE_SHOW_HELD_BACK").is_some() {
            for (pair, link) in judged.iter().filter(|(pair, link)| pair.expected != *link) {
                println!("  {} is {:?}, found {link:?}", pair.id, pair.expected);
            }
        }
        assert_eq!((wrong_auto, missed_auto), (0, 0), "{half}");
        assert!(right * 100 >= judged.len() * 95, "{half}: {right} of {}", judged.len());
    }
}

#[test]
fn pairs_to_link_or_suggest_share_a_key() {
    for seen in [true, false] {
        let Some(pairs) = pairs(seen) else { return };
        let keys = |record: &Record| block_keys(record, HOME).into_iter().collect::<BTreeSet<_>>();
        let apart: Vec<_> = pairs
            .iter()
            .filter(|pair| pair.expected != Link::Different && keys(&pair.a).is_disjoint(&keys(&pair.b)))
            .map(|pair| &pair.id)
            .collect();
        assert!(apart.is_empty(), "{apart:?}");
        let most = pairs.iter().map(|pair| keys(&pair.a).len().max(keys(&pair.b).len())).max();
        println!("keys: at most {most:?} a record");
    }
}

fn text() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "Rosa",
        "Rosi",
        "Tannwald",
        "Dr.",
        "Frau",
        "Herr",
        "sen.",
        "jun.",
        "GmbH",
        "Bäckerei",
        "von",
        "und",
        "-",
        ",",
        "R.",
        "Meier",
        "Maier",
        "geb.",
        "(Abholung)",
        "é",
        "ß",
        "İ",
        "\u{308}",
        "田中",
        "O'Larkin",
    ]);
    prop_oneof![
        "\\PC{0,40}",
        prop::collection::vec(words, 0..6).prop_map(|words| words.join(" ")),
        "[+0-9 ()/.-]{0,20}",
        "[a-z.+]{1,8}@[a-z]{1,6}\\.example",
    ]
}

fn record() -> impl Strategy<Value = Record> {
    let few = || prop::collection::vec(text(), 0..3);
    (text(), few(), few(), few(), text()).prop_map(|(name, emails, phones, handles, postcode)| Record {
        name,
        emails,
        phones,
        handles,
        postcode,
    })
}

proptest! {
    #[test]
    fn the_order_of_two_records_does_not_matter(a in record(), b in record(), home in "[A-Z]{2}|") {
        prop_assert_eq!(compare(&a, &b, &home), compare(&b, &a, &home));
    }

    #[test]
    fn a_link_has_its_score_and_a_reason(a in record(), b in record()) {
        let verdict = compare(&a, &b, HOME);
        prop_assert!(!verdict.reasons.is_empty());
        let fits = match verdict.link {
            Link::SameAuto => verdict.score >= 90 && verdict.score <= 100,
            Link::Suggest => (30..=89).contains(&verdict.score),
            Link::Different => verdict.score < 30,
        };
        prop_assert!(fits, "{verdict:?}");
    }

    #[test]
    fn a_record_is_never_linked_without_a_mailbox_or_a_mobile(mut a in record(), mut b in record()) {
        a.emails.clear();
        b.emails.clear();
        a.phones.clear();
        a.handles.clear();
        prop_assert_ne!(compare(&a, &b, HOME).link, Link::SameAuto);
    }
}

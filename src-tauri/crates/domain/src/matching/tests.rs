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

fn check(table: &[(&str, &str, Link)]) {
    let wrong: Vec<String> = table
        .iter()
        .map(|(a, b, expected)| (a, b, expected, compare(&written(a), &written(b), HOME)))
        .filter(|(_, _, expected, verdict)| verdict.link != **expected)
        .map(|(a, b, expected, verdict)| format!("{a} / {b}: {expected:?} wanted, {verdict:?}"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let keys = |text: &str| block_keys(&written(text), HOME).into_iter().collect::<BTreeSet<_>>();
    let unfound: Vec<_> = table
        .iter()
        .filter(|(a, b, link)| *link != Link::Different && keys(a).is_disjoint(&keys(b)))
        .collect();
    assert!(unfound.is_empty(), "{unfound:#?}");
}

#[test]
fn mailboxes_and_mobiles_link_by_themselves() {
    use Link::{SameAuto, Suggest};
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
        ("Karl Huber sen. | huber@kunde.example", "Karl Huber jun. | huber@kunde.example", Suggest),
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
    ];
    check(&table);
}

#[test]
fn what_several_persons_share_is_asked_about() {
    use Link::{Different, Suggest};
    let table = [
        ("Karl Huber sen. || 044 555 21 21", "Karl Huber jun. || 044 555 21 21", Different),
        ("Rosa Tannwald | info@kunde.example", "Rosa Tannwald | info@kunde.example", Suggest),
        ("Rosa Tannwald | info@kunde.example", "Max Birkner | info@kunde.example", Different),
        ("| info@kunde.example", "| info@kunde.example", Suggest),
        ("Rosa Tannwald || 044 555 21 21", "Rosa Tannwald || 0445552121", Suggest),
        ("Rosa Tannwald || 044 555 21 21", "Max Tannwald || 0445552121", Different),
        ("Herr Tannwald || 044 555 21 21", "Frau Tannwald || 0445552121", Different),
        ("Rosa Tannwald || 0900 555 123", "Max Birkner || 0900 555 123", Different),
        ("Rosa Tannwald | no-reply@shop.example", "Max Birkner | no-reply@shop.example", Different),
        ("| anna-1@mail.kleinanzeigen.de", "| anna-1@mail.kleinanzeigen.de", Suggest),
        ("Praxis Sonnenhof || 044 555 21 21", "Rosa Tannwald || 044 555 21 21", Different),
        ("Malerei Tannwald || 044 555 21 21", "Rosa Tannwald || 044 555 21 21", Suggest),
        ("Rosa Tannwald || 044 555 21 21-12", "R. Tannwald || 044 555 21 21 int. 12", Suggest),
        ("Rosa Tannwald || 044 555 21 21-12", "R. Tannwald || 044 555 21 21 int. 13", Different),
        ("Hanna Tannwald | hanna@a.example | 044 555 21 21", "Johanna Tannwald || 044 555 21 21", Suggest),
        (
            "Kate Tannwald | kate@a.example | 044 555 21 21",
            "Trina Tannwald | trina@a.example | 044 555 21 21",
            Different,
        ),
        ("WG Sonnenhof | wg-sonne@a.example", "Rosa Tannwald | wg-sonne@a.example", Suggest),
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
    check(&table);
}

#[test]
fn more_pairs_of_all_sorts() {
    use Link::{Different, SameAuto, Suggest};
    let table = [
        ("Heinz Bergmann || 0043 664 1230987", "Heinrich Bergmann || 0664/1230987", SameAuto),
        ("LENA BIRKNER || +49 (0) 171 3920055", "Lena Birkner-Sommer || 0171-3920055", SameAuto),
        ("Lena Birkner | lena@birkner.example ", "Lena Ahorn | LENA@BIRKNER.EXAMPLE", SameAuto),
        ("Giovanni Rossi-Prova || 333.555.0288", "Gianni Rossi-Prova || +39 333 5550288", SameAuto),
        ("Véronique Dubois-Faux | vero@dubois.example", "Vero Dubois | vero@dubois.example", SameAuto),
        ("Robert Oakfield | bob@oakfield.example", "Bob Oakfield | mailto:bob@oakfield.example", SameAuto),
        ("Elisabeth Kranz | sissi@kranz.example", "Lisi Kranz | sissi@kranz.example", SameAuto),
        ("Dipl.-Ing. Jörg Ahlers | joerg@ahlers.example", "Joerg Ahlers | joerg@ahlers.example", SameAuto),
        (
            "Avv. Paolo Neri-Prova | paolo@neri.example",
            "Sig. Paolo Neri-Prova | paolo@neri.example",
            SameAuto,
        ),
        ("Anneliese Koch || 079 555 03 03", "Koch Anneliese || 0795550303 (privat)", SameAuto),
        ("Ueli Bürki ||| +41 79 555 03 04", "Ulrich Bürki || 079 555 03 04", SameAuto),
        ("Maria del Mar Ruiz-Test | mar@ruiz.example", "Maria Ruiz-Test | mar@ruiz.example", SameAuto),
        ("Jean-Pierre Morel-Faux || 06 39 98 03 05", "JP Morel-Faux || 0033639980305", SameAuto),
        ("Hofladen Sonnenberg || 079 555 03 06", "Hofladen Sonnenberg GmbH || +41 79 555 03 06", SameAuto),
        (
            "Rosa Tannwald | rosa@tannwald.example ; info@laden.example",
            "R.T. | rosa@tannwald.example",
            SameAuto,
        ),
        ("Max Huber || 079 555 03 07", "Moritz Huber || 079 555 03 07", Suggest),
        ("Martin Huber || 079 555 03 07", "Martina Huber || 079 555 03 07", Suggest),
        ("Andrea Huber | huber@huber.example", "Andreas Huber | huber@huber.example", Suggest),
        ("Frau Huber || 079 555 03 07", "Herr Huber || 079 555 03 07", Suggest),
        ("Meier Karl | k@meier.example", "Meier Anton | k@meier.example", Suggest),
        ("Karl Meier | verein@meier-karl.example", "Karin Meier | verein@meier-karl.example", Suggest),
        ("Karl Meier || 079 555 O3 08", "Karl Meier || 079 555 03 08", Suggest),
        ("Karl Meier || 79 555 03 08", "K. Meier || 079 555 03 08", Suggest),
        ("Karl Meier || +41 79 555 03 0", "Karl Meier || 079 555 03 08", Suggest),
        ("Karl Meier | karl.meier+shop@gmail.example", "Karl Meier | karlmeier@gmail.example", Suggest),
        ("Karl Meier | karl@meier.exampel", "Karl Meier | karl@meier.example", Suggest),
        ("Karl Meier | info@meier.example", "| info@meier.example", Suggest),
        ("Kanzlei Meier | kanzlei@meier.example", "Kanzlei Meier & Partner | kanzlei@meier.example", Suggest),
        ("Familie Meier || 044 555 30 30", "Karl Meier || 044 555 30 30", Suggest),
        ("Familie Meier || 044 555 30 30", "Karl Huber || 044 555 30 30", Different),
        ("Karl Meier || 044 555 30 30", "Charly Meier || 044 555 30 30", Suggest),
        ("Karl Meier ||| instagram:karl.m", "Karl Meier ||| @Karl.M", Suggest),
        ("Karl Meyer |||| 8001", "Carl Maier |||| 8001", Suggest),
        ("Karl Meier |||| 8001", "Herr Dr. Karl Meier |||| ", Suggest),
        ("Karl Meier | karl@a.example ||| 8001", "Karl Meier | k.meier@b.example ||| 3005", Different),
        ("Karl Meier || 044 555 30 30", "Karin Meier || 044 555 30 30", Different),
        ("Karl Meier | familie@meier.example", "Karin Meier | familie@meier.example", Different),
        ("Karl Meier | buero@meier.example", "Sandra Roth | buero@meier.example", Different),
        ("Karl Meier || 0848 555 000", "Sandra Roth || 0848 555 000", Different),
        ("Karl Meier || 1414", "Sandra Roth || 1414", Different),
        ("Karl Meier || 0000000000", "Sandra Roth || 0000000000", Different),
        ("Karl Meier | keine@keine.example", "Sandra Roth | keine@keine.example", Different),
        ("Karl Meier | n/a", "Sandra Roth | n/a", Different),
        ("| donotreply@bank.example", "Karl Meier | donotreply@bank.example", Different),
        ("Karl Meier sen. |||| 8001", "Karl Meier jun. |||| 8001", Different),
        ("Café Sonne | hallo@sonne.example", "Café Mond | hallo@mond.example", Different),
        ("Lena Roth | lena@roth.example", "Lea Roth | lea@roth.example", Different),
        ("Lena Roth |||| 8001", "Lea Roth |||| 8001", Different),
        ("Karl Meier", "Sandra Roth", Different),
        ("Karl Meier || 044 555 30 30", "Karl Meier || 044 555 30 31", Suggest),
    ];
    check(&table);
}

#[test]
fn odd_writing_is_read() {
    use Link::{Different, SameAuto, Suggest};
    let table = [
        ("Rosa Tannwald | \u{200b}rosa@kunde.example", "ROSA  TANNWALD | rosa@kunde.example", SameAuto),
        (
            "Rosa Tannwald | E-Mail: rosa@kunde.example",
            "Rosa Tannwald | rosa@kunde.example (privat)",
            SameAuto,
        ),
        (
            "Rosa Tannwald | rosa@kunde.example, alt@kunde.example",
            "Rosa Tannwald | alt@kunde.example",
            SameAuto,
        ),
        (
            "Rosa Tannwald | \"Rosa\" <rosa@kunde.example>",
            "Rosa Tannwald | mailto:rosa@kunde.example?subject=x",
            SameAuto,
        ),
        ("tannwald, rosa | rosa@kunde.example", "Rosa Tannwald-Birkner | rosa@kunde.example", SameAuto),
        ("Fr. Rosa Tannwald | rosa@kunde.example", "Mme R. Tannwald | rosa@kunde.example", SameAuto),
        ("O'Larkin Kim | kim@larkin.example", "Kim OLarkin | kim@larkin.example", SameAuto),
        ("Kim MacDonald | kim@larkin.example", "Kim Mac Donald | kim@larkin.example", SameAuto),
        (
            "Rosa Tannwald - Abholung Freitag | rosa@kunde.example",
            "Rosa Tannwald | rosa@kunde.example",
            SameAuto,
        ),
        ("Rosa Tannwald (geb. Birkner) | rosa@kunde.example", "Rosa Birkner | rosa@kunde.example", SameAuto),
        ("rosa_tannwald | rosa@kunde.example", "Rosa Tannwald | rosa@kunde.example", SameAuto),
        ("Zoë Müller-Lüdenscheid || 079 555 04 01", "Zoe Mueller || 079 555 04 01", SameAuto),
        ("Łukasz Dvořák | l@dvorak.example", "Lukas Dvorak | l@dvorak.example", SameAuto),
        ("Unbekannt || 079 555 04 02", "Rosa Tannwald || 079 555 04 02", SameAuto),
        ("- || 079 555 04 02", "Rosa Tannwald || 079 555 04 02", SameAuto),
        ("Rosa Tannwald || Natel 079 555 04 03", "Rosa Tannwald || (079) 555 04 03", SameAuto),
        ("Rosa Tannwald || 044 555 44 44 / 079 555 04 03", "R. Tannwald || +41795550403", SameAuto),
        ("Rosa Tannwald || 044 555 44 44 oder 079 555 04 03", "R. Tannwald || +41795550403", SameAuto),
        ("Rosa Tannwald || +41 (0) 79 555 04 03", "Rosa Tannwald || 0041 (0)79 555 04 03", SameAuto),
        ("Rosa Tannwald || +49 0171 3920044", "Rosa Tannwald || 0171 3920044", SameAuto),
        ("Rosa Tannwald || 07700 900 144", "Rosa Tannwald || 0044 7700 900144", SameAuto),
        ("Rosa Tannwald ||| 41795550404@s.whatsapp.net", "Rosa Tannwald || 079 555 04 04", SameAuto),
        ("Rosa Tannwald ||| t.me/rosa_t", "Rosa Tannwald ||| telegram:@rosa_t", Suggest),
        ("Rosa Tannwald ||| @unknown", "Max Birkner ||| @unknown", Different),
        ("Rosa Tannwald || 079 555 04 0", "Max Birkner || 079 555 04 03", Different),
        (
            "Rosa Tannwald | rosa @ kunde.example || | 8001",
            "Rosa Tannwald | rosa@kunde.example || | 3005",
            Suggest,
        ),
        (
            "Rosa Tannwald | rosa@kunde,example || | 8001",
            "Rosa Tannwald | rosa@kunde.example || | 3005",
            Suggest,
        ),
        (
            "Rosa Tannwald | rosa@kunde.example || | 8001",
            "Rosa Tannwald | rosa.tannwald@anders.example || | 3005",
            Different,
        ),
        ("Rosa Tannwald || anonym", "Max Birkner || anonym", Different),
        ("Rosa Tannwald || unterdrückt", "Rosa Tannwald || unterdrückt", Suggest),
        ("Rosa Tannwald | test@test.example", "Max Birkner | test@test.example", Suggest),
        ("Rosa Tannwald || 112", "Max Birkner || 112", Different),
        ("Rosa Tannwald || 0180 5 123456", "Max Birkner || 0180 5 123456", Different),
        ("Rosa & Max Tannwald | tannwald@kunde.example", "Rosa Tannwald | tannwald@kunde.example", Suggest),
        (
            "Dr. med. Rosa Tannwald, Kinderärztin || 044 555 44 40",
            "Praxis Dr. Tannwald || 044 555 44 40",
            Suggest,
        ),
        ("Rosa Tannwald || 044 555 44 40 ||  8001", "Rosi Tannwald || 044 555 44 40 || 3005", Suggest),
    ];
    check(&table);
}

#[test]
fn records_and_verdicts_have_their_json() {
    let a: Record = serde_json::from_str(
        r#"{"name": "Rosa Tannwald", "emails": ["rosa@kunde.example"], "postcode": null}"#,
    )
    .unwrap();
    let verdict = compare(&a, &a, HOME);
    let json = serde_json::to_value(&verdict).unwrap();
    assert_eq!(json["link"], "same_auto");
    assert_eq!(json["reasons"], serde_json::json!(["shared_email", "same_name"]));
    assert!(json["score"].as_u64().is_some_and(|score| score >= 90));
    let nothing = compare(&Record::default(), &Record::default(), HOME);
    assert!(nothing.score < 30 && nothing.link == Link::Different);
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
            "figure: identities, {half}: {right} of {} right, {wrong_auto} wrongly linked, {missed_auto} not linked",
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

/// Pairs of somebody who had not looked at the rules: what is expected, and the records.
fn pairs_of_a_stranger() -> impl Iterator<Item = (&'static str, Link, [Record; 2])> {
    let lines = include_str!("stranger.txt").lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| {
        let fields: Vec<&str> = line.split(" :: ").collect();
        let [expected, a, b] = fields[..] else { panic!("three fields expected: {line}") };
        (line, serde_json::from_value(expected.into()).unwrap(), [written(a), written(b)])
    })
}

#[test]
fn pairs_of_a_stranger_are_told_apart() {
    let mut wrong = Vec::new();
    for (line, expected, [a, b]) in pairs_of_a_stranger() {
        let (one, other) = (compare(&a, &b, HOME), compare(&b, &a, HOME));
        if one.link != expected || other.link != expected {
            wrong.push(format!("{line}: {one:?}"));
        }
        let keys = |record: &Record| block_keys(record, HOME).into_iter().collect::<BTreeSet<_>>();
        if expected != Link::Different && keys(&a).is_disjoint(&keys(&b)) {
            wrong.push(format!("{line}: no key in common"));
        }
    }
    println!("identities, a stranger's: {} of {} wrong", wrong.len(), pairs_of_a_stranger().count());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
    fn what_links_shares_a_key(a in record(), b in record(), email in "[a-z.]{1,12}@[a-z]{1,6}\\.example") {
        let (mut a, mut b) = (a, b);
        a.emails.push(email.to_uppercase());
        b.emails.push(format!("<{email}>"));
        let keys = |record: &Record| block_keys(record, HOME).into_iter().collect::<BTreeSet<_>>();
        let linked = compare(&a, &b, HOME).link == Link::SameAuto;
        prop_assert!(!linked || !keys(&a).is_disjoint(&keys(&b)));
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

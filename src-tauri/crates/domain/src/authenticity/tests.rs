//! Headers as providers write them, and as senders forge them.

use proptest::prelude::*;

use super::*;
use crate::corpus;

fn provider(ids: &[&str], spreads: bool) -> Provider {
    Provider { ids: ids.iter().map(|id| (*id).to_owned()).collect(), spreads }
}

const ROSA: &str = "rosa@kunde.example";

fn one(header: &str) -> (Outcome, Because) {
    let verdict = evaluate(&[header], ROSA, &provider(&["mx.own.example"], false));
    (verdict.outcome, verdict.because)
}

#[test]
fn results_of_the_own_provider_count() {
    use Because as B;
    use Outcome as O;
    let table = [
        ("mx.own.example; dmarc=pass (p=none dis=none) header.from=kunde.example", O::Pass, B::Dmarc),
        ("mx.own.example 1; dmarc=pass header.from=kunde.example", O::Pass, B::Dmarc),
        (
            "MX.Own.Example;\r\n\tDMARC = Pass (a (b; c=\"d\") \\) e) header.from = Kunde.Example",
            O::Pass,
            B::Dmarc,
        ),
        (
            "mx.own.example (our server); dmarc/1=pass(p=reject dis=none)  header.from=rosa@kunde.example",
            O::Pass,
            B::Dmarc,
        ),
        ("Authentication-Results: mx.own.example; dmarc=pass", O::Pass, B::Dmarc),
        ("\"mx.own.example\"; dmarc=pass header.from=\"kunde.example\"", O::Pass, B::Dmarc),
        ("mx.own.example; dmarc=pass header.from=boese.example", O::Fail, B::AnotherSender),
        (
            "mx.own.example; dmarc=fail header.from=kunde.example; dkim=pass header.d=kunde.example",
            O::Fail,
            B::Dmarc,
        ),
        (
            "mx.own.example; dkim=pass (2048-bit key) header.d=kunde.example header.b=\"a;dmarc=fail\"",
            O::Pass,
            B::Dkim,
        ),
        ("mx.own.example; dkim=pass header.i=@mail.kunde.example", O::Pass, B::Dkim),
        (
            "mx.own.example; dkim=fail header.d=kunde.example; dkim=pass header.d=kunde.example",
            O::Pass,
            B::Dkim,
        ),
        ("mx.own.example; dkim=pass header.d=versand.example", O::None, B::NothingToCheck),
        ("mx.own.example; dkim=pass header.d=nde.example", O::None, B::NothingToCheck),
        ("mx.own.example; dkim=pass header.d=example", O::None, B::NothingToCheck),
        ("mx.own.example; dkim=pass", O::None, B::NothingToCheck),
        ("mx.own.example; spf=pass smtp.mailfrom=rosa@kunde.example; dmarc=none", O::Pass, B::Spf),
        ("mx.own.example; spf=pass smtp.mailfrom=versand.example", O::None, B::NothingToCheck),
        ("mx.own.example; spf=softfail smtp.mailfrom=kunde.example", O::Fail, B::Spf),
        (
            "mx.own.example; spf=fail smtp.mailfrom=kunde.example; dkim=pass header.d=kunde.example",
            O::Pass,
            B::Dkim,
        ),
        ("mx.own.example; spf=neutral smtp.mailfrom=kunde.example", O::None, B::NothingToCheck),
        (
            "mx.own.example; dkim=fail header.d=kunde.example; dmarc=pass header.from=kunde.example; spf=pass smtp.mailfrom=max@kunde.example",
            O::None,
            B::BrokenSignature,
        ),
        ("mx.own.example; auth=pass smtp.auth=rosa@kunde.example", O::Pass, B::Login),
        ("mx.own.example; auth=pass smtp.auth=max@kunde.example", O::None, B::NothingToCheck),
        ("mx.own.example; none", O::None, B::NothingToCheck),
        ("mx.own.example", O::None, B::NothingToCheck),
        (
            "mx.own.example; dkim=none reason=\"x; dmarc=pass header.from=kunde.example\"",
            O::None,
            B::NothingToCheck,
        ),
        ("mx.own.example; dkim=none (dmarc=pass header.from=kunde.example)", O::None, B::NothingToCheck),
        ("mx.own.example; x-tra=dmarc=pass", O::None, B::NothingToCheck),
    ];
    for (header, outcome, because) in table {
        assert_eq!(one(header), (outcome, because), "{header}");
    }
}

#[test]
fn what_senders_write_counts_for_nothing() {
    let pass = "mx.own.example; dmarc=pass header.from=kunde.example";
    let none = "mx.own.example; spf=none smtp.mailfrom=boese.example";
    let table: [(&str, &[&str], Outcome); 9] = [
        ("another name", &["mx.boese.example; dmarc=pass header.from=kunde.example"], Outcome::Untrusted),
        ("a name with ours in it", &["mx.own.example.boese.example; dmarc=pass"], Outcome::Untrusted),
        ("our name in a comment", &["boese.example (mx.own.example; ); dmarc=pass"], Outcome::Untrusted),
        ("our name as a version", &["boese.example mx.own.example; dmarc=pass"], Outcome::Untrusted),
        ("no name", &["dmarc=pass header.from=kunde.example"], Outcome::Untrusted),
        ("our name, below the real one", &[none, pass], Outcome::None),
        ("below a stranger's and the real one", &["boese.example; dmarc=pass", none, pass], Outcome::None),
        ("an ARC header", &["ARC-Authentication-Results: i=1; mx.own.example; dmarc=pass"], Outcome::None),
        ("none at all", &[], Outcome::None),
    ];
    for (what, headers, expected) in table {
        let verdict = evaluate(headers, ROSA, &provider(&["mx.own.example"], false));
        assert_eq!(verdict.outcome, expected, "{what}");
    }
    let unknown = evaluate(&[pass], ROSA, &Provider::default());
    assert_eq!((unknown.outcome, unknown.because), (Outcome::None, Because::UnknownProvider));
}

#[test]
fn a_provider_may_spread_its_results() {
    let headers = [
        "spf.own.example; spf=pass smtp.mailfrom=kunde.example",
        "dmarc.own.example; dmarc=fail header.from=kunde.example",
        "boese.example; dkim=pass header.d=kunde.example",
        "dmarc.own.example; dmarc=pass header.from=kunde.example",
    ];
    let verdict = evaluate(&headers, ROSA, &provider(&["own.example"], true));
    assert_eq!((verdict.outcome, verdict.by.as_deref()), (Outcome::Fail, Some("spf.own.example")));
    let strict = evaluate(&headers, ROSA, &provider(&["own.example"], false));
    assert_eq!((strict.outcome, strict.because), (Outcome::Pass, Because::Spf));
    assert_eq!(
        evaluate(&["evilown.example; dmarc=pass"], ROSA, &provider(&["own.example"], true)).outcome,
        Outcome::Untrusted
    );
}

#[test]
fn headers_are_found_in_the_head_only() {
    let source = "Received: x\r\nAuthentication-Results: a.example;\r\n\tdkim=pass\r\n header.d=kunde.example\r\nARC-Authentication-Results: i=1; b\r\nauthentication-results : c.example; none\r\nFrom: x\r\n y\r\n\r\nAuthentication-Results: d.example";
    assert_eq!(headers(source), ["a.example; dkim=pass header.d=kunde.example", "c.example; none"]);
}

/// The names of the providers whose mailboxes the recorded headers are from.
const RECORDED: [(&str, &[&str], bool); 20] = [
    ("aol.com", &["yahoo.com"], false),
    ("buzon.uy", &["mail.buzon.uy"], true),
    ("delta.blinzeln.de", &[], false),
    ("disroot.org", &["disroot.org"], true),
    ("e.email", &["mail2.ecloud.global", "mail3.ecloud.global"], false),
    ("fastmail.com", &["messagingengine.com"], true),
    ("gmail.com", &["mx.google.com"], false),
    ("hotmail.com", &[""], false),
    ("icloud.com", &["icloud.com"], true),
    ("ik.me", &["mx.infomaniak.com"], true),
    ("mail.de", &["mail.de"], true),
    ("mail.ru", &["mxs.mail.ru"], false),
    ("mailo.com", &["mailo.com"], true),
    ("nauta.cu", &["box.hispanilandia.net"], true),
    ("outlook.com", &[""], false),
    ("posteo.de", &["posteo.de"], true),
    ("riseup.net", &["mx1.riseup.net", "mx0.riseup.net"], true),
    ("yahoo.com", &["yahoo.com"], false),
    ("yandex.ru", &["qloud-c.yandex.net"], false),
    ("zohomail.eu", &["mx.zohomail.eu"], false),
];

#[test]
fn recorded_headers_of_providers_are_read() {
    let Some(root) = corpus::path("chatmail-authres") else { return };
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for (name, ids, spreads) in RECORDED {
        let own = provider(ids, spreads);
        for entry in std::fs::read_dir(root.join(format!("alice@{name}"))).unwrap() {
            let path = entry.unwrap().path();
            let sender = path.file_name().unwrap().to_str().unwrap().to_owned();
            let source = std::fs::read_to_string(&path).unwrap();
            let found = headers(&source);
            let found: Vec<&str> = found.iter().map(String::as_str).collect();
            let verdict = evaluate(&found, &sender, &own);
            let forged = sender.starts_with("forged");
            assert!(!(forged && verdict.outcome == Outcome::Pass), "{name} {sender} {verdict:?}");
            let group = if forged { "forged" } else { "genuine" };
            *counts.entry(format!("{group} {:?} by {:?}", verdict.outcome, verdict.because)).or_default() +=
                1;
            // The same mail with a header that the sender brought along, under the provider's name and another.
            let id = ids.first().copied().unwrap_or("mx.example").to_owned();
            let brought = [
                format!("{id}; dmarc=pass header.from={}", sender.rsplit_once('@').unwrap().1),
                "x.example; dmarc=pass".to_owned(),
            ];
            let with: Vec<&str> = found.iter().copied().chain(brought.iter().map(String::as_str)).collect();
            if !spreads && verdict.by.is_some() {
                assert_eq!(evaluate(&with, &sender, &own), verdict, "{name} {sender}");
            }
        }
    }
    for (what, count) in &counts {
        println!("figure: authenticity: {count:4} {what}");
    }
    let passed: usize =
        counts.iter().filter(|(what, _)| what.starts_with("genuine Pass")).map(|(_, count)| count).sum();
    assert!(passed >= 100, "{counts:?}");
}

fn words() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "mx.own.example",
        ";",
        "dmarc=pass",
        "dkim=pass",
        "header.d=kunde.example",
        "header.from=kunde.example",
        "(",
        ")",
        "\"",
        "\\",
        "=",
        " ",
        "\r\n\t",
        "spf=fail",
        "smtp.mailfrom=kunde.example",
        "İ",
    ]);
    prop::collection::vec(prop_oneof![words.prop_map(str::to_owned), "\\PC{0,6}"], 0..16)
        .prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn no_header_breaks_it(header in words(), from in "\\PC{0,20}") {
        evaluate(&[&header], &from, &provider(&["mx.own.example", "", "example"], true));
        headers(&header);
    }

    #[test]
    fn a_strangers_header_never_passes(header in words()) {
        let header = format!("mx.boese.example; {header}");
        prop_assert_ne!(evaluate(&[&header], ROSA, &provider(&["mx.own.example"], true)).outcome, Outcome::Pass);
    }

    #[test]
    fn what_stands_below_changes_nothing(first in words(), below in words()) {
        let own = provider(&["mx.own.example"], false);
        let first = format!("mx.own.example; {first}");
        prop_assert_eq!(evaluate(&[&first], ROSA, &own), evaluate(&[&first, &below], ROSA, &own));
    }
}

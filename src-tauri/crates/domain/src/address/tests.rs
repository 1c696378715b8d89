//! Addresses as they come, and what must never get through.

use proptest::prelude::*;

use super::*;
use crate::corpus;

fn read(text: &str) -> String {
    match Address::parse(text, "CH") {
        Ok(address) => format!("{} {}", address.kind_word(), address.value()),
        Err(problem) => format!("{problem:?}"),
    }
}

#[test]
fn addresses_are_normalized() {
    let table = [
        (" Ida.Kraut@Mail.Example ", "email ida.kraut@mail.example"),
        ("<ida@mail.example>", "email ida@mail.example"),
        ("Ida Kraut <ida@mail.example>", "email ida@mail.example"),
        ("mailto:ida@mail.example?subject=x", "email ida@mail.example"),
        ("MAILTO:ida%40mail.example", "email ida@mail.example"),
        ("elke@torf.example.", "email elke@torf.example"),
        ("lotte@hagebütt.example", "email lotte@xn--hagebtt-r2a.example"),
        ("lotte@XN--HAGEBTT-R2A.example", "email lotte@xn--hagebtt-r2a.example"),
        ("a+b.c@x.example", "email a+b.c@x.example"),
        ("\"ida.kraut\"@x.example", "email ida.kraut@x.example"),
        ("079 555 01 23", "phone +41795550123"),
        ("net:@Flick_Test", "handle @flick_test"),
        ("net:4711", "handle 4711"),
        ("tel:+41795550123", "phone +41795550123"),
        ("Tel.: 079 555 01 23", "phone +41795550123"),
        ("Mobil 079/555 01 23", "phone +41795550123"),
        ("Tél. +41 (0)79 555 01 23", "phone +41795550123"),
        ("sms:+41795550123", "phone +41795550123"),
        ("handy:0795550123", "phone +41795550123"),
        ("mobil@x.example", "email mobil@x.example"),
        ("tel:+41-79-555-01-23;ext=5", "phone +41795550123"),
        ("tel: hallo", "NotAPhone"),
        ("", "Empty"),
        ("@flick", "NetworkMissing"),
        ("a@", "NotAnEmail"),
        ("a b@x.example", "NotAnEmail"),
        ("a@b@", "NotAnEmail"),
        ("a@-x.example", "NotAnEmail"),
        ("a@x..example", "NotAnEmail"),
        ("a@x.example\r\nBcc: b@x.example", "ControlCharacter"),
        ("<a@x.example\n>", "ControlCharacter"),
        ("mailto:a%0d%0a@x.example", "email a%0d%0a@x.example"),
        ("hallo", "NotAPhone"),
        ("https://x.example", "NotAPhone"),
    ];
    for (text, expected) in table {
        assert_eq!(read(text), expected, "{text:?}");
    }
    assert_eq!(read(&format!("{}@x.example", "a".repeat(65))), "TooLong");
}

#[test]
fn shown_as_people_write_them() {
    let phone = |value: &str| Address::Phone { value: value.to_owned() };
    assert_eq!(phone("+41795550123").display("CH"), "079 555 01 23");
    assert_eq!(phone("+41795550123").display("DE"), "+41 79 555 01 23");
    assert_eq!(phone("+4915123456789").display("de"), "01512 3456789");
    assert_eq!(phone("+390236618300").display("IT"), "02 3661 8300");
    assert_eq!(phone("112").display("DE"), "112");
    assert_eq!(
        phone("+491512345678").display("DE"),
        "+491512345678",
        "one digit short: the tables know no form"
    );
    let mail = |value: &str| Address::Email { value: value.to_owned() };
    assert_eq!(mail("lotte@xn--hagebtt-r2a.example").display("DE"), "lotte@hagebütt.example");
    assert_eq!(mail("a@xn--80ak6aa92e.example").display("DE"), "a@xn--80ak6aa92e.example");
}

#[test]
fn reports_say_what_may_be_sent() {
    let table = [
        ("079 555 01 23", true, Some("phone"), Some("mobile"), Some("CH"), true),
        ("0901 123 456", true, Some("phone"), Some("premium_rate"), Some("CH"), false),
        ("144", true, Some("phone"), Some("short_code"), None, false),
        ("a@x.example", true, Some("email"), None, None, true),
        ("@flick", true, Some("handle"), None, None, false),
        ("@", false, Some("handle"), None, None, false),
        ("@a b", false, Some("handle"), None, None, false),
        ("net:@Flick", true, Some("handle"), None, None, true),
        ("x", false, None, None, None, false),
    ];
    for (text, valid, kind, phone_type, country, sendable) in table {
        let found = report(text, "CH");
        assert_eq!(
            (
                found.valid,
                found.kind.as_deref(),
                found.phone_type.as_deref(),
                found.country.as_deref(),
                found.sendable
            ),
            (valid, kind, phone_type, country, sendable),
            "{text}"
        );
        assert_eq!(found.reason.is_some(), !sendable, "{text}");
    }
}

/// Whose network it is says the account that reaches it; the name itself is one.
#[test]
fn a_name_without_its_network_is_normalized() {
    let found = report(" @Flick_Test ", "CH");
    assert_eq!(found.normalized.as_deref(), Some("@flick_test"));
    assert!(found.reason.is_some_and(|why| why.contains("network")));
}

#[test]
fn stored_addresses_come_back() {
    for text in ["a@x.example", "079 555 01 23", "net:4711"] {
        let address = Address::parse(text, "CH").unwrap();
        let again = Address::from_stored(address.kind_word(), address.network(), address.value());
        assert_eq!(again, Some(address));
    }
    assert_eq!(Address::from_stored("fax", "", "1"), None);
}

/// The normalized addresses of a record of the corpus, as a shop in Switzerland reads them.
fn addresses_of(record: &serde_json::Value) -> Vec<Address> {
    let list = |key: &str| {
        record.get(key).and_then(|v| v.as_array()).into_iter().flatten().filter_map(|v| v.as_str())
    };
    let raw = list("emails").chain(list("phones")).chain(list("handles"));
    raw.flat_map(|text| text.split(';')).filter_map(|text| Address::parse(text, "CH").ok()).collect()
}

#[test]
fn records_that_are_surely_one_person_share_an_address() {
    let Some(pairs) = corpus::lines("lang/identities.jsonl") else { return };
    let mut wrong = Vec::new();
    for pair in &pairs {
        let (a, b) = (addresses_of(pair.get("a").unwrap()), addresses_of(pair.get("b").unwrap()));
        let text = |key: &str| pair.get(key).and_then(|v| v.as_str()).unwrap_or_default();
        if text("expect") == "same_auto" && !a.iter().any(|address| b.contains(address)) {
            wrong.push(format!("{}: {}", text("id"), text("reason")));
        }
    }
    assert!(pairs.len() > 100 && wrong.is_empty(), "{wrong:#?}");
}

proptest! {
    #[test]
    fn any_text_is_answered(text in "\\PC{0,80}", country in "[A-Z]{2}") {
        if let Ok(address) = Address::parse(&text, &country) {
            prop_assert!(!address.value().is_empty());
            prop_assert!(!address.value().contains(['\r', '\n', ' ', '<', '>']));
            address.display(&country);
        }
    }

    #[test]
    fn normalizing_twice_changes_nothing(local in "[A-Za-z0-9.+_-]{1,20}", domain in "[a-zA-ZäöüÄ0-9]{1,12}\\.[a-z]{2,8}") {
        if let Ok(once) = email::normalize(&format!("{local}@{domain}")) {
            prop_assert_eq!(email::normalize(&once), Ok(once.clone()));
        }
    }

    #[test]
    fn line_breaks_are_refused(head in "[a-z]{1,5}", tail in "[a-z]{1,5}", breaking in "[\r\n\0]") {
        let text = format!("{head}{breaking}{tail}@x.example");
        prop_assert_eq!(email::normalize(&text), Err(AddressProblem::ControlCharacter));
    }
}

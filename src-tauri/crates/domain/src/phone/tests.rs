//! Numbers as people type them, and the example of every sort of every country.

use proptest::prelude::*;

use super::*;
use crate::corpus;

fn value(text: &str, country: &str) -> String {
    parse(text, country).map_or_else(|problem| format!("{problem:?}"), |phone| phone.value)
}

#[test]
fn numbers_are_understood() {
    let table = [
        ("0151 23456789", "DE", "+4915123456789"),
        ("0151 / 234 567-89", "DE", "+4915123456789"),
        ("+49 (0)151 23456789", "DE", "+4915123456789"),
        ("0049 (0) 151 23456789", "CH", "+4915123456789"),
        ("079 555 01 23", "CH", "+41795550123"),
        ("０７９ 555'01’23", "ch", "+41795550123"),
        ("tel:+41-79-555-01-05", "DE", "+41795550105"),
        ("079 555 01 06 (privat)", "CH", "+41795550106"),
        ("0176 04069 011", "CH", "+4917604069011"),
        ("0664 555 01 01", "CH", "+436645550101"),
        ("06 39 98 01 01", "CH", "+33639980101"),
        ("333 555 0101", "CH", "+393335550101"),
        ("07700 900101", "CH", "+447700900101"),
        ("+44 (0)7700 900102", "CH", "+447700900102"),
        ("+39 02 3661 8300", "DE", "+390236618300"),
        ("02 3661 8300", "IT", "+390236618300"),
        ("112", "DE", "112"),
        ("22022", "DE", "22022"),
        ("O79 555 01 21", "CH", "NotAPhone"),
        ("0800-FLOWERS", "DE", "NotAPhone"),
        ("1", "DE", "NotAPhone"),
        ("", "DE", "NotAPhone"),
        ("+", "DE", "NotAPhone"),
        ("++49 151", "DE", "NotAPhone"),
        ("+49 1", "DE", "ImpossibleNumber"),
        ("+999 12345678", "DE", "ImpossibleNumber"),
        ("12345678901234567890", "DE", "ImpossibleNumber"),
    ];
    for (text, country, expected) in table {
        assert_eq!(value(text, country), expected, "{text} in {country}");
    }
}

#[test]
fn sorts_and_countries() {
    let table = [
        ("+4915123456789", PhoneType::Mobile, Some("DE")),
        ("+447700900101", PhoneType::Mobile, Some("GB")),
        ("+390236618300", PhoneType::FixedLine, Some("IT")),
        ("+41901123456", PhoneType::PremiumRate, Some("CH")),
        ("+41848123456", PhoneType::SharedCost, Some("CH")),
        ("+499001234567", PhoneType::PremiumRate, Some("DE")),
        ("+80012345678", PhoneType::TollFree, None),
        ("+97912345678", PhoneType::Unknown, None),
        ("+12025550123", PhoneType::FixedLineOrMobile, Some("US")),
        ("110", PhoneType::ShortCode, None),
    ];
    for (number, phone_type, country) in table {
        let phone = classify(number);
        assert_eq!((phone.phone_type, phone.country.as_deref()), (phone_type, country), "{number}");
    }
}

#[test]
fn examples_of_all_countries_are_sorted_as_labelled() {
    let Some(text) = corpus::text("phone-types/examples.json") else { return };
    let examples: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let mut wrong = Vec::new();
    for example in &examples {
        let field = |key: &str| example.get(key).and_then(|v| v.as_str()).unwrap_or_default();
        let (label, number) = (field("type").to_lowercase(), field("e164"));
        let found = parse(number, "DE").map_or("invalid", |phone| phone.phone_type.word());
        let refused = |word: &str| {
            !matches!(word, "mobile" | "fixed_line" | "fixed_line_or_mobile" | "toll_free" | "voip" | "uan")
        };
        if refused(found) != refused(&label) || (found != label && !found.starts_with("fixed_line")) {
            wrong.push(format!("{} {number}: {label} taken for {found}", field("region")));
        }
    }
    assert!(examples.len() > 400 && wrong.is_empty(), "{wrong:#?}");
}

/// One text for each way to fill the classes of a pattern such as `11[2-4]`.
fn filled(pattern: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        let mut choices = Vec::new();
        if c == '[' {
            let mut range_from = None;
            for c in rest.by_ref().take_while(|&c| c != ']') {
                match (c, range_from) {
                    ('-', _) => range_from = choices.last().copied(),
                    (to, Some(from)) => {
                        choices.extend((from..=to).skip(1));
                        range_from = None;
                    }
                    (digit, None) => choices.push(digit),
                }
            }
        } else {
            choices.push(c);
        }
        all = all.iter().flat_map(|head| choices.iter().map(move |c| format!("{head}{c}"))).collect();
    }
    all
}

#[test]
fn nothing_is_ever_sent_to_a_short_code() {
    let Some(text) = corpus::text("phone-types/shortcodes.json") else { return };
    let codes: Vec<serde_json::Value> = serde_json::from_str(&text).unwrap();
    let mut tried = 0;
    for code in &codes {
        let field = |key: &str| code.get(key).and_then(|v| v.as_str()).unwrap_or_default();
        let length: usize = field("Length").parse().unwrap();
        for head in filled(field("Prefix")) {
            let number = format!("{head:0<length$}");
            for text in [
                number.clone(),
                format!("+{}{number}", field("calling_code")),
                format!("00{}{number}", field("calling_code")),
            ] {
                let sendable =
                    parse(&text, field("Region")).is_ok_and(|phone| phone.phone_type.refusal().is_none());
                assert!(!sendable, "{} {text} {:?}", field("Region"), parse(&text, field("Region")));
                tried += 1;
            }
        }
    }
    assert!(tried > 1000);
}

proptest! {
    #[test]
    fn nothing_panics_and_values_are_stable(text in "[+0-9 ()/-]{0,24}", country in "[A-Z]{2}") {
        if let Ok(phone) = parse(&text, &country) {
            let again = parse(&phone.value, &country);
            prop_assert_eq!(again.map(|phone| phone.value), Ok(phone.value));
        }
    }

    #[test]
    fn every_country_code_can_be_looked_at(number in "\\+[0-9]{1,16}") {
        prop_assert_eq!(classify(&number).value, number);
    }
}

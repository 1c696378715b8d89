//! What fits, and the reasons.

use crate::ids::AccountId;
use crate::medium::Medium;
use crate::rule::*;
use crate::time::Timestamp;

/// A rule with this condition, as it would stand behind `if =`.
fn rule(condition: &str) -> Rule {
    rule_when("\"message\"", condition)
}

fn rule_when(when: &str, condition: &str) -> Rule {
    let source = format!("name = \"x\"\nwhen = {when}\nif = {condition}\nthen = [\"star\"]");
    Rule::from_toml(&source).unwrap_or_else(|problem| panic!("{condition}: {problem}"))
}

fn message(text: &str) -> Facts {
    Facts { text: text.to_owned(), ..Facts::default() }
}

/// The evidence where it fits.
fn fits(rule: Rule, facts: &Facts) -> Option<Vec<String>> {
    let hits = Compiled::new(&[rule]).unwrap().matches(facts);
    hits.into_iter().next().map(|hit| hit.evidence.iter().map(ToString::to_string).collect())
}

#[test]
fn words_are_found_as_they_are_written() {
    for (words, text, expected) in [
        (r#"any = ["geöffnet"]"#, "Haben Sie heute GEÖFFNET?", Some("GEÖFFNET")),
        (r#"any = ["geöffnet"]"#, "Haben Sie geoeffnet", Some("geoeffnet")),
        (r#"any = ["geöffnet"]"#, "geo\u{308}ffnet", Some("geo\u{308}ffnet")),
        (r#"any = ["schön"]"#, "Ist es schon da?", None),
        (r#"any = ["Größe"]"#, "eine große Torte", None),
        (r#"any = ["Rad"]"#, "das Fahrrad", None),
        (r#"any = ["*rad"]"#, "das Fahrrad", Some("Fahrrad")),
        (r#"any = ["Liefer*"]"#, "Ihre Lieferzeiten?", Some("Lieferzeiten")),
        (r#"any = ["*zeit*"]"#, "Ihre Lieferzeiten?", Some("Lieferzeiten")),
        (r#"any = ["when do you open"]"#, "So, when do\nyou – open?", Some("when do\nyou – open")),
        (r#"any = ["heute offen"]"#, "Bis heute! Offen ist noch", None),
        (r#"any = ["heute offen"]"#, "Bis heute\n\nOffen ist noch", None),
        (r#"any = ["E-Bike"]"#, "mein E-Bike", Some("E-Bike")),
        (r#"any = ["E-Bike"]"#, "mein Ebike", Some("Ebike")),
        (r#"any = ["E-Bike"]"#, "mein E Bike", Some("E Bike")),
        (r#"any = ["orologio"]"#, "l’orologio", Some("orologio")),
        (r#"all = ["Rad", "kaputt"]"#, "Das Rad ist kaputt", Some("Rad|kaputt")),
        (r#"all = ["Rad", "kaputt"]"#, "Das Rad ist gut", None),
        (r#"all = ["Rad"], any = ["kaputt", "platt"]"#, "Das Rad ist platt", Some("Rad|platt")),
        (r#"any = ["platt"]"#, "Danke!\n\nAm 1. März schrieb Velo:\n> Ist es platt?", None),
        (
            r#"any = ["platt"], quoted = true"#,
            "Danke!\n\nAm 1. März schrieb Velo:\n> Ist es platt?",
            Some("platt"),
        ),
    ] {
        let found = fits(rule(&format!("{{ words = {{ {words} }} }}")), &message(text));
        assert_eq!(found.map(|each| each.join("|")).as_deref(), expected, "{words} in {text}");
    }
}

#[test]
fn words_of_the_subject() {
    let facts = Facts { subject: "Reparatur".to_owned(), ..message("Licht geht nicht") };
    for (words, expected) in [
        (r#"any = ["Reparatur"]"#, true),
        (r#"any = ["Reparatur"], in = "subject""#, true),
        (r#"any = ["Reparatur"], in = "text""#, false),
        (r#"any = ["Licht"], in = "subject""#, false),
        (r#"any = ["Reparatur Licht"]"#, false),
    ] {
        assert_eq!(
            fits(rule(&format!("{{ words = {{ {words} }} }}")), &facts).is_some(),
            expected,
            "{words}"
        );
    }
}

fn known() -> Facts {
    let day = 86_400;
    let now = Timestamp::from_secs(30 * day);
    Facts {
        medium: Some(Medium::new("sms")),
        account: Some(AccountId(2)),
        language: "de".to_owned(),
        intent: Some(IntentReading {
            intent: "opening_hours".to_owned(),
            confidence: 92,
            words: vec!["wann".to_owned(), "offen".to_owned()],
        }),
        tags: vec!["Stammkunde".to_owned()],
        fields: [("Ort", "Zürich"), ("Punkte", "120.5"), ("Abo bis", "2026-12-31"), ("Leer", "")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .into(),
        open: false,
        open_since: "18:00".to_owned(),
        holiday: Some("Tag der Einheit".to_owned()),
        earlier: vec![now.plus_secs(-2 * day), now.plus_secs(-6 * day), now.plus_secs(-20 * day)],
        now,
        attachments: vec![Attached { name: "Foto.JPG".to_owned(), mime_type: "image/jpeg".to_owned() }],
        ..message("Wann offen?")
    }
}

#[test]
fn each_condition_has_its_reason() {
    for (condition, expected) in [
        ("{ medium = [\"email\", \"sms\"] }", Some("by sms")),
        ("{ medium = [\"email\"] }", None),
        ("{ account = [2] }", Some("by account 2")),
        ("{ account = [3] }", None),
        ("{ intent = { is = [\"opening_hours\"] } }", Some("opening_hours (92 %): wann, offen")),
        ("{ intent = { is = [\"opening_hours\"], at_least = 93 } }", None),
        ("{ intent = { is = [\"order_status\"], at_least = 1 } }", None),
        ("{ language = [\"de\"] }", Some("in de")),
        ("{ tag = [\"stammkunde\"] }", Some("tag Stammkunde")),
        ("{ tag = [\"Lieferant\"] }", None),
        ("{ field = { name = \"ort\", is = [\"Bern\", \"ZUERICH\"] } }", Some("ort: Zürich")),
        ("{ field = { name = \"Ort\", contains = \"ric\" } }", Some("Ort: Zürich")),
        ("{ field = { name = \"Ort\", begins = \"Zü\" } }", Some("Ort: Zürich")),
        ("{ field = { name = \"Punkte\", at_least = \"99\" } }", Some("Punkte: 120.5")),
        ("{ field = { name = \"Punkte\", at_most = \"99\" } }", None),
        ("{ field = { name = \"Abo bis\", at_most = \"2027-01-01\" } }", Some("Abo bis: 2026-12-31")),
        ("{ field = { name = \"Ort\", at_most = \"99\" } }", None),
        ("{ field = { name = \"Leer\", filled = false } }", Some("Leer: ")),
        ("{ field = { name = \"Nie\", filled = true } }", None),
        ("{ open = false }", Some("closed since 18:00")),
        ("{ not = { open = true } }", Some("closed since 18:00")),
        ("{ holiday = true }", Some("holiday: Tag der Einheit")),
        ("{ earlier = { days = 7, at_least = 2 } }", Some("2 earlier messages in 7 days")),
        ("{ earlier = { days = 7, at_least = 3 } }", None),
        ("{ earlier = { days = 1, at_most = 0 } }", Some("0 earlier messages in 1 days")),
        ("{ attachments = { has = true } }", Some("file Foto.JPG")),
        ("{ attachments = { has = false } }", None),
        ("{ attachments = { types = [\"pdf\", \"image\"] } }", Some("file Foto.JPG")),
        ("{ attachments = { types = [\"jpg\"] } }", Some("file Foto.JPG")),
        ("{ attachments = { types = [\"pdf\"] } }", None),
        ("{ new_contact = true }", None),
        ("{ any = [{ open = true }, { language = [\"de\"] }] }", Some("in de")),
        ("{ all = [{ open = true }, { language = [\"de\"] }] }", None),
    ] {
        let found = fits(rule(condition), &known()).map(|each| each.join("; "));
        assert_eq!(found.as_deref(), expected, "{condition}");
    }
}

#[test]
fn rules_wait_for_what_happens() {
    let facts = |event: Event| Facts { event, ..known() };
    let no_answer = |minutes| facts(Event::NoAnswer { opening_minutes: minutes });
    let date =
        |days| facts(Event::CustomerDate { field: "birthday".to_owned(), days, at: "09:00".to_owned() });
    let stock = |before, now| facts(Event::Stock { article: "7".to_owned(), before, now });
    let order = facts(Event::OrderState { state: "shipped".to_owned() });
    let time = facts(Event::Time { weekday: Weekday::Mon, at: "09:00".to_owned() });
    for (when, facts, expected) in [
        ("\"message\"", known(), true),
        ("\"message\"", time.clone(), false),
        ("\"outside_hours\"", known(), true),
        ("\"outside_hours\"", Facts { open: true, ..known() }, false),
        ("\"first_contact\"", known(), false),
        ("\"first_contact\"", Facts { new_contact: true, ..known() }, true),
        ("\"conversation_closed\"", facts(Event::ConversationClosed), true),
        ("{ no_answer = { opening_hours = 4 } }", no_answer(239), false),
        ("{ no_answer = { opening_hours = 4 } }", no_answer(240), true),
        ("{ order_state = { states = [\"Shipped\"] } }", order.clone(), true),
        ("{ order_state = { states = [\"paid\"] } }", order.clone(), false),
        ("{ order_state = {} }", order, true),
        ("{ stock = { articles = [\"7\"], at_most = 2 } }", stock(3, 2), true),
        ("{ stock = { articles = [\"7\"], at_most = 2 } }", stock(2, 1), false),
        ("{ stock = { articles = [\"8\"], at_most = 2 } }", stock(3, 2), false),
        ("{ stock = { back = true } }", stock(0, 5), true),
        ("{ customer_date = { field = \"birthday\", days = -3, at = \"09:00\" } }", date(-3), true),
        ("{ customer_date = { field = \"birthday\", days = -3, at = \"09:00\" } }", date(3), false),
        ("{ time = { weekdays = [\"mon\", \"fri\"], at = \"09:00\" } }", time.clone(), true),
        ("{ time = { weekdays = [\"tue\"], at = \"09:00\" } }", time, false),
    ] {
        assert_eq!(fits(rule_when(when, "{ all = [] }"), &facts).is_some(), expected, "{when}");
    }
}

#[test]
fn order_validity_and_stop_are_kept() {
    let today = jiff::civil::date(2026, 12, 1);
    let always = rule("{ all = [] }");
    let past = Rule { valid_until: Some(jiff::civil::date(2026, 11, 30)), stop: true, ..always.clone() };
    let last_day = Rule { valid_until: Some(today), valid_from: Some(today), ..always.clone() };
    let stops = Rule { stop: true, ..always.clone() };
    let other = Rule { stop: true, ..rule("{ words = { any = [\"Torte\"] } }") };
    let compiled = Compiled::new(&[past, last_day, other, stops, always]).unwrap();
    let hits = compiled.matches(&Facts { today, ..message("Rad") });
    assert_eq!(hits.iter().map(|hit| hit.rule).collect::<Vec<_>>(), [1, 3]);
}

#[test]
fn rules_say_what_they_need() {
    let compiled = Compiled::new(&[
        rule("{ any = [{ intent = { is = [\"x\"] } }, { not = { earlier = { days = 9, at_least = 1 } } }] }"),
        rule("{ tag = [\"x\"] }"),
    ])
    .unwrap();
    let expected = Needs { intent: true, earlier_days: 9, tags: true, ..Needs::default() };
    assert_eq!(compiled.needs(), expected);
}

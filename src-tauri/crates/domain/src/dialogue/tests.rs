//! Trees walked with answers.

use std::collections::BTreeMap;

use super::*;
use crate::command::Command;
use crate::time::Timestamp;

const TREE: &str = r#"
start = "how"
within_minutes = 60

[nodes.how]
ask = { text = { de = "Abholen oder liefern?", en = "Collect or deliver?" } }
expects = "choice"
choices = { collect = ["abhol*", "collect*"], deliver = ["liefer*", "deliver*"] }
goes_on = { collect = { node = "when" }, deliver = { node = "number" } }

[nodes.when]
ask = { reply = "when" }
expects = "date"
goes_on = { any = { node = "sure" }, else = { reply = "call-us" } }

[nodes.number]
ask = { text = { de = "Welche Bestellung?" } }
expects = "order_number"
goes_on = { any = { reply = "status" } }

[nodes.sure]
ask = { text = { de = "Sicher?" } }
expects = "yes_no"
goes_on = { yes = { reply = "ok" }, no = "person" }
"#;

fn tree() -> Tree {
    toml::from_str(TREE).unwrap()
}

fn at(minutes: i64) -> Moment {
    Moment { now: Timestamp::from_secs(minutes * 60), today: jiff::civil::date(2026, 12, 1) }
}

fn told(next: Next<'_>) -> String {
    match next {
        Next::Ask { state, .. } => format!("ask {}", state.node),
        Next::Reply { reply, answers } => format!("reply {reply} {answers:?}"),
        Next::Person { why, .. } => format!("person {why:?}"),
        Next::Command(command) => format!("command {command:?}"),
        Next::Over => "over".to_owned(),
    }
}

/// What comes of these answers, one minute after another.
fn walk(answers: &[&str]) -> String {
    let tree = tree();
    let mut state = begin(&tree, at(0).now).unwrap().1;
    let mut last = String::new();
    for (index, answer) in answers.iter().enumerate() {
        let next = step(&tree, &state, answer, at(index as i64 + 1));
        if let Next::Ask { state: now, .. } = &next {
            state = now.clone();
        }
        last = told(next);
    }
    last
}

#[test]
fn answers_lead_on() {
    for (answers, expected) in [
        (&["Ich hole ab, also abholen"][..], "ask when"),
        (&["Bitte liefern!"], "ask number"),
        (&["delivery please"], "ask number"),
        (&["liefern, 4471", "Bestellung 4471"], "reply status {\"how\": \"deliver\", \"number\": \"4471\"}"),
        (&["liefern", "4471"], "reply status {\"how\": \"deliver\", \"number\": \"4471\"}"),
        (&["liefern", "weiss nicht"], "person NotUnderstood"),
        (&["abholen", "morgen"], "ask sure"),
        (&["abholen", "am 24.12."], "ask sure"),
        (&["abholen", "irgendwann"], "reply call-us {\"how\": \"collect\"}"),
        (&["abholen", "24.11.2026"], "reply call-us {\"how\": \"collect\"}"),
        (
            &["abholen", "3.1.", "Ja gerne"],
            "reply ok {\"how\": \"collect\", \"sure\": \"yes\", \"when\": \"2027-01-03\"}",
        ),
        (&["abholen", "übermorgen", "Nein"], "person Planned"),
        (&["abholen", "heute", "ja und nein"], "person NotUnderstood"),
        (&["abholen oder liefern"], "person NotUnderstood"),
        (&[""], "person NotUnderstood"),
    ] {
        assert_eq!(walk(answers), expected, "{answers:?}");
    }
}

#[test]
fn there_is_always_a_way_out() {
    let tree = tree();
    let state = begin(&tree, at(0).now).unwrap().1;
    for (minutes, text, expected) in [
        (1, "Mensch bitte", "person Wanted"),
        (1, "STOPP", "command Stop"),
        (1, "Status 4471", "command Status { order: \"4471\" }"),
        (60, "liefern", "ask number"),
        (61, "liefern", "over"),
        (61, "Mensch", "person Wanted"),
    ] {
        assert_eq!(told(step(&tree, &state, text, at(minutes))), expected, "{text} after {minutes}");
    }
    let lost = State { node: "gone".to_owned(), ..state.clone() };
    assert_eq!(told(step(&tree, &lost, "liefern", at(1))), "person Changed");
    let third = State { asked: 3, ..state };
    assert_eq!(told(step(&tree, &third, "liefern", at(1))), "person TooMany");
    assert!(matches!(step(&tree, &third, "STOPP", at(1)), Next::Command(Command::Stop)));
}

#[test]
fn a_good_tree_has_nothing_wrong() {
    assert_eq!(check(&tree()), []);
    assert_eq!(tree().replies().collect::<Vec<_>>(), ["status", "ok", "when", "call-us"]);
    let tree = tree();
    let ask = begin(&tree, at(0).now).unwrap().0;
    assert_eq!(
        (ask.text("en"), ask.text("it")),
        (Some("Collect or deliver?"), Some("Abholen oder liefern?"))
    );
}

#[test]
fn a_tree_that_cannot_be_walked_is_refused() {
    for (from, to, place) in [
        ("any = { reply = \"status\" }", "any = { node = \"how\" }", "nodes.how"),
        ("any = { reply = \"status\" }", "any = { node = \"number\" }", "nodes.number"),
        ("any = { reply = \"status\" }", "any = { node = \"nowhere\" }", "nodes.number.goes_on"),
        ("any = { reply = \"status\" }", "yes = { reply = \"status\" }", "nodes.number.goes_on"),
        ("yes = { reply = \"ok\" }", "yes = { node = \"number\" }", "nodes.number"),
        ("deliver = { node = \"number\" }", "deliver = \"person\"", "nodes.number"),
        (", deliver = [\"liefer*\", \"deliver*\"]", "", "nodes.how.choices"),
        ("start = \"how\"", "start = \"what\"", "start"),
        ("within_minutes = 60", "within_minutes = 0", "within_minutes"),
        ("de = \"Sicher?\"", "de = \" \"", "nodes.sure.ask"),
        ("de = \"Sicher?\"", "tlh = \"Sicher?\"", "nodes.sure.ask"),
        ("no = \"person\"", "no = { reply = \"\" }", "nodes.sure.goes_on"),
    ] {
        assert!(TREE.contains(from), "{from}");
        let tree: Tree = toml::from_str(&TREE.replace(from, to)).unwrap();
        let places: BTreeMap<String, String> = check(&tree).into_iter().collect();
        assert!(places.contains_key(place), "{to}: {places:?}");
    }
}

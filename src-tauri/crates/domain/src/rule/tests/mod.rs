//! Rules as text, and what fits a message.

mod matching;
mod naive;

use super::*;

const OPENING: &str = r#"
name = "Opening hours"
mode = "send"
when = "message"
valid_until = 2026-12-31
stop = true

[if]
all = [
  { words = { any = ["geöffnet", "Öffnungszeit*", "when do you open"] } },
  { intent = { is = ["opening_hours"], at_least = 80 } },
  { not = { tag = ["Lieferant"] } },
]

[[then]]
answer = { reply = "hours" }

[[then]]
tag = { add = ["Hours"] }
"#;

const EVERYTHING: &str = r#"
name = "All of it"
when = { customer_date = { field = "birthday", days = -3, at = "09:00" } }
valid_from = "2026-01-01"

[if]
any = [
  { medium = ["sms", "telegram"] },
  { account = [2] },
  { words = { all = ["Rad", "kaputt*"], in = "subject", quoted = true } },
  { language = ["fr"] },
  { field = { name = "Postcode", begins = "80" } },
  { all = [{ open = false }, { holiday = true }, { new_contact = false }] },
  { earlier = { days = 7, at_least = 2 } },
  { attachments = { types = ["pdf", "image"] } },
]

[[then]]
[then.answer.dialogue]
start = "number"
[then.answer.dialogue.nodes.number]
ask = { text = { de = "Welche Nummer?" } }
expects = "order_number"
goes_on = { any = { reply = "status" }, else = "person" }
[[then]]
set_field = { name = "Rad", value = "blau" }
[[then]]
snooze = "next_opening"
[[then]]
task = { text = "Anrufen", due = { opening_hours = 2 } }
[[then]]
notify = { text = "Geburtstag" }
[[then]]
forward = { to = "werkstatt@velo.example" }
[[then]]
set_preference = { medium = "sms" }
"#;

#[test]
fn a_rule_is_read() {
    let rule = Rule::from_toml(OPENING).unwrap();
    assert_eq!((rule.mode, rule.max_age_minutes, rule.stop), (Mode::Send, 120, true));
    assert_eq!(rule.valid_until, Some(jiff::civil::date(2026, 12, 31)));
    assert_eq!(rule.replies(), ["hours"]);
    let Condition::All(inner) = &rule.condition else { panic!() };
    assert_eq!(inner.len(), 3);
    assert_eq!(rule.then.len(), 2);
}

#[test]
fn what_was_written_is_read_again() {
    for source in [OPENING, EVERYTHING] {
        let rule = Rule::from_toml(source).unwrap_or_else(|problem| panic!("{problem}"));
        let written = rule.to_toml().unwrap();
        assert_eq!(Rule::from_toml(&written).unwrap(), rule, "{written}");
        let json = serde_json::to_value(&rule).unwrap();
        assert_eq!(serde_json::from_value::<Rule>(json).unwrap(), rule);
    }
    let rule = Rule::from_toml(EVERYTHING).unwrap();
    assert_eq!(rule.forwards_to().collect::<Vec<_>>(), ["werkstatt@velo.example"]);
    assert_eq!(rule.replies(), ["status"]);
}

#[test]
fn plain_words_stand_among_actions() {
    let rule = Rule::from_toml(
        "name = \"x\"\nwhen = \"first_contact\"\nthen = [\"star\", \"close\", { notify = { text = \"neu\" } }]",
    );
    let rule = rule.unwrap_or_else(|problem| panic!("{problem}"));
    assert!(rule.condition.is_always());
    assert_eq!(Rule::from_toml(&rule.to_toml().unwrap()).unwrap(), rule);
}

/// The second line of a rule that is right but for what is put in.
fn wrong(line: &str, then: &str) -> String {
    let source = format!("name = \"x\"\n{line}\nwhen = \"message\"\nthen = [{then}]\n");
    Rule::from_toml(&source).map_or_else(|problem| problem.to_string(), |rule| format!("fine: {rule:?}"))
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let table = [
        (wrong("colour = 1", "\"star\""), "line 2: `colour` is not known here; write one of"),
        (
            wrong("mode = \"sending\"", "\"star\""),
            "line 2: `sending` is not known here; write one of `suggest`",
        ),
        (wrong("max_age_minutes = \"two\"", "\"star\""), "line 2: Here stands string \"two\"; write u32"),
        (wrong("max_age_minutes = 0", "\"star\""), "max_age_minutes: Write a number"),
        (
            wrong("valid_from = \"soon\"", "\"star\""),
            "line 2: Here stands `soon`; write a day such as 2026-12-31",
        ),
        (wrong("x = = 2", "\"star\""), "line 2: This is no TOML"),
        (wrong("", ""), "then: The rule does nothing"),
        (wrong("", "{ answer = { } }"), "then.1.answer: Write one of the two"),
        (
            wrong("", "\"star\", { forward = { to = \"chef\" } }"),
            "then.2.forward.to: Write an e-mail address",
        ),
        (
            wrong("", "{ tagg = { add = [\"x\"] } }"),
            "line 4: `tagg` is not known here; write one of `answer`",
        ),
        (wrong("if = { words = { any = [\"?!\"] } }", "\"star\""), "if.words: “?!” has no letter"),
        (
            wrong("if = { words = { any = [\"*ab*\"] } }", "\"star\""),
            "if.words: “*ab*” would stand in almost every",
        ),
        (wrong("if = { words = { any = [\"a*b\"] } }", "\"star\""), "if.words: “a*b”: a star may stand only"),
        (
            wrong("if = { words = { every = [\"a\"] } }", "\"star\""),
            "line 2: `every` is not known here; write one of",
        ),
        (
            wrong("if = { all = [{ open = true }, { any = [] }] }", "\"star\""),
            "if.all.2.any: The list is empty",
        ),
        (
            wrong("if = { open = true, holiday = true }", "\"star\""),
            "line 2: Here must stand exactly one thing",
        ),
        (wrong("if = { field = { name = \"Ort\" } }", "\"star\""), "if.field: Write one comparison"),
        (
            wrong("if = { field = { name = \"Ort\", at_least = \"hoch\" } }", "\"star\""),
            "if.field: “hoch” is no number",
        ),
    ];
    for (said, expected) in table {
        assert!(said.starts_with(&format!("At {expected}")), "{said}\nexpected: {expected}");
    }
    let missing = Rule::from_toml("when = \"message\"\nthen = [\"star\"]").unwrap_err().to_string();
    assert!(missing.contains("`name` is missing"), "{missing}");
}

#[test]
fn times_and_triggers_are_checked() {
    for (when, place) in [
        ("{ time = { at = \"9\" } }", "when.time.at"),
        ("{ time = { weekdays = [\"mon\"], at = \"24:00\" } }", "when.time.at"),
        ("{ no_answer = { opening_hours = 0 } }", "when.no_answer"),
        ("{ stock = { articles = [\"4\"] } }", "when.stock"),
        ("{ customer_date = { field = \"\", at = \"09:00\" } }", "when.customer_date.field"),
    ] {
        let source = format!("name = \"x\"\nwhen = {when}\nthen = [\"star\"]");
        assert_eq!(Rule::from_toml(&source).unwrap_err().place, place, "{when}");
    }
    assert!(Rule::from_toml("name = \"x\"\nwhen = { time = { at = \"09:30\" } }\nthen = [\"star\"]").is_ok());
}

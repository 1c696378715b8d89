//! Rules through the api: saved, refused, switched, put in order, and taken back; and their shape for the window.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod kit;

use kit::Shop;
use theke_engine::api::types::{ReplyTextView, RuleShape, RuleTestMessage};
use theke_engine::api::{Code, rule_test};

const HOURS: &str = r#"# Opening hours
name = "Hours"
when = "message"
if = { words = { any = ["geöffnet", "offen"] } }
then = [{ answer = { reply = "hours" } }, "star"]
"#;

const EVERYTHING: &str = r#"
name = "All of it"
mode = "ask"
when = { stock = { articles = ["4"], at_most = 2, back = true } }
valid_from = "2026-01-01"
valid_until = "2026-12-31"
stop = true

[if]
any = [
  { medium = ["sms"] },
  { account = [2] },
  { words = { any = ["a b"], all = ["Rad"], in = "subject", quoted = true } },
  { intent = { is = ["opening_hours"], at_least = 90 } },
  { language = ["fr"] },
  { field = { name = "Ort", is = ["Bern"] } },
  { field = { name = "Ort", contains = "er" } },
  { field = { name = "Ort", begins = "B" } },
  { field = { name = "Punkte", at_least = "2" } },
  { field = { name = "Punkte", at_most = "9" } },
  { field = { name = "Ort", filled = true } },
  { tag = ["Stammkunde"] },
  { not = { all = [{ open = false }, { holiday = true }, { new_contact = false }] } },
  { earlier = { days = 7, at_least = 2, at_most = 9 } },
  { attachments = { has = true, types = ["pdf"] } },
]

[[then]]
[then.answer]
via = "sms"
[then.answer.dialogue]
start = "how"
[then.answer.dialogue.nodes.how]
ask = { text = { de = "Wie?" } }
expects = "choice"
choices = { collect = ["abhol*"], deliver = ["liefer*"] }
goes_on = { collect = { node = "when" }, deliver = { reply = "hours" }, else = "person" }
[then.answer.dialogue.nodes.when]
ask = { reply = "when" }
expects = "date"
goes_on = { any = { reply = "hours" } }
[[then]]
tag = { add = ["a"], remove = ["b"] }
[[then]]
set_field = { name = "Rad", value = "blau" }
[[then]]
snooze = { hours = 3 }
[[then]]
task = { text = "Anrufen", due = "next_opening" }
[[then]]
notify = { text = "Neu" }
[[then]]
set_preference = { medium = "sms" }
"#;

async fn with_reply() -> Shop {
    let shop = Shop::open().await;
    let text = ReplyTextView { language: "de".into(), medium: String::new(), text: "Bis 18 Uhr.".into() };
    shop.api.standard_reply_save(None, "Zeiten", "hours", vec![text]).await.unwrap();
    shop
}

#[tokio::test]
async fn a_rule_is_saved_switched_and_taken_back() {
    let shop = with_reply().await;
    let saved = shop.api.rule_save(None, HOURS).await.unwrap();
    assert_eq!(
        (saved.name.as_str(), saved.mode.as_str(), saved.version, saved.on),
        ("Hours", "suggest", 1, false)
    );
    assert_eq!((saved.source.as_str(), saved.problems.len()), (HOURS, 0));
    let on = shop.api.rule_switch(saved.id, true).await.unwrap();
    assert_eq!(on.on_since.as_deref(), Some("2026-11-21T10:00:00Z"));

    shop.clock.forward(60);
    let sends = HOURS.replace("when =", "mode = \"send\"\nwhen =");
    let second = shop.api.rule_save(Some(saved.id), &sends).await.unwrap();
    assert_eq!((second.version, second.mode.as_str()), (2, "send"));
    assert_eq!(second.on_since.as_deref(), Some("2026-11-21T10:01:00Z"), "what came before is not for it");
    let same = shop.api.rule_save(Some(saved.id), &sends).await.unwrap();
    assert_eq!((same.version, shop.api.rule_versions(saved.id).await.unwrap().len()), (2, 2));

    let undone = shop.api.undo_last().await.unwrap().unwrap();
    assert_eq!(undone.what, "rule_saved");
    let now = shop.api.rule(saved.id).await.unwrap();
    assert_eq!((now.version, now.source.as_str()), (1, HOURS));
    let removed = shop.api.rule_remove(saved.id).await.unwrap();
    assert_eq!(shop.api.rule(saved.id).await.unwrap_err().code, Code::NotFound);
    shop.api.undo(removed).await.unwrap();
    assert!(shop.api.rule(saved.id).await.unwrap().on);
    assert!(!shop.api.rule_switch(saved.id, false).await.unwrap().on);
}

#[tokio::test]
async fn what_cannot_work_is_refused_with_its_place() {
    let shop = with_reply().await;
    let refused = async |source: &str| {
        let error = shop.api.rule_save(None, source).await.unwrap_err();
        assert_eq!(error.code, Code::BadInput);
        (error.params["field"].clone(), error.message)
    };
    let (place, message) = refused(&HOURS.replace("\"message\"", "\"mesage\"")).await;
    assert!(place == "line 3" && message.contains("`mesage` is not known here"), "{place}: {message}");
    let forward = HOURS.replace("\"star\"", "{ forward = { to = \"fremd@anderswo.example\" } }");
    let (place, message) = refused(&forward).await;
    assert!(place == "then" && message.contains("no address of the shop"), "{place}: {message}");

    let lost = shop.api.rule_save(None, &HOURS.replace("\"hours\"", "\"gone\"")).await.unwrap();
    assert!(lost.problems[0].text.contains("“gone”"), "{:?}", lost.problems);
    assert_eq!(shop.api.rule_switch(lost.id, true).await.unwrap_err().code, Code::BadInput);
    assert!(!shop.api.rule(lost.id).await.unwrap().on);
    let by_name = shop.api.rule_save(None, &HOURS.replace("\"hours\"", "\"zeiten\"")).await.unwrap();
    assert_eq!(by_name.problems.len(), 0, "a reply is named by its name as well");
}

#[tokio::test]
async fn rules_stand_in_the_order_that_the_shop_gives() {
    let shop = with_reply().await;
    let mut ids = Vec::new();
    for name in ["A", "B", "C"] {
        ids.push(shop.api.rule_save(None, &HOURS.replace("Hours", name)).await.unwrap().id);
    }
    let names = async || {
        let rules = shop.api.rules().await.unwrap();
        rules.into_iter().map(|rule| rule.name).collect::<String>()
    };
    let undo = shop.api.rules_order(vec![ids[2], ids[0]]).await.unwrap();
    assert_eq!(names().await, "CAB");
    shop.api.undo(undo).await.unwrap();
    assert_eq!(names().await, "ABC");
}

#[tokio::test]
async fn the_window_sees_and_writes_the_same_rule() {
    let shop = with_reply().await;
    for source in [HOURS, EVERYTHING] {
        let read = shop.api.rule_read(source).await.unwrap();
        let shape = read.rule.unwrap_or_else(|| panic!("{:?}", read.problems));
        let rule = theke_domain::rule::Rule::from_toml(source).unwrap();
        let (ours, theirs) = (serde_json::to_value(&rule).unwrap(), serde_json::to_value(&shape).unwrap());
        assert_eq!(ours, theirs, "the shape says all that the rule says");
        let written = shop.api.rule_write(shape.clone()).await.unwrap();
        assert_eq!(theke_domain::rule::Rule::from_toml(&written.source).unwrap(), rule);
        assert_eq!(written.rule, Some(shape));
    }
    let wrong = shop.api.rule_read("name = 1").await.unwrap();
    assert_eq!((wrong.rule, wrong.problems[0].place.as_str()), (None, "line 1"));
    let shape: RuleShape = shop.api.rule_read(HOURS).await.unwrap().rule.unwrap();
    let empty = shop.api.rule_write(RuleShape { then: Vec::new(), ..shape }).await.unwrap();
    assert_eq!(empty.problems[0].place, "then", "what is half written is shown and said to be so");
}

#[test]
fn a_rule_is_tried_on_a_text() {
    let message = RuleTestMessage { text: "Haben Sie heute GEOEFFNET?".into(), ..RuleTestMessage::default() };
    let tested = rule_test(HOURS, &message).unwrap();
    assert!(tested.fits);
    assert_eq!((tested.evidence[0].as_str(), tested.reasons[0].code.as_str()), ("GEOEFFNET", "words"));
    assert_eq!(tested.actions, ["answer", "star"]);
    let other = RuleTestMessage { text: "Danke".into(), ..RuleTestMessage::default() };
    assert!(!rule_test(HOURS, &other).unwrap().fits);
    assert_eq!(rule_test("name = ", &other).unwrap_err().code, Code::BadInput);
}

//! Rules on the command line: taken in, listed, switched, tried.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod ctl;

use ctl::Ctl;
use serde_json::json;

const RULE: &str = "name = \"Hours\"\nmode = \"ask\"\nwhen = \"message\"\n\
    if = { words = { any = [\"geöffnet\", \"Öffnungszeit*\"] } }\nthen = [\"star\", { tag = { add = [\"Zeiten\"] } }]\n";

#[test]
fn a_rule_is_taken_in_switched_and_written_anew() {
    let ctl = Ctl::new();
    assert!(ctl.run(&["rules", "list"]).out.contains("No rule yet"));
    let file = ctl.write("hours.toml", RULE);
    let added = ctl.json(&["rules", "add", &file]);
    assert_eq!((&added["id"], &added["on"], &added["version"]), (&json!(1), &json!(false), &json!(1)));
    assert_eq!(added["rule"]["then"], json!(["star", {"tag": {"add": ["Zeiten"]}}]));
    assert_eq!(ctl.json(&["rules", "on", "1"])["on"], true);
    let list = ctl.json(&["rules", "list"]);
    assert_eq!(
        (&list[0]["name"], &list[0]["mode"], &list[0]["on"]),
        (&json!("Hours"), &json!("ask"), &json!(true))
    );
    let over = ctl.write("more.toml", &RULE.replace("Zeiten", "Stunden"));
    assert_eq!(ctl.json(&["rules", "add", &over, "--over", "1"])["version"], 2);
    let shown = ctl.run(&["rules", "show", "1"]).out;
    assert!(shown.contains("Stunden") && shown.contains("when = \"message\""), "{shown}");
    assert_eq!(ctl.json(&["rules", "off", "1"])["on"], false);
    assert_eq!(ctl.json(&["rules", "remove", "1"])["id"], 1);
    assert_eq!(ctl.fails(&["rules", "show", "1"]).0, "not_found");
}

#[test]
fn what_is_wrong_with_a_rule_is_said_with_its_line() {
    let ctl = Ctl::new();
    let file = ctl.write("wrong.toml", &RULE.replace("words", "word"));
    let (code, message) = ctl.fails(&["rules", "add", &file]);
    assert!(
        code == "bad_input" && message.contains("line 4") && message.contains("`word` is not known"),
        "{message}"
    );
    assert_eq!(ctl.fails(&["rules", "add", "nothing-here.toml"]).0, "bad_input");
}

#[test]
fn a_rule_is_tried_on_a_text_without_a_profile() {
    let ctl = Ctl::without_profile();
    let (file, text) =
        (ctl.write("r.toml", RULE), ctl.write("m.txt", "Wie sind Ihre OEFFNUNGSZEITEN heute?\n"));
    let tested = ctl.json(&["rules", "test", &file, "--message", &text]);
    assert_eq!((&tested["fits"], &tested["evidence"]), (&json!(true), &json!(["OEFFNUNGSZEITEN"])));
    assert_eq!(tested["actions"], json!(["star", "tag"]));
    assert!(ctl.run(&["rules", "test", &file, "--message", &text]).out.contains("OEFFNUNGSZEITEN"));
    let other = ctl.write("o.txt", "Danke!");
    assert!(ctl.run(&["rules", "test", &file, "--message", &other]).out.contains("does not fit"));
}

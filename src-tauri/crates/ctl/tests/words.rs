//! The words of the command line: help on every level, wrong words, and commands that need no profile.
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
use serde_json::{Value, json};

const AREAS: &[&[&str]] = &[
    &[],
    &["init"],
    &["accounts"],
    &["accounts", "kinds"],
    &["accounts", "add"],
    &["accounts", "list"],
    &["accounts", "check"],
    &["accounts", "remove"],
    &["sync"],
    &["run"],
    &["settings"],
    &["settings", "get"],
    &["settings", "set"],
    &["conversations"],
    &["conversations", "list"],
    &["conversations", "show"],
    &["conversations", "set"],
    &["conversations", "move"],
    &["conversations", "split"],
    &["conversations", "join"],
    &["contacts"],
    &["contacts", "list"],
    &["contacts", "show"],
    &["contacts", "add-address"],
    &["contacts", "remove-address"],
    &["contacts", "prefer"],
    &["contacts", "merge"],
    &["contacts", "unmerge"],
    &["contacts", "duplicates"],
    &["contacts", "not-same"],
    &["contacts", "match"],
    &["note"],
    &["contacts", "import"],
    &["contacts", "export"],
    &["contacts", "access-report"],
    &["contacts", "erase"],
    &["contacts", "restrict"],
    &["contacts", "protection"],
    &["route"],
    &["reply"],
    &["outbox"],
    &["outbox", "list"],
    &["outbox", "retry"],
    &["outbox", "cancel"],
    &["rules"],
    &["rules", "list"],
    &["rules", "show"],
    &["rules", "add"],
    &["rules", "on"],
    &["rules", "off"],
    &["rules", "remove"],
    &["rules", "test"],
    &["search"],
    &["import"],
    &["inspect"],
    &["address"],
    &["wish"],
    &["decisions"],
    &["decisions", "list"],
    &["decisions", "show"],
    &["automation"],
    &["automation", "on"],
    &["automation", "off"],
    &["automation", "status"],
    &["backup"],
    &["restore"],
    &["keys"],
    &["keys", "show"],
    &["keys", "set-passphrase"],
    &["keys", "remove-passphrase"],
    &["keys", "set-pin"],
    &["keys", "remove-pin"],
    &["keys", "new-recovery-code"],
    &["doctor"],
    &["diagnostics"],
];

#[test]
fn help_is_there_on_every_level_and_names_no_hidden_words() {
    let ctl = Ctl::without_profile();
    for area in AREAS {
        let mut words = area.to_vec();
        words.push("--help");
        let done = ctl.run(&words);
        assert_eq!(done.code, 0, "{words:?}: {}", done.err);
        assert!(done.err.is_empty(), "{words:?}: {}", done.err);
        let usage =
            format!("Usage: thekectl{}", area.iter().map(|word| format!(" {word}")).collect::<String>());
        assert!(done.out.contains(&usage), "{words:?}: {}", done.out);
        assert!(done.out.contains("--profile <DIR>") && done.out.contains("--json"), "{words:?}");
        assert!(!done.out.contains("clock-file") && !done.out.contains("no-keychain"), "{words:?}");
    }
    assert!(ctl.run(&["--version"]).out.starts_with("thekectl "));
}

#[test]
fn wrong_words_end_with_2_and_say_what_was_expected() {
    let ctl = Ctl::without_profile();
    let wrong: &[&[&str]] = &[
        &[],
        &["frobnicate"],
        &["accounts"],
        &["accounts", "frobnicate"],
        &["conversations", "show"],
        &["conversations", "show", "seven"],
        &["conversations", "list", "--status", "lost"],
        &["init", "--shop", "Rad & Tat"],
        &["init", "--shop", "Rad & Tat", "--country", "Germany"],
        &["accounts", "add", "x", "--set", "host"],
        &["accounts", "add", "x", "--password", "secret"],
        &["reply", "1"],
        &["search"],
        &["inspect"],
        &["automation", "maybe"],
        &["address", "a@b.example", "--country", "DEU"],
    ];
    for words in wrong {
        let done = ctl.run(words);
        assert_eq!(done.code, 2, "{words:?}: {}{}", done.out, done.err);
        assert!(done.out.is_empty(), "{words:?}: {}", done.out);
        assert!(done.err.contains("Usage") || done.err.contains("--help"), "{words:?}: {}", done.err);
        let mut words = words.to_vec();
        words.push("--json");
        let done = ctl.run(&words);
        assert_eq!(done.code, 2, "{words:?}");
        let error: Value =
            serde_json::from_str(&done.err).unwrap_or_else(|e| panic!("{words:?}: {e}: {}", done.err));
        assert_eq!(error["error"]["code"], "usage", "{words:?}");
        assert!(error["error"]["message"].as_str().is_some_and(|m| m.len() > 10), "{words:?}");
    }
}

#[test]
fn a_snooze_needs_its_time() {
    let ctl = Ctl::without_profile();
    for words in [
        &["conversations", "set", "1", "--status", "snoozed"][..],
        &["conversations", "set", "1", "--status", "open", "--until", "2026-12-01T08:00:00Z"][..],
    ] {
        assert_eq!(ctl.run(words).code, 2, "{words:?}");
    }
}

#[test]
fn addresses_are_told_apart() {
    let ctl = Ctl::without_profile();
    // text, country, valid, kind, normalized, sendable
    let table = [
        ("Info@Müller.example", "DE", true, "email", "info@xn--mller-kva.example", true),
        ("0151 23456789", "DE", true, "phone", "+4915123456789", true),
        ("+41 79 123 45 67", "DE", true, "phone", "+41791234567", true),
        ("079 123 45 67", "CH", true, "phone", "+41791234567", true),
        ("0900 1234567", "DE", true, "phone", "+499001234567", false),
        ("telegram:4711", "DE", true, "handle", "4711", true),
    ];
    for (text, country, valid, kind, normalized, sendable) in table {
        let report = ctl.json(&["address", text, "--country", country]);
        assert_eq!(report["valid"], valid, "{text}: {report}");
        assert_eq!(report["kind"], kind, "{text}: {report}");
        assert_eq!(
            report["normalized"].as_str().unwrap().trim_start_matches("telegram:"),
            normalized,
            "{text}: {report}"
        );
        assert_eq!(report["sendable"], sendable, "{text}: {report}");
        assert_eq!(report["reason"].is_null(), sendable, "{text}: {report}");
    }
    let report = ctl.json(&["address", "Max Muster"]);
    assert_eq!(report["valid"], false, "{report}");
    assert_eq!(report["kind"], Value::Null, "{report}");
    assert!(report["reason"].as_str().is_some(), "{report}");
    let keys: Vec<_> = report.as_object().unwrap().keys().cloned().collect();
    for key in ["valid", "kind", "normalized", "phone_type", "country", "sendable", "reason"] {
        assert!(keys.contains(&key.to_owned()), "{key} is missing: {report}");
    }
    assert!(ctl.run(&["address", "-x"]).code == 0, "a text may begin with a dash");
}

#[test]
fn inspect_reads_one_file() {
    let ctl = Ctl::without_profile();
    let file = ctl.write("one.eml", ctl::MAIL);
    let value = ctl.json(&["inspect", &file]);
    for key in [
        "from",
        "sender",
        "reply_to",
        "to",
        "cc",
        "subject",
        "date",
        "text",
        "text_without_quote",
        "html",
        "attachments",
        "message_id",
        "in_reply_to",
        "references",
        "customer",
        "automatic",
        "bounce",
        "authentication",
        "unsafe",
        "problems",
    ] {
        assert!(value.get(key).is_some(), "{key} is missing: {value}");
    }
    assert_eq!(value["from"], json!({"name": "Käthe Muster", "address": "kaethe@kundin.example"}));
    assert_eq!(value["subject"], "Grüße");
    assert_eq!(value["message_id"], "<a1@kundin.example>");
    assert!(value["text"].as_str().unwrap().contains("Ist mein Rad fertig?"), "{value}");
    let human = ctl.run(&["inspect", &file]);
    assert!(
        human.code == 0 && human.out.contains("Käthe Muster") && human.out.contains("Grüße"),
        "{}",
        human.out
    );
}

#[test]
fn inspect_goes_on_after_odd_files_and_keeps_their_order() {
    let ctl = Ctl::without_profile();
    let deep: String = (0..2000)
        .map(|i| format!("Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n"))
        .collect();
    let files = [
        ctl.write("good.eml", ctl::MAIL),
        ctl.write("empty.eml", ""),
        ctl.write("zeros.eml", &"\0".repeat(5000)),
        ctl.dir().join("missing.eml").display().to_string(),
        ctl.dir().display().to_string(),
        ctl.write("noise.eml", "\u{1b}]0;x\u{7}: :::\n\n=?utf-8?q?=FF?=\n"),
        ctl.write("deep.eml", &format!("From: a@b.example\r\n{deep}")),
        ctl.write("again.eml", ctl::MAIL),
    ];
    let mut words = vec!["inspect", "--json"];
    words.extend(files.iter().map(String::as_str));
    let done = ctl.run(&words);
    assert_eq!(done.code, 3, "two of the files are none: {}", done.err);
    let error: Value = serde_json::from_str(&done.err).unwrap();
    assert!(error["error"]["message"].as_str().unwrap().contains("missing.eml"), "{error}");
    let lines: Vec<Value> = done.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), files.len());
    for ((line, text), file) in lines.iter().zip(done.out.lines()).zip(&files) {
        assert_eq!(line["file"], **file);
        assert!(text.starts_with("{\"file\":"), "file comes first: {text}");
        assert!(line["problems"].is_array() && line["text"].is_string(), "{line}");
    }
    assert_eq!(lines[0]["subject"], "Grüße");
    assert_eq!(lines[7]["subject"], "Grüße");
    assert!(!lines[3]["problems"].as_array().unwrap().is_empty());
}

#[test]
fn one_file_that_is_not_there_fails() {
    let ctl = Ctl::without_profile();
    let done = ctl.run(&["--json", "inspect", "nothing-here.eml"]);
    assert_eq!((done.code, done.out.as_str()), (1, ""));
    let error: Value = serde_json::from_str(&done.err).unwrap();
    assert_eq!(error["error"]["code"], "bad_input");
    assert!(error["error"]["message"].as_str().unwrap().contains("nothing-here.eml"), "{error}");
}

#[test]
fn a_link_that_leads_elsewhere_is_told() {
    let ctl = Ctl::without_profile();
    let mail = "From: a@kunde.example\r\nMessage-ID: <1@x>\r\nContent-Type: text/html\r\n\r\n<p>Bitte \
                <a href=\"https://fremd.example/x\">https://www.bank.example</a> \
                <a href=\"https://shop.bank.example/\">www.bank.example</a></p>\r\n";
    let found = ctl.json(&["inspect", &ctl.write("link.eml", mail)]);
    let place = "https://www.bank.example leads to fremd.example";
    assert_eq!(found["unsafe"], json!([{"what": "misleading_link", "where": place}]));
}

#[test]
fn a_wish_is_read_from_a_file_or_from_many_lines() {
    let ctl = Ctl::without_profile();
    let file = ctl.write(
        "mail.txt",
        "Guten Tag\n\nBitte schreiben Sie mir künftig nur noch per SMS.\n\nRosa Tannwald\n",
    );
    let found = ctl.json(&["wish", &file, "--channel", "email"]);
    assert_eq!(
        (&found["kind"], &found["scope"], &found["acts"]),
        (&json!("sms"), &json!("always"), &json!(true))
    );
    assert_eq!((&found["negated"], &found["new_address"]), (&json!([]), &Value::Null));
    assert_eq!(found["conditional"], false);
    assert!(found["evidence"].as_str().unwrap().contains("künftig nur noch per SMS"), "{found}");
    assert!(ctl.run(&["wish", &file]).out.contains("sms, always, acts"));

    let lines = "{\"text\": \"Rufen Sie mich ab sofort nicht mehr an.\", \"channel_in\": \"sms\", \"subject\": \"\"}\n\
                 {\"text\": \"Wann ist mein Rad fertig?\"}\n{\"txt\": 1}\n\
                 {\"text\": \"Gerne direkt hier im Chat antworten, danke!!\", \"channel_in\": \"whatsapp\"}\n";
    let batch = ctl.write("many.jsonl", lines);
    let done = ctl.run(&["--json", "wish", "--batch", &batch]);
    assert_eq!(done.code, 3, "one line is none: {}", done.err);
    assert!(done.err.contains("Line 3"), "{}", done.err);
    let answers: Vec<Value> = done.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), 4);
    assert_eq!((&answers[0]["negated"], &answers[0]["kind"]), (&json!(["phone"]), &Value::Null));
    assert_eq!((&answers[1]["scope"], &answers[1]["acts"]), (&Value::Null, &json!(false)));
    assert_eq!(answers[2]["error"]["code"], "bad_input");
    assert_eq!(answers[3]["kind"], "whatsapp");
    assert_eq!(ctl.run(&["wish"]).code, 2);
    assert_eq!(ctl.run(&["wish", "nothing-here.txt"]).code, 1);
}

#[test]
fn kinds_need_no_profile_and_a_broken_definition_is_named() {
    let ctl = Ctl::without_profile();
    let kinds = ctl.json(&["accounts", "kinds"]);
    let email =
        kinds.as_array().unwrap().iter().find(|kind| kind["kind"] == "email").expect("email is a kind");
    let fields: Vec<_> =
        email["fields"].as_array().unwrap().iter().map(|f| f["key"].as_str().unwrap()).collect();
    for field in [
        "name",
        "address",
        "username",
        "imap_host",
        "imap_port",
        "imap_security",
        "smtp_host",
        "smtp_port",
        "smtp_security",
        "ca_file",
        "authserv_id",
        "password",
    ] {
        assert!(fields.contains(&field), "{field} of email is missing: {fields:?}");
    }
    for key in ["key", "label", "secret", "required", "default"] {
        assert!(email["fields"][0].get(key).is_some(), "{key}");
    }
    assert!(email["capabilities"].is_object());
    let human = ctl.run(&["accounts", "kinds"]);
    assert!(
        human.out.contains("--secret password=FILE") && human.out.contains("--set imap_host="),
        "{}",
        human.out
    );

    std::fs::create_dir_all(ctl.profile().join("connectors")).unwrap();
    std::fs::write(ctl.profile().join("connectors/mine.toml"), "kind = \"mine\"\nname = 7\n").unwrap();
    let done = ctl.run(&["--json", "accounts", "kinds"]);
    assert_eq!(done.code, 3, "{}", done.err);
    let error: Value = serde_json::from_str(&done.err).unwrap();
    assert_eq!(error["error"]["code"], "definition");
    assert!(error["error"]["message"].as_str().unwrap().contains("mine.toml"), "{error}");
    assert_eq!(serde_json::from_str::<Value>(&done.out).unwrap(), kinds, "the others are still there");
}

#[test]
fn records_are_matched_one_by_one_and_many_at_once() {
    let ctl = Ctl::without_profile();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let rosa = r#"{"name": "Rosa Tannwald", "emails": ["rosa@kunde.example"]}"#;
    let other = r#"{"name": "R. Tannwald", "emails": ["Rosa@Kunde.example"]}"#;
    let max = r#"{"name": "Max Birkner", "phones": ["079 555 01 01"]}"#;
    let (a, b) = (write("a.json", rosa), write("b.json", other));
    let report = ctl.json(&["contacts", "match", &a, &b]);
    assert_eq!((&report["link"], report["score"].as_u64() >= Some(90)), (&json!("same_auto"), true));
    assert!(report["reasons"].as_array().unwrap().contains(&json!("shared_email")));
    let lines = format!("{{\"id\": 1, \"a\": {rosa}, \"b\": {other}}}\n{{\"a\": {rosa}, \"b\": {max}}}\n");
    let batch = write("pairs.jsonl", &lines);
    let answers = ctl.run(&["--json", "contacts", "match", "--batch", &batch]);
    let links: Vec<Value> = answers
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["link"].clone())
        .collect();
    assert_eq!(links, [json!("same_auto"), json!("different")]);
}

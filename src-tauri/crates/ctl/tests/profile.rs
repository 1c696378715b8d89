//! A profile on the command line: set-up, keys, the shapes of every answer, backup.
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

fn keys(value: &Value, wanted: &[&str]) {
    for key in wanted {
        assert!(value.get(key).is_some(), "{key} is missing in {value}");
    }
}

#[test]
fn init_gives_folder_and_recovery_code_once() {
    let ctl = Ctl::without_profile();
    ctl.write("passphrase", "korrekt pferd batterie\n");
    let made = ctl.json(&["init", "--shop", "Rad und Tat", "--country", "de"]);
    assert_eq!(made["profile"], ctl.profile().display().to_string());
    let code = made["recovery_code"].as_str().unwrap();
    assert!(code.chars().filter(char::is_ascii_alphanumeric).count() >= 26, "128 bits: {code}");
    let (code, message) = ctl.fails(&["init", "--shop", "Rad und Tat", "--country", "DE"]);
    assert_eq!(code, "profile_exists");
    assert!(message.len() > 20, "{message}");
    assert_eq!(ctl.json(&["settings", "get", "shop.name"]), json!({"shop.name": "Rad und Tat"}));
    assert_eq!(ctl.json(&["settings", "get", "shop.country"]), json!({"shop.country": "DE"}));
}

#[test]
fn without_a_profile_every_command_says_so() {
    let ctl = Ctl::without_profile();
    ctl.write("body", "x");
    for words in [
        &["accounts", "list"][..],
        &["sync"][..],
        &["run"][..],
        &["conversations", "list"][..],
        &["contacts", "list"][..],
        &["search", "x"][..],
        &["outbox", "list"][..],
        &["backup", "x.backup"][..],
        &["reply", "1", "--body-file", "body"][..],
    ] {
        let (code, message) = ctl.fails(words);
        assert_eq!(code, "no_profile", "{words:?}");
        assert!(message.contains("init"), "says what to do: {message}");
    }
    assert!(!ctl.profile().join("theke.db").exists(), "nothing was made by asking");
}

#[test]
fn keys_are_asked_for_and_wrong_ones_refused() {
    let ctl = Ctl::new();
    ctl.write("passphrase", "falsch\n");
    assert_eq!(ctl.fails(&["accounts", "list"]).0, "wrong_key");
    ctl.write("passphrase", "\n");
    let (code, message) = ctl.fails(&["accounts", "list"]);
    assert_eq!(code, "bad_input");
    assert!(message.contains("empty"), "{message}");
    std::fs::remove_file(ctl.dir().join("passphrase")).unwrap();
    let (code, message) = ctl.fails(&["accounts", "list"]);
    assert_eq!(code, "key_needed");
    assert!(message.contains("--passphrase-file"), "{message}");
    ctl.write("code", "AAAA-BBBB\n");
    assert_eq!(ctl.fails(&["--recovery-code-file", "code", "accounts", "list"]).0, "wrong_key");
    ctl.write("passphrase", "korrekt pferd batterie\r\n");
    assert_eq!(ctl.json(&["accounts", "list"]), json!([]));
}

#[test]
fn no_keychain_and_no_passphrase_makes_no_profile() {
    let ctl = Ctl::without_profile();
    let (code, message) = ctl.fails(&["init", "--shop", "Rad und Tat", "--country", "DE"]);
    assert_eq!(code, "key_needed");
    assert!(message.contains("passphrase"), "{message}");
    assert!(!ctl.profile().join("theke.db").exists());
}

#[test]
fn an_empty_profile_answers_in_the_shapes_of_the_contract() {
    let ctl = Ctl::new();
    assert_eq!(ctl.json(&["accounts", "list"]), json!([]));
    assert_eq!(ctl.json(&["conversations", "list"]), json!([]));
    assert_eq!(ctl.json(&["contacts", "list"]), json!([]));
    assert_eq!(ctl.json(&["outbox", "list"]), json!([]));
    assert_eq!(ctl.json(&["decisions", "list"]), json!([]));
    assert_eq!(ctl.json(&["sync"]), json!({"accounts": []}));
    keys(&ctl.json(&["search", "rad"]), &["contacts", "messages"]);
    let automation = ctl.json(&["automation", "status"]);
    assert_eq!(automation["on"], false);
    assert!(automation["reason"].is_string());
    assert_eq!(ctl.json(&["automation", "on"])["on"], true);
    assert_eq!(ctl.json(&["automation", "off"])["on"], false);
    let settings = ctl.json(&["settings", "get"]);
    keys(&settings, &["shop.name", "shop.country", "send.undo_secs"]);
    assert_eq!(ctl.json(&["settings", "set", "send.undo_secs", "0"]), json!({"send.undo_secs": "0"}));
    assert_eq!(ctl.fails(&["settings", "get", "no.such.key"]).0, "bad_input");
    for check in ctl.json(&["doctor"]).as_array().unwrap() {
        keys(check, &["check", "ok", "message", "advice"]);
        assert_eq!(check["ok"], true, "{check}");
    }
    for words in [
        &["conversations", "show", "99"][..],
        &["contacts", "show", "99"][..],
        &["decisions", "show", "99"][..],
        &["accounts", "check", "99"][..],
        &["sync", "--account", "99"][..],
        &["outbox", "retry", "99"][..],
        &["route", "99"][..],
    ] {
        assert_eq!(ctl.fails(words).0, "not_found", "{words:?}");
    }
}

#[test]
fn imported_mail_is_listed_shown_found_and_corrected_by_hand() {
    let ctl = Ctl::new();
    let file = ctl.write("one.eml", ctl::MAIL);
    let done = ctl.json(&["import", &file]);
    assert_eq!((&done["read"], &done["stored"], &done["known"]), (&json!(1), &json!(1), &json!(0)), "{done}");
    let again = ctl.json(&["import", &file]);
    assert_eq!((&again["stored"], &again["known"]), (&json!(0), &json!(1)), "{again}");

    let contact = ctl.json(&["contacts", "list"])[0].clone();
    keys(&contact, &["id", "name", "identities", "preferred", "messages"]);
    keys(&contact["identities"][0], &["id", "address", "kind", "state"]);
    assert_eq!(contact["name"], "Käthe Muster");
    assert_eq!(contact["identities"][0]["address"], "kaethe@kundin.example");
    let id = contact["id"].to_string();

    let listed = ctl.json(&["conversations", "list"])[0].clone();
    keys(&listed, &["id", "contact_id", "subject", "status", "unread", "last_message_at", "media", "spam"]);
    assert_eq!(listed["media"], json!(["email"]));
    let shown = ctl.json(&["conversations", "show", &listed["id"].to_string()]);
    let message = &shown["messages"][0];
    keys(
        message,
        &[
            "id",
            "direction",
            "medium",
            "kind",
            "account_id",
            "from",
            "to",
            "cc",
            "subject",
            "text",
            "html",
            "at",
            "delivery",
            "error",
            "automatic",
            "attachments",
            "message_id",
            "in_reply_to",
            "references",
        ],
    );
    assert_eq!(message["direction"], "in");
    assert_eq!(message["delivery"], "received");
    assert_eq!(message["at"], "2026-11-02T08:00:00Z");
    assert_eq!(message["from"], json!({"name": "Käthe Muster", "address": "kaethe@kundin.example"}));

    let found = ctl.json(&["search", "rechnungsnummer"]);
    assert_eq!(found["messages"][0]["id"], message["id"]);
    keys(&found["messages"][0], &["id", "conversation_id", "snippet", "at"]);
    assert_eq!(ctl.json(&["search", "kaethe"])["contacts"][0]["id"], contact["id"]);
    let narrowed =
        |words: &[&str]| ctl.json(&[&["search"][..], words].concat())["messages"].as_array().unwrap().len();
    assert_eq!(narrowed(&["rechnungsnummer", "von:Käthe Muster", "after:2026-11-02"]), 1);
    assert_eq!(narrowed(&["rechnungsnummer", "before:2026-11-02"]), 0);
    assert_eq!(ctl.json(&["search", "in:nirgends"])["chips"][0]["ok"], false);

    let detail = ctl.json(&["contacts", "add-address", &id, "0151 23456789"]);
    assert_eq!(detail["identities"][1]["address"], "+4915123456789", "{detail}");
    let detail = ctl.json(&["contacts", "prefer", &id, "sms"]);
    keys(&detail["preferred"], &["medium", "source", "since"]);
    assert_eq!(detail["preferred"]["medium"], "sms");
    assert_eq!(ctl.json(&["contacts", "prefer", &id, "none"])["preferred"], Value::Null);
    let detail = ctl.json(&["contacts", "remove-address", &id, "0151 23456789"]);
    assert_eq!(detail["identities"].as_array().unwrap().len(), 1);
    keys(&ctl.json(&["contacts", "show", &id]), &["conversations", "timeline"]);

    let route = ctl.json(&["route", &listed["id"].to_string()]);
    assert_eq!(route["account_id"], Value::Null, "no account, no way: {route}");
    keys(&route, &["medium", "kind", "address", "reasons", "refused"]);
    ctl.write("body", "Ja.\n");
    assert_eq!(ctl.fails(&["reply", &listed["id"].to_string(), "--body-file", "body"]).0, "no_route");
    let closed = ctl.json(&["conversations", "set", &listed["id"].to_string(), "--status", "closed"]);
    assert_eq!(closed["status"], "closed");
    assert_eq!(ctl.json(&["conversations", "list", "--status", "open"]), json!([]));
}

#[test]
fn a_backup_comes_back_with_the_recovery_code() {
    let ctl = Ctl::without_profile();
    ctl.write("passphrase", "korrekt pferd batterie\n");
    let made = ctl.json(&["init", "--shop", "Rad und Tat", "--country", "DE"]);
    ctl.write("code", made["recovery_code"].as_str().unwrap());
    let file = ctl.write("one.eml", ctl::MAIL);
    ctl.json(&["import", &file]);
    let backup = ctl.json(&["backup", "shop.backup"]);
    keys(&backup, &["file", "bytes", "messages"]);
    assert_eq!(backup["messages"], 1);
    std::fs::rename(ctl.profile(), ctl.dir().join("lost")).unwrap();
    ctl.write("passphrase", "ein anderer rechner\n");
    let restored = ctl.json(&["restore", "shop.backup", "--recovery-code-file", "code"]);
    assert_eq!(restored["messages"], 1, "{restored}");
    assert_eq!(ctl.json(&["contacts", "list"])[0]["name"], "Käthe Muster");
    assert_eq!(ctl.json(&["automation", "status"])["on"], false);
    std::fs::remove_file(ctl.dir().join("passphrase")).unwrap();
    assert_eq!(ctl.json(&["--recovery-code-file", "code", "outbox", "list"]), json!([]));
}

#[test]
fn the_keys_of_the_profile_are_changed_by_who_has_one() {
    let ctl = Ctl::new();
    let shown = ctl.json(&["keys", "show"]);
    assert_eq!((&shown["passphrase"], &shown["keychain"]), (&json!(true), &json!(false)), "{shown}");
    let new = ctl.write("new", "eine andere passphrase\n");
    ctl.json(&["keys", "set-passphrase", &new]);
    assert_eq!(ctl.fails(&["keys", "show"]).0, "wrong_key");
    ctl.write("passphrase", "eine andere passphrase\n");
    let code = ctl.json(&["keys", "new-recovery-code"])["recovery_code"].as_str().unwrap().to_owned();
    assert_eq!(ctl.fails(&["keys", "remove-passphrase"]).0, "key_needed", "there is no keychain");
    let pin = ctl.write("pin", "4711\n");
    assert_eq!(ctl.json(&["keys", "set-pin", &pin])["pin"], true);
    assert_eq!(ctl.json(&["keys", "remove-pin", "--current-file", &pin])["pin"], false);
    ctl.write("code", &code);
    std::fs::remove_file(ctl.dir().join("passphrase")).unwrap();
    ctl.json(&["--recovery-code-file", "code", "keys", "set-passphrase", &new]);
}

#[test]
fn a_backup_comes_back_into_its_own_profile() {
    let ctl = Ctl::new();
    ctl.json(&["backup", "empty.backup"]);
    let file = ctl.write("one.eml", ctl::MAIL);
    ctl.json(&["import", &file]);
    assert_eq!(ctl.json(&["restore", "empty.backup"])["messages"], 0);
    assert_eq!(ctl.json(&["contacts", "list"]), json!([]));
}

#[test]
fn the_clock_file_stands_in_for_the_clock() {
    let ctl = Ctl::new();
    let clock = ctl.write("clock", "2026-12-24T18:00:00Z\n");
    let file = ctl.write("one.eml", ctl::MAIL);
    ctl.json(&["--clock-file", &clock, "import", &file]);
    let id = ctl.json(&["contacts", "list"])[0]["id"].to_string();
    ctl.json(&["contacts", "add-address", &id, "0151 23456789"]);
    let detail = ctl.json(&["contacts", "prefer", &id, "sms", "--clock-file", &clock]);
    assert_eq!(detail["preferred"]["since"], "2026-12-24T18:00:00Z");
    ctl.write("clock", "soon");
    assert_eq!(ctl.fails(&["accounts", "list", "--clock-file", &clock]).0, "bad_input");
}

#[test]
fn long_lists_are_whole_even_where_all_times_are_equal() {
    let ctl = Ctl::new();
    let mbox: String = (0..230)
        .map(|n| {
            format!(
                "From kaethe@kundin.example Mon Nov 02 09:00:00 2026\nFrom: kaethe@kundin.example\nTo: laden@shop.example\n\
                 Subject: Re: Lieferung der Lampe\nDate: Mon, 02 Nov 2026 09:00:00 +0100\nMessage-ID: <n{n}@kundin.example>\n\n\
                 Zeile {n}\n\n"
            )
        })
        .collect();
    let file = ctl.write("all.mbox", &mbox);
    assert_eq!(ctl.json(&["import", &file])["stored"], 230);
    let contact = ctl.json(&["contacts", "list"])[0]["id"].to_string();
    let detail = ctl.json(&["contacts", "show", &contact]);
    let mut ids: Vec<_> =
        detail["timeline"].as_array().unwrap().iter().map(|t| t["message_id"].as_i64()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 230);
    assert_eq!(
        ctl.json(&["contacts", "show", &contact, "--limit", "7"])["timeline"].as_array().unwrap().len(),
        7
    );
    let conversation = detail["conversations"][0].to_string();
    let shown = ctl.json(&["conversations", "show", &conversation]);
    assert_eq!(shown["messages"].as_array().unwrap().len(), 230);
}

#[test]
fn what_stands_behind_the_query_is_an_option_and_snippets_are_plain() {
    let ctl = Ctl::new();
    let mails: Vec<String> = (0..3)
        .map(|n| {
            ctl.write(
                &format!("{n}.eml"),
                &ctl::MAIL.replace("<a1@", &format!("<a{n}@")).replace("20261", &format!("2026{n}")),
            )
        })
        .collect();
    ctl.json(&[&["import"][..], &mails.iter().map(String::as_str).collect::<Vec<_>>()].concat());
    let count = |words: &[&str]| ctl.json(words)["messages"].as_array().unwrap().len();
    assert_eq!(count(&["search", "rechnungsnummer"]), 3);
    assert_eq!(count(&["search", "rechnungsnummer", "--limit", "2"]), 2);
    assert_eq!(count(&["search", "--limit", "1", "mein", "rad"]), 1);
    assert_eq!(count(&["search", "mein", "rad", "--limit", "2"]), 2);
    ctl.json(&["search", "-rechnungsnummer"]);
    let snippet = ctl.json(&["search", "rechnungsnummer"])["messages"][0]["snippet"].clone();
    assert!(snippet.as_str().unwrap().contains("fertig? Rechnungsnummer 2026"), "{snippet}");
}

/// A file without any date came now; one from the future did not.
#[test]
fn a_file_is_never_from_1970_nor_from_the_future() {
    let without = ctl::MAIL.replace("Date: Mon, 02 Nov 2026 09:00:00 +0100\r\n", "");
    for (mail, at) in [
        (without.clone(), "2026-11-21T10:00:00Z"),
        (
            format!("Received: from a by b; Tue, 3 Nov 2026 10:00:00 +0100\r\n{without}"),
            "2026-11-03T09:00:00Z",
        ),
        (ctl::MAIL.replace("2026", "2099"), "2026-11-21T10:00:00Z"),
    ] {
        let ctl = Ctl::new();
        let (clock, file) = (ctl.write("clock", "2026-11-21T10:00:00Z"), ctl.write("mail.eml", &mail));
        ctl.json(&["--clock-file", &clock, "import", &file]);
        assert_eq!(ctl.json(&["conversations", "list"])[0]["last_message_at"], at, "{mail}");
    }
}

#[test]
fn files_that_cannot_be_backups_are_named() {
    let ctl = Ctl::new();
    let missing = ctl.dir().join("nowhere/a.backup").display().to_string();
    let folder = ctl.profile().display().to_string();
    for words in [["backup", missing.as_str()], ["restore", &missing], ["backup", &folder]] {
        let (code, message) = ctl.fails(&words);
        assert_eq!(code, "bad_input", "{words:?}: {message}");
        assert!(message.contains(words[1]) && message.contains("Name "), "{message}");
    }
}

#[test]
fn a_call_a_visit_and_a_note_are_written_down() {
    let ctl = Ctl::new();
    let mail = ctl.write("one.eml", ctl::MAIL);
    let clock = ctl.write("clock", "2026-11-03T10:00:00Z\n");
    ctl.json(&["--clock-file", &clock, "import", &mail]);
    let body = ctl.write("call.txt", "Fragt, ob die Gabel da ist\n");
    let contact = ctl.json(&["contacts", "list"])[0]["id"].to_string();
    let note = |rest: &[&str]| {
        let mut words = vec!["--clock-file", clock.as_str(), "note", contact.as_str()];
        words.extend(rest);
        ctl.json(&words)
    };
    let call = note(&["--call", "--in", "--body-file", &body]);
    keys(&call, &["contact_id", "conversation_id", "message_id", "note_id", "undo_id"]);
    let visit = note(&["--visit", "--out"]);
    assert_eq!(visit["conversation_id"], call["conversation_id"]);
    let kept = note(&["--note", "--body-file", &body]);
    assert!(kept["message_id"].is_null() && kept["note_id"].is_number(), "{kept}");
    let shown = ctl.json(&["conversations", "show", &call["conversation_id"].to_string()]);
    let said: Vec<_> =
        shown["messages"].as_array().unwrap().iter().map(|m| (&m["medium"], &m["direction"])).collect();
    assert_eq!(json!(said), json!([["email", "in"], ["phone", "in"], ["in_person", "out"]]));
    assert_eq!(shown["messages"][1]["text"], "Fragt, ob die Gabel da ist");
    let card = ctl.json(&["contacts", "show", &contact]);
    let types: Vec<_> =
        card["timeline"].as_array().unwrap().iter().map(|line| line["type"].clone()).collect();
    assert_eq!(json!(types), json!(["message", "message", "note", "message"]), "{card}");
    assert_eq!(ctl.json(&["search", "Gabel"])["messages"][0]["id"], call["message_id"]);
    for wrong in [
        &["note", "1"][..],
        &["note", "1", "--call", "--visit"],
        &["note", "1", "--call", "--in", "--out"],
        &["note", "1", "--note"],
        &["note", "1", "--note", "--in", "--body-file", "x"],
    ] {
        assert_eq!(ctl.run(wrong).code, 2, "{wrong:?}");
    }
}

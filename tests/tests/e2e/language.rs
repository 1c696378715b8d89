//! What hand-written examples expect of search and of conversations, through the whole program.

use std::collections::BTreeMap;
use std::fs;

use serde_json::Value;
use theke_tests::program::{Shop, corpora};

use crate::mails::values;

fn rows(name: &str) -> Option<Vec<Value>> {
    let text = fs::read_to_string(corpora()?.join("lang").join(name)).ok()?;
    Some(
        text.lines()
            .filter(|line| !line.trim().is_empty())
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
    )
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

fn import(shop: &Shop, mails: &[(String, String)]) {
    let files: Vec<String> = mails.iter().map(|(name, raw)| shop.write(name, raw)).collect();
    let words: Vec<&str> = std::iter::once("import").chain(files.iter().map(String::as_str)).collect();
    let done = shop.json(&words);
    assert_eq!(done["stored"], mails.len(), "{done}");
}

#[test]
fn search_finds_what_people_mean() {
    let Some(rows) = rows("search.jsonl") else { return };
    let shop = Shop::new();
    let mails: Vec<_> = rows
        .iter()
        .map(|row| {
            let (id, document) = (text(row, "id"), text(row, "document_text"));
            let raw = format!(
                "From: {id}@kunde.example\r\nTo: shop@test.local\r\nSubject: {document}\r\nMessage-ID: <{id}@kunde.example>\r\n\
                 Date: Mon, 02 Nov 2026 09:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{document}\r\n"
            );
            (format!("{id}.eml"), raw)
        })
        .collect();
    import(&shop, &mails);
    let by_id: BTreeMap<i64, String> = shop
        .messages()
        .iter()
        .map(|m| {
            (
                m["id"].as_i64().unwrap(),
                text(m, "message_id").trim_matches(['<', '>']).replace("@kunde.example", ""),
            )
        })
        .collect();
    let mut wrong = Vec::new();
    for row in rows.iter().filter(|row| row["optional"] != true) {
        let found = shop.json(&["search", "--limit", "200", "--", text(row, "query")]);
        let hits = found["messages"].as_array().unwrap().iter();
        let hit = hits.into_iter().any(|m| by_id[&m["id"].as_i64().unwrap()] == text(row, "id"));
        if hit != row["expect_hit"].as_bool().unwrap() {
            wrong.push(format!(
                "{}: {:?} in {:?}: {}",
                text(row, "id"),
                row["query"],
                row["document_text"],
                row["reason"]
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), rows.len());
}

#[test]
fn conversations_are_what_people_mean() {
    let Some(rows) = rows("threads.jsonl") else { return };
    // Chats and SMS have no files to import; domain's own table of cases covers them.
    let by_mail = |row: &&Value| {
        row["messages"].as_array().unwrap().iter().all(|m| matches!(text(m, "channel"), "email" | "webform"))
    };
    let rows: Vec<Value> = rows.iter().filter(by_mail).cloned().collect();
    let shop = Shop::new();
    let own = values(&[
        ("name", "Laden"),
        ("address", "laden@shop.example"),
        ("username", "laden@shop.example"),
        ("imap_host", "localhost"),
        ("imap_port", "993"),
        ("imap_security", "tls"),
        ("smtp_host", "localhost"),
        ("smtp_port", "465"),
        ("smtp_security", "tls"),
    ]);
    let mut words = vec!["accounts".to_owned(), "add".into(), "email".into(), "--no-check".into()];
    words.extend(own.iter().flat_map(|(key, value)| ["--set".to_owned(), format!("{key}={value}")]));
    words.extend(["--secret".to_owned(), format!("password={}", shop.write("pw", "x"))]);
    shop.json(&words.iter().map(String::as_str).collect::<Vec<_>>());
    // Each case has customers of its own.
    let mails: Vec<_> = rows
        .iter()
        .flat_map(|row| {
            let case = text(row, "id");
            row["messages"]
                .as_array()
                .unwrap()
                .iter()
                .enumerate()
                .map(move |(n, message)| (format!("{case}-{n}.eml"), eml(case, n, message)))
        })
        .collect();
    import(&shop, &mails);
    let mut found: BTreeMap<String, i64> = BTreeMap::new();
    for message in shop.messages() {
        found.insert(text(&message, "text").trim().to_owned(), message["conversation_id"].as_i64().unwrap());
    }
    let mut wrong = Vec::new();
    for row in &rows {
        let case = text(row, "id");
        let groups: Vec<Vec<usize>> = serde_json::from_value(row["expect"].clone()).unwrap();
        let conversation = |n: &usize| found.get(&format!("{case}-{n}")).copied();
        let got: Vec<Vec<Option<i64>>> =
            groups.iter().map(|group| group.iter().map(conversation).collect()).collect();
        let whole = got.iter().all(|group| group.iter().all(|id| id.is_some() && *id == group[0]));
        let apart =
            got.iter().enumerate().all(|(n, group)| got[..n].iter().all(|other| other[0] != group[0]));
        if !whole || !apart {
            wrong.push(format!("{case}: expected {groups:?}, got {got:?}: {}", row["reason"]));
        }
    }
    assert!(wrong.is_empty(), "{} of {}: {wrong:#?}", wrong.len(), rows.len());
}

/// The customer's name in the domain keeps the cases apart; the shop stays the shop.
fn eml(case: &str, n: usize, message: &Value) -> String {
    let own = |address: &str| address.replace("@kunde.example", &format!("@{case}.kunde.example"));
    let line = |name: &str, value: String| {
        if value.is_empty() { String::new() } else { format!("{name}: {value}\r\n") }
    };
    let references: Vec<&str> =
        message["references"].as_array().unwrap().iter().map(|r| r.as_str().unwrap()).collect();
    let at: jiff::Timestamp = text(message, "at").parse().unwrap();
    [
        line("From", own(text(message, "from"))),
        line("To", own(text(message, "to"))),
        line("Subject", text(message, "subject").to_owned()),
        line("Date", crate::mails::date(at)),
        line("Message-ID", text(message, "message_id").to_owned()),
        line("In-Reply-To", text(message, "in_reply_to").to_owned()),
        line("References", references.join(" ")),
        "Content-Type: text/plain; charset=utf-8\r\n\r\n".to_owned(),
        format!("{case}-{n}\r\n"),
    ]
    .concat()
}

//! A formatted answer, read as the bytes that the recipient's server got.

use serde_json::json;
use theke_tests::mailstack::MailStack;
use theke_tests::program::Shop;

use crate::mails::{add_mailbox, header, mail};

/// What the composer hands in, with what it never would: the engine does not rely on it.
const WRITTEN: &str = "<div><strong>Wichtig:</strong> Größe M</div><div><br></div>\
    <ul><li>Schlauch</li><li>Mantel</li></ul>\
    <div><a href=\"https://rad.example/termin\" onclick=\"x()\">Termin</a></div><script>x()</script>";

/// The parts of a multipart by their type, each with its headers.
fn parts(raw: &str) -> Vec<(String, String)> {
    let kind = header(raw.as_bytes(), "Content-Type").unwrap();
    let boundary = kind.split("boundary=").nth(1).unwrap().split(';').next().unwrap().trim_matches('"');
    let pieces: Vec<_> = raw.split(&format!("--{boundary}")).skip(1).collect();
    assert!(pieces.last().unwrap().starts_with("--"), "the last boundary ends it: {raw}");
    pieces
        .iter()
        .take(pieces.len() - 1)
        .map(|piece| {
            let part = piece.trim_start_matches("\r\n");
            (header(part.as_bytes(), "Content-Type").unwrap_or_default(), part.to_owned())
        })
        .collect()
}

#[test]
fn a_formatted_answer_leaves_as_text_and_html_and_only_formatting_is_in_it() {
    let (shop, stack) = (Shop::new(), MailStack::start());
    stack.add_user("kate");
    add_mailbox(&shop, &stack);
    stack.deliver("shop", &mail("Kate <kate@test.local>", "Mein Rad", Some("<m1@kate.example>"), "", "Und?"));
    shop.json(&["sync"]);
    let conversation = shop.json(&["conversations", "list"])[0]["id"].to_string();
    let html = shop.write("answer.html", WRITTEN);
    shop.json(&["reply", &conversation, "--html-file", &html, "--now"]);
    shop.json(&["sync"]);

    let got = stack.wait_for("kate", "INBOX", 1).remove(0);
    let raw = String::from_utf8(got.clone()).expect("a mail with umlauts is still plain ASCII or UTF-8");
    assert!(header(&got, "Content-Type").unwrap().starts_with("multipart/alternative"), "{raw}");
    assert_eq!(header(&got, "MIME-Version").as_deref(), Some("1.0"));
    let parts = parts(&raw);
    let kinds: Vec<_> = parts.iter().map(|(kind, _)| kind.split(';').next().unwrap_or_default()).collect();
    assert_eq!(kinds, ["text/plain", "text/html"], "the best one stands last (RFC 2046 5.1.4): {raw}");
    assert!(parts.iter().all(|(kind, _)| kind.to_lowercase().contains("utf-8")), "{raw}");
    assert!(raw.lines().all(|line| line.len() <= 998), "no line is longer than SMTP allows");

    let file = shop.write("got.eml", &got);
    let read = shop.json(&["inspect", &file]);
    assert_eq!(read["text"], json!("Wichtig: Größe M\n\n- Schlauch\n- Mantel\nTermin"), "{read}");
    let html = read["html"].as_str().unwrap();
    assert!(html.contains("<strong>Wichtig:</strong> Größe M"), "{html}");
    assert!(html.contains("<li>Schlauch</li>"), "{html}");
    for gone in ["script", "onclick", "x()"] {
        assert!(!raw.contains(gone) && !html.contains(gone), "{gone} left the program: {raw}");
    }
}

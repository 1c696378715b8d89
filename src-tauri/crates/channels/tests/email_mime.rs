//! Single mails through the reader: what is handed in.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use theke_channels::mime::{self, Fetched};
use theke_domain::message::{Completeness, Direction, Flags, Incoming, RemoteId};
use theke_domain::time::Timestamp;

fn read(raw: &[u8]) -> Incoming {
    let received_at = Timestamp::from_rfc3339("2026-11-21T10:00:00Z");
    let fetched = Fetched {
        remote_id: RemoteId("1".into()),
        direction: Direction::In,
        received_at,
        flags: Flags::default(),
        size_bytes: None,
        spam: false,
    };
    mime::incoming(raw.to_vec(), &fetched)
}

const MIXED: &str = "From: \"=?utf-8?Q?M=C3=BCller=2C?= Anna\" <Anna@Kunde.Example>\r\nTo: Laden <laden@shop.example>, b@x.example\r\nCc: c@x.example\r\n\
Reply-To: <neu@kunde.example>\r\nSubject: =?iso-8859-1?Q?Gr=FC=DFe?=\r\nDate: Sat, 21 Nov 2026 10:30:00 +0100\r\nMessage-ID: <1@kunde.example>\r\n\
In-Reply-To: <0@shop.example>\r\nReferences: <a@shop.example>\r\n <0@shop.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
--m\r\nContent-Type: multipart/related; boundary=r\r\n\r\n--r\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
--a\r\nContent-Type: text/plain; charset=iso-8859-15\r\nContent-Transfer-Encoding: 8bit\r\n\r\nPreis: 5 \u{1}\r\n\r\nAm 20.11.2026 schrieb Laden:\r\n> alt\r\n\
--a\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+UHJlaXM6IDUg4oKsPC9wPjxpbWcgc3JjPSJjaWQ6bG9nb0B4Ij4=\r\n--a--\r\n\
--r\r\nContent-Type: image/png\r\nContent-ID: <logo@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n--r--\r\n\
--m\r\nContent-Type: application/pdf; name=\"x.pdf\"\r\nContent-Disposition: attachment; filename*=utf-8''Rechnung%20%C3%A4.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERg==\r\n--m--\r\n";

#[test]
fn a_mail_with_everything() {
    let raw = MIXED
        .replace('\u{1}', "\u{0}")
        .into_bytes()
        .into_iter()
        .map(|b| if b == 0 { 0xa4 } else { b })
        .collect::<Vec<u8>>();
    let mail = read(&raw);
    assert_eq!(mail.from.name.as_deref(), Some("Müller, Anna"));
    assert_eq!(mail.from.address.as_ref().unwrap().value(), "anna@kunde.example");
    assert_eq!(mail.to.len(), 2);
    assert_eq!(mail.reply_to[0].address.as_ref().unwrap().value(), "neu@kunde.example");
    assert_eq!(mail.subject.as_deref(), Some("Grüße"));
    assert_eq!(mail.at.to_rfc3339(), "2026-11-21T09:30:00Z");
    assert_eq!(mail.thread.message_id.as_deref(), Some("<1@kunde.example>"));
    assert_eq!(mail.thread.in_reply_to.as_deref(), Some("<0@shop.example>"));
    assert_eq!(mail.thread.references, ["<a@shop.example>", "<0@shop.example>"]);
    assert!(mail.text.starts_with("Preis: 5 €"), "{:?}", mail.text);
    assert_eq!(mail.text_without_quote.trim(), "Preis: 5 €");
    assert!(mail.html.as_deref().unwrap().contains("5 €"));
    let parts: Vec<_> = mail
        .parts
        .iter()
        .map(|p| (p.name.as_deref(), p.mime_type.as_str(), p.size_bytes, p.inline))
        .collect();
    assert_eq!(parts, [(None, "image/png", 4, true), (Some("Rechnung ä.pdf"), "application/pdf", 4, false)]);
    assert_eq!(mail.parts[0].content_id.as_deref(), Some("logo@x"));
    assert_eq!(mail.completeness, Completeness::Whole);
    assert_eq!(mail.source.as_deref(), Some(raw.as_slice()));
    assert_eq!(mime::part_bytes(&raw, 1).unwrap(), b"%PDF");
    assert_eq!(mail.parts[1].sha256.as_deref().unwrap().len(), 64);
    assert!(mail.problems.is_empty(), "{:?}", mail.problems);
}

#[test]
fn a_date_in_the_future_or_the_stone_age_does_not_count() {
    let future = read(b"From: a@x.example\nDate: Mon, 1 Jan 2035 00:00:00 +0000\n\nx");
    assert_eq!(future.at, future.received_at);
    let old = read(b"From: a@x.example\nDate: Thu, 1 Jan 1970 00:00:00 +0000\n\nx");
    assert_eq!(old.at, old.received_at);
}

#[test]
fn broken_mails_are_readable() {
    let no_charset = read(b"From: J\xfcrgen <j@x.example>\r\nSubject: Gr\xfc\xdfe\r\n\r\nsch\xf6n");
    assert_eq!(
        (no_charset.from.name.as_deref(), no_charset.subject.as_deref(), no_charset.text.as_str()),
        (Some("Jürgen"), Some("Grüße"), "schön")
    );
    let no_mail = read(b"just some words");
    assert_eq!(no_mail.from.raw, "");
    assert!(!no_mail.problems.is_empty());
    assert_eq!(read(b"").text, "");
    let html_only = read(b"From: a@x.example\nContent-Type: text/html\n\n<p>Hallo<br>Welt</p>");
    assert_eq!(html_only.text, "Hallo\nWelt");
    let cut = read(b"From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nda");
    assert_eq!(cut.text, "da");
}

#[test]
fn attached_mails_and_winmail_stay_attachments() {
    let raw = b"From: a@x.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\ntext\n--b\nContent-Type: message/rfc822\n\nSubject: innen\nFrom: c@x.example\n\ninner message/rfc822\n--b\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+Ig==\n--b--\n";
    let mail = read(raw);
    assert_eq!(mail.text, "text");
    let parts: Vec<_> = mail.parts.iter().map(|p| (p.name.as_deref(), p.mime_type.as_str())).collect();
    assert_eq!(parts, [(Some("innen.eml"), "message/rfc822"), (Some("winmail.dat"), "application/ms-tnef")]);
    let inner = String::from_utf8(mime::part_bytes(raw, 0).unwrap()).unwrap();
    assert!(inner.starts_with("Subject: innen") && inner.contains("inner message/rfc822"), "{inner:?}");
}

#[test]
fn spam_marks_and_inspect_fields() {
    assert!(read(b"From: a@x.example\nX-Spam-Flag: YES\n\nx").spam);
    assert!(!read(b"From: a@x.example\nX-Spam-Status: No, score=1\n\nx").spam);
    let json = serde_json::to_value(mime::inspect(MIXED.as_bytes(), &[], &[])).unwrap();
    for field in [
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
        assert!(json.get(field).is_some(), "{field} is missing");
    }
    assert_eq!(json["to"][0]["address"], "laden@shop.example");
    assert_eq!(json["attachments"][1]["type"], "application/pdf");
}

#[test]
fn the_direction_of_a_file_is_known_by_its_sender() {
    let own = ["Laden@Shop.example".to_owned()];
    assert_eq!(mime::direction(b"From: laden@shop.example\n\nx", &own), Direction::Out);
    assert_eq!(mime::direction(b"From: a@x.example\n\nx", &own), Direction::In);
}

/// Whoever writes a second header wants to be taken for another, or the mail to be about something else.
#[test]
fn of_a_header_that_comes_twice_the_first_counts_and_all_recipients_do() {
    let mail = read(
        b"From: Anna <anna@kunde.example>\r\nFrom: Chef <chef@bank.example>\r\nSubject:\r\nSubject: Rad\r\nSubject: Gewinn\r\n\
          To: a@shop.example\r\nTo: b@shop.example\r\nTo:\r\nCc: c@shop.example\r\nCc: D <d@shop.example>, e@shop.example\r\n\
          Message-ID: <1@kunde.example>\r\nMessage-ID: <2@kunde.example>\r\n\
          Date: Mon, 2 Nov 2026 09:00:00 CET\r\nDate: Tue, 3 Nov 2026 09:00:00 +0000\r\n\r\nHallo\r\n",
    );
    assert_eq!(mail.from.address.unwrap().value(), "anna@kunde.example");
    assert_eq!(mail.subject.as_deref(), Some("Rad"));
    let values = |parties: &[theke_domain::message::Party]| -> Vec<String> {
        parties.iter().map(|party| party.address.as_ref().unwrap().value().to_owned()).collect()
    };
    assert_eq!(values(&mail.to), ["a@shop.example", "b@shop.example"]);
    assert_eq!(values(&mail.cc), ["c@shop.example", "d@shop.example", "e@shop.example"]);
    assert_eq!(mail.thread.message_id.as_deref(), Some("<1@kunde.example>"));
    assert_eq!(mail.at.to_rfc3339(), "2026-11-02T08:00:00Z");
    assert!(mail.problems.iter().any(|problem| problem.contains("more than one From")));
}

/// What the parser cannot decode is decoded all the same, and named texts within the text are listed.
#[test]
fn odd_encodings_give_the_file_that_was_sent() {
    let mail = read(
        b"From: anna@kunde.example\r\nMessage-ID: <3@kunde.example>\r\nContent-Type: multipart/mixed; boundary=\r\n \"b\"\r\n\r\n\
          --b\r\nContent-Type: text/plain\r\n\r\nAnbei\r\n\
          --b\r\nContent-Type: text/plain\r\nContent-Disposition: inline; filename=\"liste.txt\"\r\n\r\nSchlauch\r\n\
          --b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nUmVjaG51bmc\r\n\
          --b\r\nContent-Type: application/pdf; name=b.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nUmVj*aG5\r\n1bmc=\r\n\r\n--x--\r\n\
          --b\r\nContent-Type: application/x; name=c.txt\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 c.txt\r\n,2&%L;&\\@5V5L=\"$*\r\n`\r\nend\r\n--b--\r\n",
    );
    assert_eq!(mail.text, "Anbei\nSchlauch");
    let found: Vec<_> =
        mail.parts.iter().map(|p| (p.name.as_deref().unwrap(), p.size_bytes, p.inline)).collect();
    assert_eq!(
        found,
        [("a.pdf", 8, false), ("b.pdf", 8, false), ("c.txt", 12, false), ("liste.txt", 8, true)]
    );
    let source = mail.source.unwrap();
    for (index, expected) in [&b"Rechnung"[..], b"Rechnung", b"Hallo Welt!\n", b"Schlauch"].iter().enumerate()
    {
        assert_eq!(&mime::part_bytes(&source, index).unwrap(), expected);
    }
}

//! Sending to a scripted server: what each answer means, and where the marker stands. Promises N8 and C8.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "support/server.rs"]
mod server;
mod support;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use async_trait::async_trait;
use server::Server;
use support::{impatient, outgoing, settings};
use theke_channels::email::Mailbox;
use theke_channels::{Channel, Error, ErrorKind, Marker, Result, Retry};
use theke_domain::message::{Outgoing, OutgoingPart};

/// What the server says, by the first word of the command; `.` is the end of the data, `cut` ends the connection.
type Script = BTreeMap<&'static str, &'static str>;

fn smtp(script: Script) -> Server {
    Server::tls(move |mut peer| {
        let say = |word: &str, usual: &'static str| script.get(word).copied().unwrap_or(usual).to_owned();
        peer.say(format!("{}\r\n", say("greeting", "220 ready")));
        let mut nameless = false;
        while let Some(line) = peer.line() {
            let word = line.split([' ', ':']).next().unwrap().to_ascii_uppercase();
            let answer = match word.as_str() {
                "EHLO" => "250-localhost\r\n250 AUTH PLAIN".to_owned(),
                "AUTH" => say("AUTH", "235 in"),
                "MAIL" if line.contains("FROM:<>") => {
                    nameless = true;
                    say("MAIL<>", "250 ok")
                }
                "MAIL" => {
                    nameless = false;
                    say("MAIL", "250 ok")
                }
                "RCPT" if nameless && script.contains_key("RCPT<>") => say("RCPT<>", ""),
                "RCPT" if line.contains("zwei@") => say("RCPT2", "250 ok"),
                "DATA" => {
                    let answer = say("DATA", "354 go on");
                    peer.say(format!("{answer}\r\n"));
                    if !answer.starts_with("354") {
                        continue;
                    }
                    let limit = if script.contains_key("body") { 3 } else { usize::MAX };
                    let mut lines = 0;
                    loop {
                        let Some(line) = peer.line() else { return };
                        lines += 1;
                        if lines > limit {
                            return;
                        }
                        if line == "." {
                            break;
                        }
                    }
                    say(".", "250 taken")
                }
                word => say(word, "250 ok"),
            };
            if answer == "cut" {
                return;
            }
            peer.say(format!("{answer}\r\n"));
        }
    })
}

fn account(server: &Server, name: &str) -> Mailbox {
    let text = |v: &str| v.to_owned();
    let values = [
        ("name", text(name)),
        ("address", text("laden@shop.example")),
        ("imap_host", text("localhost")),
        ("smtp_host", text("localhost")),
        ("smtp_port", server.port.to_string()),
        ("ca_file", server.ca_file.display().to_string()),
    ];
    Mailbox::open(&settings(values.map(|(k, v)| (k.to_owned(), v)).into()), impatient()).unwrap()
}

/// Notes what the server had heard when it was passed.
#[derive(Default)]
struct Witness {
    server: Option<server::Record>,
    heard: Mutex<Option<String>>,
    fails: bool,
}

#[async_trait]
impl Marker for Witness {
    async fn passed(&self) -> Result<()> {
        let record = self.server.as_ref().map(|r| String::from_utf8_lossy(&r.lock().unwrap()).into_owned());
        *self.heard.lock().unwrap() = record;
        if self.fails { Err(Error::new(ErrorKind::Config, "the disk is full")) } else { Ok(()) }
    }
}

async fn send(script: &[(&'static str, &'static str)], message: &Outgoing) -> (Result<()>, bool, String) {
    let server = smtp(script.iter().copied().collect());
    let witness = Witness { server: Some(server.record.clone()), ..Witness::default() };
    let result = account(&server, "Laden").send(message, &witness).await.map(|_| ());
    let passed = witness.heard.lock().unwrap().is_some();
    (result, passed, server.heard())
}

#[tokio::test]
async fn every_answer_means_what_it_says() {
    use ErrorKind::{Auth, Network, Rejected};
    let message = outgoing("anna@kunde.example", "Hallo", "Text");
    let never = Retry::Never;
    let again = Retry::Backoff;
    type Case<'a> = (&'a [(&'static str, &'static str)], ErrorKind, Retry, bool, bool);
    let cases: &[Case<'_>] = &[
        // script, kind, retry, ambiguous, marker passed
        (&[("greeting", "421 busy")], Rejected, again, false, false),
        (&[("greeting", "554 no")], Rejected, never, false, false),
        (&[("AUTH", "535 5.7.8 wrong")], Auth, never, false, false),
        (&[("AUTH", "454 4.7.0 later")], Rejected, again, false, false),
        (&[("MAIL", "530 5.7.0 log in first")], Auth, never, false, false),
        (&[("MAIL", "552 5.3.4 too large")], Rejected, never, false, false),
        (&[("RCPT", "550 5.1.1 <anna@kunde.example> unknown")], Rejected, never, false, false),
        (&[("RCPT", "450 4.2.1 greylisted")], Rejected, again, false, false),
        (&[("DATA", "421 4.3.2 closing")], Rejected, again, false, false),
        (&[("DATA", "554 no")], Rejected, never, false, false),
        (&[("body", "cut")], Network, again, false, false),
        (&[(".", "421 4.3.2 closing")], Rejected, again, false, true),
        (&[(".", "452 4.3.1 full")], Rejected, again, false, true),
        (&[(".", "554 5.7.1 spam")], Rejected, never, false, true),
        (&[(".", "cut")], Network, never, true, true),
        (&[(".", "gibberish")], Network, never, true, true),
    ];
    for (script, kind, retry, ambiguous, marker) in cases {
        // More than the buffers between the two take, so that the cut comes while the mail is still being written.
        let file = OutgoingPart {
            name: "a.bin".into(),
            mime_type: "application/octet-stream".into(),
            content: vec![7; 12_000_000],
        };
        let parts = if script[0].0 == "body" { vec![file] } else { Vec::new() };
        let large = Outgoing { parts, ..message.clone() };
        let (result, passed, heard) = send(script, &large).await;
        let error = result.expect_err(&format!("{script:?}"));
        assert_eq!(
            (error.kind, error.retry, error.ambiguous, passed),
            (*kind, *retry, *ambiguous, *marker),
            "{script:?}: {error:?}"
        );
        assert!(!error.to_string().contains("kunde.example"), "{error}");
        assert!(heard.contains("EHLO") || script[0].0 == "greeting");
    }
}

#[tokio::test]
async fn a_silent_end_is_ambiguous() {
    let server = Server::tls(|mut peer| {
        peer.say("220 ready\r\n");
        while let Some(line) = peer.line() {
            match line.split(' ').next().unwrap() {
                "EHLO" => peer.say("250-x\r\n250 AUTH PLAIN\r\n"),
                "AUTH" => peer.say("235 in\r\n"),
                "DATA" => peer.say("354 go\r\n"),
                "MAIL" | "RCPT" => peer.say("250 ok\r\n"),
                _ => Some(()),
            };
        }
    });
    let error = account(&server, "Laden")
        .send(&outgoing("a@x.example", "s", "t"), &Witness::default())
        .await
        .unwrap_err();
    assert!(error.ambiguous, "{error:?}");
}

#[tokio::test]
async fn the_marker_stands_before_the_last_line() {
    let server = smtp(Script::new());
    let witness = Witness { server: Some(server.record.clone()), ..Witness::default() };
    account(&server, "Laden").send(&outgoing("a@x.example", "s", "letzte Zeile"), &witness).await.unwrap();
    let heard = witness.heard.lock().unwrap().clone().unwrap();
    assert!(heard.contains("DATA\r\n") && !heard.contains("\r\n.\r\n"), "{heard}");
    assert!(
        server.heard().ends_with("letzte Zeile\r\n.\r\n")
            || server.heard().contains("letzte Zeile\r\n.\r\nQUIT"),
        "{}",
        server.heard()
    );

    let server = smtp(Script::new());
    let failing = Witness { fails: true, ..Witness::default() };
    let error =
        account(&server, "Laden").send(&outgoing("a@x.example", "s", "t"), &failing).await.unwrap_err();
    assert_eq!((error.text.as_str(), error.ambiguous), ("the disk is full", false));
    assert!(!server.heard().contains("\r\n.\r\n"), "without the mark nothing goes out");
}

#[tokio::test]
async fn the_copy_that_is_refused_is_named() {
    let mut message = outgoing("eins@kunde.example", "s", "t");
    message.cc = vec![outgoing("zwei@kunde.example", "", "").to];
    let (result, passed, _) = send(&[("RCPT2", "550 5.1.1 unknown")], &message).await;
    let error = result.unwrap_err();
    assert!(
        error.text.starts_with("recipient 2 (copy)")
            && error.text.contains("550 5.1.1 unknown")
            && error.recipient == Some(1)
            && !passed,
        "{error}"
    );
}

#[tokio::test]
async fn retries_send_the_same_bytes_to_exactly_the_recipients() {
    let message = outgoing("anna@kunde.example", "Grüße", ".\n..\nText");
    let server = smtp(Script::new());
    let channel = account(&server, "Laden");
    let fixed = Outgoing { payload: channel.compose(&message).unwrap(), ..message };
    let mut bodies = Vec::new();
    for _ in 0..2 {
        server.record.lock().unwrap().clear();
        channel.send(&fixed, &Witness::default()).await.unwrap();
        let heard = server.heard();
        let recipients: Vec<&str> = heard.lines().filter(|l| l.starts_with("RCPT")).collect();
        assert_eq!(recipients, ["RCPT TO:<anna@kunde.example>"]);
        assert!(heard.contains("MAIL FROM:<laden@shop.example>"), "{heard}");
        bodies.push(heard.split("DATA\r\n").nth(1).unwrap().split("QUIT").next().unwrap().to_owned());
    }
    assert_eq!(bodies[0], bodies[1]);
    assert!(bodies[0].contains("\r\n..\r\n...\r\n"), "{}", bodies[0]);
}

fn payloads() -> Vec<String> {
    let mut all: Vec<String> = [
        "a\r\nBcc: evil@x.example",
        "a\nBcc: evil@x.example\n\nbody",
        "a\rBcc: evil@x.example",
        "a\u{2028}Bcc: evil@x.example",
        "a\u{85}Bcc: evil@x.example",
        "\0\r\n.\r\nMAIL FROM:<x>",
        "=?utf-8?Q?a=0D=0ABcc:_evil?=",
        "\" <evil@x.example>, \"b",
        "a; filename=\"x\r\nBcc: y\"",
    ]
    .map(str::to_owned)
    .to_vec();
    let shared = std::env::var_os("THEKE_SHARED").map(PathBuf::from);
    let beside = || {
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .map(|a| a.join("../shared"))
            .find(|p| p.join("corpora").is_dir())
    };
    match shared
        .or_else(beside)
        .map(|s| s.join("corpora/crlf-injection/payloads.json"))
        .filter(|p| p.is_file())
    {
        Some(file) => {
            all.extend(serde_json::from_slice::<Vec<String>>(&std::fs::read(file).unwrap()).unwrap())
        }
        None => println!("skipped: corpora not found"),
    }
    all
}

#[tokio::test]
async fn c8_no_text_becomes_a_header() {
    let server = smtp(Script::new());
    for payload in payloads() {
        let channel = account(&server, &payload);
        let mut message = outgoing("anna@kunde.example", &payload, &payload);
        message.to_name = Some(payload.clone());
        message.thread.in_reply_to = Some(format!("<{payload}>"));
        message.thread.references = vec![payload.clone(), format!("<{payload}@x>")];
        message.parts =
            vec![OutgoingPart { name: payload.clone(), mime_type: payload.clone(), content: b"x".to_vec() }];
        server.record.lock().unwrap().clear();
        channel.send(&message, &Witness::default()).await.unwrap();
        let heard = server.heard();
        let envelope = heard.split("DATA\r\n").next().unwrap();
        let recipients = envelope.lines().filter(|l| l.starts_with("RCPT")).count();
        assert_eq!(
            (recipients, envelope.lines().filter(|l| l.starts_with("MAIL")).count()),
            (1, 1),
            "{payload:?}: {heard}"
        );
        let mail = heard.split("DATA\r\n").nth(1).unwrap();
        let (head, _) = mail.split_once("\r\n\r\n").unwrap();
        assert!(!head.replace("\r\n", "").contains(['\r', '\n']), "{payload:?}: {head}");
        for name in ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"] {
            let count = head
                .lines()
                .filter(|l| l.to_ascii_lowercase().starts_with(&format!("{}:", name.to_ascii_lowercase())))
                .count();
            assert_eq!(count, 1, "{name} in {payload:?}: {head}");
        }
        let known = [
            "from",
            "to",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
        ];
        for line in head.lines().filter(|l| !l.starts_with([' ', '\t'])) {
            let name = line.split(':').next().unwrap().to_ascii_lowercase();
            assert!(known.contains(&name.as_str()), "{payload:?} made the header {line:?}");
        }
        let read = theke_channels::mime::inspect(mail.as_bytes(), &[], &[]);
        assert_eq!((read.to.len(), read.cc.len()), (1, 0), "{payload:?}: {:?}", read.to);
        assert_eq!(read.to[0].address.as_deref(), Some("anna@kunde.example"));
        assert_eq!(read.attachments.len(), 1, "{payload:?}");
    }
}

fn automatic(to: &str) -> Outgoing {
    let mut message = Outgoing { automatic: true, ..outgoing(to, "Re: Frage", "Von selbst beantwortet") };
    message.thread.in_reply_to = Some("<frage@kunde.example>".to_owned());
    message.thread.references = vec!["<erste@kunde.example>".to_owned()];
    message
}

#[tokio::test]
async fn a4_automatic_mail_is_marked() {
    let server = smtp(Script::new());
    let channel = account(&server, "Laden");
    let head = |message: &Outgoing| {
        let mail = String::from_utf8(channel.compose(message).unwrap().unwrap()).unwrap();
        mail.split_once("\r\n\r\n").unwrap().0.to_owned() + "\r\n"
    };
    let marked = head(&automatic("a@x.example"));
    for header in [
        "Auto-Submitted: auto-replied",
        "X-Auto-Response-Suppress: All",
        "In-Reply-To: <frage@kunde.example>",
        "References: <erste@kunde.example> <frage@kunde.example>",
    ] {
        assert_eq!(marked.matches(&format!("{header}\r\n")).count(), 1, "{header}: {marked}");
    }
    for never in ["Precedence:", "Reply-To:", "Cc:", "List-"] {
        assert!(!marked.contains(&format!("\r\n{never}")), "{marked}");
    }
    let by_a_person = head(&Outgoing { automatic: false, ..automatic("a@x.example") });
    assert!(!by_a_person.contains("Auto-Submitted") && !by_a_person.contains("Suppress"), "{by_a_person}");
}

/// The commands of the envelope that the server heard, over all connections.
fn envelope(heard: &str) -> Vec<String> {
    let is_one = |line: &&str| ["MAIL", "RCPT", "RSET", "DATA"].iter().any(|word| line.starts_with(word));
    heard.lines().filter(is_one).map(|line| line.trim_end().to_owned()).collect()
}

#[tokio::test]
async fn a4_the_return_path_is_empty_where_the_server_allows() {
    let message = automatic("anna@kunde.example");
    let nobody = "MAIL FROM:<>";
    let (own, anna) = ("MAIL FROM:<laden@shop.example>", "RCPT TO:<anna@kunde.example>");
    type Case<'a> = (&'a [(&'static str, &'static str)], &'a [&'a str]);
    let cases: &[Case<'_>] = &[
        (&[], &[nobody, anna, "DATA"]),
        (&[("MAIL<>", "501 5.1.7 bad sender")], &[nobody, "RSET", own, anna, "DATA"]),
        (&[("MAIL<>", "553 5.7.1 not owned by user")], &[nobody, "RSET", own, anna, "DATA"]),
        (&[("MAIL<>", "530 5.7.0 log in as the sender")], &[nobody, "RSET", own, anna, "DATA"]),
        (&[("MAIL<>", "421 4.7.0 not like this")], &[nobody, "RSET", own, anna, "DATA"]),
        (&[("MAIL<>", "cut")], &[nobody, own, anna, "DATA"]),
        (&[("RCPT<>", "550 5.7.1 null sender")], &[nobody, anna, "RSET", own, anna, "DATA"]),
        (&[("RCPT<>", "cut")], &[nobody, anna, own, anna, "DATA"]),
    ];
    for (script, expected) in cases {
        let (result, passed, heard) = send(script, &message).await;
        result.unwrap_or_else(|error| panic!("{script:?}: {error}"));
        assert!(passed);
        assert_eq!(envelope(&heard), *expected, "{script:?}");
        assert_eq!(heard.matches("Von selbst beantwortet").count(), 1, "{script:?}: {heard}");
    }
    let (result, ..) = send(&[], &Outgoing { automatic: false, ..message.clone() }).await;
    result.unwrap();
    // What is refused under the own address too is what the server says to that.
    let (result, passed, heard) = send(&[("RCPT", "550 5.1.1 unknown")], &message).await;
    let error = result.unwrap_err();
    assert_eq!((error.kind, error.recipient, passed), (ErrorKind::Rejected, Some(0), false), "{error}");
    assert_eq!(envelope(&heard), [nobody, anna, "RSET", own, anna]);
}

#[tokio::test]
async fn a4_nothing_goes_by_itself_to_copies_or_lists() {
    let mut copied = automatic("anna@kunde.example");
    copied.cc = vec![outgoing("zwei@kunde.example", "", "").to];
    let server = smtp(Script::new());
    let channel = account(&server, "Laden");
    for message in
        [copied, automatic("imker-request@listen.example"), automatic("owner-imker@listen.example")]
    {
        let composed = channel.compose(&message).unwrap_err();
        assert_eq!((composed.kind, composed.retry), (ErrorKind::Rejected, Retry::Never), "{composed}");
        // Nor with bytes that were fixed before.
        let fixed = Outgoing { payload: Some(b"Subject: x\r\n\r\nx\r\n".to_vec()), ..message.clone() };
        let (result, passed, heard) = send(&[], &fixed).await;
        assert_eq!((result.unwrap_err().kind, passed, heard.as_str()), (ErrorKind::Rejected, false, ""));
        let by_a_person = Outgoing { automatic: false, ..message };
        channel.compose(&by_a_person).unwrap();
    }
}

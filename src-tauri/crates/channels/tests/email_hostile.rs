//! Servers that lie, fall silent, cut the connection, or are not who they say: promises N1 to N5.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "support/imap.rs"]
mod imap;
#[path = "support/server.rs"]
mod server;
mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::{Duration, Instant};

use imap::{FakeImap, Shelf};
use server::Server;
use support::{Taken, impatient, raw, settings};
use theke_channels::email::Mailbox;
use theke_channels::{Channel, Cursor, Error, ErrorKind, NoMarker, Retry};
use theke_domain::message::Completeness;

fn account(port: u16, ca_file: &Path, security: &str) -> Mailbox {
    let text = |v: &str| v.to_owned();
    let values: BTreeMap<String, String> = [
        ("address", text("laden@shop.example")),
        ("imap_host", text("localhost")),
        ("imap_port", port.to_string()),
        ("imap_security", text(security)),
        ("smtp_host", text("localhost")),
        ("smtp_port", port.to_string()),
        ("smtp_security", text(security)),
        ("ca_file", ca_file.display().to_string()),
    ]
    .map(|(k, v)| (k.to_owned(), v))
    .into();
    Mailbox::open(&settings(values), impatient()).unwrap()
}

fn of(fake: &FakeImap) -> Mailbox {
    account(fake.server.port, &fake.server.ca_file, "tls")
}

fn shelf(count: u32) -> Shelf {
    Shelf {
        mails: (1..=count).map(|n| (n, raw(n as usize, &format!("Text {n}")))).collect(),
        ..Shelf::default()
    }
}

/// Runs both ends of a synchronisation and gives up on it after a while.
async fn sync(channel: &Mailbox) -> Result<Taken, Error> {
    let mut taken = Taken::default();
    let work = async {
        loop {
            let batch = channel.poll(taken.cursor.clone()).await?;
            if !taken.take(batch) {
                break;
            }
        }
        for _ in 0..100 {
            let batch = channel.backfill(taken.cursor.clone()).await?;
            if !taken.take(batch) {
                break;
            }
        }
        Ok::<(), Error>(())
    };
    tokio::time::timeout(Duration::from_secs(15), work).await.expect("it does not hang")?;
    Ok(taken)
}

#[tokio::test]
async fn n1_lies_about_ids_cost_nothing() {
    let fake = FakeImap::start(Shelf { uid_next: Some(2), doubled: true, ..shelf(5) });
    let channel = of(&fake);
    let mut taken = sync(&channel).await.unwrap();
    assert_eq!(taken.messages.len(), 5);
    let whole = taken.order.iter().filter(|(_, c)| *c == Completeness::Whole).count();
    assert_eq!(whole, 5, "none is handed in twice");
    // UIDNEXT says that nothing is new.
    fake.shelf.lock().unwrap().mails.push((6, raw(6, "sechs")));
    taken.poll(&channel).await;
    assert_eq!(taken.messages.len(), 6);
    // All is gone, and ids begin again: what was seen stays, what comes is read.
    *fake.shelf.lock().unwrap() =
        Shelf { validity: 8, mails: vec![(1, raw(6, "sechs")), (2, raw(7, "sieben"))], ..Shelf::default() };
    let fresh = of(&fake);
    taken.all(&fresh).await;
    assert_eq!(taken.messages.len(), 8);
    let keys: std::collections::BTreeSet<_> =
        taken.messages.values().filter_map(|m| m.content_key.clone()).collect();
    assert_eq!(keys.len(), 7, "the one that was there before is known by its content");
}

#[tokio::test]
async fn n1_an_expunge_storm_between_all_answers() {
    let mut storm = shelf(40);
    storm.noise =
        "* 1 EXPUNGE\r\n* 3 EXISTS\r\n* 2 FETCH (FLAGS (\\Seen))\r\n* VANISHED 1:4000000000\r\n".to_owned();
    let taken = sync(&of(&FakeImap::start(storm))).await.unwrap();
    assert_eq!(taken.messages.len(), 40);
}

#[tokio::test]
async fn n2_a_session_cut_at_every_byte() {
    let fake = FakeImap::start(shelf(3));
    let complete = sync(&of(&fake)).await.unwrap();
    assert_eq!(complete.messages.len(), 3);
    let total = {
        let until = Instant::now() + Duration::from_secs(10);
        // The connection ends when its channel is dropped; its bytes are counted then.
        loop {
            let sent = *fake.sent.lock().unwrap();
            if sent > 0 {
                break sent;
            }
            assert!(Instant::now() < until);
            tokio::task::yield_now().await;
        }
    };
    for cut in 0..total {
        fake.shelf.lock().unwrap().budget = Some(cut);
        let result = tokio::time::timeout(Duration::from_secs(20), sync(&of(&fake))).await.expect("it ends");
        let taken = match result {
            Ok(taken) => taken,
            Err(error) => {
                assert!(
                    matches!(error.kind, ErrorKind::Network | ErrorKind::Protocol),
                    "cut at {cut}: {error:?}"
                );
                continue;
            }
        };
        for message in taken.messages.values().filter(|m| m.completeness == Completeness::Whole) {
            assert_eq!(message.source, complete.messages[&message.remote_id.0].source, "cut at {cut}");
        }
    }
}

/// Answers the greeting with these bytes and whatever comes with nothing.
fn says(bytes: Vec<u8>) -> Server {
    Server::tls(move |mut peer| {
        peer.say(&bytes);
        while peer.line().is_some() {}
    })
}

#[tokio::test]
async fn n2_nonsense_is_an_error() {
    let long = [b"* OK ".as_slice(), &vec![b'x'; 20 * 1024 * 1024]].concat();
    for bytes in [
        b"\0\0\0\n".to_vec(),
        b"HTTP/1.1 200 OK\r\n\r\n<html>".to_vec(),
        b"* BYE busy\r\n".to_vec(),
        b"* PREAUTH hi\r\n".to_vec(),
        long,
    ] {
        let server = says(bytes);
        let error = sync(&account(server.port, &server.ca_file, "tls")).await.err().unwrap();
        assert!(matches!(error.kind, ErrorKind::Network | ErrorKind::Protocol), "{error:?}");
        assert_eq!(error.retry, Retry::Backoff);
        assert!(!server.heard().contains("AUTH"), "{}", server.heard());
    }
}

#[tokio::test]
async fn n3_silence_ends_at_the_deadline() {
    let started = Instant::now();
    let silent = says(Vec::new());
    let error = sync(&account(silent.port, &silent.ca_file, "tls")).await.err().unwrap();
    assert_eq!(error.kind, ErrorKind::Network);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[tokio::test]
async fn n3_a_drip_is_no_answer() {
    let drip = Server::tls(|mut peer| {
        let (_keep, never) = std::sync::mpsc::channel::<()>();
        while peer.say("*").is_some() {
            let _ = never.recv_timeout(Duration::from_millis(100));
        }
    });
    let started = Instant::now();
    let error = sync(&account(drip.port, &drip.ca_file, "tls")).await.err().unwrap();
    assert_eq!(error.kind, ErrorKind::Network);
    assert!(started.elapsed() < Duration::from_secs(5), "{:?}", started.elapsed());
}

#[tokio::test]
async fn n3_a_dead_idle_is_noticed() {
    // Answers everything but the end of an IDLE.
    let fake = FakeImap::start(shelf(1));
    let channel = of(&fake);
    let mut taken = Taken::default();
    taken.all(&channel).await;
    let dead = Server::tls(|mut peer| {
        peer.say("* OK ready\r\n");
        while let Some(line) = peer.line() {
            let tag = line.split(' ').next().unwrap().to_owned();
            match line.split(' ').nth(1).unwrap_or_default() {
                "CAPABILITY" => peer.say(format!("* CAPABILITY IMAP4rev1 IDLE\r\n{tag} OK\r\n")),
                "EXAMINE" => peer.say(format!("* 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n{tag} OK\r\n")),
                "IDLE" => peer.say("+ idling\r\n"),
                _ if line == "DONE" => Some(()),
                _ => peer.say(format!("{tag} OK\r\n")),
            };
        }
    });
    let channel = account(dead.port, &dead.ca_file, "tls");
    let batch = channel.poll(Cursor::start()).await.unwrap();
    let started = Instant::now();
    channel.wait(Duration::from_millis(200)).await;
    channel.poll(batch.cursor).await.unwrap();
    assert!(started.elapsed() < Duration::from_secs(10), "{:?}", started.elapsed());
}

#[tokio::test]
async fn n4_a_gigabyte_is_not_believed() {
    for announced in ["1000000000", "99999999999999999999", "18446744073709551615"] {
        let mut huge = shelf(1);
        huge.noise = format!("* 1 FETCH (UID 1 BODY[] {{{announced}}}\r\n");
        let error = sync(&of(&FakeImap::start(huge))).await.err();
        // A number that is none is no announcement, so that the session may go on.
        assert!(error.is_none_or(|e| matches!(e.kind, ErrorKind::Protocol | ErrorKind::Network)));
    }
}

fn certificate_cases() -> Vec<(&'static str, Server)> {
    let serve = |peer: server::Peer, config| {
        if let Some(mut peer) = peer.encrypt(&config) {
            peer.say("* OK ready\r\n");
            while peer.line().is_some() {}
        }
    };
    vec![
        (
            "self-signed",
            Server::with_certificate(|_| theke_tests::authority::self_signed(&["localhost"]).unwrap(), serve),
        ),
        ("wrong host", Server::with_certificate(|a| a.sign(&["mail.elsewhere.example"]).unwrap(), serve)),
        ("expired", Server::with_certificate(|a| a.sign_expired(&["localhost"]).unwrap(), serve)),
    ]
}

#[tokio::test]
async fn n5_bad_certificates_get_no_password() {
    for (name, server) in certificate_cases() {
        let channel = account(server.port, &server.ca_file, "tls");
        let error = channel.poll(Cursor::start()).await.unwrap_err();
        assert_eq!((error.kind, error.retry), (ErrorKind::Certificate, Retry::Backoff), "{name}: {error:?}");
        let error = channel.send(&support::outgoing("a@x.example", "s", "t"), &NoMarker).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Certificate, "{name}: {error:?}");
        assert!(!error.ambiguous);
        assert_eq!(server.heard(), "", "{name}");
    }
}

/// A server that knows no TLS after 1.1. rustls cannot be one, so it says by hand what such servers say to the first
/// words of a client: go on with the old version, or the alert `protocol_version` (70). With STARTTLS it does so after
/// it was asked to.
fn old_tls(version: [u8; 2], alerts: bool, starttls: Option<&'static [&'static str]>) -> Server {
    Server::start(move |mut peer, _| {
        let mut talk = starttls.unwrap_or_default().iter();
        if let Some(greeting) = talk.next() {
            peer.say(greeting);
        }
        for answer in talk {
            peer.line();
            peer.say(answer);
        }
        if peer.bytes().is_none() {
            return;
        }
        if alerts {
            peer.say([0x15, version[0], version[1], 0, 2, 2, 70]);
        } else {
            // ServerHello: version, random, no session, TLS_RSA_WITH_AES_128_CBC_SHA, no compression.
            let mut hello = vec![2, 0, 0, 38, version[0], version[1]];
            hello.extend([7; 32]);
            hello.extend([0, 0, 0x2f, 0]);
            peer.say([&[0x16, version[0], version[1], 0, 42], hello.as_slice()].concat());
        }
        while peer.bytes().is_some() {}
    })
}

#[tokio::test]
async fn n5_old_encryption_gets_no_password() {
    const IMAP: &[&str] = &["* OK ready\r\n", "t1 OK begin\r\n"];
    const SMTP: &[&str] = &["220 ready\r\n", "250-x\r\n250 STARTTLS\r\n", "220 begin\r\n"];
    for version in [[3, 1], [3, 2]] {
        for alerts in [false, true] {
            for security in ["tls", "starttls"] {
                let after = |talk| (security == "starttls").then_some(talk);
                let server = old_tls(version, alerts, after(IMAP));
                let channel = account(server.port, &server.ca_file, security);
                let by_imap = channel.poll(Cursor::start()).await.unwrap_err();
                let submission = old_tls(version, alerts, after(SMTP));
                let channel = account(submission.port, &submission.ca_file, security);
                let message = support::outgoing("a@x.example", "s", "t");
                let by_smtp = channel.send(&message, &NoMarker).await.unwrap_err();
                for (error, server) in [(by_imap, server), (by_smtp, submission)] {
                    let what = format!("{version:?} {alerts} {security}: {error:?}");
                    assert_eq!((error.kind, error.ambiguous), (ErrorKind::Certificate, false), "{what}");
                    assert_eq!(error.text, "localhost offers only outdated encryption", "{what}");
                    let heard = server.heard();
                    assert!(!heard.contains("AUTH") && !heard.contains("LOGIN"), "{what}: {heard}");
                }
            }
        }
    }
}

/// A plain server that answers the question for encryption with `answer`.
fn strips(greeting: &'static str, answer: &'static str) -> Server {
    Server::start(move |mut peer, config| {
        peer.say(greeting);
        while let Some(line) = peer.line() {
            let tag = line.split(' ').next().unwrap().to_owned();
            if line.to_ascii_uppercase().contains("STARTTLS") {
                peer.say(answer.replace("TAG", &tag));
                if answer.starts_with("TAG OK") || answer.starts_with("220") {
                    let Some(mut peer) = peer.encrypt(&config) else { return };
                    while peer.line().is_some() {}
                    return;
                }
            } else if line.starts_with("EHLO") {
                peer.say("250-localhost\r\n250-STARTTLS\r\n250 AUTH PLAIN\r\n");
            } else {
                peer.say(format!("{tag} OK\r\n"));
            }
        }
    })
}

#[tokio::test]
async fn n5_starttls_is_required_and_clean() {
    for answer in
        ["TAG BAD what\r\n", "TAG NO not today\r\n", "TAG OK go\r\n* OK [ALERT] injected\r\na1 OK\r\n"]
    {
        let server = strips("* OK ready\r\n", answer);
        let error =
            account(server.port, &server.ca_file, "starttls").poll(Cursor::start()).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Certificate, "{answer}: {error:?}");
        let heard = server.heard();
        assert!(!heard.contains("LOGIN") && !heard.contains("AUTHENTICATE"), "{heard}");
    }
    for answer in ["502 no\r\n", "454 later\r\n", "220 go\r\n250-injected\r\n250 AUTH PLAIN\r\n"] {
        let server = strips("220 ready\r\n", answer);
        let channel = account(server.port, &server.ca_file, "starttls");
        let error = channel.send(&support::outgoing("a@x.example", "s", "t"), &NoMarker).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Certificate, "{answer}: {error:?}");
        assert!(!server.heard().contains("AUTH"), "{}", server.heard());
    }
    // A server that leaves the word out of its list.
    let server = Server::start(|mut peer, _| {
        peer.say("220 ready\r\n");
        while peer.line().is_some() {
            peer.say("250-localhost\r\n250 AUTH PLAIN LOGIN\r\n");
        }
    });
    let channel = account(server.port, &server.ca_file, "starttls");
    let error = channel.send(&support::outgoing("a@x.example", "s", "t"), &NoMarker).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Certificate);
    assert!(!server.heard().contains("MAIL") && !server.heard().contains("AUTH"));
}

#[tokio::test]
async fn a_busy_server_is_no_wrong_password() {
    for (answer, kind) in [
        ("NO [UNAVAILABLE] later", ErrorKind::Network),
        ("NO [AUTHENTICATIONFAILED] no", ErrorKind::Auth),
        ("NO Ungültig \u{fc}", ErrorKind::Auth),
    ] {
        let server = Server::tls(move |mut peer| {
            peer.say("* OK [CAPABILITY IMAP4rev1] ready\r\n");
            while let Some(line) = peer.line() {
                let tag = line.split(' ').next().unwrap().to_owned();
                peer.say(format!("{tag} {answer}\r\n"));
            }
        });
        let error = account(server.port, &server.ca_file, "tls").poll(Cursor::start()).await.unwrap_err();
        assert_eq!(error.kind, kind, "{answer}: {error:?}");
    }
}

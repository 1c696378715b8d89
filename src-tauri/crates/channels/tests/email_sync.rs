//! Synchronisation with a real Dovecot.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod support;

use std::time::{Duration, Instant};

use support::{Taken, mailbox, outgoing, raw, settings};
use theke_channels::email::{Deadlines, Mailbox};
use theke_channels::{Channel, ErrorKind, NoMarker};
use theke_domain::message::{Completeness, Direction, Flags, RemoteId};
use theke_tests::mailstack::MailStack;

#[tokio::test]
async fn the_first_sync_brings_everything_newest_first() {
    let mail = MailStack::start();
    for n in 0..250 {
        mail.drop_into("alice", "INBOX", &raw(n, &format!("Text {n}")));
    }
    mail.drop_into("alice", "Sent", &raw(900, "vom Telefon"));
    let channel = mailbox(&mail, "alice");
    let mut taken = Taken::default();
    let first = channel.poll(taken.cursor.clone()).await.unwrap();
    assert_eq!(first.updates.len(), 200);
    assert!(first.more);
    taken.take(first);
    taken.all(&channel).await;
    assert_eq!(taken.messages.len(), 251);
    assert!(taken.messages.values().all(|m| m.completeness == Completeness::Whole && m.source.is_some()));
    let sent: Vec<_> = taken.messages.values().filter(|m| m.direction == Direction::Out).collect();
    assert_eq!((sent.len(), sent[0].text.as_str()), (1, "vom Telefon"));
    let uid = |id: &str| id.rsplit('\u{1f}').next().unwrap().parse::<u32>().unwrap();
    let inbox_headers: Vec<u32> = taken
        .order
        .iter()
        .filter(|(id, c)| id.starts_with("INBOX") && *c == Completeness::Headers)
        .map(|(id, _)| uid(id))
        .collect();
    assert!(inbox_headers.is_sorted_by(|a, b| a > b), "headers are not newest first");
    assert_eq!(taken.order.iter().filter(|(_, c)| *c == Completeness::Headers).count(), 251);
    let after = channel.backfill(taken.cursor.clone()).await.unwrap();
    assert!(after.updates.is_empty() && !after.more);
}

#[tokio::test]
async fn a_new_process_goes_on_where_the_last_one_was() {
    let mail = MailStack::start();
    for n in 0..450 {
        mail.drop_into("alice", "INBOX", &raw(n, &format!("Text {n}")));
    }
    let mut taken = Taken::default();
    // Every step in a channel of its own.
    for _ in 0..60 {
        let channel = mailbox(&mail, "alice");
        let batch = channel.poll(taken.cursor.clone()).await.unwrap();
        taken.take(batch);
        let batch = channel.backfill(taken.cursor.clone()).await.unwrap();
        if !taken.take(batch) {
            break;
        }
    }
    assert_eq!(taken.messages.len(), 450);
    assert!(taken.messages.values().all(|m| m.completeness == Completeness::Whole));
}

#[tokio::test]
async fn news_flags_and_disappearances_are_followed() {
    let mail = MailStack::start();
    let path = mail.drop_into("alice", "INBOX", &raw(1, "eins"));
    mail.drop_into("alice", "INBOX", &raw(2, "zwei"));
    let channel = mailbox(&mail, "alice");
    let mut taken = Taken::default();
    taken.all(&channel).await;
    mail.deliver("alice", &raw(3, "drei"));
    taken.poll(&channel).await;
    assert_eq!(taken.texts(), ["drei", "eins", "zwei"]);
    assert_eq!(taken.order.last().unwrap().1, Completeness::Whole, "new mail comes whole at once");

    let ids: Vec<String> = taken.messages.keys().cloned().collect();
    let id = |text: &str| taken.messages.values().find(|m| m.text.trim() == text).unwrap().remote_id.clone();
    channel.set_flags(&id("zwei"), Flags { seen: true, answered: true }).await.unwrap();
    let name = path.file_name().unwrap().to_owned();
    let inbox = mail.maildir("alice", "INBOX");
    let moved =
        std::fs::read_dir(inbox.join("cur")).unwrap().chain(std::fs::read_dir(inbox.join("new")).unwrap());
    let file = moved
        .map(|e| e.unwrap().path())
        .find(|p| p.file_name().unwrap().to_string_lossy().starts_with(&*name.to_string_lossy()))
        .unwrap();
    let (zwei, eins) = (id("zwei").0, id("eins").0);
    std::fs::remove_file(file).unwrap();
    // Flags and disappearances reach the session by the next IDLE.
    let until = Instant::now() + Duration::from_secs(20);
    while taken.vanished.is_empty() || taken.flags.is_empty() {
        assert!(Instant::now() < until, "flags {:?}, vanished {:?}", taken.flags, taken.vanished);
        channel.wait(Duration::from_secs(2)).await;
        taken.poll(&channel).await;
    }
    assert!(taken.flags.contains(&(zwei, true, true)));
    assert_eq!(taken.vanished, [eins]);
    assert_eq!(ids.len(), taken.messages.len());
}

#[tokio::test]
async fn flags_changed_while_the_program_was_off_are_found() {
    let mail = MailStack::start();
    mail.drop_into("alice", "INBOX", &raw(1, "eins"));
    let mut taken = Taken::default();
    taken.all(&mailbox(&mail, "alice")).await;
    let other = mailbox(&mail, "alice");
    other
        .set_flags(&taken.messages.values().next().unwrap().remote_id, Flags { seen: true, answered: false })
        .await
        .unwrap();
    taken.poll(&mailbox(&mail, "alice")).await;
    assert_eq!(
        taken.flags.iter().map(|(_, seen, answered)| (*seen, *answered)).collect::<Vec<_>>(),
        [(true, false)]
    );
    // And the program's own reading leaves mail unread.
    assert!(!mail.messages("alice", "INBOX").is_empty());
}

#[tokio::test]
async fn reading_marks_nothing_as_read() {
    let mail = MailStack::start();
    mail.drop_into("alice", "INBOX", &raw(1, "eins"));
    let mut taken = Taken::default();
    taken.all(&mailbox(&mail, "alice")).await;
    let mut again = Taken::default();
    again.all(&mailbox(&mail, "alice")).await;
    assert!(again.messages.values().all(|m| !m.flags.seen));
}

#[tokio::test]
async fn a_new_uidvalidity_is_read_again_with_the_same_content_keys() {
    let mail = MailStack::start();
    for n in 0..5 {
        mail.drop_into("alice", "INBOX", &raw(n, &format!("Text {n}")));
    }
    mail.drop_into("alice", "INBOX", b"From: x@kunde.example\nSubject: ohne Kennung\n\nkeine Message-ID\n");
    mail.drop_into("alice", "INBOX", &raw(1, "Text 9"));
    let mut taken = Taken::default();
    taken.all(&mailbox(&mail, "alice")).await;
    let keys = |t: &Taken| {
        t.messages.values().filter_map(|m| m.content_key.clone()).collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(keys(&taken).len(), 7, "the same Message-ID with another text is another mail");
    let before = keys(&taken);
    mail.expire_uidvalidity("alice", "INBOX");
    taken.all(&mailbox(&mail, "alice")).await;
    assert_eq!(taken.messages.len(), 14);
    assert_eq!(keys(&taken), before);
}

#[tokio::test]
async fn waiting_ends_with_the_mail() {
    let mail = MailStack::start();
    mail.drop_into("alice", "INBOX", &raw(1, "eins"));
    let channel = std::sync::Arc::new(mailbox(&mail, "alice"));
    let mut taken = Taken::default();
    taken.all(channel.as_ref()).await;
    let waiting = tokio::spawn({
        let channel = channel.clone();
        async move { channel.wait(Duration::from_secs(60)).await }
    });
    mail.deliver("alice", &raw(2, "zwei"));
    tokio::time::timeout(Duration::from_secs(10), waiting).await.expect("the wait ends").unwrap();
    taken.poll(channel.as_ref()).await;
    assert_eq!(taken.texts(), ["eins", "zwei"]);
}

#[tokio::test]
async fn another_call_interrupts_the_waiting_and_dropping_ends_it() {
    let mail = MailStack::start();
    let channel = std::sync::Arc::new(mailbox(&mail, "alice"));
    let mut taken = Taken::default();
    taken.all(channel.as_ref()).await;
    let waiting = tokio::spawn({
        let channel = channel.clone();
        async move { channel.wait(Duration::from_secs(60)).await }
    });
    let started = Instant::now();
    let cursor = taken.cursor.clone();
    tokio::time::timeout(Duration::from_secs(10), channel.poll(cursor))
        .await
        .expect("the poll goes through")
        .unwrap();
    waiting.abort();
    drop(channel);
    assert!(started.elapsed() < Duration::from_secs(10));
}

#[tokio::test]
async fn a_large_mail_brings_its_text_and_leaves_its_files() {
    let mail = MailStack::start();
    use base64::Engine;
    let file: Vec<u8> = (0..3_000_000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let packed = base64::engine::general_purpose::STANDARD.encode(&file);
    let lines: Vec<&str> = packed.as_bytes().chunks(76).map(|c| std::str::from_utf8(c).unwrap()).collect();
    let large = format!(
        "From: a@kunde.example\r\nSubject: Fotos\r\nDate: Fri, 20 Nov 2026 10:00:00 +0100\r\nMessage-ID: <large@kunde.example>\r\nContent-Type: multipart/mixed; boundary=m\r\n\r\n\
         --m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSch=F6ne Fotos\r\n\
         --a\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Schöne <b>Fotos</b></p>\r\n--a--\r\n\
         --m\r\nContent-Type: image/jpeg; name=\"=?utf-8?Q?Stra=C3=9Fe.jpg?=\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment\r\n\r\n{}\r\n--m--\r\n",
        lines.join("\r\n")
    );
    mail.drop_into("alice", "INBOX", large.as_bytes());
    mail.drop_into("alice", "INBOX", &raw(1, "klein"));
    let channel = mailbox(&mail, "alice");
    let mut taken = Taken::default();
    taken.all(&channel).await;
    mail.deliver("alice", large.replace("<large@", "<larger@").as_bytes());
    taken.poll(&channel).await;
    let larges: Vec<_> = taken.messages.values().filter(|m| m.subject.as_deref() == Some("Fotos")).collect();
    assert_eq!(larges.len(), 2);
    for message in larges {
        assert_eq!((message.completeness, message.text.as_str()), (Completeness::Text, "Schöne Fotos"));
        assert!(message.html.as_deref().unwrap().contains("<b>Fotos</b>") && message.source.is_none());
        let part = &message.parts[0];
        assert_eq!((part.name.as_deref(), part.mime_type.as_str()), (Some("Straße.jpg"), "image/jpeg"));
        assert!(part.size_bytes.abs_diff(3_000_000) < 10_000, "{}", part.size_bytes);
        let bytes = channel.fetch_part(part.part_ref.as_ref().unwrap()).await.unwrap();
        assert!(bytes == file, "{} bytes", bytes.len());
    }
}

#[tokio::test]
async fn a_thousand_mails_cost_few_commands() {
    let mail = MailStack::start();
    for n in 0..1000 {
        let body = if n % 50 == 0 {
            "Zeile mit etwas Text\r\n".repeat(20_000)
        } else {
            "Zeile mit etwas Text\r\n".repeat(500 + n * 2)
        };
        mail.drop_into("alice", "INBOX", &raw(n, &body));
    }
    let channel = mailbox(&mail, "alice");
    let mut taken = Taken::default();
    let started = Instant::now();
    taken.all(&channel).await;
    let commands = channel.commands_sent().await;
    println!("{commands} commands, {:?}, {} batches", started.elapsed(), taken.backfills + taken.polls);
    assert_eq!(taken.messages.len(), 1000);
    assert!(taken.messages.values().all(|m| m.completeness >= Completeness::Text));
    assert!(commands <= 25, "{commands} commands for 1,000 messages");

    let started = Instant::now();
    taken.poll(&channel).await;
    let more = channel.commands_sent().await - commands;
    println!("nothing new: {more} commands, {:?}", started.elapsed());
    assert!(more <= 4, "{more} commands for nothing new"); // NOOP, FETCH, STATUS
}

#[tokio::test]
async fn checks_say_what_is_wrong() {
    let mail = MailStack::start();
    mailbox(&mail, "alice").check().await.unwrap();
    let mut values = mail.account_values("alice");
    let ports = [("imap_port", mail.imap_port), ("smtp_port", mail.submission_port)];
    values.extend(ports.map(|(k, port)| (k.to_owned(), port.to_string())));
    values.extend(["imap_security", "smtp_security"].map(|k| (k.to_owned(), "starttls".to_owned())));
    Mailbox::open(&settings(values.clone()), Deadlines::default()).unwrap().check().await.unwrap();

    let error = async |change: &[(&str, &str)]| {
        let mut values = mail.account_values("alice");
        values.extend(change.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())));
        let mut settings = settings(values);
        if change.iter().any(|(k, _)| *k == "password") {
            settings.secrets.insert("password".to_owned(), "wrong".to_owned());
        }
        let channel = Mailbox::open(&settings, support::impatient());
        match channel {
            Ok(channel) => channel.check().await.unwrap_err(),
            Err(error) => error,
        }
    };
    let patient = &[("password", "wrong")];
    assert_eq!(error(&[("imap_host", "no-such-host.invalid")]).await.kind, ErrorKind::Network);
    assert_eq!(error(&[("ca_file", "")]).await.kind, ErrorKind::Certificate);
    assert_eq!(error(&[("imap_host", "127.0.0.2")]).await.kind, ErrorKind::Network);
    assert_eq!(error(&[("imap_port", "x")]).await.kind, ErrorKind::Config);
    assert_eq!(error(&[("address", "x")]).await.kind, ErrorKind::Config);
    assert_eq!(error(&[("smtp_port", "1")]).await.kind, ErrorKind::Network);
    // Dovecot delays the answer to a wrong password by two seconds.
    let mut wrong = settings(mail.account_values("alice"));
    wrong.secrets.insert("password".to_owned(), patient[0].1.to_owned());
    let refused = Mailbox::open(&wrong, Deadlines::default()).unwrap().check().await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::Auth);
    assert!(!refused.text.contains('@'), "{}", refused.text);
}

#[tokio::test]
async fn a_sent_mail_arrives_and_is_copied_once() {
    let mail = MailStack::start();
    let channel = mailbox(&mail, "alice");
    let mut message =
        outgoing("bob@test.local", "Grüße aus dem Laden", "Guten Tag,\nÄpfel sind da.\n.\n.. zwei Punkte\n");
    message.thread.in_reply_to = Some("<frage@kunde.example>".to_owned());
    message.thread.references = vec!["<erste@kunde.example>".to_owned()];
    assert_eq!(channel.look_up(&message.reference).await.unwrap(), None);
    message.payload = channel.compose(&message).unwrap();
    channel.send(&message, &NoMarker).await.unwrap();
    channel.after_send(&message).await.unwrap();
    channel.after_send(&message).await.unwrap();
    let arrived = mail.wait_for("bob", "INBOX", 1);
    let text = String::from_utf8(arrived[0].clone()).unwrap();
    assert!(text.contains("In-Reply-To: <frage@kunde.example>"), "{text}");
    assert!(text.contains("References: <erste@kunde.example> <frage@kunde.example>"), "{text}");
    let copies = mail.wait_for("alice", "Sent", 1);
    assert_eq!(copies.len(), 1, "the copy is made once");
    let found = channel.look_up(&message.reference).await.unwrap();
    let mut taken = Taken::default();
    taken.all(&channel).await;
    let (id, copy) = taken.messages.iter().next().unwrap();
    assert_eq!(found, Some(RemoteId(id.clone())));
    assert_eq!(
        (copy.direction, copy.flags.seen, copy.thread.message_id.as_deref()),
        (Direction::Out, true, Some("<out.1@shop.example>"))
    );
    assert_eq!(copy.text, "Guten Tag,\nÄpfel sind da.\n.\n.. zwei Punkte");
    assert_eq!(copy.subject.as_deref(), Some("Grüße aus dem Laden"));
    assert_eq!(copy.to[0].name.as_deref(), Some("Anna Müller"));
}

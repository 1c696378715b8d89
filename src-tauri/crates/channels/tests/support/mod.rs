//! What the e-mail tests share.
#![allow(dead_code, reason = "each test file uses a part of it")]

use std::collections::BTreeMap;
use std::time::Duration;

use theke_channels::email::{Deadlines, Mailbox};
use theke_channels::{AccountSettings, Batch, Channel, Cursor, Update};
use theke_domain::address::Address;
use theke_domain::message::{ClientReference, Completeness, Incoming, Outgoing, ThreadHeaders};
use theke_domain::time::Timestamp;
use theke_tests::mailstack::{MailStack, PASSWORD};

pub fn settings(values: BTreeMap<String, String>) -> AccountSettings {
    let secrets = BTreeMap::from([("password".to_owned(), PASSWORD.to_owned())]);
    AccountSettings { values, secrets, country: "DE".to_owned(), ..AccountSettings::default() }
}

pub fn mailbox(mail: &MailStack, user: &str) -> Mailbox {
    Mailbox::open(&settings(mail.account_values(user)), Deadlines::default()).unwrap()
}

/// Short deadlines, for servers that misbehave.
pub fn impatient() -> Deadlines {
    Deadlines { connect: Duration::from_secs(5), silence: Duration::from_millis(400) }
}

pub fn raw(n: usize, body: &str) -> Vec<u8> {
    format!(
        "From: Kunde {n} <kunde{n}@kunde.example>\r\nTo: laden@shop.example\r\nSubject: Anfrage {n}\r\nDate: Fri, 20 Nov 2026 10:{:02}:00 +0100\r\n\
         Message-ID: <{n}@kunde.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{body}\r\n",
        n % 60
    )
    .into_bytes()
}

/// Everything that was handed in, in order, with its last state per remote id.
#[derive(Default)]
pub struct Taken {
    pub cursor: Cursor,
    pub messages: BTreeMap<String, Incoming>,
    pub order: Vec<(String, Completeness)>,
    pub flags: Vec<(String, bool, bool)>,
    pub vanished: Vec<String>,
    pub polls: usize,
    pub backfills: usize,
}

impl Taken {
    pub fn take(&mut self, batch: Batch) -> bool {
        for update in batch.updates {
            match update {
                Update::Message(message) => {
                    self.order.push((message.remote_id.0.clone(), message.completeness));
                    let known = self.messages.get(&message.remote_id.0);
                    if known.is_none_or(|k| k.completeness <= message.completeness) {
                        if let Some(known) = known {
                            assert_eq!(known.content_key, message.content_key, "{:?}", message.subject);
                        }
                        self.messages.insert(message.remote_id.0.clone(), *message);
                    }
                }
                Update::Flags { remote_id, flags } => {
                    self.flags.push((remote_id.0, flags.seen, flags.answered))
                }
                Update::Vanished { remote_id } => self.vanished.push(remote_id.0),
                _ => {}
            }
        }
        self.cursor = batch.cursor;
        batch.more
    }

    pub async fn poll(&mut self, channel: &dyn Channel) {
        loop {
            self.polls += 1;
            assert!(self.polls < 1000, "polls without an end");
            let batch = channel.poll(self.cursor.clone()).await.unwrap();
            if !self.take(batch) {
                return;
            }
        }
    }

    pub async fn backfill(&mut self, channel: &dyn Channel) {
        loop {
            self.backfills += 1;
            assert!(self.backfills < 1000, "backfills without an end");
            let batch = channel.backfill(self.cursor.clone()).await.unwrap();
            if !self.take(batch) {
                return;
            }
        }
    }

    pub async fn all(&mut self, channel: &dyn Channel) {
        self.poll(channel).await;
        self.backfill(channel).await;
    }

    pub fn texts(&self) -> Vec<String> {
        let mut texts: Vec<String> = self.messages.values().map(|m| m.text.trim().to_owned()).collect();
        texts.sort();
        texts
    }
}

pub fn outgoing(to: &str, subject: &str, text: &str) -> Outgoing {
    Outgoing {
        reference: ClientReference("<out.1@shop.example>".to_owned()),
        at: Timestamp::from_rfc3339("2026-11-21T10:00:00Z").unwrap(),
        to: Address::parse(to, "DE").unwrap(),
        to_name: Some("Anna Müller".to_owned()),
        cc: Vec::new(),
        subject: Some(subject.to_owned()),
        text: text.to_owned(),
        html: None,
        thread: ThreadHeaders::default(),
        parts: Vec::new(),
        automatic: false,
        payload: None,
    }
}

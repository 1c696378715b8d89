//! One channel of the practice shop: a poll hands in what its customers have written by now.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use theke_domain::message::{
    ClientReference, Completeness, Direction, Flags, Incoming, Outgoing, Party, RemoteId, ThreadHeaders,
};
use theke_domain::time::Timestamp;
use tokio::sync::Notify;

use super::Now;
use super::people::{OPENINGS, Opening, PEOPLE, Way, whose};
use super::position::{Position, Reply, Sent};
use crate::channel::{Batch, BatchId, Channel, Claim, Cursor, Marker, Update};
use crate::error::{Error, ErrorKind, Result};

/// How soon a customer who wrote is noticed.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// An open channel.
pub struct Practice {
    way: Way,
    seed: u64,
    now: Now,
    /// Answers that no stored cursor holds yet.
    sent: Mutex<Vec<Sent>>,
    /// How many of them the batch that is not acknowledged yet holds.
    in_batch: Mutex<usize>,
    /// When the next customer writes, as far as the last poll knew.
    next: Mutex<Option<Timestamp>>,
    /// Which installation answers which message by itself.
    claims: Mutex<HashMap<RemoteId, String>>,
    news: Notify,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Practice {
    pub fn new(way: Way, seed: u64, now: Now) -> Self {
        let (sent, in_batch, next) = (Mutex::default(), Mutex::default(), Mutex::default());
        Self { way, seed, now, sent, in_batch, next, claims: Mutex::default(), news: Notify::new() }
    }

    fn openings(&self) -> impl Iterator<Item = (usize, &'static Opening)> {
        OPENINGS.iter().filter(|opening| opening.way == self.way).enumerate()
    }

    fn incoming(
        &self,
        id: &str,
        person: usize,
        at: Timestamp,
        subject: Option<String>,
        text: &str,
    ) -> Option<Incoming> {
        let known = PEOPLE.get(person)?;
        let address = known.address(self.way)?;
        let is_mail = self.way == Way::Mail;
        let id = format!("practice-{}-{id}", self.way.word());
        Some(Incoming {
            remote_id: RemoteId(id.clone()),
            content_key: None,
            direction: Direction::In,
            at,
            received_at: at,
            from: Party {
                // A short message names nobody.
                name: (self.way != Way::Sms).then(|| known.name.to_owned()),
                raw: address.value().to_owned(),
                address: Some(address),
            },
            to: Vec::new(),
            cc: Vec::new(),
            reply_to: Vec::new(),
            subject: subject.filter(|_| is_mail),
            text: text.to_owned(),
            text_without_quote: text.to_owned(),
            html: None,
            thread: ThreadHeaders {
                message_id: is_mail.then(|| format!("<{id}@uebung.example>")),
                ..ThreadHeaders::default()
            },
            parts: Vec::new(),
            flags: Flags::default(),
            source: None,
            completeness: Completeness::Whole,
            problems: Vec::new(),
            spam: false,
            authentication_results: Vec::new(),
            signs: Vec::new(),
            bounce: None,
            authentication: None,
        })
    }

    fn reply(&self, reply: &Reply) -> Option<Incoming> {
        let text = PEOPLE.get(reply.person)?.replies.get(reply.number as usize)?;
        let subject = reply.subject.as_ref().map(|subject| {
            if subject.starts_with("Re: ") { subject.clone() } else { format!("Re: {subject}") }
        });
        let id = format!("reply-{}-{}", reply.person, reply.number);
        let mut incoming = self.incoming(&id, reply.person, reply.due, subject, text)?;
        if self.way == Way::Mail {
            incoming.thread.in_reply_to = Some(reply.to.clone());
            incoming.thread.references = vec![reply.to.clone()];
        }
        Some(incoming)
    }
}

#[async_trait]
impl Channel for Practice {
    async fn check(&self) -> Result<()> {
        Ok(())
    }

    async fn poll(&self, cursor: Cursor) -> Result<Batch> {
        let now = (self.now)();
        let mut position = Position::read(&cursor, now)?;
        let sent = held(&self.sent).clone();
        sent.iter().for_each(|sent| position.take(sent, self.seed));
        *held(&self.in_batch) = sent.len();

        let mut found = Vec::new();
        let mut next = None;
        for (number, opening) in self.openings().skip(position.opened) {
            let at = position.started.plus_secs(opening.after_secs);
            if at > now {
                next = Some(at);
                break;
            }
            let subject = Some(opening.subject.to_owned());
            found.extend(self.incoming(
                &format!("opening-{number}"),
                opening.person,
                at,
                subject,
                opening.text,
            ));
            position.opened = number + 1;
        }
        let (due, later): (Vec<_>, Vec<_>) = position.replies.drain(..).partition(|reply| reply.due <= now);
        position.replies = later;
        found.extend(due.iter().filter_map(|reply| self.reply(reply)));
        found.sort_by_key(|incoming| incoming.at);
        let soonest = position.replies.iter().map(|reply| reply.due).chain(next).min();
        *held(&self.next) = soonest;
        Ok(Batch {
            id: BatchId(format!("{}", now.0)),
            updates: found.into_iter().map(|incoming| Update::Message(Box::new(incoming))).collect(),
            cursor: position.cursor(),
            more: false,
            remaining: None,
            total: None,
        })
    }

    async fn acknowledge(&self, batch: &BatchId) -> Result<()> {
        // The batch of a backfill has no name and stored nothing of ours.
        if !batch.0.is_empty() {
            let stored = std::mem::take(&mut *held(&self.in_batch));
            let mut sent = held(&self.sent);
            let stored = stored.min(sent.len());
            sent.drain(..stored);
        }
        Ok(())
    }

    async fn wait(&self, interval: Duration) {
        let news = self.news.notified();
        if !held(&self.sent).is_empty() {
            return;
        }
        let look = async {
            loop {
                let next = *held(&self.next);
                if next.is_some_and(|next| next <= (self.now)()) {
                    return;
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        tokio::select! {
            () = news => {}
            () = look => {}
            () = tokio::time::sleep(interval) => {}
        }
    }

    async fn send(&self, message: &Outgoing, point_of_no_return: &dyn Marker) -> Result<RemoteId> {
        if message.text.trim().is_empty() && message.parts.is_empty() {
            return Err(Error::new(ErrorKind::Rejected, "the message is empty"));
        }
        point_of_no_return.passed().await?;
        let reference = message.reference.0.clone();
        if let Some(person) = whose(self.way, &message.to) {
            let subject = message.subject.clone();
            held(&self.sent).push(Sent { at: (self.now)(), person, reference: reference.clone(), subject });
            self.news.notify_one();
        }
        Ok(RemoteId(format!("practice-sent-{reference}")))
    }

    /// The customers are in here: what passed the marker has reached them.
    async fn look_up(&self, reference: &ClientReference) -> Result<Option<RemoteId>> {
        Ok(Some(RemoteId(format!("practice-sent-{}", reference.0))))
    }

    /// The first who asks has it, as at a mail server. Nothing outlives the program, and nobody else is at these
    /// mailboxes.
    async fn claim(&self, message: &RemoteId, installation: &str) -> Result<Claim> {
        let mut claims = held(&self.claims);
        let holder = claims.entry(message.clone()).or_insert_with(|| installation.to_owned());
        Ok(if holder == installation { Claim::Won } else { Claim::Lost })
    }
}

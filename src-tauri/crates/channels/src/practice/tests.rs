//! The practice shop by a clock of the test's own.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use theke_domain::address::Address;
use theke_domain::message::{ClientReference, Incoming, Outgoing, ThreadHeaders};
use theke_domain::phone;
use theke_domain::time::Timestamp;

use super::people::{OPENINGS, PEOPLE, Way};
use super::specs_at;
use crate::channel::{Batch, Channel, Claim, Cursor, NoMarker, Update};
use crate::registry::Registry;
use crate::spec::AccountSettings;

const START: i64 = 1_795_255_200_000;

struct Desk {
    clock: Arc<AtomicI64>,
    channel: Arc<dyn Channel>,
    cursor: Cursor,
}

impl Desk {
    fn at(number: usize, seed: &str) -> Self {
        let clock = Arc::new(AtomicI64::new(START));
        let read = clock.clone();
        let specs = specs_at(Arc::new(move || Timestamp(read.load(Ordering::SeqCst))));
        let mut settings = AccountSettings::default();
        settings.values.insert("seed".to_owned(), seed.to_owned());
        Self { clock, channel: (specs[number].open)(settings).unwrap(), cursor: Cursor::start() }
    }

    async fn come_in(&mut self) -> Vec<Incoming> {
        let Batch { id, updates, cursor, .. } = self.channel.poll(self.cursor.clone()).await.unwrap();
        self.cursor = cursor;
        self.channel.acknowledge(&id).await.unwrap();
        let messages = updates.into_iter().map(|update| match update {
            Update::Message(incoming) => *incoming,
            other => panic!("{other:?}"),
        });
        messages.collect()
    }

    fn forward(&self, secs: i64) {
        self.clock.fetch_add(secs * 1000, Ordering::SeqCst);
    }

    async fn answer(&self, number: u32, to: Address) {
        let message = Outgoing {
            reference: ClientReference(format!("<a{number}@uebung.example>")),
            at: Timestamp(self.clock.load(Ordering::SeqCst)),
            to,
            to_name: None,
            cc: Vec::new(),
            subject: Some("Re: Bremse quietscht".to_owned()),
            text: "Gern, kommen Sie vorbei.".to_owned(),
            html: None,
            thread: ThreadHeaders::default(),
            parts: Vec::new(),
            automatic: false,
            payload: None,
        };
        self.channel.send(&message, &NoMarker).await.unwrap();
    }
}

fn rosa() -> Address {
    Address::Email { value: "rosa@tannwald.example".to_owned() }
}

/// An hour of mail with three answers to Rosa: when and what.
async fn lesson(seed: &str) -> Vec<(i64, String)> {
    let mut desk = Desk::at(0, seed);
    let mut heard = Vec::new();
    for minute in 0..70 {
        if [1, 10, 20, 30].contains(&minute) {
            desk.answer(minute, rosa()).await;
        }
        heard.extend(desk.come_in().await.into_iter().map(|incoming| (incoming.at.0, incoming.text)));
        desk.forward(60);
    }
    heard
}

#[tokio::test]
async fn customers_write_answer_and_change_their_mind() {
    let mut desk = Desk::at(0, "1");
    let first = desk.come_in().await;
    assert_eq!(first.len(), 3, "what lay there before the first start");
    assert!(first.is_sorted_by_key(|incoming| incoming.at));
    assert!(desk.come_in().await.is_empty(), "and nothing of it twice");
    desk.answer(1, rosa()).await;
    assert!(desk.come_in().await.is_empty(), "nobody answers at once");
    desk.forward(75);
    let thanks = desk.come_in().await;
    assert_eq!(thanks.len(), 1);
    assert_eq!(thanks[0].thread.in_reply_to.as_deref(), Some("<a1@uebung.example>"));
    assert_eq!(thanks[0].subject.as_deref(), Some("Re: Bremse quietscht"));
    desk.answer(2, rosa()).await;
    desk.come_in().await;
    desk.forward(75);
    assert!(desk.come_in().await[0].text.contains("doch"), "she changes her mind");
}

#[tokio::test]
async fn a_lesson_is_the_same_each_time_and_another_by_another_seed() {
    let one = lesson("1").await;
    assert_eq!(one, lesson("1").await);
    assert_ne!(one, lesson("2").await);
    assert_eq!(one.len(), 3 + 3 + 3, "before, within the hour, and to three of four answers");
}

#[tokio::test]
async fn an_answer_that_was_sent_just_before_the_end_is_not_lost_and_not_doubled() {
    let mut desk = Desk::at(0, "1");
    desk.come_in().await;
    desk.answer(1, rosa()).await;
    // A batch that was never stored: the same cursor is asked again.
    let lost = desk.channel.poll(desk.cursor.clone()).await.unwrap();
    assert_ne!(lost.cursor, desk.cursor);
    desk.come_in().await;
    desk.answer(1, rosa()).await;
    desk.come_in().await;
    desk.forward(75);
    assert_eq!(desk.come_in().await.len(), 1);
    desk.forward(600);
    assert!(desk.come_in().await.iter().all(|incoming| incoming.thread.in_reply_to.is_none()));
}

#[test]
fn nobody_real_is_among_them_and_everybody_has_the_address_by_which_they_write() {
    for person in PEOPLE {
        assert!(person.mail.is_empty() || person.mail.ends_with(".example"), "{}", person.mail);
        assert!(person.phone.is_empty() || phone::classify(person.phone).phone_type.refusal().is_none());
    }
    for opening in OPENINGS {
        assert!(PEOPLE[opening.person].address(opening.way).is_some(), "{}", opening.text);
        assert_eq!(opening.subject.is_empty(), opening.way != Way::Mail, "{}", opening.text);
    }
    for way in [Way::Mail, Way::Sms, Way::Chat] {
        let times = OPENINGS.iter().filter(|opening| opening.way == way).map(|opening| opening.after_secs);
        assert!(times.is_sorted());
    }
}

#[test]
fn a_practice_profile_opens_sandboxes_only_and_a_real_one_none() {
    let practice = Registry::practice();
    assert!(!practice.specs().is_empty());
    assert!(practice.specs().iter().all(|spec| spec.capabilities.sandbox));
    assert!(Registry::load(None).specs().iter().all(|spec| !spec.capabilities.sandbox));
}

#[tokio::test]
async fn of_two_installations_one_answers_by_itself() {
    let mut desk = Desk::at(0, "1");
    let id = desk.come_in().await.remove(0).remote_id;
    let claim = |who: &'static str| desk.channel.claim(&id, who);
    assert_eq!(claim("a1").await.unwrap(), Claim::Won);
    assert_eq!(claim("b2").await.unwrap(), Claim::Lost);
    assert_eq!(claim("a1").await.unwrap(), Claim::Won, "asking again says the same");
}

//! Subjects, order numbers, and whole mailboxes through the same functions that the engine calls.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::corpus;
use crate::ids::{ContactId, ConversationId};
use crate::medium::Medium;
use crate::time::Timestamp;

#[test]
fn subjects_lose_their_marks() {
    let table = [
        ("Sattel wackelt", "sattel wackelt", false),
        ("Re: AW: Sattel wackelt", "sattel wackelt", true),
        ("RE :  robe à raccourcir", "robe a raccourcir", true),
        ("RE: [EXTERN] Messer schleifen", "messer schleifen", true),
        ("[Auftrag 771] Einlagen", "einlagen", false),
        ("Re[2]: WG: Fwd: TR: R: SV: Rad", "rad", true),
        ("Abwesenheit: Ihre Brille", "ihre brille", true),
        ("Frage", "", false),
        ("Re: Frage", "", true),
        ("(kein Betreff)", "", false),
        ("", "", false),
        ("Re:", "", true),
        ("Neue Nachricht über Ihr Kontaktformular", "", false),
        ("Reservation 12.05.", "reservation 12 05", false),
        ("Achtung: neue Preise", "achtung neue preise", false),
    ];
    for (raw, key, reply_like) in table {
        assert_eq!(subject(raw), Subject { key: key.to_owned(), reply_like }, "{raw}");
    }
}

#[test]
fn order_numbers_are_found() {
    let table = [
        (Some("Bestellung 2025-881"), "", "2025881"),
        (Some("Wo bleibt 2025-881?"), "", "2025881"),
        (Some("[Auftrag 771] Einlagen"), "", "771"),
        (Some("Re: Order #AB-2207 shipped"), "", "ab2207"),
        (Some("Commande n° 77-310"), "", "77310"),
        (Some("Ordine 20/118"), "", "20118"),
        (Some("Hallo"), "meine Bestellnummer: 4711-22 fehlt", "471122"),
        (None, "wo ist 2025-881", "2025881"),
        (Some("Hallo"), "wo ist 2025-881", ""),
        (Some("Bestellung 120 Gipfeli"), "", ""),
        (Some("Reservation 12.05."), "", ""),
        (Some("Bestellung 12.05.2025"), "", ""),
        (Some("Bestellung vom 2025-05-12"), "", ""),
        (Some("Rechnung 1250.00"), "", ""),
        (Some("Rechnung 250 CHF"), "", ""),
        (None, "Rückruf 079 555 01 23", ""),
        (None, "", ""),
    ];
    for (subject, text, key) in table {
        assert_eq!(order_key(subject, text), key, "{subject:?} {text}");
    }
}

/// A message of the simulated mailbox, as the store would keep it.
struct Stored {
    conversation: ConversationId,
    contact: ContactId,
    at: Timestamp,
    medium: Medium,
    subject_key: String,
    order_key: String,
    id: String,
    named: Vec<String>,
    from: String,
    to: String,
    outgoing: bool,
}

#[derive(Default)]
struct Mailbox {
    messages: Vec<Stored>,
    contacts: BTreeMap<String, ContactId>,
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

impl Mailbox {
    fn arrive(&mut self, message: &Value) -> ConversationId {
        let (from, to) = (text(message, "from").to_owned(), text(message, "to").to_owned());
        let outgoing = from == "shop" || from.ends_with("@shop.example");
        let customer = if outgoing { to.clone() } else { from.clone() };
        let next = ContactId(self.contacts.len() as i64 + 1);
        let contact = *self.contacts.entry(customer.clone()).or_insert(next);
        let medium = Medium::new(text(message, "channel"));
        let id = reference_key(text(message, "message_id"));
        let parent = reference_key(text(message, "in_reply_to"));
        let references = message.get("references").and_then(Value::as_array).into_iter().flatten();
        let mut named: Vec<String> = references.filter_map(Value::as_str).map(reference_key).collect();
        named.retain(|reference| *reference != parent);
        named.extend(Some(parent.clone()).filter(|parent| !parent.is_empty()));
        let raw_subject = text(message, "subject");
        let arrival = Arrival {
            at: Timestamp::from_rfc3339(text(message, "at")).unwrap(),
            contact,
            has_threads: matches!(medium.as_str(), "email" | "webform"),
            medium: medium.clone(),
            subject: subject(raw_subject),
            order_key: order_key(Some(raw_subject), ""),
            from_mail_system: is_mail_system(&from),
        };
        let facts = self.facts(&arrival, &customer, &id, &parent, &named);
        let conversation = match choose_conversation(&arrival, &facts) {
            Choice::Existing(found, _) => found,
            Choice::New => ConversationId(self.messages.len() as i64 + 1),
        };
        self.messages.push(Stored {
            conversation,
            contact,
            at: arrival.at,
            medium,
            subject_key: arrival.subject.key,
            order_key: arrival.order_key,
            id,
            named,
            from,
            to,
            outgoing,
        });
        conversation
    }

    fn facts(&self, arrival: &Arrival, customer: &str, id: &str, parent: &str, named: &[String]) -> Facts {
        let links = self.messages.iter().filter_map(|stored| {
            let kind = if stored.id == parent && !parent.is_empty() {
                LinkKind::Parent
            } else if named.contains(&stored.id) {
                LinkKind::Ancestor
            } else if !id.is_empty() && stored.named.iter().any(|name| name == id) {
                LinkKind::Child
            } else if stored.id == id && !id.is_empty() {
                LinkKind::SameId
            } else if stored.named.iter().any(|name| named.contains(name)) {
                LinkKind::SharedRoot
            } else {
                return None;
            };
            let within = || self.messages.iter().filter(|other| other.conversation == stored.conversation);
            Some(Link {
                kind,
                conversation: stored.conversation,
                contact: within().next().unwrap().contact,
                at: stored.at,
                subject_key: stored.subject_key.clone(),
                recipients: u32::from(stored.outgoing),
                took_part: within().any(|other| other.from == customer || other.to == customer),
                has_incoming: within().any(|other| !other.outgoing),
            })
        });
        let mine = |fits: &dyn Fn(&Stored) -> bool| -> Vec<Candidate> {
            let mut found: BTreeMap<ConversationId, Candidate> = BTreeMap::new();
            for stored in
                self.messages.iter().filter(|stored| stored.contact == arrival.contact && fits(stored))
            {
                let of = |other: &&Stored| other.conversation == stored.conversation;
                let candidate = Candidate {
                    conversation: stored.conversation,
                    last_at: self.messages.iter().filter(of).map(|other| other.at).max().unwrap(),
                    order_keys: self
                        .messages
                        .iter()
                        .filter(of)
                        .map(|other| other.order_key.clone())
                        .filter(|key| !key.is_empty())
                        .collect(),
                };
                found.insert(stored.conversation, candidate);
            }
            found.into_values().collect()
        };
        let last_on_medium = |conversation: ConversationId| {
            let of =
                |stored: &&Stored| stored.conversation == conversation && stored.medium == arrival.medium;
            self.messages.iter().filter(of).map(|stored| stored.at).max()
        };
        Facts {
            links: links.collect(),
            same_subject: mine(&|stored| stored.subject_key == arrival.subject.key),
            same_order: mine(&|stored| !stored.order_key.is_empty() && stored.order_key == arrival.order_key),
            recent: mine(&|_| true)
                .into_iter()
                .map(|candidate| Recent {
                    last_on_medium: last_on_medium(candidate.conversation),
                    candidate,
                    closed: false,
                })
                .collect(),
        }
    }
}

#[test]
fn the_thread_corpus_is_met() {
    let Some(cases) = corpus::lines("lang/threads.jsonl") else { return };
    let mut wrong = Vec::new();
    for case in &cases {
        let mut mailbox = Mailbox::default();
        let mut groups: BTreeMap<ConversationId, Vec<usize>> = BTreeMap::new();
        for (index, message) in case.get("messages").and_then(Value::as_array).unwrap().iter().enumerate() {
            groups.entry(mailbox.arrive(message)).or_default().push(index);
        }
        let found: Value = groups.into_values().collect::<Vec<_>>().into();
        if Some(&found) != case.get("expect") {
            wrong.push(format!("{}: {} gave {found}", text(case, "id"), text(case, "reason")));
        }
    }
    println!("figure: threads: {} of {} as labelled", cases.len() - wrong.len(), cases.len());
    assert!(cases.len() > 40 && wrong.is_empty(), "{wrong:#?}");
}

fn arrival(has_threads: bool) -> Arrival {
    Arrival {
        at: Timestamp::from_secs(100 * 86_400),
        contact: ContactId(1),
        medium: Medium::new("chat"),
        has_threads,
        subject: Subject::default(),
        order_key: String::new(),
        from_mail_system: false,
    }
}

fn recent(id: i64, days: i64, on_medium_hours: Option<i64>, closed: bool) -> Recent {
    let ago = |secs: i64| Timestamp::from_secs(100 * 86_400 - secs);
    Recent {
        candidate: Candidate {
            conversation: ConversationId(id),
            last_at: ago(days * 86_400),
            order_keys: Vec::new(),
        },
        last_on_medium: on_medium_hours.map(|hours| ago(hours * 3600)),
        closed,
    }
}

#[test]
fn channels_without_threads() {
    let existing = |id: i64, because: Because| Some(Choice::Existing(ConversationId(id), because));
    let table = [
        (vec![recent(1, 3, None, false)], existing(1, Because::OnlyOpen)),
        (vec![recent(1, 15, Some(1), false)], None),
        (vec![recent(1, 1, None, false), recent(2, 1, Some(30), false)], existing(2, Because::SameMedium)),
        (vec![recent(1, 1, Some(80), false), recent(2, 1, Some(90), false)], None),
        (vec![recent(1, 1, Some(1), true), recent(2, 5, None, false)], existing(2, Because::OnlyOpen)),
        (vec![recent(1, 1, Some(1), true)], existing(1, Because::SameMedium)),
        (vec![recent(1, 10, Some(240), true)], None),
        (Vec::new(), None),
    ];
    for (facts, expected) in table {
        assert_eq!(by_recent(&arrival(false), &facts), expected, "{facts:?}");
        assert_eq!(by_recent(&arrival(true), &facts), None);
    }
}

#[test]
fn an_order_number_of_its_own_is_another_matter() {
    let mut message = arrival(false);
    message.order_key = "4711".to_owned();
    let mut only = recent(1, 1, Some(1), false);
    assert!(by_recent(&message, std::slice::from_ref(&only)).is_some());
    only.candidate.order_keys = vec!["4712".to_owned()];
    assert_eq!(by_recent(&message, &[only]), None);
}

proptest! {
    #[test]
    fn any_subject_is_folded_once_and_for_all(raw in "\\PC{0,80}") {
        let once = subject(&raw);
        let again = subject(&format!("Re: {raw}"));
        prop_assert_eq!(again.key, once.key);
        let answer = subject(&format!("AW: {raw}"));
        prop_assert!(answer.reply_like);
        order_key(Some(&raw), &raw);
    }
}

//! A store full of customers, written by the store's own functions in large transactions: a million messages within
//! minutes, which the intake would need an hour for.
//!
//! One customer in ten messages; a few write most, as in a shop, and from 200,000 messages on one more customer has
//! 200,000 for itself. The full-text index knows the newest 100,000: of all that is asked here the access report alone
//! looks into it, and to index a million takes longer than to write them.

use anyhow::Result;
use theke_domain::address::Address;
use theke_domain::fold;
use theke_domain::ids::{AccountId, ContactId, ConversationId, FieldId, GoodwillId, IdentityId, TaskId};
use theke_domain::medium::{ChannelKind, Medium};
use theke_domain::message::{Completeness, Delivery, Direction};
use theke_domain::time::Timestamp;
use theke_store::search::messages as search;
use theke_store::table::contacts::{self, NameSource};
use theke_store::table::custom_fields::{self, NewField};
use theke_store::table::goodwill::{self, Granted};
use theke_store::table::identities::{self, NewIdentity, Source};
use theke_store::table::messages::{self, NewMessage};
use theke_store::table::preferences::{self, Preference};
use theke_store::table::tasks::{self, Task};
use theke_store::table::{accounts, bodies, conversations, entries, tags};
use theke_store::{Store, Transaction};

use crate::mailbox::Choice;

/// Messages of the one customer who has most.
pub const MOST: usize = 200_000;
const MESSAGES_OF_ONE: usize = 10;
const AT_ONCE: usize = 20_000;
/// The newest messages, which the full-text index knows.
const INDEXED: usize = 100_000;
const INDEXED_AT_ONCE: usize = 2_000;
const BEGAN_SECS: i64 = 1_400_000_000;
/// One in so many messages begins a conversation.
const CONVERSATION_EVERY: usize = 3;

/// A customer of the store.
#[derive(Clone)]
pub struct Person {
    /// The row.
    pub id: ContactId,
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The mobile number of three in five, as people write it.
    pub mobile: Option<String>,
    identity: IdentityId,
    conversation: Option<ConversationId>,
}

/// Who is in the store.
pub struct Stock {
    /// The customers, the first of whom write most.
    pub people: Vec<Person>,
    /// The one with [`MOST`] messages.
    pub heavy: Option<Person>,
}

/// What is the same for all messages.
struct Filling {
    account: AccountId,
    field: FieldId,
}

/// Fills an empty store.
pub fn fill(store: &Store, count: usize) -> Result<Stock> {
    let (account, field) = store.write(|tx| Ok((account(tx)?, field(tx)?)))?;
    let filling = Filling { account, field };
    let mut stock = Stock { people: Vec::new(), heavy: None };
    let people = (count / MESSAGES_OF_ONE).max(20);
    for from in (0..people).step_by(AT_ONCE / 4) {
        store.write(|tx| {
            for index in from..(from + AT_ONCE / 4).min(people) {
                let made = person(tx, &filling, index, stock.people.last())?;
                stock.people.push(made);
            }
            Ok(())
        })?;
    }
    if count >= MOST {
        stock.heavy = Some(store.write(|tx| person(tx, &filling, people, None))?);
    }
    let beside = count.checked_div(MOST).unwrap_or_default();
    for from in (0..count).step_by(AT_ONCE) {
        store.write(|tx| {
            for index in from..(from + AT_ONCE).min(count) {
                let whose = Choice::new(index as u64).somebody_of(people);
                if let Some(person) = stock.people.get_mut(whose) {
                    message(tx, &filling, person, 2 * index)?;
                }
                if let Some(heavy) = stock.heavy.as_mut().filter(|_| index % beside == 0) {
                    message(tx, &filling, heavy, 2 * index + 1)?;
                }
            }
            Ok(())
        })?;
    }
    for _ in 0..INDEXED / INDEXED_AT_ONCE {
        let scope = search::Scope::All;
        if store.write(|tx| search::index_some(tx, INDEXED_AT_ONCE as u32, scope))? == 0 {
            break;
        }
    }
    store.checkpoint()?;
    Ok(stock)
}

fn account(tx: &Transaction<'_>) -> theke_store::Result<AccountId> {
    accounts::insert(
        tx,
        &accounts::NewAccount {
            kind: ChannelKind::new("email"),
            medium: Medium::new("email"),
            name: "Bench".to_owned(),
            settings: [("address".to_owned(), "laden@shop.example".to_owned())].into(),
            secrets: [("password".to_owned(), "none".to_owned())].into(),
            own: Some(Address::Email { value: "laden@shop.example".to_owned() }),
            created_at: at(0),
        },
    )
}

fn field(tx: &Transaction<'_>) -> theke_store::Result<FieldId> {
    let new = NewField { name: "Rahmen".to_owned(), kind: custom_fields::Kind::Text, choices: Vec::new() };
    Ok(custom_fields::insert(tx, &new)?.0)
}

fn at(index: usize) -> Timestamp {
    Timestamp::from_secs(BEGAN_SECS + index as i64 * 150)
}

/// A mobile number that only this person has.
pub fn mobile(index: usize) -> String {
    format!("+49151{:08}", 20_000_000 + index)
}

/// One in forty has the name and the mailbox of the one before, at another provider: a person in two rows.
fn person(
    tx: &Transaction<'_>,
    filling: &Filling,
    index: usize,
    before: Option<&Person>,
) -> theke_store::Result<Person> {
    let mut choice = Choice::new(1_000_000_000 + index as u64);
    let (first, last) = choice.name();
    let twin = before.filter(|_| index % 40 == 39);
    let (name, email) = match twin {
        Some(before) => (before.name.clone(), before.email.replace("@kunde.", "@post.")),
        None => (
            format!("{first} {last}"),
            format!("{}.{}{index}@kunde.example", fold::key(&first), fold::key(&last)),
        ),
    };
    let id = contacts::insert(tx, &name, NameSource::Message, at(0))?;
    let address = |address: Address, display: &str| NewIdentity {
        contact_id: id,
        address,
        display: display.to_owned(),
        name: name.clone(),
        source: Source::Message,
        created_at: at(0),
    };
    let identity = identities::insert(tx, &address(Address::Email { value: email.clone() }, &email))?;
    let number = mobile(index);
    let has_mobile = choice.chance(60);
    if has_mobile {
        identities::insert(tx, &address(Address::Phone { value: number.clone() }, &number))?;
    }
    beside(tx, filling, id, &mut choice)?;
    let mobile = has_mobile.then(|| number.replace("+49", "0"));
    Ok(Person { id, name, email, mobile, identity, conversation: None })
}

/// What stands on a card beside name and addresses, on some of them.
fn beside(
    tx: &Transaction<'_>,
    filling: &Filling,
    contact: ContactId,
    choice: &mut Choice,
) -> theke_store::Result<()> {
    if choice.chance(20) {
        tags::add(tx, contact, if choice.chance(50) { "Stammkunde" } else { "Verein" }, at(1))?;
    }
    if choice.chance(30) {
        custom_fields::set(tx, contact, filling.field, &format!("{}", 48 + choice.below(16)), at(1))?;
    }
    if choice.chance(10) {
        entries::add_note(tx, contact, None, "Holt meist am Freitag ab", at(1 + choice.below(1_000)))?;
    }
    if choice.chance(2) {
        let granted = Granted {
            id: GoodwillId(0),
            contact_id: contact,
            conversation_id: None,
            what: "Schlauch umsonst".to_owned(),
            medium: None,
            granted_at: at(1),
        };
        goodwill::insert(tx, &granted)?;
    }
    if choice.chance(1) {
        let task = Task {
            id: TaskId(0),
            contact_id: contact,
            conversation_id: None,
            message_id: None,
            kind: tasks::Kind::Call,
            text: "Zurückrufen".to_owned(),
            address: String::new(),
            due_at: Some(at(2)),
            done_at: None,
            created_at: at(1),
        };
        tasks::insert(tx, &task)?;
    }
    if choice.chance(20) {
        let preference = Preference {
            contact_id: contact,
            medium: Medium::new("sms"),
            source: preferences::Source::Hand,
            evidence: String::new(),
            message_id: None,
            since_at: at(1),
            ended_at: None,
        };
        preferences::set(tx, &preference)?;
    }
    Ok(())
}

/// One message from or to a person, in the conversation that is going on or in a new one.
fn message(
    tx: &Transaction<'_>,
    filling: &Filling,
    person: &mut Person,
    index: usize,
) -> theke_store::Result<()> {
    let mut choice = Choice::new(2_000_000_000 + index as u64);
    let german = choice.chance(65);
    let (subject, length) = (choice.subject(german), 200 + choice.below(1_200));
    let text = choice.text(length, german);
    let conversation = match person.conversation {
        Some(conversation) if choice.below(CONVERSATION_EVERY) > 0 => conversation,
        _ => conversations::insert(
            tx,
            &conversations::NewConversation {
                contact_id: person.id,
                subject: subject.clone(),
                subject_key: fold::key(&subject),
                status: if choice.chance(5) {
                    conversations::Status::Open
                } else {
                    conversations::Status::Closed
                },
                spam: false,
                at: at(index),
            },
        )?,
    };
    person.conversation = Some(conversation);
    let direction = if choice.chance(25) { Direction::Out } else { Direction::In };
    let new = NewMessage {
        conversation_id: conversation,
        contact_id: person.id,
        identity_id: Some(person.identity),
        account_id: Some(filling.account),
        direction,
        medium: Medium::new("email"),
        kind: ChannelKind::new("email"),
        from_name: person.name.clone(),
        from_address: person.email.clone(),
        subject: Some(subject),
        snippet: text.chars().take(120).collect(),
        at: at(index),
        received_at: at(index),
        stored_at: at(index),
        delivery: if direction == Direction::In { Delivery::Received } else { Delivery::Sent },
        automatic: false,
        seen: true,
        answered: false,
        message_ref: Some(format!("<c.{index}@kunde.example>")),
        in_reply_to: None,
        content_key: None,
        completeness: Completeness::Whole,
        has_html: false,
        attachments: 0,
        order_key: None,
    };
    let id = messages::insert(tx, &new)?;
    bodies::put(tx, id, &bodies::Body { text, ..bodies::Body::default() })?;
    let touch = conversations::Touch {
        message_id: id,
        at: new.at,
        direction,
        account_id: new.account_id,
        medium: &new.medium,
        snippet: &new.snippet,
        unread: false,
        attachments: false,
    };
    conversations::touch(tx, conversation, &touch)?;
    contacts::heard(tx, person.id, new.at)
}

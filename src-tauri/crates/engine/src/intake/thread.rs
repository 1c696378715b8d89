//! Looks up the facts for `domain::threading`, rule by rule, so that the first rule that answers ends the look-ups.

use theke_domain::ids::{ContactId, ConversationId};
use theke_domain::medium::Medium;
use theke_domain::message::{Direction, Incoming, RemoteId};
use theke_domain::threading::{self, Arrival, Candidate, Choice, Link, LinkKind, Recent, Subject};
use theke_domain::time::Timestamp;
use theke_store::table::conversations::{Status, lists, recent};
use theke_store::table::messages::{self, Message, find};
use theke_store::table::{references, remote_ids};
use theke_store::{Result, Transaction};

use super::Context;
use super::person::Person;

/// Farther back no rule looks.
const LOOK_BACK_SECS: i64 = 61 * 24 * 3600;
/// More linked messages decide nothing new.
const LINKS_MAX: usize = 12;

/// The conversation that a message joins; `None` for a new one.
pub fn choose(
    tx: &Transaction<'_>,
    context: &Context,
    incoming: &Incoming,
    person: &Person,
    subject: &Subject,
    order_key: &str,
) -> Result<Option<ConversationId>> {
    let arrival = Arrival {
        at: incoming.at,
        contact: person.contact,
        medium: context.medium.clone(),
        has_threads: context.has_threads,
        subject: subject.clone(),
        order_key: order_key.to_owned(),
        from_mail_system: threading::is_mail_system(person.address.value()),
    };
    let since = incoming.at.plus_secs(-LOOK_BACK_SECS);
    if let Some(choice) = threading::by_header(&arrival, &links(tx, context, incoming, person)?) {
        return Ok(joined(choice));
    }
    if subject.reply_like && !subject.key.is_empty() {
        let rows = lists::with_subject(tx, person.contact, &subject.key, since)?;
        let mut same = Vec::with_capacity(rows.len());
        for row in rows {
            let order_keys = recent::order_keys(tx, row.id)?;
            same.push(Candidate { conversation: row.id, last_at: row.last_message_at, order_keys });
        }
        if let Some(choice) = threading::by_subject(&arrival, &same) {
            return Ok(joined(choice));
        }
    }
    by_order_or_recent(tx, &arrival, since)
}

/// The conversation of a call or a visit that a person notes; `None` for a new one.
pub fn of_note(
    tx: &Transaction<'_>,
    contact: ContactId,
    medium: &Medium,
    at: Timestamp,
    order_key: &str,
) -> Result<Option<ConversationId>> {
    let arrival = Arrival {
        at,
        contact,
        medium: medium.clone(),
        has_threads: false,
        subject: Subject::default(),
        order_key: order_key.to_owned(),
        from_mail_system: false,
    };
    by_order_or_recent(tx, &arrival, at.plus_secs(-LOOK_BACK_SECS))
}

/// The rules that need neither headers nor a subject.
fn by_order_or_recent(
    tx: &Transaction<'_>,
    arrival: &Arrival,
    since: Timestamp,
) -> Result<Option<ConversationId>> {
    let order_key = arrival.order_key.as_str();
    if !order_key.is_empty() {
        let rows = lists::with_order(tx, arrival.contact, order_key, since)?;
        let candidate = |(conversation, last_at)| Candidate {
            conversation,
            last_at,
            order_keys: vec![order_key.to_owned()],
        };
        let same: Vec<Candidate> = rows.into_iter().map(candidate).collect();
        if let Some(choice) = threading::by_order(arrival, &same) {
            return Ok(joined(choice));
        }
    }
    if arrival.has_threads {
        return Ok(None);
    }
    let mut under_way = Vec::new();
    for row in recent::of_contact(tx, arrival.contact, &arrival.medium, since)? {
        let id = row.conversation.id;
        let last_at = row.conversation.last_message_at;
        let candidate = Candidate { conversation: id, last_at, order_keys: recent::order_keys(tx, id)? };
        let closed = row.conversation.status == Status::Closed;
        under_way.push(Recent { candidate, last_on_medium: row.last_on_medium_at, closed });
    }
    Ok(threading::by_recent(arrival, &under_way).and_then(joined))
}

fn joined(choice: Choice) -> Option<ConversationId> {
    match choice {
        Choice::Existing(conversation, _) => Some(conversation),
        Choice::New => None,
    }
}

fn links(tx: &Transaction<'_>, context: &Context, incoming: &Incoming, person: &Person) -> Result<Vec<Link>> {
    let chain = references::chain(&incoming.thread);
    let own = incoming.thread.message_id.as_deref();
    if chain.is_empty() && own.is_none() {
        return Ok(Vec::new());
    }
    let parent = incoming.thread.in_reply_to.as_deref().map(threading::reference_key);
    let mut links = Vec::new();
    // Outside mail an answer names the provider's id of what it answers: our own messages are known by that.
    if let (false, Some(account)) = (context.has_threads, context.account) {
        for reference in &chain {
            if let Some(id) = remote_ids::find(tx, account, &RemoteId((*reference).to_owned()))?
                && let Some(row) = messages::get(tx, id)?
            {
                links.push(link(tx, LinkKind::Parent, &row, person)?);
            }
        }
    }
    for found in find::linked(tx, own, &chain)?.into_iter().take(LINKS_MAX) {
        let Some(row) = messages::get(tx, found.message_id)? else { continue };
        let kind = match found.link {
            find::Link::Named if Some(threading::reference_key(&found.reference)) == parent => {
                LinkKind::Parent
            }
            find::Link::Named => LinkKind::Ancestor,
            find::Link::Answers => LinkKind::Child,
            find::Link::SameId => LinkKind::SameId,
            find::Link::Sibling => LinkKind::SharedRoot,
        };
        links.push(link(tx, kind, &row, person)?);
    }
    if person.is_unverified() {
        // Not even as somebody who answers in another's place.
        links.retain(|link| link.contact == person.contact);
    }
    Ok(links)
}

fn link(tx: &Transaction<'_>, kind: LinkKind, row: &Message, person: &Person) -> Result<Link> {
    let outgoing = row.direction == Direction::Out;
    Ok(Link {
        kind,
        conversation: row.conversation_id,
        contact: row.contact_id,
        at: row.at,
        subject_key: threading::subject(row.subject.as_deref().unwrap_or_default()).key,
        recipients: if outgoing { recent::recipients(tx, row.id)? } else { 0 },
        took_part: find::took_part(tx, row.conversation_id, person.address.value())?,
        has_incoming: recent::has_incoming(tx, row.conversation_id)?,
    })
}

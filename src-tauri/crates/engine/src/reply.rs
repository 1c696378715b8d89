//! A person's answer becomes rows: ONE durable transaction with the route, the message, the decision and the outbox
//! row. Its reference and, where the channel fixes them, its bytes are settled here and reused by every attempt.
//!
//! Not here: which way it goes (`domain::routing`), and sending.

use std::sync::Arc;

use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::message::{
    ClientReference, Completeness, Delivery, Direction, Outgoing, OutgoingPart, Party, ThreadHeaders,
};
use theke_domain::routing::{Decision, Draft, Route};
use theke_domain::time::Timestamp;
use theke_store::table::bodies::{self, Body};
use theke_store::table::conversations::{self, Conversation, Status, Touch};
use theke_store::table::decisions;
use theke_store::table::messages::{self, Message, NewMessage, lists};
use theke_store::table::outbox::{self, NewEntry};
use theke_store::table::parties::{self, Role};
use theke_store::table::{Place, attachments, contacts, drafts, identities, references};
use theke_store::{Transaction, search};

use crate::api::{ApiError, ApiResult, Code};
use crate::intake::first_words;
use crate::lines::Line;
use crate::shared::Shared;
use crate::{failure, route, settings, subject};

/// Ids kept in References: the first and the newest.
const REFERENCES_KEPT: usize = 20;
/// Messages of a conversation that are looked at for what to thread to.
const LOOKED_AT: u32 = 50;

/// What a person wants to send.
pub struct Reply {
    /// In which conversation.
    pub conversation: ConversationId,
    /// The text.
    pub body: String,
    /// Subject, where the person changed it.
    pub subject: Option<String>,
    /// Medium, where the person chose one.
    pub via: Option<Medium>,
    /// Files.
    pub parts: Vec<OutgoingPart>,
    /// Without undo time.
    pub at_once: bool,
}

/// A queued answer.
pub struct Queued {
    /// The message.
    pub message: MessageId,
    /// Its decision.
    pub decision_id: i64,
    /// Where it goes, and why.
    pub decision: Decision,
    /// When it leaves.
    pub due_at: Timestamp,
}

/// Queues an answer. Blocks.
pub fn queue(shared: &Arc<Shared>, reply: &Reply) -> ApiResult<Queued> {
    let now = shared.now();
    shared.store.try_write_durable(|tx| {
        let conversation = conversations::get(tx, reply.conversation)?;
        let conversation =
            conversation.ok_or_else(|| ApiError::new(Code::NotFound, "There is no such conversation."))?;
        let draft = Draft {
            text_chars: u32::try_from(reply.body.chars().count()).unwrap_or(u32::MAX),
            attachment_bytes: reply.parts.iter().map(|part| part.content.len() as u64).collect(),
        };
        let decision = route::decide(tx, &shared.registry, &conversation, reply.via.clone(), draft, now)?;
        let way = match &decision.route {
            Ok(way) => way.clone(),
            Err(none) => return Err(ApiError::new(Code::NoRoute, none.text()).with("reason", none.code())),
        };
        let line = shared.lines.get(&shared.dir, &shared.store, &shared.registry, way.account)?;
        let undo = if reply.at_once { 0 } else { settings::number(tx, settings::SEND_UNDO_SECS)? };
        let due_at = now.plus_secs(i64::from(undo));
        let partner = route::partner(tx, &conversation)?;
        let mut outgoing = outgoing(tx, &conversation, partner, &way, &line, reply, now)?;
        outgoing.payload = line.channel.compose(&outgoing).map_err(|error| failure::of_channel(&error))?;
        let message = store(tx, &conversation, partner, &way, &line, &outgoing, now)?;
        let decision_id = decisions::insert(tx, &record(message, partner, &decision, &line, reply, now))?;
        let entry = NewEntry {
            message_id: message,
            decision_id,
            account_id: way.account,
            contact_id: partner,
            outgoing: &outgoing,
            queued_at: now,
            due_at,
        };
        outbox::insert(tx, &entry)?;
        drafts::remove(tx, conversation.id)?;
        if matches!(conversation.status, Status::Open | Status::Snoozed) {
            conversations::set_status(tx, conversation.id, Status::Waiting, None, now)?;
        }
        Ok(Queued { message, decision_id: decision_id.0, decision, due_at })
    })
}

fn outgoing(
    tx: &Transaction<'_>,
    conversation: &Conversation,
    partner: ContactId,
    way: &Route,
    line: &Line,
    reply: &Reply,
    now: Timestamp,
) -> ApiResult<Outgoing> {
    let parent = parent(tx, conversation, way, line.spec.capabilities.subject)?;
    let thread = match &parent {
        Some(row) => headers(row.message_ref.clone(), references::of_message(tx, row.id)?),
        None => ThreadHeaders::default(),
    };
    let named = reply.subject.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let subject = line.spec.capabilities.subject.then(|| match named {
        Some(given) => given.chars().map(|c| if c.is_control() { ' ' } else { c }).collect(),
        None => {
            let before =
                parent.as_ref().and_then(|row| row.subject.as_deref()).unwrap_or(&conversation.subject);
            subject::reply_to(before)
        }
    });
    let name = contacts::get(tx, partner)?.map(|contact| contact.name).unwrap_or_default();
    Ok(Outgoing {
        reference: reference(line)?,
        at: now,
        to: way.address.clone(),
        to_name: Some(name).filter(|name| !name.is_empty()),
        cc: Vec::new(),
        subject,
        text: reply.body.clone(),
        thread,
        parts: reply.parts.clone(),
        automatic: false,
        payload: None,
    })
}

/// What the answer is threaded to: the newest message by this medium that has an id; where there are no threads, the
/// customer's newest.
fn parent(
    tx: &Transaction<'_>,
    conversation: &Conversation,
    way: &Route,
    has_threads: bool,
) -> theke_store::Result<Option<Message>> {
    let rows = lists::of_conversation(tx, conversation.id, Place::NEWEST, LOOKED_AT)?;
    Ok(rows.into_iter().find(|row| {
        let sent = !matches!(row.delivery, Delivery::Failed | Delivery::Queued | Delivery::InDoubt);
        row.medium == way.medium
            && row.message_ref.is_some()
            && sent
            && (has_threads || row.direction == Direction::In)
    }))
}

fn headers(parent: Option<String>, chain: Vec<String>) -> ThreadHeaders {
    let mut references = chain;
    references.extend(parent.clone());
    if references.len() > REFERENCES_KEPT {
        let cut = references.len() - (REFERENCES_KEPT - 1);
        references.drain(1..=cut);
    }
    ThreadHeaders { message_id: None, in_reply_to: parent, references }
}

/// A random name for the message, in the form of a Message-ID with the account's own domain where it has one.
fn reference(line: &Line) -> ApiResult<ClientReference> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| failure::internal("random numbers", error))?;
    let random: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let domain =
        line.account.own.as_ref().and_then(|own| own.value().rsplit_once('@')).map(|(_, domain)| domain);
    Ok(ClientReference(domain.map_or_else(|| random.clone(), |domain| format!("<{random}@{domain}>"))))
}

fn store(
    tx: &Transaction<'_>,
    conversation: &Conversation,
    partner: ContactId,
    way: &Route,
    line: &Line,
    outgoing: &Outgoing,
    now: Timestamp,
) -> ApiResult<MessageId> {
    let identity = identities::by_address(tx, &way.address)?.map(|identity| identity.id);
    let snippet = first_words(&outgoing.text);
    let files = u32::try_from(outgoing.parts.len()).unwrap_or(u32::MAX);
    let own = line.account.own.as_ref().map(|own| own.value().to_owned()).unwrap_or_default();
    let id = messages::insert(
        tx,
        &NewMessage {
            conversation_id: conversation.id,
            contact_id: partner,
            identity_id: identity,
            account_id: Some(way.account),
            direction: Direction::Out,
            medium: way.medium.clone(),
            kind: way.kind.clone(),
            from_name: line.account.name.clone(),
            from_address: own,
            subject: outgoing.subject.clone(),
            snippet: snippet.clone(),
            at: now,
            received_at: now,
            stored_at: now,
            delivery: Delivery::Queued,
            automatic: false,
            seen: true,
            answered: false,
            message_ref: Some(outgoing.reference.0.clone()),
            in_reply_to: outgoing.thread.in_reply_to.clone(),
            content_key: None,
            completeness: Completeness::Whole,
            has_html: false,
            attachments: files,
            order_key: None,
        },
    )?;
    bodies::put(tx, id, &Body { text: outgoing.text.clone(), ..Body::default() })?;
    let to = Party {
        name: outgoing.to_name.clone(),
        address: Some(way.address.clone()),
        raw: way.address.value().to_owned(),
    };
    parties::insert(tx, id, Role::To, &[to])?;
    references::insert(tx, id, &outgoing.thread)?;
    attachments::insert_outgoing(tx, id, &outgoing.parts)?;
    contacts::heard(tx, partner, now)?;
    let touch = Touch {
        message_id: id,
        at: now,
        direction: Direction::Out,
        account_id: Some(way.account),
        medium: &way.medium,
        snippet: &snippet,
        unread: false,
        attachments: files > 0,
    };
    conversations::touch(tx, conversation.id, &touch)?;
    if let Some(row) = messages::get(tx, id)? {
        search::messages::index(tx, &row)?;
    }
    Ok(id)
}

fn record(
    message: MessageId,
    partner: ContactId,
    decision: &Decision,
    line: &Line,
    reply: &Reply,
    now: Timestamp,
) -> decisions::Decision {
    let shown = crate::api::view::route(decision, Some(&line.spec));
    decisions::Decision {
        id: theke_domain::ids::DecisionId(0),
        at: now,
        message_id: Some(message),
        contact_id: Some(partner),
        rule: String::new(),
        mode: "person".to_owned(),
        result: "queued".to_owned(),
        evidence: serde_json::json!([]),
        guards: serde_json::json!([]),
        route: serde_json::to_value(shown).ok(),
        text: reply.body.clone(),
    }
}

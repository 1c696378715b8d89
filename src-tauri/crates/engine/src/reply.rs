//! What a person sends becomes rows: ONE durable transaction with the route, the message, the decision and the outbox
//! row. Its reference and, where the channel fixes them, its bytes are settled here and reused by every attempt.
//!
//! Not here: which way it goes (`domain::routing`), and sending.

use std::sync::Arc;

use theke_domain::address::Address;
use theke_domain::ids::{ContactId, ConversationId, MessageId, NewDraftId, StagedId, StandardReplyId};
use theke_domain::medium::Medium;
use theke_domain::message::{
    ClientReference, Completeness, Delivery, Direction, Outgoing, OutgoingPart, Party, ThreadHeaders,
};
use theke_domain::routing::{Decision, Draft, Route};
use theke_domain::threading;
use theke_domain::time::Timestamp;
use theke_store::table::bodies::{self, Body};
use theke_store::table::conversations::{self, Conversation, NewConversation, Status, Touch};
use theke_store::table::decisions;
use theke_store::table::messages::{self, Message, NewMessage, lists};
use theke_store::table::outbox::{self, NewEntry};
use theke_store::table::parties::{self, Role};
use theke_store::table::{
    Place, attachments, contacts, drafts, identities, references, staged, standard_replies,
};
use theke_store::{Transaction, search};

use crate::api::{ApiError, ApiResult, Code};
use crate::intake::first_words;
use crate::lines::Line;
use crate::recipient::First;
use crate::shared::Shared;
use crate::{failure, route, settings, subject};

/// Ids kept in References: the first and the newest.
const REFERENCES_KEPT: usize = 20;
/// Messages of a conversation that are looked at for what to thread to.
const LOOKED_AT: u32 = 50;

/// To whom a message goes.
pub enum To {
    /// Whoever wrote last in a conversation.
    Conversation(ConversationId),
    /// Somebody with whom a conversation begins.
    New(First),
}

/// What a person wants to send.
pub struct Reply {
    /// To whom.
    pub to: To,
    /// The text.
    pub body: String,
    /// The same with formatting, sanitised; left out where the channel has none.
    pub html: Option<String>,
    /// Copies.
    pub cc: Vec<Address>,
    /// Not before; `None` = after the undo time.
    pub send_at: Option<Timestamp>,
    /// The matter is done with that.
    pub close_after: bool,
    /// Files that were staged; they go from there into the message.
    pub staged: Vec<StagedId>,
    /// The standard reply that it was made from.
    pub standard: Option<StandardReplyId>,
    /// The draft of a new message that this was.
    pub draft: Option<NewDraftId>,
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
    /// Its conversation.
    pub conversation: ConversationId,
    /// Whose it is.
    pub contact: ContactId,
    /// Its decision.
    pub decision_id: i64,
    /// Where it goes, and why.
    pub decision: Decision,
    /// When it leaves.
    pub due_at: Timestamp,
}

/// Queues a message. Blocks.
pub fn queue(shared: &Arc<Shared>, mut reply: Reply) -> ApiResult<Queued> {
    let now = shared.now();
    shared.store.try_write_durable(|tx| {
        for id in &reply.staged {
            let part = staged::part(tx, *id)?.ok_or_else(|| {
                ApiError::new(Code::NotFound, "An attached file is not there any more. Attach it again.")
            })?;
            reply.parts.push(part);
        }
        let draft = Draft {
            text_chars: u32::try_from(reply.body.chars().count()).unwrap_or(u32::MAX),
            attachment_bytes: reply.parts.iter().map(|part| part.content.len() as u64).collect(),
        };
        let decision = match &reply.to {
            To::Conversation(id) => {
                let row = conversations::get(tx, *id)?;
                let row =
                    row.ok_or_else(|| ApiError::new(Code::NotFound, "There is no such conversation."))?;
                route::decide(tx, &shared.registry, &row, reply.via.clone(), draft, now)?
            }
            To::New(first) => {
                route::decide_first(tx, &shared.registry, first, reply.via.clone(), draft, now)?
            }
        };
        let way = match &decision.route {
            Ok(way) => way.clone(),
            Err(none) => return Err(ApiError::new(Code::NoRoute, none.text()).with("reason", none.code())),
        };
        let line = shared.lines.get(&shared.dir, &shared.store, &shared.registry, way.account)?;
        fit(&mut reply, &way, &line)?;
        let (conversation, partner) = place(tx, &reply, &way, now)?;
        let due_at = match reply.send_at {
            Some(at) => at.max(now),
            None if reply.at_once => now,
            None => now.plus_secs(i64::from(settings::number(tx, settings::SEND_UNDO_SECS)?)),
        };
        let written_at = if reply.send_at.is_some() { due_at } else { now };
        let mut outgoing = outgoing(tx, &conversation, partner, &way, &line, &reply, written_at)?;
        outgoing.payload = line.channel.compose(&outgoing).map_err(|error| failure::of_channel(&error))?;
        let message = store(tx, &conversation, partner, &way, &line, &outgoing, now)?;
        let decision_id = decisions::insert(tx, &record(message, partner, &decision, &line, &reply, now))?;
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
        forget_draft(tx, &reply, conversation.id)?;
        if let Some(id) = reply.standard {
            standard_replies::used(tx, id, message, now)?;
        }
        let after = if reply.close_after { Status::Closed } else { Status::Waiting };
        if reply.close_after || matches!(conversation.status, Status::Open | Status::Snoozed) {
            conversations::set_status(tx, conversation.id, after, None, now)?;
        }
        Ok(Queued {
            message,
            conversation: conversation.id,
            contact: partner,
            decision_id: decision_id.0,
            decision,
            due_at,
        })
    })
}

/// Leaves out what the channel cannot carry, and refuses what a person would miss.
fn fit(reply: &mut Reply, way: &Route, line: &Line) -> ApiResult<()> {
    let can = &line.spec.capabilities;
    if !can.formatting {
        reply.html = None;
    }
    if reply.cc.is_empty() {
        return Ok(());
    }
    if !can.cc {
        let sentence = "This channel has no copies. Remove them, or choose e-mail.";
        return Err(ApiError::new(Code::BadInput, sentence).with("field", "cc"));
    }
    match reply.cc.iter().find(|copy| copy.kind_word() != way.address.kind_word()) {
        Some(other) => {
            let sentence = format!("{} cannot get a copy on this channel. Remove it.", other.value());
            Err(ApiError::new(Code::BadInput, sentence).with("field", "cc").with("address", other.value()))
        }
        None => Ok(()),
    }
}

/// The conversation that the message stands in and whom it is for; a new one where it begins one.
fn place(
    tx: &Transaction<'_>,
    reply: &Reply,
    way: &Route,
    now: Timestamp,
) -> ApiResult<(Conversation, ContactId)> {
    let (id, partner) = match &reply.to {
        To::Conversation(id) => {
            let row = conversations::get(tx, *id)?.ok_or(theke_store::Error::NotFound)?;
            let partner = route::partner(tx, &row)?;
            return Ok((row, partner));
        }
        To::New(first) => {
            let contact = first.settle(tx, &way.address, now)?;
            let subject = reply.subject.as_deref().unwrap_or_default().trim().to_owned();
            let new = NewConversation {
                contact_id: contact,
                subject_key: threading::subject(&subject).key,
                subject,
                status: Status::Waiting,
                spam: false,
                at: now,
            };
            (conversations::insert(tx, &new)?, contact)
        }
    };
    Ok((conversations::get(tx, id)?.ok_or(theke_store::Error::NotFound)?, partner))
}

/// The draft became the message, with its files.
fn forget_draft(tx: &Transaction<'_>, reply: &Reply, conversation: ConversationId) -> ApiResult<()> {
    drafts::remove(tx, conversation)?;
    if let Some(draft) = reply.draft {
        drafts::remove_new(tx, draft)?;
    }
    for id in &reply.staged {
        staged::remove(tx, *id)?;
    }
    Ok(())
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
        None if matches!(reply.to, To::New(_)) => String::new(),
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
        cc: reply.cc.clone(),
        subject,
        text: reply.body.clone(),
        html: reply.html.clone(),
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
            has_html: outgoing.html.is_some(),
            attachments: files,
            order_key: None,
        },
    )?;
    let html = outgoing.html.clone();
    bodies::put(tx, id, &Body { text: outgoing.text.clone(), html, ..Body::default() })?;
    let to = Party {
        name: outgoing.to_name.clone(),
        address: Some(way.address.clone()),
        raw: way.address.value().to_owned(),
    };
    parties::insert(tx, id, Role::To, &[to])?;
    let copy =
        |copy: &Address| Party { name: None, address: Some(copy.clone()), raw: copy.value().to_owned() };
    parties::insert(tx, id, Role::Cc, &outgoing.cc.iter().map(copy).collect::<Vec<_>>())?;
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
        automatic: decisions::Automatic::default(),
    }
}

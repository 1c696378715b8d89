//! Calls and visits that a person notes: a message of the conversation that the rules name, received or sent as soon as
//! it is noted. It has no account and no outbox row, so nothing can send it.
//!
//! Not here: which conversation that is (`domain::threading`, asked by [`crate::intake`]).

use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::medium::{ChannelKind, Medium, media};
use theke_domain::message::{Completeness, Direction, Party};
use theke_domain::threading;
use theke_domain::time::Timestamp;
use theke_store::table::bodies::{self, Body};
use theke_store::table::changes::Step;
use theke_store::table::contacts::{self, Contact};
use theke_store::table::conversations::{self, Conversation, NewConversation, Status, Touch};
use theke_store::table::identities::{self, Identity};
use theke_store::table::messages::{self, NewMessage, noted};
use theke_store::table::parties::{self, Role};
use theke_store::{Result, Transaction, search};

use crate::intake::{conversation_of_note, first_words};
use crate::settings;
use crate::timeline::{self, By};

/// What is to be noted.
pub struct Spoken {
    /// With whom.
    pub contact: Contact,
    /// In which conversation; `None` lets the rules choose.
    pub conversation: Option<Conversation>,
    /// `phone` or `in_person`.
    pub medium: Medium,
    /// Who began it.
    pub direction: Direction,
    /// What was said, may be empty.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// What came of it.
pub struct Kept {
    /// The message.
    pub message: MessageId,
    /// Its conversation.
    pub conversation: ConversationId,
    /// The way back.
    pub steps: Vec<Step>,
}

/// Stores it.
pub fn keep(tx: &Transaction<'_>, spoken: &Spoken, now: Timestamp) -> Result<Kept> {
    let order_key = threading::order_key(None, &spoken.text);
    let chosen = match &spoken.conversation {
        Some(row) => Some(row.clone()),
        None => {
            let found = conversation_of_note(tx, spoken.contact.id, &spoken.medium, spoken.at, &order_key)?;
            found.map(|id| conversations::get(tx, id)).transpose()?.flatten()
        }
    };
    let mut steps = Vec::new();
    let conversation = match &chosen {
        Some(row) => {
            steps.extend(follow_status(tx, row, spoken, now)?);
            row.id
        }
        None => conversations::insert(tx, &begun(spoken))?,
    };
    let message = insert(tx, spoken, conversation, order_key, now)?;
    let touch = Touch {
        message_id: message,
        at: spoken.at,
        direction: spoken.direction,
        account_id: None,
        medium: &spoken.medium,
        snippet: &first_words(&spoken.text),
        unread: false,
        attachments: false,
    };
    conversations::touch(tx, conversation, &touch)?;
    contacts::heard(tx, spoken.contact.id, spoken.at)?;
    steps.push(Step::Noted { message });
    Ok(Kept { message, conversation, steps })
}

fn begun(spoken: &Spoken) -> NewConversation {
    NewConversation {
        contact_id: spoken.contact.id,
        subject: String::new(),
        subject_key: String::new(),
        status: status_after(spoken.direction),
        spam: false,
        at: spoken.at,
    }
}

/// Whose turn it is: the shop's after the customer came, the customer's after the shop rang.
fn status_after(direction: Direction) -> Status {
    match direction {
        Direction::In => Status::Open,
        Direction::Out => Status::Waiting,
    }
}

/// As for a message: only the newest counts, and what a person has closed only the customer opens again.
fn follow_status(
    tx: &Transaction<'_>,
    row: &Conversation,
    spoken: &Spoken,
    now: Timestamp,
) -> Result<Option<Step>> {
    let became = status_after(spoken.direction);
    let stays = spoken.at < row.last_message_at
        || row.status == became
        || (spoken.direction == Direction::Out && row.status != Status::Open);
    if stays || !conversations::set_status(tx, row.id, became, None, now)? {
        return Ok(None);
    }
    if matches!(row.status, Status::Closed | Status::Snoozed) {
        timeline::status(tx, row, became, None, By::Customer, now)?;
    }
    Ok(Some(Step::status(row, became)))
}

fn insert(
    tx: &Transaction<'_>,
    spoken: &Spoken,
    conversation_id: ConversationId,
    order_key: String,
    now: Timestamp,
) -> Result<MessageId> {
    let identity = number(tx, spoken)?;
    let address = identity.as_ref().map(|identity| identity.address.value().to_owned()).unwrap_or_default();
    let incoming = spoken.direction == Direction::In;
    let (from_name, from_address) = if incoming {
        (spoken.contact.display_name.clone(), address.clone())
    } else {
        (settings::text(tx, settings::SHOP_NAME)?, String::new())
    };
    let id = messages::insert(
        tx,
        &NewMessage {
            conversation_id,
            contact_id: spoken.contact.id,
            identity_id: identity.as_ref().map(|identity| identity.id),
            account_id: None,
            direction: spoken.direction,
            medium: spoken.medium.clone(),
            kind: ChannelKind::new(noted::KIND),
            from_name,
            from_address,
            subject: None,
            snippet: first_words(&spoken.text),
            at: spoken.at,
            received_at: spoken.at,
            stored_at: now,
            delivery: noted::delivery(spoken.direction),
            automatic: false,
            seen: true,
            answered: false,
            message_ref: None,
            in_reply_to: None,
            content_key: None,
            completeness: Completeness::Whole,
            has_html: false,
            attachments: 0,
            order_key: Some(order_key).filter(|key| !key.is_empty()),
        },
    )?;
    bodies::put(tx, id, &Body { text: spoken.text.clone(), ..Body::default() })?;
    if !incoming {
        let to = Party {
            name: Some(spoken.contact.display_name.clone()),
            address: identity.map(|identity| identity.address),
            raw: address,
        };
        parties::insert(tx, id, Role::To, &[to])?;
    }
    if let Some(row) = messages::get(tx, id)? {
        search::messages::index(tx, &row)?;
    }
    Ok(id)
}

/// The number of a call, where the customer has only one.
fn number(tx: &Transaction<'_>, spoken: &Spoken) -> Result<Option<Identity>> {
    if spoken.medium.as_str() != media::PHONE {
        return Ok(None);
    }
    let mut phones = identities::of_contact(tx, spoken.contact.id)?;
    phones.retain(|identity| identity.address.kind_word() == "phone");
    Ok(if phones.len() == 1 { phones.pop() } else { None })
}

/// The contact that stands for this one: itself, or the one that it became part of.
pub fn standing(tx: &Transaction<'_>, id: ContactId) -> Result<Option<Contact>> {
    let mut found = contacts::get(tx, id)?;
    while let Some(into) = found.as_ref().and_then(|contact| contact.merged_into) {
        found = contacts::get(tx, into)?;
    }
    Ok(found)
}

//! One message: known, known with less of it, or new.

use theke_domain::ids::{ConversationId, MessageId};
use theke_domain::message::{Completeness, Delivery, Direction, Incoming};
use theke_domain::threading;
use theke_store::table::bodies::{self, Body, Packed};
use theke_store::table::conversations::{self, Conversation, NewConversation, Status, Touch};
use theke_store::table::messages::{self, Message, NewMessage, Upgrade, deciding, find};
use theke_store::table::parties::{self, Role};
use theke_store::table::{attachments, blocked, contacts, identities, outbox, references, remote_ids};
use theke_store::{Result, Transaction};

use super::person::{self, Person};
use super::{Context, Tally, answered_elsewhere, bounce, reopen, thread, wish};
use crate::api::types::Event;
use crate::timeline::{self, By};

/// A read message older than this starts no open matter when it is seen for the first time.
const OLD_SECS: i64 = 14 * 24 * 3600;
const SNIPPET_CHARS: usize = 160;

/// What became of a handed-in message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Stored for the first time.
    New(MessageId),
    /// It was here.
    Known(MessageId),
    /// The shop does not keep what is so old, or its customer was erased since.
    Unwanted,
}

/// A handed-in message with all that is made of it alone. Making it takes longer than storing it, so it is done
/// before the writer is held.
pub struct Prepared {
    incoming: Incoming,
    /// `None` while only its headers are here.
    packed: Option<Packed>,
    order_key: String,
    snippet: String,
}

impl Prepared {
    /// Takes a message in hand.
    pub fn of(mut incoming: Incoming) -> Result<Self> {
        let packed = match incoming.completeness {
            Completeness::Headers => None,
            Completeness::Text | Completeness::Whole => Some(packed(&incoming)?),
        };
        incoming.source = None;
        let order_key = threading::order_key(incoming.subject.as_deref(), &incoming.text_without_quote);
        let snippet = snippet(&incoming);
        Ok(Self { incoming, packed, order_key, snippet })
    }
}

/// Stores a message exactly once.
pub fn take(
    tx: &Transaction<'_>,
    context: &Context,
    prepared: &Prepared,
    tally: &mut Tally,
) -> Result<Taken> {
    let incoming = &prepared.incoming;
    if let Some(id) = known(tx, context, incoming)? {
        if let Some(account) = context.account {
            remote_ids::link(tx, account, &incoming.remote_id, id)?;
        }
        bring_up_to_date(tx, context, prepared, id, tally)?;
        return Ok(Taken::Known(id));
    }
    // By both times: a sender may write any day into a message.
    if context.oldest.is_some_and(|oldest| incoming.at.max(incoming.received_at) < oldest) {
        return Ok(Taken::Unwanted);
    }
    if is_of_erased(context, incoming) {
        return Ok(Taken::Unwanted);
    }
    let id = insert(tx, context, prepared, tally)?;
    Ok(Taken::New(id))
}

/// Its customer was erased since it was written.
fn is_of_erased(context: &Context, incoming: &Incoming) -> bool {
    // Whose it is costs something to find out, and most shops have erased nobody.
    !context.erased.is_empty()
        && context
            .erased
            .mark(&person::address(context, incoming))
            .is_some_and(|mark| incoming.at.min(incoming.received_at) <= mark.at)
}

/// By the provider's id, by content, or as our own message that comes back (the copy in Sent, an echo).
fn known(tx: &Transaction<'_>, context: &Context, incoming: &Incoming) -> Result<Option<MessageId>> {
    if let Some(account) = context.account
        && let Some(id) = remote_ids::find(tx, account, &incoming.remote_id)?
    {
        return Ok(Some(id));
    }
    if let Some(key) = incoming.content_key.as_deref().filter(|key| !key.is_empty()) {
        // An imported file may be anybody's mail; a mail of one account may be a file that was imported before.
        let found = find::by_content(tx, None, key)?;
        let same = found.iter().find(|row| row.account_id == context.account);
        let imported = found.iter().find(|row| row.account_id.is_none() || context.account.is_none());
        if let Some(row) = same.or(imported) {
            return Ok(Some(row.id));
        }
    }
    let from_us = incoming.direction == Direction::Out
        || incoming.from.address.as_ref().is_some_and(|from| context.own.contains(from));
    if !from_us {
        return Ok(None);
    }
    let Some(own_ref) = incoming.thread.message_id.as_deref() else { return Ok(None) };
    for row in find::by_ref(tx, own_ref)? {
        let ours = row.direction == Direction::Out && outbox::get(tx, row.id)?.is_some();
        if ours && (row.account_id == context.account || context.account.is_none()) {
            return Ok(Some(row.id));
        }
    }
    Ok(None)
}

fn bring_up_to_date(
    tx: &Transaction<'_>,
    context: &Context,
    prepared: &Prepared,
    id: MessageId,
    tally: &mut Tally,
) -> Result<()> {
    let Prepared { incoming, order_key, snippet, .. } = prepared;
    let Some(row) = messages::get(tx, id)? else { return Ok(()) };
    if row.direction == Direction::Out
        && let Some(entry) = outbox::get(tx, id)?
    {
        // It lies in Sent, so it went out, whatever we did not hear of it.
        if matches!(entry.state, outbox::State::InDoubt | outbox::State::Committed)
            && outbox::steps::sent(tx, id, Some(&incoming.remote_id), false, context.now)?
        {
            tally.events.push(Event::OutboxChanged {});
            tally.changed(&row);
        }
        return Ok(());
    }
    if incoming.completeness <= row.completeness {
        return Ok(());
    }
    let headers_only = row.completeness == Completeness::Headers;
    if headers_only && row.direction == Direction::In && is_of_erased(context, incoming) {
        // Its headers named only the form.
        return let_go(tx, &row, tally);
    }
    let upgrade = Upgrade {
        completeness: incoming.completeness,
        snippet,
        has_html: incoming.html.is_some(),
        attachments: shown_attachments(incoming),
        order_key: Some(order_key.as_str()).filter(|key| !key.is_empty()),
    };
    if messages::upgrade(tx, id, &upgrade)? {
        put_texts(tx, id, prepared)?;
        if headers_only {
            if row.direction == Direction::In {
                give_to_person(tx, context, prepared, &row, tally)?;
            }
            wish::heed(tx, context, incoming, id, tally)?;
        }
        tally.changed(&row);
    }
    Ok(())
}

/// Of a form mail the headers name only the form; once its text is here, it goes to the person who filled it in.
fn give_to_person(
    tx: &Transaction<'_>,
    context: &Context,
    prepared: &Prepared,
    row: &Message,
    tally: &mut Tally,
) -> Result<()> {
    let Prepared { incoming, order_key, .. } = prepared;
    let Some(person) = person::of_form(tx, context, incoming, tally)? else { return Ok(()) };
    messages::set_authentication(tx, row.id, person.authentication(incoming))?;
    if person.contact == row.contact_id {
        return messages::set_identity(tx, row.id, person.identity);
    }
    let Some(from) = conversations::get(tx, row.conversation_id)? else { return Ok(()) };
    let subject = threading::subject(incoming.subject.as_deref().unwrap_or_default());
    let joined = thread::choose(tx, context, incoming, &person, &subject, order_key)?;
    let target = match joined.filter(|id| *id != from.id) {
        Some(id) => id,
        None => conversations::insert(
            tx,
            &NewConversation {
                contact_id: person.contact,
                subject: incoming.subject.clone().unwrap_or_default(),
                subject_key: subject.key,
                status: from.status,
                spam: from.spam,
                at: incoming.at,
            },
        )?,
    };
    messages::set_identity(tx, row.id, person.identity)?;
    conversations::reshape::move_message(tx, row.id, target)?;
    identities::used(tx, person.identity, context.account, Direction::In, incoming.at)?;
    tally.events.push(Event::ConversationChanged { conversation_id: from.id.0 });
    tally.events.push(Event::ConversationChanged { conversation_id: target.0 });
    // The form is nobody, unless a person knows something of it.
    theke_store::person::remove_if_unknown(tx, row.contact_id)?;
    tally.contact(row.contact_id.0);
    Ok(())
}

/// Takes a message away that would not have been taken in, had its text been here.
fn let_go(tx: &Transaction<'_>, row: &Message, tally: &mut Tally) -> Result<()> {
    messages::progress::delete(tx, row.id)?;
    theke_store::person::remove_if_unknown(tx, row.contact_id)?;
    tally.events.push(Event::ConversationChanged { conversation_id: row.conversation_id.0 });
    tally.contact(row.contact_id.0);
    Ok(())
}

fn insert(
    tx: &Transaction<'_>,
    context: &Context,
    prepared: &Prepared,
    tally: &mut Tally,
) -> Result<MessageId> {
    let Prepared { incoming, order_key, snippet, .. } = prepared;
    let direction = person::direction(context, incoming);
    let returned = if direction == Direction::In { bounce::find(tx, context, incoming)? } else { None };
    let person = match &returned {
        Some(returned) => returned.person(incoming),
        None => person::find_or_make(tx, context, incoming, direction, tally)?,
    };
    let subject = threading::subject(incoming.subject.as_deref().unwrap_or_default());
    let blocked = direction == Direction::In && blocked::is_blocked(tx, &person.address)?;
    let chosen = match &returned {
        Some(returned) => Some(returned.conversation()),
        None => thread::choose(tx, context, incoming, &person, &subject, order_key)?,
    };
    let chosen = chosen.map(|id| conversations::get(tx, id)).transpose()?.flatten();
    // What a blocked sender writes never comes back into a conversation that is looked at.
    let chosen = chosen.filter(|row| row.spam || !blocked);
    let spam = chosen.as_ref().map_or(incoming.spam || blocked, |row| row.spam);
    let conversation = match &chosen {
        Some(row) => row.id,
        None => conversations::insert(
            tx,
            &NewConversation {
                contact_id: person.contact,
                subject: incoming.subject.clone().unwrap_or_default(),
                subject_key: subject.key,
                status: first_status(context, incoming, direction),
                spam,
                at: incoming.at,
            },
        )?,
    };
    let seen = incoming.flags.seen || direction == Direction::Out;
    let id = messages::insert(tx, &new_message(context, prepared, &person, conversation, direction))?;
    if direction == Direction::In {
        messages::set_authentication(tx, id, person.authentication(incoming))?;
        bounce::keep(tx, context, incoming, id)?;
    }
    put_parties(tx, id, incoming)?;
    put_texts(tx, id, prepared)?;
    if let Some(account) = context.account {
        remote_ids::link(tx, account, &incoming.remote_id, id)?;
    }
    if returned.is_none() {
        // A report is no word of the customer.
        identities::used(tx, person.identity, context.account, direction, incoming.at)?;
        contacts::heard(tx, person.contact, incoming.at)?;
    }
    let touch = Touch {
        message_id: id,
        at: incoming.at,
        direction,
        account_id: context.account,
        medium: &context.medium,
        snippet,
        unread: direction == Direction::In && !seen,
        attachments: shown_attachments(incoming) > 0,
    };
    match (&returned, &chosen) {
        (Some(returned), Some(row)) => bounce::follow(tx, context, incoming, returned, row, tally)?,
        (_, Some(row)) => follow_status(tx, context, incoming, row, direction)?,
        _ => {}
    }
    conversations::touch(tx, conversation, &touch)?;
    tally.new_message(context, conversation, id, spam);
    if returned.is_some() {
        return Ok(id);
    }
    wish::heed(tx, context, incoming, id, tally)?;
    if context.decides && direction == Direction::In && incoming.completeness != Completeness::Headers {
        deciding::ask(tx, id)?;
    }
    Ok(id)
}

fn new_message(
    context: &Context,
    prepared: &Prepared,
    person: &Person,
    conversation_id: ConversationId,
    direction: Direction,
) -> NewMessage {
    let Prepared { incoming, order_key, snippet, .. } = prepared;
    let from = &incoming.from;
    NewMessage {
        conversation_id,
        contact_id: person.contact,
        identity_id: Some(person.identity),
        account_id: context.account,
        direction,
        medium: context.medium.clone(),
        kind: context.kind.clone(),
        from_name: from.name.clone().unwrap_or_default(),
        from_address: from.address.as_ref().map_or(from.raw.as_str(), |address| address.value()).to_owned(),
        subject: incoming.subject.clone(),
        snippet: snippet.clone(),
        at: incoming.at,
        received_at: incoming.received_at,
        stored_at: context.now,
        delivery: if direction == Direction::In { Delivery::Received } else { Delivery::Sent },
        automatic: false,
        seen: incoming.flags.seen || direction == Direction::Out,
        answered: incoming.flags.answered,
        message_ref: incoming.thread.message_id.clone(),
        in_reply_to: incoming.thread.in_reply_to.clone(),
        content_key: incoming.content_key.clone(),
        completeness: incoming.completeness,
        has_html: incoming.html.is_some(),
        attachments: shown_attachments(incoming),
        order_key: Some(order_key.clone()).filter(|key| !key.is_empty()),
    }
}

fn put_parties(tx: &Transaction<'_>, id: MessageId, incoming: &Incoming) -> Result<()> {
    parties::insert(tx, id, Role::To, &incoming.to)?;
    parties::insert(tx, id, Role::Cc, &incoming.cc)?;
    parties::insert(tx, id, Role::ReplyTo, &incoming.reply_to)?;
    references::insert(tx, id, &incoming.thread)
}

/// Puts the texts and files of a message beside its row, if they are here.
fn put_texts(tx: &Transaction<'_>, id: MessageId, prepared: &Prepared) -> Result<()> {
    let Some(packed) = &prepared.packed else { return Ok(()) };
    bodies::put_packed(tx, id, packed)?;
    attachments::replace(tx, id, &prepared.incoming.parts)
}

fn packed(incoming: &Incoming) -> Result<Packed> {
    // Where the source is kept whole, the HTML is read out of it when it is shown: a third of the file saved.
    let in_source = incoming.source.as_ref().is_some_and(|source| source.len() <= bodies::SOURCE_MAX_BYTES)
        && incoming.completeness == Completeness::Whole;
    Packed::of(&Body {
        text: incoming.text.clone(),
        text_without_quote: Some(incoming.text_without_quote.clone()),
        html: incoming.html.clone().filter(|_| !in_source),
        source: incoming.source.clone(),
        problems: incoming.problems.clone(),
    })
}

/// Whose turn it is in a new conversation. Old mail that was read is history, not work.
fn first_status(context: &Context, incoming: &Incoming, direction: Direction) -> Status {
    let old = context.now.secs_since(incoming.at) > OLD_SECS;
    match direction {
        Direction::Out if old => Status::Closed,
        Direction::Out => Status::Waiting,
        Direction::In if old && incoming.flags.seen => Status::Closed,
        Direction::In if incoming.flags.answered => Status::Waiting,
        Direction::In => Status::Open,
    }
}

/// Whose turn it is once a message has joined. Only the newest message counts: a first sync brings older ones late.
fn follow_status(
    tx: &Transaction<'_>,
    context: &Context,
    incoming: &Incoming,
    row: &Conversation,
    direction: Direction,
) -> Result<()> {
    let conversation = row.id;
    if incoming.at < row.last_message_at {
        return Ok(());
    }
    match direction {
        Direction::Out => answered_elsewhere(tx, conversation, context.now),
        Direction::In if incoming.flags.answered => answered_elsewhere(tx, conversation, context.now),
        Direction::In => {
            let old = context.now.secs_since(incoming.at) > OLD_SECS;
            if row.status == Status::Open || (old && incoming.flags.seen) {
                return Ok(());
            }
            if matches!(row.status, Status::Closed | Status::Snoozed) {
                timeline::status(tx, row, Status::Open, None, By::Customer, context.now)?;
            }
            reopen(tx, conversation, context.now)
        }
    }
}

fn shown_attachments(incoming: &Incoming) -> u32 {
    u32::try_from(incoming.parts.iter().filter(|part| !part.inline).count()).unwrap_or(u32::MAX)
}

/// The first words of the text, on one line.
pub fn snippet(incoming: &Incoming) -> String {
    first_words(if incoming.text_without_quote.trim().is_empty() {
        &incoming.text
    } else {
        &incoming.text_without_quote
    })
}

/// The first words of a text, on one line.
pub fn first_words(text: &str) -> String {
    let mut words = String::new();
    let mut chars = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if chars + length > SNIPPET_CHARS {
            if words.is_empty() {
                words = word.chars().take(SNIPPET_CHARS).collect();
            }
            words.push('…');
            break;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
        chars += length + 1;
    }
    words
}

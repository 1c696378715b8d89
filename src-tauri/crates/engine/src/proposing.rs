//! "You wrote this by hand five times": answers that are alike are found on this computer, and a standard reply with a rule
//! that only suggests is proposed. Nothing is made without a person.
//!
//! Looked at after an answer was sent, against the newest that were written by hand. Not here: what is alike
//! (`theke_domain::likeness`).

use std::sync::Arc;
use std::time::Duration;

use theke_domain::ids::{ConversationId, MessageId, ProposalId};
use theke_domain::intent;
use theke_domain::likeness::{self, Print};
use theke_domain::message::Direction;
use theke_domain::time::Timestamp;
use theke_store::table::messages::{self, lists};
use theke_store::table::proposals::{self, Proposal, State};
use theke_store::table::{Place, bodies, standard_replies};
use theke_store::{Connection, Transaction};

use crate::api::ApiResult;
use crate::api::types::Event;
use crate::shared::Shared;

/// So many that are alike are a proposal.
const ALIKE_MIN: usize = 5;
/// Answers that are compared with a new one.
const LOOKED_AT: u32 = 200;
/// Answers that are taken up at once.
const SLICE: u32 = 20;
/// Messages of a conversation in which the question of an answer is looked for.
const QUESTION_WITHIN: u32 = 10;
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Compares what was written, for ever.
pub async fn run(shared: Arc<Shared>) {
    loop {
        if let Err(error) = work_off(&shared).await {
            tracing::warn!(code = ?error.code, "answers could not be compared; it is tried again");
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Compares what waits now.
pub async fn work_off(shared: &Arc<Shared>) -> ApiResult<()> {
    loop {
        let waiting = shared.read(|conn| proposals::waiting(conn, SLICE)).await?;
        if waiting.is_empty() {
            return Ok(());
        }
        for id in waiting {
            let now = shared.now();
            let found = shared.read(move |conn| look(conn, id, now)).await?;
            let new = shared.write(move |tx| keep(tx, id, found)).await?;
            if new {
                shared.tell(Event::RepliesChanged {});
            }
        }
    }
}

fn keep(tx: &Transaction<'_>, id: MessageId, found: Option<Proposal>) -> theke_store::Result<bool> {
    proposals::set_waiting(tx, id, false)?;
    let Some(found) = found else { return Ok(false) };
    proposals::insert(tx, &found)?;
    Ok(true)
}

/// The proposal that one more answer completes.
fn look(conn: &Connection, id: MessageId, now: Timestamp) -> ApiResult<Option<Proposal>> {
    let Some(own) = print(conn, id)? else { return Ok(None) };
    let mut alike: Vec<(MessageId, Print)> = Vec::new();
    for other in lists::newest_written(conn, LOOKED_AT)? {
        if let Some(print) = print(conn, other)?.filter(|print| print.is_like(&own)) {
            alike.push((other, print));
        }
    }
    if alike.len() < ALIKE_MIN || is_known(conn, &own)? {
        return Ok(None);
    }
    let prints: Vec<Print> = alike.iter().map(|(_, print)| print.clone()).collect();
    let middle = likeness::middle(&prints).and_then(|place| alike.get(place)).map_or(id, |(id, _)| *id);
    let text = theke_domain::quote::reply_text(&bodies::texts(conn, middle)?.text).trim().to_owned();
    let messages: Vec<MessageId> = alike.into_iter().map(|(id, _)| id).collect();
    let intent = asked_for(conn, &messages)?;
    let found = Proposal { id: ProposalId(0), intent, text, messages, state: State::Open, found_at: now };
    Ok(Some(found))
}

fn print(conn: &Connection, id: MessageId) -> ApiResult<Option<Print>> {
    Ok(Print::of(&bodies::texts(conn, id)?.text_without_quote))
}

/// Whether there is a standard reply, or a proposal of whatever state, that says the same.
fn is_known(conn: &Connection, own: &Print) -> ApiResult<bool> {
    let like = |text: &str| Print::of(text).is_some_and(|print| print.is_like(own));
    let texts = standard_replies::all(conn)?.into_iter().flat_map(|reply| reply.texts);
    if texts.into_iter().any(|text| like(&text.text)) {
        return Ok(true);
    }
    Ok(proposals::all(conn)?.iter().any(|proposal| like(&proposal.text)))
}

/// What most of the answers answer; empty if no intent has more than half of them.
fn asked_for(conn: &Connection, answers: &[MessageId]) -> ApiResult<String> {
    let mut counts: std::collections::BTreeMap<&'static str, usize> = std::collections::BTreeMap::new();
    for id in answers {
        let Some(row) = messages::get(conn, *id)? else { continue };
        if let Some(question) = question(conn, row.conversation_id, row.at)? {
            let reading = intent::read(&bodies::texts(conn, question)?.text_without_quote, None);
            *counts.entry(reading.intent.word()).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    let most = most.filter(|(word, count)| *word != "other" && count * 2 > answers.len());
    Ok(most.map(|(word, _)| word.to_owned()).unwrap_or_default())
}

/// The customer's message before an answer.
fn question(
    conn: &Connection,
    conversation: ConversationId,
    before: Timestamp,
) -> ApiResult<Option<MessageId>> {
    let place = Place { at: before, id: 0 };
    let rows = lists::of_conversation(conn, conversation, place, QUESTION_WITHIN)?;
    Ok(rows.into_iter().find(|row| row.direction == Direction::In).map(|row| row.id))
}

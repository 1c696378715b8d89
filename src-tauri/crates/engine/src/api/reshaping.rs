//! Putting right what was sorted wrongly: moving messages, splitting and joining conversations. All of it can be undone.

use theke_domain::ids::{ConversationId, MessageId};
use theke_domain::threading;
use theke_domain::time::Timestamp;
use theke_store::Transaction;
use theke_store::table::Place;
use theke_store::table::changes::{self, Step};
use theke_store::table::conversations::{self, Conversation, reshape};
use theke_store::table::{contacts, entries, messages};

use super::conversations::existing;
use super::types::{Changed, Event};
use super::{Api, ApiError, ApiResult, Code};
use crate::timeline;

impl Api {
    /// Moves one message into another conversation of the same contact. Answers that one first, then the one it left if
    /// that has messages yet.
    ///
    /// # Errors
    /// `BadInput` if that is another contact's.
    pub async fn conversation_move(&self, message_id: i64, to_conversation: i64) -> ApiResult<Changed> {
        let now = self.shared.now();
        let (undo, left) = self
            .shared
            .write(move |tx| -> ApiResult<(Option<i64>, i64)> {
                let from = conversation_of(tx, message_id)?;
                let to = existing(tx, to_conversation)?.conversation;
                same_contact(&from, &to)?;
                if from.id == to.id {
                    return Ok((None, from.id.0));
                }
                let step = placed(tx, &from, vec![MessageId(message_id)], to.id)?;
                reshape::move_message(tx, MessageId(message_id), to.id)?;
                let (message, other) = (message_id.to_string(), from.id.to_string());
                let values = [("message_id", message.as_str()), ("conversation_id", other.as_str())];
                timeline::event(tx, &to, "moved", &values, now)?;
                Ok((Some(record(tx, "move", &from, step, now)?), from.id.0))
            })
            .await?;
        self.reshaped(undo, vec![to_conversation, left]).await
    }

    /// Makes a conversation of its own from this message. Answers that one first.
    pub async fn conversation_split(&self, message_id: i64) -> ApiResult<Changed> {
        let now = self.shared.now();
        let (undo, left, new) = self
            .shared
            .write(move |tx| -> ApiResult<(Option<i64>, i64, i64)> {
                let from = conversation_of(tx, message_id)?;
                let id = MessageId(message_id);
                let subject = messages::get(tx, id)?.and_then(|m| m.subject).unwrap_or_default();
                let key = threading::subject(&subject).key;
                let mut step = placed(tx, &from, vec![id], from.id)?;
                let new = reshape::split(tx, id, &key, now)?;
                if new == from.id {
                    return Ok((None, new.0, new.0));
                }
                if let Step::Placed { to, .. } = &mut step {
                    *to = new;
                }
                let other = new.to_string();
                timeline::event(tx, &from, "split", &[("conversation_id", other.as_str())], now)?;
                Ok((Some(record(tx, "split", &from, step, now)?), from.id.0, new.0))
            })
            .await?;
        self.reshaped(undo, vec![new, left]).await
    }

    /// Joins `id` into `into`; both must be of one contact. Answers `into`.
    pub async fn conversation_join(&self, id: i64, into: i64) -> ApiResult<Changed> {
        let now = self.shared.now();
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<Option<i64>> {
                let from = existing(tx, id)?.conversation;
                let to = existing(tx, into)?.conversation;
                same_contact(&from, &to)?;
                if from.id == to.id {
                    return Ok(None);
                }
                let step = placed(tx, &from, all_messages(tx, from.id)?, to.id)?;
                reshape::join(tx, from.id, to.id)?;
                timeline::event(tx, &to, "joined", &[("subject", from.subject.as_str())], now)?;
                Ok(Some(record(tx, "join", &from, step, now)?))
            })
            .await?;
        self.reshaped(undo, vec![into, id]).await
    }

    /// `ids` are those that look different now; those that ended are left out of the answer.
    async fn reshaped(&self, undo_id: Option<i64>, mut ids: Vec<i64>) -> ApiResult<Changed> {
        self.tell_conversations(&ids);
        if undo_id.is_some() {
            self.shared.tell(Event::UndoChanged {});
        }
        ids.dedup();
        Ok(Changed { undo_id, conversations: self.conversation_views(ids).await? })
    }
}

/// The way back of messages that go from one conversation to another.
fn placed(
    tx: &Transaction<'_>,
    from: &Conversation,
    messages: Vec<MessageId>,
    to: ConversationId,
) -> ApiResult<Step> {
    let all = messages.len() >= usize::try_from(from.message_count).unwrap_or(usize::MAX);
    let mut moved = Vec::new();
    if all {
        // The conversation ends with that, and its entries go along or stay with the contact.
        let rows = entries::of_conversation(tx, from.id, Place::NEWEST, u32::MAX)?;
        moved.extend(rows.into_iter().map(|row| row.id));
    }
    let row = changes::image_of_conversation(tx, from.id)?.ok_or(theke_store::Error::NotFound)?;
    let draft = changes::image_of_draft(tx, from.id)?;
    Ok(Step::Placed { messages, from: from.id, to, entries: moved, row, draft })
}

fn all_messages(tx: &Transaction<'_>, id: ConversationId) -> ApiResult<Vec<MessageId>> {
    let rows = messages::lists::of_conversation(tx, id, Place::NEWEST, u32::MAX)?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

fn record(
    tx: &Transaction<'_>,
    what: &str,
    from: &Conversation,
    step: Step,
    now: Timestamp,
) -> ApiResult<i64> {
    let name = contacts::get(tx, from.contact_id)?.map(|contact| contact.display_name).unwrap_or_default();
    Ok(changes::insert(tx, what, &name, 1, &[step], now)?.0)
}

fn conversation_of(tx: &Transaction<'_>, message: i64) -> ApiResult<Conversation> {
    let row = messages::get(tx, MessageId(message))?;
    let row = row.ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no message {message}.")))?;
    conversations::get(tx, row.conversation_id)?
        .ok_or_else(|| ApiError::new(Code::NotFound, format!("Message {message} has no conversation.")))
}

fn same_contact(one: &Conversation, other: &Conversation) -> ApiResult<()> {
    if one.contact_id == other.contact_id {
        return Ok(());
    }
    Err(ApiError::new(
        Code::BadInput,
        "These conversations belong to different contacts; they cannot be mixed.",
    ))
}

//! What waits to be sent.

use theke_domain::ids::MessageId;
use theke_domain::time::Timestamp;
use theke_store::Transaction;
use theke_store::table::conversations::{self, Status};
use theke_store::table::drafts::{self, Draft};
use theke_store::table::messages::{self, progress};
use theke_store::table::outbox::{self, steps};
use theke_store::table::staged::{self, Target};
use theke_store::table::{bodies, entries};
use theke_store::words::Word;

use super::types::{Event, OutboxView};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::shared::off_thread;
use crate::{failure, settings};

/// Rows that are listed; nobody reads more, and the numbers count all.
const LISTED: u32 = 1000;

impl Api {
    /// What is not sent yet, failed or is in doubt, oldest first.
    pub async fn outbox(&self) -> ApiResult<Vec<OutboxView>> {
        self.shared
            .read(|conn| -> ApiResult<Vec<OutboxView>> {
                let country = settings::text(conn, settings::SHOP_COUNTRY)?;
                let rows = outbox::open(conn, MessageId(0), LISTED)?;
                Ok(rows.iter().map(|row| view::outbox_row(row, &country)).collect())
            })
            .await
    }

    /// Sends a failed, held or in-doubt message (again), or a waiting one at once.
    ///
    /// # Errors
    /// `TooLate` if it is none of these.
    pub async fn outbox_retry(&self, message_id: i64) -> ApiResult<()> {
        let (id, now) = (MessageId(message_id), self.shared.now());
        self.shared
            .write_durable(move |tx| -> ApiResult<()> {
                existing(tx, id)?;
                if steps::again(tx, id, now)? {
                    return Ok(());
                }
                Err(ApiError::new(
                    Code::TooLate,
                    "This message is on its way or was sent; there is nothing to send again.",
                ))
            })
            .await?;
        self.shared.outbox_nudge.notify_one();
        crate::outbox::tell(&self.shared, id).await;
        Ok(())
    }

    /// Sends a waiting message at once, whether it waits for its undo time or for a time that a person chose.
    ///
    /// # Errors
    /// `TooLate` if it does not wait any more.
    pub async fn outbox_send_now(&self, message_id: i64) -> ApiResult<()> {
        let entry = self.shared.read(move |conn| existing(conn, MessageId(message_id))).await?;
        if entry.state != outbox::State::Queued {
            return Err(gone(&entry));
        }
        if entry.attempts == 0 {
            self.write_for(message_id, self.shared.now()).await?;
        }
        self.outbox_retry(message_id).await
    }

    /// Gives a waiting message another time to leave at.
    ///
    /// # Errors
    /// `BadInput` for a time that is past or more than a year ahead; `TooLate` if it does not wait any more, or was tried
    /// already.
    pub async fn outbox_set_time(&self, message_id: i64, at: &str) -> ApiResult<()> {
        let at = self.later(at)?;
        self.write_for(message_id, at).await?;
        self.shared.outbox_nudge.notify_one();
        crate::outbox::tell(&self.shared, MessageId(message_id)).await;
        Ok(())
    }

    /// Writes a message anew for this time, which it carries as its date. It keeps its reference.
    async fn write_for(&self, message_id: i64, at: Timestamp) -> ApiResult<()> {
        let (id, shared) = (MessageId(message_id), self.shared.clone());
        off_thread(move || -> ApiResult<()> {
            shared.store.try_write_durable(|tx| {
                let entry = existing(tx, id)?;
                let Some(mut outgoing) = outbox::outgoing(tx, id)? else { return Err(gone(&entry)) };
                let line =
                    shared.lines.get(&shared.dir, &shared.store, &shared.registry, entry.account_id)?;
                outgoing.at = at;
                outgoing.payload =
                    line.channel.compose(&outgoing).map_err(|error| failure::of_channel(&error))?;
                if steps::move_to(tx, id, &outgoing)? { Ok(()) } else { Err(gone(&entry)) }
            })
        })
        .await
    }

    /// Takes back a message that has not left. Answers its text, which is a draft again if there is no other. One in
    /// doubt perhaps left: it is only given up, stays in the timeline and answers nothing.
    ///
    /// # Errors
    /// `TooLate` once it is being sent.
    pub async fn outbox_cancel(&self, message_id: i64) -> ApiResult<Option<String>> {
        let (id, now) = (MessageId(message_id), self.shared.now());
        let (conversation, text) = self
            .shared
            .write_durable(move |tx| -> ApiResult<(i64, String)> {
                let entry = existing(tx, id)?;
                if steps::give_up(tx, id, now)? {
                    let row = messages::get(tx, id)?.ok_or(theke_store::Error::NotFound)?;
                    return Ok((row.conversation_id.0, String::new()));
                }
                if steps::cancel(tx, id, now)? {
                    return take_back(tx, id, now);
                }
                let why = "This message is on its way or was sent; it cannot be taken back.";
                Err(ApiError::new(Code::TooLate, why).with("state", entry.state.word()))
            })
            .await?;
        self.shared.tell(Event::OutboxChanged {});
        self.shared.tell(Event::ConversationChanged { conversation_id: conversation });
        self.shared.tell(Event::DraftsChanged {});
        Ok(Some(text).filter(|text| !text.is_empty()))
    }

    /// Looks up at the provider whether an in-doubt message went out. Answers its state afterwards.
    pub async fn outbox_check(&self, message_id: i64) -> ApiResult<OutboxView> {
        let id = MessageId(message_id);
        self.shared.read(move |conn| existing(conn, id)).await?;
        // Asked before the look-up, because a sent message leaves the list.
        let rows = self.shared.read(move |conn| outbox::open(conn, MessageId(message_id - 1), 1)).await?;
        let row = rows.into_iter().find(|row| row.entry.message_id == id);
        let mut row = row.ok_or_else(|| ApiError::new(Code::TooLate, "This message is not in doubt."))?;
        if crate::outbox::look_up(&self.shared, id).await? {
            row.entry.state = outbox::State::Sent;
            row.entry.trouble = None;
        }
        let country = self.shared.read(|conn| settings::text(conn, settings::SHOP_COUNTRY)).await?;
        Ok(view::outbox_row(&row, &country))
    }
}

fn gone(entry: &outbox::Entry) -> ApiError {
    let why = "This message does not wait any more; look at what became of it.";
    ApiError::new(Code::TooLate, why).with("state", entry.state.word())
}

fn existing(conn: &theke_store::Connection, id: MessageId) -> ApiResult<outbox::Entry> {
    outbox::get(conn, id)?
        .ok_or_else(|| ApiError::new(Code::NotFound, format!("Message {id} is not in the outbox.")))
}

/// The message goes, and all of it becomes a draft again; it is the shop's turn.
fn take_back(tx: &Transaction<'_>, id: MessageId, now: Timestamp) -> ApiResult<(i64, String)> {
    let row = messages::get(tx, id)?.ok_or(theke_store::Error::NotFound)?;
    let text = bodies::texts(tx, id)?.text;
    let (conversation, contact) = (row.conversation_id, row.contact_id);
    let Some(outgoing) = outbox::outgoing(tx, id)? else { return Ok((conversation.0, text)) };
    let draft = Draft {
        body: text.clone(),
        via: Some(row.medium),
        subject: outgoing.subject.clone().unwrap_or_default(),
        cc: outgoing.cc.iter().map(|copy| copy.value().to_owned()).collect(),
        html: outgoing.html.clone(),
        saved_at: now,
    };
    progress::delete(tx, id)?;
    let target = if conversations::get(tx, conversation)?.is_none() {
        // It was to begin the conversation.
        let draft = drafts::save_new(tx, None, Some(contact), outgoing.to.value(), &draft)?;
        Some(Target::New(draft))
    } else {
        conversations::set_status(tx, conversation, Status::Open, None, now)?;
        entries::add_event(tx, contact, Some(conversation), "send_cancelled", &[], now)?;
        let free = drafts::get(tx, conversation)?.is_none();
        let worth = !text.trim().is_empty() || !outgoing.parts.is_empty();
        if free && worth {
            drafts::save(tx, conversation, &draft)?;
        }
        (free && worth).then_some(Target::Answer(conversation))
    };
    for part in target.iter().flat_map(|_| &outgoing.parts) {
        if let Some(target) = target {
            staged::insert(tx, target, part, now)?;
        }
    }
    Ok((conversation.0, text))
}

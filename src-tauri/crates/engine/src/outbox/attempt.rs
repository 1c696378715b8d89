//! One attempt, step by step, each a durable transaction:
//!
//! 1. claim: `queued → sending`, the attempt is counted;
//! 2. the witness notes it, synced;
//! 3. the channel sends and awaits the marker: `sending → committed`, then there is no way back;
//! 4. the end: sent, later, failed, or in doubt.
//!
//! A crash after 1 or 2 finds `sending` without a mark: nothing went out, it is queued again. A crash after 3 finds
//! `committed`: it is looked up, and if it cannot be found a person is asked.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use theke_channels::{Error, ErrorKind, Marker};
use theke_domain::ids::MessageId;
use theke_domain::message::{ClientReference, Direction, Flags, Outgoing, RemoteId};
use theke_domain::time::Timestamp;
use theke_store::attempts::Attempts;
use theke_store::table::messages::{find, progress};
use theke_store::table::outbox::{self, Entry, State, steps};
use theke_store::table::{Trouble, accounts, messages, pending_flags, remote_ids};

use super::Outbox;
use super::verdict::{self, Verdict};
use crate::api::{ApiError, ApiResult, Code};
use crate::lines::Line;
use crate::shared::{Shared, off_thread};
use crate::{backoff, failure, flags, intake, poller, settings};

/// When an attempt could not even begin: the disk is full, the account's settings cannot be opened.
const NOT_TRIED_SECS: i64 = 60;

/// Commits the mark just before the send can no longer be taken back.
struct Mark {
    shared: Arc<Shared>,
    witness: Arc<Attempts>,
    id: MessageId,
    reference: ClientReference,
    attempt: u32,
    passed: AtomicBool,
}

#[async_trait]
impl Marker for Mark {
    async fn passed(&self) -> theke_channels::Result<()> {
        let id = self.id;
        let (witness, reference, attempt) = (self.witness.clone(), self.reference.clone(), self.attempt);
        // From here on a crash counts as "perhaps sent", even if the mark itself does not get written.
        self.passed.store(true, Ordering::SeqCst);
        let noted = off_thread(move || witness.passed(&reference, attempt)).await;
        let marked = match noted {
            Ok(()) => self.shared.write_durable(move |tx| steps::commit(tx, id)).await,
            Err(error) => Err(error),
        };
        match marked {
            Ok(true) => Ok(()),
            Ok(false) | Err(_) => {
                self.passed.store(false, Ordering::SeqCst);
                Err(Error::new(
                    ErrorKind::Network,
                    "the mark before sending could not be written; nothing was sent",
                ))
            }
        }
    }
}

impl Outbox {
    /// Makes one attempt; true if the provider took the message.
    pub(super) async fn attempt(&self, entry: &Entry) -> ApiResult<bool> {
        let id = entry.message_id;
        let Some(attempt) = self.shared.write_durable(move |tx| steps::claim(tx, id)).await? else {
            return Ok(false);
        };
        self.tell(id).await;
        let (witness, reference) = (self.witness.clone(), entry.reference.clone());
        if let Err(error) = off_thread(move || witness.begin(&reference, attempt)).await {
            self.later(entry, attempt, self.shared.now().plus_secs(NOT_TRIED_SECS), false, &error).await?;
            return Ok(false);
        }
        let (line, outgoing) = match self.prepare(entry).await {
            Ok(prepared) => prepared,
            Err(error) => {
                self.later(entry, attempt, self.shared.now().plus_secs(NOT_TRIED_SECS), false, &error)
                    .await?;
                return Ok(false);
            }
        };
        let mark = Mark {
            shared: self.shared.clone(),
            witness: self.witness.clone(),
            id,
            reference: entry.reference.clone(),
            attempt,
            passed: AtomicBool::new(false),
        };
        let end = line.channel.send(&outgoing, &mark).await;
        let passed = mark.passed.load(Ordering::SeqCst);
        match end {
            Ok(remote) => {
                self.sent(entry, Some(remote)).await?;
                Ok(true)
            }
            Err(error) => {
                let said = failure::of_send(&error, &outgoing);
                self.ended(entry, &line, attempt, passed, &error, said).await
            }
        }
    }

    async fn prepare(&self, entry: &Entry) -> ApiResult<(Line, Outgoing)> {
        let line = self.shared.line(entry.account_id).await?;
        let id = entry.message_id;
        let outgoing = self.shared.read(move |conn| outbox::outgoing(conn, id)).await?;
        let outgoing = outgoing.ok_or_else(|| ApiError::new(Code::NotFound, "The message is gone."))?;
        Ok((line, outgoing))
    }

    async fn ended(
        &self,
        entry: &Entry,
        line: &Line,
        attempt: u32,
        passed: bool,
        error: &Error,
        api_error: ApiError,
    ) -> ApiResult<bool> {
        let (id, account) = (entry.message_id, entry.account_id);
        tracing::warn!(message = id.0, account = account.0, kind = ?error.kind, passed, "a send did not succeed");
        let jitter = f64::from(u16::try_from(backoff::random() % 1000).unwrap_or(500)) / 1000.0;
        match verdict::of(error, passed, entry, attempt, jitter, self.shared.now()) {
            Verdict::Later { due_at, counted } => {
                self.later(entry, attempt, due_at, counted, &api_error).await?;
                if verdict::is_account_trouble(error) {
                    poller::note_send_trouble(&self.shared, account, error).await;
                }
            }
            Verdict::Failed => {
                self.refused(entry, attempt).await?;
                let (trouble, now) = (trouble(&api_error), self.shared.now());
                self.shared
                    .write_durable(move |tx| {
                        steps::failed(tx, id, &trouble, now)?;
                        // The shop believes it answered; it did not.
                        let row = messages::get(tx, id)?;
                        row.map_or(Ok(()), |row| intake::reopen(tx, row.conversation_id, now))
                    })
                    .await?;
            }
            Verdict::Doubt => {
                if line.spec.capabilities.client_reference {
                    match line.channel.look_up(&entry.reference).await {
                        Ok(Some(remote)) => {
                            self.sent(entry, Some(remote)).await?;
                            return Ok(true);
                        }
                        Ok(None) => {}
                        // The line that broke is not back yet.
                        Err(_) => self.look_up_later(id, account),
                    }
                }
                let trouble = doubt(&api_error);
                self.shared.write_durable(move |tx| steps::in_doubt(tx, id, &trouble)).await?;
            }
        }
        self.tell(id).await;
        Ok(false)
    }

    async fn later(
        &self,
        entry: &Entry,
        attempt: u32,
        due_at: Timestamp,
        counted: bool,
        error: &ApiError,
    ) -> ApiResult<()> {
        self.refused(entry, attempt).await?;
        let (id, trouble) = (entry.message_id, trouble(error));
        self.shared.write_durable(move |tx| steps::later(tx, id, due_at, counted, &trouble)).await?;
        self.tell(id).await;
        Ok(())
    }

    /// The witness learns that nothing went out, before the row waits again. If it cannot be told, a later look at
    /// it ends in a question and not in a second copy.
    async fn refused(&self, entry: &Entry, attempt: u32) -> ApiResult<()> {
        let (witness, reference) = (self.witness.clone(), entry.reference.clone());
        if let Err(error) = off_thread(move || witness.refused(&reference, attempt)).await {
            tracing::warn!(code = ?error.code, "the witness could not be told of a refusal");
        }
        Ok(())
    }

    /// The provider has it: the row, the provider's name for it, and what follows for the conversation.
    pub(super) async fn sent(&self, entry: &Entry, remote: Option<RemoteId>) -> ApiResult<()> {
        sent(&self.shared, entry, remote).await?;
        self.tell(entry.message_id).await;
        mark_answered(&self.shared, entry).await;
        Ok(())
    }
}

/// Writes that a message went out.
pub async fn sent(shared: &Arc<Shared>, entry: &Entry, remote: Option<RemoteId>) -> ApiResult<()> {
    let (id, account, now) = (entry.message_id, entry.account_id, shared.now());
    // One in doubt left at a time that nobody knows.
    let left_now = entry.state == State::Queued;
    shared.set_can_send(account, true);
    shared
        .write_durable(move |tx| {
            if let Some(remote) = &remote {
                remote_ids::link(tx, account, remote, id)?;
            }
            steps::sent(tx, id, remote.as_ref(), true, now)?;
            let later = |row: messages::Message| now.secs_since(row.at) > i64::from(settings::UNDO_MAX_SECS);
            if left_now && messages::get(tx, id)?.is_some_and(later) {
                progress::left_at(tx, id, now)?;
            }
            if accounts::get(tx, account)?.is_some_and(|row| row.health != accounts::Health::Ok) {
                accounts::reached(tx, account, now)?;
            }
            Ok::<_, theke_store::Error>(())
        })
        .await
}

/// Sets "answered" on the message that this one answers, here and at the provider, which may learn it later.
async fn mark_answered(shared: &Arc<Shared>, entry: &Entry) {
    let (id, account, now) = (entry.message_id, entry.account_id, shared.now());
    let answered = shared
        .write(move |tx| {
            let parent = messages::get(tx, id)?.and_then(|row| row.in_reply_to);
            for row in parent.map(|parent| find::by_ref(tx, &parent)).transpose()?.unwrap_or_default() {
                if row.direction == Direction::In && !row.answered {
                    progress::set_answered(tx, row.id)?;
                    for (of, remote) in remote_ids::of_message(tx, row.id)? {
                        if of == account {
                            pending_flags::want(tx, of, &remote, Flags { seen: true, answered: true }, now)?;
                        }
                    }
                }
            }
            Ok::<_, theke_store::Error>(())
        })
        .await;
    match answered {
        Ok(()) => flags::settle(shared, account).await,
        Err(error) => {
            tracing::debug!(account = account.0, code = ?error.code, "the answered flag was not set")
        }
    }
}

fn trouble(error: &ApiError) -> Trouble {
    Trouble { code: failure::code_word(error.code), text: error.message.clone() }
}

fn doubt(error: &ApiError) -> Trouble {
    Trouble {
        code: failure::code_word(error.code),
        text: "It is not sure that this went out: the connection broke off at the last moment. Check whether it arrived, then send it again or leave it.".to_owned(),
    }
}

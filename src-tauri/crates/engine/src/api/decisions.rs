//! Why the program did or did not act, and what a person says to that: do it, take it back, right, wrong.

use std::sync::Arc;

use theke_domain::ids::{ConversationId, DecisionId, RuleId};
use theke_domain::time::Timestamp;
use theke_store::Transaction;
use theke_store::table::changes;
use theke_store::table::decisions::{self, Decision, Mark};
use theke_store::table::outbox::steps;
use theke_store::table::rules;
use theke_store::table::tasks::{self, Kind, Task};
use theke_store::words::Word;

use super::types::{DecisionView, Event};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::automation::{self, Done};
use crate::outbox;
use crate::reply::{self, Author, Reply, To};
use crate::shared::{Shared, off_thread};

/// Decisions of one page.
const DECISIONS_MAX: u32 = 1000;
/// So many wrong marks on decisions of its version in force lower a rule to asking.
const WRONG_MAX: u32 = 2;

impl Api {
    /// Why the program did or did not act, newest first.
    pub async fn decisions(&self, limit: u32) -> ApiResult<Vec<DecisionView>> {
        let limit = limit.clamp(1, DECISIONS_MAX);
        let rows = self.shared.read(move |conn| decisions::page(conn, DecisionId(i64::MAX), limit)).await?;
        Ok(rows.iter().map(view::decision).collect())
    }

    /// A page of those that no person made, newest first, behind the one that the page before ended with; of one rule or of
    /// all, or only those that wait for a click.
    pub async fn decisions_automatic(
        &self,
        before: Option<i64>,
        rule: Option<i64>,
        waiting: bool,
        limit: u32,
    ) -> ApiResult<Vec<DecisionView>> {
        let limit = limit.clamp(1, DECISIONS_MAX);
        let (before, rule) = (DecisionId(before.unwrap_or(i64::MAX)), rule.map(RuleId));
        let rows = self
            .shared
            .read(move |conn| match waiting {
                true => decisions::waiting(conn, limit),
                false => decisions::automatic_page(conn, rule, before, limit),
            })
            .await?;
        Ok(rows.iter().map(view::decision).collect())
    }

    /// What was decided by itself in a conversation, oldest first.
    pub async fn decisions_of(&self, conversation: i64) -> ApiResult<Vec<DecisionView>> {
        let rows = self
            .shared
            .read(move |conn| decisions::of_conversation(conn, ConversationId(conversation)))
            .await?;
        Ok(rows.iter().map(view::decision).collect())
    }

    /// One decision.
    pub async fn decision(&self, id: i64) -> ApiResult<DecisionView> {
        Ok(view::decision(&self.decision_row(id).await?))
    }

    async fn decision_row(&self, id: i64) -> ApiResult<Decision> {
        let row = self.shared.read(move |conn| decisions::get(conn, DecisionId(id))).await?;
        row.ok_or_else(|| not_found(id))
    }

    /// Does what a rule asked for: its answer leaves in the name of the person who says so.
    ///
    /// # Errors
    /// `TooLate` if it does not wait any more; those of [`Api::reply`].
    pub async fn decision_approve(&self, id: i64) -> ApiResult<DecisionView> {
        let (shared, now) = (self.shared.clone(), self.shared.now());
        let (conversation, done) = off_thread(move || -> ApiResult<(ConversationId, Done)> {
            shared.store.try_write_durable(|tx| {
                let row = asked(tx, id)?;
                let conversation = row.automatic.conversation_id.ok_or_else(|| not_found(id))?;
                Ok::<_, ApiError>((conversation, approve(tx, &shared, &row, conversation, now)?))
            })
        })
        .await?;
        for event in done.events {
            self.shared.tell(event);
        }
        for text in done.notices {
            self.shared.tell(Event::Notice { text });
        }
        self.shared.tell(Event::TasksChanged {});
        self.shared.outbox_nudge.notify_one();
        self.shared.tell(Event::OutboxChanged {});
        self.decided(id, conversation.0).await
    }

    /// Leaves it at what was: what a rule asked for is not done.
    ///
    /// # Errors
    /// `TooLate` if it does not wait any more.
    pub async fn decision_decline(&self, id: i64) -> ApiResult<DecisionView> {
        let now = self.shared.now();
        let conversation = self
            .shared
            .write(move |tx| -> ApiResult<i64> {
                let row = asked(tx, id)?;
                decisions::set_result(tx, row.id, "declined", None)?;
                done_with_tasks(tx, &row, now)?;
                Ok(row.automatic.conversation_id.map_or(0, |id| id.0))
            })
            .await?;
        self.shared.tell(Event::TasksChanged {});
        self.decided(id, conversation).await
    }

    /// Takes back what was done by itself, as far as it can be: what has left has left.
    ///
    /// # Errors
    /// `TooLate` if nothing of it can be taken back.
    pub async fn decision_undo(&self, id: i64) -> ApiResult<DecisionView> {
        let row = self.decision_row(id).await?;
        let (now, conversation) = (self.shared.now(), row.automatic.conversation_id.map_or(0, |id| id.0));
        let held = row.automatic.sent_message_id;
        self.shared
            .write_durable(move |tx| -> ApiResult<()> {
                let stopped =
                    held.map(|message| steps::cancel(tx, message, now)).transpose()?.unwrap_or(false);
                let back = !row.automatic.steps.is_empty() && row.automatic.undone_at.is_none();
                if back {
                    changes::undo(tx, &row.automatic.steps, now)?;
                }
                if !stopped && !back {
                    let sentence = "It has left already, and nothing else was changed.";
                    return Err(ApiError::new(Code::TooLate, sentence));
                }
                Ok(decisions::set_undone(tx, row.id, now)?)
            })
            .await?;
        if let Some(message) = held {
            outbox::tell(&self.shared, message).await;
        }
        self.shared.tell(Event::TasksChanged {});
        self.decided(id, conversation).await
    }

    /// Says that a decision was right, wrong, or (with an empty word) takes that back. Wrong ones lower the rule to asking.
    ///
    /// # Errors
    /// `BadInput` for another word.
    pub async fn decision_mark(&self, id: i64, mark: &str) -> ApiResult<DecisionView> {
        let given = Some(mark).filter(|word| !word.is_empty());
        let mark = given.map(Mark::from_word);
        if mark == Some(None) {
            let sentence = "A mark is right, wrong or nothing.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "mark"));
        }
        let mark = mark.flatten();
        let row = self.decision_row(id).await?;
        let (now, conversation) = (self.shared.now(), row.automatic.conversation_id.map_or(0, |id| id.0));
        let lowered = self
            .shared
            .write(move |tx| -> ApiResult<bool> {
                decisions::set_mark(tx, row.id, mark, now)?;
                lower(tx, &row, now)
            })
            .await?;
        if lowered {
            self.shared.tell(Event::RulesChanged {});
        }
        self.decided(id, conversation).await
    }

    async fn decided(&self, id: i64, conversation_id: i64) -> ApiResult<DecisionView> {
        self.shared.tell(Event::Decision { decision_id: id });
        if conversation_id != 0 {
            self.shared.tell(Event::ConversationChanged { conversation_id });
        }
        self.decision(id).await
    }
}

/// The decision that waits for a person. Read in the transaction that answers it: two clicks are one answer.
fn asked(tx: &Transaction<'_>, id: i64) -> ApiResult<Decision> {
    let row = decisions::get(tx, DecisionId(id))?.ok_or_else(|| not_found(id))?;
    if row.result != "asked" {
        return Err(ApiError::new(Code::TooLate, "This does not wait for an answer any more."));
    }
    Ok(row)
}

/// Does all that a rule asked for, its answer in the name of the person who says so.
fn approve(
    tx: &Transaction<'_>,
    shared: &Arc<Shared>,
    row: &Decision,
    conversation: ConversationId,
    now: Timestamp,
) -> ApiResult<Done> {
    let mut sent = None;
    if !row.text.is_empty() {
        let reply = Reply {
            author: Author::Person,
            to: To::Conversation(conversation),
            body: row.text.clone(),
            html: None,
            cc: Vec::new(),
            send_at: None,
            close_after: false,
            staged: Vec::new(),
            standard: None,
            draft: None,
            subject: None,
            via: None,
            parts: Vec::new(),
            at_once: false,
        };
        sent = Some(reply::queue_in(tx, shared, reply, now)?.message);
    }
    let (steps, done) = automation::approve(tx, shared, row, now)?;
    decisions::set_result(tx, row.id, "approved", sent)?;
    done_with_tasks(tx, row, now)?;
    decisions::set_steps(tx, row.id, &steps)?;
    Ok(done)
}

/// A rule that was wrong too often asks from now on.
fn lower(tx: &Transaction<'_>, row: &Decision, now: Timestamp) -> ApiResult<bool> {
    let Some(rule) = row.automatic.rule_id else { return Ok(false) };
    let Some(known) = rules::get(tx, rule)? else { return Ok(false) };
    if decisions::wrong_marks(tx, rule, known.version)? < WRONG_MAX {
        return Ok(false);
    }
    Ok(rules::lower(tx, rule, now)?)
}

/// The question that stood among the tasks is answered.
fn done_with_tasks(tx: &Transaction<'_>, row: &Decision, now: Timestamp) -> ApiResult<()> {
    let (Some(contact), Some(message)) = (row.contact_id, row.message_id) else { return Ok(()) };
    let asks =
        |task: &Task| task.kind == Kind::Ask && task.message_id == Some(message) && task.done_at.is_none();
    for task in tasks::of_contact(tx, contact)?.iter().filter(|task| asks(task)) {
        tasks::set_done(tx, task, Some(now))?;
    }
    Ok(())
}

fn not_found(id: i64) -> ApiError {
    ApiError::new(Code::NotFound, format!("There is no decision {id}."))
}

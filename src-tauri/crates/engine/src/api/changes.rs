//! What a person changes about conversations, one or many at once: status, star, read, spam. All of it can be undone.

use std::collections::BTreeSet;

use theke_domain::ids::{AccountId, ConversationId, MessageId};
use theke_domain::time::Timestamp;
use theke_store::table::changes::Step;
use theke_store::table::conversations::lists::{self, Listed};
use theke_store::table::conversations::{self, Status};
use theke_store::table::{changes, outbox};
use theke_store::words::Word;
use theke_store::{Result, Transaction};

use super::contacts::parse_time;
use super::conversations::{existing, parse_status};
use super::types::{Changed, ConversationChange, ConversationView, Event};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::{flags, timeline};

/// Conversations that are changed in one go.
const AT_ONCE: usize = 1000;
/// Above so many the screen fetches everything again.
const NAMED_MAX: usize = 50;

/// A change that was read and can be made.
struct Wanted {
    status: Option<(Status, Option<Timestamp>)>,
    seen: Option<bool>,
    starred: Option<bool>,
    spam: Option<bool>,
}

impl Wanted {
    fn read(change: &ConversationChange, now: Timestamp) -> ApiResult<Self> {
        let until = change.until.as_deref().map(parse_time).transpose()?;
        let status = change.status.as_deref().map(parse_status).transpose()?;
        if status == Some(Status::Snoozed) && until.is_none_or(|until| until <= now) {
            let sentence = "A snoozed conversation needs a time in the future at which it comes back.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "until"));
        }
        let until = until.filter(|_| status == Some(Status::Snoozed));
        let status = status.map(|status| (status, until));
        Ok(Self { status, seen: change.seen, starred: change.starred, spam: change.spam })
    }

    /// The word by which the change is listed.
    fn word(&self) -> String {
        match (self.status, self.seen, self.starred, self.spam) {
            (Some((status, _)), None, None, None) => format!("status:{}", status.word()),
            (None, Some(true), None, None) => "seen".to_owned(),
            (None, Some(false), None, None) => "unseen".to_owned(),
            (None, None, Some(true), None) => "star".to_owned(),
            (None, None, Some(false), None) => "unstar".to_owned(),
            (None, None, None, Some(true)) => "spam".to_owned(),
            (None, None, None, Some(false)) => "not_spam".to_owned(),
            _ => "several".to_owned(),
        }
    }

    /// Makes it of one conversation; gives the way back.
    fn make(&self, tx: &Transaction<'_>, listed: &Listed, now: Timestamp) -> Result<Vec<Step>> {
        let before = &listed.conversation;
        let conversation = before.id;
        let mut steps = Vec::new();
        if let Some((status, until)) = self.status
            && conversations::set_status(tx, conversation, status, until, now)?
        {
            steps.push(Step::status(before, status));
            timeline::status(tx, before, status, until, timeline::By::Person, now)?;
        }
        if let Some(seen) = self.seen {
            let messages = if seen {
                conversations::mark_seen(tx, conversation)?
            } else {
                conversations::mark_unseen(tx, conversation)?.into_iter().collect()
            };
            if !messages.is_empty() {
                steps.push(Step::Seen { conversation, messages, was: !seen });
            }
        }
        if let Some(starred) = self.starred.filter(|starred| *starred != before.starred) {
            conversations::set_starred(tx, conversation, starred)?;
            steps.push(Step::Starred { conversation, was: before.starred });
        }
        if let Some(spam) = self.spam.filter(|spam| *spam != before.spam) {
            conversations::set_spam(tx, conversation, spam)?;
            steps.push(Step::Spam { conversation, was: before.spam });
        }
        Ok(steps)
    }
}

impl Api {
    /// Changes many conversations in one transaction; what is so already stays. Answers one undo for all of them.
    ///
    /// # Errors
    /// `BadInput` for a status that there is not, a snooze without a future time, or more than 1000 conversations;
    /// `NotFound` if one of them is not there, and then none is changed.
    pub async fn conversations_change(
        &self,
        ids: Vec<i64>,
        change: ConversationChange,
    ) -> ApiResult<Changed> {
        if ids.len() > AT_ONCE {
            let sentence = "These are more than 1000 conversations at once. Choose fewer.";
            return Err(ApiError::new(Code::BadInput, sentence).with("field", "ids"));
        }
        let now = self.shared.now();
        let wanted = Wanted::read(&change, now)?;
        let asked = ids.clone();
        let (undo_id, accounts) = self
            .shared
            .write(move |tx| -> ApiResult<(Option<i64>, BTreeSet<AccountId>)> {
                let (mut steps, mut touched, mut subject) = (Vec::new(), 0, String::new());
                for id in &asked {
                    let listed = existing(tx, *id)?;
                    let made = wanted.make(tx, &listed, now)?;
                    touched += usize::from(!made.is_empty());
                    subject = if asked.len() == 1 { listed.contact_name } else { String::new() };
                    steps.extend(made);
                }
                if steps.is_empty() {
                    return Ok((None, BTreeSet::new()));
                }
                let accounts = flags::want(tx, &seen_by(&steps), now)?;
                Ok((Some(changes::insert(tx, &wanted.word(), &subject, touched, &steps, now)?.0), accounts))
            })
            .await?;
        flags::settle_soon(&self.shared, accounts);
        self.tell_conversations(&ids);
        if undo_id.is_some() {
            self.shared.tell(Event::UndoChanged {});
        }
        Ok(Changed { undo_id, conversations: self.conversation_views(ids).await? })
    }

    /// Sets `open`, `waiting`, `snoozed` (needs `until`, RFC 3339) or `closed`.
    pub async fn conversation_set_status(
        &self,
        id: i64,
        status: &str,
        until: Option<String>,
    ) -> ApiResult<ConversationView> {
        let change = ConversationChange {
            status: Some(status.to_owned()),
            until,
            seen: None,
            starred: None,
            spam: None,
        };
        first(self.conversations_change(vec![id], change).await?)
    }

    /// Marks all its messages as read, here and in the background at the provider. Opening a conversation does this, so
    /// it is not among the changes that can be undone.
    pub async fn conversation_mark_seen(&self, id: i64) -> ApiResult<ConversationView> {
        let now = self.shared.now();
        let accounts = self
            .shared
            .write(move |tx| -> ApiResult<BTreeSet<AccountId>> {
                let row = existing(tx, id)?.conversation;
                let seen = conversations::mark_seen(tx, row.id)?.into_iter().map(|message| (message, true));
                Ok(flags::want(tx, &seen.collect::<Vec<_>>(), now)?)
            })
            .await?;
        flags::settle_soon(&self.shared, accounts);
        self.tell_conversations(&[id]);
        let views = self.conversation_views(vec![id]).await?;
        first(Changed { undo_id: None, conversations: views })
    }

    /// Tells that conversations changed.
    pub(super) fn tell_conversations(&self, ids: &[i64]) {
        if ids.len() > NAMED_MAX {
            return self.shared.tell(Event::Refresh {});
        }
        for id in ids {
            self.shared.tell(Event::ConversationChanged { conversation_id: *id });
        }
    }

    /// Conversations as they are now; those that are gone are left out.
    pub(super) async fn conversation_views(&self, ids: Vec<i64>) -> ApiResult<Vec<ConversationView>> {
        self.shared
            .read(move |conn| {
                let pending = outbox::pending(conn)?;
                let mut views = Vec::with_capacity(ids.len());
                for id in ids {
                    let listed = lists::one(conn, ConversationId(id))?;
                    views.extend(listed.map(|listed| view::conversation(&listed, &pending)));
                }
                Ok::<_, theke_store::Error>(views)
            })
            .await
    }
}

fn seen_by(steps: &[Step]) -> Vec<(MessageId, bool)> {
    let of_step = |step: &Step| match step {
        Step::Seen { messages, was, .. } => messages.iter().map(|message| (*message, !was)).collect(),
        _ => Vec::new(),
    };
    steps.iter().flat_map(of_step).collect()
}

/// The one conversation of a change.
fn first(changed: Changed) -> ApiResult<ConversationView> {
    changed.conversations.into_iter().next().ok_or_else(|| {
        ApiError::new(Code::NotFound, "This conversation is not there any more. Look at the list again.")
    })
}

//! Steps of what a wish led to, and walking them back.

use rusqlite::{Transaction, params};
use serde::{Deserialize, Serialize};
use theke_domain::ids::{ContactId, ConversationId, IdentityId, RefusalId, WishId};
use theke_domain::time::Timestamp;

use super::back::{Undone, undo};
use crate::error::Result;
use crate::row;
use crate::table::{refusals, wishes};
use crate::words::Word;

/// What leads back. Stored as JSON; a released variant keeps its meaning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "wish_step", rename_all = "snake_case")]
pub enum WishStep {
    /// The medium of a conversation.
    Routed {
        /// Which.
        conversation: ConversationId,
        /// Before; empty for none.
        was: String,
        /// After; empty for none.
        became: String,
    },
    /// A medium was refused.
    Refused {
        /// Which row.
        refusal: RefusalId,
    },
    /// A refusal ended.
    RefusalEnded {
        /// Which row.
        refusal: RefusalId,
    },
    /// A task to call was made.
    CallTask {
        /// Which row.
        task: i64,
        /// The customer's own number; empty for another or none.
        number: String,
    },
    /// An address was closed or opened.
    AddressBecame {
        /// Which.
        identity: IdentityId,
        /// Whose.
        contact: ContactId,
        /// Before.
        was: String,
        /// After.
        became: String,
    },
    /// A consent was given or withdrawn. Not written any more: it is a row like any other.
    Consented {
        /// Which row.
        consent: i64,
        /// Whose.
        contact: ContactId,
    },
    /// A person agreed; what stands before this held already while they were asked.
    Agreed,
    /// A habit was declined.
    HabitDeclined {
        /// The row of the preferences that says so.
        preference: i64,
        /// Whose.
        contact: ContactId,
    },
    /// A person decided about a wish.
    Decided {
        /// Which.
        wish: WishId,
        /// What it was before.
        was: String,
        /// What it became.
        became: String,
    },
}

/// Takes one back.
pub(super) fn take_back(
    tx: &Transaction<'_>,
    step: &WishStep,
    now: Timestamp,
    undone: &mut Undone,
) -> Result<bool> {
    match step {
        WishStep::Routed { conversation, was, became } => {
            undone.conversations.insert(*conversation);
            let sql = "UPDATE conversations SET wish_medium = ?2 WHERE id = ?1 AND wish_medium = ?3";
            Ok(row::run(tx, sql, params![conversation.0, was, became])? > 0)
        }
        WishStep::Refused { refusal } => refusals::end(tx, *refusal, now),
        WishStep::RefusalEnded { refusal } => refusals::revive(tx, *refusal),
        WishStep::CallTask { task, .. } => {
            Ok(row::run(tx, "DELETE FROM tasks WHERE id = ? AND done_at = 0", [task])? > 0)
        }
        WishStep::AddressBecame { identity, contact, was, became } => {
            undone.contacts.insert(*contact);
            let sql = "UPDATE identities SET state = ?2 WHERE id = ?1 AND state = ?3";
            Ok(row::run(tx, sql, params![identity.0, was, became])? > 0)
        }
        WishStep::Consented { consent, contact } => {
            undone.contacts.insert(*contact);
            Ok(row::run(tx, "DELETE FROM consents WHERE id = ?", [consent])? > 0)
        }
        WishStep::Agreed => Ok(false),
        WishStep::HabitDeclined { preference, contact } => {
            undone.contacts.insert(*contact);
            let sql = "DELETE FROM preferences WHERE id = ? AND source = 'learned' AND ended_at <> 0";
            Ok(row::run(tx, sql, [preference])? > 0)
        }
        WishStep::Decided { wish, was, became } => decide_back(tx, *wish, was, became, now, undone),
    }
}

/// A decision about a wish, with what it led to: agreed goes back to the question, taken back is done again.
fn decide_back(
    tx: &Transaction<'_>,
    id: WishId,
    was: &str,
    became: &str,
    now: Timestamp,
    undone: &mut Undone,
) -> Result<bool> {
    let Some(wish) = wishes::get(tx, id)?.filter(|wish| wish.read.state.word() == became) else {
        return Ok(false);
    };
    let Some(state) = wishes::State::from_word(was) else { return Ok(false) };
    undone.conversations.insert(wish.read.conversation_id);
    undone.contacts.insert(wish.read.contact_id);
    let steps = match state {
        wishes::State::Acted | wishes::State::Accepted => wishes::effects::again(tx, &wish, now)?,
        // What held while a person was asked holds whatever they decide.
        _ if wish.read.state == wishes::State::Declined => wish.steps.clone(),
        _ => {
            let (held, agreed) = wish.parts();
            let back = undo(tx, agreed, now)?;
            undone.conversations.extend(back.conversations);
            undone.contacts.extend(back.contacts);
            held.to_vec()
        }
    };
    wishes::settle(tx, id, state, &steps)?;
    Ok(true)
}

//! Taking changes back: one by its id, or the last.

use theke_domain::ids::ChangeId;
use theke_domain::time::Timestamp;
use theke_store::Transaction;
use theke_store::table::changes::{self, Change, Step, Undone};
use theke_store::table::conversations;

use super::types::{ChangeView, Event};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::{flags, timeline};

/// Changes that are offered.
const OFFERED: u32 = 20;
/// Above so many conversations no event is written into each of them.
const EVENTS_MAX: usize = 20;

impl Api {
    /// Takes a change back. What somebody changed again since stays as it is now.
    ///
    /// # Errors
    /// `NotFound` for a change that is too long ago; `TooLate` if it was undone already, or if nothing is as it left it.
    pub async fn undo(&self, id: i64) -> ApiResult<ChangeView> {
        let now = self.shared.now();
        let all = move |tx: &Transaction<'_>| -> ApiResult<_> {
            let (change, undone) = take_back(tx, ChangeId(id), now)?;
            let accounts = flags::want(tx, &undone.seen, now)?;
            Ok((change, undone, accounts))
        };
        let found = self.shared.read(move |conn| changes::get(conn, ChangeId(id))).await?;
        let import = found.is_some_and(|change| matches!(change.steps.as_slice(), [Step::Imported { .. }]));
        // An import sees itself to it that nobody names the customers who go: there may be thousands.
        let (change, undone, accounts) = if import {
            self.shared.write_unlinked(all).await?
        } else {
            self.shared.write_durable(all).await?
        };
        if import {
            self.shared.tell(Event::Refresh {});
        }
        flags::settle_soon(&self.shared, accounts);
        let ids: Vec<i64> = undone.conversations.iter().map(|id| id.0).collect();
        self.tell_conversations(&ids);
        for contact in &undone.contacts {
            self.shared.tell(Event::ContactChanged { contact_id: contact.0 });
        }
        if change.what.contains("merge") || change.what == "not_same" {
            self.tell_merges();
        }
        if change.what.starts_with("repl") {
            self.shared.tell(Event::RepliesChanged {});
        }
        if change.what.starts_with("rule") {
            self.shared.tell(Event::RulesChanged {});
        }
        if change.what.starts_with("pack") {
            self.tell_packs();
        }
        if change.what.starts_with("task") {
            self.shared.tell(Event::TasksChanged {});
        }
        if change.what.starts_with("tag") || change.what.starts_with("field") {
            self.shared.tell(Event::ShopFieldsChanged {});
        }
        self.shared.tell(Event::UndoChanged {});
        Ok(ChangeView { undone: true, ..shown(&change) })
    }

    /// Takes the newest change back that was not undone yet; `None` if there is none among the last 20.
    pub async fn undo_last(&self) -> ApiResult<Option<ChangeView>> {
        let changes = self.changes().await?;
        match changes.iter().find(|change| !change.undone) {
            Some(change) => self.undo(change.id).await.map(Some),
            None => Ok(None),
        }
    }

    /// The last 20 changes, newest first, with those that were undone.
    pub async fn changes(&self) -> ApiResult<Vec<ChangeView>> {
        let rows = self.shared.read(|conn| changes::newest(conn, OFFERED)).await?;
        Ok(rows.iter().map(shown).collect())
    }
}

fn take_back(tx: &Transaction<'_>, id: ChangeId, now: Timestamp) -> ApiResult<(Change, Undone)> {
    let change = changes::get(tx, id)?.ok_or_else(|| {
        ApiError::new(Code::NotFound, "This is too long ago to be undone. Change it back by hand.")
    })?;
    if change.undone_at.is_some() {
        return Err(ApiError::new(Code::TooLate, "This was undone already."));
    }
    let undone = changes::undo(tx, &change.steps, now)?;
    if undone.steps == 0 {
        let sentence = "It was changed again since, so there is nothing left to undo.";
        return Err(ApiError::new(Code::TooLate, sentence).with("what", change.what.clone()));
    }
    changes::set_undone(tx, id, now)?;
    if undone.conversations.len() <= EVENTS_MAX {
        for id in &undone.conversations {
            if let Some(row) = conversations::get(tx, *id)? {
                timeline::event(tx, &row, "undone", &[("what", change.what.as_str())], now)?;
            }
        }
    }
    Ok((change, undone))
}

fn shown(change: &Change) -> ChangeView {
    ChangeView {
        id: change.id.0,
        at: view::at(change.at),
        what: change.what.clone(),
        count: change.touched,
        subject: change.subject.clone(),
        undone: change.undone_at.is_some(),
    }
}

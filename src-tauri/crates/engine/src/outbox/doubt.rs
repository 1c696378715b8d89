//! Messages of which nobody knows whether they went out: looked up at the provider where it can be asked.
//! Found means sent. Not found means nothing: a person decides.

use std::sync::{Arc, PoisonError};

use theke_domain::ids::{AccountId, MessageId};
use theke_store::table::outbox::{self, State};

use super::{Outbox, attempt};
use crate::api::{ApiError, ApiResult, Code};
use crate::failure;
use crate::shared::Shared;

/// Looks one message up; true if it was found and is sent.
pub async fn look_up(shared: &Arc<Shared>, id: MessageId) -> ApiResult<bool> {
    let entry = shared.read(move |conn| outbox::get(conn, id)).await?;
    let entry = entry.filter(|entry| entry.state == State::InDoubt);
    let entry = entry.ok_or_else(|| ApiError::new(Code::TooLate, "This message is not in doubt."))?;
    let line = shared.line(entry.account_id).await?;
    if !line.spec.capabilities.client_reference {
        return Err(ApiError::new(
            Code::BadInput,
            "This channel cannot be asked whether a message went out. Ask the customer, or look in the provider's own list.",
        ));
    }
    match line.channel.look_up(&entry.reference).await {
        Ok(Some(remote)) => {
            attempt::sent(shared, &entry, Some(remote)).await?;
            super::tell(shared, id).await;
            Ok(true)
        }
        Ok(None) => Ok(false),
        Err(error) => Err(failure::of_channel(&error)),
    }
}

impl Outbox {
    /// Looks this one up after a while.
    pub(super) fn look_up_later(&self, id: MessageId, account: AccountId) {
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
        self.copies.pause(account);
    }

    /// Looks up what is in doubt. What cannot be asked now is asked later.
    pub(super) async fn settle_doubts(&self, account: AccountId) {
        for id in self.doubts() {
            let entry = self.shared.read(move |conn| outbox::get(conn, id)).await;
            let Ok(entry) = entry else { continue };
            if entry.is_some_and(|entry| entry.account_id != account) {
                continue;
            }
            let asked = look_up(&self.shared, id).await;
            match asked {
                Err(error) if error.code == Code::Unreachable || error.code == Code::AuthFailed => {
                    self.copies.pause(account);
                }
                _ => {
                    self.doubts.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
                }
            }
        }
    }
}

//! What follows a send: the copy in Sent. It has its own retry, since the message is out already and a full
//! mailbox must not look like an unsent message.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use theke_channels::Retry;
use theke_domain::ids::AccountId;
use theke_store::table::outbox::{self, steps};

use super::Outbox;

const PAUSE: Duration = Duration::from_secs(60);

/// Accounts that are left alone for a while.
#[derive(Default)]
pub struct Pauses(Mutex<HashMap<AccountId, Instant>>);

impl Pauses {
    /// Leaves an account alone for a minute.
    pub fn pause(&self, account: AccountId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(account, Instant::now() + PAUSE);
    }

    /// Those that are left alone.
    pub fn paused(&self) -> Vec<AccountId> {
        let mut pauses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pauses.retain(|_, until| *until > Instant::now());
        pauses.keys().copied().collect()
    }
}

impl Outbox {
    /// Makes the copies of an account that are still to be made.
    pub(super) async fn make_copies(&self, account: AccountId) {
        let waiting = self.shared.read(move |conn| outbox::awaiting_copy(conn, account)).await;
        for entry in waiting.unwrap_or_default() {
            let id = entry.message_id;
            let outgoing = self.shared.read(move |conn| outbox::outgoing(conn, id)).await;
            let (Ok(line), Ok(Some(outgoing))) = (self.shared.line(account).await, outgoing) else {
                self.copies.pause(account);
                return;
            };
            if let Err(error) = line.channel.after_send(&outgoing).await {
                tracing::warn!(account = account.0, message = id.0, kind = ?error.kind, "the copy was not made");
                if error.retry != Retry::Never {
                    self.copies.pause(account);
                    return;
                }
                // It will never work; the message itself is out and in the timeline.
            }
            if self.shared.write_durable(move |tx| steps::copied(tx, id)).await.is_err() {
                self.copies.pause(account);
                return;
            }
        }
    }
}

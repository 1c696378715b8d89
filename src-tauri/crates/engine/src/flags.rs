//! Read and answered marks at the provider. The store is the truth here at once; what the provider could not be told,
//! because it was out of reach or refused, is kept and told after the account was reached the next time.
//!
//! Not here: marks that other programs set ([`crate::intake`]).

use std::collections::BTreeSet;
use std::sync::Arc;

use theke_channels::Retry;
use theke_domain::ids::{AccountId, MessageId};
use theke_domain::message::Flags;
use theke_domain::time::Timestamp;
use theke_store::Transaction;
use theke_store::table::{pending_flags, remote_ids};

use crate::shared::Shared;

/// So many at one time: after a year's mail was marked as read, sending and fetching still get their turn.
const AT_ONCE: u32 = 100;

/// Tells the provider of an account what it does not know yet. Ends at the first trouble that may pass.
pub async fn settle(shared: &Arc<Shared>, account: AccountId) {
    let waiting = shared.read(move |conn| pending_flags::of_account(conn, account, AT_ONCE)).await;
    let waiting = waiting.unwrap_or_default();
    if waiting.is_empty() {
        return;
    }
    let Ok(line) = shared.line(account).await else { return };
    for (remote, flags) in waiting {
        if let Err(error) = line.channel.set_flags(&remote, flags).await {
            tracing::debug!(account = account.0, kind = ?error.kind, "a mark was not set at the provider");
            // A kind without such marks, or a message that has gone: it will never work.
            if error.retry != Retry::Never || error.kind == theke_channels::ErrorKind::Auth {
                return;
            }
        }
        let done = shared.write(move |tx| pending_flags::settled(tx, account, &remote, flags)).await;
        if done.is_err() {
            return;
        }
    }
}

/// Notes in the transaction of the change what the providers are to be told; gives whose.
pub fn want(
    tx: &Transaction<'_>,
    seen: &[(MessageId, bool)],
    now: Timestamp,
) -> theke_store::Result<BTreeSet<AccountId>> {
    let mut accounts = BTreeSet::new();
    for (message, seen) in seen {
        for (account, remote) in remote_ids::of_message(tx, *message)? {
            pending_flags::want(tx, account, &remote, Flags { seen: *seen, answered: false }, now)?;
            accounts.insert(account);
        }
    }
    Ok(accounts)
}

/// [`settle`] in the background, for whoever does not wait.
pub fn settle_soon(shared: &Arc<Shared>, accounts: impl IntoIterator<Item = AccountId>) {
    for account in accounts {
        let shared = shared.clone();
        tokio::spawn(async move { settle(&shared, account).await });
    }
}

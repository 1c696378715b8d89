//! Messages of removed accounts that a person wanted gone: deleted in slices, so that nothing waits for it, and with every
//! word of theirs. The wish is in the account's row, so a program that was killed goes on with it at its next start.
//! Not here: rewriting the search index ([`crate::retention::purge`]).

use std::sync::Arc;

use theke_domain::ids::AccountId;
use theke_store::table::accounts;
use theke_store::table::messages::progress;

use crate::api::ApiResult;
use crate::api::types::Event;
use crate::retention;
use crate::shared::{Shared, off_thread};

/// Messages that one transaction deletes.
const DELETED_AT_ONCE: u32 = 200;

/// Deletes what is still to be deleted.
pub async fn finish(shared: &Arc<Shared>) -> ApiResult<()> {
    let unwanted = shared.read(accounts::with_unwanted_messages).await?;
    if unwanted.is_empty() {
        return Ok(());
    }
    for id in &unwanted {
        let id = *id;
        while some(shared, id).await? > 0 {
            // Whoever waits to write has its turn.
            tokio::task::yield_now().await;
        }
    }
    let worker = shared.clone();
    // Fetched parts do not say whose they are; all of them can be fetched again.
    off_thread(move || worker.cache.empty()).await?;
    retention::purge(shared).await?;
    shared
        .write_durable(move |tx| unwanted.iter().try_for_each(|id| accounts::messages_are_gone(tx, *id)))
        .await?;
    shared.tell(Event::Refresh {});
    Ok(())
}

/// Deletes a slice; gives how many.
async fn some(shared: &Arc<Shared>, id: AccountId) -> ApiResult<usize> {
    let now = shared.now();
    shared
        .write(move |tx| {
            // Also where nothing is left: what was deleted may have been deleted by a program that did not note it.
            retention::note_unpurged(tx, now)?;
            progress::delete_of_account(tx, id, DELETED_AT_ONCE)
        })
        .await
}

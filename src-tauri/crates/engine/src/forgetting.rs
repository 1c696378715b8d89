//! Messages of removed accounts that a person wanted gone: deleted in slices, so that nothing waits for it, and with every
//! word of theirs. The wish is in the account's row, so a program that was killed goes on with it at its next start.

use std::sync::Arc;

use theke_store::search;
use theke_store::table::accounts;
use theke_store::table::messages::progress;

use crate::api::ApiResult;
use crate::api::types::Event;
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
        while shared.write(move |tx| progress::delete_of_account(tx, id, DELETED_AT_ONCE)).await? > 0 {}
    }
    shared.write(search::messages::purge).await?;
    let worker = shared.clone();
    // Fetched parts do not say whose they are; all of them can be fetched again.
    off_thread(move || worker.cache.empty()).await?;
    shared
        .write_durable(move |tx| unwanted.iter().try_for_each(|id| accounts::messages_are_gone(tx, *id)))
        .await?;
    let store = shared.store.clone();
    off_thread(move || store.checkpoint()).await?;
    shared.tell(Event::Refresh {});
    Ok(())
}

//! Makes stored messages searchable in slices, between which others may write. Rows come first and the index
//! follows, because the index is nine tenths of the cost of storing.

use std::sync::Arc;
use std::time::Duration;

use theke_store::search::messages::{Scope, index_some, merge_some};
use theke_store::table::counters;

use crate::api::ApiResult;
use crate::shared::Shared;

/// Messages per transaction: some tens of milliseconds.
const SLICE: u32 = 200;
/// Pages merged per transaction when idle.
const MERGE_PAGES: u32 = 200;
/// So many at once leave the index in many pieces.
const BULK: usize = 2000;
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// Works off what waits, for ever.
pub async fn run(shared: Arc<Shared>) {
    loop {
        let nudged = shared.index_nudge.notified();
        tokio::pin!(nudged);
        nudged.as_mut().enable();
        if let Err(error) = work_off(&shared).await {
            tracing::warn!(code = ?error.code, "indexing stopped; it is tried again");
        }
        tokio::select! {
            () = nudged => {}
            () = tokio::time::sleep(LOOK_EVERY) => {
                // Quiet for a while: messages of which only headers are here are worth finding, too.
                let waiting = shared.read(|conn| counters::get(conn, counters::MESSAGES_UNINDEXED)).await;
                if waiting.is_ok_and(|waiting| waiting > 0) {
                    let _ = shared.write(|tx| index_some(tx, SLICE, Scope::All)).await;
                }
            }
        }
    }
}

/// Indexes everything whose text is here.
pub async fn work_off(shared: &Arc<Shared>) -> ApiResult<()> {
    let mut done = 0;
    loop {
        let count = shared.write(|tx| index_some(tx, SLICE, Scope::Texts)).await?;
        if count == 0 {
            break;
        }
        done += count;
        tokio::task::yield_now().await;
    }
    // A trickle is merged by the index itself.
    while done > BULK && shared.write(|tx| merge_some(tx, MERGE_PAGES)).await? {
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// Indexes everything, headers included.
pub async fn finish(shared: &Arc<Shared>) -> ApiResult<()> {
    while shared.write(|tx| index_some(tx, SLICE, Scope::All)).await? > 0 {}
    Ok(())
}

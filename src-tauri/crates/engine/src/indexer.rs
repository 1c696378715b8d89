//! Makes stored messages searchable in slices, between which others may write. Rows come first and the index
//! follows, because the index is nine tenths of the cost of storing. While one slice is written, the next is folded.

use std::sync::Arc;
use std::time::Duration;

use theke_domain::ids::MessageId;
use theke_domain::time::Timestamp;
use theke_store::search::messages::{Entry, Scope, merge_some, prepare, put};
use theke_store::table::{accounts, counters};

use crate::api::ApiResult;
use crate::api::types::Event;
use crate::shared::Shared;

/// Messages per transaction: some tens of milliseconds. Each slice is a segment of the index, so more are better.
const SLICE: u32 = 300;
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
                    let _ = one_slice(&shared).await;
                }
            }
        }
    }
}

/// Indexes everything whose text is here.
pub async fn work_off(shared: &Arc<Shared>) -> ApiResult<()> {
    notes(shared).await?;
    let mut done = 0;
    let mut slice = folded(shared, Scope::Texts, None).await?;
    while let Some(place) = slice.last().map(Entry::place) {
        let (put, next) =
            tokio::join!(shared.write(move |tx| put(tx, &slice)), folded(shared, Scope::Texts, Some(place)),);
        done += put?;
        slice = next?;
        if slice.is_empty() {
            // Newer ones may have come meanwhile.
            slice = folded(shared, Scope::Texts, None).await?;
        }
    }
    if done > 0 {
        tell_reach(shared).await?;
    }
    // A trickle is merged by the index itself.
    while done > BULK && shared.write(|tx| merge_some(tx, MERGE_PAGES)).await? {
        tokio::task::yield_now().await;
    }
    Ok(())
}

/// During a first sync the search now reaches further back than was last told.
async fn tell_reach(shared: &Arc<Shared>) -> ApiResult<()> {
    let rows = shared.read(accounts::list).await?;
    for row in rows.iter().filter(|row| row.remaining.is_some_and(|left| left > 0)) {
        shared.tell(Event::AccountChanged { account_id: row.id.0 });
    }
    Ok(())
}

/// Notes that were written before their index was as it is. All others are indexed as they are written.
async fn notes(shared: &Arc<Shared>) -> ApiResult<()> {
    while shared.read(theke_store::search::notes::waiting).await? {
        shared.write(|tx| theke_store::search::notes::index_some(tx, SLICE)).await?;
    }
    Ok(())
}

/// Indexes everything, headers included.
pub async fn finish(shared: &Arc<Shared>) -> ApiResult<()> {
    notes(shared).await?;
    while one_slice(shared).await? > 0 {}
    Ok(())
}

async fn one_slice(shared: &Arc<Shared>) -> ApiResult<usize> {
    let slice = folded(shared, Scope::All, None).await?;
    shared.write(move |tx| put(tx, &slice)).await
}

async fn folded(
    shared: &Arc<Shared>,
    scope: Scope,
    before: Option<(Timestamp, MessageId)>,
) -> ApiResult<Vec<Entry>> {
    shared.read(move |conn| prepare(conn, SLICE, scope, before)).await
}

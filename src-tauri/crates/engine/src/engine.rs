//! The running engine: the lock, one loop per account, the send loop, the indexer and the daily chores.
//!
//! Nothing here holds state that must survive; dropping the guard ends everything at once and loses nothing. Not
//! here: what the loops do.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use theke_domain::ids::AccountId;
use theke_store::lock::EngineLock;
use theke_store::profile::Folder;
use theke_store::table::accounts;
use tokio::task::{AbortHandle, JoinHandle, JoinSet};

use crate::api::types::{AccountSync, ApiErrorView, Event, SyncResult};
use crate::api::{ApiError, ApiResult, Code};
use crate::outbox::Outbox;
use crate::shared::{Shared, off_thread};
use crate::{automation, chores, comparer, indexer, poller, proposing};

/// New, removed and changed accounts are also noticed when another process made the change.
const ACCOUNTS_EVERY: Duration = Duration::from_secs(5);
/// A send that does not end by then is left to the next start, which knows where it stood.
const STOP_TIMEOUT: Duration = Duration::from_secs(20);

/// The running engine. [`EngineGuard::stop`] ends it in order; dropping it ends it at once, which loses nothing.
pub struct EngineGuard {
    outbox: Arc<Outbox>,
    sending: JoinHandle<()>,
    others: JoinSet<()>,
    shared: Arc<Shared>,
    _lock: EngineLock,
}

impl EngineGuard {
    /// Lets what is being sent end, then stops all loops and frees the lock.
    pub async fn stop(mut self) {
        self.others.abort_all();
        self.outbox.stop();
        if tokio::time::timeout(STOP_TIMEOUT, &mut self.sending).await.is_err() {
            tracing::warn!("a send did not end in time; the next start settles it");
        }
        while self.others.join_next().await.is_some() {}
        let store = self.shared.store.clone();
        let _ = off_thread(move || store.checkpoint()).await;
    }
}

impl Drop for EngineGuard {
    fn drop(&mut self) {
        self.sending.abort();
        self.shared.lines.close_all();
    }
}

/// Takes the lock and starts all loops.
pub async fn start(shared: Arc<Shared>) -> ApiResult<EngineGuard> {
    let lock = take_lock(&shared).await?;
    empty_scratch(&shared).await;
    let outbox = Outbox::start(shared.clone()).await?;
    outbox.ask_for_undoable().await?;
    let sending = tokio::spawn(outbox.clone().run());
    let mut others = JoinSet::new();
    others.spawn(supervise(shared.clone()));
    others.spawn(indexer::run(shared.clone()));
    others.spawn(comparer::run(shared.clone()));
    others.spawn(automation::run(shared.clone()));
    others.spawn(proposing::run(shared.clone()));
    others.spawn(chores::run(shared.clone()));
    others.spawn(chores::watch_clock(shared.clone()));
    others.spawn(chores::watch_others(shared.clone()));
    Ok(EngineGuard { outbox, sending, others, shared, _lock: lock })
}

/// Keeps one polling task for each account that is switched on.
async fn supervise(shared: Arc<Shared>) {
    let mut pollers: JoinSet<()> = JoinSet::new();
    let mut running: HashMap<AccountId, (AbortHandle, String)> = HashMap::new();
    loop {
        let changed = shared.accounts_nudge.notified();
        tokio::pin!(changed);
        changed.as_mut().enable();
        let rows = shared.read(accounts::list).await.unwrap_or_default();
        running.retain(|id, (task, print)| {
            let same = rows.iter().any(|row| row.id == *id && row.enabled && fingerprint(row) == *print);
            if !same {
                task.abort();
            }
            same && !task.is_finished()
        });
        for row in rows.iter().filter(|row| row.enabled) {
            running
                .entry(row.id)
                .or_insert_with(|| (pollers.spawn(poller::run(shared.clone(), row.id)), fingerprint(row)));
        }
        tokio::select! {
            () = changed => {}
            () = tokio::time::sleep(ACCOUNTS_EVERY) => {}
            Some(_) = pollers.join_next(), if !pollers.is_empty() => {}
        }
    }
}

/// What makes a polling task begin anew. Secrets are compared when the channel is opened.
fn fingerprint(row: &accounts::Account) -> String {
    format!("{:?}", row.settings)
}

/// Runs every account, or one, to its end and sends what is due.
pub async fn sync_once(shared: Arc<Shared>, only: Option<i64>) -> ApiResult<SyncResult> {
    let rows = shared.read(accounts::list).await?;
    if let Some(id) = only.filter(|id| !rows.iter().any(|row| row.id.0 == *id)) {
        return Err(ApiError::new(Code::NotFound, format!("There is no account {id}.")));
    }
    let _lock = take_lock(&shared).await?;
    let outbox = Outbox::start(shared.clone()).await?;
    let mut sent = outbox.run_due(only.map(AccountId)).await;
    let mut fetching = JoinSet::new();
    for row in rows.into_iter().filter(|row| row.enabled && only.is_none_or(|only| row.id.0 == only)) {
        let shared = shared.clone();
        fetching.spawn(async move { (row.id, sync_account(&shared, row.id).await) });
    }
    let indexing = tokio::spawn(indexer::run(shared.clone()));
    let mut lines = Vec::new();
    while let Some(ended) = fetching.join_next().await {
        let Ok((id, fetched)) = ended else { continue };
        let (received, error) = match fetched {
            Ok(received) => (received, None),
            Err(error) => (0, Some(ApiErrorView { code: error.code, message: error.message })),
        };
        lines.push(AccountSync { id: id.0, received, sent: 0, error });
    }
    indexing.abort();
    let _ = indexing.await;
    indexer::finish(&shared).await?;
    automation::work_off(&shared).await?;
    if let Err(error) = proposing::work_off(&shared).await {
        tracing::warn!(code = ?error.code, "answers could not be compared; the next run does it");
    }
    chores::once(&shared).await;
    // What became due meanwhile, and copies that could not be made at first.
    for (id, count) in outbox.run_due(only.map(AccountId)).await {
        *sent.entry(id).or_default() += count;
    }
    for line in &mut lines {
        line.sent = sent.get(&AccountId(line.id)).copied().unwrap_or(0);
    }
    lines.sort_by_key(|line| line.id);
    shared.lines.close_all();
    Ok(SyncResult { accounts: lines })
}

async fn sync_account(shared: &Arc<Shared>, id: AccountId) -> ApiResult<u64> {
    match poller::fetch_all(shared, id).await {
        Ok(received) => Ok(received),
        Err(stop) => {
            poller::note_trouble(shared, id, &stop).await;
            Err(stop.error)
        }
    }
}

/// Takes the lock, and clears away what those that held it before left half done.
async fn take_lock(shared: &Arc<Shared>) -> ApiResult<EngineLock> {
    let folder = Folder::new(&shared.dir);
    let turn = shared.unpacking.clone().lock_owned().await;
    off_thread(move || {
        let _turn = turn;
        let lock = EngineLock::take(&folder, "")?;
        if let Err(error) = theke_store::restore::clear_leftovers(&folder, &lock) {
            tracing::warn!(%error, "what was unpacked and left could not be removed; the next start does it");
        }
        Ok::<_, theke_store::Error>(lock)
    })
    .await
}

/// What channels spooled and left behind when they were killed, and the files that were opened the last time.
async fn empty_scratch(shared: &Arc<Shared>) {
    let (scratch, opened) = (shared.dir.join("scratch"), shared.dir.join("opened"));
    let _ = off_thread(move || {
        let _ = std::fs::remove_dir_all(scratch);
        let _ = std::fs::remove_dir_all(opened);
        Ok::<_, ApiError>(())
    })
    .await;
    shared.tell(Event::Refresh {});
}

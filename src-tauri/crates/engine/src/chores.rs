//! What a running engine does besides: conversations wake from their snooze, and a backup is made every day.

use std::sync::Arc;
use std::time::{Duration, Instant};

use theke_domain::time::Timestamp;
use theke_store::backup;
use theke_store::profile::Folder;
use theke_store::table::conversations::{self, Status};
use theke_store::table::staged;

use crate::api::ApiResult;
use crate::api::types::Event;
use crate::forgetting;
use crate::protection::erase;
use crate::retention;
use crate::shared::{Shared, off_thread};
use crate::timeline::{self, By};

const LOOK_EVERY: Duration = Duration::from_secs(20);
/// So soon after the computer woke it is noticed.
const CLOCK_EVERY: Duration = Duration::from_secs(2);
/// A window beside `thekectl` shows within this what that did.
const OTHERS_EVERY: Duration = Duration::from_secs(2);
/// The first backup of a start waits, so that it does not compete with the first look at the mail.
const BACKUP_AFTER_LOOKS: u32 = 6;
/// An undo may still want them.
const STAGED_KEPT_SECS: i64 = 24 * 3600;
/// Less is the clock being kept right.
const JUMP_SECS: i64 = 60;
/// Looks between two questions whether a backup is due.
const LOOKS_PER_BACKUP: u32 = 90;

/// Looks after it, for ever.
pub async fn run(shared: Arc<Shared>) {
    if let Err(error) = forgetting::finish(&shared).await {
        tracing::warn!(code = ?error.code, "messages of a removed account could not be deleted; the next start does it");
    }
    if let Err(error) = erase::catch_up(&shared).await {
        tracing::warn!(code = ?error.code, "who was erased could not be looked for; the next start does it");
    }
    let mut looks: u32 = 0;
    let mut old = retention::Forgetting::default();
    loop {
        if let Err(error) = wake(&shared).await {
            tracing::warn!(code = ?error.code, "snoozed conversations could not be looked at");
        }
        if let Err(error) = old.look(&shared).await {
            tracing::warn!(code = ?error.code, "what is too old could not be removed");
        }
        if looks % LOOKS_PER_BACKUP == BACKUP_AFTER_LOOKS {
            sweep(&shared).await;
            back_up(&shared).await;
        }
        looks = looks.wrapping_add(1);
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

/// Notices that the computer slept, or that its clock was set, for ever. Connections of before are dead then, and what was to
/// happen meanwhile is due: everything is looked at again at once.
pub async fn watch_clock(shared: Arc<Shared>) {
    let mut last = (Instant::now(), shared.now());
    loop {
        tokio::time::sleep(CLOCK_EVERY).await;
        let now = (Instant::now(), shared.now());
        if jumped(last, now) {
            shared.lines.close_all();
            shared.accounts_nudge.notify_waiters();
            shared.outbox_nudge.notify_one();
            if let Err(error) = wake(&shared).await {
                tracing::warn!(code = ?error.code, "snoozed conversations could not be looked at");
            }
        }
        last = now;
    }
}

/// Whether the wall clock moved otherwise than the time that the process ran.
fn jumped(last: (Instant, Timestamp), now: (Instant, Timestamp)) -> bool {
    let ran = i64::try_from(now.0.saturating_duration_since(last.0).as_secs()).unwrap_or(i64::MAX);
    now.1.secs_since(last.1).saturating_sub(ran).abs() > JUMP_SECS
}

/// Tells when another process changed something, for ever. What exactly is not known, so everything is looked at again.
pub async fn watch_others(shared: Arc<Shared>) {
    let mut last = None;
    loop {
        let store = shared.store.clone();
        let version = off_thread(move || store.version_elsewhere()).await.ok();
        if last.is_some() && version.is_some() && version != last {
            shared.tell(Event::Refresh {});
        }
        last = version.or(last);
        tokio::time::sleep(OTHERS_EVERY).await;
    }
}

/// Looks after it once.
pub async fn once(shared: &Arc<Shared>) {
    if let Err(error) = wake(shared).await {
        tracing::warn!(code = ?error.code, "snoozed conversations could not be looked at");
    }
    if let Err(error) = erase::catch_up(shared).await {
        tracing::warn!(code = ?error.code, "who was erased could not be looked for; the next start does it");
    }
    if let Err(error) = retention::all(shared).await {
        tracing::warn!(code = ?error.code, "what is too old could not be removed");
    }
    back_up(shared).await;
}

async fn wake(shared: &Arc<Shared>) -> ApiResult<()> {
    let now = shared.now();
    let next = shared.read(conversations::next_wake_at).await?;
    if next.is_none_or(|next| next > now) {
        return Ok(());
    }
    let woken = shared
        .write(move |tx| {
            let woken = conversations::wake(tx, now)?;
            for row in &woken {
                timeline::status(tx, row, Status::Open, None, By::Time, now)?;
            }
            Ok::<_, theke_store::Error>(woken)
        })
        .await?;
    for row in woken {
        shared.tell(Event::ConversationChanged { conversation_id: row.id.0 });
    }
    Ok(())
}

/// Removes attached files whose draft is gone.
async fn sweep(shared: &Arc<Shared>) {
    let before = shared.now().plus_secs(-STAGED_KEPT_SECS);
    if let Err(error) = shared.write(move |tx| staged::sweep(tx, before)).await {
        tracing::warn!(code = ?error.code, "attached files of gone drafts could not be removed");
    }
}

/// Makes the daily backup if it is due. A backup that fails is told by `doctor` and by the log, and tried again.
async fn back_up(shared: &Arc<Shared>) {
    let (of, folder, now) = (shared.clone(), Folder::new(&shared.dir), shared.now());
    if let Err(error) = off_thread(move || backup::daily(&of.store, &folder, &of.header(), now)).await {
        tracing::warn!(code = ?error.code, "the daily backup could not be made");
    }
}

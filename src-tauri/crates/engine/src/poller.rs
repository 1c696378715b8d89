//! One loop per account: fetch what is new, fetch what is older or incomplete, wait for news, and come back after
//! trouble. Reads like this: look, fetch, store, acknowledge, wait.
//!
//! A loop keeps nothing: its position is the cursor in the store, saved in the transaction of the messages. So it
//! may be dropped at any moment, and a clock that jumps or a laptop that slept only makes it look again.
//! Not here: what becomes of a message ([`crate::intake`]), and sending ([`crate::outbox`]).

use std::sync::Arc;
use std::time::{Duration, Instant};

use theke_channels::{Batch, Cursor, ErrorKind, Retry};
use theke_domain::ids::AccountId;
use theke_store::table::accounts::{self, Account, Health};
use theke_store::table::{Trouble, outbox, remote_ids};

use crate::api::types::Event;
use crate::api::{ApiError, Code};
use crate::intake::{self, Step, Stored};
use crate::lines::Line;
use crate::shared::{Shared, off_thread};
use crate::{backoff, failure, flags};

/// The longest wait for news. Servers that announce it make it shorter; this is the net under them.
const INTERVAL: Duration = Duration::from_secs(5 * 60);
/// A channel has its own deadlines; one that broke them all is dropped after this.
const CALL_DEADLINE: Duration = Duration::from_secs(10 * 60);
/// While older mail is fetched, news is looked for this often.
const NEWS_EVERY: Duration = Duration::from_secs(10);
/// Between two tries while nothing can be written.
const DISK_PAUSE: Duration = Duration::from_secs(30);
/// So many waits in a row may end at once.
const SPINS_ALLOWED: u64 = 20;
/// So often in a row a certificate that is not trusted counts as the network's: about an hour with the usual pauses.
const STRANGE_TRIES: u32 = 12;
/// The account's row is not written for every quiet poll.
const REACHED_EVERY_SECS: i64 = 60;
/// How far back delivery reports are still asked for.
const TRACK_SECS: i64 = 3 * 24 * 3600;

/// Why fetching ended early.
pub struct Stop {
    /// What a person reads.
    pub error: ApiError,
    health: Health,
    retry_after: Option<Duration>,
}

/// Runs until the account is switched off, removed or changed, or the task is dropped.
pub async fn run(shared: Arc<Shared>, id: AccountId) {
    let mut spins: u64 = 0;
    loop {
        let changed = shared.accounts_nudge.notified();
        let Ok(Some(account)) = shared.read(move |conn| accounts::get(conn, id)).await else { return };
        if !account.enabled || account.removed_at.is_some() {
            shared.lines.close(id);
            return;
        }
        if let Some(pause) = pause_before(&account, shared.now().0) {
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = changed => {}
            }
            continue;
        }
        match fetch_all(&shared, id).await {
            Ok(_) => {
                let Ok(line) = shared.line(id).await else { continue };
                let began = Instant::now();
                tokio::select! {
                    _ = tokio::time::timeout(INTERVAL * 2, line.channel.wait(INTERVAL)) => {}
                    () = changed => {}
                }
                // A server that wakes us without news, over and over, must not keep the processor busy.
                spins = if began.elapsed() < Duration::from_millis(100) { spins + 1 } else { 0 };
                if spins > SPINS_ALLOWED {
                    tokio::time::sleep(Duration::from_secs(spins.min(30))).await;
                }
            }
            Err(stop) => {
                if !note_trouble(&shared, id, &stop).await {
                    // The disk refuses: without a pause this loop would spin.
                    tokio::time::sleep(DISK_PAUSE).await;
                }
            }
        }
    }
}

/// How long an account in trouble is left alone. A time far in the future means that the clock was set back: then
/// it is tried at once rather than never.
fn pause_before(account: &Account, now_ms: i64) -> Option<Duration> {
    let next = account.next_try_at?.0;
    let left = u64::try_from(next.saturating_sub(now_ms)).ok().filter(|left| *left > 0)?;
    // Woken often enough to notice a clock that jumped.
    (left <= 24 * 3600 * 1000).then(|| Duration::from_millis(left.min(30_000)))
}

/// Fetches everything that there is: news first, then what is older or incomplete, newest first. Gives the number
/// of new messages.
pub async fn fetch_all(shared: &Arc<Shared>, id: AccountId) -> Result<u64, Stop> {
    let line = shared.line(id).await.map_err(|error| Stop {
        health: Health::NeedsAttention,
        error,
        retry_after: None,
    })?;
    track(shared, &line).await?;
    let mut received = 0;
    loop {
        received += fetch_news(shared, &line).await?;
        let looked = Instant::now();
        let mut all = false;
        while !all && looked.elapsed() < NEWS_EVERY {
            let account = in_use(shared, id).await?;
            if account.fetching_paused || shared.network.holds_back() {
                shared.paces.forget(id);
                flags::settle(shared, id).await;
                return Ok(received);
            }
            let batch = call(line.channel.backfill(Cursor(account.cursor))).await?;
            all = !batch.more;
            let remaining = batch.remaining.filter(|_| !all);
            received += keep(shared, &line, batch, Step::Older { last: all }).await?;
            shared.paces.note(id, shared.now(), remaining);
        }
        if all {
            flags::settle(shared, id).await;
            return Ok(received);
        }
    }
}

async fn fetch_news(shared: &Arc<Shared>, line: &Line) -> Result<u64, Stop> {
    let mut received = 0;
    loop {
        let cursor = cursor(shared, line.account.id).await?;
        let batch = call(line.channel.poll(cursor)).await?;
        let more = batch.more;
        received += keep(shared, line, batch, Step::News).await?;
        if !more {
            return Ok(received);
        }
    }
}

/// Stores a batch, then acknowledges it, then tells. In this order: what the provider forgets is on disk by then.
async fn keep(shared: &Arc<Shared>, line: &Line, batch: Batch, step: Step) -> Result<u64, Stop> {
    let id = batch.id.clone();
    let (worker, account) = (shared.clone(), line.account.id);
    let capabilities = line.spec.capabilities.clone();
    let stored = off_thread(move || intake::store(&worker, account, &capabilities, batch, step)).await;
    let stored = shared.watch(stored).map_err(Stop::of_store)?;
    call(line.channel.acknowledge(&id)).await?;
    tell(shared, &stored);
    if stored.received > 0 {
        shared.automation_nudge.notify_one();
    }
    if stored.changed_anything {
        shared.index_nudge.notify_one();
    }
    note_reached(shared, account).await?;
    Ok(stored.received)
}

fn tell(shared: &Shared, stored: &Stored) {
    for event in &stored.events {
        shared.tell(event.clone());
    }
}

/// Tells the channel which sent messages still await a delivery report, once per connection.
async fn track(shared: &Arc<Shared>, line: &Line) -> Result<(), Stop> {
    if line.tracked.swap(true, std::sync::atomic::Ordering::Relaxed) {
        return Ok(());
    }
    let (id, since) = (line.account.id, shared.now().plus_secs(-TRACK_SECS));
    let sent = shared
        .read(move |conn| remote_ids::awaiting_delivery(conn, id, since))
        .await
        .map_err(Stop::of_store)?;
    line.channel.track(&sent).await;
    Ok(())
}

async fn cursor(shared: &Arc<Shared>, id: AccountId) -> Result<Cursor, Stop> {
    Ok(Cursor(in_use(shared, id).await?.cursor))
}

/// The account's row, unless it was removed meanwhile.
async fn in_use(shared: &Arc<Shared>, id: AccountId) -> Result<Account, Stop> {
    let account = shared.read(move |conn| accounts::get(conn, id)).await.map_err(Stop::of_store)?;
    let account = account.filter(|account| account.removed_at.is_none());
    account.ok_or_else(|| Stop::of_store(ApiError::new(Code::NotFound, "The account was removed.")))
}

async fn call<T>(question: impl Future<Output = theke_channels::Result<T>>) -> Result<T, Stop> {
    match tokio::time::timeout(CALL_DEADLINE, question).await {
        Ok(answer) => answer.map_err(|error| Stop::of_channel(&error)),
        Err(_) => {
            Err(Stop::of_channel(&theke_channels::Error::new(ErrorKind::Network, "the server fell silent")))
        }
    }
}

impl Stop {
    fn of_channel(error: &theke_channels::Error) -> Self {
        let health = match error.kind {
            ErrorKind::Auth | ErrorKind::Certificate | ErrorKind::Config => Health::NeedsAttention,
            _ if error.kind == ErrorKind::RateLimited && error.retry == Retry::Never => {
                Health::NeedsAttention
            }
            _ => Health::Offline,
        };
        let retry_after = match error.retry {
            Retry::After(pause) => Some(pause),
            _ => None,
        };
        Self { error: failure::of_channel(error), health, retry_after }
    }

    fn of_store(error: ApiError) -> Self {
        Self { error, health: Health::NeedsAttention, retry_after: Some(Duration::from_secs(60)) }
    }
}

/// Writes what is wrong into the account's row, with the time of the next try; false if the disk refuses even that.
pub async fn note_trouble(shared: &Arc<Shared>, id: AccountId, stop: &Stop) -> bool {
    let trouble = Trouble { code: failure::code_word(stop.error.code), text: stop.error.message.clone() };
    let (health, retry_after, now) = (stop.health, stop.retry_after, shared.now());
    tracing::warn!(account = id.0, code = %trouble.code, "an account cannot be reached");
    let written = shared
        .write(move |tx| {
            let account = accounts::get(tx, id)?;
            let health = in_a_strange_network(account.as_ref(), &trouble).unwrap_or(health);
            let failures = account.map_or(0, |account| account.failures);
            let by_hand = health == Health::NeedsAttention;
            let pause =
                retry_after.unwrap_or_else(|| backoff::pause(failures + 1, by_hand, backoff::random()));
            let next = now.plus_secs(i64::try_from(pause.as_secs()).unwrap_or(i64::MAX).max(1));
            accounts::troubled(tx, id, health, &trouble, Some(next))
        })
        .await;
    // A dead connection must not be asked again, and a new one costs nothing until it is used.
    shared.lines.close(id);
    shared.tell(Event::AccountChanged { account_id: id.0 });
    written.is_ok()
}

/// Offline, if a certificate that is not trusted is likelier the network's than the server's: behind a log-in page of a
/// hotel or a train somebody else answers in the server's place. So it is with an account that has worked before, for
/// the first tries; a server that goes on showing it needs a person. Nothing is sent to whoever answers either way.
fn in_a_strange_network(account: Option<&Account>, trouble: &Trouble) -> Option<Health> {
    let account = account.filter(|_| failure::code_of(&trouble.code) == Code::CertificateRejected)?;
    let worked = account.last_success_at.is_some();
    (worked && account.failures < STRANGE_TRIES).then_some(Health::Offline)
}

/// The same for a refused login while sending. Receiving goes on: its login may be another one.
pub async fn note_send_trouble(shared: &Arc<Shared>, id: AccountId, error: &theke_channels::Error) {
    shared.set_can_send(id, false);
    let said = failure::of_channel(error);
    let trouble = Trouble { code: failure::code_word(said.code), text: said.message };
    let written = shared
        .write(move |tx| {
            let account = accounts::get(tx, id)?;
            let health = in_a_strange_network(account.as_ref(), &trouble).unwrap_or(Health::NeedsAttention);
            accounts::troubled(tx, id, health, &trouble, None)
        })
        .await;
    if let Err(error) = written {
        tracing::warn!(account = id.0, code = ?error.code, "the trouble of an account could not be written");
    }
    shared.lines.close(id);
    shared.tell(Event::AccountChanged { account_id: id.0 });
}

async fn note_reached(shared: &Arc<Shared>, id: AccountId) -> Result<(), Stop> {
    if shared.network.note_reached() {
        shared.tell(Event::NetworkChanged {});
    }
    if !shared.can_send(id) {
        return Ok(());
    }
    let now = shared.now();
    let told = shared.read(move |conn| accounts::get(conn, id)).await.map_err(Stop::of_store)?.is_none_or(
        |account| {
            account.health == Health::Ok
                && account.next_try_at.is_none()
                && account.last_success_at.is_some_and(|at| now.secs_since(at).abs() < REACHED_EVERY_SECS)
        },
    );
    if told {
        return Ok(());
    }
    let hurried = shared
        .write(move |tx| {
            accounts::reached(tx, id, now)?;
            outbox::steps::hurry(tx, id, now)
        })
        .await
        .map_err(Stop::of_store)?;
    if hurried > 0 {
        shared.outbox_nudge.notify_one();
    }
    shared.tell(Event::AccountChanged { account_id: id.0 });
    Ok(())
}

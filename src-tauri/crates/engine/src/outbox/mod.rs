//! The send loop. One task per account that has something to do, so that a stuck account stops no other; within an
//! account the store keeps the order per contact.
//!
//! It subscribes before it looks, so that nothing queued in between is missed, and it looks again every few seconds,
//! because another process may have queued something. Each step of a send is a durable transaction (see
//! [`attempt`]); this loop may be dropped between any two of them.
//!
//! Not here: which way a message goes (`crate::route`), and the wire.

mod attempt;
mod copy;
mod doubt;
mod verdict;

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use theke_domain::ids::{AccountId, MessageId};
use theke_domain::outbox::HOLD_AFTER_SECS;
use theke_store::attempts::Attempts;
use theke_store::table::outbox::steps;
use theke_store::table::{accounts, outbox};
use tokio::task::JoinSet;

use crate::api::ApiResult;
use crate::api::types::Event;
use crate::shared::{Shared, off_thread};

pub use doubt::look_up;

/// Other processes queue without telling this one.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What the tasks of one engine share beside the profile.
pub struct Outbox {
    shared: Arc<Shared>,
    witness: Arc<Attempts>,
    /// In doubt, still to be looked up where that is possible.
    doubts: Mutex<HashSet<MessageId>>,
    copies: copy::Pauses,
    stopping: AtomicBool,
}

/// What became of one account's rows.
struct Drained {
    /// Messages that went out.
    sent: u64,
    /// The disk took everything that was to be noted.
    written: bool,
}

impl Outbox {
    /// Settles what an earlier end left unfinished, with the lock held, and is ready to send.
    pub async fn start(shared: Arc<Shared>) -> ApiResult<Arc<Self>> {
        let (store, path, now) = (shared.store.clone(), shared.dir.join("attempts.log"), shared.now());
        let (witness, doubted, doubts) = off_thread(move || -> theke_store::Result<_> {
            let witness = Attempts::open(&path)?;
            let doubted = store.write_durable(|tx| steps::settle_after_start(tx, &witness, now))?;
            witness.compact(&store)?;
            // Those of earlier starts, too: the provider could perhaps not be reached then.
            let doubts = store.read(|conn| outbox::in_state(conn, outbox::State::InDoubt))?;
            Ok((witness, doubted, doubts))
        })
        .await?;
        if !doubted.is_empty() {
            shared.tell(Event::OutboxChanged {});
        }
        let doubts = Mutex::new(doubts.iter().map(|entry| entry.message_id).collect());
        Ok(Arc::new(Self {
            shared,
            witness: Arc::new(witness),
            doubts,
            copies: copy::Pauses::default(),
            stopping: AtomicBool::new(false),
        }))
    }

    /// What is still in its undo time when an engine starts asks: the program ended while a person could take it back, and
    /// must not send it behind that person's back now.
    pub async fn ask_for_undoable(&self) -> ApiResult<()> {
        let now = self.shared.now();
        let max_secs = i64::from(crate::settings::UNDO_MAX_SECS);
        let held = self.shared.write_durable(move |tx| steps::hold_undoable(tx, now, max_secs)).await?;
        for id in held {
            self.tell(id).await;
        }
        Ok(())
    }

    /// Takes nothing up any more; what is on its way may end.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
        self.shared.outbox_nudge.notify_one();
    }

    /// Sends what is due, until it is stopped.
    pub async fn run(self: Arc<Self>) {
        let mut lanes: JoinSet<AccountId> = JoinSet::new();
        let mut busy: HashSet<AccountId> = HashSet::new();
        loop {
            let nudged = self.shared.outbox_nudge.notified();
            tokio::pin!(nudged);
            nudged.as_mut().enable();
            if self.stopping.load(Ordering::Relaxed) {
                while lanes.join_next().await.is_some() {}
                return;
            }
            for account in self.with_work().await.unwrap_or_default() {
                if busy.insert(account) {
                    let me = self.clone();
                    lanes.spawn(async move {
                        if !me.drain(account).await.written {
                            // Nothing can be written: the same row would be due again at once.
                            tokio::time::sleep(LOOK_EVERY).await;
                        }
                        account
                    });
                }
            }
            tokio::select! {
                () = nudged => {}
                () = tokio::time::sleep(self.pause().await) => {}
                Some(ended) = lanes.join_next(), if !lanes.is_empty() => {
                    match ended {
                        Ok(account) => { busy.remove(&account); }
                        // A lane that panicked must not keep its account busy for ever.
                        Err(_) => busy.clear(),
                    }
                }
            }
        }
    }

    /// Sends what is due at this moment, of all accounts or one; gives how many went out by account.
    pub async fn run_due(self: &Arc<Self>, only: Option<AccountId>) -> HashMap<AccountId, u64> {
        let mut lanes = JoinSet::new();
        for account in self.with_work().await.unwrap_or_default() {
            if only.is_none_or(|only| only == account) {
                let me = self.clone();
                lanes.spawn(async move { (account, me.drain(account).await.sent) });
            }
        }
        let mut sent = HashMap::new();
        while let Some(ended) = lanes.join_next().await {
            if let Ok((account, count)) = ended {
                sent.insert(account, count);
            }
        }
        sent
    }

    /// Works off one account until nothing of it is due, or nothing can be written.
    async fn drain(&self, account: AccountId) -> Drained {
        self.settle_doubts(account).await;
        let mut drained = Drained { sent: 0, written: true };
        while !self.stopping.load(Ordering::Relaxed) {
            let now = self.shared.now();
            let due = self.shared.read(move |conn| outbox::next_due(conn, account, now)).await;
            let Ok(Some(entry)) = due else { break };
            let since =
                entry.confirmed_at.map_or(entry.wanted_at, |confirmed| confirmed.max(entry.wanted_at));
            if now.secs_since(since) > HOLD_AFTER_SECS {
                if self.hold().await.is_err() {
                    drained.written = false;
                    break;
                }
                continue;
            }
            match self.attempt(&entry).await {
                Ok(true) => drained.sent += 1,
                Ok(false) => {}
                Err(error) => {
                    tracing::error!(code = ?error.code, "the outbox cannot write; it tries again");
                    drained.written = false;
                    break;
                }
            }
        }
        self.make_copies(account).await;
        drained
    }

    async fn hold(&self) -> ApiResult<()> {
        let now = self.shared.now();
        let held = self
            .shared
            .write_durable(move |tx| steps::hold_waited(tx, now.plus_secs(-HOLD_AFTER_SECS), now))
            .await?;
        for id in &held {
            self.tell(*id).await;
        }
        Ok(())
    }

    /// Accounts in use with a row that is due, a copy to make or a doubt to look up.
    async fn with_work(&self) -> ApiResult<Vec<AccountId>> {
        let now = self.shared.now();
        let paused = self.copies.paused();
        let doubts = self.doubts();
        self.shared
            .read(move |conn| {
                let mut found = Vec::new();
                for account in accounts::list(conn)?.into_iter().filter(|account| account.enabled) {
                    let id = account.id;
                    let due = outbox::next_due(conn, id, now)?.is_some();
                    let copy = || -> theke_store::Result<bool> {
                        Ok(!paused.contains(&id) && !outbox::awaiting_copy(conn, id)?.is_empty())
                    };
                    let mut doubt = false;
                    for message in &doubts {
                        doubt |= outbox::get(conn, *message)?.is_some_and(|entry| entry.account_id == id);
                    }
                    if due || doubt && !paused.contains(&id) || copy()? {
                        found.push(id);
                    }
                }
                Ok::<_, theke_store::Error>(found)
            })
            .await
    }

    /// Until the next row is due, but not longer than other processes may be kept waiting.
    async fn pause(&self) -> Duration {
        let now = self.shared.now();
        let next = self
            .shared
            .read(move |conn| {
                let mut next: Option<theke_domain::time::Timestamp> = None;
                for account in accounts::list(conn)?.into_iter().filter(|account| account.enabled) {
                    next = match (next, outbox::next_due_at(conn, account.id)?) {
                        (Some(one), Some(other)) => Some(one.min(other)),
                        (one, other) => one.or(other),
                    };
                }
                Ok::<_, theke_store::Error>(next)
            })
            .await;
        let Ok(Some(next)) = next else { return LOOK_EVERY };
        let left = u64::try_from(next.0.saturating_sub(now.0)).unwrap_or(0);
        // A row that is due and did not get a lane waits for its account: do not spin on it.
        if left == 0 { LOOK_EVERY } else { Duration::from_millis(left).min(LOOK_EVERY) }
    }

    fn doubts(&self) -> Vec<MessageId> {
        self.doubts.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    /// Tells that a message and the outbox changed.
    async fn tell(&self, id: MessageId) {
        tell(&self.shared, id).await;
    }
}

/// Tells that a message and the outbox changed.
pub async fn tell(shared: &Arc<Shared>, id: MessageId) {
    let row = shared.read(move |conn| theke_store::table::messages::get(conn, id)).await;
    if let Ok(Some(row)) = row {
        shared.tell(Event::MessageChanged { conversation_id: row.conversation_id.0, message_id: id.0 });
    }
    shared.tell(Event::OutboxChanged {});
}

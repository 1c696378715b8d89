//! A channel that can be told what to hand in and how to fail. It records what it was asked.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use theke_channels::{
    AccountSettings, Batch, BatchId, Channel, Claim, Cursor, Error, ErrorKind, Field, FieldKind, Marker,
    Result, Spec, Update,
};
use theke_domain::address::Address;
use theke_domain::capability::{AddressKind, Capabilities};
use theke_domain::medium::{ChannelKind, Medium};
use theke_domain::message::{ClientReference, Flags, Outgoing, PartRef, RemoteId};
use tokio::sync::Notify;

/// What the next send does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No connection: before the point of no return.
    Offline,
    /// The login is refused.
    BadLogin,
    /// The provider refuses the message for good.
    Refused,
    /// It breaks off after the point of no return; nobody knows.
    Ambiguous,
    /// The provider took it, and its answer was lost on the way.
    Lost,
    /// It never comes back, before the point of no return.
    HangBefore,
    /// It never comes back, after it; the provider took it or not.
    HangAfter {
        /// The provider took it.
        taken: bool,
    },
}

#[derive(Default)]
struct State {
    new: VecDeque<Batch>,
    old: VecDeque<Batch>,
    handed_old: usize,
    old_is_held: bool,
    unplugged: bool,
    waiting: usize,
    polls: usize,
    acknowledged: Vec<String>,
    attempts: usize,
    sent: Vec<Outgoing>,
    copies: usize,
    faults: VecDeque<Fault>,
    poll_faults: VecDeque<ErrorKind>,
    copy_faults: usize,
    look_up_faults: usize,
    flags: Vec<(RemoteId, Flags)>,
    flag_faults: VecDeque<ErrorKind>,
    flag_tries: usize,
    parts: HashMap<String, Vec<u8>>,
    taken: HashMap<String, RemoteId>,
    claims: HashMap<RemoteId, String>,
    claim_faults: VecDeque<ErrorKind>,
    keeps_no_claims: bool,
}

/// The provider behind the channel: it outlives the engine, as a real one does.
#[derive(Clone, Default)]
pub struct Provider {
    state: Arc<Mutex<State>>,
    news: Arc<Notify>,
    older: Arc<Notify>,
    attempted: Arc<Notify>,
}

impl Provider {
    pub fn hand_in(&self, updates: Vec<Update>) {
        self.hand_in_batch(updates, false);
    }

    /// It lies at the provider, which does not tell anybody who waits.
    pub fn hand_in_unheard(&self, updates: Vec<Update>) {
        self.put(updates, false);
    }

    /// Nothing gets through to the provider until it is plugged in again.
    pub fn unplug(&self, unplugged: bool) {
        self.state.lock().unwrap().unplugged = unplugged;
    }

    /// Waits until somebody waits for news.
    pub async fn wait_idle(&self) {
        loop {
            let idle = self.attempted.notified();
            if self.state.lock().unwrap().waiting > 0 {
                return;
            }
            idle.await;
        }
    }

    pub fn hand_in_batch(&self, updates: Vec<Update>, more: bool) {
        self.put(updates, more);
        self.news.notify_waiters();
    }

    fn put(&self, updates: Vec<Update>, more: bool) {
        let mut state = self.state.lock().unwrap();
        let number = state.polls + state.new.len() + 1;
        let id = BatchId(format!("batch-{number}"));
        state.new.push_back(Batch {
            id,
            updates,
            cursor: Cursor(format!("cursor-{number}")),
            more,
            remaining: None,
            total: None,
        });
    }

    pub fn hand_in_old(&self, updates: Vec<Update>, remaining: u64) {
        self.hand_in_old_of(updates, remaining, remaining + 1);
    }

    /// Older ones with how many are left then, of how many.
    pub fn hand_in_old_of(&self, updates: Vec<Update>, remaining: u64, total: u64) {
        let mut state = self.state.lock().unwrap();
        state.handed_old += 1;
        let number = state.handed_old;
        let more = true;
        let cursor = Cursor(format!("old-{number}"));
        state.old.push_back(Batch {
            id: BatchId(format!("old-{number}")),
            updates,
            cursor,
            more,
            remaining: Some(remaining),
            total: Some(total),
        });
        drop(state);
        self.older.notify_waiters();
    }

    /// While it is held, having nothing older to hand in is not the end: whoever asks waits for the next batch.
    pub fn hold_old(&self, held: bool) {
        self.state.lock().unwrap().old_is_held = held;
        self.older.notify_waiters();
    }

    pub fn fail_send(&self, fault: Fault) {
        self.state.lock().unwrap().faults.push_back(fault);
    }

    pub fn fail_poll(&self, kind: ErrorKind) {
        self.state.lock().unwrap().poll_faults.push_back(kind);
    }

    pub fn fail_copy(&self) {
        self.state.lock().unwrap().copy_faults += 1;
    }

    pub fn sent(&self) -> Vec<Outgoing> {
        self.state.lock().unwrap().sent.clone()
    }

    pub fn attempts(&self) -> usize {
        self.state.lock().unwrap().attempts
    }

    pub fn copies(&self) -> usize {
        self.state.lock().unwrap().copies
    }

    pub fn acknowledged(&self) -> Vec<String> {
        self.state.lock().unwrap().acknowledged.clone()
    }

    pub fn flags(&self) -> Vec<(RemoteId, Flags)> {
        self.state.lock().unwrap().flags.clone()
    }

    /// The next `times` look-ups find no connection.
    pub fn fail_look_up(&self, times: usize) {
        self.state.lock().unwrap().look_up_faults = times;
    }

    pub fn fail_flags(&self, kind: ErrorKind, times: usize) {
        self.state.lock().unwrap().flag_faults.extend(std::iter::repeat_n(kind, times));
    }

    /// How often somebody tried to set flags.
    pub fn flag_tries(&self) -> usize {
        self.state.lock().unwrap().flag_tries
    }

    /// It keeps no claims, as a provider without such marks.
    pub fn keep_no_claims(&self) {
        self.state.lock().unwrap().keeps_no_claims = true;
    }

    /// Another computer is first.
    pub fn claim_as(&self, message: &RemoteId, installation: &str) {
        self.state.lock().unwrap().claims.insert(message.clone(), installation.to_owned());
    }

    /// Who has claimed a message.
    pub fn claimed_by(&self, message: &RemoteId) -> Option<String> {
        self.state.lock().unwrap().claims.get(message).cloned()
    }

    /// The next claim fails like this.
    pub fn fail_claim(&self, kind: ErrorKind) {
        self.state.lock().unwrap().claim_faults.push_back(kind);
    }

    pub fn keep_part(&self, part: &str, bytes: &[u8]) {
        self.state.lock().unwrap().parts.insert(part.to_owned(), bytes.to_vec());
    }

    /// Waits until the provider saw at least so many attempts.
    pub async fn wait_attempts(&self, count: usize) {
        loop {
            let seen = self.attempted.notified();
            if self.attempts() >= count {
                return;
            }
            seen.await;
        }
    }

    /// A kind that talks to this provider.
    pub fn spec(
        &self,
        kind: &str,
        medium: &str,
        address_kind: AddressKind,
        capabilities: Capabilities,
    ) -> Spec {
        let provider = self.clone();
        Spec {
            kind: ChannelKind::new(kind),
            name: format!("Fake {kind}"),
            medium: Medium::new(medium),
            address_kind,
            fields: vec![
                Field {
                    key: "own".into(),
                    label: "Own address".into(),
                    kind: FieldKind::Text,
                    secret: false,
                    required: true,
                    default: None,
                },
                Field {
                    key: "password".into(),
                    label: "Password".into(),
                    kind: FieldKind::Text,
                    secret: true,
                    required: true,
                    default: None,
                },
            ],
            capabilities,
            own_address: |settings: &AccountSettings| Address::parse(settings.get("own")?, "DE").ok(),
            open: Arc::new(move |settings| {
                let right = settings.secrets.get("password").is_some_and(|p| p != "wrong");
                Ok(Arc::new(FakeChannel { provider: provider.clone(), right }) as Arc<dyn Channel>)
            }),
            find_settings: None,
        }
    }
}

struct FakeChannel {
    provider: Provider,
    right: bool,
}

#[async_trait]
impl Channel for FakeChannel {
    async fn check(&self) -> Result<()> {
        if self.right { Ok(()) } else { Err(Error::new(ErrorKind::Auth, "the login was refused")) }
    }

    async fn poll(&self, cursor: Cursor) -> Result<Batch> {
        self.check().await?;
        let mut state = self.provider.state.lock().unwrap();
        if state.unplugged {
            return Err(Error::new(ErrorKind::Network, "no connection"));
        }
        if let Some(kind) = state.poll_faults.pop_front() {
            return Err(Error::new(kind, "told to fail"));
        }
        // As a provider that forgets nothing: a batch stays until it is acknowledged.
        let batch = state.new.front().cloned();
        state.polls += 1;
        Ok(batch.unwrap_or(Batch { cursor, ..Batch::default() }))
    }

    async fn backfill(&self, cursor: Cursor) -> Result<Batch> {
        loop {
            let more = self.provider.older.notified();
            {
                let state = self.provider.state.lock().unwrap();
                if let Some(batch) = state.old.front() {
                    return Ok(batch.clone());
                }
                if !state.old_is_held {
                    return Ok(Batch { cursor, remaining: Some(0), ..Batch::default() });
                }
            }
            more.await;
        }
    }

    async fn acknowledge(&self, batch: &BatchId) -> Result<()> {
        let mut state = self.provider.state.lock().unwrap();
        if state.new.front().is_some_and(|first| first.id == *batch) {
            state.new.pop_front();
        }
        if state.old.front().is_some_and(|first| first.id == *batch) {
            state.old.pop_front();
        }
        if !batch.0.is_empty() {
            state.acknowledged.push(batch.0.clone());
        }
        Ok(())
    }

    async fn wait(&self, interval: Duration) {
        let news = self.provider.news.notified();
        {
            let mut state = self.provider.state.lock().unwrap();
            if !state.new.is_empty() {
                return;
            }
            state.waiting += 1;
        }
        self.provider.attempted.notify_waiters();
        let _ = tokio::time::timeout(interval, news).await;
    }

    fn compose(&self, message: &Outgoing) -> Result<Option<Vec<u8>>> {
        Ok(Some(format!("{}\n{}", message.reference.0, message.text).into_bytes()))
    }

    async fn send(&self, message: &Outgoing, marker: &dyn Marker) -> Result<RemoteId> {
        let fault = {
            let mut state = self.provider.state.lock().unwrap();
            state.attempts += 1;
            if state.unplugged { Some(Fault::Offline) } else { state.faults.pop_front() }
        };
        let attempted = || self.provider.attempted.notify_waiters();
        match fault {
            Some(Fault::Offline) => {
                attempted();
                return Err(Error::new(ErrorKind::Network, "no connection"));
            }
            Some(Fault::BadLogin) => {
                attempted();
                return Err(Error::new(ErrorKind::Auth, "the login was refused"));
            }
            Some(Fault::HangBefore) => {
                attempted();
                return std::future::pending().await;
            }
            _ => {}
        }
        marker.passed().await?;
        if matches!(fault, None | Some(Fault::Lost | Fault::HangAfter { taken: true })) {
            let mut state = self.provider.state.lock().unwrap();
            let id = RemoteId(format!("sent-{}", state.sent.len() + 1));
            state.sent.push(message.clone());
            state.taken.insert(message.reference.0.clone(), id);
        }
        attempted();
        match fault {
            Some(Fault::Refused) => Err(Error::new(ErrorKind::Rejected, "the mailbox does not exist")),
            Some(Fault::Ambiguous | Fault::Lost) => {
                Err(Error::new(ErrorKind::Network, "it broke off").ambiguous())
            }
            Some(Fault::HangAfter { .. }) => std::future::pending().await,
            _ => {
                let state = self.provider.state.lock().unwrap();
                Ok(state.taken.get(&message.reference.0).cloned().expect("it was taken"))
            }
        }
    }

    async fn after_send(&self, _message: &Outgoing) -> Result<()> {
        let mut state = self.provider.state.lock().unwrap();
        if state.copy_faults > 0 {
            state.copy_faults -= 1;
            return Err(Error::new(ErrorKind::Network, "no connection"));
        }
        state.copies += 1;
        Ok(())
    }

    async fn look_up(&self, reference: &ClientReference) -> Result<Option<RemoteId>> {
        let mut state = self.provider.state.lock().unwrap();
        if state.look_up_faults > 0 {
            state.look_up_faults -= 1;
            return Err(Error::new(ErrorKind::Network, "no connection"));
        }
        Ok(state.taken.get(&reference.0).cloned())
    }

    async fn fetch_part(&self, part: &PartRef) -> Result<bytes::Bytes> {
        let state = self.provider.state.lock().unwrap();
        let bytes =
            state.parts.get(&part.0).ok_or_else(|| Error::new(ErrorKind::Rejected, "no such part"))?;
        Ok(bytes.clone().into())
    }

    async fn set_flags(&self, message: &RemoteId, flags: Flags) -> Result<()> {
        let mut state = self.provider.state.lock().unwrap();
        state.flag_tries += 1;
        if let Some(kind) = state.flag_faults.pop_front() {
            return Err(Error::new(kind, "told to fail"));
        }
        state.flags.push((message.clone(), flags));
        Ok(())
    }

    async fn claim(&self, message: &RemoteId, installation: &str) -> Result<Claim> {
        let mut state = self.provider.state.lock().unwrap();
        if state.unplugged {
            return Err(Error::new(ErrorKind::Network, "no connection"));
        }
        if let Some(kind) = state.claim_faults.pop_front() {
            return Err(Error::new(kind, "told to fail"));
        }
        if state.keeps_no_claims {
            return Ok(Claim::NotOffered);
        }
        let holder = state.claims.entry(message.clone()).or_insert_with(|| installation.to_owned());
        Ok(if holder == installation { Claim::Won } else { Claim::Lost })
    }
}

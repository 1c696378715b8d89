//! What the api and the loops of one opened profile have in common: the store, the ports, the events and the nudges.
//!
//! The store blocks, so every call goes through [`Shared::read`], [`Shared::write`] or [`Shared::write_durable`],
//! which run it off the async threads. Not here: what is asked or written.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use theke_channels::Clock;
use theke_channels::registry::Registry;
use theke_domain::ids::AccountId;
use theke_domain::time::Timestamp;
use theke_store::cache::Cache;
use theke_store::erased::Erased;
use theke_store::header::Header;
use theke_store::profile::Folder;
use theke_store::{Connection, Store, Transaction};
use tokio::sync::{Notify, broadcast};

use crate::api::types::Event;
use crate::api::{ApiError, ApiResult, Code, Ports, Rehearsals};
use crate::automation::Shelf;
use crate::fetching::Paces;
use crate::lines::Lines;
use crate::network::Network;
use crate::unlock::Opened;
use crate::{failure, settings, unlock};

/// The cache of fetched parts; the least used go first.
const CACHE_MAX_BYTES: u64 = 500 * 1024 * 1024;
/// Events kept for a slow listener; one that lags fetches everything again.
const EVENTS_KEPT: usize = 4096;

/// One opened profile.
pub struct Shared {
    /// Its folder.
    pub dir: PathBuf,
    /// Its database.
    pub store: Store,
    /// Larger parts that were fetched.
    pub cache: Cache,
    /// Who was erased.
    pub erased: Arc<Erased>,
    /// Clock and keychain.
    pub ports: Ports,
    /// The channel kinds it knows.
    pub registry: Arc<Registry>,
    /// Open channels by account.
    pub lines: Lines,
    /// Something was queued or a send may go on.
    pub outbox_nudge: Notify,
    /// Accounts were added, changed or are to be tried at once.
    pub accounts_nudge: Notify,
    /// Messages wait for automation.
    pub automation_nudge: Notify,
    /// The rules that are on.
    pub rules: Shelf,
    /// Rules that are run over past messages.
    pub rehearsals: Rehearsals,
    /// Messages wait to be made searchable.
    pub index_nudge: Notify,
    /// Accounts by which nothing can be sent until a person changes something, although they may receive. A poll
    /// that works does not make them healthy again.
    cannot_send: Mutex<HashSet<AccountId>>,
    /// How fast first syncs go.
    pub paces: Paces,
    /// What the system says of the network.
    pub network: Network,
    /// Its key slots as they were last seen.
    header: Mutex<Header>,
    /// Held while the key slots are changed.
    pub header_change: tokio::sync::Mutex<()>,
    /// The report that was shown last; what is saved is what was seen.
    pub report: Mutex<String>,
    /// Held while a backup is unpacked, to be checked or gone back to: where that is done there is room for one.
    pub unpacking: Arc<tokio::sync::Mutex<()>>,
    /// Held while something that a person typed is checked.
    pub secret_turn: tokio::sync::Mutex<()>,
    events: broadcast::Sender<Event>,
}

impl Shared {
    /// Around an opened store.
    pub fn new(opened: Opened, ports: Ports, registry: Registry) -> ApiResult<Self> {
        let cache = Cache::open(&opened.folder.cache(), &opened.key, CACHE_MAX_BYTES)?;
        let erased = Erased::open(&opened.folder.erased(), &opened.key)?;
        opened.store.read(|conn| erased.learn(conn))?;
        let clock = ports.clock.clone();
        Ok(Self {
            dir: opened.folder.dir().to_owned(),
            store: opened.store,
            cache,
            erased: Arc::new(erased),
            ports,
            registry: Arc::new(registry),
            lines: Lines::new(Clock::new(move || clock.now())),
            outbox_nudge: Notify::new(),
            accounts_nudge: Notify::new(),
            automation_nudge: Notify::new(),
            rules: Shelf::default(),
            rehearsals: Rehearsals::default(),
            index_nudge: Notify::new(),
            cannot_send: Mutex::default(),
            paces: Paces::default(),
            network: Network::default(),
            header: Mutex::new(opened.header),
            header_change: tokio::sync::Mutex::default(),
            report: Mutex::default(),
            unpacking: Arc::default(),
            secret_turn: tokio::sync::Mutex::default(),
            events: broadcast::channel(EVENTS_KEPT).0,
        })
    }

    /// The clock's time.
    pub fn now(&self) -> Timestamp {
        self.ports.clock.now()
    }

    /// Its key slots as they are now; backups carry them. Reads the file, because `thekectl` may have changed it.
    pub fn header(&self) -> Header {
        let mut known = self.header.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Header::now(&Folder::new(&self.dir), &known);
        known.clone()
    }

    /// Notes whether an account can send; says whether that is new.
    pub fn set_can_send(&self, account: AccountId, can: bool) -> bool {
        let mut cannot = self.cannot_send.lock().unwrap_or_else(PoisonError::into_inner);
        if can { cannot.remove(&account) } else { cannot.insert(account) }
    }

    /// Whether an account can send, as far as was tried.
    pub fn can_send(&self, account: AccountId) -> bool {
        !self.cannot_send.lock().unwrap_or_else(PoisonError::into_inner).contains(&account)
    }

    /// Tells every listener. Nobody listening is fine.
    pub fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Notes damage that a question came upon, so that the next start looks at every page and heals.
    pub fn watch<T>(&self, answer: ApiResult<T>) -> ApiResult<T> {
        if answer.as_ref().is_err_and(|error| error.code == Code::Damaged) {
            self.note_damage();
        }
        answer
    }

    /// Lets the next start look at every page. A disk that refuses even this has told its trouble already.
    pub fn note_damage(&self) {
        if let Err(error) = std::fs::write(unlock::damage_mark(&self.dir), b"") {
            tracing::warn!(%error, "the mark of a damaged database could not be written");
        }
    }

    /// The shop's country.
    pub async fn country(&self) -> ApiResult<String> {
        self.read(|conn| settings::text(conn, settings::SHOP_COUNTRY)).await
    }

    /// Asks the store.
    pub async fn read<T: Send + 'static, E: Into<ApiError> + From<theke_store::Error> + Send + 'static>(
        &self,
        ask: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> ApiResult<T> {
        let store = self.store.clone();
        self.watch(off_thread(move || store.try_read(ask)).await)
    }

    /// Changes the store in one transaction.
    pub async fn write<T: Send + 'static, E: Into<ApiError> + From<theke_store::Error> + Send + 'static>(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> ApiResult<T> {
        let store = self.store.clone();
        self.watch(off_thread(move || store.try_write(change)).await)
    }

    /// [`Self::write_durable`] in which the database does not look for rows that name those which are deleted.
    pub async fn write_unlinked<
        T: Send + 'static,
        E: Into<ApiError> + From<theke_store::Error> + Send + 'static,
    >(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> ApiResult<T> {
        let store = self.store.clone();
        self.watch(off_thread(move || store.try_write_unlinked(change)).await)
    }

    /// Changes the store in one transaction that has reached the disk when this returns.
    pub async fn write_durable<
        T: Send + 'static,
        E: Into<ApiError> + From<theke_store::Error> + Send + 'static,
    >(
        &self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, E> + Send + 'static,
    ) -> ApiResult<T> {
        let store = self.store.clone();
        self.watch(off_thread(move || store.try_write_durable(change)).await)
    }
}

/// Runs blocking work where it may block.
pub async fn off_thread<T: Send + 'static, E: Into<ApiError> + Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
) -> ApiResult<T> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result.map_err(Into::into),
        Err(error) => Err(failure::internal("work off the thread", error)),
    }
}

impl Shared {
    /// The open channel of an account.
    pub async fn line(
        self: &Arc<Self>,
        account: theke_domain::ids::AccountId,
    ) -> ApiResult<crate::lines::Line> {
        let shared = self.clone();
        off_thread(move || shared.lines.get(&shared.dir, &shared.store, &shared.registry, account)).await
    }
}

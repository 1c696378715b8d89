//! All that a shell may ask. One method per question or action; the window's commands and the command line are
//! one-line adapters over it. Every value that leaves here is in [`types`]; every refusal is an [`ApiError`].
//!
//! An [`Api`] needs no lock: many processes may hold one beside a running engine. Only [`Api::start_engine`],
//! [`Api::sync_once`] and [`restore`] take the lock of the profile.
//!
//! Not here: rules about channels. They are `theke_domain::routing`, called from here and from the loops.

mod accounts;
mod address_book;
pub(crate) mod articles;
mod automation;
mod backups;
mod blocking;
mod card;
mod changes;
mod composing;
mod contacts;
mod conversations;
mod decisions;
mod diagnostics;
mod doctor;
mod duplicates;
pub mod error;
mod goodwill;
mod here;
mod hours;
mod intents;
mod kinds;
mod lock;
mod merging;
mod messages;
mod network;
mod notes;
mod outbox;
mod overall;
mod packs;
mod pictures;
mod place;
mod practice;
mod preview;
mod privacy;
mod profile;
mod proposals;
mod protection;
mod rehearsals;
pub(crate) mod replies;
mod reshaping;
mod rules;
mod search;
mod security;
mod sending;
mod shop_fields;
mod spoken;
mod standalone;
mod tasks;
pub mod types;
mod undo;
pub(crate) mod view;
mod wishes;

use std::path::Path;
use std::sync::{Arc, Mutex};

use tokio::sync::broadcast;

pub use backups::{RestoreFrom, RestoreStep};
pub use duplicates::match_report;
pub use error::{ApiError, ApiResult, Code};
pub use hours::states;
pub use intents::{IntentReading, intent_reading};
pub use kinds::{find_settings, kinds};
pub use profile::Profile;
pub(crate) use rehearsals::Rehearsals;
pub use rules::rule_test;
pub use standalone::{address_report, inspect, restore, restore_with, segments};
pub use theke_channels::registry::Registry;
pub use wishes::wish_reading;

pub use crate::engine::EngineGuard;
use crate::ports::{Clock, Keychain};
use crate::shared::{Shared, off_thread};
use crate::{engine, unlock};
use types::{Event, SyncResult};

/// What a shell brings.
#[derive(Clone)]
pub struct Ports {
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The keychain.
    pub keychain: Arc<dyn Keychain>,
}

/// What opens the profile.
#[derive(Clone)]
pub enum KeySource {
    /// The keychain. Answers `KeychainLocked` or `KeyNeeded` where that is not enough.
    Auto,
    /// The passphrase.
    Passphrase(String),
    /// The recovery code, with or without its groups.
    RecoveryCode(String),
    /// The key itself, of a profile that this program had open a moment ago.
    Known(theke_store::Key),
}

impl std::fmt::Debug for KeySource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeySource(…)")
    }
}

/// One opened profile. Cheap to clone; the clones are the same profile.
#[derive(Clone)]
pub struct Api {
    shared: Arc<Shared>,
    /// Ends the search that runs when the next one begins.
    searching: Arc<Mutex<theke_store::Cancel>>,
}

impl Api {
    /// Opens the profile in `dir`. Takes no lock. A damaged database is healed from the newest good backup
    /// (then automation is off and unfinished sends are in doubt). Never makes a database.
    ///
    /// # Errors
    /// `NoProfile`, `ProfileIncomplete`, `KeychainLocked`, `KeyNeeded`, `WrongKey`, `Damaged`, `TooNew`, `DiskFull`.
    pub async fn open(dir: &Path, key: KeySource, ports: Ports, registry: Registry) -> ApiResult<Self> {
        let opened = unlock::open(dir, key, &ports).await?;
        if opened.healed {
            tracing::warn!("the database was damaged and came back from a backup");
        }
        let shared = off_thread(move || Shared::new(opened, ports, registry)).await?;
        Ok(Self { shared: Arc::new(shared), searching: Arc::default() })
    }

    /// Takes the profile's lock and starts the pollers, the outbox and what runs in the background.
    ///
    /// # Errors
    /// `InUse` if another engine holds the profile.
    pub async fn start_engine(&self) -> ApiResult<EngineGuard> {
        engine::start(self.shared.clone()).await
    }

    /// Takes the lock, runs every account (or this one) to its end, sends what is due, frees the lock.
    /// Trouble with one account stands in its line and stops no other.
    ///
    /// # Errors
    /// `InUse`; `NotFound` for an unknown account.
    pub async fn sync_once(&self, account: Option<i64>) -> ApiResult<SyncResult> {
        engine::sync_once(self.shared.clone(), account).await
    }

    /// What happens from now on, ids only. A receiver that lags misses events: fetch again on `Lagged`.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.shared.listen()
    }
}

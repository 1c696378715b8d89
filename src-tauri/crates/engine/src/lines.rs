//! Open channels by account, shared by poller, outbox and api, so that one account has one set of connections.
//!
//! A channel is opened when it is first needed and again when the account's settings differ from those it was
//! opened with; dropping the old one ends its connections. Opening connects to nothing.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use theke_channels::registry::Registry;
use theke_channels::{AccountSettings, Channel, Clock, Spec};
use theke_domain::ids::AccountId;
use theke_store::Store;
use theke_store::table::accounts::{self, Account};

use crate::api::{ApiError, ApiResult, Code};
use crate::{failure, settings};

/// A channel with what it was opened by.
#[derive(Clone)]
pub struct Line {
    /// The live channel.
    pub channel: Arc<dyn Channel>,
    /// Its kind.
    pub spec: Spec,
    /// The account as it was when it was opened.
    pub account: Account,
    /// The channel was told which sent messages await a report.
    pub tracked: Arc<AtomicBool>,
    secrets: std::collections::BTreeMap<String, String>,
    country: String,
}

/// The open channels.
pub struct Lines {
    /// The time that they go by.
    pub clock: Clock,
    open: Mutex<HashMap<AccountId, Line>>,
}

impl Lines {
    /// None yet.
    pub fn new(clock: Clock) -> Self {
        Self { clock, open: Mutex::default() }
    }

    /// The channel of an account, opened if need be. Blocks on the store.
    pub fn get(&self, dir: &Path, store: &Store, registry: &Registry, id: AccountId) -> ApiResult<Line> {
        let (account, secrets, country) = store.read(|conn| {
            let account = accounts::get(conn, id)?.filter(|a| a.removed_at.is_none());
            let account = account.ok_or(theke_store::Error::NotFound)?;
            Ok((account, accounts::secrets(conn, id)?, settings::text(conn, settings::SHOP_COUNTRY)?))
        })?;
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(line) = open.get_mut(&id)
            && line.account.settings == account.settings
            && line.secrets == secrets
            && line.country == country
        {
            line.account = account;
            return Ok(line.clone());
        }
        let spec = spec_of(registry, account.kind.as_str())?;
        let settings = account_settings(dir, Some(id), &account.settings, &secrets, &country, &self.clock);
        let opened = (spec.open)(settings);
        let channel = opened.map_err(|error| failure::of_channel(&error))?;
        let tracked = Arc::new(AtomicBool::new(false));
        let line = Line { channel, spec, account, tracked, secrets, country };
        open.insert(id, line.clone());
        Ok(line)
    }

    /// Ends the connections of an account.
    pub fn close(&self, id: AccountId) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    /// Ends all connections.
    pub fn close_all(&self) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}

/// The kind of this slug, or why there is none.
pub fn spec_of(registry: &Registry, kind: &str) -> ApiResult<Spec> {
    let slug = theke_domain::medium::ChannelKind::new(kind);
    if let Some(spec) = registry.get(&slug) {
        return Ok(spec.clone());
    }
    if !registry.broken.is_empty() {
        // A file that cannot be read does not say which kind it would have been.
        let broken = registry.broken.join("; ");
        return Err(ApiError::new(
            Code::Definition,
            format!("There is no definition of {kind} that can be used: {broken}. Correct the file."),
        )
        .with("kind", kind)
        .with("problem", broken));
    }
    let known: Vec<_> = registry.specs().iter().map(|spec| spec.kind.as_str()).collect();
    Err(ApiError::new(
        Code::BadInput,
        format!("There is no channel kind {kind}. There are: {}.", known.join(", ")),
    )
    .with("field", "kind"))
}

/// What a channel is opened with. `scratch` is a folder of the account's own; one that is only tried shares one.
pub fn account_settings(
    dir: &Path,
    id: Option<AccountId>,
    values: &std::collections::BTreeMap<String, String>,
    secrets: &std::collections::BTreeMap<String, String>,
    country: &str,
    clock: &Clock,
) -> AccountSettings {
    let folder = id.map_or_else(|| "check".to_owned(), |id| id.to_string());
    AccountSettings {
        values: values.clone(),
        secrets: secrets.clone(),
        country: country.to_owned(),
        scratch: dir.join("scratch").join(folder),
        clock: clock.clone(),
    }
}

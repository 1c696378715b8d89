//! A channel kind described as data.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use serde::Serialize;
use theke_domain::capability::{AddressKind, Capabilities};
use theke_domain::medium::{ChannelKind, Medium};

use crate::channel::Channel;
use crate::clock::Clock;
use crate::error::{Error, ErrorKind, Result};

/// How a field of the settings form is drawn and checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum FieldKind {
    /// A line of text.
    Text,
    /// An e-mail address.
    Email,
    /// A host name.
    Host,
    /// A TCP port.
    Port,
    /// A telephone number.
    Phone,
    /// A web address.
    Url,
    /// A file on this computer.
    File,
    /// One of these words.
    Choice {
        /// The words that are stored, in their order.
        options: Vec<String>,
        /// The one that suits most shops: first run proposes it. A form begins with the field's `default`.
        proposed: Option<String>,
    },
}

/// One field of the settings form. Labels are looked up in the translations by `key`; `label` is the English
/// fallback for kinds that a connector file brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// The key under which the value is stored.
    pub key: String,
    /// English label.
    pub label: String,
    /// How it is drawn.
    pub kind: FieldKind,
    /// A password or token: write-only, never shown again.
    pub secret: bool,
    /// Must be filled in.
    pub required: bool,
    /// Filled in from the start.
    pub default: Option<String>,
}

/// The values of one account's fields.
#[derive(Clone, Default)]
pub struct AccountSettings {
    /// Plain fields by key.
    pub values: BTreeMap<String, String>,
    /// Secret fields by key. Never logged: see the `Debug` of this type.
    pub secrets: BTreeMap<String, String>,
    /// The shop's country, ISO 3166-1 alpha-2 upper case, for national numbers.
    pub country: String,
    /// A folder of this account's own for spooling large literals; emptied by the engine at start.
    pub scratch: PathBuf,
    /// The time it goes by.
    pub clock: Clock,
}

impl std::fmt::Debug for AccountSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AccountSettings").field("keys", &self.values.keys()).finish_non_exhaustive()
    }
}

impl AccountSettings {
    /// A value that may be missing; blank counts as missing.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(|v| v.trim()).filter(|v| !v.is_empty())
    }

    /// A value that must be there.
    pub fn require(&self, key: &str) -> Result<&str> {
        self.get(key).ok_or_else(|| Error::new(ErrorKind::Config, format!("the field {key} is empty")))
    }

    /// A secret that must be there.
    pub fn secret(&self, key: &str) -> Result<&str> {
        self.secrets
            .get(key)
            .map(String::as_str)
            .filter(|v| !v.is_empty())
            .ok_or_else(|| Error::new(ErrorKind::Config, format!("the field {key} is empty")))
    }
}

/// Opens a channel. Connects to nothing yet.
pub type Open = Arc<dyn Fn(AccountSettings) -> Result<Arc<dyn Channel>> + Send + Sync>;

/// By which way settings were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A table that came with the program; nobody was asked.
    Table,
    /// A configuration file of the address's domain, fetched by https.
    Autoconfig,
    /// Service records of the domain: nobody proved them.
    Srv,
    /// The name of the domain's mail server, which is in our table.
    Mx,
    /// Nothing was found.
    None,
}

/// What came of one way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Something that can be used.
    Found,
    /// An answer, and nothing in it.
    Nothing,
    /// No answer.
    Unreachable,
}

/// One way that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// Which way.
    pub source: Source,
    /// Where: a domain, a host or a web address.
    pub place: String,
    /// What came of it.
    pub outcome: Outcome,
}

/// Settings found from an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// By which way.
    pub source: Source,
    /// The provider's name for people; '' if nothing was found.
    pub provider: String,
    /// Values of the kind's fields by key; those that are not known are missing.
    pub values: BTreeMap<String, String>,
    /// Words for which the window has sentences: what to do at the provider first. Each kind lists its own.
    pub help: Vec<String>,
    /// Every way that was tried, in their order.
    pub tried: Vec<Tried>,
}

/// Looks for the settings of an account by its address. The second argument allows it to ask the network; without it
/// nothing is contacted.
pub type FindSettings =
    Arc<dyn Fn(String, bool) -> Pin<Box<dyn Future<Output = Result<Found>> + Send>> + Send + Sync>;

/// A channel kind.
#[derive(Clone)]
pub struct Spec {
    /// Its slug.
    pub kind: ChannelKind,
    /// Its name for people; a product name, not translated.
    pub name: String,
    /// What a customer would call it.
    pub medium: Medium,
    /// Which addresses it reaches.
    pub address_kind: AddressKind,
    /// The settings form.
    pub fields: Vec<Field>,
    /// What it can do.
    pub capabilities: Capabilities,
    /// The account's own address, computed from its settings, so that mail to ourselves is known as ours.
    pub own_address: fn(&AccountSettings) -> Option<theke_domain::address::Address>,
    /// Opens it.
    pub open: Open,
    /// Finds settings from an address, where a kind has that.
    pub find_settings: Option<FindSettings>,
}

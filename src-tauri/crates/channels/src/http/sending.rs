//! The part of a connector file that says how a message is sent, followed and looked for.

use std::collections::BTreeMap;

use serde::Deserialize;
use theke_domain::message::Delivery;

use super::definition::Request;
use super::listing::{Equals, Page};
use super::pointer::Pointer;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Send {
    pub(super) request: Request,
    /// What else must hold besides a 2xx for the message to count as taken.
    #[serde(default)]
    pub(super) ok: Vec<Equals>,
    /// The provider's id of the message; without it our own reference is its id.
    pub(super) id: Option<Pointer>,
    /// The reason for a refusal inside a 200.
    pub(super) item_error: Option<Pointer>,
    /// The longest text.
    pub(super) max_chars: Option<u32>,
    /// Longest reference that the provider takes.
    #[serde(default = "reference_chars")]
    pub(super) reference_max_chars: usize,
    /// HTTP statuses that say: a message with this reference is already there.
    #[serde(default)]
    pub(super) known_http: Vec<u16>,
}

fn reference_chars() -> usize {
    36
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Status {
    pub(super) request: Request,
    /// With `id`: a listing of sent messages. Without: one request for each message, by `{{id}}`.
    pub(super) records: Option<Pointer>,
    pub(super) id: Option<Pointer>,
    #[serde(default)]
    pub(super) page: Page,
    pub(super) state: Pointer,
    pub(super) reason: Option<Pointer>,
    /// The provider's words.
    pub(super) map: BTreeMap<String, State>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum State {
    /// Taken and still with the provider.
    Queued,
    Sent,
    Delivered,
    Read,
    Failed,
}

impl State {
    pub(super) fn delivery(self) -> Delivery {
        match self {
            // What the provider queues has left us.
            Self::Queued | Self::Sent => Delivery::Sent,
            Self::Delivered => Delivery::Delivered,
            Self::Read => Delivery::Read,
            Self::Failed => Delivery::Failed,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LookUp {
    pub(super) request: Request,
    /// With `reference`: a listing of sent messages. Without: one message, by `{{msg.reference}}`.
    pub(super) records: Option<Pointer>,
    pub(super) reference: Option<Pointer>,
    #[serde(default)]
    pub(super) page: Page,
    pub(super) id: Pointer,
    /// HTTP statuses that say: there is none.
    #[serde(default)]
    pub(super) none_http: Vec<u16>,
}

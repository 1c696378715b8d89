//! The part of a connector file that says how messages are listed: request, paging, position, and which pointer
//! leads to which field.

use serde::Deserialize;

use super::definition::Request;
use super::pointer::Pointer;
use super::value::Scalar;
use super::when::{Format, Zone};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Inbound {
    pub(super) request: Request,
    /// The list within the answer.
    #[serde(default)]
    pub(super) records: Pointer,
    #[serde(default)]
    pub(super) order: Order,
    #[serde(default)]
    pub(super) page: Page,
    #[serde(default)]
    pub(super) since: Since,
    /// Only records of which all of these hold.
    #[serde(default)]
    pub(super) keep: Vec<Equals>,
    pub(super) map: Map,
    /// What tells records apart where `map.id` alone does not.
    #[serde(default)]
    pub(super) id_parts: Vec<Pointer>,
    /// Listing a message removes it at the provider.
    #[serde(default)]
    pub(super) destructive: bool,
    /// Sent for each message once it is stored.
    pub(super) ack: Option<Request>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order {
    /// A page on which everything is known ends the listing.
    Newest,
    Oldest,
    /// Every listing goes to its end.
    #[default]
    Unknown,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub(super) enum Page {
    /// One answer holds all.
    #[default]
    None,
    /// The answer names the next one.
    NextUrl { ptr: Pointer },
    /// Numbered pages.
    #[serde(rename = "page")]
    Numbered {
        param: String,
        #[serde(default = "one")]
        start: u32,
        last: Option<Pointer>,
    },
    /// Skipping records.
    Offset {
        param: String,
        limit_param: String,
        limit: u32,
        total: Option<Pointer>,
        total_header: Option<String>,
    },
}

fn one() -> u32 {
    1
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub(super) enum Since {
    /// The listing cannot be narrowed.
    #[default]
    None,
    /// From a time on.
    Time {
        param: Option<String>,
        #[serde(default)]
        format: Format,
        #[serde(default)]
        zone: Zone,
        /// How far before the newest known message to ask again, in seconds.
        lookback_s: u32,
    },
    /// From an id on.
    Id { param: Option<String> },
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Equals {
    pub(super) ptr: Pointer,
    /// Compared as text.
    pub(super) equals: Scalar,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Map {
    pub(super) id: Pointer,
    pub(super) from: Pointer,
    pub(super) to: Option<Pointer>,
    pub(super) text: Pointer,
    pub(super) time: TimeMap,
    pub(super) name: Option<Pointer>,
    /// The provider's id of our message that this one answers.
    pub(super) in_reply_to: Option<Pointer>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TimeMap {
    pub(super) ptr: Pointer,
    #[serde(default)]
    pub(super) format: Format,
    #[serde(default)]
    pub(super) zone: Zone,
}

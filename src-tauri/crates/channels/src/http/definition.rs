//! What stands in a connector file, as types. Reading is strict: an unknown key is an error, because a misspelt
//! `lookback_s` that is silently ignored loses messages.
//!
//! The model follows what gateways document (listings, paging, a bare number as an error), not any one of them.
//! Not here: checks across fields (`validate`), and doing any of it (`inbound`, `outbound`, `states`).

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use super::listing::Inbound;
use super::pointer::Pointer;
use super::sending::{LookUp, Send, Status};
use super::template::Template;
use super::value::{Node, Scalar};

/// A connector file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Definition {
    /// The kind's slug.
    pub(super) id: Spanned<String>,
    /// Counted up by whoever changes the file; shown with errors.
    pub(super) version: u32,
    /// The name that people see.
    pub(super) label: String,
    /// What a customer would call it.
    pub(super) medium: Spanned<String>,
    /// What sort of address senders and recipients have.
    #[serde(default)]
    pub(super) identity: Identity,
    /// Telephone numbers are listed as 49…, international without a plus.
    #[serde(default)]
    pub(super) numbers_without_plus: bool,
    /// Hosts that may be connected to, by https.
    #[serde(default)]
    pub(super) hosts: Vec<String>,
    /// Addresses of the local network may be connected to, without TLS too.
    #[serde(default)]
    pub(super) lan: bool,
    /// Filled into the field `base_url`.
    pub(super) base_url: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) answers_only: bool,
    #[serde(default)]
    pub(super) is_public: bool,
    #[serde(default)]
    pub(super) sandbox: bool,
    pub(super) reply_window_hours: Option<u32>,
    #[serde(default, rename = "field")]
    pub(super) fields: Vec<FieldDefinition>,
    pub(super) auth: Option<Auth>,
    pub(super) check: Option<Request>,
    pub(super) inbound: Option<Spanned<Inbound>>,
    pub(super) send: Option<Spanned<Send>>,
    pub(super) status: Option<Spanned<Status>>,
    pub(super) look_up: Option<Spanned<LookUp>>,
    #[serde(default, rename = "error")]
    pub(super) errors: Vec<Spanned<ErrorRule>>,
    /// Where an error answer has its reason in words.
    #[serde(default)]
    pub(super) error_text: Vec<Pointer>,
    #[serde(default)]
    pub(super) retry_after: RetryAfter,
    #[serde(default)]
    pub(super) poll: Poll,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Identity {
    /// Telephone numbers, brought to E.164.
    #[default]
    Phone,
    /// E-mail addresses.
    Email,
    /// Names on a network of its own: the connector's id.
    Opaque,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldDefinition {
    pub(super) key: Spanned<String>,
    pub(super) label: String,
    #[serde(default, rename = "type")]
    pub(super) kind: FieldWord,
    #[serde(default)]
    pub(super) secret: bool,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) default: Option<String>,
    #[serde(default)]
    pub(super) options: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum FieldWord {
    #[default]
    Text,
    Email,
    Host,
    Port,
    Phone,
    Url,
    Choice,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub(super) enum Auth {
    Basic { user: Template, password: Template },
    Header { name: String, value: Template },
    Bearer { token: Template },
    Query { name: String, value: Template },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
pub(super) enum Method {
    #[default]
    #[serde(rename = "GET")]
    Get,
    #[serde(rename = "POST")]
    Post,
    #[serde(rename = "PUT")]
    Put,
    #[serde(rename = "PATCH")]
    Patch,
    #[serde(rename = "DELETE")]
    Delete,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Encoding {
    Form,
    #[default]
    Json,
}

/// A request, without what it is for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    #[serde(default)]
    pub(super) method: Method,
    pub(super) path: Template,
    #[serde(default)]
    pub(super) query: BTreeMap<String, Template>,
    #[serde(default)]
    pub(super) encoding: Encoding,
    pub(super) body: Option<Node>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ErrorRule {
    #[serde(default)]
    pub(super) http: Vec<u16>,
    /// The whole body is one of these numbers.
    #[serde(default)]
    pub(super) body_number: Vec<u32>,
    pub(super) ptr: Option<Pointer>,
    pub(super) equals: Option<Scalar>,
    pub(super) class: Class,
    /// What to tell the person, in English.
    pub(super) text: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Class {
    /// The key or password is refused.
    Auth,
    /// Too many requests.
    Rate,
    /// Nothing was done; trying again is harmless.
    Retry,
    /// Refused for good.
    Permanent,
    /// No credit left.
    Funds,
    /// An answer is not allowed any more.
    WindowClosed,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RetryAfter {
    pub(super) header: Option<String>,
    /// Seconds, in the answer.
    pub(super) ptr: Option<Pointer>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Poll {
    /// Not more often than this.
    #[serde(default = "min_s")]
    pub(super) min_s: u32,
    /// Not more rarely than this.
    #[serde(default = "max_s")]
    pub(super) max_s: u32,
    /// Requests in any minute, sends not counted.
    #[serde(default = "budget")]
    pub(super) budget_per_min: u32,
}

fn min_s() -> u32 {
    15
}

fn max_s() -> u32 {
    300
}

fn budget() -> u32 {
    30
}

impl Default for Poll {
    fn default() -> Self {
        Self { min_s: min_s(), max_s: max_s(), budget_per_min: budget() }
    }
}

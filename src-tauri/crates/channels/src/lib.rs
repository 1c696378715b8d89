//! Channels: how Theke talks to mail servers, gateways and networks.
//!
//! One folder per kind and two adjacent lines in [`registry`]; a kind is described as data by its [`Spec`]. A
//! channel keeps nothing that must survive: its position is the opaque [`Cursor`] which the engine stores in the
//! transaction of the messages, so a crash between the two cannot lose or double anything.
//!
//! Not here: contacts, conversations, the store, retries of sends. A channel reports an [`Error`] that says
//! whether to try again, and the engine decides.

pub mod channel;
pub mod clock;
pub mod email;
pub mod error;
pub mod files;
pub mod http;
pub mod pictures;
pub mod practice;
pub mod registry;
pub mod spec;
pub mod telegram;
mod tls;
mod web;

pub use channel::{Batch, BatchId, Channel, Claim, Cursor, DeliveryReport, Marker, NoMarker, Update};
pub use clock::Clock;
pub use email::mime;
pub use error::{Error, ErrorKind, Result, Retry};
pub use spec::{AccountSettings, Field, FieldKind, FindSettings, Found, Open, Outcome, Source, Spec, Tried};

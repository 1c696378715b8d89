//! The engine: what happens between the store and the channels, and the one door for every shell.
//!
//! [`api::Api`] is all that a shell may ask; [`ports`] is what a shell must bring. Inside: `intake` (one write
//! transaction per batch), `poller` (one loop per account), `outbox` (the send loop), `html` (message frames).
//!
//! Not here: SQL (`theke-store`), wire formats (`theke-channels`), sentences for people (the translations).

pub mod api;
pub mod ports;

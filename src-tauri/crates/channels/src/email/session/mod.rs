//! IMAP sessions: connecting, the wire, and the threads that own them.
//!
//! The `imap` crate blocks, so each connection lives on a thread of its own and takes jobs; an async task never waits
//! for a socket. Not here: what is fetched and when (`sync`).

mod client;
mod connect;
pub(crate) mod reply;
mod socket;
mod wire;
pub(crate) mod worker;

pub(crate) use client::{Idled, Imap, Opened, Stored, uid_set};

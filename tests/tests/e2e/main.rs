//! End to end: the real `thekectl` against a real IMAP server, a real SMTP server and stand-ins of the vendors'
//! interfaces, all on loopback. One program of tests, because each further one would link everything again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod at_most_once;
mod automation;
mod away;
mod bad_input;
mod beside;
mod clock;
mod corpora;
mod cyrus;
mod formatted;
mod kill;
mod language;
mod mails;
mod pdf;
mod phases;
mod spine;
mod strange_network;

//! Tests of the store against real files, migrations and keys.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod accounts;
mod attempts;
mod automation;
mod backups;
mod card;
mod changes;
mod child;
mod comparing;
mod contacts;
mod conversations;
mod damage;
mod disk;
mod erasure;
mod header;
mod kept;
mod merging;
mod messages;
mod migrations;
mod narrowed;
mod outbox;
mod plans;
mod pool;
mod power;
mod search;
mod secrecy;
mod shop;
mod small_tables;
mod unmerging;
mod wishes;

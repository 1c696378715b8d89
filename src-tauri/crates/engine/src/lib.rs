//! The engine: what happens between the store and the channels, and the one door for every shell.
//!
//! [`api::Api`] is all that a shell may ask; [`ports`] is what a shell must bring. Inside: `unlock` (opening a
//! profile), `engine` (the running loops), `intake` (one write transaction per batch), `poller` (one loop per
//! account), `reply` and `route` (an answer becomes rows), `outbox` (the send loop), `html` (message frames).
//!
//! Not here: SQL (`theke-store`), wire formats of providers (`theke-channels`), sentences for the screen (the translations).

mod address_book;
pub mod api;
mod archive;
mod automation;
mod backoff;
mod chores;
mod comparer;
mod engine;
mod failure;
mod fetching;
mod file_name;
mod flags;
mod forgetting;
pub mod html;
mod indexer;
mod intake;
mod lines;
mod network;
mod notice;
mod opening;
mod outbox;
mod packs;
mod parts;
pub mod pdf;
mod poller;
pub mod ports;
mod proposing;
mod protection;
mod recipient;
mod reply;
mod retention;
mod route;
mod secrets;
mod settings;
mod shared;
mod spoken;
mod subject;
#[cfg(test)]
mod testing;
mod timeline;
mod unlock;

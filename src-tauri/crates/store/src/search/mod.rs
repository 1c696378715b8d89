//! Full-text search over messages, contacts and notes.
//!
//! Both sides, texts and what is typed, go through `theke_domain::fold`; here is only where the folded text lies.
//! Hits come newest first by walking the index backwards, so that a page costs what it shows; ranking by
//! frequency (bm25) reads every hit and is never used while typing.

pub mod contacts;
pub mod messages;
pub mod narrowed;
pub mod notes;
mod spans;

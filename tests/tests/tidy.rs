//! The invariants of `src-tauri/ARCHITECTURE.md` as tests. Each test is one rule and names file and line of all
//! that breaks it, so that a rule is never a wish.
//!
//! Read from the sources alone: nothing here is linked to the crates that it judges. `source` walks and lexes;
//! the others hold the rules by subject.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

#[path = "tidy/manner.rs"]
mod manner;
#[path = "tidy/names.rs"]
mod names;
#[path = "tidy/shell.rs"]
mod shell;
#[path = "tidy/sizes.rs"]
mod sizes;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/tree.rs"]
mod tree;
#[path = "tidy/ui.rs"]
mod ui;
#[path = "tidy/walls.rs"]
mod walls;

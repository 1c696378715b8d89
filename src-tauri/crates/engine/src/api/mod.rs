//! All that a shell may ask. One method per question or action; the window's commands and the command line are
//! one-line adapters over it. Every value that leaves here is in [`types`]; every refusal is an [`ApiError`].
//!
//! Not here: rules about channels. They are `theke_domain::routing`, called from here and from the loops.

pub mod error;
pub mod types;

pub use error::{ApiError, ApiResult, Code};

//! What the end-to-end tests share.

pub mod authority;
pub mod mailstack;
pub mod program;

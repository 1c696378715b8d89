//! What the end-to-end tests share.

pub mod authority;
pub mod gateway;
pub mod mailstack;
pub mod program;
pub mod telegram;

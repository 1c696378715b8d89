//! What the end-to-end tests share.

pub mod authority;
pub mod cyrus;
pub mod door;
pub mod gateway;
pub mod mailstack;
pub mod portal;
pub mod program;
pub mod smtp;
pub mod telegram;

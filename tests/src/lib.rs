//! What the end-to-end tests share.

pub mod authority;
pub mod cyrus;
pub mod desk;
pub mod door;
pub mod gateway;
pub mod hand;
pub mod mailstack;
pub mod other;
pub mod portal;
pub mod program;
pub mod smtp;
pub mod telegram;
pub mod tray;

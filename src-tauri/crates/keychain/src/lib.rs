//! The operating system's keychain behind `engine::ports`.

//! `thekectl`: the engine's api on the command line, without a window.
fn main() {}

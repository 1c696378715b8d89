//! The two things that are taken for granted: Rust and Node. They are not installed for anybody, because both have
//! installers of their own which people have opinions about; their absence is said, with where to get them.

use anyhow::{Result, bail};

use crate::version_of;

const RUST: (u32, u32) = (1, 90);
const NODE: (u32, u32) = (20, 19);

/// Rust, Node and npm in the versions that the build needs.
pub fn check() -> Result<()> {
    check_rust()?;
    let get_node = "Get it from https://nodejs.org/en/download (version 22 LTS is a good choice; the package of \
                    Debian 12 is too old), then run the same command again.";
    match version_of("node") {
        None => bail!("Node is missing; the window's front end is built with it.\n{get_node}"),
        Some(text) if number_pair(&text).is_none_or(|found| found < NODE) => {
            bail!("Node {} is needed at least, and {text} is installed.\n{get_node}", dotted(NODE))
        }
        Some(_) => {}
    }
    if version_of("npm").is_none() {
        bail!("npm is missing, although Node is there; it is part of Node's own installer.\n{get_node}");
    }
    Ok(())
}

/// Rust alone, for what has no front end.
pub fn check_rust() -> Result<()> {
    let get_rust =
        "Get it from https://rustup.rs, or run `rustup update stable`, then run the same command again.";
    match version_of("rustc") {
        None => bail!("The Rust compiler is missing.\n{get_rust}"),
        Some(text) if number_pair(&text).is_none_or(|found| found < RUST) => {
            bail!("Rust {} is needed at least, and {text} is installed.\n{get_rust}", dotted(RUST))
        }
        Some(_) => Ok(()),
    }
}

fn dotted((major, minor): (u32, u32)) -> String {
    format!("{major}.{minor}")
}

/// The first `major.minor` in a line such as `rustc 1.95.0 (…)` or `v20.19.4`.
fn number_pair(text: &str) -> Option<(u32, u32)> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let mut numbers = text.get(start..)?.split('.');
    let major = numbers.next()?.parse().ok()?;
    let minor = numbers.next()?.parse().ok()?;
    Some((major, minor))
}

#[cfg(test)]
mod tests {
    use super::number_pair;

    #[test]
    fn versions_are_read_as_the_tools_print_them() {
        assert_eq!(number_pair("rustc 1.95.0 (59807616e 2026-04-14)"), Some((1, 95)));
        assert_eq!(number_pair("v20.19.4"), Some((20, 19)));
        assert_eq!(number_pair("v9.0.0").map(|found| found < super::NODE), Some(true));
        assert_eq!(number_pair("nothing"), None);
    }
}

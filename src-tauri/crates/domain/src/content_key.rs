//! A key of a mail's content that survives new ids at the provider: a changed UIDVALIDITY, a move, a copy.
//!
//! Equal for the same mail whether its headers or all of it were fetched; different for two mails that only share
//! their Message-ID.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// Lower-case hex of a SHA-256 over the four values, each with its length so that none runs into the next.
///
/// `message_id`, `date` and `from` as in the header, unfolded, `""` where missing; `header_hash`: hash of those
/// header lines that no later station changes.
pub fn content_key(message_id: &str, date: &str, from: &str, header_hash: &[u8]) -> String {
    let mut hash = Sha256::new();
    for part in [message_id.trim().as_bytes(), date.trim().as_bytes(), from.trim().as_bytes(), header_hash] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _infallible = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_only_for_equal_values() {
        let key = content_key("<a@x>", "Mon", "rosa@kunde.example", b"1");
        assert_eq!(key.len(), 64);
        assert_eq!(key, content_key(" <a@x> ", "Mon", "rosa@kunde.example", b"1"));
        let others = [
            content_key("<b@x>", "Mon", "rosa@kunde.example", b"1"),
            content_key("<a@x>", "Tue", "rosa@kunde.example", b"1"),
            content_key("<a@x>", "Mon", "r@kunde.example", b"1"),
            content_key("<a@x>", "Mon", "rosa@kunde.example", b"2"),
            content_key("<a@x>M", "on", "rosa@kunde.example", b"1"),
        ];
        assert!(others.iter().all(|other| *other != key));
    }
}

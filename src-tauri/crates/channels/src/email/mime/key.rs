//! The content key: by what a mail is known again when the server has given it another id.
//!
//! It must come out equal from a headers-only fetch and from the whole source, so it is made of what both have: a
//! fixed list of headers with white space evened out, the size, and the first bytes of the body. Two different mails
//! with the same Message-ID differ in one of these. The list is part of stored data: it may never change.

use sha2::{Digest, Sha256};
use theke_domain::content_key::content_key;

use super::view::header_end;

/// The headers that count, lower case.
pub const KEY_HEADERS: [&str; 10] =
    ["message-id", "date", "from", "sender", "reply-to", "to", "cc", "subject", "in-reply-to", "references"];
/// How many bytes of the body count; a headers-only fetch asks for as many.
pub const BODY_PREFIX_BYTES: usize = 512;

/// The key of a mail of `size` bytes (with CRLF line ends) with these headers and this beginning of its body.
pub fn of(headers: &[u8], size: u64, body_prefix: &[u8]) -> String {
    let mut hash = Sha256::new();
    for name in KEY_HEADERS {
        for value in values(headers, name) {
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(evened(value));
            hash.update([1]);
        }
    }
    hash.update(size.to_be_bytes());
    hash.update(body_prefix.get(..BODY_PREFIX_BYTES).unwrap_or(body_prefix));
    let first = |name| values(headers, name).next().map(evened).unwrap_or_default();
    let text = |name| String::from_utf8_lossy(&first(name)).into_owned();
    content_key(&text("message-id"), &text("date"), &text("from"), &hash.finalize())
}

/// White space evened out: servers fold lines anew.
fn evened(value: &[u8]) -> Vec<u8> {
    let words: Vec<&[u8]> = value.split(u8::is_ascii_whitespace).filter(|w| !w.is_empty()).collect();
    words.join(&b' ')
}

/// The key of a whole mail; `size` is the server's size, else it is counted as the server would.
pub fn of_source(raw: &[u8], size: Option<u64>) -> String {
    let end = header_end(raw);
    let body = raw.get(end..).unwrap_or_default();
    let bare = bare_line_feeds(raw);
    let size = size.unwrap_or((raw.len() + bare) as u64);
    if bare == 0 {
        return of(raw.get(..end).unwrap_or(raw), size, body);
    }
    let start = body.get(..BODY_PREFIX_BYTES).unwrap_or(body);
    let mut prefix = Vec::with_capacity(2 * BODY_PREFIX_BYTES);
    for (at, &byte) in start.iter().enumerate() {
        if byte == b'\n' && at.checked_sub(1).and_then(|before| start.get(before)) != Some(&b'\r') {
            prefix.push(b'\r');
        }
        prefix.push(byte);
    }
    of(raw.get(..end).unwrap_or(raw), size, &prefix)
}

/// SHA-256 in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0'));
    bytes.iter().flat_map(|b| [digit(b >> 4), digit(b & 15)]).collect()
}

/// The raw values of every header of this name (lower case), folded lines included.
pub fn values<'h>(headers: &'h [u8], name: &'static str) -> impl Iterator<Item = &'h [u8]> {
    let mut rest = headers;
    std::iter::from_fn(move || {
        while !rest.is_empty() {
            let mut end = 0;
            loop {
                let tail = rest.get(end..).unwrap_or_default();
                end += memchr::memchr(b'\n', tail).map_or(tail.len(), |at| at + 1);
                if !matches!(rest.get(end), Some(b' ' | b'\t')) {
                    break;
                }
            }
            let (field, tail) = rest.split_at_checked(end)?;
            rest = tail;
            let Some(colon) = memchr::memchr(b':', field) else { continue };
            let found = field.get(..colon).unwrap_or_default().trim_ascii();
            if found.eq_ignore_ascii_case(name.as_bytes()) {
                return field.get(colon + 1..);
            }
        }
        None
    })
}

fn bare_line_feeds(raw: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', raw).filter(|&at| at == 0 || raw.get(at - 1) != Some(&b'\r')).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "Received: x\r\nFrom: A <a@shop.example>\r\nSubject: long\r\n subject\r\nMessage-ID: <1@x>\r\n\r\nHello\r\n";

    #[test]
    fn headers_only_and_whole_agree() {
        let some = "From: A <a@shop.example>\r\nMessage-ID: <1@x>\r\nSubject: long subject\r\n\r\n";
        let key = of(some.as_bytes(), MAIL.len() as u64, b"Hello\r\n");
        assert_eq!(key, of_source(MAIL.as_bytes(), None));
        assert_eq!(key, of_source(MAIL.replace("\r\n", "\n").as_bytes(), None));
        assert_eq!(key.len(), 64);
    }

    #[test]
    fn another_body_or_subject_is_another_mail() {
        let key = of_source(MAIL.as_bytes(), None);
        assert_ne!(key, of_source(MAIL.replace("Hello", "Hullo").as_bytes(), None));
        assert_ne!(key, of_source(MAIL.replace("long", "lang").as_bytes(), None));
        assert_ne!(key, of_source(MAIL.replace("Hello", "Hello, hello").as_bytes(), None));
    }
}

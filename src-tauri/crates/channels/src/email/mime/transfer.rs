//! Transfer encodings where the parser gives up or loses something: base64 without its padding, with strange lines in
//! it or cut off, and uuencode, which old programs still send.
//!
//! Not here: quoted-printable and sound base64; those are mail-parser's.

use std::borrow::Cow;

use mail_parser::{MessagePart, MimeHeaders};

/// More strange characters than one in so many, and the text is no base64 at all, whatever its header says.
const STRANGE_SHARE: usize = 10;

/// The first word of Content-Transfer-Encoding, lower case.
pub fn named(part: &MessagePart<'_>) -> String {
    let given = part.content_transfer_encoding().unwrap_or_default();
    given.split_whitespace().next().unwrap_or_default().to_ascii_lowercase()
}

/// Decodes what lies in a part; `None` where its bytes are to be taken as they are.
pub fn decode<'b>(encoding: &str, bytes: &'b [u8]) -> Option<Cow<'b, [u8]>> {
    match encoding {
        "base64" => base64(bytes).map(Cow::Owned),
        "x-uuencode" | "uuencode" | "x-uue" | "uue" => uuencode(bytes).map(Cow::Owned),
        _ => None,
    }
}

/// Whether base64 ends in the middle of a group, without the padding that should fill it up.
pub fn is_unpadded(bytes: &[u8]) -> bool {
    let last = bytes.iter().rev().find(|b| !b.is_ascii_whitespace());
    last.is_some_and(|b| *b != b'=') && bytes.iter().filter(|b| value(**b).is_some()).count() % 4 > 1
}

fn value(byte: u8) -> Option<u32> {
    Some(u32::from(match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        b'/' => 63,
        _ => return None,
    }))
}

/// Passes over strange characters, and ends at a line that begins as a boundary does.
fn base64(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut chunk, mut held) = (Vec::with_capacity(bytes.len() / 4 * 3), 0_u32, 0_u8);
    let (mut strange, mut seen) = (0_usize, 0_usize);
    let flush = |out: &mut Vec<u8>, chunk: u32, held: u8| {
        let [_, a, b, _] = (chunk << (6 * u32::from(4 - held.min(4)))).to_be_bytes();
        out.extend([a, b].iter().take(usize::from(held.saturating_sub(1))));
    };
    for line in bytes.split(|b| *b == b'\n').take_while(|line| !line.starts_with(b"--")) {
        for &byte in line.trim_ascii() {
            seen += 1;
            match value(byte) {
                Some(six) => {
                    (chunk, held) = (chunk << 6 | six, held + 1);
                    if held == 4 {
                        let [_, a, b, c] = chunk.to_be_bytes();
                        out.extend([a, b, c]);
                        (chunk, held) = (0, 0);
                    }
                }
                None if byte == b'=' => {
                    flush(&mut out, chunk, held);
                    (chunk, held) = (0, 0);
                }
                // Blanks count too: words have them, base64 has none within a line.
                None => strange += 1,
            }
        }
    }
    flush(&mut out, chunk, held);
    (!out.is_empty() && strange * STRANGE_SHARE < seen).then_some(out)
}

/// From the line `begin 644 name` to the line `end`.
fn uuencode(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut lines = bytes.split(|b| *b == b'\n');
    lines.find(|line| line.starts_with(b"begin "))?;
    let mut out = Vec::with_capacity(bytes.len() / 4 * 3);
    let six = |byte: u8| u32::from(byte.wrapping_sub(0x20) & 0x3f);
    for line in lines {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let Some((&first, rest)) = line.split_first().filter(|_| line != b"end") else { break };
        let length = six(first) as usize;
        let mut group = Vec::with_capacity(length + 2);
        for four in rest.chunks(4) {
            // Blanks at the end of a line get lost on the way.
            let at = |n: usize| six(four.get(n).copied().unwrap_or(b' '));
            let [_, a, b, c] = (at(0) << 18 | at(1) << 12 | at(2) << 6 | at(3)).to_be_bytes();
            group.extend([a, b, c]);
        }
        group.resize(length, 0);
        out.extend(group);
    }
    (!out.is_empty()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(encoding: &str, bytes: &[u8]) -> Option<String> {
        decode(encoding, bytes).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn base64_is_read_as_far_as_it_goes() {
        for (given, expected) in [
            (&b"UmVjaG51bmc="[..], Some("Rechnung")),
            (b"UmVjaG51bmc", Some("Rechnung")),
            (b"UmVjaG5\r\n1bmc", Some("Rechnung")),
            (b"UmVj*aG51bmc=\n\n--other--\n", Some("Rechnung")),
            (b"UmVj=\r\nUmVj", Some("RecRec")),
            (b"This is no base64 at all, my friend! (really)", None),
            (b"", None),
        ] {
            assert_eq!(text("base64", given).as_deref(), expected, "{}", String::from_utf8_lossy(given));
        }
        assert!(
            is_unpadded(b"UmVjaG51bmc\r\n") && !is_unpadded(b"UmVjaG51bmc=\r\n") && !is_unpadded(b"UmVj")
        );
    }

    #[test]
    fn uuencoded_files_are_decoded() {
        let given = b"begin 644 a.txt\r\n,2&%L;&\\@5V5L=\"$*\r\n`\r\nend\r\n";
        assert_eq!(text("x-uuencode", given).as_deref(), Some("Hallo Welt!\n"));
        assert_eq!(text("x-uuencode", b"no begin"), None);
        assert_eq!(text("7bit", b"Hallo"), None);
    }
}

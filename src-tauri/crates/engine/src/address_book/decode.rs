//! The letters of a file: a byte order mark says which they are, else what the bytes can be. Programs of the last twenty years
//! write UTF-8, UTF-16 or the letters of Windows, and few of them say so.

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Bytes that are looked at for a guess.
const LOOKED_AT: usize = 64 * 1024;

/// A file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The name of its letters.
    pub encoding: &'static str,
}

/// The text of a file. `wanted`: a person's choice, by its usual name.
pub fn decode(bytes: &[u8], wanted: Option<&str>) -> Decoded {
    let chosen = wanted.and_then(|label| Encoding::for_label(label.as_bytes()));
    let encoding = chosen.unwrap_or_else(|| guess(bytes));
    let (text, used, _) = encoding.decode(bytes);
    Decoded { text: text.into_owned(), encoding: used.name() }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    if let Some(wide) = without_mark(start) {
        return wide;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    detector.guess(None, false)
}

/// UTF-16 without a mark: every second byte of a list in our letters is nothing.
fn without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |odd: usize| bytes.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd, most) = (zeros(0), zeros(1), bytes.len() / 4);
    match () {
        () if bytes.len() < 4 => None,
        () if odd > most && even * 8 < odd => Some(UTF_16LE),
        () if even > most && odd * 8 < even => Some(UTF_16BE),
        () => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_found() {
        let text = "Name;Straße\nKäthe Müßig;Döner-Gäßchen 5\nÜrsula Größer;Äußere Höhe 1\n";
        let wide = |little: bool| -> Vec<u8> {
            let units = text.encode_utf16();
            units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
        };
        let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        let marked = |mark: &[u8], rest: Vec<u8>| [mark, &rest].concat();
        for (bytes, encoding) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (marked(b"\xef\xbb\xbf", text.as_bytes().to_vec()), "UTF-8"),
            (windows, "windows-1252"),
            (wide(true), "UTF-16LE"),
            (wide(false), "UTF-16BE"),
            (marked(b"\xff\xfe", wide(true)), "UTF-16LE"),
            (marked(b"\xfe\xff", wide(false)), "UTF-16BE"),
        ] {
            assert_eq!(decode(&bytes, None), Decoded { text: text.to_owned(), encoding }, "{encoding}");
        }
        let said = decode(b"K\x84the", Some("ibm866"));
        assert_eq!(said.encoding, "IBM866", "a person may know better");
    }
}

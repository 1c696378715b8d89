//! How a text is cut and billed where texts are sent as short messages.
//!
//! 3GPP TS 23.038: the 7-bit alphabet with 160 characters in one message and 153 in each of several; some
//! characters take two places and are never torn apart. Any other character makes the whole text UCS-2 with 70 and
//! 67 places, where a character outside the basic plane takes two. Not here: prices, and cutting itself, which the
//! provider does.

use serde::{Deserialize, Serialize};

/// The basic 7-bit alphabet (TS 23.038, 6.2.1).
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Characters behind the escape (6.2.1.1): two places each.
const EXTENDED: &str = "^{}\\[~]|€\u{c}";

/// How the text is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// The 7-bit alphabet.
    Gsm7,
    /// Two bytes a place.
    Ucs2,
}

impl Encoding {
    /// `gsm7` or `ucs2`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Gsm7 => "gsm7",
            Self::Ucs2 => "ucs2",
        }
    }
}

/// What a text needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Its encoding.
    pub encoding: Encoding,
    /// Messages that are billed; 0 for an empty text.
    pub segments: u32,
    /// Places used in all.
    pub used: u32,
    /// Places left before one more message is needed.
    pub left: u32,
}

/// Counts a text.
pub fn count(text: &str) -> Count {
    let places: Option<Vec<u32>> = text.chars().map(gsm7_places).collect();
    match places {
        Some(places) => cut(Encoding::Gsm7, &places, 160, 153),
        None => {
            let places: Vec<u32> = text.chars().map(|c| if c.len_utf16() == 2 { 2 } else { 1 }).collect();
            cut(Encoding::Ucs2, &places, 70, 67)
        }
    }
}

fn gsm7_places(c: char) -> Option<u32> {
    if BASIC.contains(c) {
        Some(1)
    } else if EXTENDED.contains(c) {
        Some(2)
    } else {
        None
    }
}

/// Fills messages one after the other; what does not fit whole goes into the next.
fn cut(encoding: Encoding, places: &[u32], single: u32, several: u32) -> Count {
    let used: u32 = places.iter().fold(0, |sum, place| sum.saturating_add(*place));
    if used <= single {
        return Count { encoding, segments: u32::from(used > 0), used, left: single - used };
    }
    let (mut segments, mut filled) = (1u32, 0u32);
    for place in places {
        if filled + place > several {
            segments = segments.saturating_add(1);
            filled = 0;
        }
        filled += place;
    }
    Count { encoding, segments, used, left: several.saturating_sub(filled) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> (&'static str, u32, u32, u32) {
        let count = count(text);
        (count.encoding.word(), count.segments, count.used, count.left)
    }

    #[test]
    fn borders() {
        assert_eq!(told(""), ("gsm7", 0, 0, 160));
        assert_eq!(told("Grüße"), ("gsm7", 1, 5, 155));
        assert_eq!(told(&"a".repeat(160)), ("gsm7", 1, 160, 0));
        assert_eq!(told(&"a".repeat(161)), ("gsm7", 2, 161, 145));
        assert_eq!(told(&"a".repeat(306)), ("gsm7", 2, 306, 0));
        assert_eq!(told(&"a".repeat(307)), ("gsm7", 3, 307, 152));
        assert_eq!(told("€"), ("gsm7", 1, 2, 158));
        assert_eq!(told("ç"), ("ucs2", 1, 1, 69));
        assert_eq!(told(&"я".repeat(70)), ("ucs2", 1, 70, 0));
        assert_eq!(told(&"я".repeat(71)), ("ucs2", 2, 71, 63));
        assert_eq!(told("🎂"), ("ucs2", 1, 2, 68));
    }

    #[test]
    fn nothing_is_torn_apart() {
        let escaped_at_the_border = format!("{}€{}", "a".repeat(152), "b".repeat(10));
        assert_eq!(told(&escaped_at_the_border), ("gsm7", 2, 164, 153 - 12));
        let pair_at_the_border = format!("{}🎂{}", "я".repeat(66), "я".repeat(10));
        assert_eq!(told(&pair_at_the_border), ("ucs2", 2, 78, 67 - 12));
    }

    proptest! {
        #[test]
        fn one_more_character_never_needs_less(text in "\\PC{0,400}", more in any::<char>()) {
            let longer = format!("{text}{more}");
            prop_assert!(count(&longer).segments >= count(&text).segments);
        }
    }
}

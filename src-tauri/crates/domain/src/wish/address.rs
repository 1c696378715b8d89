//! Addresses as they stand in a text: e-mail, telephone, handle, and the postal address of an answer by post.
//!
//! Only where they stand. Whether a number can be dialled and whose it is, others decide (`address`, `matching`).

use std::ops::Range;

use super::tag::{EMAIL_ADDRESS, HANDLE, PHONE_NUMBER, Tags};

/// Digits of a telephone number, at least and at most.
const DIGITS: std::ops::RangeInclusive<usize> = 7..=15;
/// Shortest name of a handle.
const HANDLE_CHARS: usize = 3;

/// An address and what sort it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub range: Range<usize>,
    pub tag: Tags,
}

/// All e-mail addresses, handles and telephone numbers of `text`, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut before = ' ';
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let word_begins = !before.is_alphanumeric();
        let hit =
            if word_begins { email(rest).or_else(|| handle(rest)).or_else(|| phone(rest)) } else { None };
        if let Some((length, tag)) = hit {
            found.push(Found { range: from..from + length, tag });
            before = 'x';
            from += length;
            continue;
        }
        // A word is passed in one step: nothing begins within it.
        let step = if word_begins {
            rest.find(|c: char| !c.is_alphanumeric()).filter(|&length| length > 0)
        } else {
            None
        };
        let step = step.unwrap_or_else(|| rest.chars().next().map_or(1, char::len_utf8));
        before = text.get(from..from + step).and_then(|passed| passed.chars().next_back()).unwrap_or(' ');
        from += step;
    }
    found
}

fn email(rest: &str) -> Option<(usize, Tags)> {
    let local = rest.find(|c: char| !(c.is_alphanumeric() || "._%+-".contains(c)))?;
    let domain = rest.get(local..)?.strip_prefix('@').filter(|_| local > 0)?;
    let end = domain.find(|c: char| !(c.is_alphanumeric() || ".-".contains(c))).unwrap_or(domain.len());
    let domain = domain.get(..end)?.trim_end_matches(['.', '-']);
    let dot = domain.rfind('.')?;
    (dot > 0 && domain.len() > dot + 2).then_some((local + 1 + domain.len(), EMAIL_ADDRESS))
}

fn handle(rest: &str) -> Option<(usize, Tags)> {
    let name = rest.strip_prefix('@')?;
    let end = name.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(name.len());
    (end >= HANDLE_CHARS).then_some((1 + end, HANDLE))
}

/// A number as it is dialled: it begins with `+`, a zero, or the three of Italian mobiles.
fn phone(rest: &str) -> Option<(usize, Tags)> {
    let first = rest.chars().next()?;
    if !matches!(first, '+' | '0' | '3' | '(') {
        return None;
    }
    let (mut digits, mut end, mut gap) = (0_usize, 0_usize, 0_usize);
    for (at, c) in rest.char_indices() {
        if c.is_ascii_digit() {
            if digits == *DIGITS.end() {
                break;
            }
            digits += 1;
            end = at + 1;
            gap = 0;
        } else if (c == '+' && at == 0) || (" -/.()\u{a0}\u{202f}–".contains(c) && gap < 3) {
            gap += 1;
        } else {
            break;
        }
    }
    let number = rest.get(..end)?;
    if first == '(' && !number.contains(')') {
        return None;
    }
    let italian = first == '3' && (9..=10).contains(&digits) && !number.contains('.');
    let dialled =
        matches!(first, '+' | '0') || number.starts_with("(0") || number.starts_with("(+") || italian;
    (DIGITS.contains(&digits) && dialled && !is_date(number)).then_some((end, PHONE_NUMBER))
}

/// `01.02.2026`
fn is_date(number: &str) -> bool {
    let mut parts = number.split(['.', '/']);
    let lengths = [parts.next(), parts.next(), parts.next()].map(|part| part.map_or(0, str::len));
    matches!(lengths, [1..=2, 1..=2, 2 | 4]) && parts.next().is_none()
}

/// The postal address in `text`, with its place: what stands around a postcode and its town, from the street, or the
/// name before it, on.
pub(super) fn postal(text: &str) -> Option<Range<usize>> {
    let words = words(text);
    let postcode = (0..words.len()).find(|&at| is_postcode(text, &words, at))?;
    let slice = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default();
    let mut end = words.get(postcode + 1)?.end;
    for pair in words.get(postcode + 1..)?.windows(2) {
        let [left, right] = pair else { break };
        let gap = text.get(left.end..right.start).unwrap_or_default();
        if gap != " " && gap != "-" || !slice(right).starts_with(char::is_uppercase) {
            break;
        }
        end = right.end;
    }
    let mut start = words.get(postcode)?.start;
    for at in (0..postcode).rev() {
        let (Some(word), Some(next)) = (words.get(at), words.get(at + 1)) else { break };
        let gap = text.get(word.end..next.start).unwrap_or_default();
        let belongs = slice(word).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(
                slice(word),
                "rue"
                    | "de"
                    | "la"
                    | "du"
                    | "des"
                    | "via"
                    | "della"
                    | "di"
                    | "chemin"
                    | "avenue"
                    | "am"
                    | "im"
            );
        if !belongs || gap.contains([':', '.', '!', '?', ';']) || is_pointer(slice(word)) {
            break;
        }
        start = word.start;
    }
    (start < words.get(postcode)?.start).then_some(start..end)
}

/// Words that end in a capital but do not belong to the address: `Postadresse`, `Adresse`.
fn is_pointer(word: &str) -> bool {
    let lower = word.to_lowercase();
    ["adresse", "anschrift", "address", "indirizzo", "post", "brief", "sie"]
        .iter()
        .any(|end| lower.ends_with(end))
}

fn is_postcode(text: &str, words: &[Range<usize>], at: usize) -> bool {
    let word = |at: usize| words.get(at).and_then(|range| text.get(range.clone())).unwrap_or_default();
    let digits = word(at);
    (4..=5).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && word(at + 1).starts_with(char::is_uppercase)
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        if c.is_alphanumeric() {
            match words.last_mut().filter(|last| last.end == at) {
                Some(last) => last.end = at + c.len_utf8(),
                None => words.push(at..at + c.len_utf8()),
            }
        }
    }
    words
}

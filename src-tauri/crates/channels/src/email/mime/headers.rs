//! Headers into the values of the domain: parties, subject, thread links, time.
//!
//! mail-parser decodes charsets and encoded words; what it leaves is mended here, because many programs put encoded
//! words inside quotes or break them in the middle. Control characters never leave this module.

use mail_parser::parsers::MessageStream;
use mail_parser::{Address as ParsedAddress, HeaderName, HeaderValue, Message};
use theke_domain::message::{Party, ThreadHeaders};
use theke_domain::time::Timestamp;

use super::view::View;

/// Longest chain of references that is kept: the first, which names the thread, and the last ones.
const REFERENCES_MAX: usize = 100;
/// Longest Message-ID: a line of RFC 5322.
const ID_MAX_BYTES: usize = 998;
/// Longest list of recipients that is kept.
const PARTIES_MAX: usize = 1000;
/// 1990-01-01: dates before are defaults of broken clocks.
const EARLIEST_SECS: i64 = 631_152_000;

/// Decodes what is left of encoded words, drops control characters, evens out white space at line folds.
pub fn clean(text: &str) -> String {
    let text = if text.contains("=?") { decode_words(text) } else { text.to_owned() };
    let plain: String = text
        .chars()
        .map(|c| if matches!(c, '\r' | '\n' | '\t') { ' ' } else { c })
        .filter(|c| !c.is_control() && !matches!(c, '\u{feff}' | '\u{2028}' | '\u{2029}'))
        .collect();
    plain.trim().to_owned()
}

fn decode_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, tail)) = rest.split_once("=?") {
        let end = tail
            .match_indices("?=")
            .map(|(at, _)| at)
            .find(|&at| tail.get(..at).is_some_and(|t| t.matches('?').count() >= 2));
        let word = end.and_then(|end| tail.get(..end + 2));
        let decoded = word.and_then(|word| {
            let source = format!("?{word}");
            MessageStream::new(source.as_bytes()).decode_rfc2047()
        });
        // White space between two encoded words belongs to neither (RFC 2047, 6.2).
        if !before.trim().is_empty() || out.is_empty() {
            out.push_str(before);
        }
        match (decoded, word) {
            (Some(decoded), Some(word)) => {
                out.push_str(&decoded);
                rest = tail.get(word.len()..).unwrap_or_default();
            }
            _ => {
                out.push_str("=?");
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    out
}

/// One party out of a name and an address as they stand in a header.
pub fn party(name: Option<&str>, address: Option<&str>) -> Option<Party> {
    let mut name = name.map(clean).filter(|n| !n.is_empty());
    let mut spec = address.map(clean).filter(|a| !a.is_empty());
    if spec.as_deref().is_some_and(|s| !s.contains('@')) && name.is_none() {
        name = spec.take();
    }
    // Some programs put the address into the name and leave the brackets empty.
    if spec.is_none() && name.as_deref().is_some_and(|n| n.contains('@') && !n.contains(' ')) {
        spec = name.take();
    }
    let raw = match (&name, &spec) {
        (Some(name), Some(spec)) => format!("{name} <{spec}>"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => return None,
    };
    let address = spec.as_deref().and_then(super::address);
    Some(Party { name: name.filter(|n| Some(n) != spec.as_ref()), address, raw })
}

/// Every party of an address header.
pub fn parties(parsed: Option<&ParsedAddress<'_>>, view: &View<'_>) -> Vec<Party> {
    let Some(parsed) = parsed else { return Vec::new() };
    parsed
        .iter()
        .take(PARTIES_MAX)
        .filter_map(|one| {
            let name = one.name().map(|n| view.unmask(n));
            let address = one.address().map(|a| view.unmask(a));
            party(name.as_deref(), address.as_deref())
        })
        .collect()
}

/// The first sender, or an empty party where the header is missing.
pub fn sender(message: &Message<'_>, view: &View<'_>) -> Party {
    let first = |parsed| parties(parsed, view).into_iter().next();
    first(message.from()).or_else(|| first(message.sender())).unwrap_or(Party {
        name: None,
        address: None,
        raw: String::new(),
    })
}

/// The links to other messages.
pub fn thread(message: &Message<'_>) -> ThreadHeaders {
    let mut references = ids(message.references());
    if references.len() > REFERENCES_MAX {
        references.drain(1..=references.len() - REFERENCES_MAX);
    }
    ThreadHeaders {
        message_id: message.header(HeaderName::MessageId).map(ids).and_then(|ids| ids.into_iter().next()),
        in_reply_to: ids(message.in_reply_to()).into_iter().next(),
        references,
    }
}

fn ids(value: &HeaderValue<'_>) -> Vec<String> {
    let list: &[std::borrow::Cow<'_, str>] = match value {
        HeaderValue::Text(one) => std::slice::from_ref(one),
        HeaderValue::TextList(many) => many,
        _ => &[],
    };
    list.iter()
        .flat_map(|text| text.split(['<', '>']))
        .map(|id| id.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect::<String>())
        .filter(|id| !id.is_empty() && id.len() <= ID_MAX_BYTES)
        .map(|id| format!("<{id}>"))
        .collect()
}

/// The time of the Date header; `None` if it is missing or makes no sense.
pub fn date(message: &Message<'_>) -> Option<Timestamp> {
    let date = message.date()?;
    let valid = date.is_valid() && date.to_timestamp() >= EARLIEST_SECS;
    valid.then(|| Timestamp::from_secs(date.to_timestamp()))
}

/// Whether the provider marked it as spam.
pub fn marked_as_spam(message: &Message<'_>) -> bool {
    let says_yes = |name: &'static str| {
        message
            .header_raw(name)
            .is_some_and(|value| value.trim_start().get(..3).is_some_and(|v| v.eq_ignore_ascii_case("yes")))
    };
    says_yes("X-Spam-Flag") || says_yes("X-Spam-Status") || says_yes("X-Spam")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_of_encoded_words_are_decoded() {
        assert_eq!(clean("=?utf-8?Q?Gr=C3=BC=C3=9Fe?= =?utf-8?B?IGF1cw==?= Ulm"), "Grüße aus Ulm");
        assert_eq!(clean("a =?broken"), "a =?broken");
        assert_eq!(clean("x\r\nBcc: y\u{7}"), "x  Bcc: y");
    }

    #[test]
    fn odd_parties_keep_what_stood_there() {
        let plain = party(Some("Anna"), Some("Anna@Shop.Example")).unwrap();
        assert_eq!(plain.address.unwrap().value(), "anna@shop.example");
        let only_name = party(None, Some("undisclosed recipients")).unwrap();
        assert_eq!((only_name.name.as_deref(), only_name.address), (Some("undisclosed recipients"), None));
        assert_eq!(party(Some(" "), None), None);
    }
}

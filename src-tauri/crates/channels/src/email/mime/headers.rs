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
/// 2200-01-01: no mail is from then.
const LATEST_SECS: i64 = 7_258_118_400;
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
    let mut spec = address.map(clean).map(|a| without_route(&a)).filter(|a| !a.is_empty());
    // A name without brackets around the address behind it.
    if let (None, Some((before, last))) = (&name, spec.as_deref().and_then(|s| s.rsplit_once(' ')))
        && !before.contains('@')
        && super::address(last).is_some()
    {
        (name, spec) = (Some(before.trim().to_owned()), Some(last.to_owned()));
    }
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

/// An address without the way that old mail systems write before it (`@relay.example:anna@kunde.example`), and without
/// the blanks that may stand around its dots.
fn without_route(spec: &str) -> String {
    let bare = spec.strip_prefix('@').and_then(|route| route.split_once(':')).map_or(spec, |(_, rest)| rest);
    let words: Vec<&str> = bare.split_whitespace().collect();
    let mut joined = String::with_capacity(bare.len());
    for word in words {
        let glued = joined.ends_with(['.', '@']) || word.starts_with(['.', '@']);
        if !joined.is_empty() && !glued {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    joined
}

/// What stands in the first header of this name that holds anything. A second one was added on the way or by somebody who
/// wants to be taken for another.
pub fn first<'m, 'x>(message: &'m Message<'x>, name: &HeaderName<'x>) -> Option<&'m HeaderValue<'x>> {
    let of_name = |header: &&mail_parser::Header<'x>| header.name == *name;
    message.headers().iter().filter(of_name).map(|header| &header.value).find(|value| !value.is_empty())
}

/// Every party of all headers of this name.
pub fn all_parties(message: &Message<'_>, name: &HeaderName<'_>, view: &View<'_>) -> Vec<Party> {
    let of_name = message.headers().iter().filter(|header| header.name == *name);
    let found = of_name.flat_map(|header| parties(header.value.as_address(), view));
    found.take(PARTIES_MAX).collect()
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
    let first = |name| all_parties(message, &name, view).into_iter().next();
    first(HeaderName::From).or_else(|| first(HeaderName::Sender)).unwrap_or(Party {
        name: None,
        address: None,
        raw: String::new(),
    })
}

/// The links to other messages.
pub fn thread(message: &Message<'_>) -> ThreadHeaders {
    let of = |name| first(message, &name).map(ids).unwrap_or_default();
    let mut references = of(HeaderName::References);
    if references.len() > REFERENCES_MAX {
        references.drain(1..=references.len() - REFERENCES_MAX);
    }
    ThreadHeaders {
        message_id: of(HeaderName::MessageId).into_iter().next(),
        in_reply_to: of(HeaderName::InReplyTo).into_iter().next(),
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
pub fn date(message: &Message<'_>, view: &View<'_>) -> Option<Timestamp> {
    written_date(message, view).filter(|date| date.secs() >= EARLIEST_SECS)
}

fn as_written<'v>(header: &mail_parser::Header<'_>, view: &'v View<'_>) -> std::borrow::Cow<'v, str> {
    let (start, end) = (header.offset_start as usize, header.offset_end as usize);
    String::from_utf8_lossy(view.bytes.get(start..end).unwrap_or_default())
}

/// When the last server on the way took it: the topmost Received header, behind its last semicolon.
pub fn handed_on(message: &Message<'_>, view: &View<'_>) -> Option<Timestamp> {
    let header = message.headers().iter().find(|header| header.name == HeaderName::Received)?;
    let text = as_written(header, view);
    let date = text.rsplit_once(';').and_then(|(_, date)| super::dates::read(date))?;
    (EARLIEST_SECS..LATEST_SECS).contains(&date.secs()).then_some(date)
}

/// The time that the Date header says, however little sense it makes.
pub fn written_date(message: &Message<'_>, view: &View<'_>) -> Option<Timestamp> {
    let header = message.headers().iter().find(|header| header.name == HeaderName::Date)?;
    let text = as_written(header, view);
    let parsed = || header.value.as_datetime().filter(|date| date.is_valid()).map(|date| date.to_timestamp());
    let date = super::dates::read(&text).or_else(|| parsed().map(Timestamp::from_secs));
    date.filter(|date| date.secs() < LATEST_SECS)
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
        for (spec, name, address) in [
            ("@machine.example:mary@kunde.example", None, "mary@kunde.example"),
            ("@a.example,@b.example:mary@kunde.example", None, "mary@kunde.example"),
            ("mary @ kunde . example", None, "mary@kunde.example"),
            ("Mary Groß mary@kunde.example", Some("Mary Groß"), "mary@kunde.example"),
        ] {
            let found = party(None, Some(spec)).unwrap();
            let value = found.address.as_ref().map(|address| address.value().to_owned());
            assert_eq!((found.name.as_deref(), value.as_deref()), (name, Some(address)), "{spec}");
        }
    }
}

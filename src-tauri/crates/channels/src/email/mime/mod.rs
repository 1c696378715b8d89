//! MIME: a raw mail into the values of the domain. Pure: no network, no clock, no store.
//!
//! mail-parser does the decoding; `view` keeps it within limits (nesting 50, 1,000 parts, 1 MB of headers, 100 MB
//! unpacked), so that no mail takes more than two seconds. Nothing is refused: what cannot be read is left out with
//! a sentence in `problems`, and the source stays.
//!
//! Not here: sanitising HTML (`engine::html`), whose mail it is, and what to do with it.

mod body;
mod dates;
mod headers;
mod html_text;
mod inspect;
pub(crate) mod key;
mod names;
mod signs;
mod transfer;
mod view;

use std::sync::LazyLock;

use mail_parser::{HeaderName, Message, MessageParser};
use theke_domain::address::Address;
use theke_domain::authenticity::Outcome;
use theke_domain::machine;
use theke_domain::message::{Completeness, Direction, Flags, Incoming, RemoteId};
use theke_domain::time::Timestamp;

pub use html_text::html_to_text;
pub use inspect::{Attached, Authentication, Automatic, Customer, Finding, Inspected, Person, inspect};
use view::View;

/// Sources up to this size are handed in and stored; of larger mails the parts stay at the provider.
pub const SOURCE_MAX_BYTES: usize = 256 * 1024;

/// So many results of authentication are read; a provider writes a handful.
const RESULTS_MAX: usize = 32;

/// Only the headers that are read: the others are the bulk of a mail's header block.
pub(crate) static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new()
        .with_mime_headers()
        .with_date_headers()
        .with_address_headers()
        .with_message_ids()
        .header_text(HeaderName::Subject)
});

/// What is known of a mail beside its bytes.
#[derive(Debug, Clone)]
pub struct Fetched {
    /// The provider's id for it.
    pub remote_id: RemoteId,
    /// Which way it went.
    pub direction: Direction,
    /// When the provider took it in; `None` where nobody knows, as with a file: then the mail's own date counts, or when
    /// a server last handed it on.
    pub received_at: Option<Timestamp>,
    /// Read and answered.
    pub flags: Flags,
    /// Its size at the provider in bytes (RFC822.SIZE).
    pub size_bytes: Option<u64>,
    /// It lay in a spam folder.
    pub spam: bool,
}

/// A whole mail.
pub fn incoming(raw: Vec<u8>, fetched: &Fetched) -> Incoming {
    let mut incoming = read(&raw, fetched, true, &[]);
    incoming.content_key = Some(key::of_source(&raw, fetched.size_bytes));
    incoming.completeness = Completeness::Whole;
    if raw.len() <= SOURCE_MAX_BYTES {
        incoming.source = Some(raw);
    } else {
        for (index, bytes) in all_part_bytes(&raw).into_iter().enumerate() {
            if let Some(part) = incoming.parts.get_mut(index) {
                part.content = Some(bytes);
            }
        }
    }
    incoming
}

/// A mail of which only `headers` (ending in an empty line) and the beginning of the body were fetched.
pub(crate) fn from_headers(headers: &[u8], body_prefix: &[u8], fetched: &Fetched) -> Incoming {
    let mut incoming = read(headers, fetched, false, &[]);
    incoming.content_key = Some(key::of(headers, fetched.size_bytes.unwrap_or(0), body_prefix));
    incoming
}

/// `own`: the shop's addresses, where they are known here.
fn read(raw: &[u8], fetched: &Fetched, with_body: bool, own: &[Address]) -> Incoming {
    let view = View::new(raw);
    let mut problems = view.problems.clone();
    let parsed =
        if with_body { PARSER.parse(view.bytes.as_ref()) } else { PARSER.parse_headers(view.bytes.as_ref()) };
    let message = parsed.unwrap_or_else(|| {
        problems.push("this is no mail: it has no headers".to_owned());
        Message::default()
    });
    let body = if with_body && !message.parts.is_empty() {
        body::read(&message, &view, &mut problems)
    } else {
        body::Body::default()
    };
    let text = if message.parts.is_empty() && with_body {
        String::from_utf8_lossy(raw).into_owned()
    } else {
        body.text
    };
    let (from, date) = match message.parts.is_empty() {
        true => (theke_domain::message::Party { name: None, address: None, raw: String::new() }, None),
        false => (headers::sender(&message, &view), headers::date(&message, &view)),
    };
    note_missing(&message, date, &mut problems);
    // mail-parser indexes the root part, which a mail without headers does not have.
    let is_mail = !message.parts.is_empty();
    let handed_on = || if is_mail { headers::handed_on(&message, &view) } else { None };
    let received_at = fetched.received_at.or(date).or_else(handed_on).unwrap_or_default();
    let parties = |name| if is_mail { headers::all_parties(&message, &name, &view) } else { Vec::new() };
    let subject = if is_mail { headers::first(&message, &HeaderName::Subject) } else { None };
    let mut incoming = Incoming {
        remote_id: fetched.remote_id.clone(),
        content_key: None,
        direction: fetched.direction,
        at: date.map_or(received_at, |d| d.min(received_at)),
        received_at,
        from,
        to: parties(HeaderName::To),
        cc: parties(HeaderName::Cc),
        reply_to: parties(HeaderName::ReplyTo),
        subject: subject.and_then(|s| s.as_text()).map(|s| headers::clean(&view.unmask(s))),
        text_without_quote: without_quote(&text),
        text,
        html: body.html,
        thread: if message.parts.is_empty() { Default::default() } else { headers::thread(&message) },
        parts: body.parts,
        flags: fetched.flags,
        source: None,
        completeness: Completeness::Headers,
        problems,
        spam: fetched.spam || (!message.parts.is_empty() && headers::marked_as_spam(&message)),
        authentication_results: authentication_results(&view),
        // Who knows the account says more; without one, nobody does.
        authentication: Some(Outcome::None),
        signs: Vec::new(),
        bounce: None,
    };
    if is_mail {
        (incoming.signs, incoming.bounce) = signs::read(
            &message,
            &view,
            &signs::Mail {
                from: &incoming.from,
                to: &incoming.to,
                reply_to: &incoming.reply_to,
                subject: incoming.subject.as_deref().unwrap_or_default(),
                text: &incoming.text,
                text_without_quote: &incoming.text_without_quote,
                own,
            },
        );
    }
    incoming
}

/// The headers by which a provider says what it found of the sender, as they stand.
fn authentication_results(view: &View<'_>) -> Vec<String> {
    let head = view.bytes.get(..view::header_end(&view.bytes)).unwrap_or(view.bytes.as_ref());
    let values = key::values(head, "authentication-results").take(RESULTS_MAX);
    values.map(|value| String::from_utf8_lossy(value).into_owned()).collect()
}

fn note_missing(message: &Message<'_>, date: Option<Timestamp>, problems: &mut Vec<String>) {
    if message.parts.is_empty() {
        return;
    }
    if message.from().is_none() {
        problems.push("the From header is missing or empty".to_owned());
    }
    if date.is_none() {
        problems.push("the Date header is missing or makes no sense".to_owned());
    }
    if message.message_id().is_none() {
        problems.push("the Message-ID is missing".to_owned());
    }
    let senders = message.headers().iter().filter(|h| h.name == HeaderName::From).count();
    if senders > 1 {
        problems.push("there is more than one From header".to_owned());
    }
}

/// The normalized address, `None` for what is none.
pub(crate) fn address(text: &str) -> Option<Address> {
    if text.contains('@') { Address::parse(text, "").ok() } else { None }
}

/// The text without quoted history.
fn without_quote(text: &str) -> String {
    theke_domain::quote::reply_text(text).to_owned()
}

/// Whether a mail went out from the shop: its sender is one of `own` (addresses as written).
pub fn direction(raw: &[u8], own: &[String]) -> Direction {
    let view = View::new(raw);
    let from = PARSER
        .parse_headers(view.bytes.as_ref())
        .filter(|m| !m.parts.is_empty())
        .and_then(|m| headers::sender(&m, &view).address);
    let ours = |a: &Address| own.iter().filter_map(|text| address(text)).any(|own| own == *a);
    if from.is_some_and(|a| ours(&a)) { Direction::Out } else { Direction::In }
}

/// The decoded bytes of `Incoming::parts[index]` out of the mail's source.
pub fn part_bytes(raw: &[u8], index: usize) -> Option<Vec<u8>> {
    let view = View::new(raw);
    let message = PARSER.parse(view.bytes.as_ref())?;
    let part = body::attachments(&message).nth(index)?;
    Some(body::decoded(part, &view).into_owned())
}

fn all_part_bytes(raw: &[u8]) -> Vec<Vec<u8>> {
    let view = View::new(raw);
    let Some(message) = PARSER.parse(view.bytes.as_ref()) else { return Vec::new() };
    body::attachments(&message).map(|part| body::decoded(part, &view).into_owned()).collect()
}

/// The text of one part of which only the body was fetched.
pub(crate) fn text_part(mime_type: &str, charset: Option<&str>, encoding: &str, body: &[u8]) -> String {
    let token =
        |text: &str| text.chars().filter(|c| c.is_ascii_graphic() && *c != '"').take(60).collect::<String>();
    let charset = charset.map(|c| format!("; charset=\"{}\"", token(c))).unwrap_or_default();
    let mut raw = format!(
        "Content-Type: {}{charset}\r\nContent-Transfer-Encoding: {}\r\n\r\n",
        token(mime_type),
        token(encoding)
    )
    .into_bytes();
    raw.extend_from_slice(body);
    let view = View::new(&raw);
    let Some(message) = PARSER.parse(view.bytes.as_ref()) else { return String::new() };
    let mut problems = Vec::new();
    let body = body::read(&message, &view, &mut problems);
    body.html.unwrap_or(body.text)
}

/// Sets the text and what follows from it.
pub(crate) fn set_text(incoming: &mut Incoming, text: String, html: Option<String>) {
    incoming.text_without_quote = without_quote(&text);
    let subject = incoming.subject.as_deref().unwrap_or_default();
    incoming.signs.extend(machine::signs_of_words(subject, &incoming.text_without_quote));
    incoming.signs.sort_unstable();
    incoming.signs.dedup();
    incoming.text = text;
    incoming.html = html;
}

/// A file name without any path, decoded.
pub(crate) fn file_name(given: &str) -> String {
    body::name_of(given)
}

/// A parameter out of `; name*0*="…"` pieces (RFC 2231).
pub(crate) fn content_type_parameter(parameters: &str, name: &str) -> Option<String> {
    let raw = format!("Content-Disposition: attachment{parameters}\r\n\r\n");
    let message = PARSER.parse_headers(raw.as_bytes())?;
    mail_parser::MimeHeaders::content_disposition(message.root_part())?.attribute(name).map(str::to_owned)
}

//! The body: readable text, HTML, attachments.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::html::text_to_html;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};
use theke_domain::message::IncomingPart;

use super::headers::clean;
use super::html_text::html_to_text;
use super::key::sha256_hex;
use super::transfer;
use super::view::{PARTS_MAX, View};

/// Text beyond this is cut; the source still has it.
const TEXT_MAX_BYTES: usize = 4 * 1024 * 1024;
const NAME_MAX_CHARS: usize = 1000;

/// What a body consists of.
#[derive(Default)]
pub struct Body {
    /// The readable text.
    pub text: String,
    /// The HTML parts as received.
    pub html: Option<String>,
    /// Attachments.
    pub parts: Vec<IncomingPart>,
}

/// Reads the body of a parsed message.
pub fn read(message: &Message<'_>, view: &View<'_>, problems: &mut Vec<String>) -> Body {
    let mut body = Body { text: text_of(message, view), html: html_of(message, view), parts: Vec::new() };
    if message.parts.iter().any(|p| p.is_encoding_problem && !p.is_multipart()) {
        problems.push("a part is not encoded as its header says, or its end is missing".to_owned());
    }
    let html = body.html.as_deref().unwrap_or_default();
    body.parts = attachments(message)
        .map(|part| IncomingPart {
            inline: is_shown(message, part) || is_inline(part, html),
            ..attachment(part, view)
        })
        .collect();
    if body.parts.len() >= PARTS_MAX {
        problems.push("the message has more than 1,000 parts; the rest is not shown".to_owned());
    }
    body
}

/// The parts that are kept as attachments, in their order; then the text files that are shown within the text.
pub fn attachments<'m>(message: &'m Message<'_>) -> impl Iterator<Item = &'m MessagePart<'m>> {
    let text = recovered(message);
    let shown = message.text_body.iter().chain(&message.html_body);
    let named = shown.filter(|id| **id != 0 && !message.attachments.contains(id)).filter(|id| {
        message.part(**id).and_then(|part| part.content_disposition()?.attribute("filename")).is_some()
    });
    let named: std::collections::BTreeSet<u32> = named.copied().collect();
    message
        .attachments
        .iter()
        .copied()
        .filter(move |id| Some(*id) != text)
        .chain(named)
        .filter_map(|id| message.part(id))
        .filter(|p| !p.is_multipart())
        .take(PARTS_MAX)
}

/// Whether a text is shown in the text of the mail.
fn is_shown(message: &Message<'_>, part: &MessagePart<'_>) -> bool {
    let shown = message.text_body.iter().chain(&message.html_body).filter_map(|id| message.part(*id));
    part.is_text() && shown.into_iter().any(|other| std::ptr::eq(other, part))
}

/// A text without a name that the parser put aside because the mail breaks off, where there is no other text.
fn recovered(message: &Message<'_>) -> Option<u32> {
    let is_text = |id: &&u32| message.part(**id).is_some_and(|p| p.is_text() && !p.is_empty());
    if message.text_body.iter().chain(&message.html_body).any(|id| is_text(&id)) {
        return None;
    }
    let fits = |id: &&u32| {
        message.part(**id).is_some_and(|p| {
            p.attachment_name().is_none() && p.content_disposition().is_none_or(|d| !d.is_attachment())
        })
    };
    message.attachments.iter().filter(is_text).find(fits).copied()
}

fn text_of(message: &Message<'_>, view: &View<'_>) -> String {
    let mut text = String::new();
    for id in message.text_body.iter().copied().chain(recovered(message)) {
        let Some(part) = message.part(id) else { continue };
        let piece = match &part.body {
            PartType::Text(plain) => mended(part, plain, view),
            PartType::Html(html) => Cow::Owned(html_to_text(&mended(part, html, view))),
            _ => continue,
        };
        if !text.is_empty() && !piece.trim().is_empty() {
            text.push('\n');
        }
        text.push_str(&piece);
        if text.len() > TEXT_MAX_BYTES {
            break;
        }
    }
    let mut end = text.len().min(TEXT_MAX_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    readable(&text)
}

/// Line feeds only, no control characters but tabs, no white space at the end.
fn readable(text: &str) -> String {
    let unix = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    let strange = |c: char| c.is_control() && c != '\n' && c != '\t' || c == '\u{feff}';
    let plain = if unix.contains(strange) { Cow::Owned(unix.replace(strange, "")) } else { unix };
    plain.trim_end().to_owned()
}

fn html_of(message: &Message<'_>, view: &View<'_>) -> Option<String> {
    let parts: Vec<&MessagePart<'_>> = message
        .html_body
        .iter()
        .copied()
        .chain(recovered(message))
        .filter_map(|id| message.part(id))
        .collect();
    if !parts.iter().any(|p| matches!(p.body, PartType::Html(_))) {
        return None;
    }
    let mut html = String::new();
    for part in parts {
        match &part.body {
            PartType::Html(piece) => html.push_str(&mended(part, piece, view)),
            PartType::Text(plain) => html.push_str(&text_to_html(&mended(part, plain, view))),
            _ => {}
        }
    }
    Some(html)
}

/// The text of a part; where the charset is missing or wrong, read again as Windows-1252.
fn mended<'p>(part: &'p MessagePart<'_>, text: &'p str, view: &View<'_>) -> Cow<'p, str> {
    let charset = part.content_type().and_then(|ct| ct.attribute("charset"));
    let unknown = charset
        .is_none_or(|c| charset_decoder(c.as_bytes()).is_none() || c.to_ascii_lowercase().starts_with("utf"));
    if unknown && text.contains('\u{fffd}') {
        let bytes = decoded(part, view);
        if std::str::from_utf8(&bytes).is_err() {
            let encoding = charset
                .and_then(|c| encoding_rs::Encoding::for_label(c.as_bytes()))
                .filter(|e| *e != encoding_rs::UTF_8);
            let (text, _, _) = encoding.unwrap_or(encoding_rs::WINDOWS_1252).decode(&bytes);
            return Cow::Owned(text.into_owned());
        }
    }
    view.unmask(text)
}

/// The bytes of a part, decoded but not recoded.
pub fn decoded<'p>(part: &'p MessagePart<'_>, view: &View<'p>) -> Cow<'p, [u8]> {
    let original = view.original(part.offset_body, part.offset_end);
    match (&part.body, part.encoding) {
        (_, Encoding::Base64) if transfer::is_unpadded(original) => {
            transfer::decode("base64", original).unwrap_or(Cow::Borrowed(original))
        }
        (
            PartType::Binary(bytes) | PartType::InlineBinary(bytes),
            Encoding::Base64 | Encoding::QuotedPrintable,
        ) => Cow::Borrowed(bytes.as_ref()),
        (PartType::Text(text) | PartType::Html(text), Encoding::Base64) => {
            base64_decode(original).map_or(Cow::Borrowed(text.as_bytes()), Cow::Owned)
        }
        (PartType::Text(text) | PartType::Html(text), Encoding::QuotedPrintable) => {
            quoted_printable_decode(original).map_or(Cow::Borrowed(text.as_bytes()), Cow::Owned)
        }
        // What the parser could not decode.
        _ => transfer::decode(&transfer::named(part), original).unwrap_or(Cow::Borrowed(original)),
    }
}

fn content_id(part: &MessagePart<'_>) -> Option<String> {
    let id = clean(part.content_id()?).trim_matches(['<', '>']).to_owned();
    (!id.is_empty()).then_some(id)
}

/// Whether a file is shown within the HTML.
fn is_inline(part: &MessagePart<'_>, html: &str) -> bool {
    let content_id = content_id(part);
    let attached = part.content_disposition().is_some_and(|d| d.is_attachment());
    let shown = content_id.as_deref().is_some_and(|id| html.contains(id))
        || (matches!(part.body, PartType::InlineBinary(_)) && !html.is_empty());
    shown
        && (!attached || content_id.is_some())
        && !part.content_type().is_some_and(|ct| ct.ctype().eq_ignore_ascii_case("message"))
}

fn attachment(part: &MessagePart<'_>, view: &View<'_>) -> IncomingPart {
    let bytes = decoded(part, view);
    let mime_type = mime_type(part, view);
    IncomingPart {
        name: part
            .attachment_name()
            .map(|n| name_of(&view.unmask(n)))
            .filter(|n| !n.is_empty())
            .or_else(|| nested_name(&mime_type, &bytes)),
        inline: false,
        mime_type,
        size_bytes: bytes.len() as u64,
        sha256: Some(sha256_hex(&bytes)),
        content_id: content_id(part),
        part_ref: None,
        content: None,
    }
}

/// The MIME type, lower case.
pub fn mime_type(part: &MessagePart<'_>, view: &View<'_>) -> String {
    let fallback = if part.is_text() { "text/plain" } else { "application/octet-stream" };
    let Some(given) = part.content_type() else { return fallback.to_owned() };
    let subtype = given.subtype().map(|s| view.unmask(s).into_owned()).unwrap_or_default();
    let token =
        |t: &str| !t.is_empty() && t.len() <= 100 && t.bytes().all(|b| b.is_ascii_graphic() && b != b'/');
    if !token(given.ctype()) || !token(&subtype) {
        return fallback.to_owned();
    }
    format!("{}/{subtype}", given.ctype()).to_ascii_lowercase()
}

/// The last component of a file name, decoded.
pub fn name_of(given: &str) -> String {
    let name = clean(given);
    let last = name.rsplit(['/', '\\']).find(|piece| !piece.trim().is_empty()).unwrap_or_default();
    last.trim().chars().take(NAME_MAX_CHARS).collect()
}

/// An attached mail is named after its subject.
fn nested_name(mime_type: &str, bytes: &[u8]) -> Option<String> {
    if mime_type != "message/rfc822" && mime_type != "message/global" {
        return None;
    }
    let view = View::new(bytes);
    let nested = super::PARSER.parse_headers(view.bytes.as_ref())?;
    let subject = clean(&view.unmask(nested.subject()?));
    let safe: String =
        subject.chars().take(80).map(|c| if matches!(c, '/' | '\\' | ':') { '-' } else { c }).collect();
    (!safe.is_empty()).then(|| format!("{safe}.eml"))
}

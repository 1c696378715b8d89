//! The bytes of an outgoing mail.
//!
//! Every text that people typed goes through lettre's encoders after control characters were taken out, so that no
//! line break in a subject, a name or a file name becomes a header.

use std::time::{Duration, SystemTime};

use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Body, Mailbox, Message, MultiPart, SinglePart};
use theke_domain::message::{Outgoing, OutgoingPart};

use super::connection::envelope_address;
use super::envelope::fit_for_automation;
use crate::email::settings::Settings;
use crate::error::{Error, ErrorKind, Result};

/// Longest chain of references: some servers refuse long headers. The first names the thread.
const REFERENCES_MAX: usize = 20;

/// Makes the bytes.
pub(crate) fn compose(settings: &Settings, message: &Outgoing) -> Result<Vec<u8>> {
    fit_for_automation(message)?;
    let failed = |what: &str| Error::new(ErrorKind::Rejected, format!("the mail cannot be written: {what}"));
    let reference = id(&message.reference.0).ok_or_else(|| failed("its Message-ID is not valid"))?;
    let millis = u64::try_from(message.at.0).map_err(|_| failed("its date is not valid"))?;
    let mut builder = Message::builder()
        .from(mailbox(settings.name.as_deref(), &settings.address)?)
        .to(mailbox(message.to_name.as_deref(), message.to.value())?)
        .subject(line(message.subject.as_deref().unwrap_or_default()))
        .date(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
        .message_id(Some(reference));
    for copy in &message.cc {
        builder = builder.cc(mailbox(None, copy.value())?);
    }
    if let Some(parent) = message.thread.in_reply_to.as_deref().and_then(id) {
        builder = builder.in_reply_to(parent);
    }
    let references = references(&message.thread.references, message.thread.in_reply_to.as_deref());
    if !references.is_empty() {
        builder = builder.references(references.join(" "));
    }
    // No Precedence: RFC 3834, 3.1.8 advises against it, and some servers file such mail as bulk.
    if message.automatic {
        builder = builder
            .raw_header(raw("Auto-Submitted", "auto-replied"))
            .raw_header(raw("X-Auto-Response-Suppress", "All"));
    }
    let text = Body::new_with_encoding(text(&message.text), ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| failed("its text"))?;
    let plain = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(text);
    let both = message.html.as_deref().map(|html| alternative(plain.clone(), html)).transpose()?;
    let mail = match (both, message.parts.is_empty()) {
        (None, true) => builder.singlepart(plain),
        (Some(both), true) => builder.multipart(both),
        (both, false) => {
            let first = match both {
                Some(both) => MultiPart::mixed().multipart(both),
                None => MultiPart::mixed().singlepart(plain),
            };
            builder.multipart(message.parts.iter().fold(first, |all, part| all.singlepart(attachment(part))))
        }
    };
    Ok(mail.map_err(|e| failed("a header is missing").with_source(e))?.formatted())
}

/// The text and after it the same as HTML: a reader shows the last that it understands (RFC 2046, 5.1.4).
fn alternative(plain: SinglePart, html: &str) -> Result<MultiPart> {
    let page = format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\"></head><body>{}</body></html>",
        text(html)
    );
    let body = Body::new_with_encoding(page, ContentTransferEncoding::QuotedPrintable)
        .map_err(|_| Error::new(ErrorKind::Rejected, "the mail cannot be written: its formatted text"))?;
    let html = SinglePart::builder().header(ContentType::TEXT_HTML).body(body);
    Ok(MultiPart::alternative().singlepart(plain).singlepart(html))
}

fn mailbox(name: Option<&str>, address: &str) -> Result<Mailbox> {
    let name = name.map(line).filter(|n| !n.is_empty());
    Ok(Mailbox::new(name, envelope_address(address)?))
}

fn attachment(part: &OutgoingPart) -> SinglePart {
    let name = line(&part.name).replace(['/', '\\'], "_");
    let kind = ContentType::parse(&line(&part.mime_type))
        .or_else(|_| ContentType::parse("application/octet-stream"));
    let body = Body::new_with_encoding(part.content.clone(), ContentTransferEncoding::Base64)
        .unwrap_or_else(Body::new);
    match kind {
        Ok(kind) => Attachment::new(name).body(body, kind),
        Err(_) => Attachment::new(name).body(body, ContentType::TEXT_PLAIN),
    }
}

/// One line without control characters.
fn line(text: &str) -> String {
    let one: String = text
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c })
        .collect();
    one.trim().to_owned()
}

/// The text with CRLF line ends and without other control characters.
fn text(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    let out: String = unix.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    out.trim_end_matches('\n').replace('\n', "\r\n")
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// A message id in brackets, if it is one that can stand in a header.
fn id(text: &str) -> Option<String> {
    let inner = text.trim().strip_prefix('<')?.strip_suffix('>')?;
    let fits = !inner.is_empty()
        && inner.len() <= 900
        && inner.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>'));
    fits.then(|| format!("<{inner}>"))
}

fn references(chain: &[String], parent: Option<&str>) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for one in chain.iter().map(String::as_str).chain(parent).filter_map(id) {
        ids.retain(|known| *known != one);
        ids.push(one);
    }
    if ids.len() > REFERENCES_MAX {
        ids.drain(1..=ids.len() - REFERENCES_MAX);
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_keep_the_first_and_the_last() {
        let chain: Vec<String> = (0..50).map(|n| format!("<{n}@x>")).collect();
        let kept = references(&chain, Some("<p@x>"));
        assert_eq!((kept.len(), kept[0].as_str(), kept[19].as_str()), (20, "<0@x>", "<p@x>"));
        assert_eq!(
            references(&["<a b@x>".into(), "no".into(), "<c@x>\r\nBcc: y".into()], None),
            Vec::<String>::new()
        );
    }

    #[test]
    fn lines_stay_lines() {
        assert_eq!(line("a\r\nBcc: b\u{0}"), "a  Bcc: b");
        assert_eq!(text("a\r\nb\rc\u{7}\n"), "a\r\nb\r\nc");
    }
}

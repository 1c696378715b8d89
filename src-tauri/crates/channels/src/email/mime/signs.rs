//! What a mail says of itself as a whole: whether a program wrote it, and which delivery it reports as failed. Only the
//! pieces are found here; `domain::machine` and `domain::bounce` read them.

use mail_parser::{Message, MessagePart, MimeHeaders};
use theke_domain::address::Address;
use theke_domain::bounce::{self, Bounce, Report};
use theke_domain::machine::{self, Letter, Sign};
use theke_domain::message::Party;

use super::view::{View, header_end};
use super::{body, headers};

/// So many header fields are looked at, and so many bytes of each.
const FIELDS_MAX: usize = 1_000;
const VALUE_MAX_BYTES: usize = 4_096;
/// So many parts of a report are read, and so many bytes of each.
const REPORT_PARTS_MAX: usize = 8;
const REPORT_PART_MAX_BYTES: usize = 64 * 1024;

/// What was read of the mail before.
pub struct Mail<'a> {
    pub from: &'a Party,
    pub to: &'a [Party],
    pub reply_to: &'a [Party],
    pub subject: &'a str,
    pub text: &'a str,
    pub text_without_quote: &'a str,
    pub own: &'a [Address],
}

/// The signs of a machine, and the failed delivery that the mail reports.
pub fn read(message: &Message<'_>, view: &View<'_>, mail: &Mail<'_>) -> (Vec<Sign>, Option<Bounce>) {
    let fields = fields(view);
    let kinds: Vec<String> = message.parts.iter().skip(1).map(|part| kind(part, view)).collect();
    let signs = machine::signs(&Letter {
        fields: &fields,
        from: mail.from,
        reply_to: mail.reply_to,
        subject: mail.subject,
        text: mail.text_without_quote,
        parts: &kinds,
        own: mail.own,
    });
    if signs.is_empty() {
        return (signs, None);
    }
    let of_kind = |wanted: &'static [&'static str]| {
        let fits = move |part: &&MessagePart<'_>| wanted.contains(&body::mime_type(part, view).as_str());
        message.parts.iter().filter(fits).take(REPORT_PARTS_MAX).map(|part| lines(part, view))
    };
    let statuses: Vec<String> =
        of_kind(&["message/delivery-status", "message/global-delivery-status"]).collect();
    let returned =
        of_kind(&["message/rfc822", "text/rfc822-headers", "message/global", "message/rfc822-headers"])
            .next();
    let bounce = bounce::read(&Report {
        fields: &fields,
        from: mail.from,
        to: mail.to,
        subject: mail.subject,
        text: mail.text,
        statuses: &statuses,
        returned: returned.as_deref(),
        signs: &signs,
    });
    (signs, bounce)
}

/// The type of a part, and the method of a calendar.
fn kind(part: &MessagePart<'_>, view: &View<'_>) -> String {
    let mime_type = body::mime_type(part, view);
    match part.content_type().and_then(|given| given.attribute("method")) {
        Some(method) => format!("{mime_type}; method={}", method.to_ascii_lowercase()),
        None => mime_type,
    }
}

fn lines(part: &MessagePart<'_>, view: &View<'_>) -> String {
    let bytes = body::decoded(part, view);
    let kept = bytes.get(..REPORT_PART_MAX_BYTES).unwrap_or(&bytes);
    String::from_utf8_lossy(kept).replace("\r\n", "\n").replace('\r', "\n").trim_start().to_owned()
}

/// The header fields, unfolded and decoded.
fn fields(view: &View<'_>) -> Vec<(String, String)> {
    let head = view.bytes.get(..header_end(&view.bytes)).unwrap_or(view.bytes.as_ref());
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in String::from_utf8_lossy(head).split('\n') {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = fields.last_mut().filter(|(_, value)| value.len() < VALUE_MAX_BYTES) {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            if fields.len() >= FIELDS_MAX {
                break;
            }
            fields.push((name.trim().to_owned(), value.trim().chars().take(VALUE_MAX_BYTES).collect()));
        }
    }
    for (_, value) in &mut fields {
        *value = headers::clean(&view.unmask(value.as_str()));
    }
    fields
}

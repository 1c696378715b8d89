//! What a single mail says, as `thekectl inspect` shows it. The field names are a contract (cli.md).

use mail_parser::{HeaderName, Message, MimeHeaders};
use serde::Serialize;
use theke_domain::address::Address;
use theke_domain::message::{Direction, Flags, Incoming, Party, RemoteId};

use super::view::{View, header_end};
use super::{Fetched, PARSER, authres, body, headers, names};

/// A name and an address; the address normalized, or as it stood there if it is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The display name.
    pub name: Option<String>,
    /// The address.
    pub address: Option<String>,
}

/// One attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Attached {
    /// File name without any path.
    pub name: Option<String>,
    /// MIME type, lower case.
    #[serde(rename = "type")]
    pub mime_type: String,
    /// Decoded size in bytes.
    pub size: u64,
    /// SHA-256 of the decoded bytes, lower-case hex.
    pub sha256: Option<String>,
    /// Shown within the text.
    pub inline: bool,
}

/// Whether the own provider has checked the sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Authentication {
    /// `pass`, `fail`, `none`, or `untrusted` where only others say something.
    pub result: String,
    /// The authserv-id that says so.
    pub by: Option<String>,
}

/// Something that was removed or is warned about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is.
    pub what: String,
    /// Where it was.
    #[serde(rename = "where")]
    pub place: String,
}

/// Everything about one mail.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the names are the contract of cli.md")]
pub struct Inspected {
    pub from: Option<Person>,
    pub sender: Option<Person>,
    pub reply_to: Vec<Person>,
    pub to: Vec<Person>,
    pub cc: Vec<Person>,
    pub subject: Option<String>,
    /// RFC 3339; `null` where the mail has none.
    pub date: Option<String>,
    pub text: String,
    pub text_without_quote: String,
    pub html: Option<String>,
    pub attachments: Vec<Attached>,
    pub message_id: Option<String>,
    pub in_reply_to: Option<String>,
    pub references: Vec<String>,
    /// Always `null`: the real sender of form mails is not looked for.
    pub customer: Option<serde_json::Value>,
    /// Always `null`: no guard judges mails.
    pub automatic: Option<serde_json::Value>,
    /// Always `null`: bounces are not read.
    pub bounce: Option<serde_json::Value>,
    pub authentication: Authentication,
    /// Findings in attachments; those in the HTML are added by who sanitises it.
    #[serde(rename = "unsafe")]
    pub unsafe_: Vec<Finding>,
    pub problems: Vec<String>,
}

/// Reads a mail. `own`: the shop's addresses; `authserv`: the ids of its provider.
pub fn inspect(raw: &[u8], own: &[String], authserv: &[String]) -> Inspected {
    let fetched = Fetched {
        remote_id: RemoteId(String::new()),
        direction: Direction::In,
        received_at: None,
        flags: Flags::default(),
        size_bytes: None,
        spam: false,
    };
    let mut mail = super::read(raw, &fetched, true);
    let view = View::new(raw);
    let parsed = PARSER.parse(view.bytes.as_ref()).filter(|m| !m.parts.is_empty());
    let sender =
        parsed.as_ref().and_then(|m| headers::all_parties(m, &HeaderName::Sender, &view).into_iter().next());
    let date = parsed.as_ref().and_then(|m| headers::written_date(m, &view)).map(|d| d.to_rfc3339());
    let from_domain = mail
        .from
        .address
        .as_ref()
        .and_then(|a| a.value().rsplit_once('@'))
        .map(|(_, domain)| domain.to_owned());
    let head = view.bytes.get(..header_end(&view.bytes)).unwrap_or_default();
    let authentication = authres::read(head, authserv, from_domain.as_deref());
    let unsafe_ = parsed.as_ref().map(|m| attachment_findings(m, &view)).unwrap_or_default();
    if sent_by_us(&mail, own) && authentication.result != "pass" {
        mail.problems.push("the sender is one of the own addresses and nothing proves it".to_owned());
    }
    Inspected {
        from: (!mail.from.raw.is_empty()).then(|| person(&mail.from)),
        sender: sender.as_ref().map(person),
        reply_to: mail.reply_to.iter().map(person).collect(),
        to: mail.to.iter().map(person).collect(),
        cc: mail.cc.iter().map(person).collect(),
        date,
        attachments: mail.parts.iter().map(attached).collect(),
        message_id: mail.thread.message_id,
        in_reply_to: mail.thread.in_reply_to,
        references: mail.thread.references,
        subject: mail.subject,
        text: mail.text,
        text_without_quote: mail.text_without_quote,
        html: mail.html,
        customer: None,
        automatic: None,
        bounce: None,
        authentication,
        unsafe_,
        problems: mail.problems,
    }
}

fn person(party: &Party) -> Person {
    let written = party.raw.rsplit_once('<').and_then(|(_, tail)| tail.strip_suffix('>'));
    let bare = party.raw.contains('@').then_some(party.raw.as_str());
    let address = party.address.as_ref().map(Address::value).or(written).or(bare);
    Person { name: party.name.clone(), address: address.map(str::to_owned) }
}

fn attached(part: &theke_domain::message::IncomingPart) -> Attached {
    Attached {
        name: part.name.clone(),
        mime_type: part.mime_type.clone(),
        size: part.size_bytes,
        sha256: part.sha256.clone(),
        inline: part.inline,
    }
}

fn sent_by_us(mail: &Incoming, own: &[String]) -> bool {
    mail.from
        .address
        .as_ref()
        .is_some_and(|from| own.iter().filter_map(|text| super::address(text)).any(|own| own == *from))
}

fn attachment_findings(message: &Message<'_>, view: &View<'_>) -> Vec<Finding> {
    let mut out = Vec::new();
    for part in body::attachments(message) {
        let given = part.attachment_name().map(|n| view.unmask(n)).unwrap_or_default();
        names::findings(
            &headers::clean(&given),
            &body::mime_type(part, view),
            &body::decoded(part, view),
            &mut out,
        );
    }
    let reports =
        message.headers().iter().filter(|h| h.name == HeaderName::DispositionNotificationTo).count();
    if reports > 0 {
        out.push(Finding {
            what: "asks for a receipt, which is never sent".to_owned(),
            place: "headers".to_owned(),
        });
    }
    out
}

//! What a single mail says, as `thekectl inspect` shows it. The field names are a contract (cli.md).

use mail_parser::{HeaderName, Message, MimeHeaders};
use serde::Serialize;
use theke_domain::address::Address;
use theke_domain::authenticity::Outcome;
use theke_domain::bounce::Bounce;
use theke_domain::form_mail::{self, Letter};
use theke_domain::machine::{self, Sign};
use theke_domain::matching::{self, StrongKey};
use theke_domain::message::{Direction, Flags, Incoming, Party, RemoteId};

use super::view::View;
use super::{Fetched, PARSER, body, headers, names};
use crate::email::trust;

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

/// The real sender.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Customer {
    /// The name that stands with the address.
    pub name: Option<String>,
    /// The address, normalized.
    pub address: Option<String>,
    /// Where it was found: `from`, `reply_to`, `to`, `cc`, or the sort of form mail (`contact_form`, `order`,
    /// `marketplace`, `voicemail`, `missed_call`).
    pub why: String,
}

/// What the guards make of a mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Automatic {
    /// Who wrote it.
    pub verdict: machine::Verdict,
    /// The signs of a machine; a person's mail may have some that are not enough, or that the form adds.
    pub signs: Vec<Sign>,
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
    /// Whose matter it is: of a form mail the person who filled it in. `null` where nobody could be a customer.
    pub customer: Option<Customer>,
    /// Whether a person or a machine wrote it, and by what signs.
    pub automatic: Automatic,
    /// The failed delivery that it reports.
    pub bounce: Option<Bounce>,
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
    let own_addresses: Vec<Address> = own.iter().filter_map(|text| super::address(text)).collect();
    let mut mail = super::read(raw, &fetched, true, &own_addresses);
    let form = form_mail::read(&Letter::of(&mail, &own_addresses, COUNTRY));
    let verdict = machine::verdict(&mail.signs, form.as_ref());
    let view = View::new(raw);
    let parsed = PARSER.parse(view.bytes.as_ref()).filter(|m| !m.parts.is_empty());
    let sender =
        parsed.as_ref().and_then(|m| headers::all_parties(m, &HeaderName::Sender, &view).into_iter().next());
    let date = parsed.as_ref().and_then(|m| headers::written_date(m, &view)).map(|d| d.to_rfc3339());
    let authentication = authentication(&mail, authserv);
    let customer = customer(&mail, own);
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
        customer,
        automatic: Automatic { verdict, signs: mail.signs },
        bounce: mail.bounce,
        authentication,
        unsafe_,
        problems: mail.problems,
    }
}

/// What the provider named by `authserv` says. Where nobody is named, nobody is trusted.
fn authentication(mail: &Incoming, authserv: &[String]) -> Authentication {
    let verdict = trust::verdict(mail, &trust::named(authserv));
    let first = mail.authentication_results.first();
    let signed = first.and_then(|value| value.split([';', ' ']).find(|word| !word.trim().is_empty()));
    let result = match verdict.outcome {
        Outcome::Pass => "pass",
        Outcome::Fail => "fail",
        Outcome::None if verdict.by.is_none() && first.is_some() => "untrusted",
        Outcome::None => "none",
        Outcome::Untrusted => "untrusted",
    };
    let by = verdict.by.or_else(|| signed.map(|word| word.trim().to_lowercase()));
    Authentication { result: result.to_owned(), by }
}

/// Numbers without a country are read with this one; a mail says nothing of the shop.
const COUNTRY: &str = "DE";

fn customer(mail: &Incoming, own: &[String]) -> Option<Customer> {
    let own: Vec<Address> = own.iter().filter_map(|text| super::address(text)).collect();
    if let Some(form) = form_mail::read(&Letter::of(mail, &own, COUNTRY)) {
        let why = serde_json::to_value(form.kind).ok()?.as_str()?.to_owned();
        let address = form.email.or(form.phone).or(form.relay);
        let name = form.name.map(|name| name.value);
        let address = address.map(|found| found.value.value().to_owned());
        return (name.is_some() || address.is_some()).then_some(Customer { name, address, why });
    }
    let direction = if sent_by(mail, &own) { Direction::Out } else { mail.direction };
    let found = matching::customer(direction, &mail.from, &mail.reply_to, &mail.to, &mail.cc, &own)?;
    let address = found.party.address.as_ref()?;
    // Mailboxes that nobody reads are no customers.
    if matches!(matching::strong_key_policy(address, false), StrongKey::Never(_)) {
        return None;
    }
    let name = found.party.name.as_deref().and_then(|name| matching::clean_name(name, Some(address)));
    Some(Customer { name, address: Some(address.value().to_owned()), why: found.found_in.to_owned() })
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
    sent_by(mail, &own.iter().filter_map(|text| super::address(text)).collect::<Vec<_>>())
}

fn sent_by(mail: &Incoming, own: &[Address]) -> bool {
    mail.from.address.as_ref().is_some_and(|from| own.contains(from))
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

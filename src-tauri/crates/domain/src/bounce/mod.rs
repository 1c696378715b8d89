//! What a report on a failed delivery says: who was not reached, for how long, why, and which of our messages it was.
//!
//! Machine-readable reports (RFC 3464) say it in fields; the others in sentences of some mail system, followed by the
//! returned message. Both are read the same way: find the recipients, then the reason in what is said about each. The
//! words decide before the status code, because many systems give the code `5.0.0` to everything.
//!
//! Hard means that this address will not work again: nobody has it, its domain is gone or takes no mail. A full
//! mailbox, a refusal of the message or of the shop's server, and a delay are soft. `None`: it does not say.
//!
//! A note of absence, a receipt and a complaint are no bounces. Not here: what follows for the address and the
//! conversation.

mod reason;
mod status;
mod text;
mod words;

use serde::{Deserialize, Serialize};

pub use reason::Reason;

use crate::machine::Sign;
use crate::message::Party;

/// So many recipients of one report are kept.
const RECIPIENTS_MAX: usize = 100;

/// One recipient that was not reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The address, lower case.
    pub address: String,
    /// The status code (RFC 3463), empty if none was given.
    pub status: String,
    /// It will not work again; `None` if that is not said.
    pub hard: Option<bool>,
    /// Why.
    pub reason: Reason,
    /// It is still being tried: nothing has failed yet.
    #[serde(default)]
    pub delayed: bool,
}

/// A report on a failed or delayed delivery.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounce {
    /// Who was not reached; empty where the report names nobody.
    pub recipients: Vec<Recipient>,
    /// The Message-ID of the message that came back, in angle brackets.
    pub original_message_id: Option<String>,
}

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The header fields of the report, unfolded.
    pub fields: &'a [(String, String)],
    /// Its sender.
    pub from: &'a Party,
    /// To whom it came: the sender of what came back.
    pub to: &'a [Party],
    /// Its subject.
    pub subject: &'a str,
    /// Its readable text. May hold the returned message.
    pub text: &'a str,
    /// The bodies of its `message/delivery-status` parts.
    pub statuses: &'a [String],
    /// The returned message or its headers, where they are a part of their own.
    pub returned: Option<&'a str>,
    /// What `machine` found.
    pub signs: &'a [Sign],
}

/// Reads a report. `None` for everything that reports no failed delivery.
pub fn read(report: &Report<'_>) -> Option<Bounce> {
    let has = |sign| report.signs.contains(&sign);
    let other = [Sign::AbuseReport, Sign::ReadReceipt, Sign::CalendarReply];
    if other.into_iter().any(has) {
        return None;
    }
    let told: Vec<status::Told> = report.statuses.iter().flat_map(|body| status::read(body)).collect();
    let human = text::human(report.text);
    let recipients = if told.is_empty() {
        let absent = has(Sign::VacationSubject) || has(Sign::VacationText) || has(Sign::AutoReplyHeader);
        let sent_by_system = [Sign::DeliveryReport, Sign::MailSystem, Sign::NullReturnPath, Sign::NullSender];
        // A report whose fields name only who was reached.
        let of_success = !report.statuses.is_empty() && status::names_only_reached(report.statuses);
        if absent || of_success || !sent_by_system.into_iter().any(has) {
            return None;
        }
        from_text(report, human)
    } else {
        told.into_iter().map(|told| judged(told, human)).collect()
    };
    let recipients = each_once(recipients);
    let original_message_id = original(report, human);
    let says_so = has(Sign::DeliveryReport)
        || text::speaks_of_failure(human)
        || recipients.iter().any(|r| r.reason != Reason::Undefined);
    if recipients.is_empty() && !(has(Sign::DeliveryReport) && original_message_id.is_some()) || !says_so {
        return None;
    }
    Some(Bounce { recipients, original_message_id })
}

/// A recipient of a machine-readable report.
fn judged(told: status::Told, human: &str) -> Recipient {
    let around = text::about(human, &told.address);
    let by_words = reason::of_texts(&[&told.diagnostic, &around], &told.status);
    let reason = by_words
        .map(|reason| after_the_message(reason, &told.status, &format!("{}\n{human}", told.diagnostic)))
        .or_else(|| reason::of_status(&told.status))
        .or_else(|| reason::of_words(human, &told.status))
        .or_else(|| told.delayed.then_some(Reason::Expired))
        .unwrap_or(Reason::Undefined);
    recipient(told.address, told.status, reason, told.delayed)
}

fn from_text(report: &Report<'_>, human: &str) -> Vec<Recipient> {
    let delayed = text::speaks_of_delay(report.subject, human);
    let whole = reason::of_words(human, &text::status(human));
    text::recipients(report, human)
        .into_iter()
        .map(|(address, about)| {
            let status =
                Some(text::status(&about)).filter(|s| !s.is_empty()).unwrap_or_else(|| text::status(human));
            let line = about.lines().next().unwrap_or_default();
            let reason = reason::of_texts(&[line, &about], &status)
                .map(|reason| after_the_message(reason, &status, human))
                .or(whole)
                .or_else(|| reason::of_status(&status))
                .unwrap_or(if delayed { Reason::Expired } else { Reason::Undefined });
            recipient(address, status, reason, delayed)
        })
        .collect()
}

fn after_the_message(reason: Reason, status: &str, text: &str) -> Reason {
    let filtered =
        reason == Reason::UserUnknown && status != "5.1.1" && text::refused_after_the_message(text);
    if filtered { Reason::Rejected } else { reason }
}

/// Some systems report each attempt.
fn each_once(recipients: Vec<Recipient>) -> Vec<Recipient> {
    let mut kept: Vec<Recipient> = Vec::new();
    for one in recipients.into_iter().take(RECIPIENTS_MAX) {
        if !kept.iter().any(|known| known.address == one.address) {
            kept.push(one);
        }
    }
    kept
}

fn recipient(address: String, status: String, reason: Reason, delayed: bool) -> Recipient {
    let hard = if delayed { Some(false) } else { reason.is_hard() };
    Recipient { address, status, hard, reason, delayed }
}

/// The id of the message that came back.
fn original(report: &Report<'_>, human: &str) -> Option<String> {
    let returned = report.returned.and_then(text::message_id);
    let behind = || report.text.get(human.len()..).and_then(text::message_id);
    let named = || report.statuses.iter().find_map(|body| text::message_id(body));
    let linked = || {
        let field = |name: &str| {
            let found = report.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
            found.and_then(|(_, value)| text::last_id(value))
        };
        field("in-reply-to").or_else(|| field("references"))
    };
    returned.or_else(behind).or_else(named).or_else(linked).or_else(|| text::message_id(human))
}

#[cfg(test)]
mod tests;

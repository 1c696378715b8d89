//! Mails that a machine wrote for a person: contact forms, shop systems, marketplaces, answering machines. Who that
//! person is, and what he wrote.
//!
//! Whether a mail is of this sort is decided by its sender alone: one of the shop's own addresses, a sender that
//! nobody reads, or the host of a known system. Lines like `E-Mail: …` in a customer's own mail mean nothing. The
//! sender of such a mail is never a customer. What the form says of the person is that person's claim and no proof:
//! it is as good as an unverified sender, and the mail itself must have passed `authenticity` first.
//!
//! Not here: the customer of an ordinary mail (`matching::customer`), and whether the person's address may link by
//! itself (`matching::strong_key_policy`).

mod calls;
mod labels;
mod market;
mod orders;
mod sender;

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::matching::{Mailbox, clean_name, mailbox_sort};
use crate::message::{Incoming, Party};
use labels::{Field, Fields};
use sender::Sender;

/// So many characters of a text are looked at.
const LONGEST_CHARS: usize = 20_000;

/// What sort of machine wrote the mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormKind {
    /// A contact form of a website.
    ContactForm,
    /// An order of a shop system.
    Order,
    /// A message or notice of a marketplace.
    Marketplace,
    /// A message on an answering machine.
    Voicemail,
    /// A call that nobody took.
    MissedCall,
}

/// Who vouches that a form, and not anybody, wrote the mail, as long as its sender is genuine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voucher {
    /// The shop's own address or domain.
    Shop,
    /// The host of a known system.
    KnownSystem,
    /// Nobody: a sender that nobody reads, at any host. Anybody can send such mails about anybody.
    Nobody,
}

/// Where a detail was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundIn {
    /// In the Reply-To header.
    ReplyTo,
    /// In the text.
    Body,
    /// In the subject.
    Subject,
    /// In the display name of the sender.
    From,
}

/// A detail and where it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// The detail.
    pub value: T,
    /// Where it stood.
    pub found_in: FoundIn,
}

/// A mail of a machine, with the person for whom it wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormMail {
    /// What sort of machine wrote it.
    pub kind: FormKind,
    /// Who vouches for that.
    pub voucher: Voucher,
    /// The person's name.
    pub name: Option<Found<String>>,
    /// The person's own e-mail address.
    pub email: Option<Found<Address>>,
    /// The person's telephone number.
    pub phone: Option<Found<Address>>,
    /// A marketplace's address for this one buyer. Answers go there, but it is not the person's address: it is never
    /// shared between customers and never makes an identity that links.
    pub relay: Option<Found<Address>>,
    /// What the person gave as the subject.
    pub subject: Option<String>,
    /// What the person wrote, where it can be told from the rest.
    pub text: Option<String>,
}

/// What is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Letter<'a> {
    /// The From header.
    pub from: &'a Party,
    /// The Reply-To header.
    pub reply_to: &'a [Party],
    /// The subject.
    pub subject: &'a str,
    /// The readable text.
    pub text: &'a str,
    /// The shop's own addresses.
    pub own: &'a [Address],
    /// The shop's country, ISO 3166, for national numbers.
    pub home_country: &'a str,
}

impl<'a> Letter<'a> {
    /// The letter of an incoming message.
    pub fn of(message: &'a Incoming, own: &'a [Address], home_country: &'a str) -> Self {
        Self {
            from: &message.from,
            reply_to: &message.reply_to,
            subject: message.subject.as_deref().unwrap_or_default(),
            text: &message.text,
            own,
            home_country,
        }
    }

    /// The lines of the text, trimmed, as far as it is looked at.
    fn lines(&self) -> Vec<String> {
        let text: String = self.text.chars().take(LONGEST_CHARS).collect();
        text.lines()
            .map(|line| line.trim().trim_matches(['*', '\u{a0}', '\u{feff}']).trim().to_owned())
            .collect()
    }

    /// The first answer address that is a person's, or at least a mailbox that somebody reads.
    fn answer_to(&self) -> Option<&'a Party> {
        self.reply_to
            .iter()
            .find(|party| party.address.as_ref().is_some_and(|address| self.is_foreign(address)))
    }

    /// Whether an e-mail address can be a customer's: not ours, not the sender's, read by somebody, no relay.
    fn is_foreign(&self, address: &Address) -> bool {
        let Address::Email { value } = address else { return false };
        let sort = mailbox_sort(value);
        !sender::is_ours(address, self.own)
            && self.from.address.as_ref() != Some(address)
            && !matches!(sort, Mailbox::NoReply | Mailbox::Placeholder | Mailbox::Relay)
    }

    fn email(&self, text: &str) -> Option<Address> {
        let address = Address::parse(text, self.home_country).ok()?;
        self.is_foreign(&address).then_some(address)
    }

    fn phone(&self, text: &str) -> Option<Address> {
        let address = Address::parse(text, self.home_country).ok()?;
        let short = address.value().len() < 8;
        (matches!(address, Address::Phone { .. }) && !short && !self.own.contains(&address))
            .then_some(address)
    }
}

/// Reads a mail that a machine wrote for a person. `None` for all other mails: those of customers and of colleagues,
/// and notices that speak of no person.
pub fn read(letter: &Letter<'_>) -> Option<FormMail> {
    let sender = sender::sender(letter)?;
    let lines = letter.lines();
    let mut found = match sender {
        Sender::Marketplace => Some(market::read(letter, &lines)),
        Sender::Calls => calls::read(letter, &lines),
        Sender::Forms | Sender::Own | Sender::Unread => {
            if labels::is_forwarded(&lines) {
                return None;
            }
            calls::read(letter, &lines)
                .or_else(|| orders::read(letter, &lines))
                .or_else(|| contact_form(letter, &lines, sender))
        }
    }?;
    found.voucher = match sender {
        Sender::Own => Voucher::Shop,
        Sender::Unread => Voucher::Nobody,
        Sender::Forms | Sender::Marketplace | Sender::Calls => Voucher::KnownSystem,
    };
    Some(found)
}

/// A contact form: by its labels, and by where answers are wanted.
fn contact_form(letter: &Letter<'_>, lines: &[String], sender: Sender) -> Option<FormMail> {
    let fields = labels::fields(lines);
    let email_in_text = fields.email(letter);
    let answer_to = letter.answer_to();
    let name_in_text = fields.name();
    let phone = fields.phone(letter);
    let message = fields.get(Field::Message);
    let head = lines.iter().filter(|line| !line.is_empty());
    let ends = head.clone().take(8).chain(head.rev().take(8));
    let announced =
        sender::announces_a_form(letter.subject) || ends.map(String::as_str).any(sender::announces_a_form);
    let agree = answer_to.and_then(|party| party.address.as_ref()) == email_in_text.as_ref()
        && email_in_text.is_some();
    let reachable = email_in_text.is_some() || answer_to.is_some() || phone.is_some();
    let described = [name_in_text.is_some(), email_in_text.is_some(), phone.is_some(), message.is_some()];
    let labelled = described.iter().filter(|found| **found).count();
    let is_form = reachable
        && match sender {
            Sender::Forms => labelled >= 1 || answer_to.is_some(),
            Sender::Own => labelled >= 2 || answer_to.is_some() && (labelled >= 1 || announced),
            _ => labelled >= 2 && (announced || agree) || announced && answer_to.is_some(),
        };
    if !is_form {
        return None;
    }
    let in_body = |value: String| Found { value, found_in: FoundIn::Body };
    let email = answer_to
        .and_then(|party| party.address.clone())
        .map(|value| Found { value, found_in: FoundIn::ReplyTo })
        .or_else(|| email_in_text.map(|value| Found { value, found_in: FoundIn::Body }));
    let by_header = answer_to.and_then(|party| clean_name(party.name.as_deref()?, party.address.as_ref()));
    let name = name_in_text
        .map(in_body)
        .or_else(|| by_header.map(|value| Found { value, found_in: FoundIn::ReplyTo }));
    Some(FormMail {
        kind: FormKind::ContactForm,
        voucher: Voucher::Nobody,
        name,
        email,
        phone: phone.map(|value| Found { value, found_in: FoundIn::Body }),
        relay: None,
        subject: fields.get(Field::Subject),
        text: message,
    })
}

impl Fields {
    fn email(&self, letter: &Letter<'_>) -> Option<Address> {
        let labelled = self.all(Field::Email).find_map(|value| labels::address_in(value, letter));
        labelled.or_else(|| self.all(Field::Sender).find_map(|value| labels::address_in(value, letter)))
    }

    fn phone(&self, letter: &Letter<'_>) -> Option<Address> {
        let mobile = self.all(Field::Mobile);
        mobile.chain(self.all(Field::Phone)).find_map(|value| letter.phone(value))
    }

    /// The name, put together from its parts.
    fn name(&self) -> Option<String> {
        let get = |field| self.get(field).filter(|name| name.chars().count() <= 80);
        let (first, last, whole) = (get(Field::FirstName), get(Field::LastName), get(Field::Name));
        let joined = match (first, last, whole) {
            (Some(first), Some(last), _) => format!("{first} {last}"),
            (Some(first), None, Some(whole)) if !whole.contains(&first) => format!("{first} {whole}"),
            (None, Some(last), Some(whole)) if !whole.contains(&last) => format!("{whole} {last}"),
            (_, _, Some(whole)) => whole,
            (Some(one), None, None) | (None, Some(one), None) => one,
            (None, None, None) => labels::name_before_address(&self.get(Field::Sender)?)?,
        };
        clean_name(&joined, None)
    }
}

#[cfg(test)]
mod tests;

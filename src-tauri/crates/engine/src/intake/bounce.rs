//! A message of ours came back: the report joins its conversation, the message has failed, and the shop's turn is again.
//!
//! The message is found by its id. Where the report does not quote it, the newest message to the address it names is
//! meant, unless the report's sender is proved to be somebody else. A delay is only noted. An address is marked only
//! where it will not work again, and by reports on what we sent: anybody can write a mail that looks like one.
//!
//! Not here: reading the report (`theke_domain::bounce`), and what else becomes of a bounced address (`domain::routing`).

use theke_domain::address::Address;
use theke_domain::authenticity::Outcome;
use theke_domain::bounce::{Bounce, Reason, Recipient};
use theke_domain::form_mail::{self, Letter};
use theke_domain::ids::MessageId;
use theke_domain::machine::{self, Sign, Verdict};
use theke_domain::message::{Delivery, Direction, Incoming};
use theke_store::table::Trouble;
use theke_store::table::conversations::{Conversation, Status};
use theke_store::table::identities::{self, Identity};
use theke_store::table::messages::{self, Message, find, progress, told};
use theke_store::{Result, Transaction};

use super::person::Person;
use super::{Context, Tally, reopen};
use crate::api::types::Event;
use crate::{failure, timeline};

/// A report without the id of its message is about one that is at most so old.
const RECENT_SECS: i64 = 7 * 24 * 3600;
/// A report older than this, seen for the first time, changes nothing any more.
const OLD_SECS: i64 = 14 * 24 * 3600;

/// A message of ours that came back.
pub struct Returned {
    sent: Message,
    identity: Identity,
    recipient: Recipient,
}

impl Returned {
    /// Whose matter the report is: that of the customer who was not reached.
    pub fn person(&self, incoming: &Incoming) -> Person {
        Person {
            contact: self.sent.contact_id,
            identity: self.identity.id,
            address: self.identity.address.clone(),
            authentication: incoming.authentication.unwrap_or(Outcome::None),
        }
    }

    /// The conversation that the report joins.
    pub fn conversation(&self) -> theke_domain::ids::ConversationId {
        self.sent.conversation_id
    }
}

/// The message of ours that a mail reports as failed or delayed.
pub fn find(tx: &Transaction<'_>, context: &Context, incoming: &Incoming) -> Result<Option<Returned>> {
    let Some(bounce) = &incoming.bounce else { return Ok(None) };
    let sent = match by_id(tx, context, bounce)? {
        Some(sent) => Some(sent),
        None if is_doubtful(incoming) => None,
        None => by_recipient(tx, context, incoming, bounce)?,
    };
    let Some(sent) = sent else { return Ok(None) };
    let Some(identity) = sent.identity_id.map(|id| identities::get(tx, id)).transpose()?.flatten() else {
        return Ok(None);
    };
    let recipient = about(bounce, &identity.address);
    Ok(Some(Returned { sent, identity, recipient }))
}

fn is_doubtful(incoming: &Incoming) -> bool {
    matches!(incoming.authentication, Some(Outcome::Fail | Outcome::Untrusted))
}

fn by_id(tx: &Transaction<'_>, context: &Context, bounce: &Bounce) -> Result<Option<Message>> {
    let Some(id) = bounce.original_message_id.as_deref() else { return Ok(None) };
    let found = find::by_ref(tx, id)?;
    let ours = |row: &Message| row.direction == Direction::Out && row.account_id == context.account;
    Ok(found.into_iter().find(ours))
}

fn by_recipient(
    tx: &Transaction<'_>,
    context: &Context,
    incoming: &Incoming,
    bounce: &Bounce,
) -> Result<Option<Message>> {
    let since = incoming.at.plus_secs(-RECENT_SECS);
    for recipient in &bounce.recipients {
        let Ok(address) = Address::parse(&recipient.address, &context.country) else { continue };
        let Some(identity) = identities::by_address(tx, &address)? else { continue };
        let newest = told::newest_to(tx, identity.id, since)?;
        if let Some(row) = newest.filter(|row| row.account_id == context.account) {
            return Ok(Some(row));
        }
    }
    Ok(None)
}

/// What is said of this address. A mail that was passed on names another one; then that is what came of it.
fn about(bounce: &Bounce, address: &Address) -> Recipient {
    let named = bounce.recipients.iter().find(|one| one.address.eq_ignore_ascii_case(address.value()));
    named.or(bounce.recipients.first()).cloned().unwrap_or_else(|| Recipient {
        address: address.value().to_owned(),
        status: String::new(),
        hard: None,
        reason: Reason::Undefined,
        delayed: false,
    })
}

/// The signs that a machine wrote it, with those that only the shop can know; none of a person, also where a form or a
/// marketplace wrote for that person.
fn signs(incoming: &Incoming, own: &[Address], country: &str, may_be_a_form: bool) -> Vec<Sign> {
    let mut signs = incoming.signs.clone();
    signs.extend(machine::signs_of_own(&incoming.from, own, false));
    signs.sort_unstable();
    signs.dedup();
    let form = if may_be_a_form { form_mail::read(&Letter::of(incoming, own, country)) } else { None };
    match machine::verdict(&signs, form.as_ref()) {
        Verdict::Machine => signs,
        Verdict::Person => Vec::new(),
    }
}

/// Keeps what a message says of itself.
pub fn keep(tx: &Transaction<'_>, context: &Context, incoming: &Incoming, id: MessageId) -> Result<()> {
    let signs = signs(incoming, &context.own, &context.country, context.has_threads);
    told::set(tx, id, &signs, incoming.bounce.as_ref())
}

/// Does what follows, once the report is stored in the conversation of the message.
pub fn follow(
    tx: &Transaction<'_>,
    context: &Context,
    incoming: &Incoming,
    returned: &Returned,
    conversation: &Conversation,
    tally: &mut Tally,
) -> Result<()> {
    let Returned { sent, identity, recipient } = returned;
    if context.now.secs_since(incoming.at) > OLD_SECS {
        return Ok(());
    }
    let what = if recipient.delayed { "delayed" } else { "bounced" };
    let values = [("address", identity.display.as_str()), ("reason", recipient.reason.slug())];
    timeline::event(tx, conversation, what, &values, context.now)?;
    if recipient.delayed {
        return Ok(());
    }
    let trouble = Trouble {
        code: failure::code_word(crate::api::Code::Bounced),
        text: format!(
            "It came back from {}: {}. Choose another address or channel.",
            identity.display,
            sentence(recipient.reason)
        ),
    };
    if progress::report(tx, sent.id, Delivery::Failed, Some(&trouble))?
        && let Some(row) = messages::get(tx, sent.id)?
    {
        tally.changed(&row);
    }
    // An answer that came from there since proves more than the report.
    let heard_since = identity.last_in_at.is_some_and(|at| at > incoming.at);
    if recipient.hard == Some(true) && !heard_since {
        identities::bounced(tx, identity.id, recipient.reason.slug(), incoming.at)?;
        tally.contact(sent.contact_id.0);
    }
    if conversation.status != Status::Open {
        reopen(tx, conversation.id, context.now)?;
        tally.events.push(Event::ConversationChanged { conversation_id: conversation.id.0 });
    }
    Ok(())
}

/// Why, in English, for the command line and for looking it up.
fn sentence(reason: Reason) -> &'static str {
    match reason {
        Reason::UserUnknown => "nobody has this address",
        Reason::HostUnknown => "there is no such domain",
        Reason::HasMoved => "the address has changed",
        Reason::NotAccept => "this domain takes no mail",
        Reason::MailboxFull => "the mailbox is full",
        Reason::Suspended => "the mailbox is locked",
        Reason::MessageTooLarge => "the message is too large",
        Reason::Expired => "the server did not take it in time",
        Reason::NetworkError => "the server cannot be reached",
        Reason::Spam => "it was taken for spam",
        Reason::Virus => "it was taken for a virus",
        Reason::Blocked => "the server of your provider is not welcome there",
        Reason::RateLimited => "too much was sent at once",
        Reason::AuthFailure => "the sender's domain is not set up for mail (SPF, DKIM, DMARC)",
        Reason::NoRelaying => "the server does not pass mail on for you",
        Reason::Policy => "a rule of the recipient forbids it",
        Reason::Content => "something in the message is not accepted",
        Reason::SystemError => "the recipient's mail system is out of order",
        Reason::Rejected => "it was refused",
        Reason::Undefined => "no reason was given",
    }
}

#[cfg(test)]
mod tests {
    use theke_channels::mime::{self, Fetched};
    use theke_domain::message::{Flags, RemoteId};

    use super::*;

    fn signs_of(raw: &str) -> Vec<Sign> {
        let fetched = Fetched {
            remote_id: RemoteId("1".into()),
            direction: Direction::In,
            received_at: None,
            flags: Flags::default(),
            size_bytes: None,
            spam: false,
        };
        let own = [Address::parse("laden@velo.example", "DE").unwrap()];
        signs(&mime::incoming(raw.as_bytes().to_vec(), &fetched), &own, "DE", true)
    }

    #[test]
    fn only_machines_have_signs() {
        let form = "From: noreply@formulare.example\r\nReply-To: Rosa <rosa@kunde.example>\r\nSubject: Kontaktformular\r\n\
            Auto-Submitted: auto-generated\r\n\r\nName: Rosa Tannwald\r\nE-Mail: rosa@kunde.example\r\nNachricht: Wann offen?\r\n";
        assert_eq!(signs_of(form), []);
        let parcel = "From: noreply@versand.example\r\nSubject: Ihr Paket kommt\r\n\r\nHeute.\r\n";
        assert_eq!(signs_of(parcel), [Sign::NoReply]);
        let ours =
            "From: Velo <laden@velo.example>\r\nTo: laden@velo.example\r\nSubject: Test\r\n\r\nHallo\r\n";
        assert_eq!(signs_of(ours), [Sign::OwnAddress]);
        let rosa = "From: Rosa <rosa@kunde.example>\r\nFeedback-ID: 1:x\r\nSubject: Rad\r\n\r\nFertig?\r\n";
        assert_eq!(signs_of(rosa), [], "one faint sign is none");
    }
}

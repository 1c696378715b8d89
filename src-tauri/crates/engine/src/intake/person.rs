//! Whose message it is: the address of the customer, its contact, and the name.
//!
//! An address finds its contact or makes one; nobody is ever merged by name. Of what a form or a shop system wrote it is the
//! person's address and never the form's. A sender that is proved or likely to be somebody else finds nobody. Not here: merging.

use theke_domain::address::Address;
use theke_domain::authenticity::Outcome;
use theke_domain::form_mail::{self, Letter};
use theke_domain::ids::{ContactId, IdentityId};
use theke_domain::matching::{self, StrongKey};
use theke_domain::message::{Direction, Incoming, Party};
use theke_store::table::contacts::{self, NameSource};
use theke_store::table::identities::{self, NewIdentity, Source, State};
use theke_store::{Result, Transaction};

use super::{Context, Tally};

/// The network of what is no address: no channel reaches it, so nothing is ever sent there.
pub const UNREADABLE: &str = "unreadable";
/// The network of an address whose owner did not prove to be the sender: what stands there is a claim.
pub const UNVERIFIED: &str = "unverified";
/// Longest text that stands for an address.
const RAW_MAX_CHARS: usize = 200;

/// The customer of a message.
pub struct Person {
    /// Contact.
    pub contact: ContactId,
    /// The address by which it came or went.
    pub identity: IdentityId,
    /// That address.
    pub address: Address,
    /// What at most is known of the person being who it says, whatever the channel says of the message.
    pub authentication: Outcome,
}

impl Person {
    /// Nobody knows whose message it really is.
    pub fn is_unverified(&self) -> bool {
        self.address.network() == UNVERIFIED
    }

    /// What is known of the sender of this message.
    pub fn authentication(&self, incoming: &Incoming) -> &'static str {
        let said = incoming.authentication.unwrap_or(Outcome::Pass);
        match if self.authentication == Outcome::Pass { said } else { self.authentication } {
            Outcome::Pass => "pass",
            Outcome::Fail => "fail",
            Outcome::None => "none",
            Outcome::Untrusted => "untrusted",
        }
    }
}

/// Which way a message went: what our own address wrote to somebody else went out, wherever it was found.
pub fn direction(context: &Context, incoming: &Incoming) -> Direction {
    let from_us = incoming.from.address.as_ref().is_some_and(|from| context.own.contains(from));
    let to_others = incoming
        .to
        .iter()
        .chain(&incoming.cc)
        .any(|party| !is_own(context, party) && party.address.is_some());
    if from_us && to_others { Direction::Out } else { incoming.direction }
}

/// The customer's address, of a form mail that of the person who filled it in.
pub fn address(context: &Context, incoming: &Incoming) -> Address {
    let direction = direction(context, incoming);
    let filled_in = (direction == Direction::In).then(|| filled_in(context, incoming)).flatten();
    filled_in.map_or_else(|| address_of(customer(context, incoming, direction)), |(address, _)| address)
}

fn customer<'i>(context: &Context, incoming: &'i Incoming, direction: Direction) -> &'i Party {
    let (from, to) = (&incoming.from, &incoming.to);
    let found = matching::customer(direction, from, &incoming.reply_to, to, &incoming.cc, &context.own);
    found.map_or_else(|| nobody(incoming, direction), |customer| customer.party)
}

/// Finds or makes the contact of a message.
pub fn find_or_make(
    tx: &Transaction<'_>,
    context: &Context,
    incoming: &Incoming,
    direction: Direction,
    tally: &mut Tally,
) -> Result<Person> {
    if direction == Direction::In {
        if is_doubtful(incoming) {
            return unverified(tx, context, incoming, tally);
        }
        if let Some(person) = of_form(tx, context, incoming, tally)? {
            return Ok(person);
        }
    }
    let party = customer(context, incoming, direction);
    let address = address_of(party);
    let offered = party.name.as_deref().and_then(|name| matching::clean_name(name, Some(&address)));
    let known = if identities::by_address(tx, &address)?.is_some() {
        None
    } else {
        named_by_hand(tx, party, &address)?
    };
    let name = offered.unwrap_or_default();
    with_address(tx, context, &Claim { address, name, direction, known }, tally)
}

/// The own provider says that the sender is not who it says, or others say something and it does not.
fn is_doubtful(incoming: &Incoming) -> bool {
    matches!(incoming.authentication, Some(Outcome::Fail | Outcome::Untrusted))
}

/// The person who filled in a form, ordered, or called; `None` for all other messages. That person did not write the mail, so
/// whatever the mail's sender proves, nothing is proved of the person.
pub fn of_form(
    tx: &Transaction<'_>,
    context: &Context,
    incoming: &Incoming,
    tally: &mut Tally,
) -> Result<Option<Person>> {
    let Some((address, name)) = filled_in(context, incoming) else { return Ok(None) };
    let claim = Claim { address, name, direction: Direction::In, known: None };
    let person = with_address(tx, context, &claim, tally)?;
    Ok(Some(Person { authentication: Outcome::None, ..person }))
}

/// The address and the name that stand in a form mail.
fn filled_in(context: &Context, incoming: &Incoming) -> Option<(Address, String)> {
    if !context.has_threads || is_doubtful(incoming) {
        return None;
    }
    let form = form_mail::read(&Letter::of(incoming, &context.own, &context.country))?;
    let found = form.email.or(form.phone).or(form.relay)?;
    Some((found.value, form.name.map(|name| name.value).unwrap_or_default()))
}

/// A contact of its own for what somebody claims to be: no known customer sees such a message, none is changed by it, and
/// no answer goes anywhere. It has no name, so that it is not taken for the customer whose name it uses.
fn unverified(
    tx: &Transaction<'_>,
    context: &Context,
    incoming: &Incoming,
    tally: &mut Tally,
) -> Result<Person> {
    let claimed = address_of(&incoming.from);
    let address = Address::Handle { network: UNVERIFIED.to_owned(), value: claimed.value().to_owned() };
    let name = String::new();
    let claim = Claim { address, name, direction: Direction::In, known: None };
    let person = with_address(tx, context, &claim, tally)?;
    Ok(Person { authentication: incoming.authentication.unwrap_or(Outcome::Untrusted), ..person })
}

/// An address with the name that came with it.
struct Claim {
    address: Address,
    name: String,
    direction: Direction,
    /// Whose it is, if the address itself is new.
    known: Option<ContactId>,
}

fn with_address(tx: &Transaction<'_>, context: &Context, claim: &Claim, tally: &mut Tally) -> Result<Person> {
    let Claim { address, name, direction, known } = claim;
    let person = |contact, identity| Person {
        contact,
        identity,
        address: address.clone(),
        authentication: Outcome::Pass,
    };
    if let Some(identity) = identities::by_address(tx, address)? {
        // How they write themselves counts for the address; how the shop wrote to them helps where nobody said anything.
        let news = *direction == Direction::In || identity.name.is_empty();
        if news && !name.is_empty() && *name != identity.name {
            identities::set_name(tx, identity.id, name)?;
            // A name that changed later does not rename the customer: nobody would find them again.
            if contacts::get(tx, identity.contact_id)?.is_some_and(|contact| contact.name.is_empty()) {
                contacts::rename(tx, identity.contact_id, name, NameSource::Message)?;
                tally.contact(identity.contact_id.0);
            }
        }
        return Ok(person(identity.contact_id, identity.id));
    }
    let contact = match known {
        Some(contact) => *contact,
        None => contacts::insert(tx, name, NameSource::Message, context.now)?,
    };
    let display = match address {
        Address::Handle { network, value } if network == UNREADABLE || network == UNVERIFIED => value.clone(),
        other => other.display(&context.country),
    };
    let new = NewIdentity {
        contact_id: contact,
        address: address.clone(),
        display,
        name: name.clone(),
        source: if context.account.is_some() { Source::Message } else { Source::Import },
        created_at: context.now,
    };
    let identity = identities::insert(tx, &new)?;
    if matches!(matching::strong_key_policy(address, false), StrongKey::Shared(_)) {
        identities::set_state(tx, identity, State::Shared)?;
    }
    tally.contact(contact.0);
    Ok(person(contact, identity))
}

/// Whose address the sender's public name is, on networks where people go by a name and programs by a number: a person
/// of the shop can only know the name.
fn named_by_hand(tx: &Transaction<'_>, party: &Party, address: &Address) -> Result<Option<ContactId>> {
    let (Address::Handle { network, .. }, true) = (address, party.raw.starts_with('@')) else {
        return Ok(None);
    };
    let name = Address::Handle { network: network.clone(), value: party.raw.to_lowercase() };
    Ok(identities::by_address(tx, &name)?.map(|identity| identity.contact_id))
}

/// Where nobody has an address that could be answered: what stands there, so that the message has its place.
fn nobody(incoming: &Incoming, direction: Direction) -> &Party {
    match direction {
        Direction::In => &incoming.from,
        Direction::Out => incoming.to.first().or(incoming.cc.first()).unwrap_or(&incoming.from),
    }
}

fn is_own(context: &Context, party: &Party) -> bool {
    party.address.as_ref().is_some_and(|address| context.own.contains(address))
}

fn address_of(party: &Party) -> Address {
    if let Some(address) = &party.address {
        return address.clone();
    }
    let raw: String =
        party.raw.trim().to_lowercase().chars().filter(|c| !c.is_control()).take(RAW_MAX_CHARS).collect();
    Address::Handle {
        network: UNREADABLE.to_owned(),
        value: if raw.is_empty() { "?".to_owned() } else { raw },
    }
}

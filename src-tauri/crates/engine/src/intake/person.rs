//! Whose message it is: the address of the customer, its contact, and the name.
//!
//! An address finds its contact or makes one; nobody is ever merged by name. Not here: merging.

use theke_domain::address::Address;
use theke_domain::ids::{ContactId, IdentityId};
use theke_domain::matching;
use theke_domain::message::{Direction, Incoming, Party};
use theke_store::table::contacts::{self, NameSource};
use theke_store::table::identities::{self, NewIdentity, Source};
use theke_store::{Result, Transaction};

use super::{Context, Tally};

/// The network of what is no address: no channel reaches it, so nothing is ever sent there.
const UNREADABLE: &str = "unreadable";
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

/// The customer's address.
pub fn address(context: &Context, incoming: &Incoming) -> Address {
    address_of(customer(context, incoming, direction(context, incoming)))
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
    let party = customer(context, incoming, direction);
    let address = address_of(party);
    let offered = party.name.as_deref().and_then(|name| matching::clean_name(name, Some(&address)));
    let name = offered.unwrap_or_default();
    if let Some(identity) = identities::by_address(tx, &address)? {
        if direction == Direction::In && !name.is_empty() && name != identity.name {
            identities::set_name(tx, identity.id, &name)?;
            // A name that changed later does not rename the customer: nobody would find them again.
            if contacts::get(tx, identity.contact_id)?.is_some_and(|contact| contact.name.is_empty()) {
                contacts::rename(tx, identity.contact_id, &name, NameSource::Message)?;
                tally.contact(identity.contact_id.0);
            }
        }
        return Ok(Person { contact: identity.contact_id, identity: identity.id, address });
    }
    let contact = match named_by_hand(tx, party, &address)? {
        Some(contact) => contact,
        None => contacts::insert(tx, &name, NameSource::Message, context.now)?,
    };
    let display = match &address {
        Address::Handle { network, value } if network == UNREADABLE => value.clone(),
        other => other.display(&context.country),
    };
    let new = NewIdentity {
        contact_id: contact,
        address: address.clone(),
        display,
        name,
        source: if context.account.is_some() { Source::Message } else { Source::Import },
        created_at: context.now,
    };
    let identity = identities::insert(tx, &new)?;
    tally.contact(contact.0);
    Ok(Person { contact, identity, address })
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

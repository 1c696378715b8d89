//! Gathers what `domain::routing` looks at. One gathering for the composer's question and for the reply itself, so
//! that what was shown is what happens.

use theke_channels::registry::Registry;
use theke_domain::address::Address;
use theke_domain::ids::{ContactId, ConversationId, MessageId};
use theke_domain::medium::Medium;
use theke_domain::message::{Delivery, Direction};
use theke_domain::routing::{
    self, Account, AddressState, Decision, Draft, Health, Identity, Preference, PreferenceSource,
    RefusedMedium, Request, Used, Wished,
};
use theke_domain::time::Timestamp;
use theke_store::table::conversations::Conversation;
use theke_store::table::messages::{Message, lists};
use theke_store::table::{Place, accounts, identities, preferences, refusals, restriction, wishes};
use theke_store::words::Word;
use theke_store::{Connection, Result};

use crate::recipient::First;
use crate::settings;

/// Sent messages of a contact that are looked at for the last way that worked.
const LOOKED_AT: u32 = 20;
/// Wishes of a contact that are looked at for the words of the one that holds.
const WISHES_LOOKED_AT: u32 = 50;

/// Where an answer in this conversation goes, and why.
pub fn decide(
    conn: &Connection,
    registry: &Registry,
    conversation: &Conversation,
    via: Option<Medium>,
    draft: Draft,
    now: Timestamp,
) -> Result<Decision> {
    let contact = partner(conn, conversation)?;
    let identities = addresses(conn, contact)?;
    let closed = identities.iter().any(|identity| identity.state == AddressState::OptedOut);
    let request = Request {
        via,
        wish: wish(conn, conversation, contact)?,
        refused: refused(conn, contact, conversation.id)?,
        asked_from: if closed { asked_from(conn, conversation.id)? } else { None },
        preference: preference(conn, contact)?,
        last_in: last_in(conn, conversation.id)?,
        last_out: last_out(conn, contact)?,
        identities,
        accounts: shop_accounts(conn, registry)?,
        draft,
        now,
    };
    Ok(routing::choose(&request))
}

/// Where the first message to somebody goes, and why.
pub fn decide_first(
    conn: &Connection,
    registry: &Registry,
    first: &First,
    via: Option<Medium>,
    draft: Draft,
    now: Timestamp,
) -> Result<Decision> {
    let contact = first.contact(conn)?;
    let mut identities = contact.map(|id| addresses(conn, id)).transpose()?.unwrap_or_default();
    if let Some(address) = &first.address {
        identities.retain(|identity| identity.address == *address);
        if identities.is_empty() {
            identities.push(Identity {
                address: address.clone(),
                state: AddressState::Ok,
                last_account: None,
                last_in_at: None,
                last_out_at: None,
            });
        }
    }
    let request = Request {
        via,
        wish: None,
        refused: contact.map(|id| refused(conn, id, ConversationId(0))).transpose()?.unwrap_or_default(),
        asked_from: None,
        preference: contact.map(|id| preference(conn, id)).transpose()?.flatten(),
        last_in: None,
        last_out: contact.map(|id| last_out(conn, id)).transpose()?.flatten(),
        identities,
        accounts: shop_accounts(conn, registry)?,
        draft,
        now,
    };
    Ok(routing::choose(&request))
}

/// Whom an answer is for: who wrote last. A relative or colleague may have answered in a customer's conversation, and
/// the answer is theirs.
pub fn partner(conn: &Connection, conversation: &Conversation) -> Result<ContactId> {
    let newest = lists::newest(conn, conversation.id, Direction::In)?;
    Ok(newest.map_or(conversation.contact_id, |row| row.contact_id))
}

/// The wish for this conversation with the words that said it. What somebody else wished who took part in it is not
/// whom the answer goes to.
fn wish(conn: &Connection, conversation: &Conversation, contact: ContactId) -> Result<Option<Wished>> {
    let Some(medium) = conversation.wish_medium.clone() else { return Ok(None) };
    let of_conversation = |row: &&wishes::Wish| {
        row.holds()
            && row.read.conversation_id == conversation.id
            && row.read.medium.as_ref() == Some(&medium)
    };
    let mut whose = vec![contact];
    whose.extend(Some(conversation.contact_id).filter(|other| *other != contact));
    for one in whose {
        let rows = wishes::of_contact(conn, one, WISHES_LOOKED_AT)?;
        let Some(row) = rows.iter().find(of_conversation) else { continue };
        if one != contact {
            return Ok(None);
        }
        let (since, evidence) = (Some(row.read.at), row.read.evidence.clone());
        return Ok(Some(Wished { medium, address: named(conn, row.read.message_id)?, since, evidence }));
    }
    Ok(Some(Wished { medium, address: None, since: None, evidence: String::new() }))
}

/// The address that the customer named in a message for the answer, if it is theirs now.
fn named(conn: &Connection, message: MessageId) -> Result<Option<Address>> {
    let Some(text) = wishes::of_message(conn, message)?.and_then(|row| row.read.new_address) else {
        return Ok(None);
    };
    let country = settings::text(conn, settings::SHOP_COUNTRY)?;
    Ok(Address::parse(&text, &country).ok())
}

fn refused(
    conn: &Connection,
    contact: ContactId,
    conversation: ConversationId,
) -> Result<Vec<RefusedMedium>> {
    let rows = refusals::in_force(conn, contact, conversation)?;
    let of_row = |row: refusals::Refusal| RefusedMedium {
        medium: row.medium,
        since: row.since_at,
        evidence: row.evidence,
    };
    Ok(rows.into_iter().map(of_row).collect())
}

/// From where the customer asks what is to be answered. The word by which they leave is no question; what they had asked
/// before it is one, until it was answered.
fn asked_from(conn: &Connection, conversation: ConversationId) -> Result<Option<Address>> {
    let (mut left, mut answered) = (false, false);
    for row in lists::of_conversation(conn, conversation, Place::NEWEST, LOOKED_AT)? {
        if row.direction == Direction::Out {
            answered = true;
        } else if wishes::of_message(conn, row.id)?.is_some_and(|wish| wish.is_opt()) {
            left = true;
        } else if left && answered {
            return Ok(None);
        } else {
            let identity = row.identity_id.map(|id| identities::get(conn, id)).transpose()?.flatten();
            return Ok(identity.map(|identity| identity.address));
        }
    }
    Ok(None)
}

fn preference(conn: &Connection, contact: ContactId) -> Result<Option<Preference>> {
    let Some(row) = preferences::in_force(conn, contact)? else { return Ok(None) };
    Ok(Some(Preference {
        medium: row.medium,
        address: row.message_id.map(|id| named(conn, id)).transpose()?.flatten(),
        source: PreferenceSource::parse(row.source.word()).unwrap_or(PreferenceSource::Hand),
        since: row.since_at,
        evidence: row.evidence,
    }))
}

fn last_in(conn: &Connection, conversation: ConversationId) -> Result<Option<Used>> {
    // A call or a visit says nothing of where an answer can be written to.
    lists::newest_by_account(conn, conversation, Direction::In)?
        .map(|row| used(conn, &row))
        .transpose()
        .map(Option::flatten)
}

fn last_out(conn: &Connection, contact: ContactId) -> Result<Option<Used>> {
    let rows = lists::newest_of_contact(conn, contact, Direction::Out, LOOKED_AT)?;
    let worked = |row: &&Message| {
        row.account_id.is_some()
            && matches!(row.delivery, Delivery::Sent | Delivery::Delivered | Delivery::Read)
    };
    rows.iter().find(worked).map(|row| used(conn, row)).transpose().map(Option::flatten)
}

fn used(conn: &Connection, row: &Message) -> Result<Option<Used>> {
    let Some(account) = row.account_id else { return Ok(None) };
    let identity = row.identity_id.map(|id| identities::get(conn, id)).transpose()?.flatten();
    Ok(Some(Used { account, address: identity.map(|identity| identity.address), at: row.at }))
}

/// The addresses of a contact.
pub fn addresses(conn: &Connection, contact: ContactId) -> Result<Vec<Identity>> {
    let mut rows = identities::of_contact(conn, contact)?;
    if let Some(since) = restriction::since(conn, contact)? {
        // Kept, but not used: only who has written since can be answered.
        rows.retain(|row| row.last_in_at.is_some_and(|last| last > since));
    }
    let identity = |row: identities::Identity| Identity {
        address: row.address,
        state: match row.state {
            identities::State::Bounced => AddressState::Bounced,
            identities::State::OptedOut => AddressState::OptedOut,
            _ => AddressState::Ok,
        },
        last_account: row.last_account_id,
        last_in_at: row.last_in_at,
        last_out_at: row.last_out_at,
    };
    Ok(rows.into_iter().map(identity).collect())
}

/// The accounts of the shop.
pub fn shop_accounts(conn: &Connection, registry: &Registry) -> Result<Vec<Account>> {
    let mut found = Vec::new();
    for row in accounts::list(conn)? {
        // The definition of a connector may be broken or gone; its account takes nothing then.
        let Some(spec) = registry.get(&row.kind) else { continue };
        let default = settings::default_account(conn, &row.medium)?;
        found.push(Account {
            id: row.id,
            kind: row.kind,
            medium: row.medium,
            address_kind: spec.address_kind.clone(),
            capabilities: spec.capabilities.clone(),
            enabled: row.enabled,
            health: match row.health {
                accounts::Health::Ok => Health::Ok,
                accounts::Health::Offline => Health::Offline,
                accounts::Health::NeedsAttention => Health::NeedsAttention,
            },
            is_default: default == Some(row.id),
        });
    }
    Ok(found)
}

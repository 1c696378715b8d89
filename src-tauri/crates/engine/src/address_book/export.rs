//! The customers as cards for a file. Restricted ones are left out: taking them elsewhere would be using them.

use theke_domain::address::Address;
use theke_domain::ids::ContactId;
use theke_store::table::{contact_texts, entries, identities, preferences};
use theke_store::{Connection, Result};

use super::{Card, Value};
use crate::intake::{UNREADABLE, UNVERIFIED};

const PAGE: u32 = 500;

/// All customers, by id.
///
/// # Errors
/// The database's.
pub fn cards(conn: &Connection) -> Result<Vec<Card>> {
    let kinds = contact_texts::own_fields(conn)?;
    let (mut cards, mut last) = (Vec::new(), ContactId(0));
    loop {
        let ids = contact_texts::ids_after(conn, last, PAGE)?;
        let Some(newest) = ids.last().copied() else { return Ok(cards) };
        for id in ids {
            cards.extend(card(conn, id, &kinds)?.filter(|card| !card.is_nobody()));
        }
        last = newest;
    }
}

fn card(conn: &Connection, id: ContactId, kinds: &[(String, String)]) -> Result<Option<Card>> {
    let Some(texts) = contact_texts::of(conn, id)? else { return Ok(None) };
    let field = |name: &str| texts.fields.get(name).cloned().unwrap_or_default();
    let addresses = identities::of_contact(conn, id)?;
    let kind_of = |name: &str| kinds.iter().find(|(known, _)| known == name).map_or("text", |(_, kind)| kind);
    let value = |(field, value): &(String, String)| Value {
        field: field.clone(),
        kind: kind_of(field).to_owned(),
        value: value.clone(),
    };
    Ok(Some(Card {
        line: 0,
        name: field("name"),
        company: field("company"),
        salutation: field("salutation"),
        language: field("language"),
        country: field("country"),
        birthday: field("birthday"),
        postcode: field("postcode"),
        addresses: addresses.iter().filter_map(|row| written(&row.address)).collect(),
        tags: texts.tags.clone(),
        values: texts.values.iter().map(value).collect(),
        notes: entries::notes_of_contact(conn, id)?,
        preferred: preferences::in_force(conn, id)?
            .map(|row| row.medium.as_str().to_owned())
            .unwrap_or_default(),
    }))
}

/// As it is read again.
fn written(address: &Address) -> Option<String> {
    match address {
        Address::Email { value } | Address::Phone { value } => Some(value.clone()),
        // No addresses: what nobody can read, and what somebody only claims.
        Address::Handle { network, .. } if network == UNREADABLE || network == UNVERIFIED => None,
        Address::Handle { network, value } => Some(format!("{network}:{value}")),
    }
}

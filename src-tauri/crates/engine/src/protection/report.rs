//! The access report (GDPR 15): every row that names a customer, what was decided automatically, why their details are held, who
//! else gets them, how long they stay, and what they may ask for. Third persons are masked. Blocks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use theke_domain::address::Address;
use theke_domain::ids::ContactId;
use theke_domain::time::Timestamp;
use theke_store::person::{self, HELD};
use theke_store::search::messages as index;
use theke_store::table::messages::Message;
use theke_store::table::{bodies, contacts, identities, parties};
use theke_store::{Connection, Result, erasure};

use super::mask::{MASK, Mask};
use super::record::Record;
use crate::intake::own_addresses;
use crate::settings;

/// Messages of others that name one of the addresses, at most.
const MENTIONS_MAX: u32 = 1000;
/// Columns that repeat another one for finding it, and say nothing more.
const DERIVED: [&str; 3] = ["folded_name", "subject_key", "search_key"];

/// The report.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// When it was made.
    pub made_at: String,
    /// The shop.
    pub shop: String,
    /// The person: the name, or the first address.
    pub name: String,
    /// All rows, by table.
    pub tables: BTreeMap<String, Vec<Map<String, Value>>>,
    /// Messages of other customers in which an address of theirs stands: number, day, medium.
    pub mentions: Vec<Mention>,
    /// Decisions that no person made: their rows' numbers in `decisions`.
    pub automatic_decisions: Vec<i64>,
    /// Why, who else, how long.
    pub record: Record,
    /// What stands in the place of third persons.
    pub masked: String,
}

/// A message of somebody else that names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// The message.
    pub message_id: i64,
    /// When.
    pub at: String,
    /// Medium.
    pub medium: String,
}

impl Report {
    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        self.tables.values().map(|rows| rows.len() as u64).sum::<u64>() + self.mentions.len() as u64
    }
}

/// The report of a customer; `None` if there is none of this id.
///
/// # Errors
/// The database's.
pub fn of(conn: &Connection, record: Record, id: ContactId, now: Timestamp) -> Result<Option<Report>> {
    let ids = person::all_of(conn, id)?;
    let Some(root) = ids.first().copied() else { return Ok(None) };
    let Some(contact) = contacts::get(conn, root)? else { return Ok(None) };
    let addresses = erasure::addresses(conn, &ids)?;
    let mut tables = BTreeMap::new();
    for held in HELD {
        let rows = person::rows(conn, held, &ids)?;
        if !rows.is_empty() {
            tables.insert(held.table.to_owned(), rows);
        }
    }
    let mask = mask(conn, &ids, &addresses, &tables)?;
    for (table, rows) in &mut tables {
        for row in rows {
            row.retain(|column, _| !DERIVED.contains(&column.as_str()));
            third_persons(&mask, table, row);
            mask.row(row);
        }
    }
    let empty = Vec::new();
    let decisions = tables.get("decisions").unwrap_or(&empty).iter();
    let automatic = decisions
        .filter(|row| row.get("mode").and_then(Value::as_str) != Some("person"))
        .filter_map(|row| row.get("id").and_then(Value::as_i64));
    Ok(Some(Report {
        made_at: now.to_rfc3339(),
        shop: settings::text(conn, settings::SHOP_NAME)?,
        name: contact.display_name,
        automatic_decisions: automatic.collect(),
        mentions: mentions(conn, &ids, &addresses)?,
        tables,
        record,
        masked: MASK.to_owned(),
    }))
}

/// Whoever else is named: all other customers, and all who took part in the messages.
fn mask(
    conn: &Connection,
    ids: &[ContactId],
    addresses: &[Address],
    tables: &BTreeMap<String, Vec<Map<String, Value>>>,
) -> Result<Mask> {
    let mut own = own_addresses(conn)?;
    own.extend(addresses.iter().cloned());
    let mut stay = vec![settings::text(conn, settings::SHOP_NAME)?];
    for id in ids {
        stay.extend(contacts::get(conn, *id)?.map(|contact| contact.name));
    }
    let rows = |table: &str| tables.get(table).into_iter().flatten();
    let text = |row: &Map<String, Value>, key: &str| {
        row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    stay.extend(rows("identities").map(|row| text(row, "name")));
    let values: Vec<String> = own.iter().map(|address| address.value().to_lowercase()).collect();
    let is_own = |address: String| values.contains(&address.to_lowercase());
    let mut others = identities::names_of_others(conn, ids)?;
    let parties = rows("message_parties").map(|row| (text(row, "address"), text(row, "name")));
    let senders = rows("messages").map(|row| (text(row, "from_address"), text(row, "from_name")));
    for (address, name) in parties.chain(senders) {
        if is_own(address) { stay.push(name) } else { others.push(name) }
    }
    stay.retain(|name| !name.is_empty());
    Ok(Mask::new(&own, &settings::text(conn, settings::SHOP_COUNTRY)?, others, &stay))
}

/// The name beside an address of somebody else goes with it, whatever it looks like.
fn third_persons(mask: &Mask, table: &str, row: &mut Map<String, Value>) {
    let (address, name) = match table {
        "message_parties" => ("address", "name"),
        "messages" => ("from_address", "from_name"),
        _ => return,
    };
    let stays = row.get(address).and_then(Value::as_str).is_some_and(|address| mask.stays(address));
    if stays {
        return;
    }
    for key in [address, name] {
        if let Some(Value::String(text)) = row.get_mut(key).filter(|value| value.as_str() != Some("")) {
            MASK.clone_into(text);
        }
    }
}

fn mentions(conn: &Connection, ids: &[ContactId], addresses: &[Address]) -> Result<Vec<Mention>> {
    let mut found = BTreeMap::new();
    for address in addresses {
        for hit in index::find(conn, address.value(), None, MENTIONS_MAX)? {
            let message = hit.message;
            if !ids.contains(&message.contact_id) && names(conn, &message, address.value())? {
                let (at, medium) = (message.at.to_rfc3339(), message.medium.as_str().to_owned());
                found.insert(message.id.0, Mention { message_id: message.id.0, at, medium });
            }
        }
    }
    Ok(found.into_values().collect())
}

/// The search finds words; this looks for the address itself.
fn names(conn: &Connection, message: &Message, address: &str) -> Result<bool> {
    if message.from_address.eq_ignore_ascii_case(address) {
        return Ok(true);
    }
    if parties::of_message(conn, message.id)?.iter().any(|party| party.address.eq_ignore_ascii_case(address))
    {
        return Ok(true);
    }
    Ok(bodies::texts(conn, message.id)?.text.to_lowercase().contains(&address.to_lowercase()))
}

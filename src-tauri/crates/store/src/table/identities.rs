//! Addresses of contacts. In force, an address belongs to exactly one contact. Removing one keeps its row, because
//! messages name it; the same address may then be given to another contact.
//!
//! `origin_contact_id` never changes: it says for whom the address was first known, so that a merge can be undone.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::address::Address;
use theke_domain::ids::{AccountId, ContactId, IdentityId};
use theke_domain::message::Direction;
use theke_domain::time::Timestamp;

use super::accounts::must_exist;
use super::changes::{Step, changing};
use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// How an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// In use.
    Ok,
    /// Proved to belong to the contact.
    Verified,
    /// Refused for good by its provider.
    Bounced,
    /// Its owner wants nothing there.
    OptedOut,
    /// Several people read it.
    Shared,
}
words!(State {
    State::Ok => "ok",
    State::Verified => "verified",
    State::Bounced => "bounced",
    State::OptedOut => "opted_out",
    State::Shared => "shared",
});

/// How an address became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A message came from it or went to it.
    Message,
    /// A person added it.
    Hand,
    /// It came with a list.
    Import,
}
words!(Source { Source::Message => "message", Source::Hand => "hand", Source::Import => "import" });

/// An address of a contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Row.
    pub id: IdentityId,
    /// Whose it is.
    pub contact_id: ContactId,
    /// For whom it was first known.
    pub origin_contact_id: ContactId,
    /// The address.
    pub address: Address,
    /// As people write it.
    pub display: String,
    /// The name that messages from it carry, may be empty.
    pub name: String,
    /// How it is.
    pub state: State,
    /// How it became known.
    pub source: Source,
    /// The account last used with it.
    pub last_account_id: Option<AccountId>,
    /// Last message from it.
    pub last_in_at: Option<Timestamp>,
    /// Last message to it that the provider took.
    pub last_out_at: Option<Timestamp>,
}

/// An address to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIdentity {
    /// Whose it is.
    pub contact_id: ContactId,
    /// The address.
    pub address: Address,
    /// As people write it.
    pub display: String,
    /// The name that messages from it carry, may be empty.
    pub name: String,
    /// How it became known.
    pub source: Source,
    /// Now.
    pub created_at: Timestamp,
}

const COLUMNS: &str = "id, contact_id, origin_contact_id, kind, network, value, display, name, state, source,
    last_account_id, last_in_at, last_out_at";

fn from_row(r: &Row<'_>) -> Sql<Identity> {
    let (kind, network, value): (String, String, String) =
        (r.get("kind")?, r.get("network")?, r.get("value")?);
    Ok(Identity {
        id: row::id(r, "id")?,
        contact_id: row::id(r, "contact_id")?,
        origin_contact_id: row::id(r, "origin_contact_id")?,
        address: Address::from_stored(&kind, &network, &value).ok_or_else(|| row::unknown("kind"))?,
        display: r.get("display")?,
        name: r.get("name")?,
        state: row::word(r, "state")?,
        source: row::word(r, "source")?,
        last_account_id: row::some_id(r, "last_account_id")?,
        last_in_at: row::some_at(r, "last_in_at")?,
        last_out_at: row::some_at(r, "last_out_at")?,
    })
}

/// Whose address this is.
///
/// # Errors
/// The database's.
pub fn by_address(conn: &Connection, address: &Address) -> Result<Option<Identity>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM identities WHERE kind = ? AND network = ? AND value = ? AND removed_at = 0"
    );
    row::first(conn, &sql, [address.kind_word(), address.network(), address.value()], from_row)
}

/// One address, removed ones too.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: IdentityId) -> Result<Option<Identity>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM identities WHERE id = ?"), [id.0], from_row)
}

/// The addresses of a contact, in the order in which they became known.
///
/// # Errors
/// The database's.
pub fn of_contact(conn: &Connection, contact: ContactId) -> Result<Vec<Identity>> {
    let sql = format!("SELECT {COLUMNS} FROM identities WHERE contact_id = ? AND removed_at = 0 ORDER BY id");
    row::all(conn, &sql, [contact.0], from_row)
}

/// The addresses of each of these contacts as [`of_contact`] has them, each with whether it is blocked: one question for a
/// whole list.
///
/// # Errors
/// The database's.
pub fn of_contacts(
    conn: &Connection,
    contacts: &[ContactId],
) -> Result<BTreeMap<ContactId, Vec<(Identity, bool)>>> {
    let sql = format!(
        "SELECT {COLUMNS}, EXISTS (SELECT 1 FROM blocked_addresses b
             WHERE b.kind = i.kind AND b.network = i.network AND b.value = i.value) AS blocked
         FROM identities i WHERE contact_id IN (SELECT value FROM json_each(?)) AND removed_at = 0"
    );
    let mut found =
        row::all(conn, &sql, [crate::person::list(contacts)], |r| Ok((from_row(r)?, r.get("blocked")?)))?;
    found.sort_by_key(|(identity, _): &(Identity, bool)| identity.id);
    let mut by_contact: BTreeMap<ContactId, Vec<(Identity, bool)>> = BTreeMap::new();
    for (identity, blocked) in found {
        by_contact.entry(identity.contact_id).or_default().push((identity, blocked));
    }
    Ok(by_contact)
}

/// Adds an address. Ask [`by_address`] first: an address in force cannot be added twice.
///
/// # Errors
/// The database's, also where the address is somebody's.
pub fn insert(tx: &Transaction<'_>, new: &NewIdentity) -> Result<IdentityId> {
    let sql =
        "INSERT INTO identities (contact_id, origin_contact_id, kind, network, value, display, name, source,
                   created_at)
               VALUES (?1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let (kind, network, value) = (new.address.kind_word(), new.address.network(), new.address.value());
    let source = new.source.word();
    row::run(
        tx,
        sql,
        params![new.contact_id.0, kind, network, value, new.display, new.name, source, new.created_at.0],
    )?;
    let id = IdentityId(tx.last_insert_rowid());
    crate::search::contacts::index(tx, new.contact_id)?;
    Ok(id)
}

/// Takes an address from its contact. Messages keep saying by which address they came.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn remove(tx: &Transaction<'_>, id: IdentityId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE identities SET removed_at = max(?2, 1) WHERE id = ?1 AND removed_at = 0";
    must_exist(row::run(tx, sql, params![id.0, now.0])?)?;
    if let Some(identity) = get(tx, id)? {
        crate::search::contacts::index(tx, identity.contact_id)?;
    }
    Ok(())
}

/// Notes a message from it or to it, and by which account. What comes from an address proves that it works again.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn used(
    tx: &Transaction<'_>,
    id: IdentityId,
    account: Option<AccountId>,
    direction: Direction,
    at: Timestamp,
) -> Result<()> {
    // An older message that comes late (a first sync) must not make its account the last one used.
    let sql = match direction {
        Direction::In => {
            "UPDATE identities SET
                 last_account_id = CASE WHEN ?2 <> 0 AND ?3 >= max(last_in_at, last_out_at) THEN ?2
                                        ELSE last_account_id END,
                 state = CASE WHEN state = 'bounced' AND ?3 > bounced_at THEN 'ok' ELSE state END,
                 last_in_at = max(last_in_at, ?3) WHERE id = ?1"
        }
        Direction::Out => {
            "UPDATE identities SET
                 last_account_id = CASE WHEN ?2 <> 0 AND ?3 >= max(last_in_at, last_out_at) THEN ?2
                                        ELSE last_account_id END,
                 last_out_at = max(last_out_at, ?3) WHERE id = ?1"
        }
    };
    must_exist(row::run(tx, sql, params![id.0, account.map_or(0, |account| account.0), at.0])?)
}

/// Sets how it is.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn set_state(tx: &Transaction<'_>, id: IdentityId, state: State) -> Result<()> {
    must_exist(row::run(tx, "UPDATE identities SET state = ?2 WHERE id = ?1", params![id.0, state.word()])?)
}

/// Mail to it came back for good, and why (`theke_domain::bounce::Reason`). Who opted out stays so.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn bounced(tx: &Transaction<'_>, id: IdentityId, reason: &str, at: Timestamp) -> Result<()> {
    let sql = "UPDATE identities SET bounced_at = ?2, bounce_reason = ?3,
                   state = CASE WHEN state = 'opted_out' THEN state ELSE 'bounced' END WHERE id = ?1";
    must_exist(row::run(tx, sql, params![id.0, at.0, reason])?)
}

/// Since when and why mail to it comes back, if it ever did.
///
/// # Errors
/// The database's.
pub fn bounce_of(conn: &Connection, id: IdentityId) -> Result<Option<(Timestamp, String)>> {
    let sql = "SELECT bounced_at, bounce_reason FROM identities WHERE id = ? AND bounced_at > 0";
    row::first(conn, sql, [id.0], |r| Ok((row::at(r, "bounced_at")?, r.get("bounce_reason")?)))
}

/// Sets how it is because a person says so; gives the way back.
///
/// # Errors
/// The database's.
pub fn state_by_hand(tx: &Transaction<'_>, row: &Identity, state: State) -> Result<Option<Step>> {
    changing(tx, row.contact_id, ("identities", &["state"]), &[row.id.0], || set_state(tx, row.id, state))
}

/// Sets the name that messages from it carry; says whether it is new.
///
/// # Errors
/// The database's.
pub fn set_name(tx: &Transaction<'_>, id: IdentityId, name: &str) -> Result<bool> {
    let sql = "UPDATE identities SET name = ?2 WHERE id = ?1 AND name <> ?2";
    Ok(row::run(tx, sql, params![id.0, name])? > 0)
}

/// The names of all other contacts, as they are named and as messages name them: for taking them out of a report.
///
/// # Errors
/// The database's.
pub fn names_of_others(conn: &Connection, ids: &[ContactId]) -> Result<Vec<String>> {
    let they = crate::person::list(ids);
    let sql = "SELECT name FROM contacts WHERE name <> '' AND id NOT IN (SELECT value FROM json_each(?1))
               UNION SELECT name FROM identities WHERE name <> '' AND contact_id NOT IN (SELECT value FROM json_each(?1))";
    row::all(conn, sql, [they], |r| r.get(0))
}

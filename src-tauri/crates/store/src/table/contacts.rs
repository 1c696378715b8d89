//! Customers. A name comes from a message or from a person; what a person wrote is not overwritten by a message.
//!
//! The search index of a contact is kept in the same transaction, since there are few of them and they must be
//! found at once. Not here: whom an address belongs to (`identities`) and what a customer wants (`preferences`).

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::fold;
use theke_domain::ids::ContactId;
use theke_domain::time::Timestamp;

use super::Place;
use super::accounts::must_exist;
use super::restriction::SHOWN;
use crate::error::Result;
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// Where a name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameSource {
    /// There is none yet.
    None,
    /// A message said so.
    Message,
    /// A person wrote it.
    Hand,
}
words!(NameSource { NameSource::None => "", NameSource::Message => "message", NameSource::Hand => "hand" });

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Row.
    pub id: ContactId,
    /// Name; empty where none is known.
    pub name: String,
    /// Where it comes from.
    pub name_source: NameSource,
    /// What to show: the name, else the first address as people write it.
    pub display_name: String,
    /// ISO country, may be empty.
    pub country: String,
    /// Language, may be empty.
    pub language: String,
    /// The contact it was merged into.
    pub merged_into: Option<ContactId>,
    /// Messages in and out.
    pub message_count: u64,
    /// First message.
    pub first_contact_at: Option<Timestamp>,
    /// Last message.
    pub last_contact_at: Option<Timestamp>,
    /// When the row was made.
    pub created_at: Timestamp,
}

/// What is shown for the contact row `c`.
pub(crate) const DISPLAY_NAME: &str = "coalesce(nullif(c.name, ''), (SELECT i.display FROM identities i
    WHERE i.contact_id = c.id AND i.removed_at = 0 ORDER BY i.id LIMIT 1), '')";

fn select(rest: &str) -> String {
    format!(
        "SELECT c.id, c.name, c.name_source, {DISPLAY_NAME} AS display_name, c.country, c.language,
                c.merged_into_id, c.message_count, c.first_contact_at, c.last_contact_at, c.created_at
         FROM contacts c {rest}"
    )
}

fn from_row(r: &Row<'_>) -> Sql<Contact> {
    Ok(Contact {
        id: row::id(r, "id")?,
        name: r.get("name")?,
        name_source: row::word(r, "name_source")?,
        display_name: r.get("display_name")?,
        country: r.get("country")?,
        language: r.get("language")?,
        merged_into: row::some_id(r, "merged_into_id")?,
        message_count: r.get::<_, u32>("message_count")?.into(),
        first_contact_at: row::some_at(r, "first_contact_at")?,
        last_contact_at: row::some_at(r, "last_contact_at")?,
        created_at: row::at(r, "created_at")?,
    })
}

/// Stores a new contact. Its addresses come next, by [`super::identities::insert`].
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, name: &str, source: NameSource, now: Timestamp) -> Result<ContactId> {
    let sql = "INSERT INTO contacts (name, name_source, folded_name, created_at) VALUES (?, ?, ?, ?)";
    let source = if name.is_empty() { NameSource::None } else { source };
    row::run(tx, sql, params![name, source.word(), fold::key(name), now.0])?;
    let id = ContactId(tx.last_insert_rowid());
    crate::search::contacts::index(tx, id)?;
    Ok(id)
}

/// One contact, merged ones too.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: ContactId) -> Result<Option<Contact>> {
    row::first(conn, &select("WHERE c.id = ?"), [id.0], from_row)
}

/// Contacts by their ids, merged ones too, in the order of the ids.
///
/// # Errors
/// The database's.
pub fn many(conn: &Connection, ids: &[ContactId]) -> Result<Vec<Contact>> {
    let sql = select("WHERE c.id IN (SELECT value FROM json_each(?))");
    let found = row::all(conn, &sql, [crate::person::list(ids)], from_row)?;
    let mut by_id: BTreeMap<ContactId, Contact> = found.into_iter().map(|row| (row.id, row)).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}

/// A page, the one last in contact first. Contacts without any message are at the end.
///
/// # Errors
/// The database's.
pub fn page(conn: &Connection, after: Place, limit: u32) -> Result<Vec<Contact>> {
    let sql = select(&format!(
        "WHERE c.merged_into_id IS NULL AND (c.last_contact_at, c.id) < (?, ?) AND {SHOWN}
         ORDER BY c.last_contact_at DESC, c.id DESC LIMIT ?"
    ));
    row::all(conn, &sql, params![after.at.0, after.id, limit], from_row)
}

/// The place of a contact in [`page`]'s order.
pub fn place(contact: &Contact) -> Place {
    Place { at: contact.last_contact_at.unwrap_or_default(), id: contact.id.0 }
}

/// Contacts whose name, as one folded text, begins with `folded_prefix` (of `fold::key`), by name.
///
/// # Errors
/// The database's.
pub fn by_name_prefix(conn: &Connection, folded_prefix: &str, limit: u32) -> Result<Vec<Contact>> {
    let sql = select(&format!(
        "WHERE c.merged_into_id IS NULL AND c.folded_name >= ?1 AND c.folded_name < ?1 || char(1114111) AND {SHOWN}
         ORDER BY c.folded_name, c.id LIMIT ?2"
    ));
    row::all(conn, &sql, params![folded_prefix, limit], from_row)
}

/// How many there are, merged ones aside. Reads an index; for `doctor` and first screens, not for lists.
///
/// # Errors
/// The database's.
pub fn count(conn: &Connection) -> Result<u64> {
    let count: i64 = row::one(conn, "SELECT count(*) FROM contacts WHERE merged_into_id IS NULL", [])?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// Gives a name. One from a message never replaces one that a person wrote; says whether it took.
///
/// # Errors
/// The database's.
pub fn rename(tx: &Transaction<'_>, id: ContactId, name: &str, source: NameSource) -> Result<bool> {
    let sql = "UPDATE contacts SET name = ?2, name_source = ?3, folded_name = ?4
               WHERE id = ?1 AND (?3 = 'hand' OR name_source <> 'hand')";
    let stored = if name.is_empty() { NameSource::None } else { source };
    let taken = row::run(tx, sql, params![id.0, name, stored.word(), fold::key(name)])? > 0;
    if taken {
        crate::search::contacts::index(tx, id)?;
    }
    Ok(taken)
}

/// Counts one message at `at`.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn heard(tx: &Transaction<'_>, id: ContactId, at: Timestamp) -> Result<()> {
    let sql = "UPDATE contacts SET message_count = message_count + 1,
                   first_contact_at = CASE WHEN first_contact_at = 0 THEN ?2 ELSE min(first_contact_at, ?2) END,
                   last_contact_at = max(last_contact_at, ?2)
               WHERE id = ?1";
    must_exist(row::run(tx, sql, params![id.0, at.0])?)
}

/// Counts its messages anew, after messages were moved to or from it.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn recount(tx: &Transaction<'_>, id: ContactId) -> Result<()> {
    let sql = "UPDATE contacts SET
                   message_count = (SELECT count(*) FROM messages WHERE contact_id = ?1),
                   first_contact_at = coalesce((SELECT min(at) FROM messages WHERE contact_id = ?1), 0),
                   last_contact_at = coalesce((SELECT max(at) FROM messages WHERE contact_id = ?1), 0)
               WHERE id = ?1";
    must_exist(row::run(tx, sql, [id.0])?)
}

/// What is known of it changed: the search is told, and it is compared with others anew.
///
/// # Errors
/// The database's.
pub fn known_anew(tx: &Transaction<'_>, id: ContactId) -> Result<()> {
    row::run(tx, "UPDATE contacts SET to_compare = 1 WHERE id = ? AND to_compare = 0", [id.0])?;
    crate::search::contacts::index(tx, id)
}

//! Lists of customers that were taken in, and the rows that came with them, so that one undo takes all of it back.
//!
//! A new customer is written in one go and indexed once, at the end of its transaction; a known one gets what it lacks. What an import made is kept as ranges
//! of ids, because the keys of one transaction follow each other; what it changed is kept field by field.
//!
//! Not here: reading files, whom a line means and what it changes (the engine); taking it back (`back`).

mod back;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::types::Value;
use rusqlite::{Connection, Transaction, params, params_from_iter};
use serde::{Deserialize, Serialize};
use theke_domain::address::Address;
use theke_domain::fold;
use theke_domain::ids::ContactId;
use theke_domain::medium::Medium;
use theke_domain::time::Timestamp;

use super::entries;
use super::preferences::{self, Preference};
use crate::error::Result;
use crate::{row, search};

pub use back::{Taken, take_back};

/// The columns of a customer that a list can fill.
pub const FIELDS: [&str; 7] =
    ["name", "company", "salutation", "language", "country", "birthday", "postcode"];

/// What a list says of one customer, beside what is known already.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct News {
    /// Values of [`FIELDS`].
    pub fields: BTreeMap<&'static str, String>,
    /// Addresses that are nobody's, with how people write them.
    pub addresses: Vec<(Address, String)>,
    /// Tags by name.
    pub tags: Vec<String>,
    /// The shop's own fields: name, kind for a field that is not there yet, value.
    pub values: Vec<(String, &'static str, String)>,
    /// Notes.
    pub notes: Vec<String>,
    /// The channel it wants.
    pub preferred: Option<Medium>,
}

impl News {
    /// Nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What a transaction of an import did.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Steps {
    /// First and last contact that is new.
    contacts: Option<(i64, i64)>,
    /// First and last address.
    identities: Option<(i64, i64)>,
    /// First and last note.
    entries: Option<(i64, i64)>,
    /// Tags that are new.
    tags: Vec<i64>,
    /// Fields that are new.
    custom_fields: Vec<i64>,
    /// Tags of customers that were known.
    tagged: Vec<(i64, i64)>,
    /// Values of customers that were known.
    valued: Vec<(i64, i64)>,
    /// Preferences of customers that were known.
    preferred: Vec<(i64, i64)>,
    /// Columns of customers that were known.
    changed: Vec<Changed>,
    /// Whom the search is to be told of. [`note`] does it, in the order of the rows: told of a known customer between two
    /// new ones, the index writes itself anew for each.
    #[serde(skip)]
    touched: BTreeSet<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Changed {
    contact: i64,
    column: String,
    before: String,
    /// Where a name came from.
    source: String,
    became: String,
}

/// An import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Row.
    pub id: i64,
    /// Of the file.
    pub name: String,
    /// Customers that are new by it.
    pub made: u64,
    /// Customers that it changed.
    pub changed: u64,
    /// When.
    pub at: Timestamp,
    /// Taken back.
    pub undone_at: Option<Timestamp>,
}

/// The newest imports.
///
/// # Errors
/// The database's.
pub fn newest(conn: &Connection, limit: u32) -> Result<Vec<Import>> {
    let sql = "SELECT id, name, made, changed, at, undone_at FROM imports ORDER BY id DESC LIMIT ?";
    row::all(conn, sql, [limit], |r| {
        Ok(Import {
            id: r.get("id")?,
            name: r.get("name")?,
            made: r.get::<_, u32>("made")?.into(),
            changed: r.get::<_, u32>("changed")?.into(),
            at: row::at(r, "at")?,
            undone_at: row::some_at(r, "undone_at")?,
        })
    })
}

/// Begins one.
///
/// # Errors
/// The database's.
pub fn begin(tx: &Transaction<'_>, name: &str, now: Timestamp) -> Result<i64> {
    row::run(tx, "INSERT INTO imports (name, at) VALUES (?, ?)", params![name, now.0])?;
    Ok(tx.last_insert_rowid())
}

/// Notes what a transaction did, in it, and tells the search of all whom it touched.
///
/// # Errors
/// The database's.
pub fn note(tx: &Transaction<'_>, id: i64, made: u64, changed: u64, steps: &Steps) -> Result<()> {
    let sql = "UPDATE imports SET made = made + ?2, changed = changed + ?3,
                   steps = CASE steps WHEN '[]' THEN '[' || ?4 || ']'
                           ELSE substr(steps, 1, length(steps) - 1) || ',' || ?4 || ']' END
               WHERE id = ?1";
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    row::run(tx, sql, params![id, number(made), number(changed), serde_json::to_string(steps)?])?;
    for contact in &steps.touched {
        search::contacts::index(tx, ContactId(*contact))?;
    }
    Ok(())
}

/// Takes what names these customers out of the ways back: they are erased.
///
/// # Errors
/// The database's.
pub fn forget(tx: &Transaction<'_>, ids: &[ContactId]) -> Result<()> {
    let of = |contact: i64| ids.contains(&ContactId(contact));
    let all: Vec<(i64, String)> =
        row::all(tx, "SELECT id, steps FROM imports", [], |r| Ok((r.get("id")?, r.get("steps")?)))?;
    for (id, text) in all {
        let mut steps: Vec<Steps> = serde_json::from_str(&text)?;
        for step in &mut steps {
            step.changed.retain(|one| !of(one.contact));
            step.tagged.retain(|(contact, _)| !of(*contact));
            step.valued.retain(|(contact, _)| !of(*contact));
            step.preferred.retain(|(contact, _)| !of(*contact));
        }
        let kept = serde_json::to_string(&steps)?;
        if kept != text {
            row::run(tx, "UPDATE imports SET steps = ?2 WHERE id = ?1", params![id, kept])?;
        }
    }
    Ok(())
}

/// The tags and fields by their folded names; read once for a transaction.
#[derive(Debug, Default)]
pub struct Known {
    tags: HashMap<String, i64>,
    fields: HashMap<String, i64>,
}

impl Known {
    /// Reads them.
    ///
    /// # Errors
    /// The database's.
    pub fn read(conn: &Connection) -> Result<Self> {
        let tags = row::all(conn, "SELECT folded, id FROM tags", [], |r| Ok((r.get(0)?, r.get(1)?)))?;
        let sql = "SELECT name, id FROM custom_fields WHERE removed_at = 0 ORDER BY id DESC";
        let fields: Vec<(String, i64)> = row::all(conn, sql, [], |r| Ok((r.get(0)?, r.get(1)?)))?;
        let fields = fields.into_iter().map(|(name, id)| (fold::key(&name), id)).collect();
        Ok(Self { tags: tags.into_iter().collect(), fields })
    }

    fn tag(&mut self, tx: &Transaction<'_>, name: &str, steps: &mut Steps) -> Result<i64> {
        let folded = fold::key(name);
        if let Some(id) = self.tags.get(&folded) {
            return Ok(*id);
        }
        row::run(tx, "INSERT INTO tags (name, folded) VALUES (?, ?)", params![name, folded])?;
        let id = tx.last_insert_rowid();
        steps.tags.push(id);
        self.tags.insert(folded, id);
        Ok(id)
    }

    fn field(&mut self, tx: &Transaction<'_>, name: &str, kind: &str, steps: &mut Steps) -> Result<i64> {
        let folded = fold::key(name);
        if let Some(id) = self.fields.get(&folded) {
            return Ok(*id);
        }
        let sql = "INSERT INTO custom_fields (name, kind, position)
                   VALUES (?, ?, (SELECT coalesce(max(position), 0) + 1 FROM custom_fields))";
        row::run(tx, sql, params![name, kind])?;
        let id = tx.last_insert_rowid();
        steps.custom_fields.push(id);
        self.fields.insert(folded, id);
        Ok(id)
    }
}

/// Writes a new customer; found by the search once [`note`] was asked.
///
/// # Errors
/// The database's, also where an address is somebody's.
pub fn make(
    tx: &Transaction<'_>,
    news: &News,
    known: &mut Known,
    steps: &mut Steps,
    now: Timestamp,
) -> Result<ContactId> {
    let field = |name: &str| news.fields.get(name).map_or("", String::as_str);
    let name = field("name");
    let sql = "INSERT INTO contacts (name, name_source, folded_name, company, salutation, language, country,
                   birthday, postcode, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let source = if name.is_empty() { "" } else { "hand" };
    row::run(
        tx,
        sql,
        params![
            name,
            source,
            fold::key(name),
            field("company"),
            field("salutation"),
            field("language"),
            field("country"),
            field("birthday"),
            field("postcode"),
            now.0
        ],
    )?;
    let contact = ContactId(tx.last_insert_rowid());
    widen(&mut steps.contacts, contact.0);
    steps.touched.insert(contact.0);
    attach(tx, contact, news, (known, steps), false, now)?;
    Ok(contact)
}

/// Gives a known customer what the list says beyond what it has; found by it once [`note`] was asked.
///
/// # Errors
/// The database's, also where an address is somebody's.
pub fn complete(
    tx: &Transaction<'_>,
    contact: ContactId,
    news: &News,
    known: &mut Known,
    steps: &mut Steps,
    now: Timestamp,
) -> Result<()> {
    for (column, value) in &news.fields {
        let Some(column) = FIELDS.into_iter().find(|known| known == column) else { continue };
        let sql = format!("SELECT {column} AS value, name_source FROM contacts WHERE id = ?");
        let before: Option<(String, String)> =
            row::first(tx, &sql, [contact.0], |r| Ok((r.get("value")?, r.get("name_source")?)))?;
        let Some((before, source)) = before.filter(|(before, _)| before != value) else { continue };
        set_field(tx, contact.0, column, value, "hand")?;
        let column = column.to_owned();
        steps.changed.push(Changed { contact: contact.0, column, before, source, became: value.clone() });
    }
    steps.touched.insert(contact.0);
    attach(tx, contact, news, (known, steps), true, now)?;
    row::run(tx, "UPDATE contacts SET to_compare = 1 WHERE id = ? AND restricted_at = 0", [contact.0])?;
    Ok(())
}

/// Sets one of [`FIELDS`].
fn set_field(tx: &Transaction<'_>, contact: i64, column: &str, value: &str, source: &str) -> Result<()> {
    let mut sql = format!("UPDATE contacts SET {column} = ?2");
    let mut values: Vec<Value> = vec![contact.into(), value.to_owned().into()];
    if column == "name" {
        sql.push_str(", folded_name = ?3, name_source = ?4");
        values.push(fold::key(value).into());
        values.push(if value.is_empty() { String::new() } else { source.to_owned() }.into());
    }
    sql.push_str(" WHERE id = ?1");
    row::run(tx, &sql, params_from_iter(values))?;
    Ok(())
}

/// The rows beside the contact's own. `was_there`: they are noted one by one, because the contact stays after an undo.
fn attach(
    tx: &Transaction<'_>,
    contact: ContactId,
    news: &News,
    (known, steps): (&mut Known, &mut Steps),
    was_there: bool,
    now: Timestamp,
) -> Result<()> {
    let sql = "INSERT INTO identities (contact_id, origin_contact_id, kind, network, value, display, source, created_at)
               VALUES (?1, ?1, ?2, ?3, ?4, ?5, 'import', ?6)";
    for (address, display) in &news.addresses {
        let (kind, network, value) = (address.kind_word(), address.network(), address.value());
        row::run(tx, sql, params![contact.0, kind, network, value, display, now.0])?;
        widen(&mut steps.identities, tx.last_insert_rowid());
    }
    for name in &news.tags {
        let tag = known.tag(tx, name, steps)?;
        let sql = "INSERT OR IGNORE INTO contact_tags (contact_id, tag_id, added_at) VALUES (?, ?, ?)";
        if row::run(tx, sql, params![contact.0, tag, now.0])? > 0 && was_there {
            steps.tagged.push((contact.0, tag));
        }
    }
    for (name, kind, value) in &news.values {
        let field = known.field(tx, name, kind, steps)?;
        let sql = "INSERT OR IGNORE INTO custom_values (contact_id, field_id, value, changed_at) VALUES (?, ?, ?, ?)";
        if row::run(tx, sql, params![contact.0, field, value, now.0])? > 0 && was_there {
            steps.valued.push((contact.0, field));
        }
    }
    for text in &news.notes {
        widen(&mut steps.entries, entries::add_note(tx, contact, None, text, now)?.0);
    }
    if let Some(medium) = &news.preferred {
        preferences::set(
            tx,
            &Preference {
                contact_id: contact,
                medium: medium.clone(),
                source: preferences::Source::Hand,
                evidence: String::new(),
                message_id: None,
                since_at: now,
                ended_at: None,
            },
        )?;
        if was_there {
            steps.preferred.push((contact.0, preferences::row_in_force(tx, contact)?));
        }
    }
    Ok(())
}

/// The range with one more id.
fn widen(range: &mut Option<(i64, i64)>, id: i64) {
    *range = Some(range.map_or((id, id), |(first, last)| (first.min(id), last.max(id))));
}

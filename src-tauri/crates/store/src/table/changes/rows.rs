//! Rows that a person made, changed or took away on a customer's card, by their images: one step for many tables.
//!
//! A step takes back only what is as it left it: the columns that it changed are compared first. Which columns those are
//! the table's own file says, so that a merge, which changes whose a row is, does not keep a step from being undone.

use rusqlite::{Connection, ErrorCode, Transaction, params_from_iter};
use serde::{Deserialize, Serialize};
use theke_domain::ids::ContactId;

use super::Step;
use super::image::{self, Image, put_back};
use crate::error::{Error, Result};
use crate::row;

/// A row before and after.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Changed {
    /// On whose card; 0 = on none.
    pub contact: ContactId,
    /// In which table.
    pub table: String,
    /// Before; `None` = it is new.
    pub was: Option<Image>,
    /// After; `None` = it is gone.
    pub became: Option<Image>,
}

/// The tables of such rows, with the columns of their keys.
const KEYS: [(&str, &[&str]); 9] = [
    ("articles", &["id"]),
    ("contacts", &["id"]),
    ("identities", &["id"]),
    ("tags", &["id"]),
    ("contact_tags", &["contact_id", "tag_id", "origin_contact_id"]),
    ("custom_fields", &["id"]),
    ("custom_values", &["contact_id", "field_id", "origin_contact_id"]),
    ("goodwill", &["id"]),
    ("tasks", &["id"]),
];
/// Columns that a merge changes.
const OWNERS: [&str; 2] = ["contact_id", "origin_contact_id"];
/// A table whose rows are only ever made; beside [`KEYS`], since nothing changes them.
const ONLY_MADE: (&str, &[&str]) = ("consents", &["id"]);

fn keys_of(table: &str) -> Option<(&'static str, &'static [&'static str])> {
    KEYS.into_iter().chain([ONLY_MADE]).find(|(name, _)| *name == table)
}

/// The row with this key as it is; these columns beside its key, all for none named.
pub(crate) fn image(conn: &Connection, table: &str, columns: &[&str], key: &[i64]) -> Result<Option<Image>> {
    let Some((table, keys)) = keys_of(table) else { return Ok(None) };
    let mut wanted: Vec<&str> = keys.to_vec();
    wanted.extend(columns.iter().filter(|column| !keys.contains(column)));
    let wanted = if columns.is_empty() { "*".to_owned() } else { wanted.join(", ") };
    image::take(conn, &format!("SELECT {wanted} FROM {table} WHERE {}", by(keys)), key)
}

/// The way back from a change of these columns; `None` if nothing came of it.
pub(crate) fn changing(
    tx: &Transaction<'_>,
    contact: ContactId,
    (table, columns): (&str, &[&str]),
    key: &[i64],
    change: impl FnOnce() -> Result<()>,
) -> Result<Option<Step>> {
    let was = image(tx, table, columns, key)?;
    change()?;
    let became = image(tx, table, columns, key)?;
    let changed = Changed { contact, table: table.to_owned(), was, became };
    Ok((changed.was != changed.became).then_some(Step::Row(changed)))
}

fn by(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("{key} = ?")).collect::<Vec<_>>().join(" AND ")
}

/// Takes it back; says whether it was as it had been left.
pub(super) fn take_back(tx: &Transaction<'_>, changed: &Changed) -> Result<bool> {
    let Some((table, keys)) = keys_of(&changed.table) else { return Ok(false) };
    let Some(became) = &changed.became else {
        // What it hangs on may be gone since; then it stays away.
        return changed.was.as_ref().map_or(Ok(false), |was| unless_refused(put_back(tx, table, was)));
    };
    let key: Vec<i64> = keys.iter().map(|key| became.number(key)).collect();
    // Whose it is now is a merge's affair.
    let of_merges = |name: &str| OWNERS.contains(&name) && !keys.contains(&name);
    let columns: Vec<&str> = became.names().filter(|name| !of_merges(name)).collect();
    let Some(now) = image(tx, table, &columns, &key)? else { return Ok(false) };
    if columns.iter().any(|column| now.value(column) != became.value(column)) {
        return Ok(false);
    }
    let Some(was) = &changed.was else {
        let sql = format!("DELETE FROM {table} WHERE {}", by(keys));
        return unless_refused(row::run(tx, &sql, params_from_iter(key)).map(|rows| rows > 0));
    };
    let names: Vec<&str> = was.names().filter(|name| !keys.contains(name) && !of_merges(name)).collect();
    let set: Vec<String> = names.iter().map(|name| format!("{name} = ?")).collect();
    let sql = format!("UPDATE {table} SET {} WHERE {}", set.join(", "), by(keys));
    let values = names.iter().map(|name| was.value(name)).chain(key.into_iter().map(Into::into));
    unless_refused(
        tx.prepare(&sql)?.execute(params_from_iter(values)).map(|rows| rows > 0).map_err(Error::from),
    )
}

/// A row that something else stands in the way of is not as it was left.
fn unless_refused(done: Result<bool>) -> Result<bool> {
    match done {
        Err(Error::Sql(error)) if error.sqlite_error_code() == Some(ErrorCode::ConstraintViolation) => {
            Ok(false)
        }
        other => other,
    }
}

/// A tag that was removed, or that became another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TagGone {
    /// Its row.
    pub tag: Image,
    /// Who had it: contact, origin, since when.
    pub held: Vec<(i64, i64, i64)>,
    /// The tag that it became, 0 none.
    pub into: i64,
    /// Who has got that one by it: contact, origin.
    pub new: Vec<(i64, i64)>,
}

impl TagGone {
    /// Whether one of these contacts had it or has got the other one.
    pub(super) fn names(&self, is: impl Fn(i64) -> bool) -> bool {
        let held = self.held.iter().map(|(contact, origin, _)| (*contact, *origin));
        held.chain(self.new.iter().copied()).any(|(contact, origin)| is(contact) || is(origin))
    }
}

/// The tag stands again, with those who had it.
pub(super) fn tag_back(tx: &Transaction<'_>, gone: &TagGone) -> Result<bool> {
    if !unless_refused(put_back(tx, "tags", &gone.tag))? {
        return Ok(false);
    }
    let id = gone.tag.number("id");
    let sql = "INSERT OR IGNORE INTO contact_tags (contact_id, origin_contact_id, tag_id, added_at)
               SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM contacts WHERE id = ?1)";
    for (contact, origin, at) in &gone.held {
        row::run(tx, sql, [*contact, *origin, id, *at])?;
    }
    let sql = "DELETE FROM contact_tags WHERE contact_id = ? AND tag_id = ? AND origin_contact_id = ?";
    for (contact, origin) in &gone.new {
        row::run(tx, sql, [*contact, gone.into, *origin])?;
    }
    Ok(true)
}

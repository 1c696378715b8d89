//! Rules of the shop and their versions. A version never changes; what was decided names the one that it came from. A shop
//! has dozens of rules, so they are read whole.
//!
//! Not here: what a rule says (`theke_domain::rule`), and whether it is right.

use rusqlite::{Connection, Row, Transaction, params};
use serde::{Deserialize, Serialize};
use theke_domain::ids::RuleId;
use theke_domain::time::Timestamp;

use super::accounts::must_exist;
use crate::error::Result;
use crate::row::{self, Sql};

/// A rule with the version in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Row.
    pub id: RuleId,
    /// As the shop calls it.
    pub name: String,
    /// Place in the order.
    pub position: i64,
    /// The version in force.
    pub version: u32,
    /// Whether it acts.
    pub is_on: bool,
    /// Since when it is on as it is: what came before is not for it.
    pub on_since: Option<Timestamp>,
    /// `suggest`, `ask` or `send`, as the shop chose.
    pub mode: String,
    /// When wrong marks lowered it to `ask`.
    pub lowered_at: Option<Timestamp>,
    /// Starter pack and name in it; empty = the shop's own.
    pub pack: String,
    /// The version in force, as TOML.
    pub source: String,
}

impl Rule {
    /// The mode in which it works: one that was lowered asks before it sends.
    pub fn mode_in_force(&self) -> &str {
        if self.lowered_at.is_some() && self.mode == "send" { "ask" } else { &self.mode }
    }
}

/// What a person writes of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written<'a> {
    /// As the shop calls it.
    pub name: &'a str,
    /// `suggest`, `ask` or `send`.
    pub mode: &'a str,
    /// As TOML.
    pub source: &'a str,
}

/// A version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counted from 1.
    pub version: u32,
    /// When it was written.
    pub written_at: Timestamp,
    /// As TOML.
    pub source: String,
}

/// A rule before it was saved over: its older version is still there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// As the shop called it.
    pub name: String,
    /// Its mode.
    pub mode: String,
    /// The version that was in force.
    pub version: u32,
}

const SELECT: &str =
    "SELECT r.id, r.name, r.position, r.version, r.is_on, r.on_since, r.mode, r.lowered_at, r.pack, v.source
    FROM rules r CROSS JOIN rule_versions v ON v.rule_id = r.id AND v.version = r.version
    WHERE r.removed_at = 0";

fn from_row(r: &Row<'_>) -> Sql<Rule> {
    Ok(Rule {
        id: row::id(r, "id")?,
        name: r.get("name")?,
        position: r.get("position")?,
        version: r.get("version")?,
        is_on: r.get("is_on")?,
        on_since: row::some_at(r, "on_since")?,
        mode: r.get("mode")?,
        lowered_at: row::some_at(r, "lowered_at")?,
        pack: r.get("pack")?,
        source: r.get("source")?,
    })
}

/// All that stand, in their order.
///
/// # Errors
/// The database's.
pub fn all(conn: &Connection) -> Result<Vec<Rule>> {
    row::all(conn, &format!("{SELECT} ORDER BY r.position, r.id"), [], from_row)
}

/// One that stands.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: RuleId) -> Result<Option<Rule>> {
    row::first(conn, &format!("{SELECT} AND r.id = ?"), [id.0], from_row)
}

/// A new one behind all others, switched off.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: Written<'_>, pack: &str, now: Timestamp) -> Result<RuleId> {
    let sql = "INSERT INTO rules (name, mode, pack, position) VALUES (?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM rules))";
    row::run(tx, sql, params![new.name, new.mode, pack])?;
    let id = RuleId(tx.last_insert_rowid());
    write(tx, id, 1, new.source, now)?;
    Ok(id)
}

/// Saves one as a new version, which is in force from now on: what came before is not for it, and wrong marks of the version
/// before do not count. The same text is no new version. Gives the version in force.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn save(tx: &Transaction<'_>, id: RuleId, new: Written<'_>, now: Timestamp) -> Result<u32> {
    let before = get(tx, id)?.ok_or(crate::Error::NotFound)?;
    if before.source == new.source {
        return Ok(before.version);
    }
    let sql = "SELECT max(version) + 1 FROM rule_versions WHERE rule_id = ?";
    let version: u32 = row::one(tx, sql, [id.0])?;
    write(tx, id, version, new.source, now)?;
    put_in_force(tx, id, &Before { name: new.name.to_owned(), mode: new.mode.to_owned(), version }, now)?;
    Ok(version)
}

fn write(tx: &Transaction<'_>, id: RuleId, version: u32, source: &str, now: Timestamp) -> Result<()> {
    let sql = "INSERT INTO rule_versions (rule_id, version, source, written_at) VALUES (?, ?, ?, ?)";
    row::run(tx, sql, params![id.0, version, source, now.0])?;
    Ok(())
}

/// Puts an older version in force again.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn put_in_force(tx: &Transaction<'_>, id: RuleId, to: &Before, now: Timestamp) -> Result<()> {
    let sql = "UPDATE rules SET name = ?2, mode = ?3, version = ?4, on_since = iif(is_on = 1, ?5, on_since), lowered_at = 0
               WHERE id = ?1 AND removed_at = 0";
    must_exist(row::run(tx, sql, params![id.0, to.name, to.mode, to.version, now.0])?)
}

/// Switches one on or off. What came before is not for it.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn set_on(tx: &Transaction<'_>, id: RuleId, on: bool, now: Timestamp) -> Result<()> {
    let sql = "UPDATE rules SET is_on = ?2, on_since = iif(?2 = 1 AND is_on = 0, ?3, on_since), lowered_at = iif(?2 = 1 AND is_on = 0, 0, lowered_at)
               WHERE id = ?1 AND removed_at = 0";
    must_exist(row::run(tx, sql, params![id.0, on, now.0])?)
}

/// Lets one ask from now on, because it was wrong. Says whether it sent until now.
///
/// # Errors
/// The database's.
pub fn lower(tx: &Transaction<'_>, id: RuleId, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE rules SET lowered_at = max(?2, 1) WHERE id = ?1 AND mode = 'send' AND lowered_at = 0";
    Ok(row::run(tx, sql, params![id.0, now.0])? > 0)
}

/// The ids in their order; those that are not named follow behind.
///
/// # Errors
/// The database's.
pub fn set_order(tx: &Transaction<'_>, ids: &[RuleId]) -> Result<()> {
    let rest: Vec<RuleId> = all(tx)?.into_iter().map(|rule| rule.id).filter(|id| !ids.contains(id)).collect();
    for (position, id) in ids.iter().chain(&rest).enumerate() {
        let position = i64::try_from(position + 1).unwrap_or(i64::MAX);
        row::run(tx, "UPDATE rules SET position = ?2 WHERE id = ?1", params![id.0, position])?;
    }
    Ok(())
}

/// Takes one away. Its versions stay for the decisions that name them.
///
/// # Errors
/// The database's; [`crate::Error::NotFound`].
pub fn remove(tx: &Transaction<'_>, id: RuleId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE rules SET removed_at = max(?2, 1) WHERE id = ?1 AND removed_at = 0";
    must_exist(row::run(tx, sql, params![id.0, now.0])?)
}

/// Puts one back that was taken away. What came meanwhile is not for it. Says whether it was away.
///
/// # Errors
/// The database's.
pub fn put_back(tx: &Transaction<'_>, id: RuleId, now: Timestamp) -> Result<bool> {
    let sql = "UPDATE rules SET removed_at = 0, on_since = iif(is_on = 1, ?2, on_since) WHERE id = ?1 AND removed_at <> 0";
    Ok(row::run(tx, sql, params![id.0, now.0])? > 0)
}

/// The versions, newest first, also of a rule that was taken away.
///
/// # Errors
/// The database's.
pub fn versions(conn: &Connection, id: RuleId) -> Result<Vec<Version>> {
    let sql = "SELECT version, written_at, source FROM rule_versions WHERE rule_id = ? ORDER BY version DESC";
    row::all(conn, sql, [id.0], version_row)
}

/// One version.
///
/// # Errors
/// The database's.
pub fn version(conn: &Connection, id: RuleId, version: u32) -> Result<Option<Version>> {
    let sql = "SELECT version, written_at, source FROM rule_versions WHERE rule_id = ? AND version = ?";
    row::first(conn, sql, params![id.0, version], version_row)
}

fn version_row(r: &Row<'_>) -> Sql<Version> {
    Ok(Version {
        version: r.get("version")?,
        written_at: row::at(r, "written_at")?,
        source: r.get("source")?,
    })
}

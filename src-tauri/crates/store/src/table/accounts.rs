//! Configured channels with their position, their health and their secrets (the file is encrypted).
//!
//! Secrets are read by one function only, so that no list carries them. Not here: what a setting means.

use std::collections::BTreeMap;

use rusqlite::{Connection, Row, Transaction, params};
use theke_domain::address::Address;
use theke_domain::ids::AccountId;
use theke_domain::medium::{ChannelKind, Medium};
use theke_domain::time::Timestamp;

use super::Trouble;
use crate::error::{Error, Result};
use crate::row::{self, Sql};
use crate::words::{Word, words};

/// How an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Health {
    /// It was reached, or not tried yet.
    Ok,
    /// It cannot be reached; tried again by itself.
    Offline,
    /// A person has to do something.
    NeedsAttention,
}
words!(Health { Health::Ok => "ok", Health::Offline => "offline", Health::NeedsAttention => "needs_attention" });

/// An account without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Row.
    pub id: AccountId,
    /// Channel kind.
    pub kind: ChannelKind,
    /// What a customer calls it.
    pub medium: Medium,
    /// Given by the user.
    pub name: String,
    /// Polled and sent through.
    pub enabled: bool,
    /// The plain fields.
    pub settings: BTreeMap<String, String>,
    /// The shop's own address on it.
    pub own: Option<Address>,
    /// Opaque to all but the channel.
    pub cursor: String,
    /// Backfill has ended once.
    pub caught_up: bool,
    /// Outstanding in the first sync; `None` if unknown or done.
    pub remaining: Option<u64>,
    /// What the first sync is to fetch, those that are here included; `None` if unknown.
    pub total: Option<u64>,
    /// What came in since then is here whole; `None` if unknown.
    pub reaches_to: Option<Timestamp>,
    /// A person lets older messages wait; what is new is fetched all the same.
    pub fetching_paused: bool,
    /// How it is.
    pub health: Health,
    /// What is wrong.
    pub trouble: Option<Trouble>,
    /// Failures in a row.
    pub failures: u32,
    /// Last time it was reached.
    pub last_success_at: Option<Timestamp>,
    /// Not tried before.
    pub next_try_at: Option<Timestamp>,
    /// When it was set up; automation answers nothing older.
    pub created_at: Timestamp,
    /// When it was removed; the row stays while messages name it.
    pub removed_at: Option<Timestamp>,
}

/// An account to be set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount {
    /// Channel kind.
    pub kind: ChannelKind,
    /// Its medium.
    pub medium: Medium,
    /// Given by the user.
    pub name: String,
    /// Plain fields.
    pub settings: BTreeMap<String, String>,
    /// Secret fields.
    pub secrets: BTreeMap<String, String>,
    /// The shop's own address on it.
    pub own: Option<Address>,
    /// Now.
    pub created_at: Timestamp,
}

const COLUMNS: &str =
    "id, kind, medium, name, enabled, settings, own_kind, own_network, own_value, cursor, caught_up,
    remaining, total, reaches_to_at, fetching_paused, state, error_code, error_text, failures, last_success_at,
    next_try_at, created_at, removed_at";

fn from_row(r: &Row<'_>) -> Sql<Account> {
    let (kind, network, value): (String, String, String) =
        (r.get("own_kind")?, r.get("own_network")?, r.get("own_value")?);
    Ok(Account {
        id: row::id(r, "id")?,
        kind: ChannelKind::new(r.get::<_, String>("kind")?),
        medium: Medium::new(r.get::<_, String>("medium")?),
        name: r.get("name")?,
        enabled: r.get("enabled")?,
        settings: row::json(r, "settings")?,
        own: Address::from_stored(&kind, &network, &value),
        cursor: r.get("cursor")?,
        caught_up: r.get("caught_up")?,
        remaining: u64::try_from(r.get::<_, i64>("remaining")?).ok(),
        total: u64::try_from(r.get::<_, i64>("total")?).ok(),
        reaches_to: row::some_at(r, "reaches_to_at")?,
        fetching_paused: r.get("fetching_paused")?,
        health: row::word(r, "state")?,
        trouble: Trouble::from_row(r)?,
        failures: r.get("failures")?,
        last_success_at: row::some_at(r, "last_success_at")?,
        next_try_at: row::some_at(r, "next_try_at")?,
        created_at: row::at(r, "created_at")?,
        removed_at: row::some_at(r, "removed_at")?,
    })
}

/// Stores a new account, switched on.
///
/// # Errors
/// The database's.
pub fn insert(tx: &Transaction<'_>, new: &NewAccount) -> Result<AccountId> {
    let sql = "INSERT INTO accounts (kind, medium, name, settings, secrets, own_kind, own_network, own_value, created_at)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
    let (settings, secrets) = (serde_json::to_string(&new.settings)?, serde_json::to_string(&new.secrets)?);
    let own = new.own.as_ref();
    row::run(
        tx,
        sql,
        params![
            new.kind.as_str(),
            new.medium.as_str(),
            new.name,
            settings,
            secrets,
            own.map_or("", Address::kind_word),
            own.map_or("", Address::network),
            own.map_or("", Address::value),
            new.created_at.0
        ],
    )?;
    Ok(AccountId(tx.last_insert_rowid()))
}

/// One account, removed ones too.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: AccountId) -> Result<Option<Account>> {
    row::first(conn, &format!("SELECT {COLUMNS} FROM accounts WHERE id = ?"), [id.0], from_row)
}

/// All that were not removed, in the order in which they were set up.
///
/// # Errors
/// The database's.
pub fn list(conn: &Connection) -> Result<Vec<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE removed_at = 0 ORDER BY id");
    row::all(conn, &sql, [], from_row)
}

/// The secret fields.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn secrets(conn: &Connection, id: AccountId) -> Result<BTreeMap<String, String>> {
    let sql = "SELECT secrets FROM accounts WHERE id = ?";
    row::first(conn, sql, [id.0], |r| row::json(r, "secrets"))?.ok_or(Error::NotFound)
}

/// Replaces name, plain fields and own address; the secrets only where some are given.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn update(
    tx: &Transaction<'_>,
    id: AccountId,
    name: &str,
    settings: &BTreeMap<String, String>,
    secrets: Option<&BTreeMap<String, String>>,
    own: Option<&Address>,
) -> Result<()> {
    let sql = "UPDATE accounts SET name = ?2, settings = ?3, secrets = coalesce(?4, secrets), own_kind = ?5,
               own_network = ?6, own_value = ?7 WHERE id = ?1 AND removed_at = 0";
    let secrets = secrets.map(serde_json::to_string).transpose()?;
    let (kind, network, value) =
        own.map_or(("", "", ""), |own| (own.kind_word(), own.network(), own.value()));
    let settings = serde_json::to_string(settings)?;
    must_exist(row::run(tx, sql, params![id.0, name, settings, secrets, kind, network, value])?)
}

/// Switches it on or off.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn set_enabled(tx: &Transaction<'_>, id: AccountId, enabled: bool) -> Result<()> {
    let sql = "UPDATE accounts SET enabled = ?2 WHERE id = ?1 AND removed_at = 0";
    must_exist(row::run(tx, sql, params![id.0, enabled])?)
}

/// Saves where polling goes on, in the transaction of the messages. `caught_up` never goes back to false.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn save_cursor(
    tx: &Transaction<'_>,
    id: AccountId,
    cursor: &str,
    caught_up: bool,
    remaining: Option<u64>,
) -> Result<()> {
    let sql = "UPDATE accounts SET cursor = ?2, caught_up = max(caught_up, ?3), remaining = ?4 WHERE id = ?1";
    let remaining = remaining.and_then(|count| i64::try_from(count).ok()).unwrap_or(-1);
    must_exist(row::run(tx, sql, params![id.0, cursor, caught_up, remaining])?)
}

/// Saves how much older messages are to be fetched, and since when all that came in is here whole.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn save_reach(
    tx: &Transaction<'_>,
    id: AccountId,
    total: Option<u64>,
    reaches_to: Option<Timestamp>,
) -> Result<()> {
    let sql = "UPDATE accounts SET total = ?2, reaches_to_at = ?3 WHERE id = ?1";
    let total = total.and_then(|count| i64::try_from(count).ok()).unwrap_or(-1);
    must_exist(row::run(tx, sql, params![id.0, total, row::or_never(reaches_to)])?)
}

/// Lets older messages wait, or fetches them on.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn set_fetching_paused(tx: &Transaction<'_>, id: AccountId, paused: bool) -> Result<()> {
    let sql = "UPDATE accounts SET fetching_paused = ?2 WHERE id = ?1 AND removed_at = 0";
    must_exist(row::run(tx, sql, params![id.0, paused])?)
}

/// It was reached: healthy again.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn reached(tx: &Transaction<'_>, id: AccountId, now: Timestamp) -> Result<()> {
    let sql =
        "UPDATE accounts SET state = 'ok', error_code = '', error_text = '', failures = 0, next_try_at = 0,
               last_success_at = ?2 WHERE id = ?1";
    must_exist(row::run(tx, sql, params![id.0, now.0])?)
}

/// It was not: one more failure in a row.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn troubled(
    tx: &Transaction<'_>,
    id: AccountId,
    health: Health,
    trouble: &Trouble,
    next_try_at: Option<Timestamp>,
) -> Result<()> {
    let sql = "UPDATE accounts SET state = ?2, error_code = ?3, error_text = ?4, failures = failures + 1,
               next_try_at = ?5 WHERE id = ?1";
    let next = row::or_never(next_try_at);
    must_exist(row::run(tx, sql, params![id.0, health.word(), trouble.code, trouble.text, next])?)
}

/// Lets it be tried at once.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn try_now(tx: &Transaction<'_>, id: AccountId) -> Result<()> {
    must_exist(row::run(tx, "UPDATE accounts SET next_try_at = 0 WHERE id = ?", [id.0])?)
}

/// Takes it out of use and forgets its settings, secrets and position. Its messages stay; see
/// [`super::messages::progress::delete_of_account`] for the other wish.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn remove(tx: &Transaction<'_>, id: AccountId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE accounts SET removed_at = ?2, enabled = 0, settings = '{}', secrets = '{}', cursor = ''
               WHERE id = ?1 AND removed_at = 0";
    must_exist(row::run(tx, sql, params![id.0, now.0])?)?;
    row::run(tx, "DELETE FROM pending_flags WHERE account_id = ?", [id.0])?;
    Ok(())
}

/// The messages of a removed account are to be deleted.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn want_messages_gone(tx: &Transaction<'_>, id: AccountId) -> Result<()> {
    must_exist(row::run(tx, "UPDATE accounts SET messages_unwanted = 1 WHERE id = ?", [id.0])?)
}

/// Removed accounts whose messages are still to be deleted.
///
/// # Errors
/// The database's.
pub fn with_unwanted_messages(conn: &Connection) -> Result<Vec<AccountId>> {
    row::all(conn, "SELECT id FROM accounts WHERE messages_unwanted = 1 ORDER BY id", [], |r| {
        row::id(r, "id")
    })
}

/// They were deleted.
///
/// # Errors
/// The database's; [`Error::NotFound`].
pub fn messages_are_gone(tx: &Transaction<'_>, id: AccountId) -> Result<()> {
    must_exist(row::run(tx, "UPDATE accounts SET messages_unwanted = 0 WHERE id = ?", [id.0])?)
}

pub(super) fn must_exist(changed: usize) -> Result<()> {
    if changed == 0 { Err(Error::NotFound) } else { Ok(()) }
}

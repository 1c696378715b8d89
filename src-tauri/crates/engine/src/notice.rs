//! What a person should know about an account although it works: messages that may be missing and cannot be had.
//!
//! Kept as a setting per account, because it outlives the account's health and there is at most one.

use theke_domain::ids::AccountId;
use theke_domain::time::Timestamp;
use theke_store::table::settings;
use theke_store::{Connection, Result, Transaction};

fn key(account: AccountId) -> String {
    format!("notice.gap.{account}")
}

/// Notes a gap; with one noted before, the span covers both.
pub fn put_gap(
    tx: &Transaction<'_>,
    account: AccountId,
    since: Timestamp,
    until: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let (since, until) = match gap(tx, account)? {
        Some((first, last)) => (first.min(since), last.max(until)),
        None => (since, until),
    };
    settings::set(tx, &key(account), &serde_json::json!([since.0, until.0]), now)
}

/// The noted gap.
pub fn gap(conn: &Connection, account: AccountId) -> Result<Option<(Timestamp, Timestamp)>> {
    let value = settings::get(conn, &key(account))?;
    Ok(value.and_then(|json| {
        let at = |index| json.get(index).and_then(serde_json::Value::as_i64).map(Timestamp);
        Some((at(0)?, at(1)?))
    }))
}

/// A person has read it.
pub fn clear_gap(tx: &Transaction<'_>, account: AccountId) -> Result<()> {
    settings::remove(tx, &key(account))
}

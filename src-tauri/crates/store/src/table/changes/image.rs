//! A row as it was, to be put back under its own id. Only for tables whose columns are numbers and texts.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Transaction};
use serde::{Deserialize, Serialize};
use theke_domain::ids::ConversationId;

use crate::error::Result;
use crate::row;

/// The columns and values of a row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Image(Vec<(String, serde_json::Value)>);

/// The row of a conversation.
///
/// # Errors
/// The database's.
pub fn of_conversation(conn: &Connection, id: ConversationId) -> Result<Option<Image>> {
    take(conn, "SELECT * FROM conversations WHERE id = ?", &[id.0])
}

/// The draft of a conversation.
///
/// # Errors
/// The database's.
pub fn of_draft(conn: &Connection, id: ConversationId) -> Result<Option<Image>> {
    take(conn, "SELECT * FROM drafts WHERE conversation_id = ?", &[id.0])
}

/// The row that a question with numbers finds.
pub(super) fn take(conn: &Connection, sql: &str, key: &[i64]) -> Result<Option<Image>> {
    // Not through the cache: a migration adds columns, and a cached statement would not name them.
    let mut statement = conn.prepare(sql)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query(rusqlite::params_from_iter(key))?;
    let Some(found) = rows.next()? else { return Ok(None) };
    let mut columns = Vec::with_capacity(names.len());
    for (index, name) in names.into_iter().enumerate() {
        let value = match found.get_ref(index)? {
            ValueRef::Integer(number) => serde_json::Value::from(number),
            ValueRef::Text(text) => serde_json::Value::from(String::from_utf8_lossy(text).into_owned()),
            ValueRef::Null => serde_json::Value::Null,
            ValueRef::Real(_) | ValueRef::Blob(_) => return Err(row::unknown(&name).into()),
        };
        columns.push((name, value));
    }
    Ok(Some(Image(columns)))
}

/// Puts a row back unless its place is taken.
///
/// # Errors
/// The database's.
pub(super) fn put_back(tx: &Transaction<'_>, table: &'static str, image: &Image) -> Result<bool> {
    let names: Vec<&str> = image.0.iter().map(|(name, _)| name.as_str()).collect();
    let places = vec!["?"; names.len()].join(", ");
    let sql = format!("INSERT OR IGNORE INTO {table} ({}) VALUES ({places})", names.join(", "));
    let values = image.0.iter().map(|(_, value)| stored(value));
    Ok(tx.prepare(&sql)?.execute(rusqlite::params_from_iter(values))? > 0)
}

fn stored(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Number(number) => Value::Integer(number.as_i64().unwrap_or_default()),
        serde_json::Value::String(text) => Value::Text(text.clone()),
        _ => Value::Null,
    }
}

impl Image {
    /// Its columns.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// A column as it is stored; null if there is none of that name.
    pub(super) fn value(&self, column: &str) -> Value {
        let found = self.0.iter().find(|(name, _)| name == column);
        found.map_or(Value::Null, |(_, value)| stored(value))
    }

    /// A column that is a number; 0 if there is none of that name.
    pub(super) fn number(&self, column: &str) -> i64 {
        let found = self.0.iter().find(|(name, _)| name == column);
        found.and_then(|(_, value)| value.as_i64()).unwrap_or(0)
    }
}

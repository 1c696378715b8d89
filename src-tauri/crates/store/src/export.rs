//! All rows of all tables, for taking everything along: a table at a time, a page at a time, by key.
//!
//! What a shop must not carry about in the open stays: the secrets of accounts. Indexes for searching are made of the rest.
//! Not here: the archive (the engine).

use rusqlite::Connection;
use rusqlite::types::Value as Sql;
use serde_json::{Map, Value};

use crate::error::Result;
use crate::person::as_json;
use crate::row;
use crate::squeeze::{unsqueezed, unsqueezed_text};

/// Rows of one page.
const PAGE: u32 = 500;

/// Bytes that do not fit a line of JSON: they get a file of their own.
pub struct File {
    /// What it is.
    pub kind: Kind,
    /// The message or attachment.
    pub id: i64,
    /// As it was called.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a file of an export is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A message as it was fetched.
    Source,
    /// The bytes of an attachment.
    Attachment,
    /// The exact bytes that were sent.
    Payload,
    /// A file that waits in a draft.
    Staged,
}

/// The tables, by name; those of the search left out.
///
/// # Errors
/// The database's.
pub fn tables(conn: &Connection) -> Result<Vec<String>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
                   AND name NOT GLOB '*_fts' AND name NOT GLOB '*_fts_*' AND name <> 'search_spans' ORDER BY name";
    row::all(conn, sql, [], |r| r.get(0))
}

/// Hands over every row of a table, and the files beside it.
///
/// # Errors
/// The database's; what `take` returns.
pub fn each<E: From<crate::Error>>(
    conn: &Connection,
    table: &str,
    take: &mut dyn FnMut(Map<String, Value>, Option<File>) -> std::result::Result<(), E>,
) -> std::result::Result<u64, E> {
    let keys = keys(conn, table)?;
    let order = keys.join(", ");
    let places = vec!["?"; keys.len()].join(", ");
    let (first, next) = (
        format!("SELECT * FROM {table} ORDER BY {order} LIMIT {PAGE}"),
        format!("SELECT * FROM {table} WHERE ({order}) > ({places}) ORDER BY {order} LIMIT {PAGE}"),
    );
    let (mut last, mut count) = (Vec::<Sql>::new(), 0);
    loop {
        let sql = if last.is_empty() { &first } else { &next };
        let page = page(conn, table, sql, &keys, &mut last)?;
        let full = page.len() >= PAGE as usize;
        for (one, file) in page {
            count += 1;
            take(one, file)?;
        }
        if !full {
            return Ok(count);
        }
    }
}

type Exported = (Map<String, Value>, Option<File>);

fn page(
    conn: &Connection,
    table: &str,
    sql: &str,
    keys: &[String],
    last: &mut Vec<Sql>,
) -> Result<Vec<Exported>> {
    let mut statement = conn.prepare(sql)?;
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut rows = statement.query(rusqlite::params_from_iter(std::mem::take(last)))?;
    let mut page = Vec::new();
    while let Some(found) = rows.next()? {
        *last = keys.iter().map(|key| found.get(key.as_str())).collect::<rusqlite::Result<_>>()?;
        let mut one = as_json(found, &names)?;
        let file = beside(table, found, &mut one)?;
        page.push((one, file));
    }
    Ok(page)
}

/// What stands packed or as bytes in a row: texts are unpacked into it, files are handed over beside it.
fn beside(table: &str, found: &rusqlite::Row<'_>, one: &mut Map<String, Value>) -> Result<Option<File>> {
    let file = |kind, id: &str, name: String, bytes: Option<Vec<u8>>| -> Result<Option<File>> {
        let id = found.get(id)?;
        Ok(bytes.filter(|bytes| !bytes.is_empty()).map(|bytes| File { kind, id, name, bytes }))
    };
    match table {
        "accounts" => {
            one.remove("secrets");
            Ok(None)
        }
        "message_bodies" => {
            for column in ["text", "text_without_quote", "html"] {
                one.insert(column.to_owned(), unsqueezed_text(&found.get::<_, Vec<u8>>(column)?)?.into());
            }
            let source = unsqueezed(&found.get::<_, Vec<u8>>("source")?)?;
            file(Kind::Source, "message_id", String::new(), Some(source))
        }
        "attachments" => file(Kind::Attachment, "id", found.get("name")?, found.get("content")?),
        "staged_files" => file(Kind::Staged, "id", found.get("name")?, found.get("content")?),
        "outbox" => file(Kind::Payload, "message_id", String::new(), found.get("payload")?),
        _ => Ok(None),
    }
}

/// The columns of a table's key in their order.
fn keys(conn: &Connection, table: &str) -> Result<Vec<String>> {
    let sql = "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk";
    row::all(conn, sql, [table], |r| r.get(0))
}

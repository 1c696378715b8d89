//! Reading columns into the types of the domain: ids, times where 0 means never, words of enums.
//!
//! Not here: SQL.

use rusqlite::types::{FromSql, Type};
use rusqlite::{Connection, Params, Row};
use theke_domain::time::Timestamp;

use crate::error::Result;
use crate::words::Word;

pub(crate) type Sql<T> = rusqlite::Result<T>;

/// An id column.
pub(crate) fn id<T: From<i64>>(row: &Row<'_>, column: &str) -> Sql<T> {
    row.get::<_, i64>(column).map(T::from)
}

/// An id column where NULL or 0 means none.
pub(crate) fn some_id<T: From<i64>>(row: &Row<'_>, column: &str) -> Sql<Option<T>> {
    Ok(row.get::<_, Option<i64>>(column)?.filter(|id| *id != 0).map(T::from))
}

/// A time column.
pub(crate) fn at(row: &Row<'_>, column: &str) -> Sql<Timestamp> {
    row.get(column).map(Timestamp)
}

/// A time column where 0 means never.
pub(crate) fn some_at(row: &Row<'_>, column: &str) -> Sql<Option<Timestamp>> {
    Ok(Some(Timestamp(row.get(column)?)).filter(|at| at.0 != 0))
}

/// A text column where the empty text means none.
pub(crate) fn some_text(row: &Row<'_>, column: &str) -> Sql<Option<String>> {
    Ok(Some(row.get::<_, String>(column)?).filter(|text| !text.is_empty()))
}

/// A column with the word of an enum.
pub(crate) fn word<T: Word>(row: &Row<'_>, column: &str) -> Sql<T> {
    let text: String = row.get(column)?;
    T::from_word(&text).ok_or_else(|| unknown(column))
}

/// A column with JSON text.
pub(crate) fn json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: &str) -> Sql<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|_| unknown(column))
}

/// A column whose value makes no sense to this program.
pub(crate) fn unknown(column: &str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, format!("column {column}").into())
}

/// 0 for a time that never was.
pub(crate) fn or_never(at: Option<Timestamp>) -> i64 {
    at.map_or(0, |at| at.0)
}

/// All rows of a query through the statement cache.
pub(crate) fn all<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    map: impl FnMut(&Row<'_>) -> Sql<T>,
) -> Result<Vec<T>> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map(params, map)?;
    Ok(rows.collect::<Sql<Vec<T>>>()?)
}

/// The first row of a query, or `None`.
pub(crate) fn first<T>(
    conn: &Connection,
    sql: &str,
    params: impl Params,
    map: impl FnOnce(&Row<'_>) -> Sql<T>,
) -> Result<Option<T>> {
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    Ok(rows.next()?.map(map).transpose()?)
}

/// The one value of a query that always has a row.
pub(crate) fn one<T: FromSql>(conn: &Connection, sql: &str, params: impl Params) -> Result<T> {
    Ok(conn.prepare_cached(sql)?.query_row(params, |row| row.get(0))?)
}

/// Runs a change through the statement cache; gives the number of rows.
pub(crate) fn run(conn: &Connection, sql: &str, params: impl Params) -> Result<usize> {
    Ok(conn.prepare_cached(sql)?.execute(params)?)
}

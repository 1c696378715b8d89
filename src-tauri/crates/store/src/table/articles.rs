//! What the shop knows: short articles with the day on which somebody last looked whether they are still true, and the day
//! from which on they are not used any more. A shop has dozens, so they are read whole.
//!
//! Not here: whether an article may be used today, and putting it into a text.

use rusqlite::{Connection, Transaction, params};
use theke_domain::fold;
use theke_domain::ids::{ArticleId, ContactId};
use theke_domain::time::Timestamp;

use super::changes::{Step, changing};
use crate::error::Result;
use crate::row;

/// A text of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// ISO code.
    pub language: String,
    /// Plain.
    pub text: String,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Row.
    pub id: ArticleId,
    /// What it is about; texts name it by this.
    pub name: String,
    /// `YYYY-MM-DD`, empty for never.
    pub checked_on: String,
    /// The first day on which it is not used, `YYYY-MM-DD`; empty = it does not end.
    pub expires_on: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// By language.
    pub texts: Vec<Text>,
}

const SELECT: &str = "SELECT id, name, checked_on, expires_on, changed_at FROM articles";

fn from_row(r: &rusqlite::Row<'_>) -> row::Sql<Article> {
    Ok(Article {
        id: row::id(r, "id")?,
        name: r.get("name")?,
        checked_on: r.get("checked_on")?,
        expires_on: r.get("expires_on")?,
        changed_at: row::at(r, "changed_at")?,
        texts: Vec::new(),
    })
}

fn with_texts(conn: &Connection, mut found: Vec<Article>) -> Result<Vec<Article>> {
    let sql = "SELECT language, text FROM article_texts WHERE article_id = ? ORDER BY language";
    for article in &mut found {
        article.texts = row::all(conn, sql, [article.id.0], |r| {
            Ok(Text { language: r.get("language")?, text: r.get("text")? })
        })?;
    }
    Ok(found)
}

/// All that stand, by name.
///
/// # Errors
/// The database's.
pub fn all(conn: &Connection) -> Result<Vec<Article>> {
    let found = row::all(conn, &format!("{SELECT} WHERE removed_at = 0"), [], from_row)?;
    let mut found = with_texts(conn, found)?;
    found.sort_by_cached_key(|article| fold::index_text(&article.name));
    Ok(found)
}

/// One that stands.
///
/// # Errors
/// The database's.
pub fn get(conn: &Connection, id: ArticleId) -> Result<Option<Article>> {
    let found = row::all(conn, &format!("{SELECT} WHERE id = ? AND removed_at = 0"), [id.0], from_row)?;
    Ok(with_texts(conn, found)?.pop())
}

/// The one of this name, however it is written.
///
/// # Errors
/// The database's.
pub fn named(conn: &Connection, name: &str) -> Result<Option<Article>> {
    let sql = format!("{SELECT} WHERE folded = ? AND removed_at = 0");
    let found = row::all(conn, &sql, [fold::index_text(name.trim())], from_row)?;
    Ok(with_texts(conn, found)?.pop())
}

/// Saves one over the one of this id, or as a new one; its `id` and time are not looked at.
///
/// # Errors
/// The database's, also for a name that another one has.
pub fn save(tx: &Transaction<'_>, id: Option<ArticleId>, new: &Article, now: Timestamp) -> Result<ArticleId> {
    let sql = "INSERT INTO articles (id, name, folded, checked_on, expires_on, changed_at) VALUES (?, ?, ?, ?, ?, ?)
               ON CONFLICT (id) DO UPDATE
               SET name = excluded.name, folded = excluded.folded, checked_on = excluded.checked_on,
                   expires_on = excluded.expires_on, changed_at = excluded.changed_at
               RETURNING id";
    let values = params![
        id.map(|id| id.0),
        new.name,
        fold::index_text(&new.name),
        new.checked_on,
        new.expires_on,
        now.0
    ];
    let saved: i64 = row::one(tx, sql, values)?;
    row::run(tx, "DELETE FROM article_texts WHERE article_id = ?", [saved])?;
    let sql = "INSERT INTO article_texts (article_id, language, text) VALUES (?, ?, ?)";
    for text in &new.texts {
        row::run(tx, sql, params![saved, text.language, text.text])?;
    }
    Ok(ArticleId(saved))
}

/// Takes one away; gives the way back, `None` if there was none.
///
/// # Errors
/// The database's.
pub fn remove(tx: &Transaction<'_>, id: ArticleId, now: Timestamp) -> Result<Option<Step>> {
    changing(tx, ContactId(0), ("articles", &["removed_at"]), &[id.0], || {
        let sql = "UPDATE articles SET removed_at = max(?2, 1) WHERE id = ?1 AND removed_at = 0";
        row::run(tx, sql, [id.0, now.0]).map(|_| ())
    })
}

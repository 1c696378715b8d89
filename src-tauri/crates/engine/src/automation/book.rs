//! The rules that are on, made ready. Made once and kept until a rule changes, in this process or another.
//!
//! Not here: what they say of a message.

use std::sync::{Arc, Mutex, PoisonError};

use theke_domain::ids::RuleId;
use theke_domain::rule::{Compiled, Mode, Rule};
use theke_domain::time::Timestamp;
use theke_store::Connection;
use theke_store::table::rules;

use crate::api::ApiResult;
use crate::failure;

/// A rule that is on.
#[derive(Debug, Clone)]
pub struct Active {
    /// Its row.
    pub id: RuleId,
    /// The version in force.
    pub version: u32,
    /// As the shop calls it.
    pub name: String,
    /// How far it goes by itself: as the shop chose, or as far as wrong marks let it.
    pub mode: Mode,
    /// What came before is not for it.
    pub on_since: Timestamp,
    /// What it says.
    pub rule: Rule,
}

impl Active {
    /// As decisions name it.
    pub fn label(&self) -> String {
        format!("{} (v{})", self.name, self.version)
    }
}

/// All rules that are on, in their order.
#[derive(Debug)]
pub struct Book {
    /// The rules; [`Compiled::matches`] names their places here.
    pub rules: Vec<Active>,
    /// The same, ready to be asked.
    pub compiled: Compiled,
}

impl Book {
    /// Of these rules.
    pub fn of(rules: Vec<Active>) -> ApiResult<Self> {
        let sources: Vec<Rule> = rules.iter().map(|active| active.rule.clone()).collect();
        let compiled =
            Compiled::new(&sources).map_err(|problem| failure::internal("rules", problem.to_string()))?;
        Ok(Self { rules, compiled })
    }
}

/// The book as it was read last.
#[derive(Default)]
pub struct Shelf(Mutex<Option<Kept>>);

/// What the rules were when the book was made, and the book.
type Kept = (Vec<(i64, u32, Timestamp, String)>, Arc<Book>);

impl Shelf {
    /// The rules that are on now.
    pub fn current(&self, conn: &Connection) -> ApiResult<Arc<Book>> {
        let rows: Vec<_> = rules::all(conn)?.into_iter().filter(|row| row.is_on).collect();
        let print = rows.iter().map(print).collect::<Vec<_>>();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, book)) = kept.as_ref().filter(|(known, _)| *known == print) {
            return Ok(book.clone());
        }
        let book = Arc::new(Book::of(active(rows))?);
        *kept = Some((print, book.clone()));
        Ok(book)
    }
}

/// What tells whether a rule is as it was.
fn print(row: &rules::Rule) -> (i64, u32, Timestamp, String) {
    (row.id.0, row.version, row.on_since.unwrap_or(Timestamp(0)), row.mode_in_force().to_owned())
}

fn active(rows: Vec<rules::Rule>) -> Vec<Active> {
    let mut found = Vec::new();
    for row in rows {
        // It was checked when it was saved; one that a newer program wrote and this one cannot read does nothing.
        let Ok(rule) = Rule::from_toml(&row.source) else {
            tracing::warn!(rule = row.id.0, "a rule cannot be read and is left out");
            continue;
        };
        let mode = Mode::of(row.mode_in_force()).unwrap_or_default();
        found.push(Active {
            id: row.id,
            version: row.version,
            name: row.name,
            mode,
            on_since: row.on_since.unwrap_or(Timestamp(i64::MAX)),
            rule,
        });
    }
    found
}

//! One file per table: its row as a struct, and every question and change that somebody asks of it.
//!
//! Reads take `&Connection`, writes take `&Transaction`. Lists are paged by key, never by offset, so that page 900
//! costs what page 1 costs. Not here: deciding; these functions do what they are told.

pub mod accounts;
pub mod attachments;
pub mod automatic_sends;
pub mod blocked;
pub mod bodies;
pub mod changes;
pub mod claims;
pub mod comparing;
pub mod consents;
pub mod contact_texts;
pub mod contacts;
pub mod conversations;
pub mod counters;
pub mod custom_fields;
pub mod decisions;
pub mod dialogues;
pub mod drafts;
pub mod duplicates;
pub mod entries;
pub mod goodwill;
pub mod identities;
pub mod imports;
pub mod merging;
pub mod messages;
pub mod outbox;
pub mod particulars;
pub mod parties;
pub mod pending_flags;
pub mod picture_senders;
pub mod preferences;
pub mod protection_log;
pub mod references;
pub mod refusals;
pub mod remote_ids;
pub mod restriction;
pub mod rules;
pub mod settings;
pub mod staged;
pub mod standard_replies;
pub mod tags;
pub mod tasks;
pub mod wishes;

use theke_domain::time::Timestamp;

/// What went wrong with a row, as it is shown: an api code and an English sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// A code of `engine::api`.
    pub code: String,
    /// What happened and what to do next.
    pub text: String,
}

impl Trouble {
    pub(crate) fn from_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<Option<Self>> {
        let trouble = Self { code: row.get("error_code")?, text: row.get("error_text")? };
        Ok((!trouble.code.is_empty() || !trouble.text.is_empty()).then_some(trouble))
    }
}

/// A place in a list that is ordered by time and id; the page after it begins with the next row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Place {
    /// The time by which the list is ordered.
    pub at: Timestamp,
    /// The row's id, to tell equal times apart.
    pub id: i64,
}

impl Place {
    /// Before the first row of a list with the newest first.
    pub const NEWEST: Self = Self { at: Timestamp(i64::MAX), id: i64::MAX };
}

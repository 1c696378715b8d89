//! Who may be the same, and merges that can be undone.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ContactDetail, ContactView};

super::shape! {
    /// Two customers that may be the same.
    pub struct DuplicateView {
        /// One.
        pub first: ContactView,
        /// The other.
        pub second: ContactView,
        /// How much speaks for it, 0 to 100.
        pub score: u8,
        /// So much that merging many at once takes it.
        pub sure: bool,
        /// Stable words: `shared_mobile`, `same_name` …, for and against.
        pub reasons: Vec<String>,
    }

    /// Pairs that may be the same, those first for which most speaks.
    pub struct DuplicateList {
        /// The pairs.
        pub pairs: Vec<DuplicateView>,
        /// How many of all pairs are sure.
        pub sure: u32,
        /// How many customers are still to be compared, at most 1000.
        pub waiting: u32,
    }

    /// A field of two customers, side by side.
    pub struct MergeField {
        /// `name`, `company`, `salutation`, `language`, `country`, `birthday` or `postcode`.
        pub field: String,
        /// Of the one that stays.
        pub a: String,
        /// Of the other.
        pub b: String,
        /// `a` or `b`: what is kept if nobody chooses.
        pub keep: String,
    }

    /// Two customers before they are merged.
    pub struct MergePreview {
        /// The one that stays.
        pub a: ContactView,
        /// The one that becomes part of it.
        pub b: ContactView,
        /// Fields of which at least one has a value.
        pub fields: Vec<MergeField>,
        /// A person said that they are not the same.
        pub not_same: bool,
    }

    /// Which value of a field is kept.
    pub struct FieldChoice {
        /// As in the preview.
        pub field: String,
        /// `a` or `b`.
        pub keep: String,
    }

    /// A merge that was just made.
    pub struct Merged {
        /// For unmerging.
        pub merge_id: i64,
        /// The customer as it is now.
        #[serde(flatten)]
        pub contact: ContactDetail,
    }

    /// A merge in force.
    pub struct MergeView {
        /// For unmerging.
        pub id: i64,
        /// When.
        pub at: String,
        /// Who became part of the customer.
        pub contact_id: i64,
        /// What it was called.
        pub name: String,
        /// Values that were not kept: of the fields, those that differ from what the customer has.
        pub other: Vec<OtherValue>,
    }

    /// A value that the other one of a merge had.
    pub struct OtherValue {
        /// As in the preview.
        pub field: String,
        /// The value.
        pub value: String,
    }

    /// A merge that was just undone.
    pub struct Unmerged {
        /// For undoing that.
        pub undo_id: Option<i64>,
        /// Who it was part of, as it is now.
        pub rest: ContactView,
        /// Who stands for itself again.
        pub part: ContactView,
    }

    /// What merging all sure pairs came to.
    pub struct MergedSure {
        /// Merges that were made.
        pub merged: u32,
        /// One undo for all of them; null where none was made.
        pub undo_id: Option<i64>,
    }

    /// Whether two records are one customer.
    pub struct MatchReport {
        /// `same_auto`, `suggest` or `different`.
        pub link: String,
        /// 0 to 100.
        pub score: u8,
        /// Stable words.
        pub reasons: Vec<String>,
    }
}

//! Lists of customers that come in and go out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// What is to be taken in, and how.
    #[derive(Default)]
    pub struct ImportWish {
        /// The file: vCard or CSV.
        pub file: String,
        /// What columns hold where it is not what was guessed.
        pub columns: Vec<ColumnChoice>,
        /// The list is right where it differs from what is here.
        pub overwrite: bool,
        /// The letters of the file, such as `windows-1252`; null to find them.
        pub encoding: Option<String>,
        /// The sign between columns; null to find it.
        pub separator: Option<String>,
    }

    /// What one column holds.
    pub struct ColumnChoice {
        /// Its place, from 0.
        pub column: u32,
        /// `name`, `first_name`, `last_name`, `company`, `email`, `phone`, `handle`, `salutation`, `language`, `birthday`,
        /// `postcode`, `country`, `preferred`, `tags`, `note`, `field:NAME` or `ignore`.
        pub target: String,
    }

    /// A column of a table.
    pub struct ImportColumn {
        /// Its head.
        pub head: String,
        /// What it holds, as in [`ColumnChoice`].
        pub target: String,
        /// Some of its cells.
        pub samples: Vec<String>,
    }

    /// A card that was passed over.
    pub struct ImportSkip {
        /// Its line in the file.
        pub line: u64,
        /// `empty`, `two_customers`, `erased`, `restricted`, `ours` or `unreadable`.
        pub reason: String,
    }

    /// One card of the list.
    pub struct ImportLine {
        /// Its line in the file.
        pub line: u64,
        /// Its name or first address.
        pub name: String,
        /// `new`, `changed`, `same`, `merged` or `skipped`.
        pub outcome: String,
        /// The known customer.
        pub contact_id: Option<i64>,
        /// What that one is called here.
        pub contact_name: String,
        /// What is new: columns, addresses, tags, fields.
        pub news: Vec<String>,
        /// Why it was passed over, as in [`ImportSkip`].
        pub reason: String,
        /// What is said beside it: `unreadable:TEXT` (kept as a note), `taken:ADDRESS` (another customer's), `kept:COLUMN`
        /// (differs; what is here stays).
        pub remarks: Vec<String>,
    }

    /// What an import would come to, or came to.
    pub struct ImportReport {
        /// The name of the file.
        pub file: String,
        /// `vcard` or `csv`.
        pub format: String,
        /// Its letters.
        pub encoding: String,
        /// The sign between columns; empty for vCards.
        pub separator: String,
        /// Its columns; none for vCards.
        pub columns: Vec<ImportColumn>,
        /// Cards in it.
        pub cards: u64,
        /// New customers.
        pub new: u64,
        /// Known ones who get something.
        pub changed: u64,
        /// Known ones who get nothing.
        pub same: u64,
        /// Cards of a customer who stands higher up in the list: same e-mail address or same mobile number.
        pub merged: u64,
        /// Cards that were passed over.
        pub skipped: Vec<ImportSkip>,
        /// The first 500 cards one by one.
        pub lines: Vec<ImportLine>,
        /// The change that takes all of it back; null for a rehearsal, or where nothing changed.
        pub undo_id: Option<i64>,
    }

    /// What was written for another program.
    pub struct ExportReport {
        /// The file.
        pub file: String,
        /// `vcard`, `csv` or `json`.
        pub format: String,
        /// Customers in it.
        pub contacts: u64,
        /// Restricted customers, who are not in it; JSON has everybody.
        pub restricted: u64,
        /// Messages in it; only JSON has them.
        pub messages: u64,
        /// Files in it.
        pub files: u64,
        /// Bytes.
        pub bytes: u64,
        /// Attachments that are at a provider alone and are not in it.
        pub missing: Vec<i64>,
    }
}

//! Data protection: what was done, what a report or an erasure came to, the record of processing.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

super::shape! {
    /// What an erasure would take, or took.
    pub struct ErasureView {
        /// Messages.
        pub messages: u64,
        /// Rows beside them.
        pub rows: u64,
        /// Addresses that are known as erased from now on.
        pub addresses: u64,
        /// The letters were kept, restricted.
        pub kept_letters: bool,
    }

    /// A report that was written.
    pub struct AccessReportView {
        /// The page to read and print.
        pub html_file: String,
        /// The same for a program.
        pub json_file: String,
        /// Rows in it.
        pub rows: u64,
    }

    /// A line of the log.
    pub struct ProtectionLine {
        /// When.
        pub at: String,
        /// `report`, `erasure`, `restriction`, `restriction_lifted` or `retention`.
        pub what: String,
        /// Rows.
        pub rows: u64,
    }

    /// One thing that is done with details of customers; sentences in the shop's language.
    pub struct ActivityView {
        /// What.
        pub name: String,
        /// What for.
        pub purpose: String,
        /// On which ground of the law.
        pub basis: String,
        /// Whose details.
        pub people: String,
        /// Which.
        pub details: String,
        /// Who gets them.
        pub recipients: String,
        /// How long they stay.
        pub kept: String,
    }

    /// Somebody through whom messages go.
    pub struct ContractorView {
        /// The account.
        pub account: String,
        /// The sort of channel.
        pub kind: String,
        /// The server.
        pub server: String,
        /// What it does.
        pub what: String,
        /// What the shop has to see to.
        pub advice: String,
    }

    /// What the settings say of data protection.
    pub struct ProtectionView {
        /// What is done with details of customers.
        pub activities: Vec<ActivityView>,
        /// Who processes for the shop.
        pub processors: Vec<ContractorView>,
        /// What keeps them safe.
        pub measures: Vec<String>,
        /// The newest lines of the log.
        pub log: Vec<ProtectionLine>,
        /// Customers whose details are restricted, by id and name: they are in no other list.
        pub restricted: Vec<RestrictedView>,
    }

    /// A restricted customer.
    pub struct RestrictedView {
        /// Id.
        pub id: i64,
        /// Name or first address.
        pub name: String,
        /// Since when.
        pub since: String,
    }
}

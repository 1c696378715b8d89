//! What the law on data protection asks of a shop: a report for whoever wants to know what is held about them, erasing and
//! restricting, the record of processing and the list of those who process for the shop.
//!
//! Report and record are documents for people outside, in the language of the shop; so their sentences stand here and not in the
//! translations of the screen. Not here: which rows name a customer (`theke_store::person`).

pub mod erase;
mod html;
mod mask;
pub mod record;
pub mod report;
mod words;

pub use html::{of_record as record_page, of_report as report_page};

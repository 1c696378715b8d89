//! Lists of customers in files: vCard and CSV, read and written.
//!
//! ```text
//! bytes -> decode -> vcard | csv + mapping -> Card -> plan (new, known, joined, skipped) -> apply, 500 a transaction
//! rows of the store -> Card -> vcard | csv
//! ```
//!
//! A [`Card`] is what one line or one vCard says, as it is written there; what it means for the customers that there are is
//! decided in [`plan`], by the same code for the dry run and for the import itself. Not here: rows ([`theke_store::table::imports`]).

pub mod apply;
pub mod csv;
pub mod decode;
pub mod export;
pub mod plan;
pub mod vcard;
pub mod words;

/// What a file says of one customer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The name, as one text.
    pub name: String,
    /// The firm.
    pub company: String,
    /// `du`, `sie` or empty.
    pub salutation: String,
    /// ISO code or empty.
    pub language: String,
    /// ISO code or empty.
    pub country: String,
    /// `YYYY-MM-DD`, `--MM-DD` or empty.
    pub birthday: String,
    /// As written.
    pub postcode: String,
    /// E-mail addresses, telephone numbers, names on networks, as written.
    pub addresses: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// The shop's own fields.
    pub values: Vec<Value>,
    /// Notes.
    pub notes: Vec<String>,
    /// The medium it wants, or empty.
    pub preferred: String,
}

/// A value of one of the shop's own fields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Value {
    /// The field's name.
    pub field: String,
    /// `text`, `number`, `date` or `choice`, for a field that is not there yet.
    pub kind: String,
    /// The value.
    pub value: String,
}

impl Card {
    /// Whether nothing in it says who it is.
    pub fn is_nobody(&self) -> bool {
        self.name.is_empty() && self.company.is_empty() && self.addresses.is_empty()
    }
}

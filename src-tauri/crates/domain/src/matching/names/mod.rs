//! Names as people type them, taken apart: a person with first names and surnames, a household, a firm, or nobody.
//!
//! Which word is the surname cannot be known (`Martin Paul`, `Lärchental D.`), so a person keeps every way to read
//! the words, the likeliest first, and `relation` compares all of them.
//!
//! Not here: what follows for two customers (`matching::compare`).

mod parse;
mod relation;
mod short_forms;
pub mod sound;
mod words;

pub use parse::parse;
pub use relation::{Family, Given, Likeness, NameRelation, relation};
pub use short_forms::initials;

use short_forms::Sex;

/// One way to read the words of a person's name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// First names, written out; a single letter is an initial, a trailing dot marks a short writing (`chr.`).
    pub given: Vec<String>,
    /// Surnames without their particles.
    pub family: Vec<String>,
    /// The surname stands first without a comma.
    pub family_first: bool,
}

/// Father or son.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generation {
    /// `sen.`
    Senior,
    /// `jun.`
    Junior,
}

/// Who a name field names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Nobody: empty, an address, a placeholder, a desk.
    Nobody,
    /// One person.
    Person,
    /// Several persons of one home.
    Household,
    /// A firm, an institution, an office.
    Firm,
}

/// A name field that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// Who is named.
    pub kind: Kind,
    /// Ways to read a person's or a household's name, the likeliest first; empty for the others.
    pub readings: Vec<Reading>,
    /// All words that are a name, in their order, for firms.
    pub tokens: Vec<String>,
    /// Words that name the trade of a firm.
    pub trades: Vec<String>,
    /// Maiden names.
    pub born: Vec<String>,
    generation: Option<Generation>,
    sex: Option<Sex>,
}

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
mod token;
mod words;

pub use parse::parse;
pub use relation::{Family, Given, Likeness, NameRelation, relation};
pub use short_forms::is_known as is_first_name;

use short_forms::Sex;
pub use token::Token;

/// One way to read the words of a person's name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// First names.
    pub given: Vec<Token>,
    /// Surnames without their particles.
    pub family: Vec<Token>,
    /// The first names written as one word.
    pub whole_given: Token,
    /// The surnames written as one word.
    pub whole_family: Token,
    /// The surname stands first without a comma.
    pub family_first: bool,
}

impl Reading {
    fn new(given: Vec<Token>, family: Vec<Token>, family_first: bool) -> Self {
        let (whole_given, whole_family) = (Token::joined(&given), Token::joined(&family));
        Self { given, family, whole_given, whole_family, family_first }
    }
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
    pub tokens: Vec<Token>,
    /// Words that name the trade of a firm.
    pub trades: Vec<Token>,
    /// Maiden names.
    pub born: Vec<String>,
    generation: Option<Generation>,
    sex: Option<Sex>,
}

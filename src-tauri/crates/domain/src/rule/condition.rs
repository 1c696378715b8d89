//! What must hold: a tree of `all`, `any` and `not` over single conditions.

use serde::{Deserialize, Serialize};

use crate::medium::Medium;

/// A condition, or several of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Condition {
    /// Each of them holds; none = always.
    All(Vec<Condition>),
    /// One of them holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The message came by one of these channels.
    Medium(Vec<Medium>),
    /// The message came by one of these accounts (their ids).
    Account(Vec<i64>),
    /// Words stand in it.
    Words(Words),
    /// It asks for one of these things.
    Intent(Intent),
    /// It is written in one of these languages (`de`, `en`, `fr`, `it`).
    Language(Vec<String>),
    /// A field of the customer.
    Field(Field),
    /// The customer has one of these words on his card.
    Tag(Vec<String>),
    /// The shop is open (`true`) or closed (`false`) now.
    Open(bool),
    /// Today is a holiday.
    Holiday(bool),
    /// How often the customer wrote lately.
    Earlier(Earlier),
    /// Files hang on it.
    Attachments(Attachments),
    /// The customer writes for the first time.
    NewContact(bool),
}

impl Default for Condition {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

impl Condition {
    /// Whether it holds whatever happens.
    pub fn is_always(&self) -> bool {
        matches!(self, Self::All(inner) if inner.is_empty())
    }
}

/// Where words are looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Subject and text.
    #[default]
    Both,
    /// The text alone.
    Text,
    /// The subject alone.
    Subject,
}

impl Place {
    fn is_both(&self) -> bool {
        *self == Self::Both
    }
}

/// Words and phrases; a star stands for any beginning or end of a word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Words {
    /// One of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any: Vec<String>,
    /// Each of these.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all: Vec<String>,
    /// Where.
    #[serde(rename = "in", skip_serializing_if = "Place::is_both")]
    pub place: Place,
    /// Also in quoted history and in the signature.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub quoted: bool,
}

/// What the customer wants, as `domain::intent` reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intent {
    /// One of these: `opening_hours`, `order_status` …
    pub is: Vec<String>,
    /// How sure the reading must be, 1 to 100.
    #[serde(default = "sure")]
    pub at_least: u8,
}

/// Sure enough, unless the rule says otherwise.
const fn sure() -> u8 {
    80
}

/// A field of the customer: `name`, `company`, `city`, `postcode`, `language`, `birthday`, or one of the shop's own by its
/// name. One comparison each. Numbers are compared as numbers and days (`2026-12-31`) as days.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Which.
    pub name: String,
    /// It is one of these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub is: Vec<String>,
    /// It has these letters in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<String>,
    /// It begins with these.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub begins: Option<String>,
    /// A number or a day that is not smaller.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    /// A number or a day that is not greater.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<String>,
    /// Something stands there, or nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filled: Option<bool>,
}

/// Messages of the customer in the last days, this one not counted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Earlier {
    /// So many days back.
    pub days: u32,
    /// So many or more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// So many or fewer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
}

/// Files of the message.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Attachments {
    /// There are some, or none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has: Option<bool>,
    /// One is of such a type: `image`, `application/pdf`, or an ending such as `pdf`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<String>,
}

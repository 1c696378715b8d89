//! A question asked back, and what follows: a small tree of at most three questions.
//!
//! ```toml
//! start = "number"
//! within_minutes = 1440
//!
//! [nodes.number]
//! ask = { text = { de = "Wie lautet Ihre Bestellnummer?", en = "What is your order number?" } }
//! expects = "order_number"
//! goes_on = { any = { reply = "status" }, else = "person" }
//!
//! [nodes.how]
//! ask = { reply = "how" }
//! expects = "choice"
//! choices = { collect = ["abholen", "collect*"], deliver = ["liefern", "deliver*"] }
//! goes_on = { collect = { node = "number" }, deliver = { reply = "delivery" } }
//! ```
//!
//! `step` takes the state, the customer's answer and the time, and says what comes next. There is always a way out: the
//! words of `command` (a person, please; STOPP) are heard before the question is, what was not understood goes where
//! `else` says, without it to a person, and after the time nothing goes on by itself.
//!
//! Not here: sending, keeping the state (`dialogues` in the store), and the caps.

mod answer;
mod check;
mod step;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use check::check;
pub use step::{Moment, Next, Out, State, begin, step};

/// Most questions that are asked one after another.
pub const MOST_QUESTIONS: u32 = 3;
/// How long an answer is waited for, unless the tree says otherwise.
pub const WITHIN_MINUTES: u32 = 24 * 60;

/// A tree of questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tree {
    /// The first question.
    pub start: String,
    /// How long an answer is waited for.
    #[serde(default = "within")]
    pub within_minutes: u32,
    /// The questions by their names.
    pub nodes: BTreeMap<String, Node>,
}

const fn within() -> u32 {
    WITHIN_MINUTES
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// How it is asked.
    pub ask: Ask,
    /// What kind of answer it wants.
    pub expects: Expects,
    /// For `choice`: the words of each choice; a star stands for any beginning or end, as in rules.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub choices: BTreeMap<String, Vec<String>>,
    /// Where it goes on: by `yes` and `no`, by the name of a choice, or by `any`; `else` for what was not understood.
    pub goes_on: BTreeMap<String, Go>,
}

/// How a question is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// In these words, by language.
    Text(BTreeMap<String, String>),
    /// As a standard reply says it, by its shortcut or name.
    Reply(String),
}

/// The kind of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Expects {
    /// The number of an order.
    OrderNumber,
    /// A day from now on.
    Date,
    /// Yes or no.
    YesNo,
    /// One of the choices.
    Choice,
    /// Any words.
    Text,
}

/// Where it goes on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Go {
    /// To another question.
    Node(String),
    /// It ends with a standard reply, by its shortcut or name.
    Reply(String),
    /// It ends with a person.
    Person,
}

impl Tree {
    /// The standard replies that it names.
    pub fn replies(&self) -> impl Iterator<Item = &str> {
        self.nodes.values().flat_map(|node| {
            let asked = match &node.ask {
                Ask::Reply(reply) => Some(reply.as_str()),
                Ask::Text(_) => None,
            };
            let ends = node.goes_on.values().filter_map(|go| match go {
                Go::Reply(reply) => Some(reply.as_str()),
                _ => None,
            });
            asked.into_iter().chain(ends)
        })
    }
}

impl Ask {
    /// Its own words in a language, or in the first one it has; `None` for a standard reply.
    pub fn text(&self, language: &str) -> Option<&str> {
        match self {
            Self::Text(texts) => texts.get(language).or_else(|| texts.values().next()).map(String::as_str),
            Self::Reply(_) => None,
        }
    }
}

//! Rules of the shop: when something happens, if conditions hold, then something is done.
//!
//! A rule is a short text in TOML that a shop owner can read, and the same shape in JSON for the window's editor:
//!
//! ```toml
//! name = "Opening hours"
//! mode = "suggest"                      # suggest (a draft), ask (one click), send (by itself)
//! when = "message"                      # or: when = { no_answer = { opening_hours = 4 } }
//! max_age_minutes = 120                 # older messages are left alone
//! valid_until = 2026-12-31              # optional, as valid_from
//!
//! [if]                                  # optional; all, any and not nest
//! all = [
//!   { words = { any = ["geöffnet", "Öffnungszeit*", "when do you open"] } },
//!   { intent = { is = ["opening_hours"], at_least = 80 } },
//!   { not = { tag = ["Lieferant"] } },
//! ]
//!
//! [[then]]
//! answer = { reply = "hours" }          # a standard reply by its shortcut or name; `via = "sms"` only if it must be
//!
//! [[then]]
//! tag = { add = ["Hours"] }
//! ```
//!
//! - **when**: `message`, `first_contact`, `outside_hours`, `conversation_closed`, `no_answer`, `order_state`, `stock`,
//!   `customer_date`, `time` ([`Trigger`]);
//! - **if**: `medium`, `account`, `words`, `intent`, `language`, `field`, `tag`, `open`, `holiday`, `earlier`,
//!   `attachments`, `new_contact`, and `all`, `any`, `not` around them ([`Condition`]);
//! - **then**: `answer`, `tag`, `set_field`, `snooze`, `close`, `star`, `task`, `notify`, `forward`, `set_preference`
//!   ([`Action`]). `stop = true` beside them: no later rule is asked once this one has fitted.
//!
//! Each condition stands in braces of its own. Unknown words are errors, never passed over: a rule that says less than
//! its author thinks is worse than none.
//!
//! **Words** are compared folded, with umlauts written out (`Größe` is found as `GROESSE`, but not as `große`, and `schön`
//! not as `schon`). They are whole words; a star stands for any beginning or end (`liefer*`, `*rabatt`). Several words are
//! a phrase: they follow each other, whatever stands between in punctuation, but not over a `!`, a `?` or an empty line.
//! What the customer only quotes, and his signature, is not read unless the condition says `quoted = true`.
//!
//! Not here: whether it may be done (`guard`), by which way an answer goes (`routing`), and doing it (the engine).

mod action;
mod area;
mod check;
mod compile;
mod condition;
mod evidence;
mod facts;
mod leaf;
mod problem;
mod source;
mod trigger;
mod words;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use action::{Action, Answer, Due};
pub use compile::{Compiled, Hit, Needs};
pub use condition::{Attachments, Condition, Earlier, Field, Intent, Place, Words};
pub use evidence::{Evidence, EvidenceCode};
pub use facts::{Attached, Event, Facts, IntentReading};
pub use problem::Problem;
pub use trigger::{Trigger, Weekday};
pub(crate) use words::{folded, shapes};

/// How old a message may be that a rule answers, unless it says otherwise.
pub const MAX_AGE_MINUTES: u32 = 120;

/// How far a rule goes by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// It writes a draft.
    #[default]
    Suggest,
    /// It prepares everything and waits for one click.
    Ask,
    /// It acts by itself.
    Send,
}

impl Mode {
    /// The word in the database and in rules.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Suggest => "suggest",
            Self::Ask => "ask",
            Self::Send => "send",
        }
    }

    /// The mode of a word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Suggest, Self::Ask, Self::Send].into_iter().find(|mode| mode.word() == word)
    }
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// As the shop calls it.
    pub name: String,
    /// How far it goes by itself.
    #[serde(default)]
    pub mode: Mode,
    /// How old a message may be, in minutes.
    #[serde(default = "max_age")]
    pub max_age_minutes: u32,
    /// First day on which it holds, `2026-12-01`.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "source::day")]
    pub valid_from: Option<Date>,
    /// Last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "source::day")]
    pub valid_until: Option<Date>,
    /// No later rule is asked once this one has fitted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub stop: bool,
    /// What sets it off.
    pub when: Trigger,
    /// What must hold; nothing = always.
    #[serde(rename = "if", default, skip_serializing_if = "Condition::is_always")]
    pub condition: Condition,
    /// What is done, in order.
    pub then: Vec<Action>,
}

fn max_age() -> u32 {
    MAX_AGE_MINUTES
}

impl Rule {
    /// Reads a rule and checks it.
    ///
    /// # Errors
    /// The first thing that is wrong, with its place and what to write instead.
    pub fn from_toml(source: &str) -> Result<Self, Problem> {
        let rule = source::read(source)?;
        rule.check().into_iter().next().map_or(Ok(rule), Err)
    }

    /// The rule as text, in the order in which people read one.
    ///
    /// # Errors
    /// Where the rule cannot be written as TOML, which a checked one always can.
    pub fn to_toml(&self) -> Result<String, Problem> {
        source::write(self)
    }

    /// All that is wrong with it; empty for a rule that can be used.
    pub fn check(&self) -> Vec<Problem> {
        check::all(self)
    }

    /// The addresses to which it forwards: only those of the shop are allowed, which the caller knows.
    pub fn forwards_to(&self) -> impl Iterator<Item = &str> {
        self.then.iter().filter_map(|action| match action {
            Action::Forward { to } => Some(to.as_str()),
            _ => None,
        })
    }

    /// The standard replies that it names, also those of its dialogues.
    pub fn replies(&self) -> Vec<&str> {
        let mut found = Vec::new();
        for action in &self.then {
            if let Action::Answer(answer) = action {
                found.extend(answer.reply.as_deref());
                found.extend(answer.dialogue.iter().flat_map(crate::dialogue::Tree::replies));
            }
        }
        found
    }

    /// Whether it holds on this day.
    pub fn holds_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_until.is_none_or(|until| day <= until)
    }
}

#[cfg(test)]
mod tests;

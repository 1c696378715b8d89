//! What is known when rules are asked. The engine fills it; `Compiled::needs` says what it may leave out.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::trigger::Weekday;
use crate::ids::AccountId;
use crate::medium::Medium;
use crate::time::Timestamp;

/// What happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Event {
    /// A message came.
    #[default]
    Message,
    /// A conversation was closed.
    ConversationClosed,
    /// A customer has waited so long, counted in opening hours.
    NoAnswer {
        /// Minutes in which the shop was open.
        opening_minutes: u32,
    },
    /// An order came to a state.
    OrderState {
        /// As the shop system calls it.
        state: String,
    },
    /// The stock of an article changed.
    Stock {
        /// Its number.
        article: String,
        /// How many there were.
        before: u32,
        /// How many there are.
        now: u32,
    },
    /// It is so many days after a date of the customer; negative: before.
    CustomerDate {
        /// `birthday`, or the name of a field.
        field: String,
        /// Days.
        days: i32,
        /// The time of the day, `09:00`.
        at: String,
    },
    /// It is this time.
    Time {
        /// The day.
        weekday: Weekday,
        /// The time of the day, `09:00`.
        at: String,
    },
}

/// What the text asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntentReading {
    /// `domain::intent`'s slug.
    pub intent: String,
    /// 0 to 100.
    pub confidence: u8,
    /// The words that decided, as written.
    pub words: Vec<String>,
}

/// A file of the message.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// Its MIME type, lower case.
    pub mime_type: String,
}

/// All that rules ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// What happened.
    pub event: Event,
    /// The subject of the message; empty for none.
    pub subject: String,
    /// Its whole text, with quoted history and signature.
    pub text: String,
    /// By which channel it came.
    pub medium: Option<Medium>,
    /// By which account.
    pub account: Option<AccountId>,
    /// The language of the text, as an ISO code; empty where nobody knows.
    pub language: String,
    /// What it asks for.
    pub intent: Option<IntentReading>,
    /// The words on the customer's card.
    pub tags: Vec<String>,
    /// The customer's fields by their names.
    pub fields: BTreeMap<String, String>,
    /// Whether the shop is open.
    pub open: bool,
    /// Since when it is open or closed, as it is shown (`18:00`); empty where that is not known.
    pub open_since: String,
    /// The holiday of this day.
    pub holiday: Option<String>,
    /// The customer writes for the first time.
    pub new_contact: bool,
    /// When the customer wrote before, this message not counted.
    pub earlier: Vec<Timestamp>,
    /// Now.
    pub now: Timestamp,
    /// The day on which that is in the shop.
    pub today: Date,
    /// The files of the message.
    pub attachments: Vec<Attached>,
}

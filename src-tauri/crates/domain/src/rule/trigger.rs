//! What sets a rule off.

use serde::{Deserialize, Serialize};

use super::facts::{Event, Facts};

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weekday {
    /// Monday.
    Mon,
    /// Tuesday.
    Tue,
    /// Wednesday.
    Wed,
    /// Thursday.
    Thu,
    /// Friday.
    Fri,
    /// Saturday.
    Sat,
    /// Sunday.
    Sun,
}

impl Weekday {
    /// The day of a date.
    pub fn of(date: jiff::civil::Date) -> Self {
        match date.weekday().to_monday_zero_offset() {
            0 => Self::Mon,
            1 => Self::Tue,
            2 => Self::Wed,
            3 => Self::Thu,
            4 => Self::Fri,
            5 => Self::Sat,
            _ => Self::Sun,
        }
    }
}

/// When a rule is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Trigger {
    /// A message came.
    Message,
    /// The first message of a customer came.
    FirstContact,
    /// A message came while the shop was closed.
    OutsideHours,
    /// A conversation was closed.
    ConversationClosed,
    /// A customer has waited for an answer so many opening hours.
    NoAnswer {
        /// Hours in which the shop was open.
        opening_hours: u32,
    },
    /// An order came to one of these states; none named = to any.
    OrderState {
        /// As the shop system calls them.
        #[serde(default)]
        states: Vec<String>,
    },
    /// The stock of one of these articles fell to so few, or rose from none.
    Stock {
        /// Numbers of articles; none named = of any.
        #[serde(default)]
        articles: Vec<String>,
        /// So few or fewer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at_most: Option<u32>,
        /// It is there again.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        back: bool,
    },
    /// Days before (negative) or after a date of the customer.
    CustomerDate {
        /// `birthday`, or a field of the shop's own that holds a date.
        field: String,
        /// −3 is three days before, 0 the day itself.
        #[serde(default)]
        days: i32,
        /// At what time of the day, `09:00`.
        at: String,
    },
    /// A time of these days of the week; none named = of every day.
    Time {
        /// `mon` … `sun`.
        #[serde(default)]
        weekdays: Vec<Weekday>,
        /// `09:00`.
        at: String,
    },
}

impl Trigger {
    /// Whether what happened is what the rule waits for.
    pub(super) fn fits(&self, facts: &Facts) -> bool {
        match (self, &facts.event) {
            (Self::Message, Event::Message) | (Self::ConversationClosed, Event::ConversationClosed) => true,
            (Self::FirstContact, Event::Message) => facts.new_contact,
            (Self::OutsideHours, Event::Message) => !facts.open,
            (Self::NoAnswer { opening_hours }, Event::NoAnswer { opening_minutes }) => {
                *opening_minutes >= opening_hours.saturating_mul(60)
            }
            (Self::OrderState { states }, Event::OrderState { state }) => {
                states.is_empty() || states.iter().any(|one| one.eq_ignore_ascii_case(state))
            }
            (Self::Stock { articles, at_most, back }, Event::Stock { article, before, now }) => {
                let named = articles.is_empty() || articles.contains(article);
                let low = at_most.is_some_and(|limit| *now <= limit && *before > limit);
                named && (low || (*back && *before == 0 && *now > 0))
            }
            (
                Self::CustomerDate { field, days, at },
                Event::CustomerDate { field: which, days: after, at: now },
            ) => field == which && days == after && at == now,
            (Self::Time { weekdays, at }, Event::Time { weekday, at: now }) => {
                (weekdays.is_empty() || weekdays.contains(weekday)) && at == now
            }
            _ => false,
        }
    }

    /// Whether it is a message that sets it off.
    pub const fn is_message(&self) -> bool {
        matches!(self, Self::Message | Self::FirstContact | Self::OutsideHours)
    }
}

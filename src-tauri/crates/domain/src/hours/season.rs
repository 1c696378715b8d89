//! Other hours in a part of the year: each year (`05-01` to `09-30`, also over New Year) or once, with years.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Intervals, Week};

/// A season as a person gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Season {
    /// First day: `05-01` in each year, or `2027-05-01`.
    pub from: String,
    /// Last day, written like the first.
    pub to: String,
    /// For people.
    #[serde(default)]
    pub name: String,
    /// The hours in it; no day with hours means closed.
    #[serde(default)]
    pub hours: Week,
}

/// A season that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Checked {
    span: Span,
    pub name: String,
    pub days: [Intervals; 7],
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Span {
    /// Month and day.
    EachYear((i8, i8), (i8, i8)),
    Once(Date, Date),
}

impl Season {
    /// `None` for days that there are not, a span that ends before it begins, or hours that cannot be.
    pub(super) fn checked(&self) -> Option<Checked> {
        let span = match (yearly(&self.from), yearly(&self.to)) {
            (Some(from), Some(to)) => Span::EachYear(from, to),
            (None, None) => {
                let (from, to) = (self.from.parse().ok()?, self.to.parse().ok()?);
                (from <= to).then_some(Span::Once(from, to))?
            }
            _ => return None,
        };
        Some(Checked { span, name: self.name.clone(), days: self.hours.checked()? })
    }
}

impl Checked {
    /// Whether a day lies in it.
    pub fn holds(&self, date: Date) -> bool {
        match self.span {
            Span::Once(from, to) => (from..=to).contains(&date),
            Span::EachYear(from, to) => {
                let day = (date.month(), date.day());
                if from <= to { (from..=to).contains(&day) } else { day >= from || day <= to }
            }
        }
    }

    /// Whether it is of one year only.
    pub fn is_of_one_year(&self) -> bool {
        matches!(self.span, Span::Once(..))
    }

    /// Whether it has no hours.
    pub fn is_closed(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }
}

/// `05-01`; 29 February, too.
fn yearly(text: &str) -> Option<(i8, i8)> {
    let (month, day) = text.split_once('-').filter(|_| text.len() == 5)?;
    let leap = Date::new(2024, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some((leap.month(), leap.day()))
}

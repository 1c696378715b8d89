//! One line of a country's table: a holiday, the states that keep it, and the years in which they do.

use jiff::civil::{Date, Weekday};

use super::Holiday;

/// Stands for all states of the country.
pub(super) const ALL: &str = "*";
/// No end is known.
pub(super) const ON: i16 = i16::MAX;

/// A line.
pub(super) struct Row {
    pub holiday: &'static Holiday,
    /// Codes of the states in which it is law everywhere, or [`ALL`].
    whole: &'static str,
    /// Codes of those that keep it in parts only, or by custom.
    part: &'static str,
    years: (i16, i16),
    not_on: &'static [Weekday],
}

/// A line of states in which it is law everywhere.
pub(super) const fn whole(holiday: &'static Holiday, states: &'static str) -> Row {
    Row { holiday, whole: states, part: "", years: (i16::MIN, ON), not_on: &[] }
}

/// A line of states that keep it in parts only, or by custom.
pub(super) const fn part(holiday: &'static Holiday, states: &'static str) -> Row {
    Row { holiday, whole: "", part: states, years: (i16::MIN, ON), not_on: &[] }
}

impl Row {
    /// Only in these years, both included.
    pub const fn years(mut self, from: i16, until: i16) -> Self {
        self.years = (from, until);
        self
    }

    /// A working day where it falls on one of these.
    pub const fn not_on(mut self, days: &'static [Weekday]) -> Self {
        self.not_on = days;
        self
    }

    /// Whether it is kept in this state: everywhere, in parts, or (`None`) not at all.
    pub fn holds_in(&self, state: &str) -> Option<bool> {
        let among = |codes: &str| codes == ALL || codes.split(' ').any(|code| code == state);
        if among(self.whole) { Some(true) } else { among(self.part).then_some(false) }
    }

    /// Its day in a year.
    pub fn date(&self, year: i16) -> Option<Date> {
        let date = self.holiday.date(year).filter(|_| (self.years.0..=self.years.1).contains(&year))?;
        (!self.not_on.contains(&date.weekday())).then_some(date)
    }
}

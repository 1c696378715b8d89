//! Opening hours: several intervals a day, closed days, and the questions "open now?" and "when next?". All in the
//! shop's own time zone, so that a change of the clocks moves nothing.
//!
//! Not here: holidays of countries, which are the shop's own affair, and sentences.

mod snooze;
mod span;
#[cfg(test)]
mod tests;
mod text;
mod zone;

use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

pub use snooze::{Preset, presets};
pub use zone::Zone;

/// Days that are looked at for the next opening.
const LOOK_AHEAD_DAYS: u32 = 400;

/// The hours of each day as a person gives them: `[["09:00", "12:30"], ["14:00", "18:30"]]`; a day without is closed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Week {
    /// Monday.
    pub mon: Vec<(String, String)>,
    /// Tuesday.
    pub tue: Vec<(String, String)>,
    /// Wednesday.
    pub wed: Vec<(String, String)>,
    /// Thursday.
    pub thu: Vec<(String, String)>,
    /// Friday.
    pub fri: Vec<(String, String)>,
    /// Saturday.
    pub sat: Vec<(String, String)>,
    /// Sunday.
    pub sun: Vec<(String, String)>,
}

/// Days on which the shop stays closed, both included, as `2026-12-24`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedDays {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Why, for people.
    #[serde(default)]
    pub name: String,
}

/// Opening hours that were checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hours {
    /// Monday first; each day's intervals in order, without overlaps.
    days: [Vec<(Time, Time)>; 7],
    closed: Vec<(Date, Date)>,
}

impl Hours {
    /// Checks what a person gave. `None` for a time or day that there is not, an interval that ends before it begins,
    /// or two that overlap.
    pub fn new(week: &Week, closed: &[ClosedDays]) -> Option<Self> {
        let given = [&week.mon, &week.tue, &week.wed, &week.thu, &week.fri, &week.sat, &week.sun];
        let mut days: [Vec<(Time, Time)>; 7] = Default::default();
        for (day, given) in days.iter_mut().zip(given) {
            for (from, to) in given {
                let (from, to) = (time(from)?, time(to)?);
                if from >= to || day.last().is_some_and(|(_, before)| *before > from) {
                    return None;
                }
                day.push((from, to));
            }
        }
        let closed = closed
            .iter()
            .map(|days| {
                let (from, to) = (days.from.parse().ok()?, days.to.parse().ok()?);
                (from <= to).then_some((from, to))
            })
            .collect::<Option<Vec<(Date, Date)>>>()?;
        Some(Self { days, closed })
    }

    /// Whether no hours were given at all.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty)
    }

    /// Whether the shop is open.
    pub fn is_open(&self, zone: &Zone, at: Timestamp) -> bool {
        let local = zone.local(at);
        self.of(local.date()).iter().any(|(from, to)| (*from..*to).contains(&local.time()))
    }

    /// When the shop opens next after `at`; `None` if it never does.
    pub fn next_opening(&self, zone: &Zone, at: Timestamp) -> Option<Timestamp> {
        self.next(zone, at, |(from, _)| *from)
    }

    /// When it closes next after `at`.
    pub fn next_closing(&self, zone: &Zone, at: Timestamp) -> Option<Timestamp> {
        self.next(zone, at, |(_, to)| *to)
    }

    /// When it opens on a day; `None` if it stays closed.
    fn opening(&self, date: Date) -> Option<Time> {
        self.of(date).first().map(|(from, _)| *from)
    }

    fn next(&self, zone: &Zone, at: Timestamp, which: impl Fn(&(Time, Time)) -> Time) -> Option<Timestamp> {
        if self.is_empty() {
            return None;
        }
        let mut date = zone.local(at).date();
        for _ in 0..LOOK_AHEAD_DAYS {
            let times = self.of(date).iter().map(&which);
            if let Some(found) = times.filter_map(|time| zone.moment(date, time)).find(|found| *found > at) {
                return Some(found);
            }
            date = date.checked_add(1.day()).ok()?;
        }
        None
    }

    fn of(&self, date: Date) -> &[(Time, Time)] {
        if self.closed.iter().any(|(from, to)| (*from..=*to).contains(&date)) {
            return &[];
        }
        let day = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
        self.days.get(day).map_or(&[], Vec::as_slice)
    }

    /// The days with their intervals, Monday first, for texts to customers.
    pub fn days(&self) -> impl Iterator<Item = &[(Time, Time)]> {
        self.days.iter().map(Vec::as_slice)
    }
}

/// `09:00`; `24:00` is the last minute of a day.
fn time(text: &str) -> Option<Time> {
    if text == "24:00" {
        return Some(Time::constant(23, 59, 59, 0));
    }
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

//! Opening hours: several intervals a day, seasons, public holidays, closed days of the shop's own, and the questions
//! "open now?", "when next?" and "why not?". All in the shop's own time zone, so that a change of the clocks moves
//! nothing.
//!
//! What a day's hours are is asked in this order: a closed day of the shop's own, a public holiday, a season, the week.
//!
//! Not here: where these are kept (the engine's settings).

mod calendar;
pub mod holiday;
mod said;
mod season;
mod snooze;
mod span;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_reasons;
mod text;
mod zone;

use jiff::ToSpan as _;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::time::Timestamp;

use holiday::Holiday;

pub use calendar::{Calendar, OpenOn};
pub use said::{closing_said, opening_said};
pub use season::Season;
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

/// Opening and closing times of a day, in order, without overlaps.
type Intervals = Vec<(Time, Time)>;

/// Why the shop is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// A closed day of the shop's own, with the name it was given.
    OwnDay(String),
    /// A public holiday.
    Holiday(&'static Holiday),
    /// The season of this name has no hours then; the usual week would.
    Season(String),
    /// A day or a time without hours.
    OutsideHours,
}

/// Opening hours that were checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hours {
    /// Monday first.
    days: [Intervals; 7],
    closed: Vec<(Date, Date, String)>,
    seasons: Vec<season::Checked>,
    calendar: Option<Calendar>,
}

impl Hours {
    /// Checks what a person gave. `None` for a time or day that there is not, an interval that ends before it begins,
    /// or two that overlap.
    pub fn new(week: &Week, closed: &[ClosedDays]) -> Option<Self> {
        let closed = closed
            .iter()
            .map(|days| {
                let (from, to) = (days.from.parse().ok()?, days.to.parse().ok()?);
                (from <= to).then(|| (from, to, days.name.clone()))
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Self { days: week.checked()?, closed, ..Self::default() })
    }

    /// The same with other hours in parts of the year. `None` for a span or hours that cannot be.
    pub fn with_seasons(mut self, seasons: &[Season]) -> Option<Self> {
        self.seasons = seasons.iter().map(Season::checked).collect::<Option<_>>()?;
        Some(self)
    }

    /// The same with the holidays of a state.
    pub fn with_holidays(mut self, calendar: Calendar) -> Self {
        self.calendar = Some(calendar);
        self
    }

    /// Whether no hours were given at all.
    pub fn is_empty(&self) -> bool {
        self.days.iter().all(Vec::is_empty) && self.seasons.iter().all(season::Checked::is_closed)
    }

    /// Whether the shop is open.
    pub fn is_open(&self, zone: &Zone, at: Timestamp) -> bool {
        Self::within(self.of(zone.local(at).date()), zone, at)
    }

    /// Why the shop is closed; `None` while it is open.
    pub fn why_closed(&self, zone: &Zone, at: Timestamp) -> Option<Closed> {
        let date = zone.local(at).date();
        match self.kind_of(date) {
            Kind::Closed(closed) => Some(closed),
            Kind::Open(hours, _) if Self::within(hours, zone, at) => None,
            Kind::Open(_, Some(season)) if Self::within(self.of_week(date), zone, at) => {
                Some(Closed::Season(season.name.clone()))
            }
            Kind::Open(..) => Some(Closed::OutsideHours),
        }
    }

    /// When the shop opens next after `at`; `None` if it never does.
    pub fn next_opening(&self, zone: &Zone, at: Timestamp) -> Option<Timestamp> {
        // Where one interval ends as the next begins, at midnight for example, the shop does not open: it is open.
        self.next(zone, at, |(from, _)| from, |found| !self.is_open(zone, Timestamp(found.0 - 1)))
    }

    /// When it closes next after `at`; `None` if it never does.
    pub fn next_closing(&self, zone: &Zone, at: Timestamp) -> Option<Timestamp> {
        self.next(zone, at, |(_, to)| to, |found| !self.is_open(zone, found))
    }

    /// The holiday or closed day that keeps the shop closed today, or, while it is closed, the first one before it opens
    /// again.
    pub fn special_day(&self, zone: &Zone, at: Timestamp) -> Option<Closed> {
        let mut date = zone.local(at).date();
        let last = match self.next_opening(zone, at).filter(|_| !self.is_open(zone, at)) {
            Some(opens) => zone.local(opens).date(),
            None => date,
        };
        while date <= last {
            if let Kind::Closed(closed) = self.kind_of(date) {
                return Some(closed);
            }
            date = date.checked_add(1.day()).ok()?;
        }
        None
    }

    /// When it opens on a day; `None` if it stays closed.
    fn opening(&self, date: Date) -> Option<Time> {
        self.of(date).first().map(|(from, _)| *from)
    }

    fn next(
        &self,
        zone: &Zone,
        at: Timestamp,
        which: impl Fn((Timestamp, Timestamp)) -> Timestamp,
        counts: impl Fn(Timestamp) -> bool,
    ) -> Option<Timestamp> {
        if self.is_empty() {
            return None;
        }
        let mut date = zone.local(at).date();
        for _ in 0..LOOK_AHEAD_DAYS {
            let found = self.of(date).iter().filter_map(|hours| moments(zone, date, *hours)).map(&which);
            if let Some(found) = found.filter(|found| *found > at).find(|found| counts(*found)) {
                return Some(found);
            }
            date = date.checked_add(1.day()).ok()?;
        }
        None
    }

    /// By moments and not by what the clock shows, so that it agrees with the openings and closings in the night in which
    /// the clock leaves an hour out or shows it twice.
    fn within(hours: &[(Time, Time)], zone: &Zone, at: Timestamp) -> bool {
        let date = zone.local(at).date();
        hours
            .iter()
            .filter_map(|hours| moments(zone, date, *hours))
            .any(|(from, to)| (from..to).contains(&at))
    }

    /// The hours of a day; empty if it stays closed.
    fn of(&self, date: Date) -> &[(Time, Time)] {
        match self.kind_of(date) {
            Kind::Open(hours, _) => hours,
            Kind::Closed(_) => &[],
        }
    }

    fn kind_of(&self, date: Date) -> Kind<'_> {
        if let Some((_, _, name)) = self.closed.iter().find(|(from, to, _)| (*from..=*to).contains(&date)) {
            return Kind::Closed(Closed::OwnDay(name.clone()));
        }
        match self.calendar.as_ref().map(|calendar| calendar.on(date)) {
            Some(calendar::Day::Closed(holiday)) => return Kind::Closed(Closed::Holiday(holiday)),
            Some(calendar::Day::Own(hours)) => return Kind::Open(hours, None),
            Some(calendar::Day::Usual) | None => {}
        }
        match self.season(date) {
            Some(season) => Kind::Open(of_weekday(&season.days, date), Some(season)),
            None => Kind::Open(self.of_week(date), None),
        }
    }

    /// The season of a day: one of one year goes before one of every year.
    fn season(&self, date: Date) -> Option<&season::Checked> {
        self.seasons.iter().filter(|season| season.holds(date)).max_by_key(|season| season.is_of_one_year())
    }

    fn of_week(&self, date: Date) -> &[(Time, Time)] {
        of_weekday(&self.days, date)
    }

    /// The week of a day with its intervals, Monday first, for texts to customers: that of the season.
    fn week_of(&self, date: Date) -> impl Iterator<Item = &[(Time, Time)]> {
        let days = self.season(date).map_or(&self.days, |season| &season.days);
        days.iter().map(Vec::as_slice)
    }
}

/// What a day is.
enum Kind<'h> {
    Open(&'h [(Time, Time)], Option<&'h season::Checked>),
    Closed(Closed),
}

impl Week {
    fn checked(&self) -> Option<[Intervals; 7]> {
        let given = [&self.mon, &self.tue, &self.wed, &self.thu, &self.fri, &self.sat, &self.sun];
        let mut days: [Intervals; 7] = Default::default();
        for (day, given) in days.iter_mut().zip(given) {
            *day = intervals(given)?;
        }
        Some(days)
    }
}

fn of_weekday(days: &[Intervals; 7], date: Date) -> &[(Time, Time)] {
    let day = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    days.get(day).map_or(&[], Vec::as_slice)
}

/// The moments of an interval of a day.
fn moments(zone: &Zone, date: Date, (from, to): (Time, Time)) -> Option<(Timestamp, Timestamp)> {
    let end = if to == MIDNIGHT {
        zone.moment(date.checked_add(1.day()).ok()?, Time::midnight())
    } else {
        zone.moment(date, to)
    };
    Some((zone.moment(date, from)?, end?))
}

/// Checks the intervals of a day.
fn intervals(given: &[(String, String)]) -> Option<Intervals> {
    let mut day = Intervals::with_capacity(given.len());
    for (from, to) in given {
        let (from, to) = (time(from)?, time(to)?);
        if from >= to || day.last().is_some_and(|(_, before)| *before > from) {
            return None;
        }
        day.push((from, to));
    }
    Some(day)
}

/// `24:00`, which no clock shows.
const MIDNIGHT: Time = Time::constant(23, 59, 59, 0);

/// `09:00`; `24:00` is the end of a day.
fn time(text: &str) -> Option<Time> {
    if text == "24:00" {
        return Some(MIDNIGHT);
    }
    let (hour, minute) = text.split_once(':')?;
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

//! What the holidays of the shop's state mean for its hours. A shop closes on those that are law in the whole state,
//! unless it says that it is open or has other hours; of those kept in parts only it says which ones it keeps.

use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use super::holiday::{Found, Holiday, State};
use super::{Intervals, intervals};

/// A holiday on which the shop is open, as a person gives it: `"epiphany"`, or with hours of its own
/// `{"day": "epiphany", "hours": [["10:00", "14:00"]]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum OpenOn {
    /// As on any other day of the week.
    Usual(String),
    /// With these hours.
    Own {
        /// The holiday's word.
        day: String,
        /// From and to.
        hours: Vec<(String, String)>,
    },
}

/// The holidays of the shop, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    state: &'static State,
    /// `None`: the hours of the day of the week.
    open: Vec<(&'static Holiday, Option<Intervals>)>,
    local: Vec<&'static Holiday>,
}

/// What the holidays say of a day.
pub(super) enum Day<'c> {
    /// Nothing.
    Usual,
    /// The shop has hours of its own.
    Own(&'c [(Time, Time)]),
    /// It is closed.
    Closed(&'static Holiday),
}

impl Calendar {
    /// Checks what a person gave. `None` for a word that names no holiday, or hours that cannot be.
    pub fn new(state: &'static State, open: &[OpenOn], local: &[String]) -> Option<Self> {
        let open = open
            .iter()
            .map(|given| match given {
                OpenOn::Usual(day) => Some((Holiday::named(day)?, None)),
                OpenOn::Own { day, hours } => Some((Holiday::named(day)?, Some(intervals(hours)?))),
            })
            .collect::<Option<_>>()?;
        let local = local.iter().map(|day| Holiday::named(day)).collect::<Option<_>>()?;
        Some(Self { state, open, local })
    }

    /// The state.
    pub fn state(&self) -> &'static State {
        self.state
    }

    /// Whether the shop keeps a holiday: it counts as one where the shop is.
    pub fn keeps(&self, found: &Found) -> bool {
        found.everywhere || self.local.contains(&found.holiday)
    }

    /// Whether it closes on it.
    pub fn closes(&self, found: &Found) -> bool {
        self.keeps(found) && !self.open.iter().any(|(holiday, _)| *holiday == found.holiday)
    }

    /// What holds on a day. Where two holidays meet, one that closes goes before.
    pub(super) fn on(&self, date: Date) -> Day<'_> {
        let mut day = Day::Usual;
        for found in self.state.on(date).filter(|found| self.keeps(found)) {
            match self.open.iter().find(|(holiday, _)| *holiday == found.holiday) {
                None => return Day::Closed(found.holiday),
                Some((_, Some(hours))) => day = Day::Own(hours),
                Some((_, None)) => {}
            }
        }
        day
    }
}

//! The shop's time zone. Names are those of the IANA database, which is built in.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::TimeZone;

use crate::time::Timestamp;

/// A time zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The zone of this name, such as `Europe/Berlin`.
    pub fn named(name: &str) -> Option<Self> {
        TimeZone::get(name).ok().map(Self)
    }

    /// The zone of a country that has one, or the one most of its people live in; UTC where the table ends.
    pub fn of_country(country: &str) -> Self {
        let name = match country {
            "DE" => "Europe/Berlin",
            "AT" => "Europe/Vienna",
            "CH" | "LI" => "Europe/Zurich",
            "FR" | "MC" => "Europe/Paris",
            "IT" | "SM" | "VA" => "Europe/Rome",
            "LU" => "Europe/Luxembourg",
            "BE" => "Europe/Brussels",
            "NL" => "Europe/Amsterdam",
            "DK" => "Europe/Copenhagen",
            "SE" => "Europe/Stockholm",
            "NO" => "Europe/Oslo",
            "FI" => "Europe/Helsinki",
            "PL" => "Europe/Warsaw",
            "CZ" => "Europe/Prague",
            "SK" => "Europe/Bratislava",
            "HU" => "Europe/Budapest",
            "SI" => "Europe/Ljubljana",
            "HR" => "Europe/Zagreb",
            "ES" => "Europe/Madrid",
            "PT" => "Europe/Lisbon",
            "GB" => "Europe/London",
            "IE" => "Europe/Dublin",
            "GR" => "Europe/Athens",
            "RO" => "Europe/Bucharest",
            "BG" => "Europe/Sofia",
            "US" => "America/New_York",
            "CA" => "America/Toronto",
            _ => "UTC",
        };
        Self(TimeZone::get(name).unwrap_or(TimeZone::UTC))
    }

    /// What the clock on the wall shows.
    pub fn local(&self, at: Timestamp) -> DateTime {
        let moment = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
        self.0.to_datetime(moment)
    }

    /// The moment at which the clock on the wall shows this. A time that a change of the clocks leaves out is the same
    /// span after it; of one that comes twice the first is meant.
    pub fn moment(&self, date: Date, time: Time) -> Option<Timestamp> {
        let zoned = date.to_datetime(time).to_zoned(self.0.clone()).ok()?;
        Some(Timestamp(zoned.timestamp().as_millisecond()))
    }

    /// The day on which this is, `YYYY-MM-DD`.
    pub fn day(&self, at: Timestamp) -> String {
        self.local(at).date().to_string()
    }

    /// The last second of a day `YYYY-MM-DD`; `None` for one that there is not.
    pub fn end_of(&self, day: &str) -> Option<Timestamp> {
        self.moment(day.parse().ok()?, Time::constant(23, 59, 59, 0))
    }

    /// The middle of a day `YYYY-MM-DD`: a moment of that day in any zone nearby.
    pub fn noon_of(&self, day: &str) -> Option<Timestamp> {
        self.moment(day.parse().ok()?, Time::constant(12, 0, 0, 0))
    }
}

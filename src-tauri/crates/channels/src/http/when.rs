//! How a provider writes times.
//!
//! Times without a zone are read in the zone that the definition names. seven.io does not document one; its
//! definition assumes Europe/Berlin, the company's own, and looks back two days, so that a wrong guess moves the
//! shown hour but loses nothing.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, de::Error as _};
use theke_domain::time::Timestamp;

/// A way to write a time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Format {
    /// `2026-11-21T10:00:00Z`
    #[default]
    Rfc3339,
    /// `Sat, 21 Nov 2026 10:00:00 +0000`
    Rfc2822,
    /// Seconds since 1970.
    Unix,
    /// Milliseconds since 1970.
    UnixMs,
    /// `strftime` conversions.
    Pattern(String),
}

impl<'de> Deserialize<'de> for Format {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.as_str() {
            "rfc3339" => Ok(Self::Rfc3339),
            "rfc2822" => Ok(Self::Rfc2822),
            "unix" => Ok(Self::Unix),
            "unix_ms" => Ok(Self::UnixMs),
            pattern if pattern.contains('%') => {
                let sample = DateTime::constant(2026, 11, 21, 10, 0, 0, 0);
                jiff::fmt::strtime::format(pattern, sample).map_err(|_| {
                    D::Error::custom(format!("\"{pattern}\" is no time format, expected a strftime pattern"))
                })?;
                Ok(Self::Pattern(text))
            }
            other => Err(D::Error::custom(format!(
                "\"{other}\" is no time format, expected rfc3339, rfc2822, unix, unix_ms or a strftime pattern"
            ))),
        }
    }
}

/// A zone by its IANA name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Zone(TimeZone);

impl Default for Zone {
    fn default() -> Self {
        Self(TimeZone::UTC)
    }
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        TimeZone::get(&name).map(Self).map_err(|_| {
            D::Error::custom(format!("\"{name}\" is no time zone, expected one like Europe/Berlin"))
        })
    }
}

impl Format {
    /// Reads a time; `None` if it is not written this way.
    pub(super) fn read(&self, text: &str, zone: &Zone) -> Option<Timestamp> {
        let text = text.trim();
        match self {
            Self::Rfc3339 => Timestamp::from_rfc3339(text).or_else(|| local(text.parse().ok()?, zone)),
            Self::Rfc2822 => {
                jiff::fmt::rfc2822::parse(text).ok().map(|z| Timestamp(z.timestamp().as_millisecond()))
            }
            Self::Unix => text.parse::<f64>().ok().filter(|s| s.is_finite()).map(|s| {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "saturates, and a nonsense time stays one"
                )]
                Timestamp((s * 1000.0) as i64)
            }),
            Self::UnixMs => text.parse().ok().map(Timestamp),
            Self::Pattern(pattern) => {
                let parts = jiff::fmt::strtime::parse(pattern, text).ok()?;
                match parts.to_timestamp() {
                    Ok(at) => Some(Timestamp(at.as_millisecond())),
                    Err(_) => local(
                        parts.to_datetime().or_else(|_| parts.to_date().map(|d| d.at(0, 0, 0, 0))).ok()?,
                        zone,
                    ),
                }
            }
        }
    }

    /// Writes a time; an impossible one as the epoch.
    pub(super) fn write(&self, at: Timestamp, zone: &Zone) -> String {
        let moment = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
        match self {
            Self::Rfc3339 => at.to_rfc3339(),
            Self::Rfc2822 => {
                jiff::fmt::rfc2822::to_string(&moment.to_zoned(TimeZone::UTC)).unwrap_or_default()
            }
            Self::Unix => at.secs().to_string(),
            Self::UnixMs => at.0.to_string(),
            Self::Pattern(pattern) => {
                jiff::fmt::strtime::format(pattern, &moment.to_zoned(zone.0.clone())).unwrap_or_default()
            }
        }
    }
}

fn local(at: DateTime, zone: &Zone) -> Option<Timestamp> {
    // In the hour that autumn repeats the earlier one is taken: jiff's "compatible" rule.
    let zoned = at.to_zoned(zone.0.clone()).ok()?;
    Some(Timestamp(zoned.timestamp().as_millisecond()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_zone_is_read_in_the_named_one() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let format = Format::Pattern("%Y-%m-%d %H:%M:%S".to_owned());
        for (text, wanted) in [
            ("2026-11-21 10:00:00", "2026-11-21T09:00:00Z"),
            ("2026-07-21 10:00:00", "2026-07-21T08:00:00Z"),
            ("2026-10-25 02:30:00", "2026-10-25T00:30:00Z"),
        ] {
            let read = format.read(text, &Zone(berlin.clone())).unwrap();
            assert_eq!(read.to_rfc3339(), wanted, "{text}");
        }
        assert_eq!(format.read("yesterday", &Zone(berlin)), None);
    }

    #[test]
    fn each_format_reads_what_it_writes() {
        let at = Timestamp::from_rfc3339("2026-11-21T10:00:00Z").unwrap();
        for format in [Format::Rfc3339, Format::Rfc2822, Format::Unix, Format::UnixMs] {
            let text = format.write(at, &Zone::default());
            assert_eq!(format.read(&text, &Zone::default()), Some(at), "{text}");
        }
    }
}

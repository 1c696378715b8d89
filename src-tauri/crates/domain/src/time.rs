//! A moment, in milliseconds since 1970-01-01T00:00:00Z.
//!
//! Milliseconds because SMS gateways and Telegram order messages within a second; UTC because a shop's
//! wall clock repeats an hour every autumn. Nothing here reads a clock.

use serde::{Deserialize, Serialize};

/// Milliseconds since the Unix epoch, UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// From whole seconds since the epoch.
    pub const fn from_secs(secs: i64) -> Self {
        Self(secs.saturating_mul(1000))
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn secs(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// This moment moved by `secs` seconds, saturating.
    #[must_use]
    pub const fn plus_secs(self, secs: i64) -> Self {
        Self(self.0.saturating_add(secs.saturating_mul(1000)))
    }

    /// Seconds from `earlier` to this moment; negative if `earlier` is later.
    pub const fn secs_since(self, earlier: Self) -> i64 {
        (self.0.saturating_sub(earlier.0)).div_euclid(1000)
    }

    /// RFC 3339 in UTC, with milliseconds only where there are any. Out of range times give the epoch.
    pub fn to_rfc3339(self) -> String {
        jiff::Timestamp::from_millisecond(self.0).unwrap_or_default().to_string()
    }

    /// Reads RFC 3339 with any offset.
    pub fn from_rfc3339(text: &str) -> Option<Self> {
        text.trim().parse::<jiff::Timestamp>().ok().map(|t| Self(t.as_millisecond()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc3339_goes_both_ways() {
        let t = Timestamp::from_rfc3339("2026-11-21T10:00:00+01:00").unwrap();
        assert_eq!(t.to_rfc3339(), "2026-11-21T09:00:00Z");
        assert_eq!(Timestamp::from_rfc3339("yesterday"), None);
    }
}

//! The Date header as people's programs have written it for forty years: with names of zones, two-digit years, without
//! seconds or without a zone at all. What a standard parser takes for nothing would otherwise have no date.
//!
//! Not here: whether a date can be true; the caller knows when the mail arrived.

use jiff::civil::DateTime;
use theke_domain::time::Timestamp;

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
/// Names of zones that mail programs write (RFC 5322, 4.3, and those of this part of the world), in minutes.
const ZONES: [(&str, i64); 24] = [
    ("z", 0),
    ("ut", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("mez", 60),
    ("met", 60),
    ("cest", 120),
    ("mesz", 120),
    ("mest", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
];

/// Reads `Wed, 11 Feb 98 11:51 CST` and its like; `None` if day, month, year or time is missing. Without a zone it is
/// UTC, because no better guess is right more often.
pub fn read(text: &str) -> Option<Timestamp> {
    let plain = without_comments(text);
    let (mut day, mut month, mut year, mut clock, mut zone) = (None, None, None, None, 0);
    for token in plain.split(|c: char| c.is_whitespace() || c == ',').filter(|t| !t.is_empty()) {
        let digits = token.bytes().all(|b| b.is_ascii_digit());
        if clock.is_none() && token.contains(':') {
            clock = Some(time(token)?);
        } else if digits && day.is_none() && token.len() <= 2 {
            day = token.parse::<i8>().ok();
        } else if digits && year.is_none() {
            year = Some(full_year(token)?);
        } else if let Some(minutes) = clock.and_then(|_| offset(token)) {
            zone = minutes;
        } else if month.is_none() {
            month = month_of(token);
        }
    }
    let (hour, minute, second) = clock?;
    let at = DateTime::new(year?, month?, day?, hour, minute, second.min(59), 0).ok()?;
    let utc = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second();
    Some(Timestamp::from_secs(utc - zone * 60))
}

fn without_comments(text: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

fn time(token: &str) -> Option<(i8, i8, i8)> {
    let mut parts = token.split(':').map(|part| part.parse::<i8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    Some((hour, minute, second))
}

fn full_year(token: &str) -> Option<i16> {
    let year: i16 = token.parse().ok()?;
    Some(match token.len() {
        2 if year < 50 => year + 2000,
        2 | 3 => year + 1900,
        _ => year,
    })
}

fn month_of(token: &str) -> Option<i8> {
    let name = token.get(..3)?.to_ascii_lowercase();
    let place = MONTHS.iter().position(|month| *month == name)?;
    i8::try_from(place + 1).ok()
}

/// Minutes east of Greenwich.
fn offset(token: &str) -> Option<i64> {
    if let Some((sign, digits)) =
        token.strip_prefix('+').map(|rest| (1, rest)).or(token.strip_prefix('-').map(|rest| (-1, rest)))
    {
        let number: i64 = digits.parse().ok().filter(|_| (3..=4).contains(&digits.len()))?;
        return Some(sign * (number / 100 * 60 + number % 100)).filter(|minutes| minutes.abs() <= 14 * 60);
    }
    let name = token.to_ascii_lowercase();
    ZONES.iter().find(|(zone, _)| *zone == name).map(|(_, minutes)| *minutes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_forty_years() {
        for (text, expected) in [
            ("Wed, 01 May 2019 12:20:05 +0200 (CEST)", Some("2019-05-01T10:20:05Z")),
            ("Wed, 11 Feb 98 11:51 CST", Some("1998-02-11T17:51:00Z")),
            ("Wed, 20 Sep 1995 00:19:00 (EDT) -0400", Some("1995-09-20T04:19:00Z")),
            ("Mon, 21 Aug 95 13:30:57 -600", Some("1995-08-21T19:30:57Z")),
            ("Wed, 15 Feb 1995 09:38:18", Some("1995-02-15T09:38:18Z")),
            ("Wed, 01 May 2019 12:20", Some("2019-05-01T12:20:00Z")),
            ("Sat Nov 21 10:00:00 2026", Some("2026-11-21T10:00:00Z")),
            ("21 Nov 2026 10:00:00 MEZ", Some("2026-11-21T09:00:00Z")),
            (
                "Thu,\r\n 13\r\n Feb\r\n 1969\r\n 23:32\r\n -0330 (Newfoundland Time)",
                Some("1969-02-14T03:02:00Z"),
            ),
            ("31 Feb 2026 10:00:00 +0000", None),
            ("10:00", None),
            ("yesterday", None),
            ("", None),
        ] {
            assert_eq!(read(text).map(Timestamp::to_rfc3339).as_deref(), expected, "{text:?}");
        }
    }
}

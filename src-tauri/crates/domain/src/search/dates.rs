//! Days as people write them in four languages: `1.3.2026`, `01/03/26`, `2026-03`, `März 2026`, `yesterday`, `lundi`,
//! `settimana scorsa`, `7 Tage`. A month, a week or a year means its first day.

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use super::vocabulary::same;
use super::{Around, Day, Kind};

/// Days back from today.
const DAYS_BACK: [(i64, &[&str]); 3] = [
    (0, &["heute", "today", "aujourd'hui", "oggi"]),
    (1, &["gestern", "yesterday", "hier", "ieri"]),
    (2, &["vorgestern", "avant-hier", "avantieri", "l'altro ieri", "altroieri"]),
];

const WEEKDAYS: [&[&str]; 7] = [
    &["montag", "monday", "lundi", "lunedì"],
    &["dienstag", "tuesday", "mardi", "martedì"],
    &["mittwoch", "wednesday", "mercredi", "mercoledì"],
    &["donnerstag", "thursday", "jeudi", "giovedì"],
    &["freitag", "friday", "vendredi", "venerdì"],
    &["samstag", "sonnabend", "saturday", "samedi", "sabato"],
    &["sonntag", "sunday", "dimanche", "domenica"],
];

const MONTHS: [&[&str]; 12] = [
    &["januar", "jänner", "january", "janvier", "gennaio", "jan"],
    &["februar", "feber", "february", "février", "febbraio", "feb"],
    &["märz", "march", "mars", "marzo", "mrz", "mar"],
    &["april", "avril", "aprile", "apr"],
    &["mai", "may", "maggio", "mag"],
    &["juni", "june", "juin", "giugno", "jun", "giu"],
    &["juli", "july", "juillet", "luglio", "jul", "lug"],
    &["august", "août", "agosto", "aug", "ago"],
    &["september", "septembre", "settembre", "sept", "sep", "set"],
    &["oktober", "october", "octobre", "ottobre", "okt", "oct", "ott"],
    &["november", "novembre", "nov"],
    &["dezember", "december", "décembre", "dicembre", "dez", "dec", "dic"],
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

const UNITS: [(Unit, &[&str]); 4] = [
    (Unit::Day, &["d", "tag", "tage", "tagen", "day", "days", "jour", "jours", "giorno", "giorni"]),
    (Unit::Week, &["w", "woche", "wochen", "week", "weeks", "semaine", "semaines", "settimana", "settimane"]),
    (Unit::Month, &["m", "monat", "monate", "monaten", "month", "months", "mois", "mese", "mesi"]),
    (Unit::Year, &["y", "jahr", "jahre", "jahren", "year", "years", "an", "ans", "année", "anno", "anni"]),
];

const THIS: &[&str] =
    &["diese", "diesen", "dieser", "dieses", "this", "ce", "cet", "cette", "questo", "questa"];
const LAST: &[&str] = &[
    "letzte",
    "letzten",
    "letzter",
    "letztes",
    "last",
    "dernier",
    "dernière",
    "scorso",
    "scorsa",
    "passé",
    "passée",
];

/// The value words that are offered, by language.
pub(super) const OFFERED: [[&str; 6]; 4] = [
    ["heute", "gestern", "diese Woche", "letzte Woche", "dieser Monat", "dieses Jahr"],
    ["today", "yesterday", "this week", "last week", "this month", "this year"],
    ["aujourd'hui", "hier", "cette semaine", "semaine dernière", "ce mois", "cette année"],
    ["oggi", "ieri", "questa settimana", "settimana scorsa", "questo mese", "quest'anno"],
];

/// Whether more digits may make a day of it.
pub(super) fn may_become(kind: Kind, value: &str) -> bool {
    let dates = matches!(kind, Kind::Before | Kind::After);
    dates && value.len() < 8 && value.chars().all(|c| c.is_ascii_digit() || ".-/".contains(c))
}

/// The day that is meant.
pub(super) fn day(value: &str, around: &Around<'_>) -> Option<Day> {
    let today = around.zone.local(around.now).date();
    let date = in_words(value, today).or_else(|| in_digits(value, today, around.month_first))?;
    let at = around.zone.moment(date, jiff::civil::Time::midnight())?;
    Some(Day { date: date.to_string(), at })
}

fn is_one(words: &[&str], typed: &str) -> bool {
    words.iter().any(|word| same(word, typed))
}

fn place_in(rows: &[&[&str]], typed: &str) -> Option<i8> {
    rows.iter().position(|words| is_one(words, typed)).and_then(|at| i8::try_from(at).ok())
}

fn unit(typed: &str) -> Option<Unit> {
    UNITS.iter().find(|(_, words)| is_one(words, typed)).map(|(unit, _)| *unit)
}

/// Runs of digits and runs of letters.
fn parts(value: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = value;
    while let Some((_, from)) = rest.find(char::is_alphanumeric).and_then(|at| rest.split_at_checked(at)) {
        let digits = from.starts_with(|c: char| c.is_ascii_digit());
        let belongs = |c: char| c.is_alphanumeric() && c.is_ascii_digit() == digits;
        let end = from.find(|c: char| !belongs(c)).unwrap_or(from.len());
        let Some((part, after)) = from.split_at_checked(end) else { break };
        found.push(part);
        rest = after;
    }
    found
}

fn in_words(value: &str, today: Date) -> Option<Date> {
    if let Some((back, _)) = DAYS_BACK.iter().find(|(_, words)| is_one(words, value)) {
        return today.checked_sub(Span::new().days(*back)).ok();
    }
    if let Some(weekday) = place_in(&WEEKDAYS, value) {
        let back = (today.weekday().to_monday_zero_offset() - weekday).rem_euclid(7);
        return today.checked_sub(back.days()).ok();
    }
    match parts(value).as_slice() {
        [month] => latest(today, place_in(&MONTHS, month)? + 1, 1),
        [first, second] => {
            if let Ok(number) = first.parse::<i16>() {
                return match unit(second) {
                    Some(unit) => ago(today, number, unit),
                    None => latest(today, place_in(&MONTHS, second)? + 1, i8::try_from(number).ok()?),
                };
            }
            if let Some(month) = place_in(&MONTHS, first) {
                return match second.parse::<i16>().ok()? {
                    day @ 1..=31 => latest(today, month + 1, i8::try_from(day).ok()?),
                    year => Date::new(year, month + 1, 1).ok(),
                };
            }
            span(today, first, second)
        }
        [first, second, year] => {
            let (day, month) = match place_in(&MONTHS, first) {
                Some(month) => (second, month),
                None => (first, place_in(&MONTHS, second)?),
            };
            Date::new(full_year(year)?, month + 1, day.parse().ok()?).ok()
        }
        _ => None,
    }
}

/// `this week`, `semaine dernière`: the beginning of it.
fn span(today: Date, first: &str, second: &str) -> Option<Date> {
    let (which, unit) = match unit(second) {
        Some(unit) => (first, unit),
        None => (second, unit(first)?),
    };
    let last = is_one(LAST, which);
    if !last && !is_one(THIS, which) && !same("quest", which) {
        return None;
    }
    let (begin, step) = match unit {
        Unit::Day => (today, 1.day()),
        Unit::Week => (today.checked_sub(today.weekday().to_monday_zero_offset().days()).ok()?, 1.week()),
        Unit::Month => (today.first_of_month(), 1.month()),
        Unit::Year => (today.first_of_year(), 1.year()),
    };
    if last { begin.checked_sub(step).ok() } else { Some(begin) }
}

fn ago(today: Date, number: i16, unit: Unit) -> Option<Date> {
    let span = match unit {
        Unit::Day => number.days(),
        Unit::Week => number.weeks(),
        Unit::Month => number.months(),
        Unit::Year => number.years(),
    };
    today.checked_sub(span).ok()
}

/// This day of the year, the last time it was.
fn latest(today: Date, month: i8, day: i8) -> Option<Date> {
    let of = |year: i16| Date::new(year, month, day).ok();
    of(today.year()).filter(|date| *date <= today).or_else(|| of(today.year() - 1))
}

fn full_year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn in_digits(value: &str, today: Date, month_first: bool) -> Option<Date> {
    if !value.chars().all(|c| c.is_ascii_digit() || ".-/ ".contains(c)) {
        return None;
    }
    let american = month_first && value.contains('/');
    let number = |text: &str| text.parse::<i8>().ok();
    match parts(value).as_slice() {
        [year] if year.len() == 4 => Date::new(full_year(year)?, 1, 1).ok(),
        [year, month] if year.len() == 4 => Date::new(full_year(year)?, number(month)?, 1).ok(),
        [month, year] if year.len() == 4 => Date::new(full_year(year)?, number(month)?, 1).ok(),
        [month, day] if american => latest(today, number(month)?, number(day)?),
        [day, month] => latest(today, number(month)?, number(day)?),
        [year, month, day] if year.len() == 4 => {
            Date::new(full_year(year)?, number(month)?, number(day)?).ok()
        }
        [month, day, year] if american => Date::new(full_year(year)?, number(month)?, number(day)?).ok(),
        [day, month, year] => Date::new(full_year(year)?, number(month)?, number(day)?).ok(),
        _ => None,
    }
}

//! The next opening and closing as part of a sentence to a customer, in the customer's language: `morgen um 9 Uhr`,
//! `Monday 4 May at 9 am`, `aujourd’hui jusqu’à 18 h`. Here and not in the window, because it goes into messages.
//!
//! Numbers and their words are joined by a space that does not break.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime, Time};

use super::Zone;
use crate::time::Timestamp;

const DE_DAYS: [&str; 7] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
const EN_DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const FR_DAYS: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
const IT_DAYS: [&str; 7] = ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"];

const DE_MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const EN_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const FR_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const IT_MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

/// `morgen um 9 Uhr`, `Montag, 4. Mai, um 9 Uhr`.
pub fn opening_said(zone: &Zone, now: Timestamp, opens: Timestamp, language: &str) -> String {
    let (now, opens) = (zone.local(now), zone.local(opens));
    let (day, clock) = (day(now.date(), opens.date(), language), clock(opens.time(), language));
    let named = !is_near(now.date(), opens.date());
    match language {
        "en" => format!("{day} at {clock}"),
        "fr" => format!("{day} à {clock}"),
        "it" => format!("{day} {}", at_it(opens.time())),
        _ if named => format!("{day}, um {clock}"),
        _ => format!("{day} um {clock}"),
    }
}

/// `heute bis 18 Uhr`.
pub fn closing_said(zone: &Zone, now: Timestamp, closes: Timestamp, language: &str) -> String {
    let (now, closes) = (zone.local(now), midnight_is_today(zone.local(closes)));
    let day = day(now.date(), closes.0, language);
    let clock = match closes.1 {
        Some(time) => clock(time, language),
        None => match language {
            "en" => "midnight".to_owned(),
            "fr" => "minuit".to_owned(),
            "it" => return format!("{day} fino a mezzanotte"),
            _ => "24\u{a0}Uhr".to_owned(),
        },
    };
    let named = !is_near(now.date(), closes.0);
    match (language, closes.1) {
        ("en", _) => format!("{day} until {clock}"),
        ("fr", _) => format!("{day} jusqu’à {clock}"),
        ("it", Some(time)) => format!("{day} fino {}", at_it(time)),
        _ if named => format!("{day}, bis {clock}"),
        _ => format!("{day} bis {clock}"),
    }
}

/// Midnight ends a day; it does not begin the next one. No time means midnight.
fn midnight_is_today(at: DateTime) -> (Date, Option<Time>) {
    match at.date().checked_sub(1.day()) {
        Ok(before) if at.time() == Time::midnight() => (before, None),
        _ => (at.date(), Some(at.time())),
    }
}

fn is_near(today: Date, date: Date) -> bool {
    date == today || today.tomorrow().is_ok_and(|next| next == date)
}

fn day(today: Date, date: Date, language: &str) -> String {
    if is_near(today, date) {
        let words = match language {
            "en" => ["today", "tomorrow"],
            "fr" => ["aujourd’hui", "demain"],
            "it" => ["oggi", "domani"],
            _ => ["heute", "morgen"],
        };
        let [today_said, tomorrow_said] = words;
        return if date == today { today_said } else { tomorrow_said }.to_owned();
    }
    let (days, months) = match language {
        "en" => (EN_DAYS, EN_MONTHS),
        "fr" => (FR_DAYS, FR_MONTHS),
        "it" => (IT_DAYS, IT_MONTHS),
        _ => (DE_DAYS, DE_MONTHS),
    };
    let weekday = usize::from(date.weekday().to_monday_zero_offset().unsigned_abs());
    let weekday = days.get(weekday).copied().unwrap_or_default();
    let month =
        months.get(usize::from(date.month().unsigned_abs()).saturating_sub(1)).copied().unwrap_or_default();
    let first = date.day() == 1;
    match language {
        "fr" if first => format!("{weekday} 1er\u{a0}{month}"),
        "it" if first => format!("{weekday} 1º\u{a0}{month}"),
        "en" | "fr" | "it" => format!("{weekday} {}\u{a0}{month}", date.day()),
        _ => format!("{weekday}, {}.\u{a0}{month}", date.day()),
    }
}

/// `9 Uhr`, `9:30 Uhr`; `9 am`, `9:30 am`; `9 h`, `9 h 30`.
fn clock(time: Time, language: &str) -> String {
    let (hour, minute) = (time.hour(), time.minute());
    match (language, minute) {
        ("en", _) => {
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
            if minute == 0 {
                format!("{hour}\u{a0}{half}")
            } else {
                format!("{hour}:{minute:02}\u{a0}{half}")
            }
        }
        ("fr", 0) => format!("{hour}\u{a0}h"),
        ("fr", _) => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
        ("it", 0) => hour.to_string(),
        ("it", _) => format!("{hour}:{minute:02}"),
        (_, 0) => format!("{hour}\u{a0}Uhr"),
        _ => format!("{hour}:{minute:02}\u{a0}Uhr"),
    }
}

/// Italian joins article and time: `alle 9`, `all’1`, `all’1:30`.
fn at_it(time: Time) -> String {
    let said = clock(time, "it");
    if time.hour() == 1 { format!("all’{said}") } else { format!("alle\u{a0}{said}") }
}

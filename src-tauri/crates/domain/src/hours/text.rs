//! Opening hours as a line of text for a customer, in the customer's language. Here and not in the window, because it
//! goes into messages; days with the same hours stand together.

use jiff::civil::Time;

use super::{Hours, MIDNIGHT, Zone};
use crate::time::Timestamp;

const DE: [&str; 7] = ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"];
const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const FR: [&str; 7] = ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."];
const IT: [&str; 7] = ["lun", "mar", "mer", "gio", "ven", "sab", "dom"];

/// Opening and closing times of a day.
type Times<'a> = &'a [(Time, Time)];

impl Hours {
    /// Such as `Mo–Fr 9:00–12:30, 14:00–18:30; Sa 9:00–13:00`; empty where no hours are given. In a season its
    /// hours, not those of the rest of the year.
    pub fn text(&self, zone: &Zone, at: Timestamp, language: &str) -> String {
        let names = match language {
            "en" => EN,
            "fr" => FR,
            "it" => IT,
            _ => DE,
        };
        let mut groups: Vec<(&str, &str, Times<'_>)> = Vec::new();
        for (name, intervals) in names.into_iter().zip(self.week_of(zone.local(at).date())) {
            match groups.last_mut() {
                Some((_, last, before)) if *before == intervals => *last = name,
                _ => groups.push((name, name, intervals)),
            }
        }
        let lines = groups.into_iter().filter(|(_, _, intervals)| !intervals.is_empty()).map(
            |(first, last, intervals)| {
                let times: Vec<String> =
                    intervals.iter().map(|(from, to)| format!("{}–{}", clock(*from), clock(*to))).collect();
                let days = if first == last { first.to_owned() } else { format!("{first}–{last}") };
                format!("{days} {}", times.join(", "))
            },
        );
        lines.collect::<Vec<_>>().join("; ")
    }
}

fn clock(time: Time) -> String {
    if time == MIDNIGHT {
        return "24:00".to_owned();
    }
    format!("{}:{:02}", time.hour(), time.minute())
}

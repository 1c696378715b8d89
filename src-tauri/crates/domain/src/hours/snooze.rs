//! The times that are offered for "not now". A time that is past, or that another one already names, is left out.

use jiff::ToSpan as _;
use jiff::civil::{Date, Time, Weekday};

use super::{Hours, Zone};
use crate::time::Timestamp;

const LATER_SECS: i64 = 3 * 3600;
/// "Later today" ends with the working day.
const LATEST: Time = Time::constant(20, 0, 0, 0);
const EVENING: Time = Time::constant(19, 0, 0, 0);
/// So long before it, the evening is no later any more.
const EVENING_UNTIL: Time = Time::constant(18, 0, 0, 0);
const MORNING: Time = Time::constant(8, 0, 0, 0);
const WEEKEND: Time = Time::constant(10, 0, 0, 0);

/// A time that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preset {
    /// Stable word.
    pub code: &'static str,
    /// When.
    pub at: Timestamp,
}

/// What is offered at `now`, soonest kinds first. Without opening hours mornings begin at 8.
pub fn presets(now: Timestamp, zone: &Zone, hours: &Hours) -> Vec<Preset> {
    let local = zone.local(now);
    let today = local.date();
    let later = now.plus_secs(LATER_SECS);
    let same_day = zone.local(later).date() == today && zone.local(later).time() <= LATEST;
    let morning = |date: Date| zone.moment(date, hours.opening(date).unwrap_or(MORNING));
    let next = |weekday: Weekday| today.nth_weekday(1, weekday).ok();
    let offered = [
        ("later_today", same_day.then_some(later)),
        ("this_evening", (local.time() < EVENING_UNTIL).then(|| zone.moment(today, EVENING)).flatten()),
        ("tomorrow", today.checked_add(1.day()).ok().and_then(morning)),
        ("next_opening", hours.next_opening(zone, now)),
        ("weekend", next(Weekday::Saturday).and_then(|date| zone.moment(date, WEEKEND))),
        ("next_week", next(Weekday::Monday).and_then(morning)),
    ];
    let mut presets: Vec<Preset> = Vec::with_capacity(offered.len());
    for (code, at) in offered {
        if let Some(at) = at.filter(|at| *at > now)
            && !presets.iter().any(|known| known.at == at)
        {
            presets.push(Preset { code, at });
        }
    }
    presets
}

//! How long the shop was open between two moments: what a customer's waiting is measured in.
//!
//! Not here: what was waited for (`crate::answering`).

use jiff::ToSpan as _;

use super::{Hours, LOOK_AHEAD_DAYS, Zone, moments};
use crate::time::Timestamp;

impl Hours {
    /// When so many seconds of opening time have passed; `None` if the shop is not open so long within what is looked at.
    pub fn after_open_secs(&self, zone: &Zone, from: Timestamp, secs: i64) -> Option<Timestamp> {
        let (mut date, mut left) = (zone.local(from).date(), secs);
        for _ in 0..LOOK_AHEAD_DAYS {
            for (opens, closes) in self.of(date) {
                let (opens, closes) = (zone.moment(date, *opens)?.max(from), zone.moment(date, *closes)?);
                let open = closes.secs_since(opens).max(0);
                if open > 0 && open >= left {
                    return Some(opens.plus_secs(left));
                }
                left -= open;
            }
            date = date.checked_add(1.day()).ok()?;
        }
        None
    }

    /// Seconds of opening time between two moments; 0 if `to` is not after `from`. Looks at no more than 400 days.
    pub fn open_secs(&self, zone: &Zone, from: Timestamp, to: Timestamp) -> i64 {
        let (mut date, last) = (zone.local(from).date(), zone.local(to).date());
        let mut open = 0;
        for _ in 0..LOOK_AHEAD_DAYS {
            if date > last {
                break;
            }
            for hours in self.of(date) {
                if let Some((opens, closes)) = moments(zone, date, *hours) {
                    open += closes.min(to).secs_since(opens.max(from)).max(0);
                }
            }
            let Ok(next) = date.checked_add(1.day()) else { break };
            date = next;
        }
        open
    }
}

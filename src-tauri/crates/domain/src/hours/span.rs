//! How long the shop was open between two moments: what a customer's waiting is measured in.
//!
//! Not here: what was waited for (`crate::answering`).

use jiff::ToSpan as _;

use super::{Hours, LOOK_AHEAD_DAYS, Zone, moments};
use crate::time::Timestamp;

impl Hours {
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

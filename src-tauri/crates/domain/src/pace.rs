//! How long a first sync will still take, said only while it goes steadily.
//!
//! A number that jumps from two minutes to forty is worse than none. So nothing is said before it was watched for half a
//! minute, nor while the last part of that went much faster or slower than the whole. Pure: the time is an argument.

use std::collections::VecDeque;

use crate::time::Timestamp;

/// What is looked back at.
const WINDOW_SECS: i64 = 120;
/// What must have been seen before anything is said.
const SEEN_SECS: i64 = 30;
const SEEN_STEPS: usize = 5;
/// A longer silence is no pace but a pause: the computer slept, the net was gone.
const SILENCE_SECS: i64 = 45;
/// How far the newer half may differ from the whole.
const STEADY: f64 = 0.35;

/// The steps of one account's first sync.
#[derive(Debug, Clone, Default)]
pub struct Pace {
    steps: VecDeque<(Timestamp, u64)>,
}

impl Pace {
    /// So many messages are left now.
    pub fn note(&mut self, now: Timestamp, left: u64) {
        let broken = self
            .steps
            .back()
            .is_some_and(|(at, before)| !(0..=SILENCE_SECS).contains(&now.secs_since(*at)) || left > *before);
        if broken {
            self.steps.clear();
        }
        self.steps.push_back((now, left));
        while self.steps.front().is_some_and(|(at, _)| now.secs_since(*at) > WINDOW_SECS) {
            self.steps.pop_front();
        }
    }

    /// Whole minutes until nothing is left, at least one; `None` while that cannot be said.
    pub fn minutes_left(&self, now: Timestamp) -> Option<u32> {
        let (first, last) = (self.steps.front()?, self.steps.back()?);
        let seen = last.0.secs_since(first.0);
        if seen < SEEN_SECS || self.steps.len() < SEEN_STEPS || now.secs_since(last.0) > SILENCE_SECS {
            return None;
        }
        let middle = self.steps.iter().find(|(at, _)| last.0.secs_since(*at) <= seen / 2)?;
        let (whole, newer) = (pace(first, last)?, pace(middle, last)?);
        if (newer - whole).abs() > STEADY * whole {
            return None;
        }
        let secs = rate(last.1) / whole;
        let minutes = (secs / 60.0).ceil().clamp(1.0, f64::from(u16::MAX));
        // Between 1 and 65,535 by the line above.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        Some(minutes as u32)
    }
}

/// Messages a second between two steps; `None` if there were none.
fn pace(from: &(Timestamp, u64), to: &(Timestamp, u64)) -> Option<f64> {
    let secs = to.0.0.saturating_sub(from.0.0).max(1);
    let per_sec = rate(from.1.saturating_sub(to.1)) * 1000.0 / rate(u64::try_from(secs).unwrap_or(1));
    (per_sec > 0.0).then_some(per_sec)
}

fn rate(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answer after these steps of (seconds, messages left).
    fn after(steps: &[(i64, u64)]) -> Option<u32> {
        let mut pace = Pace::default();
        for (secs, left) in steps {
            pace.note(Timestamp::from_secs(*secs), *left);
        }
        pace.minutes_left(Timestamp::from_secs(steps.last().map_or(0, |step| step.0)))
    }

    fn steady(secs: i64, from: u64, each: u64) -> Vec<(i64, u64)> {
        (0..=secs / 5).map(|n| (n * 5, from - each * u64::try_from(n).unwrap())).collect()
    }

    #[test]
    fn a_steady_pace_says_when_it_ends() {
        assert_eq!(after(&steady(60, 10_000, 100)), Some(8), "8,800 left at 20 a second");
        assert_eq!(after(&steady(60, 1_210, 100)), Some(1), "never none while something is left");
    }

    #[test]
    fn nothing_is_said_too_early_or_while_it_jumps() {
        assert_eq!(after(&steady(25, 10_000, 100)), None, "too early");
        assert_eq!(after(&[(0, 900), (40, 800)]), None, "two steps are no pace");
        let mut slower = steady(40, 10_000, 400);
        slower.extend((1..=8).map(|n| (40 + n * 5, 6_800 - 10 * u64::try_from(n).unwrap())));
        assert_eq!(after(&slower), None, "it became much slower");
        let stuck: Vec<_> = (0..12).map(|n| (n * 5, 500)).collect();
        assert_eq!(after(&stuck), None, "nothing moves");
    }

    #[test]
    fn a_pause_and_a_wider_wish_begin_anew() {
        let mut slept = steady(60, 10_000, 100);
        slept.push((3_600, 8_700));
        assert_eq!(after(&slept), None);
        let mut wider = steady(60, 10_000, 100);
        wider.push((65, 90_000));
        assert_eq!(after(&wider), None);
        let mut pace = Pace::default();
        steady(60, 10_000, 100).iter().for_each(|(secs, left)| pace.note(Timestamp::from_secs(*secs), *left));
        assert_eq!(pace.minutes_left(Timestamp::from_secs(600)), None, "long ago");
    }
}

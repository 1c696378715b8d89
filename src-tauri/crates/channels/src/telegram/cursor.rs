//! Where polling goes on, and when it was last done.

use serde::{Deserialize, Serialize};
use theke_domain::time::Timestamp;

use crate::channel::{Cursor, Update};

/// Telegram drops updates that nobody fetched for this long. <https://core.telegram.org/bots/api#getting-updates>
const KEPT_SECS: i64 = 24 * 3600;
/// A clock that jumps farther than this was wrong before or is now: no pause of a shop is so long.
const PAUSE_MAX_SECS: i64 = 366 * 24 * 3600;
/// The saved time may lag by this much, so that an idle bot does not write to the disk at each poll.
const LAG_SECS: i64 = 600;
/// "If there are no new updates for at least a week, then identifier of the next update will be chosen randomly":
/// after this long no offset is named, since a lower identifier would never be seen.
const SEQUENCE_SECS: i64 = 6 * 24 * 3600;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Position {
    /// One more than the newest stored update.
    next: Option<i64>,
    /// When updates were last asked for, by Telegram's clock, in seconds.
    asked_at: Option<i64>,
    /// The same by this computer's clock.
    asked_here_at: Option<i64>,
    /// When the newest stored update was fetched, by this computer's clock, in seconds.
    update_at: Option<i64>,
}

impl Position {
    pub(super) fn read(cursor: &Cursor) -> Self {
        serde_json::from_str(&cursor.0).unwrap_or_default()
    }

    pub(super) fn write(&self) -> Cursor {
        Cursor(serde_json::to_string(self).unwrap_or_default())
    }

    /// The offset to ask with: it confirms everything before it. `now` is this computer's clock.
    pub(super) fn offset(&self, now: Timestamp) -> Option<i64> {
        let is_fresh = self.update_at.is_some_and(|at| now.secs() - at < SEQUENCE_SECS);
        self.next.filter(|_| is_fresh)
    }

    /// Updates up to `newest` were fetched at `now` by Telegram's clock, `local` by this computer's. Says what may be
    /// missing: by Telegram's clock, which is the one that counts, or else by ours, since a relay in between may say
    /// what time it likes and a notice too many is better than one too few.
    pub(super) fn fetched(
        &mut self,
        newest: Option<i64>,
        now: Timestamp,
        local: Timestamp,
    ) -> Option<Update> {
        let gap =
            gap(self.asked_at, now, i64::MAX).or_else(|| gap(self.asked_here_at, local, PAUSE_MAX_SECS));
        if let Some(newest) = newest {
            self.next = Some(newest.saturating_add(1));
            self.update_at = Some(local.secs());
        }
        if self.asked_at.is_none_or(|asked| now.secs() - asked >= LAG_SECS || now.secs() < asked) {
            self.asked_at = Some(now.secs());
        }
        if self.asked_here_at.is_none_or(|asked| !(0..LAG_SECS).contains(&(local.secs() - asked))) {
            self.asked_here_at = Some(local.secs());
        }
        gap
    }
}

/// What may be missing at `now` if updates were last asked for at `asked`, by the same clock.
fn gap(asked: Option<i64>, now: Timestamp, pause_max_secs: i64) -> Option<Update> {
    let asked = asked.filter(|asked| (KEPT_SECS + 1..=pause_max_secs).contains(&(now.secs() - asked)))?;
    Some(Update::Gap { since: Timestamp::from_secs(asked), until: now.plus_secs(-KEPT_SECS) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_secs(hours * HOUR)
    }

    #[test]
    fn a_day_without_asking_is_a_gap() {
        let mut position = Position::default();
        assert_eq!(
            position.fetched(None, at(1000), at(1000)),
            None,
            "before the first poll nothing was promised"
        );
        assert_eq!(position.fetched(None, at(1023), at(1023)), None);
        let gap = position.fetched(None, at(1060), at(1060));
        assert_eq!(gap, Some(Update::Gap { since: at(1023), until: at(1036) }));
        assert_eq!(position.fetched(None, at(1061), at(1061)), None);
    }

    #[test]
    fn our_own_clock_says_so_too_unless_it_jumped() {
        let mut position = Position::default();
        position.fetched(None, at(1000), at(2000));
        let gap = position.fetched(None, at(1001), at(2030));
        assert_eq!(gap, Some(Update::Gap { since: at(2000), until: at(2006) }));
        assert_eq!(position.fetched(None, at(1002), at(2031)), None, "said once");
        assert_eq!(position.fetched(None, at(1003), at(900_000)), None, "a clock that was set right");
        assert_eq!(position.fetched(None, at(1004), at(3000)), None, "and back");
    }

    #[test]
    fn an_idle_poll_changes_nothing_for_ten_minutes() {
        let mut position = Position::default();
        position.fetched(None, Timestamp::from_secs(1000), Timestamp::from_secs(1000));
        let before = position.clone();
        position.fetched(None, Timestamp::from_secs(1500), Timestamp::from_secs(1500));
        assert_eq!(position, before);
    }

    #[test]
    fn after_a_week_of_silence_no_offset_is_named() {
        let mut position = Position::default();
        position.fetched(Some(7), at(0), at(0));
        assert_eq!(position.offset(at(24)), Some(8));
        assert_eq!(position.offset(at(24 * 7)), None);
    }
}

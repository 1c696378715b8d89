//! How long somebody waits who typed a wrong secret: a few mistakes cost nothing, guessing does not pay.
//!
//! Not here: the secrets, and where the count is kept.

use crate::time::Timestamp;

/// Mistakes that cost nothing.
const FREE: u32 = 4;
/// The first wait; each further mistake doubles it.
const FIRST_SECS: i64 = 5;
/// The longest.
const LONGEST_SECS: i64 = 300;

/// How long after the last of so many mistakes in a row the next try is taken.
pub fn wait_secs(wrong: u32) -> i64 {
    match wrong.checked_sub(FREE + 1) {
        None => 0,
        Some(more) => (FIRST_SECS << more.min(6)).min(LONGEST_SECS),
    }
}

/// How long it is still to be waited; 0 if a try is taken. A clock that was set back begins the wait anew.
pub fn left_secs(wrong: u32, last_at: Timestamp, now: Timestamp) -> i64 {
    (wait_secs(wrong) - now.secs_since(last_at).max(0)).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_ends() {
        let waits: Vec<_> = (0..14).map(wait_secs).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 300, 300, 300]);
        assert_eq!(wait_secs(u32::MAX), LONGEST_SECS);
    }

    #[test]
    fn it_is_over_when_the_time_is_over() {
        let last = Timestamp::from_secs(1000);
        for (now, left) in [(1000, 20), (1019, 1), (1020, 0), (5000, 0), (1, 20)] {
            assert_eq!(left_secs(7, last, Timestamp::from_secs(now)), left, "{now}");
        }
    }
}

//! How long to wait before an account is tried again.
//!
//! Doubling with jitter, so that twenty accounts of one provider do not come back in one second, and capped, so that
//! a shop that opens its laptop is served soon. Pure: the random part is an argument.

use std::time::Duration;

const FIRST_SECS: u64 = 5;
const LONGEST_SECS: u64 = 5 * 60;
/// A refused login is asked again rarely: each try may count towards a lock at the provider.
const ATTENTION_SECS: u64 = 30 * 60;

/// The pause after `failures` failed tries in a row. `random` is any number.
pub fn pause(failures: u32, needs_attention: bool, random: u64) -> Duration {
    if needs_attention {
        return Duration::from_secs(ATTENTION_SECS);
    }
    let doubled = FIRST_SECS.saturating_mul(1 << failures.saturating_sub(1).min(16)).min(LONGEST_SECS);
    let half = doubled / 2;
    Duration::from_millis(half * 1000 + random % (half * 1000 + 1))
}

/// A random number for jitter; 0 if the system has none, which only makes the pause shorter.
pub fn random() -> u64 {
    let mut bytes = [0; 8];
    let _ = getrandom::fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_bounded() {
        assert!(pause(1, false, 0) >= Duration::from_secs(2));
        assert!(pause(1, false, u64::MAX) <= Duration::from_secs(5));
        for failures in 0..200 {
            assert!(pause(failures, false, u64::MAX) <= Duration::from_secs(LONGEST_SECS));
        }
        assert!(pause(10, false, 0) >= Duration::from_secs(LONGEST_SECS / 2 - 1));
    }
}

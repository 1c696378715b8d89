//! How long to wait before the next attempt.

/// Attempts that a message gets; failures of the account or the network are not counted.
pub const MAX_ATTEMPTS: u32 = 15;

/// The first wait.
const FIRST_SECS: u64 = 30;
/// The longest wait.
const LONGEST_SECS: u64 = 30 * 60;

/// Seconds until the next attempt after `attempts` failed ones: 30, 60, 120 … up to half an hour, a quarter more or
/// less by `jitter` (0 to 1), so that many messages do not come back at the same moment.
pub fn backoff_secs(attempts: u32, jitter: f64) -> i64 {
    let doublings = attempts.saturating_sub(1).min(16);
    let secs = (FIRST_SECS << doublings).min(LONGEST_SECS);
    let jitter = if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 0.5 };
    (secs as f64 * (0.75 + 0.5 * jitter)) as i64
}

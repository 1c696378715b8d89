//! Places where a test may kill the program: before and after every commit and every line of the attempts log.
//!
//! Built only with the feature `crash-points`, which no release has. `THEKE_CRASH_AT=n` ends the process at the
//! n-th place without any clean-up, as a pulled plug of the process would; the kernel still writes what it was given.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

static PASSED: AtomicU64 = AtomicU64::new(0);
static END_AT: OnceLock<Option<u64>> = OnceLock::new();

/// One such place.
pub(crate) fn point() {
    let end_at = END_AT.get_or_init(|| std::env::var("THEKE_CRASH_AT").ok()?.parse().ok());
    let Some(end_at) = end_at else { return };
    if PASSED.fetch_add(1, Ordering::SeqCst) + 1 == *end_at {
        std::process::abort();
    }
}

//! A gateway's patience: not more than so many requests in any minute. Sends are not counted, so an answer never
//! waits behind the polling.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

const MINUTE: Duration = Duration::from_secs(60);

#[derive(Debug)]
pub(super) struct Budget {
    per_minute: usize,
    taken: Mutex<VecDeque<Instant>>,
}

impl Budget {
    pub(super) fn new(per_minute: u32) -> Self {
        Self { per_minute: per_minute.max(1) as usize, taken: Mutex::default() }
    }

    /// Returns once another request may be made.
    pub(super) async fn take(&self) {
        while let Some(until) = self.full_until() {
            tokio::time::sleep_until(until).await;
        }
    }

    fn full_until(&self) -> Option<Instant> {
        let now = Instant::now();
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        while taken.front().is_some_and(|at| now.duration_since(*at) >= MINUTE) {
            taken.pop_front();
        }
        if taken.len() < self.per_minute {
            taken.push_back(now);
            return None;
        }
        taken.front().map(|at| *at + MINUTE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn the_minute_after_a_full_one_begins_when_the_first_request_is_a_minute_old() {
        let budget = Budget::new(2);
        let start = Instant::now();
        for _ in 0..5 {
            budget.take().await;
        }
        assert_eq!(start.elapsed().as_secs(), 120);
    }
}

//! Where a listing goes on: the text inside the [`Cursor`].
//!
//! It keeps a lower bound and, within the look-back, short hashes of what was handed in, so that a poll without
//! news brings nothing to store. The hashes are bounded; what falls out is recognised by its remote id in the
//! intake. A listing of many pages goes on in the next batch, and the lower bound moves only at its end.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use theke_domain::time::Timestamp;

use crate::channel::Cursor;

const SEEN_MAX: usize = 2000;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Position {
    /// The newest message of the listings that were completed, in milliseconds.
    since: Option<i64>,
    /// Its id, for gateways that go on by id.
    since_id: Option<String>,
    /// The newest of the listing under way.
    top: Option<i64>,
    top_id: Option<String>,
    /// The next page of the listing under way.
    pub(super) page: Option<Next>,
    /// A hash of each recent message's id, with its time in seconds.
    seen: BTreeMap<String, i64>,
}

/// A page after the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Next {
    Url(String),
    Number(u32),
    Skip(u64),
}

fn short(id: &str) -> String {
    let digest = Sha256::digest(id.as_bytes());
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

impl Position {
    /// Reads a cursor. What is no position starts again: everything is listed once more and recognised.
    pub(super) fn read(cursor: &Cursor) -> Self {
        serde_json::from_str(&cursor.0).unwrap_or_default()
    }

    pub(super) fn write(&self) -> Cursor {
        Cursor(serde_json::to_string(self).unwrap_or_default())
    }

    /// The lower bound of the listing under way.
    pub(super) fn since(&self) -> Option<Timestamp> {
        self.since.map(Timestamp)
    }

    pub(super) fn since_id(&self) -> Option<&str> {
        self.since_id.as_deref()
    }

    /// Notes a message; false if it was noted before. A time after `now` does not move the bound: a phone with a
    /// wrong clock would otherwise hide all that comes until then.
    pub(super) fn note(&mut self, id: &str, provider_id: &str, at: Timestamp, now: Timestamp) -> bool {
        let at = at.min(now);
        if self.top.is_none_or(|top| at.0 >= top) {
            self.top = Some(at.0);
            self.top_id = Some(provider_id.to_owned());
        }
        self.seen.insert(short(id), at.secs()).is_none()
    }

    pub(super) fn knows(&self, id: &str) -> bool {
        self.seen.contains_key(&short(id))
    }

    /// The listing reached its end: the next one begins at its newest message less `lookback_s`.
    pub(super) fn finish(&mut self, lookback_s: u32) {
        if self.top > self.since {
            self.since = self.top;
            self.since_id = self.top_id.take();
        }
        self.top = None;
        self.top_id = None;
        self.page = None;
        if let Some(since) = self.since() {
            // One day more than is asked for again: gateways that take only days list the whole first one.
            let oldest = since.plus_secs(-i64::from(lookback_s) - 86_400).secs();
            self.seen.retain(|_, at| *at >= oldest);
        }
        self.forget_surplus();
    }

    /// Keeps the newest [`SEEN_MAX`].
    pub(super) fn forget_surplus(&mut self) {
        let surplus = self.seen.len().saturating_sub(SEEN_MAX);
        if surplus == 0 {
            return;
        }
        let mut by_age: Vec<(i64, String)> = self.seen.iter().map(|(id, at)| (*at, id.clone())).collect();
        by_age.sort_unstable();
        for (_, id) in by_age.into_iter().take(surplus) {
            self.seen.remove(&id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_moves_only_at_the_end_and_never_into_the_future() {
        let now = Timestamp::from_secs(1_000_000);
        let mut position = Position::default();
        assert!(position.note("a", "a", Timestamp::from_secs(900_000), now));
        assert!(!position.note("a", "a", Timestamp::from_secs(900_000), now));
        assert!(position.note("b", "b", Timestamp::from_secs(9_000_000), now));
        assert_eq!(position.since(), None);
        position.finish(3600);
        assert_eq!(position.since(), Some(now));
        let again = Position::read(&position.write());
        assert_eq!(again, position);
        assert!(again.knows("b") && !again.knows("a"), "what is older than the look-back is let go");
    }

    #[test]
    fn the_memory_is_bounded() {
        let now = Timestamp::from_secs(1_000_000);
        let mut position = Position::default();
        for n in 0..5000 {
            position.note(&format!("id {n}"), "", Timestamp::from_secs(990_000 + n), now);
        }
        position.finish(86_400);
        assert!(position.seen.len() <= SEEN_MAX);
        assert!(position.knows("id 4999") && !position.knows("id 0"));
    }

    #[test]
    fn a_cursor_that_is_none_starts_again() {
        assert_eq!(Position::read(&Cursor("12345".to_owned())), Position::default());
    }
}

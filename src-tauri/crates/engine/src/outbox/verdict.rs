//! What follows from the end of an attempt: a channel's error in the words of `domain::outbox`, which decides.

use std::time::Duration;

use theke_channels::{Error, ErrorKind, Retry};
use theke_domain::outbox::{self as machine, Again, Blame, Event, Row, State};
use theke_domain::time::Timestamp;
use theke_store::table::outbox::Entry;

/// What becomes of the row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Back to waiting.
    Later {
        /// Until then.
        due_at: Timestamp,
        /// The attempt counts.
        counted: bool,
    },
    /// Refused for good.
    Failed,
    /// Nobody knows whether it went out.
    Doubt,
}

/// Judges the end of attempt number `attempt`. `passed`: the point of no return was passed, so "no connection" no
/// longer means "not sent". `jitter` is 0 to 1.
pub fn of(error: &Error, passed: bool, entry: &Entry, attempt: u32, jitter: f64, now: Timestamp) -> Verdict {
    let row = Row {
        state: if passed { State::Committed } else { State::Sending },
        attempts: attempt,
        due_at: entry.due_at,
        waiting_since: entry.wanted_at,
    };
    let unclear = matches!(error.kind, ErrorKind::Network | ErrorKind::Protocol);
    let event = Event::Failed {
        ambiguous: error.ambiguous || (passed && unclear),
        again: again(error.retry, now),
        blame: blame(error),
        jitter,
    };
    match machine::step(&row, event, now) {
        Ok(next) => match next.state {
            State::Queued => Verdict::Later { due_at: next.due_at, counted: next.attempts == attempt },
            State::Failed => Verdict::Failed,
            _ => Verdict::Doubt,
        },
        // Cannot be: the event fits both states. Asking is never wrong.
        Err(_) => Verdict::Doubt,
    }
}

/// Whether the account needs a person before anything goes out by it.
pub fn is_account_trouble(error: &Error) -> bool {
    blame(error) == Blame::Account
}

fn blame(error: &Error) -> Blame {
    match error.kind {
        ErrorKind::Auth | ErrorKind::Certificate | ErrorKind::Config => Blame::Account,
        // Out of credit: nothing about the message would change that.
        ErrorKind::RateLimited if error.retry == Retry::Never => Blame::Account,
        ErrorKind::Network | ErrorKind::RateLimited => Blame::Network,
        ErrorKind::Protocol | ErrorKind::Rejected | ErrorKind::Unsupported => Blame::Message,
    }
}

fn again(retry: Retry, now: Timestamp) -> Again {
    match retry {
        Retry::Never => Again::Never,
        Retry::Backoff => Again::Backoff,
        Retry::After(pause) => Again::NotBefore(after(now, pause)),
    }
}

fn after(now: Timestamp, pause: Duration) -> Timestamp {
    now.plus_secs(i64::try_from(pause.as_secs()).unwrap_or(i64::MAX).max(1))
}

#[cfg(test)]
mod tests {
    use theke_domain::address::Address;
    use theke_domain::ids::{AccountId, ContactId, DecisionId, MessageId};
    use theke_domain::message::ClientReference;
    use theke_store::table::outbox::State as Stored;

    use super::*;

    const NOW: Timestamp = Timestamp::from_secs(1_000_000);

    fn entry() -> Entry {
        Entry {
            message_id: MessageId(1),
            decision_id: DecisionId(1),
            account_id: AccountId(1),
            contact_id: ContactId(1),
            address: Address::Email { value: "rosa@kunde.example".into() },
            reference: ClientReference("<1@shop.example>".into()),
            state: Stored::Sending,
            attempts: 1,
            queued_at: NOW,
            wanted_at: NOW,
            due_at: NOW,
            confirmed_at: None,
            finished_at: None,
            after_send: false,
            remote_id: None,
            trouble: None,
        }
    }

    fn judged(error: &Error, passed: bool) -> Verdict {
        of(error, passed, &entry(), 1, 0.5, NOW)
    }

    fn counted(verdict: Verdict) -> Option<bool> {
        match verdict {
            Verdict::Later { counted, .. } => Some(counted),
            _ => None,
        }
    }

    #[test]
    fn the_end_of_an_attempt_is_judged() {
        let new = Error::new;
        assert_eq!(counted(judged(&new(ErrorKind::Network, ""), false)), Some(false), "offline means queued");
        assert_eq!(judged(&new(ErrorKind::Network, ""), true), Verdict::Doubt);
        assert_eq!(judged(&new(ErrorKind::RateLimited, "").ambiguous(), true), Verdict::Doubt);
        for kind in [ErrorKind::Auth, ErrorKind::Certificate, ErrorKind::Config] {
            assert_eq!(counted(judged(&new(kind, ""), false)), Some(false), "{kind:?} uses no attempt up");
        }
        assert_eq!(judged(&new(ErrorKind::Rejected, ""), true), Verdict::Failed);
        let later = new(ErrorKind::Rejected, "").with_retry(Retry::Backoff);
        assert_eq!(
            counted(judged(&later, true)),
            Some(true),
            "a definite 4xx behind the marker is tried again"
        );
    }

    #[test]
    fn the_providers_own_time_wins() {
        let error = Error::new(ErrorKind::RateLimited, "").with_retry(Retry::After(Duration::from_secs(77)));
        assert_eq!(judged(&error, false), Verdict::Later { due_at: NOW.plus_secs(77), counted: false });
    }
}

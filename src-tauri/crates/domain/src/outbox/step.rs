//! One event and where it leads.

use crate::time::Timestamp;

use super::{Again, Blame, HOLD_AFTER_SECS, MAX_ATTEMPTS, Row, State, backoff_secs};

/// What happens to a message.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event {
    /// The loop wants to send it. Leads to `sending` with the attempt counted, or to `held`.
    AttemptStarts,
    /// The channel is about to pass the point of no return.
    MarkerPassed,
    /// The provider has taken it.
    Accepted,
    /// The attempt failed.
    Failed {
        /// The channel does not know whether it went out. Only believed behind the marker: before it, nothing can
        /// have left.
        ambiguous: bool,
        /// Whether and when to try again.
        again: Again,
        /// Who was to blame.
        blame: Blame,
        /// 0 to 1, for the backoff.
        jitter: f64,
    },
    /// A message in doubt was looked for at the provider.
    LookedUp {
        /// It is there.
        found: bool,
    },
    /// A person takes it back, or gives it up.
    Cancel,
    /// A person says "send it", whatever became of it before.
    RetryByPerson,
}

/// The event does not fit the state; nothing changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAllowed {
    /// It is already under way or gone.
    TooLate,
    /// It is not its time yet.
    NotDue,
    /// The event belongs to another state.
    WrongState,
}

/// The row after `event`.
///
/// # Errors
/// [`NotAllowed`] if the event does not fit; the caller leaves the row as it is.
pub fn step(row: &Row, event: Event, now: Timestamp) -> Result<Row, NotAllowed> {
    let to = |state: State| Ok(Row { state, ..*row });
    match (row.state, event) {
        (State::Queued, Event::AttemptStarts) => attempt(row, now),
        (State::Sending, Event::MarkerPassed) => to(State::Committed),
        (State::Sending | State::Committed, Event::Accepted) => to(State::Sent),
        (State::Committed, Event::Failed { ambiguous: true, .. }) => to(State::InDoubt),
        (State::Sending | State::Committed, Event::Failed { again, blame, jitter, .. }) => {
            Ok(failed(row, again, blame, jitter, now))
        }
        (State::InDoubt, Event::LookedUp { found }) => to(if found { State::Sent } else { State::InDoubt }),
        (State::Queued | State::Held | State::Failed | State::InDoubt, Event::Cancel) => to(State::Cancelled),
        (State::Queued | State::Held | State::Failed | State::InDoubt, Event::RetryByPerson) => {
            Ok(Row { state: State::Queued, attempts: 0, due_at: now, waiting_since: now })
        }
        (_, Event::Cancel | Event::RetryByPerson) => Err(NotAllowed::TooLate),
        _ => Err(NotAllowed::WrongState),
    }
}

fn attempt(row: &Row, now: Timestamp) -> Result<Row, NotAllowed> {
    if now < row.due_at {
        return Err(NotAllowed::NotDue);
    }
    if now.secs_since(row.waiting_since) > HOLD_AFTER_SECS {
        return Ok(Row { state: State::Held, ..*row });
    }
    Ok(Row { state: State::Sending, attempts: row.attempts.saturating_add(1), ..*row })
}

/// After a definite refusal: nothing has left.
fn failed(row: &Row, again: Again, blame: Blame, jitter: f64, now: Timestamp) -> Row {
    let counted = blame == Blame::Message;
    let gives_up = counted && (again == Again::Never || row.attempts >= MAX_ATTEMPTS);
    if gives_up {
        return Row { state: State::Failed, ..*row };
    }
    // An account that is refused "for good" is mended by a person, and then its messages go.
    let wait = now.plus_secs(backoff_secs(row.attempts, jitter));
    let due_at = match again {
        Again::NotBefore(at) => at.max(now),
        Again::Backoff | Again::Never => wait,
    };
    let attempts = if counted { row.attempts } else { row.attempts.saturating_sub(1) };
    Row { state: State::Queued, attempts, due_at, waiting_since: row.waiting_since }
}

/// The state in which a row is found again after a crash, at the opening of the file.
///
/// - `witnessed`: the witness beside the database knows of an attempt that the row does not (the row says that
///   nothing is under way, but an attempt was begun and its end not written down). Keep the beginning and the end
///   of each attempt there, so that an attempt that ended in a retry is not taken for one.
/// - `restored`: the file comes from a backup or was healed; what a newer file sent is not known.
///
/// A row in doubt is looked up by its reference where the channel can, with [`Event::LookedUp`].
pub fn recover(state: State, witnessed: bool, restored: bool) -> State {
    match state {
        State::Sent | State::Cancelled | State::Failed | State::InDoubt => state,
        State::Queued | State::Held | State::Sending
            if restored || (witnessed && state != State::Sending) =>
        {
            State::InDoubt
        }
        // Before the marker nothing can have left: the attempt is made again.
        State::Sending | State::Queued => State::Queued,
        State::Held => State::Held,
        State::Committed => State::InDoubt,
    }
}

//! The table of the machine, and a provider that loses answers while the program crashes.

use proptest::prelude::*;

use super::*;

const NOW: Timestamp = Timestamp::from_secs(1_800_000_000);

fn row(state: State) -> Row {
    Row { state, attempts: 1, due_at: NOW, waiting_since: NOW }
}

fn failure(ambiguous: bool, again: Again, blame: Blame) -> Event {
    Event::Failed { ambiguous, again, blame, jitter: 0.5 }
}

#[test]
fn every_event_in_every_state() {
    let definite = failure(false, Again::Backoff, Blame::Message);
    let ambiguous = failure(true, Again::Backoff, Blame::Network);
    let never = failure(false, Again::Never, Blame::Message);
    let found = Event::LookedUp { found: true };
    let table: [(State, [&str; 9]); 8] = [
        //                 starts     marker       accepted   definite   ambiguous   never      found      cancel       retry
        (State::Queued, ["sending", "-", "-", "-", "-", "-", "-", "cancelled", "queued"]),
        (State::Sending, ["-", "committed", "sent", "queued", "queued", "failed", "-", "-", "-"]),
        (State::Committed, ["-", "-", "sent", "queued", "in_doubt", "failed", "-", "-", "-"]),
        (State::Sent, ["-", "-", "-", "-", "-", "-", "-", "-", "-"]),
        (State::Held, ["-", "-", "-", "-", "-", "-", "-", "cancelled", "queued"]),
        (State::Failed, ["-", "-", "-", "-", "-", "-", "-", "cancelled", "queued"]),
        (State::InDoubt, ["-", "-", "-", "-", "-", "-", "sent", "cancelled", "queued"]),
        (State::Cancelled, ["-", "-", "-", "-", "-", "-", "-", "-", "-"]),
    ];
    let events = [
        Event::AttemptStarts,
        Event::MarkerPassed,
        Event::Accepted,
        definite,
        ambiguous,
        never,
        found,
        Event::Cancel,
        Event::RetryByPerson,
    ];
    for (state, expected) in table {
        for (event, expected) in events.iter().zip(expected) {
            let after = step(&row(state), *event, NOW).map_or("-", |row| row.state.word());
            assert_eq!(after, expected, "{state:?} {event:?}");
        }
        assert_eq!(State::parse(state.word()), Some(state));
    }
}

#[test]
fn attempts_are_counted_before_and_given_back_where_the_message_is_not_to_blame() {
    let queued = Row::queued(NOW);
    assert_eq!(step(&queued, Event::AttemptStarts, NOW.plus_secs(-1)), Err(NotAllowed::NotDue));
    let sending = step(&queued, Event::AttemptStarts, NOW).unwrap();
    assert_eq!(sending.attempts, 1);
    for blame in [Blame::Account, Blame::Network] {
        let after = step(&sending, failure(false, Again::Never, blame), NOW).unwrap();
        assert_eq!((after.state, after.attempts), (State::Queued, 0));
        assert!(after.due_at > NOW);
    }
    let named = NOW.plus_secs(500);
    let after = step(&sending, failure(false, Again::NotBefore(named), Blame::Message), NOW).unwrap();
    assert_eq!((after.state, after.attempts, after.due_at), (State::Queued, 1, named));
    let worn = Row { attempts: MAX_ATTEMPTS, ..sending };
    assert_eq!(
        step(&worn, failure(false, Again::Backoff, Blame::Message), NOW).unwrap().state,
        State::Failed
    );
}

#[test]
fn what_waited_a_day_asks() {
    let queued = Row::queued(NOW);
    let later = NOW.plus_secs(HOLD_AFTER_SECS + 1);
    let held = step(&queued, Event::AttemptStarts, later).unwrap();
    assert_eq!((held.state, held.attempts), (State::Held, 0));
    let confirmed = step(&held, Event::RetryByPerson, later).unwrap();
    assert_eq!(step(&confirmed, Event::AttemptStarts, later).unwrap().state, State::Sending);
    assert_eq!(
        step(&queued, Event::AttemptStarts, NOW.plus_secs(HOLD_AFTER_SECS)).unwrap().state,
        State::Sending
    );
}

#[test]
fn after_a_crash() {
    let table = [
        (State::Queued, ["queued", "in_doubt", "in_doubt"]),
        (State::Sending, ["queued", "queued", "in_doubt"]),
        (State::Committed, ["in_doubt", "in_doubt", "in_doubt"]),
        (State::Sent, ["sent", "sent", "sent"]),
        (State::Held, ["held", "in_doubt", "in_doubt"]),
        (State::Failed, ["failed", "failed", "failed"]),
        (State::InDoubt, ["in_doubt", "in_doubt", "in_doubt"]),
        (State::Cancelled, ["cancelled", "cancelled", "cancelled"]),
    ];
    for (state, [plain, witnessed, restored]) in table {
        assert_eq!(recover(state, false, false).word(), plain);
        assert_eq!(recover(state, true, false).word(), witnessed);
        assert_eq!(recover(state, false, true).word(), restored);
    }
}

#[test]
fn the_wait_grows_and_ends_growing() {
    let waits: Vec<i64> = (1..8).map(|attempts| backoff_secs(attempts, 0.5)).collect();
    assert_eq!(waits, [30, 60, 120, 240, 480, 960, 1800]);
    assert_eq!(backoff_secs(u32::MAX, 0.5), 1800);
    assert_eq!((backoff_secs(1, 0.0), backoff_secs(1, 1.0), backoff_secs(1, f64::NAN)), (22, 37, 30));
}

/// What the world does in one turn of the simulation.
#[derive(Debug, Clone, Copy)]
enum Turn {
    Send { takes_it: bool, answers: bool, reaches_marker: bool },
    Crash { reaches_marker: bool, takes_it: bool },
    Wait(i64),
}

fn any_turn() -> impl Strategy<Value = Turn> {
    prop_oneof![
        any::<[bool; 3]>().prop_map(|[takes_it, answers, reaches_marker]| Turn::Send {
            takes_it,
            answers,
            reaches_marker
        }),
        any::<[bool; 2]>().prop_map(|[reaches_marker, takes_it]| Turn::Crash { reaches_marker, takes_it }),
        (1i64..40_000).prop_map(Turn::Wait),
    ]
}

proptest! {
    #[test]
    fn nothing_is_sent_twice_unasked(turns in proptest::collection::vec(any_turn(), 1..40)) {
        let (mut row, mut now, mut taken) = (Row::queued(NOW), NOW, 0);
        for turn in turns {
            if let Turn::Wait(secs) = turn {
                now = now.plus_secs(secs);
                continue;
            }
            let Ok(started) = step(&row, Event::AttemptStarts, now) else { continue };
            row = started;
            if row.state != State::Sending {
                continue;
            }
            let (reaches_marker, takes_it) = match turn {
                Turn::Send { takes_it, reaches_marker, .. } | Turn::Crash { reaches_marker, takes_it } => (reaches_marker, takes_it),
                Turn::Wait(_) => unreachable!(),
            };
            if reaches_marker {
                row = step(&row, Event::MarkerPassed, now).unwrap();
                taken += i32::from(takes_it);
            }
            match turn {
                Turn::Send { answers: true, .. } if reaches_marker && takes_it => row = step(&row, Event::Accepted, now).unwrap(),
                Turn::Send { answers, .. } => {
                    row = step(&row, failure(!answers, Again::Backoff, Blame::Message), now).unwrap();
                }
                _ => row.state = recover(row.state, false, false),
            }
            prop_assert!(taken <= 1);
            prop_assert!(taken == 0 || matches!(row.state, State::Sent | State::InDoubt));
        }
    }

    #[test]
    fn from_sent_there_is_no_way_back(attempts in 0u32..99, secs in -1_000_000i64..1_000_000, jitter in 0f64..1.0) {
        let sent = Row { attempts, ..row(State::Sent) };
        let now = NOW.plus_secs(secs);
        for blame in [Blame::Message, Blame::Account, Blame::Network] {
            let event = Event::Failed { ambiguous: secs > 0, again: Again::Backoff, blame, jitter };
            prop_assert!(step(&sent, event, now).is_err());
        }
        for event in [Event::AttemptStarts, Event::MarkerPassed, Event::Accepted, Event::LookedUp { found: false }, Event::Cancel, Event::RetryByPerson] {
            prop_assert!(step(&sent, event, now).is_err());
        }
        for (witnessed, restored) in [(false, false), (true, false), (false, true), (true, true)] {
            prop_assert_eq!(recover(State::Sent, witnessed, restored), State::Sent);
        }
    }
}

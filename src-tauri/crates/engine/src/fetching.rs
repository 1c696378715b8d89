//! How far the first sync is, per account and for all together: what a person reads while older messages come in.
//!
//! Where it stands is in the account's row; only its pace is remembered here, since after a start it begins anew. Not
//! here: the fetching ([`crate::poller`]).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use theke_domain::ids::AccountId;
use theke_domain::pace::Pace;
use theke_domain::time::Timestamp;
use theke_store::table::accounts::Account;
use theke_store::{Connection, Result, search};

use crate::api::types::FetchingView;
use crate::api::view;
use crate::shared::Shared;

/// How fast each account goes.
#[derive(Default)]
pub struct Paces(Mutex<HashMap<AccountId, Pace>>);

impl Paces {
    /// So many messages are left; `None` at the end.
    pub fn note(&self, id: AccountId, now: Timestamp, left: Option<u64>) {
        let mut paces = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match left {
            Some(left) => paces.entry(id).or_default().note(now, left),
            None => drop(paces.remove(&id)),
        }
    }

    /// What was seen says nothing about what comes.
    pub fn forget(&self, id: AccountId) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
    }

    fn minutes_left(&self, id: AccountId, now: Timestamp) -> Option<u32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&id)?.minutes_left(now)
    }
}

/// How far an account is; `None` if nothing older is being fetched.
pub fn of_account(
    conn: &Connection,
    row: &Account,
    shared: &Shared,
    now: Timestamp,
) -> Result<Option<FetchingView>> {
    let Some(remaining) = row.remaining.filter(|left| *left > 0) else { return Ok(None) };
    // What is here and not searchable yet is newer than what is not here, so it holds the search back further.
    let unindexed = search::messages::newest_waiting(conn)?;
    let reaches_to = row.reaches_to.map(|reach| unindexed.map_or(reach, |newest| reach.max(newest)));
    let metered = shared.network.holds_back();
    let goes_on = row.enabled && !row.fetching_paused && !metered;
    Ok(Some(FetchingView {
        loaded: row.total.map(|total| total.saturating_sub(remaining)),
        remaining,
        reaches_to: reaches_to.map(view::at),
        paused: row.fetching_paused,
        metered,
        minutes_left: if goes_on { shared.paces.minutes_left(row.id, now) } else { None },
    }))
}

/// All that are being fetched, as one: the search reaches as far as that of the slowest.
pub fn of_all(all: &[FetchingView]) -> Option<FetchingView> {
    let reaches: Option<Vec<&String>> = all.iter().map(|one| one.reaches_to.as_ref()).collect();
    let minutes: Option<Vec<u32>> =
        all.iter().filter(|one| !one.paused).map(|one| one.minutes_left).collect();
    all.first()?;
    Some(FetchingView {
        loaded: all.iter().map(|one| one.loaded).sum(),
        remaining: all.iter().map(|one| one.remaining).sum(),
        reaches_to: reaches.and_then(|all| all.into_iter().max().cloned()),
        paused: all.iter().all(|one| one.paused),
        metered: all.iter().any(|one| one.metered),
        minutes_left: minutes.and_then(|all| all.into_iter().max()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(loaded: Option<u64>, remaining: u64, reaches_to: &str, minutes_left: Option<u32>) -> FetchingView {
        let reaches_to = Some(reaches_to.to_owned());
        FetchingView { loaded, remaining, reaches_to, paused: false, metered: false, minutes_left }
    }

    #[test]
    fn together_the_slowest_counts_and_nothing_is_guessed() {
        assert_eq!(of_all(&[]), None);
        let (fast, slow) = (
            one(Some(900), 100, "2026-03-01T00:00:00Z", Some(1)),
            one(Some(50), 950, "2026-10-01T00:00:00Z", Some(9)),
        );
        let both = of_all(&[fast.clone(), slow.clone()]).unwrap();
        assert_eq!(both, one(Some(950), 1050, "2026-10-01T00:00:00Z", Some(9)));
        let unknown = FetchingView { loaded: None, minutes_left: None, ..slow.clone() };
        let all = of_all(&[fast.clone(), unknown]).unwrap();
        assert_eq!((all.loaded, all.minutes_left), (None, None), "what one does not know, all do not");
        let paused = FetchingView { paused: true, minutes_left: None, ..slow };
        let all = of_all(&[fast, paused.clone()]).unwrap();
        assert_eq!((all.paused, all.minutes_left), (false, Some(1)));
        assert!(of_all(&[paused]).unwrap().paused);
    }
}

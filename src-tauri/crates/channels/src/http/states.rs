//! What became of sent messages. The list of those without a final state lives in memory: `send` adds to it, the
//! engine fills it after opening from the store (`Channel::track`), and a reported state is struck off only when
//! its batch was acknowledged, so that a crash between report and commit loses nothing. What `send` has just returned
//! is left out of the next poll: it may run before the engine has stored the id, and then the report would be for a
//! message that nobody knows.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use theke_domain::message::{Delivery, RemoteId};

use crate::channel::{BatchId, DeliveryReport};

/// At most so many are followed.
const FOLLOWED_MAX: usize = 500;

#[derive(Debug, Clone, Copy)]
struct Followed {
    /// The last reported state.
    last: Option<Delivery>,
    /// Sent since the last poll began.
    is_fresh: bool,
}

#[derive(Debug, Default)]
struct Inner {
    open: BTreeMap<RemoteId, Followed>,
    /// Reports that were handed in and not yet acknowledged.
    handed: HashMap<BatchId, Vec<(RemoteId, Delivery)>>,
    /// Where asking one by one stopped last time.
    asked_up_to: Option<RemoteId>,
}

#[derive(Debug, Default)]
pub(super) struct States(Mutex<Inner>);

impl States {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows messages that the store knows.
    pub(super) fn follow(&self, ids: impl IntoIterator<Item = RemoteId>) {
        self.add(ids, false);
    }

    /// Follows a message that the store is about to know.
    pub(super) fn follow_fresh(&self, id: RemoteId) {
        self.add([id], true);
    }

    fn add(&self, ids: impl IntoIterator<Item = RemoteId>, is_fresh: bool) {
        let mut inner = self.inner();
        for id in ids {
            inner.open.entry(id).or_insert(Followed { last: None, is_fresh });
        }
        while inner.open.len() > FOLLOWED_MAX {
            inner.open.pop_first();
        }
    }

    /// What a poll that begins now asks for.
    pub(super) fn due(&self) -> BTreeSet<RemoteId> {
        let mut inner = self.inner();
        let due =
            inner.open.iter().filter(|(_, followed)| !followed.is_fresh).map(|(id, _)| id.clone()).collect();
        for followed in inner.open.values_mut() {
            followed.is_fresh = false;
        }
        due
    }

    /// The next `count` of `due` in turn, for gateways that are asked message by message.
    pub(super) fn next_few(&self, due: &BTreeSet<RemoteId>, count: usize) -> Vec<RemoteId> {
        let mut inner = self.inner();
        let after = inner.asked_up_to.take();
        let is_later = |id: &&RemoteId| after.as_ref().is_none_or(|after| *id > after);
        let later = due.iter().filter(is_later);
        let earlier = due.iter().filter(|id| !is_later(id));
        let few: Vec<RemoteId> = later.chain(earlier).take(count).cloned().collect();
        inner.asked_up_to = few.last().cloned();
        few
    }

    /// Whether `delivery` of this message is news.
    pub(super) fn is_news(&self, id: &RemoteId, delivery: Delivery) -> bool {
        // It was `Sent` for the engine from the moment `send` returned.
        let last = self.inner().open.get(id).map(|followed| followed.last.unwrap_or(Delivery::Sent));
        last.is_some_and(|last| delivery > last)
    }

    pub(super) fn hand_in(&self, batch: &BatchId, reports: &[DeliveryReport]) {
        let pairs: Vec<_> = reports.iter().map(|r| (r.remote_id.clone(), r.delivery)).collect();
        if !pairs.is_empty() {
            self.inner().handed.insert(batch.clone(), pairs);
        }
    }

    pub(super) fn acknowledged(&self, batch: &BatchId) {
        let mut inner = self.inner();
        for (id, delivery) in inner.handed.remove(batch).unwrap_or_default() {
            // A delivered message may still be read; asking on for that is not worth a request each time.
            if delivery == Delivery::Sent {
                inner.open.insert(id, Followed { last: Some(delivery), is_fresh: false });
            } else {
                inner.open.remove(&id);
            }
        }
        // Batches whose commit failed are handed in again under another id.
        if inner.handed.len() > 16 {
            inner.handed.clear();
        }
    }

    pub(super) fn forget(&self, id: &RemoteId) {
        self.inner().open.remove(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(id: &str, delivery: Delivery) -> DeliveryReport {
        DeliveryReport { remote_id: RemoteId(id.to_owned()), delivery, reason: None, at: None }
    }

    fn ids<const N: usize>(names: [&str; N]) -> BTreeSet<RemoteId> {
        names.into_iter().map(|id| RemoteId(id.to_owned())).collect()
    }

    #[test]
    fn all_have_their_turn() {
        let states = States::default();
        let due = ids(["a", "b", "c"]);
        let turn = |n| states.next_few(&due, n).into_iter().map(|id| id.0).collect::<Vec<_>>();
        assert_eq!(turn(2), ["a", "b"]);
        assert_eq!(turn(2), ["c", "a"]);
    }

    #[test]
    fn what_was_just_sent_waits_for_the_poll_after_the_next() {
        let states = States::default();
        states.follow(ids(["stored"]));
        states.follow_fresh(RemoteId("just sent".to_owned()));
        assert_eq!(states.due(), ids(["stored"]));
        assert_eq!(states.due(), ids(["just sent", "stored"]));
    }

    #[test]
    fn a_state_is_struck_off_only_after_the_commit() {
        let states = States::default();
        let id = RemoteId("1".to_owned());
        states.follow([id.clone()]);
        assert!(!states.is_news(&id, Delivery::Sent));
        assert!(states.is_news(&id, Delivery::Delivered));
        let lost = BatchId("a".to_owned());
        states.hand_in(&lost, &[report("1", Delivery::Delivered)]);
        assert!(states.is_news(&id, Delivery::Delivered), "its batch was never acknowledged");
        states.acknowledged(&lost);
        assert_eq!(states.due(), ids([]));
    }
}

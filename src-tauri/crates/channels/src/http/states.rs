//! What became of sent messages. The list of those without a final state lives in memory: `send` adds to it, the
//! engine fills it after opening from the store (`Channel::track`), and a reported state is struck off only when
//! its batch was acknowledged, so that a crash between report and commit loses nothing.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

use theke_domain::message::{Delivery, RemoteId};

use crate::channel::{BatchId, DeliveryReport};

/// At most so many are followed.
const FOLLOWED_MAX: usize = 500;

#[derive(Debug, Default)]
struct Inner {
    /// The last reported state by id, in the order of ids.
    open: BTreeMap<RemoteId, Option<Delivery>>,
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

    pub(super) fn follow(&self, ids: impl IntoIterator<Item = RemoteId>) {
        let mut inner = self.inner();
        for id in ids {
            inner.open.entry(id).or_insert(None);
        }
        while inner.open.len() > FOLLOWED_MAX {
            inner.open.pop_first();
        }
    }

    pub(super) fn open(&self) -> Vec<RemoteId> {
        self.inner().open.keys().cloned().collect()
    }

    /// The next `count` in turn, for gateways that are asked message by message.
    pub(super) fn next_few(&self, count: usize) -> Vec<RemoteId> {
        let mut inner = self.inner();
        let after = inner.asked_up_to.take();
        let is_later = |id: &&RemoteId| after.as_ref().is_none_or(|after| *id > after);
        let later = inner.open.keys().filter(is_later);
        let earlier = inner.open.keys().filter(|id| !is_later(id));
        let few: Vec<RemoteId> = later.chain(earlier).take(count).cloned().collect();
        inner.asked_up_to = few.last().cloned();
        few
    }

    /// Whether `delivery` of this message is news.
    pub(super) fn is_news(&self, id: &RemoteId, delivery: Delivery) -> bool {
        match self.inner().open.get(id) {
            Some(Some(last)) => delivery > *last,
            // It was `Sent` for the engine from the moment `send` returned.
            Some(None) => delivery != Delivery::Sent,
            None => false,
        }
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
                inner.open.insert(id, Some(delivery));
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

    #[test]
    fn all_have_their_turn() {
        let states = States::default();
        states.follow(["a", "b", "c"].map(|id| RemoteId(id.to_owned())));
        let turn = |n| states.next_few(n).into_iter().map(|id| id.0).collect::<Vec<_>>();
        assert_eq!(turn(2), ["a", "b"]);
        assert_eq!(turn(2), ["c", "a"]);
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
        assert_eq!(states.open(), []);
    }
}

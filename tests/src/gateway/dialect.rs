//! The two ways in which the gateway is spoken to.

pub(super) mod android;
pub(super) mod seven;

use super::{Inner, Received};

/// What a listing holds, in the order in which it comes: newest first, or mixed up.
fn listed(inner: &Inner, from: Option<jiff::Timestamp>) -> Vec<Received> {
    let from = from.max(inner.window);
    let mut items: Vec<Received> =
        inner.received.iter().filter(|item| from.is_none_or(|from| item.at >= from)).cloned().collect();
    items.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| b.id.cmp(&a.id)));
    if inner.shuffle {
        // The same mixture at every request, else pages would not fit together.
        items.sort_by_key(|item| item.id.bytes().rev().collect::<Vec<_>>());
    }
    if inner.repeat {
        items = items.iter().chain(items.iter()).cloned().collect();
    }
    items
}

fn page<T>(items: Vec<T>, offset: usize, limit: usize) -> Vec<T> {
    items.into_iter().skip(offset).take(limit).collect()
}

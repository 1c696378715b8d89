//! What was deleted or moved elsewhere, for servers that do not name it (no QRESYNC: Gmail, and most old ones).
//!
//! The position holds how many messages the folder had. As long as what is there and what is known agree, this costs
//! nothing; otherwise one search over the recent part names what is left. Where that does not explain the number, the
//! older parts follow, one search and one batch each, so that a mailbox of any age is looked through in bounded steps.
//! The position keeps the old number until the last part was looked at: a sweep that is broken off begins again.

use std::collections::BTreeSet;

use super::Memory;
use super::convert::remote_id;
use super::cursor::Place;
use crate::channel::Update;
use crate::email::session::Imap;
use crate::error::Result;

/// How far below the newest UID is looked at first.
const SPAN: u32 = 5000;
/// How many UIDs of the older parts are looked at with one search, and handed over in one batch at most.
const SWEEP_SPAN: u32 = 20_000;

/// The recent part at the last look, and what was handed in since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Present {
    /// UIDVALIDITY then.
    validity: u32,
    uids: BTreeSet<u32>,
}

/// A walk through the older parts that has not come to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Sweep {
    validity: u32,
    /// Everything from here up was looked at.
    from: u32,
    /// How many messages there were when it began.
    exists: u32,
    /// How many the position knew of then.
    known: u32,
}

/// Notes what was handed in. Other numbers above the last look were never known, so that they are free explains nothing.
pub(super) fn came(memory: &mut Memory, place: &Place, uids: impl IntoIterator<Item = u32>) {
    if let Some(known) = memory.present.get_mut(&place.name).filter(|known| known.validity == place.validity)
    {
        known.uids.extend(uids);
    }
}

/// Appends what has gone since the last time.
pub(super) fn changes(
    imap: &mut Imap,
    memory: &mut Memory,
    place: &mut Place,
    updates: &mut Vec<Update>,
) -> Result<()> {
    if let Some(sweep) = memory.sweeps.get(&place.name).copied() {
        if sweep.validity == place.validity {
            return go_on(imap, memory, place, sweep, updates);
        }
        memory.sweeps.remove(&place.name);
    }
    let exists = exists(imap);
    if place.count == Some(exists) {
        return Ok(());
    }
    let low = place.top.saturating_sub(SPAN).saturating_add(1);
    let uids = present(imap, low, place.top)?;
    let now = Present { validity: place.validity, uids };
    let before = memory.present.insert(place.name.clone(), now.clone());
    let before = before.filter(|before| before.validity == now.validity);
    // At the first look of a session every number that is free may be one that was known; the store knows which.
    let was_there = |uid: &u32| before.as_ref().is_none_or(|before| before.uids.contains(uid));
    let gone: Vec<u32> = (low..=place.top).filter(|uid| !now.uids.contains(uid)).filter(was_there).collect();
    updates.extend(gone.iter().map(|uid| Update::Vanished { remote_id: remote_id(place, *uid) }));
    let missing = place.count.map_or(0, |known| known.saturating_sub(exists));
    let explained = before.is_some() && gone.len() >= missing as usize;
    match place.count.filter(|_| missing > 0 && !explained && low > 1) {
        Some(known) => {
            let sweep = Sweep { validity: place.validity, from: low, exists, known };
            memory.sweeps.insert(place.name.clone(), sweep);
        }
        None => place.count = Some(exists),
    }
    Ok(())
}

/// Looks at the next older part. Every free number may be one that was known.
fn go_on(
    imap: &mut Imap,
    memory: &mut Memory,
    place: &mut Place,
    sweep: Sweep,
    updates: &mut Vec<Update>,
) -> Result<()> {
    let top = sweep.from.saturating_sub(1);
    let low = top.saturating_sub(SWEEP_SPAN).saturating_add(1);
    let uids = present(imap, low, top)?;
    let gone = (low..=top).filter(|uid| !uids.contains(uid));
    updates.extend(gone.map(|uid| Update::Vanished { remote_id: remote_id(place, uid) }));
    if low > 1 {
        memory.sweeps.insert(place.name.clone(), Sweep { from: low, ..sweep });
    } else {
        memory.sweeps.remove(&place.name);
        // With what has come meanwhile; what went meanwhile makes the numbers differ again.
        let came = place.count.map_or(0, |count| count.saturating_sub(sweep.known));
        place.count = Some(sweep.exists.saturating_add(came));
    }
    Ok(())
}

fn exists(imap: &Imap) -> u32 {
    imap.opened.as_ref().map_or(0, |opened| opened.exists)
}

/// The UIDs of a range that are there.
fn present(imap: &mut Imap, low: u32, top: u32) -> Result<BTreeSet<u32>> {
    if top == 0 || exists(imap) == 0 {
        return Ok(BTreeSet::new());
    }
    let found = imap.search(&format!("UID {low}:{top}"))?;
    Ok(found.into_iter().filter(|uid| (low..=top).contains(uid)).collect())
}

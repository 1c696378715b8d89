//! What was deleted or moved elsewhere, for servers that do not name it (no QRESYNC: Gmail, and most old ones).
//!
//! The position holds how many messages the folder had. As long as what is there and what is known agree, this costs
//! nothing; otherwise one search over the recent part names what is left. What is older than that part and goes is not
//! noticed: it stays in the timeline as it was, which is what happens to its text anyway.

use std::collections::BTreeSet;

use super::Memory;
use super::convert::remote_id;
use super::cursor::Place;
use crate::channel::Update;
use crate::email::session::Imap;
use crate::error::Result;

/// How far below the newest UID is looked.
const SPAN: u32 = 5000;

/// The recent part at the last look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Present {
    /// UIDVALIDITY then.
    validity: u32,
    /// The highest UID then; what came later was there when it was handed in.
    top: u32,
    uids: BTreeSet<u32>,
}

/// Appends what has gone since the last time.
pub(super) fn changes(
    imap: &mut Imap,
    memory: &mut Memory,
    place: &mut Place,
    updates: &mut Vec<Update>,
) -> Result<()> {
    let exists = |imap: &Imap| imap.opened.as_ref().map(|opened| opened.exists);
    if place.count.is_some() && place.count == exists(imap) {
        return Ok(());
    }
    let low = place.top.saturating_sub(SPAN).saturating_add(1);
    let found = if place.top == 0 || exists(imap) == Some(0) {
        Vec::new()
    } else {
        imap.search(&format!("UID {low}:{}", place.top))?
    };
    let uids: BTreeSet<u32> = found.into_iter().filter(|uid| (low..=place.top).contains(uid)).collect();
    let now = Present { validity: place.validity, top: place.top, uids };
    let before = memory.present.insert(place.name.clone(), now.clone());
    let before = before.filter(|before| before.validity == now.validity);
    // At the first look of a session every number that is free may be one that was known; the store knows which.
    let was_there = |uid: &u32| before.as_ref().is_none_or(|b| *uid > b.top || b.uids.contains(uid));
    for uid in (low..=now.top).filter(|uid| !now.uids.contains(uid)).filter(was_there) {
        updates.push(Update::Vanished { remote_id: remote_id(place, uid) });
    }
    place.count = exists(imap);
    Ok(())
}

//! What was there at the first poll: older headers, whole mails, the text of large ones, newest first each time.

use super::convert::{self, HEADER_ITEMS, HEADER_MAX_BYTES};
use super::cursor::{Place, Position};
use super::poll::{BATCH_MAX_BYTES, BATCH_MAX_MESSAGES, is_large, whole};
use super::{Memory, large, messages};
use crate::channel::{Batch, Cursor, Update};
use crate::email::session::Imap;
use crate::email::session::worker::Line;
use crate::error::Result;

/// Headers of one fetch.
const HEADERS_MAX: usize = 1000;
/// Large mails are read together, since each batch of them costs several commands.
const LARGE_MIN: usize = 100;

/// The next batch; it may have been fetched already.
pub(crate) fn backfill(line: &mut Line, cursor: &Cursor) -> Result<Batch> {
    let batch = match line.memory.ahead.take().and_then(|(at, batch)| fetched_ahead(cursor, &at, batch)) {
        Some(batch) => batch,
        None => fetch(line, cursor)?,
    };
    line.memory.wanted = batch.more.then(|| batch.cursor.clone());
    Ok(batch)
}

/// The batch that was fetched for `at`, if only poll has moved on since.
fn fetched_ahead(cursor: &Cursor, at: &Cursor, batch: Batch) -> Option<Batch> {
    let mut position = Position::read(cursor).ok()?;
    let advanced = position.advance(&Position::read(at).ok()?, &Position::read(&batch.cursor).ok()?);
    let cursor = position.write().ok().filter(|_| advanced)?;
    Some(Batch { cursor, ..batch })
}

/// Fetches the batch after `cursor`.
pub(crate) fn fetch(line: &mut Line, cursor: &Cursor) -> Result<Batch> {
    let mut start = Position::read(cursor)?;
    let wanted = line.settings.since();
    start.folders.iter_mut().for_each(|place| place.reach_back(wanted));
    line.with(|imap, memory| {
        let mut position = start.clone();
        let done = |updates, position: &Position, memory: &Memory| {
            Ok(Batch {
                updates,
                cursor: position.write()?,
                more: true,
                remaining: Some(position.folders.iter().map(|place| remaining(memory, place)).sum()),
                total: position.folders.iter().map(|place| place.total.map(u64::from)).sum(),
                ..Batch::default()
            })
        };
        for step in [headers, bodies] {
            for nth in 0..position.folders.len() {
                let Some(place) = position.folders.get_mut(nth).filter(|p| !p.is_new()) else { continue };
                if let Some(updates) = step(imap, memory, place)? {
                    return done(updates, &position, memory);
                }
            }
        }
        Ok(Batch { cursor: position.write()?, remaining: Some(0), ..Batch::default() })
    })
}

/// How many messages of a folder are not here whole.
fn remaining(memory: &Memory, place: &Place) -> u64 {
    if place.is_filled() {
        return 0;
    }
    let left = memory.left.get(&place.name);
    let listed = left.and_then(|left| left.bodies.as_ref().map(|small| small.len() + left.large.len()));
    match (listed, place.total) {
        (Some(listed), _) => listed as u64,
        // Whole messages are fetched once the headers of all folders are here.
        (None, Some(total)) => u64::from(total),
        (None, None) => left.and_then(|left| left.headers.as_ref()).map_or(0, Vec::len) as u64,
    }
}

/// Opens the folder; `false` if its ids have changed, which the next poll will see to.
fn open(imap: &mut Imap, place: &Place) -> Result<bool> {
    Ok(imap.open(&place.name, false)?.validity == place.validity)
}

fn headers(imap: &mut Imap, memory: &mut Memory, place: &mut Place) -> Result<Option<Vec<Update>>> {
    if place.headers == 0 || !open(imap, place)? {
        return Ok(None);
    }
    let mut left = memory.take_left(place);
    let below = place.headers.saturating_sub(1);
    let mut uids = match left.headers.take() {
        Some(uids) => uids,
        None => {
            let mut uids = if below == 0 { Vec::new() } else { imap.search(&place.below(below))? };
            uids.retain(|uid| *uid <= below);
            if place.headers == place.newest {
                let more = u32::try_from(uids.len()).unwrap_or(u32::MAX);
                place.total = place.total.map(|known| known.saturating_add(more));
            }
            uids
        }
    };
    let chunk = uids.split_off(uids.len().saturating_sub(HEADERS_MAX));
    let (Some(first), Some(last)) = (chunk.first(), chunk.last()) else {
        place.headers = 0;
        return Ok(Some(Vec::new()));
    };
    let fetched = imap.fetch(&format!("{first}:{last}"), HEADER_ITEMS, chunk.len() * HEADER_MAX_BYTES)?;
    let mut found: Vec<_> =
        fetched.into_iter().filter_map(|f| Some((f.uid?, convert::headers(place, f)?))).collect();
    // Between two that are wanted may lie others.
    found.retain(|(uid, _)| !place.is_bounded() || chunk.binary_search(uid).is_ok());
    found.sort_by_key(|(uid, _)| std::cmp::Reverse(*uid));
    found.dedup_by_key(|(uid, _)| *uid);
    place.headers = if uids.is_empty() { 0 } else { *first };
    left.headers = Some(uids);
    memory.put_left(place, left);
    Ok(Some(messages(found.into_iter().map(|(_, incoming)| incoming).collect()).collect()))
}

fn bodies(imap: &mut Imap, memory: &mut Memory, place: &mut Place) -> Result<Option<Vec<Update>>> {
    if (place.bodies == 0 && place.large == 0) || !open(imap, place)? {
        return Ok(None);
    }
    let mut left = memory.take_left(place);
    let mut small = match left.bodies.take() {
        Some(small) => small,
        None => list(imap, place, &mut left.large)?,
    };
    let large_due = left.large.iter().filter(|uid| **uid >= place.bodies).count();
    let updates = if large_due >= LARGE_MIN || (small.is_empty() && !left.large.is_empty()) {
        large_texts(imap, place, &mut left.large)?
    } else {
        small_mails(imap, place, &mut small)?
    };
    if small.is_empty() {
        place.bodies = 0;
    }
    if small.is_empty() && left.large.is_empty() {
        place.large = 0;
    }
    left.bodies = Some(small);
    memory.put_left(place, left);
    Ok(Some(updates))
}

/// Lists what is left with sizes: small mails are returned, large ones put into `large`.
fn list(imap: &mut Imap, place: &Place, large: &mut Vec<u32>) -> Result<Vec<(u32, u64)>> {
    let below = place.bodies.max(place.large).saturating_sub(1);
    if below == 0 {
        return Ok(Vec::new());
    }
    let wanted = if place.is_bounded() { Some(imap.search(&place.below(below))?) } else { None };
    let is_wanted = |uid: u32| {
        let came_first = place.before.is_none() && uid >= place.newest;
        wanted.as_ref().is_none_or(|wanted| came_first || wanted.binary_search(&uid).is_ok())
    };
    let lowest = wanted.as_ref().map_or(1, |wanted| wanted.first().map_or(place.newest, |uid| *uid));
    if lowest > below {
        return Ok(Vec::new());
    }
    let listed = imap.fetch(&format!("{}:{below}", lowest.min(place.newest.max(1))), "UID RFC822.SIZE", 0)?;
    let mut sizes: Vec<(u32, u64)> = listed
        .iter()
        .filter_map(|f| Some((f.uid?, f.size_bytes.unwrap_or(0))))
        .filter(|(uid, _)| *uid <= below && is_wanted(*uid))
        .collect();
    sizes.sort_unstable();
    sizes.dedup_by_key(|(uid, _)| *uid);
    *large = sizes
        .iter()
        .filter(|(uid, size)| is_large(*size) && *uid < place.large)
        .map(|(uid, _)| *uid)
        .collect();
    Ok(sizes.into_iter().filter(|(uid, size)| !is_large(*size) && *uid < place.bodies).collect())
}

fn small_mails(imap: &mut Imap, place: &mut Place, small: &mut Vec<(u32, u64)>) -> Result<Vec<Update>> {
    let mut bytes = 0;
    let fits = |one: &&(u32, u64)| {
        bytes += one.1;
        bytes <= BATCH_MAX_BYTES
    };
    let count = small.iter().rev().take(BATCH_MAX_MESSAGES).take_while(fits).count().max(1);
    let chunk = small.split_off(small.len().saturating_sub(count));
    if chunk.is_empty() {
        return Ok(Vec::new());
    }
    let found = whole(imap, place, &chunk)?;
    place.bodies = chunk.first().map_or(0, |(uid, _)| *uid);
    Ok(messages(found.into_values().rev().collect()).collect())
}

fn large_texts(imap: &mut Imap, place: &mut Place, left: &mut Vec<u32>) -> Result<Vec<Update>> {
    let newest_first: Vec<u32> = left.iter().rev().take(LARGE_MIN).copied().collect();
    let (done, mut found) = large::fetch(imap, place, &newest_first)?;
    let handled = left.split_off(left.len().saturating_sub(done));
    place.large = handled.first().copied().unwrap_or(place.large);
    found.sort_by_key(|(uid, _)| std::cmp::Reverse(*uid));
    Ok(messages(found.into_iter().map(|(_, incoming)| incoming).collect()).collect())
}

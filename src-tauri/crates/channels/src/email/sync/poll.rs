//! What is new: the newest headers at first, afterwards every UID above the last one, and changed flags.

use std::collections::BTreeMap;

use jiff::civil::Date;
use theke_domain::message::Incoming;

use super::convert::{self, HEADER_ITEMS, HEADER_MAX_BYTES, WHOLE_ITEMS};
use super::cursor::{Place, Position, Role};
use super::{Memory, flags, folders, gone, large, messages};
use crate::channel::{Batch, Cursor, Update};
use crate::email::mime::SOURCE_MAX_BYTES;
use crate::email::session::worker::Line;
use crate::email::session::{Imap, Opened, uid_set};
use crate::error::{ErrorKind, Result};

/// The first batch of all is small, so that the list fills at once.
const FIRST_HEADERS: usize = 200;
/// Most messages, and about as many bytes, of one fetch of whole mails.
pub(super) const BATCH_MAX_MESSAGES: usize = 200;
pub(super) const BATCH_MAX_BYTES: u64 = 6 * 1024 * 1024;
/// Room for servers that understate sizes.
const ROOM_MIN_BYTES: u64 = 32 * 1024 * 1024;

/// One poll over both folders.
pub(crate) fn poll(line: &mut Line, cursor: &Cursor) -> Result<Batch> {
    let start = Position::read(cursor)?;
    let since = line.settings.since();
    line.with(|imap, memory| {
        let mut position = start.clone();
        if memory.folders.is_none() {
            memory.folders = Some(folders::find(imap)?);
        }
        position.adopt(memory.folders.as_deref().unwrap_or_default());
        memory.flags_due |= imap.begin_poll();
        let mut updates = Vec::new();
        let mut left = 0;
        let mut unreadable = 0;
        let mut sweeping = false;
        for place in &mut position.folders {
            let opened = match open_if_changed(imap, memory, place) {
                Ok(Some(opened)) => opened,
                Ok(None) => continue,
                // INBOX is still read if the Sent folder cannot be.
                Err(error) if error.kind == ErrorKind::Rejected && place.role == Role::Sent => {
                    unreadable += usize::from(place.is_new());
                    continue;
                }
                Err(error) => return Err(error),
            };
            left += read(imap, memory, place, &opened, since, &mut updates)?;
            sweeping |= memory.sweeps.contains_key(&place.name);
            if place.role == Role::Inbox {
                memory.inbox_top = place.top;
            } else if left > 0 {
                memory.sent_status = None;
            }
            // What is here is handed over before the next folder is looked into.
            if left > 0 || updates.iter().any(|u| matches!(u, Update::Message(_))) {
                break;
            }
        }
        let more = left > 0
            || sweeping
            || updates.iter().any(|u| matches!(u, Update::Message(_)))
            || position.folders.iter().filter(|p| p.is_new()).count() > unreadable;
        Ok(Batch { updates, cursor: position.write()?, more, remaining: Some(left), ..Batch::default() })
    })
}

/// Reads one folder and returns how many messages above `top` are left.
fn read(
    imap: &mut Imap,
    memory: &mut Memory,
    place: &mut Place,
    opened: &Opened,
    since: Option<Date>,
    updates: &mut Vec<Update>,
) -> Result<u64> {
    if place.validity != opened.validity {
        updates.extend(messages(first(imap, place, opened, since)?));
        return Ok(0);
    }
    let (found, left) = new(imap, memory, place)?;
    updates.extend(messages(found));
    if left == 0 {
        flags::changes(imap, memory, place, opened, updates)?;
    }
    Ok(left)
}

/// Opens INBOX always, the Sent folder if STATUS says that something happened there.
fn open_if_changed(imap: &mut Imap, memory: &mut Memory, place: &Place) -> Result<Option<Opened>> {
    if place.role == Role::Sent && !place.is_new() {
        let status = imap.status(&place.name)?;
        let number = |name: &str| status.iter().find(|(key, _)| key == name).map(|(_, value)| *value);
        let unchanged = match &memory.sent_status {
            Some(before) => *before == status,
            None => {
                number("UIDVALIDITY") == Some(u64::from(place.validity))
                    && number("UIDNEXT") == Some(u64::from(place.top) + 1)
                    && number("HIGHESTMODSEQ").is_none_or(|m| m == place.mod_seq)
                    && place.count.is_none_or(|count| number("MESSAGES") == Some(u64::from(count)))
            }
        };
        memory.sent_status = Some(status);
        if unchanged && !memory.sweeps.contains_key(&place.name) {
            return Ok(None);
        }
        return imap.reopen(&place.name, false).map(Some);
    }
    imap.open(&place.name, false).map(Some)
}

/// A folder that was never read, or whose ids have changed: its newest headers.
fn first(imap: &mut Imap, place: &mut Place, opened: &Opened, since: Option<Date>) -> Result<Vec<Incoming>> {
    *place =
        Place { validity: opened.validity, mod_seq: opened.mod_seq, ..Place::new(&place.name, place.role) };
    let fetched = imap.fetch_newest(FIRST_HEADERS, HEADER_ITEMS, FIRST_HEADERS * HEADER_MAX_BYTES)?;
    let mut found: BTreeMap<u32, Incoming> = BTreeMap::new();
    let mut lowest = u32::MAX;
    for one in fetched {
        if let Some(uid) = one.uid {
            (place.top, lowest) = (place.top.max(uid), lowest.min(uid));
            found.extend(convert::headers(place, one).map(|incoming| (uid, incoming)));
        }
    }
    if place.top == 0 {
        place.top = opened.uid_next.saturating_sub(1);
        place.headers = if opened.exists > 0 { place.top.saturating_add(1) } else { 0 };
    } else {
        place.headers = if opened.exists as usize > FIRST_HEADERS { lowest } else { 0 };
    }
    place.newest = if lowest == u32::MAX { place.top.saturating_add(1) } else { lowest };
    // Of a small folder everything is here already.
    place.since = since.filter(|_| place.headers > 0);
    place.total = u32::try_from(found.len()).ok();
    if opened.exists > 0 {
        (place.bodies, place.large) = (place.top.saturating_add(1), place.top.saturating_add(1));
    }
    if !imap.abilities.qresync {
        place.count = imap.opened.as_ref().map(|o| o.exists);
    }
    Ok(found.into_values().rev().collect())
}

/// Messages above `top`, oldest first so that `top` has no gaps below it; and how many are left.
fn new(imap: &mut Imap, memory: &mut Memory, place: &mut Place) -> Result<(Vec<Incoming>, u64)> {
    imap.refresh()?;
    if imap.opened.as_ref().is_some_and(|o| o.exists == 0) {
        return Ok((Vec::new(), 0));
    }
    let range = format!("{}:*", place.top.saturating_add(1));
    let listed = imap.fetch(&range, "UID RFC822.SIZE", 0)?;
    // `n:*` names the last message even if its UID is below n.
    let sizes: BTreeMap<u32, u64> = listed
        .iter()
        .filter_map(|f| Some((f.uid?, f.size_bytes.unwrap_or(0))))
        .filter(|(uid, _)| *uid > place.top)
        .collect();
    let mut bytes = 0;
    let mut taken: Vec<(u32, u64)> = Vec::new();
    for (&uid, &size) in &sizes {
        bytes += if is_large(size) { 0 } else { size };
        if !taken.is_empty() && (taken.len() >= BATCH_MAX_MESSAGES || bytes > BATCH_MAX_BYTES) {
            break;
        }
        taken.push((uid, size));
    }
    let Some(&(last, _)) = taken.last() else { return Ok((Vec::new(), 0)) };
    let mut found: BTreeMap<u32, Incoming> = BTreeMap::new();
    let small: Vec<(u32, u64)> = taken.iter().copied().filter(|(_, size)| !is_large(*size)).collect();
    found.extend(whole(imap, place, &small)?);
    let mut rest: Vec<u32> = taken.iter().filter(|(_, size)| is_large(*size)).map(|(uid, _)| *uid).collect();
    while !rest.is_empty() {
        let (done, incoming) = large::fetch(imap, place, &rest)?;
        found.extend(incoming);
        rest.drain(..done.min(rest.len()));
    }
    place.top = last;
    gone::came(memory, place, taken.iter().map(|(uid, _)| *uid));
    place.count =
        place.count.map(|count| count.saturating_add(u32::try_from(taken.len()).unwrap_or(u32::MAX)));
    let left = sizes.len().saturating_sub(taken.len()) as u64;
    Ok((found.into_values().collect(), left))
}

pub(super) fn is_large(size: u64) -> bool {
    size > SOURCE_MAX_BYTES as u64
}

/// Whole mails with their sizes, by ascending UID. One that the server cannot read does not stop the others.
pub(super) fn whole(
    imap: &mut Imap,
    place: &Place,
    messages: &[(u32, u64)],
) -> Result<BTreeMap<u32, Incoming>> {
    let uids: Vec<u32> = messages.iter().map(|(uid, _)| *uid).collect();
    let bytes: u64 = messages.iter().map(|(_, size)| size).sum();
    let room = usize::try_from(bytes.saturating_mul(2).max(ROOM_MIN_BYTES)).unwrap_or(usize::MAX);
    let fetched = match imap.fetch(&uid_set(&uids), WHOLE_ITEMS, room) {
        Err(error) if error.kind == ErrorKind::Rejected && messages.len() > 1 => {
            let mut found = BTreeMap::new();
            for one in messages {
                found.extend(whole(imap, place, std::slice::from_ref(one))?);
            }
            return Ok(found);
        }
        Err(error) if error.kind == ErrorKind::Rejected => {
            tracing::warn!("the server cannot read one message; its headers stay");
            return Ok(BTreeMap::new());
        }
        other => other?,
    };
    Ok(fetched
        .into_iter()
        .filter(|f| f.uid.is_some_and(|uid| uids.binary_search(&uid).is_ok()))
        .filter_map(|f| Some((f.uid?, convert::whole(place, f)?)))
        .collect())
}

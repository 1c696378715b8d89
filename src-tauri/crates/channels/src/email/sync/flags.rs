//! Read and answered, as they change in other programs, and what has disappeared where the server names it.

use std::collections::HashMap;

use super::convert::remote_id;
use super::cursor::Place;
use super::{Memory, gone};
use crate::channel::Update;
use crate::email::session::{Imap, Opened, reply::Reply};
use crate::error::Result;

/// Without CONDSTORE the flags of this many newest messages are compared; of more at the first look of a session,
/// since the computer may have been off for weeks.
const WINDOW: usize = 200;
const WINDOW_FIRST: usize = 1000;
/// A server may name whole ranges as vanished; more than this is not reported.
const VANISHED_MAX: usize = 5000;

/// Appends what has changed since the last time.
pub(super) fn changes(
    imap: &mut Imap,
    memory: &mut Memory,
    place: &mut Place,
    opened: &Opened,
    updates: &mut Vec<Update>,
) -> Result<()> {
    if !imap.abilities.qresync {
        gone::changes(imap, memory, place, updates)?;
    }
    if place.top == 0 {
        return Ok(());
    }
    let due = std::mem::take(&mut memory.flags_due);
    if !imap.abilities.condstore || place.mod_seq == 0 {
        return window(imap, memory, place, updates);
    }
    if due || opened.mod_seq > place.mod_seq {
        let vanished = if imap.abilities.qresync { " VANISHED" } else { "" };
        let command =
            format!("UID FETCH 1:{} (UID FLAGS) (CHANGEDSINCE {}{vanished})", place.top, place.mod_seq);
        let mut highest = opened.mod_seq.max(place.mod_seq);
        let mut gone = 0;
        for reply in imap.asked(&command, 0)? {
            match reply {
                Reply::Fetch(fetched) => {
                    highest = highest.max(fetched.mod_seq.unwrap_or(0));
                    if let (Some(uid), Some(flags)) =
                        (fetched.uid.filter(|uid| *uid <= place.top), fetched.flags)
                    {
                        updates.push(Update::Flags { remote_id: remote_id(place, uid), flags });
                    }
                }
                Reply::Vanished { uids, .. } => {
                    let known = uids.iter().flat_map(|(a, b)| *a..=(*b).min(place.top));
                    for uid in known.take(VANISHED_MAX - gone) {
                        gone += 1;
                        updates.push(Update::Vanished { remote_id: remote_id(place, uid) });
                    }
                }
                _ => {}
            }
        }
        place.mod_seq = highest;
        if let Some(opened) = &mut imap.opened {
            opened.mod_seq = highest;
        }
    }
    Ok(())
}

/// Compares the newest messages with what they were like before.
fn window(imap: &mut Imap, memory: &mut Memory, place: &Place, updates: &mut Vec<Update>) -> Result<()> {
    let before = memory.window.remove(&place.name);
    let size = if before.is_some() { WINDOW } else { WINDOW_FIRST };
    let before = before.unwrap_or_default();
    let mut after = HashMap::new();
    for fetched in imap.fetch_newest(size, "UID FLAGS", 0)? {
        let (Some(uid), Some(flags)) = (fetched.uid, fetched.flags) else { continue };
        after.insert(uid, flags);
        if uid <= place.top && before.get(&uid) != Some(&flags) {
            updates.push(Update::Flags { remote_id: remote_id(place, uid), flags });
        }
    }
    memory.window.insert(place.name.clone(), after);
    Ok(())
}

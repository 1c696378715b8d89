//! What is fetched and when.
//!
//! The first poll hands in the newest headers at once; `backfill` goes on with older headers, then with whole mails
//! up to 256 KB, then with the text of larger ones, newest first each time. Round trips decide the speed, so messages
//! are asked for in ranges bounded by bytes. Position is kept by UIDVALIDITY and UID, never by a flag or a date, and
//! everything is read with `BODY.PEEK` from a mailbox opened read-only.
//!
//! Not here: storing and linking (engine), and the connection (`session`).

mod actions;
mod backfill;
mod claim;
mod convert;
mod cursor;
mod flags;
mod folders;
mod gone;
mod large;
mod poll;

use std::collections::HashMap;
use std::time::{Duration, Instant};

pub(crate) use actions::{append_sent, fetch_part, look_up, set_flags};
pub(crate) use backfill::backfill;
pub(crate) use claim::claim;
pub(crate) use poll::poll;
use theke_domain::message::{Flags, Incoming};

use super::session::Idled;
use super::session::worker::Line;
use crate::channel::{Batch, Cursor, Update};
use crate::error::Result;
use cursor::{Place, Role};

/// A wait is ended at least this often to look into the Sent folder, and long before servers end an IDLE (29 minutes).
const WAIT_MAX: Duration = Duration::from_secs(5 * 60);
/// An IDLE that ended sooner by a broken connection is not begun again at once.
const IDLE_MIN: Duration = Duration::from_secs(30);

/// What a thread remembers between jobs; losing it costs a few commands.
#[derive(Default)]
pub(crate) struct Memory {
    /// The account's folders, listed once for each connection.
    folders: Option<Vec<(String, Role)>>,
    /// Work that is left per folder name.
    left: HashMap<String, Left>,
    /// What STATUS said of the Sent folder when it was last read.
    sent_status: Option<Vec<(String, u64)>>,
    /// Flags of the newest messages, for servers without CONDSTORE.
    window: HashMap<String, HashMap<u32, Flags>>,
    /// Messages that were there at the last look, for servers that do not say what has gone.
    present: HashMap<String, gone::Present>,
    /// Folders whose older parts are being looked through for what has gone.
    sweeps: HashMap<String, gone::Sweep>,
    /// Flags or disappearances were reported and not yet looked into.
    flags_due: bool,
    /// The highest UID of INBOX that was handed in.
    inbox_top: u32,
    /// The next batch of a backfill, fetched while the last one is being stored.
    ahead: Option<(Cursor, Batch)>,
    wanted: Option<Cursor>,
    broken_idles: u32,
}

impl Memory {
    /// A new connection knows nothing of the mailboxes any more.
    pub(crate) fn reconnected(&mut self) {
        self.folders = None;
        self.sent_status = None;
        self.left.clear();
    }
}

/// Messages of one folder that are still to be fetched, by UID, ascending.
#[derive(Default)]
struct Left {
    /// For which place it was made; another one makes it anew.
    at: Option<Place>,
    headers: Option<Vec<u32>>,
    /// Small mails with their sizes.
    bodies: Option<Vec<(u32, u64)>>,
    large: Vec<u32>,
}

impl Memory {
    /// Takes out what is left at this place. It is put back only when the work succeeded, so that nothing is skipped
    /// after an error.
    fn take_left(&mut self, place: &Place) -> Left {
        let fits = |left: &Left| left.at.as_ref().is_some_and(|at| at.as_filled_as(place));
        self.left.remove(&place.name).filter(fits).unwrap_or_default()
    }

    fn put_left(&mut self, place: &Place, left: Left) {
        self.left.insert(place.name.clone(), Left { at: Some(place.clone()), ..left });
    }
}

fn messages(incoming: Vec<Incoming>) -> impl Iterator<Item = Update> {
    incoming.into_iter().map(|message| Update::Message(Box::new(message)))
}

/// Fetches the batch after the one that was just handed over, unless something else waits.
pub(crate) fn prefetch(line: &mut Line) {
    let Some(cursor) = line.memory.wanted.take() else { return };
    if line.interrupted() {
        return;
    }
    // An error comes again when the batch is really asked for.
    line.memory.ahead = backfill::fetch(line, &cursor).ok().map(|batch| (cursor, batch));
}

/// Waits for news in INBOX; returns after `interval` at the latest. `false` means: the caller should wait by itself.
pub(crate) fn wait(line: &mut Line, interval: Duration) -> Result<bool> {
    let began = Instant::now();
    let until = began + interval.min(WAIT_MAX);
    let result = line.with(|imap, memory| {
        if !imap.abilities.idle {
            return Ok(None);
        }
        let was_open = imap.opened.as_ref().is_some_and(|o| o.name == "INBOX");
        let opened = imap.open("INBOX", false)?;
        let missed = !was_open && opened.uid_next > memory.inbox_top.saturating_add(1);
        if imap.stirred || missed {
            return Ok(Some(Idled::News));
        }
        imap.idle(until).map(Some)
    });
    match result {
        Ok(None) => Ok(false),
        Ok(Some(_)) => {
            line.memory.broken_idles = 0;
            Ok(true)
        }
        Err(error) => {
            line.memory.broken_idles += 1;
            // A server that ends every IDLE at once would be polled without a pause.
            if began.elapsed() < IDLE_MIN && line.memory.broken_idles > 1 { Ok(false) } else { Err(error) }
        }
    }
}

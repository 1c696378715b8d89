//! What a person or the outbox asks for, over a connection of its own.

use bytes::Bytes;
use theke_domain::message::{ClientReference, Flags, PartRef, RemoteId};

use super::convert::parse_remote_id;
use super::cursor::{Place, Role};
use super::{Memory, convert, folders, large};
use crate::email::session::Imap;
use crate::email::session::worker::Line;
use crate::error::{Error, ErrorKind, Result};

/// A part is fetched in pieces of this size.
const PIECE_BYTES: usize = 1024 * 1024;
/// Largest part that is fetched.
const PART_MAX_BYTES: u64 = 140 * 1024 * 1024;

fn sent_folder(imap: &mut Imap, memory: &mut Memory) -> Result<Option<String>> {
    if memory.folders.is_none() {
        memory.folders = Some(folders::find(imap)?);
    }
    let folders = memory.folders.as_deref().unwrap_or_default();
    Ok(folders.iter().find(|(_, role)| *role == Role::Sent).map(|(name, _)| name.clone()))
}

/// Looks into the Sent folder for the mail with this Message-ID.
fn find(imap: &mut Imap, memory: &mut Memory, reference: &str) -> Result<Option<RemoteId>> {
    let fits = reference.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\');
    let (true, Some(name)) = (fits, sent_folder(imap, memory)?) else { return Ok(None) };
    let opened = imap.reopen(&name, false)?;
    if opened.exists == 0 {
        return Ok(None);
    }
    let mut place = Place::new(&name, Role::Sent);
    place.validity = opened.validity;
    let uids = imap.search(&format!("HEADER Message-ID \"{reference}\""))?;
    Ok(uids.last().map(|uid| convert::remote_id(&place, *uid)))
}

/// Where the mail with this Message-ID lies in Sent, if it is there.
pub(crate) fn look_up(line: &mut Line, reference: &ClientReference) -> Result<Option<RemoteId>> {
    line.with(|imap, memory| find(imap, memory, &reference.0))
}

/// Puts the copy into Sent, unless it is there already or the server makes it.
pub(crate) fn append_sent(line: &mut Line, reference: &ClientReference, bytes: &[u8]) -> Result<()> {
    line.with(|imap, memory| {
        if imap.abilities.keeps_sent {
            return Ok(());
        }
        let Some(name) = sent_folder(imap, memory)? else { return Ok(()) };
        if find(imap, memory, &reference.0)?.is_some() {
            return Ok(());
        }
        imap.append(&name, bytes)
    })
}

pub(super) fn gone() -> Error {
    Error::new(ErrorKind::Rejected, "the message is no longer where it was at the provider")
}

/// Fetches and decodes one part.
pub(crate) fn fetch_part(line: &mut Line, part: &PartRef) -> Result<Bytes> {
    let remote = large::Remote::read(part)?;
    if remote.size > PART_MAX_BYTES {
        return Err(Error::new(
            ErrorKind::Rejected,
            "the file is larger than 100 MB; open it in the provider's own mailbox",
        ));
    }
    line.with(|imap, _| {
        if imap.open(&remote.folder, false)?.validity != remote.validity {
            return Err(gone());
        }
        let mut decoder = large::Decoder::new(&remote.encoding);
        let mut at = 0;
        loop {
            let items = format!("UID BODY.PEEK[{}]<{at}.{PIECE_BYTES}>", remote.section);
            let fetched = imap.fetch(&remote.uid.to_string(), &items, PIECE_BYTES)?;
            let piece = fetched
                .into_iter()
                .filter(|f| f.uid == Some(remote.uid))
                .find_map(|mut f| f.take(&remote.section));
            let piece = piece.ok_or_else(gone)?;
            decoder.feed(&piece);
            at += piece.len();
            if piece.len() < PIECE_BYTES || at as u64 > PART_MAX_BYTES {
                return Ok(Bytes::from(decoder.finish()));
            }
        }
    })
}

/// Sets or clears `\Seen` and sets `\Answered`; an answer is never taken back.
pub(crate) fn set_flags(line: &mut Line, message: &RemoteId, flags: Flags) -> Result<()> {
    let (folder, validity, uid) = parse_remote_id(message).ok_or_else(gone)?;
    line.with(|imap, _| {
        if imap.open(&folder, true)?.validity != validity {
            return Err(gone());
        }
        match (flags.seen, flags.answered) {
            (true, true) => imap.run(&format!("UID STORE {uid} +FLAGS.SILENT (\\Seen \\Answered)"), 0)?,
            (true, false) => imap.run(&format!("UID STORE {uid} +FLAGS.SILENT (\\Seen)"), 0)?,
            (false, answered) => {
                if answered {
                    imap.run(&format!("UID STORE {uid} +FLAGS.SILENT (\\Answered)"), 0)?;
                }
                imap.run(&format!("UID STORE {uid} -FLAGS.SILENT (\\Seen)"), 0)?
            }
        };
        Ok(())
    })
}

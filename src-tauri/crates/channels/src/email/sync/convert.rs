//! From what the server says of a message to what is handed in.

use theke_domain::message::{Completeness, Direction, Incoming, RemoteId};

use super::cursor::{Place, Role};
use crate::email::mime::{self, Fetched as Context};
use crate::email::session::reply::Fetched;

/// Between the pieces of a remote id.
const SEPARATOR: char = '\u{1f}';

/// What is fetched of every message first: enough for the list, for threads, and for the content key.
pub(crate) const HEADER_ITEMS: &str = "UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (FROM SENDER REPLY-TO TO CC SUBJECT DATE MESSAGE-ID \
     IN-REPLY-TO REFERENCES AUTHENTICATION-RESULTS X-SPAM-FLAG X-SPAM-STATUS X-SPAM RETURN-PATH AUTO-SUBMITTED \
     PRECEDENCE LIST-ID LIST-UNSUBSCRIBE CONTENT-TYPE X-AUTO-RESPONSE-SUPPRESS X-AUTOREPLY X-FAILED-RECIPIENTS)] BODY.PEEK[TEXT]<0.512>";
/// A whole message.
pub(crate) const WHOLE_ITEMS: &str = "UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[]";
/// Bytes that the literals of [`HEADER_ITEMS`] may have per message.
pub(crate) const HEADER_MAX_BYTES: usize = 64 * 1024;

/// The id of a message: folder, UIDVALIDITY, UID.
pub(crate) fn remote_id(place: &Place, uid: u32) -> RemoteId {
    RemoteId(format!("{}{SEPARATOR}{}{SEPARATOR}{uid}", place.name, place.validity))
}

/// Folder, UIDVALIDITY and UID of an id.
pub(crate) fn parse_remote_id(id: &RemoteId) -> Option<(String, u32, u32)> {
    let mut pieces = id.0.rsplitn(3, SEPARATOR);
    let uid = pieces.next()?.parse().ok()?;
    let validity = pieces.next()?.parse().ok()?;
    Some((pieces.next()?.to_owned(), validity, uid))
}

fn context(place: &Place, uid: u32, fetched: &Fetched) -> Context {
    Context {
        remote_id: remote_id(place, uid),
        direction: if place.role == Role::Sent { Direction::Out } else { Direction::In },
        received_at: fetched.received_at,
        flags: fetched.flags.unwrap_or_default(),
        size_bytes: fetched.size_bytes,
        spam: false,
    }
}

/// A message from the answer to [`HEADER_ITEMS`]; `None` if it holds no headers.
pub(crate) fn headers(place: &Place, mut fetched: Fetched) -> Option<Incoming> {
    let uid = fetched.uid?;
    let headers = fetched.take("HEADER.FIELDS")?;
    let prefix = fetched.take("TEXT").unwrap_or_default();
    Some(mime::from_headers(&headers, &prefix, &context(place, uid, &fetched)))
}

/// A message from the answer to [`WHOLE_ITEMS`]; `None` if it holds no body or less than was announced.
pub(crate) fn whole(place: &Place, mut fetched: Fetched) -> Option<Incoming> {
    let uid = fetched.uid?;
    let raw = fetched.take("")?;
    let mut incoming = mime::incoming(raw, &context(place, uid, &fetched));
    incoming.completeness = Completeness::Whole;
    Some(incoming)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remote_ids_go_both_ways() {
        let mut place = Place::new("A/B", Role::Inbox);
        place.validity = 9;
        assert_eq!(parse_remote_id(&remote_id(&place, 5)), Some(("A/B".to_owned(), 9, 5)));
        assert_eq!(parse_remote_id(&RemoteId("x".into())), None);
    }
}

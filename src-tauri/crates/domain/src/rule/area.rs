//! The places of a message in which words stand, as bits: a condition asks for several of them at once.

use super::condition::{Place, Words};

/// The subject.
pub(super) const SUBJECT: u8 = 1;
/// What the customer wrote.
pub(super) const OWN: u8 = 2;
/// Quoted history and the signature.
pub(super) const QUOTED: u8 = 4;

/// Where the words of a condition count.
pub(super) fn of(words: &Words) -> u8 {
    let text = if words.quoted { OWN | QUOTED } else { OWN };
    match words.place {
        Place::Both => SUBJECT | text,
        Place::Text => text,
        Place::Subject => SUBJECT,
    }
}

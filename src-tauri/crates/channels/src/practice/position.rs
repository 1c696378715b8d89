//! Where the practice shop stands: the cursor of one account. All that was promised to the learner is in it, so that
//! a closed program goes on where it was.

use serde::{Deserialize, Serialize};
use theke_domain::time::Timestamp;

use super::people::PEOPLE;
use crate::channel::Cursor;
use crate::error::{Error, ErrorKind, Result};

/// Sends that are remembered, so that the same one is not answered twice.
const KNOWN_SENDS: usize = 50;

/// The cursor, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// When the account was first asked.
    pub started: Timestamp,
    /// How many openings of this channel are handed in.
    pub opened: usize,
    /// How many answers each person got here.
    pub answered: Vec<u32>,
    /// What they are going to say.
    pub replies: Vec<Reply>,
    /// References of sends that are in here, oldest first.
    known: Vec<String>,
}

/// A reply that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// When it comes.
    pub due: Timestamp,
    /// Whose.
    pub person: usize,
    /// To which answer, from 0.
    pub number: u32,
    /// The answer's reference and subject, for threading.
    pub to: String,
    pub subject: Option<String>,
}

/// An answer of the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    pub at: Timestamp,
    pub person: usize,
    pub reference: String,
    pub subject: Option<String>,
}

impl Position {
    /// From a cursor; a first one begins now.
    pub fn read(cursor: &Cursor, now: Timestamp) -> Result<Self> {
        if cursor.is_start() {
            let answered = vec![0; PEOPLE.len()];
            return Ok(Self { started: now, opened: 0, answered, replies: Vec::new(), known: Vec::new() });
        }
        serde_json::from_str(&cursor.0).map_err(|error| {
            Error::new(ErrorKind::Protocol, format!("the practice shop lost its place: {error}"))
        })
    }

    /// As a cursor.
    pub fn cursor(&self) -> Cursor {
        Cursor(serde_json::to_string(self).unwrap_or_default())
    }

    /// A send is answered once, after a delay that follows from the seed.
    pub fn take(&mut self, sent: &Sent, seed: u64) {
        if self.known.contains(&sent.reference) {
            return;
        }
        self.known.push(sent.reference.clone());
        let surplus = self.known.len().saturating_sub(KNOWN_SENDS);
        self.known.drain(..surplus);
        let Some(count) = self.answered.get_mut(sent.person) else { return };
        let number = *count;
        *count += 1;
        let has_more = PEOPLE.get(sent.person).is_some_and(|person| person.replies.len() > number as usize);
        if has_more {
            let due = sent.at.plus_secs(delay_secs(seed, sent.person, number));
            let (to, subject) = (sent.reference.clone(), sent.subject.clone());
            self.replies.push(Reply { due, person: sent.person, number, to, subject });
        }
    }
}

/// Between 15 and 74 seconds: long enough to look at something else, short enough to wait for.
fn delay_secs(seed: u64, person: usize, number: u32) -> i64 {
    let mixed = (seed ^ (person as u64) << 32 ^ u64::from(number)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    15 + i64::try_from((mixed >> 40) % 60).unwrap_or(0)
}

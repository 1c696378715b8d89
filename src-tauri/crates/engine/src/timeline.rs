//! Events that stand in a timeline beside messages, written in the transaction of what they tell.
//!
//! An event is a stable word with values; the window makes the sentence. Not here: notes, which people write.

use theke_domain::time::Timestamp;
use theke_store::table::conversations::{Conversation, Status};
use theke_store::table::entries;
use theke_store::words::Word;
use theke_store::{Result, Transaction};

/// Who changed a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Somebody of the shop.
    Person,
    /// The customer wrote.
    Customer,
    /// A snooze ended.
    Time,
    /// A rule of the shop.
    Rule,
}

impl By {
    fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Customer => "customer",
            Self::Time => "time",
            Self::Rule => "rule",
        }
    }
}

/// The status changed; `before` is the row as it was.
pub fn status(
    tx: &Transaction<'_>,
    before: &Conversation,
    became: Status,
    until: Option<Timestamp>,
    by: By,
    now: Timestamp,
) -> Result<()> {
    let until = until.map(Timestamp::to_rfc3339).unwrap_or_default();
    let values =
        [("from", before.status.word()), ("to", became.word()), ("until", until.as_str()), ("by", by.word())];
    event(tx, before, "status", &values, now)
}

/// Something else happened in a conversation.
pub fn event(
    tx: &Transaction<'_>,
    conversation: &Conversation,
    what: &str,
    values: &[(&str, &str)],
    now: Timestamp,
) -> Result<()> {
    entries::add_event(tx, conversation.contact_id, Some(conversation.id), what, values, now)
}

//! The trait that every kind implements, and the values it hands over.

use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use theke_domain::message::{ClientReference, Delivery, Flags, Incoming, Outgoing, PartRef, RemoteId};
use theke_domain::time::Timestamp;

use crate::error::{Error, Result};

/// Where polling goes on: text that only the channel reads. One per account, saved with the messages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

impl Cursor {
    /// Nothing was fetched yet.
    pub fn start() -> Self {
        Self::default()
    }

    /// Whether nothing was fetched yet.
    pub fn is_start(&self) -> bool {
        self.0.is_empty()
    }
}

/// Names a batch to its channel for [`Channel::acknowledge`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct BatchId(pub String);

/// What a provider says became of a sent message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryReport {
    /// Its id at the provider, as `send` returned it.
    pub remote_id: RemoteId,
    /// The state it is in.
    pub delivery: Delivery,
    /// The provider's reason for a failure, in its own words.
    pub reason: Option<String>,
    /// When the provider says that it happened.
    pub at: Option<Timestamp>,
}

/// One thing that is new at the provider.
#[derive(Debug, Clone, PartialEq)]
pub enum Update {
    /// A message, or more of one that was handed in with less of it.
    Message(Box<Incoming>),
    /// A delivery state of a message of ours.
    Delivery(DeliveryReport),
    /// Read or answered changed.
    Flags {
        /// Which message.
        remote_id: RemoteId,
        /// As they are now.
        flags: Flags,
    },
    /// It is no longer where it was. What was once seen stays in the store.
    Vanished {
        /// Which message.
        remote_id: RemoteId,
    },
    /// Something may be missing and cannot be had any more; the person is told.
    Gap {
        /// From when.
        since: Timestamp,
        /// Until when.
        until: Timestamp,
    },
}

/// A bounded piece of what is new. Stored with `cursor` in one transaction.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Batch {
    /// For the acknowledgement.
    pub id: BatchId,
    /// In the order in which they are to be stored.
    pub updates: Vec<Update>,
    /// Where to go on.
    pub cursor: Cursor,
    /// There is more to fetch at once: call again without waiting.
    pub more: bool,
    /// How many messages are known to be still outstanding, for progress; `None` if unknown.
    pub remaining: Option<u64>,
    /// How many there were before the first of them was fetched: `remaining` is what is left of these. `None` if
    /// unknown.
    pub total: Option<u64>,
}

/// Which of several computers at one account answers a message by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Claim {
    /// This installation does; asking again says the same.
    Won,
    /// Another one was first.
    Lost,
    /// The provider keeps no such mark: only the computer that the shop chose may answer by itself.
    NotOffered,
}

/// Committed just before a send can no longer be taken back.
#[async_trait]
pub trait Marker: Send + Sync {
    /// Returns once the mark is on disk. An error means: do not send.
    async fn passed(&self) -> Result<()>;
}

/// A marker for sends that nobody watches: checks and tests.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoMarker;

#[async_trait]
impl Marker for NoMarker {
    async fn passed(&self) -> Result<()> {
        Ok(())
    }
}

/// A live connection to one account. Methods may be called from several tasks at once: a send does not wait
/// for a poll. Dropping the value ends its connections.
#[async_trait]
pub trait Channel: Send + Sync {
    /// Proves that the settings work; called when the user saves them.
    async fn check(&self) -> Result<()>;

    /// Fetches what is new after `cursor` in bounded batches. With [`Cursor::start`] the newest come first and
    /// [`Channel::backfill`] goes on.
    async fn poll(&self, cursor: Cursor) -> Result<Batch>;

    /// Fetches what is older than the first poll, and what was handed in incompletely, newest first. An empty
    /// batch without `more` means that nothing is left.
    async fn backfill(&self, cursor: Cursor) -> Result<Batch> {
        Ok(Batch { cursor, ..Batch::default() })
    }

    /// Tells the provider that a batch is stored. Called after the commit, never before, for every batch: delivery
    /// states are struck off the channel's list only here.
    async fn acknowledge(&self, _batch: &BatchId) -> Result<()> {
        Ok(())
    }

    /// Returns when there may be something to fetch: IMAP IDLE, long polling, or the interval.
    async fn wait(&self, interval: Duration) {
        tokio::time::sleep(interval).await;
    }

    /// Fixes the bytes of a message when it is queued, where a retry must send the same bytes.
    fn compose(&self, _message: &Outgoing) -> Result<Option<Vec<u8>>> {
        Ok(None)
    }

    /// Delivers one message. `point_of_no_return` is awaited just before the send can no longer be taken back.
    async fn send(&self, _message: &Outgoing, _point_of_no_return: &dyn Marker) -> Result<RemoteId> {
        Err(Error::unsupported("sending"))
    }

    /// What is to be done after the provider took it, once it is committed as sent: the copy in Sent. Repeating
    /// it is harmless.
    async fn after_send(&self, _message: &Outgoing) -> Result<()> {
        Ok(())
    }

    /// Names sent messages whose last state is not known yet, so that `poll` asks for them. Called once after
    /// opening and before the first poll, with those of the last days; what `send` returns is followed by itself.
    /// The list lives in the store and not in the cursor: a cursor is saved by polls, and a crash between a send
    /// and the next poll would lose the id.
    async fn track(&self, _sent: &[RemoteId]) {}

    /// Looks for a message that was perhaps sent, by the reference that it carried.
    async fn look_up(&self, _reference: &ClientReference) -> Result<Option<RemoteId>> {
        Err(Error::unsupported("looking up sent messages"))
    }

    /// Fetches a part that was left at the provider.
    async fn fetch_part(&self, _part: &PartRef) -> Result<Bytes> {
        Err(Error::unsupported("fetching parts"))
    }

    /// Sets read and answered where the provider keeps such flags.
    async fn set_flags(&self, _message: &RemoteId, _flags: Flags) -> Result<()> {
        Err(Error::unsupported("flags"))
    }

    /// Claims the automatic answer to a message for this installation, so that of two computers at one account
    /// exactly one answers. An error claims nothing for certain; asking again settles it. `installation` is letters
    /// and digits.
    async fn claim(&self, _message: &RemoteId, _installation: &str) -> Result<Claim> {
        Ok(Claim::NotOffered)
    }
}

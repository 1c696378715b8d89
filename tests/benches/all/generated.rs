//! A channel of generated messages, so that a store of any size is filled by the real intake and not beside it.

use std::sync::Arc;

use async_trait::async_trait;
use theke_channels::{AccountSettings, Batch, BatchId, Channel, Cursor, Result, Spec, Update};
use theke_domain::address::Address;
use theke_domain::capability::{AddressKind, Capabilities};
use theke_domain::medium::{ChannelKind, Medium};
use theke_domain::message::{Completeness, Direction, Flags, Incoming, Party, RemoteId, ThreadHeaders};
use theke_domain::time::Timestamp;

use crate::mailbox::Choice;

/// The slug of this kind.
pub const KIND: &str = "generated";
const BATCH: usize = 500;

struct Generated {
    count: usize,
}

/// The kind as data: hands in `count` messages, newest first, and sends nothing.
pub fn spec(count: usize) -> Spec {
    Spec {
        kind: ChannelKind::new(KIND),
        name: "Generated".to_owned(),
        medium: Medium::new("email"),
        address_kind: AddressKind::Email,
        fields: Vec::new(),
        capabilities: Capabilities { sends: false, subject: true, ..Capabilities::TEXT },
        own_address: |_: &AccountSettings| None,
        open: Arc::new(move |_| Ok(Arc::new(Generated { count }))),
        find_settings: None,
    }
}

impl Generated {
    fn batch(&self, from: usize) -> Batch {
        let until = (from + BATCH).min(self.count);
        let updates =
            (from..until).map(|nth| Update::Message(Box::new(incoming(self.count - nth)))).collect();
        Batch {
            id: BatchId::default(),
            updates,
            cursor: Cursor(until.to_string()),
            more: until < self.count,
            remaining: Some((self.count - until) as u64),
        }
    }
}

#[async_trait]
impl Channel for Generated {
    async fn check(&self) -> Result<()> {
        Ok(())
    }

    async fn poll(&self, cursor: Cursor) -> Result<Batch> {
        Ok(self.batch(cursor.0.parse().unwrap_or(0)))
    }
}

fn incoming(index: usize) -> Incoming {
    let mut choice = Choice::new(index as u64);
    let german = choice.chance(65);
    let (name, address) = Choice::person(choice.somebody());
    let at = Timestamp::from_secs(1_400_000_000 + index as i64 * 300);
    let length = 300 + choice.below(2_700);
    let text = choice.text(length, german);
    let parent = (index > 10 && choice.chance(30))
        .then(|| format!("<g.{}@kunde.example>", index - 1 - choice.below(10)));
    Incoming {
        remote_id: RemoteId(index.to_string()),
        content_key: None,
        direction: Direction::In,
        at,
        received_at: at,
        from: Party {
            name: Some(name),
            address: Some(Address::Email { value: address.clone() }),
            raw: address,
        },
        to: Vec::new(),
        cc: Vec::new(),
        reply_to: Vec::new(),
        subject: Some(choice.subject(german)),
        text_without_quote: text.clone(),
        text,
        html: None,
        thread: ThreadHeaders {
            message_id: Some(format!("<g.{index}@kunde.example>")),
            references: parent.iter().cloned().collect(),
            in_reply_to: parent,
        },
        parts: Vec::new(),
        flags: Flags { seen: true, answered: false },
        source: None,
        completeness: Completeness::Whole,
        problems: Vec::new(),
        spam: false,
    }
}

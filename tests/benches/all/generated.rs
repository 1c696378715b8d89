//! A channel of generated messages, so that a store of any size is filled by the real intake and not beside it.

use std::sync::Arc;

use async_trait::async_trait;
use theke_channels::{AccountSettings, Batch, BatchId, Channel, Cursor, Result, Spec, Update};
use theke_domain::address::Address;
use theke_domain::capability::{AddressKind, Capabilities};
use theke_domain::medium::{ChannelKind, Medium};
use theke_domain::message::{
    Completeness, Direction, Flags, Incoming, IncomingPart, PartRef, Party, RemoteId, ThreadHeaders,
};
use theke_domain::time::Timestamp;

use crate::mailbox::Choice;

/// The slug of this kind.
pub const KIND: &str = "generated";
const BATCH: usize = 500;
/// One customer in so many messages, as a shop has after some years.
const MESSAGES_OF_ONE: usize = 10;

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
        let updates = (from..until)
            .map(|nth| Update::Message(Box::new(incoming(self.count - nth, self.count))))
            .collect();
        Batch {
            id: BatchId::default(),
            updates,
            cursor: Cursor(until.to_string()),
            more: until < self.count,
            remaining: Some((self.count - until) as u64),
            total: Some(self.count as u64),
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

fn incoming(index: usize, count: usize) -> Incoming {
    let mut choice = Choice::new(index as u64);
    let german = choice.chance(65);
    let (name, address) = Choice::person(choice.somebody_of((count / MESSAGES_OF_ONE).max(20)));
    let at = Timestamp::from_secs(1_400_000_000 + index as i64 * 300);
    let length = 300 + choice.below(2_700);
    let text = choice.text(length, german);
    let parent = (index > 10 && choice.chance(30))
        .then(|| format!("<g.{}@kunde.example>", index - 1 - choice.below(10)));
    let parts = if choice.chance(20) { vec![file(index, choice.chance(75))] } else { Vec::new() };
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
        parts,
        // What is old and read is done when it is first seen, and would not be in the inbox at all.
        flags: Flags { seen: choice.chance(20), answered: false },
        source: None,
        completeness: Completeness::Whole,
        problems: Vec::new(),
        spam: false,
        authentication_results: Vec::new(),
        signs: Vec::new(),
        bounce: None,
        authentication: None,
    }
}

/// A photograph or a document, left where it is.
fn file(index: usize, photograph: bool) -> IncomingPart {
    let (name, mime_type) = if photograph {
        (format!("foto-{index}.jpg"), "image/jpeg")
    } else {
        (format!("rechnung-{index}.pdf"), "application/pdf")
    };
    IncomingPart {
        name: Some(name),
        mime_type: mime_type.to_owned(),
        size_bytes: 80_000,
        sha256: None,
        inline: false,
        content_id: None,
        part_ref: Some(PartRef(index.to_string())),
        content: None,
    }
}

//! Opening the shipped SMS connectors on the stand-in, and emptying them.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::Arc;

use theke_channels::registry::Registry;
use theke_channels::{AccountSettings, Channel, Cursor, Update};
use theke_domain::address::Address;
use theke_domain::medium::ChannelKind;
use theke_domain::message::{ClientReference, Incoming, Outgoing, ThreadHeaders};
use theke_domain::time::Timestamp;
use theke_tests::gateway::{API_KEY, Gateway, PASSWORD, USERNAME};

pub const KINDS: [&str; 2] = ["sms-seven", "sms-android"];

/// A channel of this kind on the stand-in.
pub fn open(kind: &str, gateway: &Gateway) -> Arc<dyn Channel> {
    let url = if kind == "sms-seven" { gateway.seven_url() } else { gateway.android_url() };
    open_at(kind, &url)
}

/// A channel of this kind at this base address.
pub fn open_at(kind: &str, url: &str) -> Arc<dyn Channel> {
    let mut settings = AccountSettings { country: "DE".to_owned(), ..AccountSettings::default() };
    settings.values.insert("base_url".to_owned(), url.to_owned());
    settings.values.insert("number".to_owned(), "+4915100000000".to_owned());
    settings.values.insert("username".to_owned(), USERNAME.to_owned());
    settings.secrets.insert("api_key".to_owned(), API_KEY.to_owned());
    settings.secrets.insert("password".to_owned(), PASSWORD.to_owned());
    let registry = Registry::load(None);
    let spec = registry.get(&ChannelKind::new(kind)).expect("a shipped kind");
    (spec.open)(settings).expect("complete settings")
}

/// Polls to the end, acknowledging each batch; only messages.
pub async fn drain(channel: &dyn Channel, mut cursor: Cursor) -> (Vec<Incoming>, Cursor) {
    let mut messages = Vec::new();
    loop {
        let batch = channel.poll(cursor).await.expect("a batch");
        cursor = batch.cursor;
        messages.extend(batch.updates.into_iter().filter_map(|update| match update {
            Update::Message(message) => Some(*message),
            _ => None,
        }));
        channel.acknowledge(&batch.id).await.expect("an acknowledgement");
        if !batch.more {
            return (messages, cursor);
        }
    }
}

/// A text to a customer.
pub fn text_to(number: &str, reference: &str, text: &str) -> Outgoing {
    Outgoing {
        reference: ClientReference(reference.to_owned()),
        at: Timestamp::from_secs(1_795_255_200),
        to: Address::Phone { value: number.to_owned() },
        to_name: None,
        cc: Vec::new(),
        subject: None,
        text: text.to_owned(),
        html: None,
        thread: ThreadHeaders::default(),
        parts: Vec::new(),
        automatic: false,
        payload: None,
    }
}

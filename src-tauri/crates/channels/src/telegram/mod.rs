//! Telegram: a bot of the shop's, by long polling. A client of our own over the few methods that are needed.
//!
//! Telegram keeps an update until a later request names a higher offset, and at most 24 hours. So the offset is
//! taken from the stored cursor only, and when nobody asked for longer than a day, a [`Gap`](crate::Update::Gap)
//! says from when messages may be missing. A bot can answer but never write first.
//!
//! Not here: webhooks (there is no server of ours), formatting (customer text is never markup), groups as groups:
//! a group chat is one address.

mod api;
mod channel;
mod convert;
mod cursor;
mod reference;
mod send;
mod wire;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use theke_domain::address::Address;
use theke_domain::capability::{AddressKind, Capabilities};
use theke_domain::medium::{ChannelKind, Medium};

use crate::channel::Channel;
use crate::spec::{AccountSettings, Field, FieldKind, Spec};

/// The slug of kind, medium and network.
const SLUG: &str = "telegram";
const HOST: &str = "api.telegram.org";
const BASE_URL: &str = "https://api.telegram.org";
/// Longest text, counted in UTF-16 units by Telegram. <https://core.telegram.org/bots/api#sendmessage>
const TEXT_MAX: u32 = 4096;
/// Largest file that a bot may send. <https://core.telegram.org/bots/api#senddocument>
const SEND_FILE_MAX_BYTES: u64 = 50 * 1024 * 1024;

/// The kind.
pub fn spec() -> Spec {
    let field = |key: &str, label: &str, kind, secret, default: Option<&str>| Field {
        key: key.to_owned(),
        label: label.to_owned(),
        kind,
        secret,
        required: secret,
        default: default.map(str::to_owned),
    };
    Spec {
        kind: ChannelKind::new(SLUG),
        name: "Telegram".to_owned(),
        medium: Medium::new(SLUG),
        address_kind: AddressKind::Handle(SLUG.to_owned()),
        fields: vec![
            field("token", "Token of the bot, from @BotFather", FieldKind::Text, true, None),
            field("base_url", "Base address", FieldKind::Url, false, Some(BASE_URL)),
        ],
        capabilities: Capabilities {
            attachment_max_bytes: Some(SEND_FILE_MAX_BYTES),
            answers_only: true,
            text_max_chars: Some(TEXT_MAX),
            forgets_acknowledged: true,
            ..Capabilities::TEXT
        },
        own_address,
        open: Arc::new(|settings| Ok(Arc::new(channel::Telegram::open(&settings)?) as Arc<dyn Channel>)),
        find_settings: None,
    }
}

/// A bot's id stands before the colon of its token and is no secret.
fn own_address(settings: &AccountSettings) -> Option<Address> {
    let id = settings.secrets.get("token")?.split_once(':')?.0.trim();
    let is_id = !id.is_empty() && id.chars().all(|c| c.is_ascii_digit());
    is_id.then(|| Address::Handle { network: SLUG.to_owned(), value: id.to_owned() })
}

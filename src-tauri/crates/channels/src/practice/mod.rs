//! The practice shop's channels: invented customers who write by mail, SMS and chat, answer when they are answered,
//! and change their mind. For new staff to try everything on.
//!
//! Nothing can leave the computer: there is no connection in this folder to open, and a practice profile knows no
//! other kinds ([`crate::registry::Registry::practice`]). What happens follows from the seed and the clock alone, so
//! that a lesson can be repeated. Not here: the lessons, which the window shows.

mod channel;
mod people;
mod position;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use theke_domain::address::Address;
use theke_domain::capability::{AddressKind, Capabilities, Segments};
use theke_domain::medium::{ChannelKind, Medium};
use theke_domain::time::Timestamp;

use crate::channel::Channel;
use crate::clock::Clock;
use crate::spec::{AccountSettings, Field, FieldKind, Spec};
use channel::Practice;
use people::Way;

/// The time of day that the customers live in.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The practice shop's three kinds, by the computer's clock.
pub fn specs() -> Vec<Spec> {
    let clock = Clock::default();
    specs_at(Arc::new(move || clock.now()))
}

/// The same by another clock.
pub fn specs_at(now: Now) -> Vec<Spec> {
    let mail = Capabilities { subject: true, cc: true, attachment_max_bytes: Some(25_000_000), ..SANDBOX };
    let sms = Capabilities { segments: Segments::Sms, text_max_chars: Some(1530), ..SANDBOX };
    let chat = Capabilities { text_max_chars: Some(4096), answers_only: true, ..SANDBOX };
    let network = AddressKind::Handle("telegram".to_owned());
    vec![
        spec(Way::Mail, "practice-email", "email", AddressKind::Email, mail, now.clone()),
        spec(Way::Sms, "practice-sms", "sms", AddressKind::Phone, sms, now.clone()),
        spec(Way::Chat, "practice-chat", "telegram", network, chat, now),
    ]
}

/// A repeated send is known by its reference, and every send can be looked up: the customers are in here.
const SANDBOX: Capabilities = Capabilities { sandbox: true, client_reference: true, ..Capabilities::TEXT };

fn spec(
    way: Way,
    kind: &str,
    medium: &str,
    address_kind: AddressKind,
    capabilities: Capabilities,
    now: Now,
) -> Spec {
    Spec {
        kind: ChannelKind::new(kind),
        name: "Practice".to_owned(),
        medium: Medium::new(medium),
        address_kind,
        fields: vec![Field {
            key: "seed".to_owned(),
            label: "Seed".to_owned(),
            kind: FieldKind::Text,
            secret: false,
            required: false,
            default: Some("1".to_owned()),
        }],
        capabilities,
        own_address: match way {
            Way::Mail => |_| Some(Address::Email { value: "laden@uebung.example".to_owned() }),
            Way::Sms => |_| Some(Address::Phone { value: "+4915228895456".to_owned() }),
            Way::Chat => |_| None,
        },
        find_settings: None,
        open: Arc::new(move |settings: AccountSettings| {
            let seed = settings.get("seed").and_then(|seed| seed.parse().ok()).unwrap_or(1);
            Ok(Arc::new(Practice::new(way, seed, now.clone())) as Arc<dyn Channel>)
        }),
    }
}

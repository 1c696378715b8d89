//! No secret in errors and logs (D4): every fault, every operation, logs at TRACE.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod gateways;

use std::io::Write;
use std::sync::{Arc, Mutex};

use base64::Engine;
use gateways::{KINDS, open, text_to};
use theke_channels::registry::Registry;
use theke_channels::{AccountSettings, Channel, Cursor, NoMarker};
use theke_domain::address::Address;
use theke_domain::medium::ChannelKind;
use theke_domain::message::{ClientReference, Outgoing, PartRef};
use theke_tests::gateway::{self, Fault, Gateway, On};
use theke_tests::telegram;
use tracing_subscriber::util::SubscriberInitExt;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn shown(error: &theke_channels::Error) -> String {
    let mut text = format!("{error} {error:?} ");
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str(&format!("{inner} {inner:?} "));
        cause = inner.source();
    }
    text
}

async fn everything(channel: &dyn Channel, message: &Outgoing) -> String {
    let mut text = String::new();
    let mut note = |error: Option<theke_channels::Error>| {
        text.push_str(&error.map(|error| shown(&error)).unwrap_or_default());
    };
    note(channel.check().await.err());
    note(channel.poll(Cursor::start()).await.err());
    note(channel.send(message, &NoMarker).await.err());
    note(channel.look_up(&ClientReference("r1".to_owned())).await.err());
    note(channel.fetch_part(&PartRef("file-1".to_owned())).await.err());
    text
}

#[tokio::test]
async fn no_error_and_no_log_holds_a_secret() {
    let log = Log::default();
    let writer = log.clone();
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish()
        .init();

    let mut errors = String::new();
    let message = text_to("+4915112345678", "r1", "Hallo");
    for fault in [
        Fault::EchoSecret,
        Fault::Unauthorized,
        Fault::RateLimited { retry_after_secs: 1 },
        Fault::ServerError(500),
        Fault::ServerError(400),
        Fault::CutJson,
        Fault::HtmlPage,
        Fault::DropBeforeAccept,
        Fault::Redirect(format!("http://127.0.0.1:1/?key={}", gateway::API_KEY)),
        Fault::Huge,
    ] {
        for kind in KINDS {
            let gateway = Gateway::start().await;
            gateway.fault(On::Any, fault.clone(), 99);
            errors.push_str(&everything(&*open(kind, &gateway), &message).await);
        }
    }
    let to = Address::Handle { network: "telegram".to_owned(), value: "4711".to_owned() };
    let chat = Outgoing { to, ..message };
    for sort in 0..4 {
        let stand_in = telegram::Telegram::start().await;
        match sort {
            0 => stand_in.rate_limit(99, 1),
            1 => stand_in.set_conflict(true),
            2 => stand_in.drop_next_send(),
            _ => stand_in.fail_next_fetch(),
        }
        let url = if sort == 3 { "http://127.0.0.1:1".to_owned() } else { stand_in.url() };
        let mut settings = AccountSettings::default();
        settings.values.insert("base_url".to_owned(), url);
        settings.secrets.insert("token".to_owned(), telegram::TOKEN.to_owned());
        let registry = Registry::load(None);
        let spec = registry.get(&ChannelKind::new("telegram")).unwrap();
        let channel = (spec.open)(settings).unwrap();
        errors.push_str(&everything(&*channel, &chat).await);
    }

    let log = String::from_utf8_lossy(&log.0.lock().unwrap()).into_owned();
    assert!(errors.len() > 1000, "the faults made no errors");
    assert!(log.contains("TRACE") || log.contains("DEBUG"), "nothing was logged");
    let basic = format!("{}:{}", gateway::USERNAME, gateway::PASSWORD);
    let basic = base64::engine::general_purpose::STANDARD.encode(basic);
    let (_, token) = telegram::TOKEN.split_once(':').unwrap();
    for secret in [gateway::API_KEY, gateway::PASSWORD, &basic, token] {
        for (place, text) in [("errors", &errors), ("logs", &log)] {
            let found = text.find(secret).map(|at| text[at.saturating_sub(200)..at].to_owned());
            assert_eq!(found, None, "a secret is in the {place}");
        }
    }
    assert!(!errors.contains("15112345678"), "an error names a customer's number");
}

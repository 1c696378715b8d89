//! What every kind of the registry keeps to, whatever it talks to.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use theke_channels::registry::Registry;
use theke_channels::{
    AccountSettings, Channel, Claim, Cursor, Error, ErrorKind, FieldKind, NoMarker, Retry, Spec,
};
use theke_domain::address::Address;
use theke_domain::capability::{AddressKind, Segments};
use theke_domain::medium::ChannelKind;
use theke_domain::message::{ClientReference, Outgoing, RemoteId, ThreadHeaders};
use theke_domain::time::Timestamp;

/// Every secret is this; it must never come out of an error. It has the form of a bot's token, which others take too.
const CANARY: &str = "4242424242:CANARY-3f9a";

fn specs() -> Vec<Spec> {
    let registry = Registry::load(None);
    assert_eq!(registry.broken, Vec::<String>::new());
    assert!(registry.specs().len() >= 3, "the registry is empty");
    registry.specs().to_vec()
}

/// A port on which nobody listens.
fn closed_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Settings that are complete and lead nowhere.
fn settings(spec: &Spec) -> AccountSettings {
    let port = closed_port();
    let mut settings = AccountSettings {
        country: "DE".to_owned(),
        scratch: std::env::temp_dir(),
        ..AccountSettings::default()
    };
    for field in &spec.fields {
        if field.secret {
            settings.secrets.insert(field.key.clone(), CANARY.to_owned());
            continue;
        }
        let value = match &field.kind {
            FieldKind::Url => format!("http://127.0.0.1:{port}/x"),
            FieldKind::Host => "127.0.0.1".to_owned(),
            FieldKind::Port => port.to_string(),
            FieldKind::Email => "laden@shop.example".to_owned(),
            FieldKind::Phone => "+4915112345678".to_owned(),
            FieldKind::Choice { options, .. } => options[0].clone(),
            FieldKind::Text => field.default.clone().unwrap_or_else(|| "laden".to_owned()),
            FieldKind::File => continue,
        };
        settings.values.insert(field.key.clone(), value);
    }
    settings
}

fn opened(spec: &Spec) -> Arc<dyn Channel> {
    (spec.open)(settings(spec)).unwrap_or_else(|error| panic!("{}: {error}", spec.kind))
}

fn recipient(spec: &Spec) -> Address {
    match &spec.address_kind {
        AddressKind::Email => Address::Email { value: "anna@kunde.example".to_owned() },
        AddressKind::Phone => Address::Phone { value: "+4915112345678".to_owned() },
        AddressKind::Handle(network) => {
            Address::Handle { network: network.clone(), value: "4711".to_owned() }
        }
    }
}

fn outgoing(spec: &Spec) -> Outgoing {
    Outgoing {
        reference: ClientReference("<0001@shop.example>".to_owned()),
        at: Timestamp::from_secs(1_795_255_200),
        to: recipient(spec),
        to_name: None,
        cc: Vec::new(),
        subject: spec.capabilities.subject.then(|| "Ihre Frage".to_owned()),
        text: "Guten Tag".to_owned(),
        html: None,
        thread: ThreadHeaders::default(),
        parts: Vec::new(),
        automatic: false,
        payload: None,
    }
}

/// Everything that a log or a screen could show of an error.
fn shown(error: &Error) -> String {
    let mut text = format!("{error} {error:?}");
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text.push_str(&format!(" {inner} {inner:?}"));
        cause = inner.source();
    }
    text
}

fn assert_no_secret(spec: &Spec, error: &Error) {
    let shown = shown(error);
    assert!(!shown.contains("CANARY"), "{}: {shown}", spec.kind);
}

#[test]
fn kinds_and_field_keys_are_sane() {
    let mut kinds = BTreeSet::new();
    for spec in specs() {
        assert!(ChannelKind::parse(spec.kind.as_str()).is_some(), "{}", spec.kind);
        assert!(kinds.insert(spec.kind.clone()), "{} stands there twice", spec.kind);
        assert!(!spec.name.trim().is_empty());
        let mut keys = BTreeSet::new();
        for field in &spec.fields {
            let place = format!("{}: {}", spec.kind, field.key);
            assert!(ChannelKind::parse(&field.key).is_some(), "{place}");
            assert!(keys.insert(field.key.clone()), "{place} stands there twice");
            assert!(!field.label.trim().is_empty(), "{place}");
            assert!(!(field.secret && field.default.is_some()), "{place}: a secret with a default");
            if let FieldKind::Choice { options, proposed } = &field.kind {
                assert!(!options.is_empty(), "{place}");
                for word in [&field.default, proposed] {
                    assert!(word.as_ref().is_none_or(|word| options.contains(word)), "{place}: {word:?}");
                }
            }
        }
        assert!(spec.fields.iter().any(|field| field.secret), "{} knows no secret", spec.kind);
    }
}

#[test]
fn capabilities_are_consistent() {
    for spec in specs() {
        let can = &spec.capabilities;
        let kind = &spec.kind;
        assert!(can.receives || can.sends, "{kind}");
        assert!(can.sends || !(can.delivery_states || can.client_reference || can.answers_only), "{kind}");
        assert!(can.text_max_chars.is_none_or(|max| max > 0), "{kind}");
        assert!(can.attachment_max_bytes.is_none_or(|max| max > 0), "{kind}");
        assert_eq!(can.segments == Segments::Sms, spec.medium.as_str() == "sms", "{kind}");
        assert!(!can.cc || can.subject, "{kind}: copies without a subject");
        if let Some(own) = (spec.own_address)(&settings(&spec)) {
            assert!(own.fits(&spec.address_kind), "{kind}: its own address is none that it reaches");
        }
        assert_eq!((spec.own_address)(&AccountSettings::default()), None, "{kind}");
    }
}

#[test]
fn a_missing_field_is_a_fault_of_the_settings() {
    for spec in specs() {
        let error = (spec.open)(AccountSettings::default()).err().unwrap_or_else(|| panic!("{}", spec.kind));
        assert_eq!((error.kind, error.retry), (ErrorKind::Config, Retry::Never), "{}: {error}", spec.kind);
        for field in spec.fields.iter().filter(|field| field.required && field.default.is_none()) {
            let mut settings = settings(&spec);
            settings.values.remove(&field.key);
            settings.secrets.remove(&field.key);
            let error = (spec.open)(settings).err();
            let error = error.unwrap_or_else(|| panic!("{} opens without {}", spec.kind, field.key));
            assert_eq!(error.kind, ErrorKind::Config, "{}: {error}", spec.kind);
            assert!(error.text.contains(&field.key), "{}: {error} names another field", spec.kind);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_does_not_answer_is_being_offline() {
    for spec in specs() {
        let channel = opened(&spec);
        let error = channel.check().await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Network, "{}: {error}", spec.kind);
        assert_ne!(error.retry, Retry::Never, "{}", spec.kind);
        assert_no_secret(&spec, &error);
        if spec.capabilities.receives {
            let error = channel.poll(Cursor::start()).await.unwrap_err();
            assert_eq!(error.kind, ErrorKind::Network, "{}: {error}", spec.kind);
            assert_no_secret(&spec, &error);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_send_that_never_left_is_not_in_doubt() {
    for spec in specs().into_iter().filter(|spec| spec.capabilities.sends) {
        let channel = opened(&spec);
        let mut message = outgoing(&spec);
        message.payload = channel.compose(&message).unwrap();
        let error = channel.send(&message, &NoMarker).await.unwrap_err();
        assert_eq!((error.kind, error.ambiguous), (ErrorKind::Network, false), "{}: {error}", spec.kind);
        assert_no_secret(&spec, &error);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_offered_says_so() {
    for spec in specs().into_iter().filter(|spec| !spec.capabilities.client_reference) {
        let reference = ClientReference("<0001@shop.example>".to_owned());
        let error = opened(&spec).look_up(&reference).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Unsupported, "{}: {error}", spec.kind);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_connection_nothing_is_claimed() {
    for spec in specs() {
        let claimed = opened(&spec).claim(&RemoteId("INBOX\u{1f}1\u{1f}1".to_owned()), "a1").await;
        match claimed {
            Ok(claim) => assert_eq!(claim, Claim::NotOffered, "{}", spec.kind),
            Err(error) => {
                assert_eq!(error.kind, ErrorKind::Network, "{}: {error}", spec.kind);
                assert_no_secret(&spec, &error);
            }
        }
    }
}

//! Sending through the shipped SMS connectors: at most once, whatever the gateway does, and what became of it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod gateways;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use gateways::{KINDS, open, open_at, text_to};
use theke_channels::{Channel, Cursor, DeliveryReport, Error, ErrorKind, Marker, NoMarker, Retry, Update};
use theke_domain::message::{ClientReference, Delivery, RemoteId};
use theke_tests::gateway::{Fault, Gateway, On, State};

const ANNA: &str = "+4915112345678";

/// Notes how many requests had arrived when the point of no return was passed.
struct Watch<'a> {
    gateway: &'a Gateway,
    requests: AtomicUsize,
}

#[async_trait]
impl Marker for Watch<'_> {
    async fn passed(&self) -> theke_channels::Result<()> {
        self.requests.store(self.gateway.requests().len(), Ordering::Relaxed);
        Ok(())
    }
}

/// A disk that is full.
struct Full;

#[async_trait]
impl Marker for Full {
    async fn passed(&self) -> theke_channels::Result<()> {
        Err(Error::new(ErrorKind::Config, "the disk is full"))
    }
}

async fn reports(channel: &dyn Channel) -> (theke_channels::BatchId, Vec<DeliveryReport>) {
    let batch = channel.poll(Cursor::start()).await.unwrap();
    let reports = batch.updates.into_iter().filter_map(|update| match update {
        Update::Delivery(report) => Some(report),
        _ => None,
    });
    (batch.id, reports.collect())
}

#[tokio::test]
async fn one_text_goes_out_once_after_the_mark() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        let channel = open(kind, &gateway);
        let watch = Watch { gateway: &gateway, requests: AtomicUsize::new(99) };
        let message = text_to(ANNA, "<0001@shop.example>", "Größe & Preis: {{msg.to}} 5+5=10 €?");
        let id = channel.send(&message, &watch).await.unwrap();
        assert_eq!(watch.requests.load(Ordering::Relaxed), 0, "{kind}: the mark comes before the request");
        let sent = gateway.sent();
        assert_eq!(sent.len(), 1, "{kind}");
        assert_eq!((sent[0].to.as_str(), sent[0].text.as_str()), (ANNA, message.text.as_str()), "{kind}");
        assert_eq!(sent[0].id, id.0, "{kind}");
        assert_eq!(sent[0].reference.as_deref(), Some("0001@shop.example"), "{kind}");
    }
}

#[tokio::test]
async fn without_the_mark_nothing_leaves() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        let error = open(kind, &gateway).send(&text_to(ANNA, "r1", "Hallo"), &Full).await.unwrap_err();
        assert_eq!(error.text, "the disk is full", "{kind}");
        assert_eq!(gateway.requests(), [], "{kind}");
    }
}

#[tokio::test]
async fn what_ends_unclearly_stays_in_doubt_and_is_found_by_its_reference() {
    for (fault, happened) in [
        (Fault::DropAfterAccept, true),
        (Fault::CutJson, true),
        (Fault::DropBeforeAccept, false),
        (Fault::ServerError(500), false),
        (Fault::ServerError(504), false),
        (Fault::HtmlPage, false),
        (Fault::Huge, false),
        (Fault::Redirect("http://127.0.0.1:1/".to_owned()), false),
    ] {
        for kind in KINDS {
            let gateway = Gateway::start().await;
            let channel = open(kind, &gateway);
            gateway.fault(On::Send, fault.clone(), 1);
            let reference = "<6f1c7d2e-0000-4000-8000-123456789abc@shop.example>";
            let error = channel.send(&text_to(ANNA, reference, "Hallo"), &NoMarker).await.unwrap_err();
            assert!(error.ambiguous, "{kind}, {fault:?}: {error}");
            assert_eq!(error.retry, Retry::Never, "{kind}, {fault:?}");
            let found = channel.look_up(&ClientReference(reference.to_owned())).await.unwrap();
            let sent = gateway.sent();
            assert_eq!(sent.len(), usize::from(happened), "{kind}, {fault:?}");
            assert_eq!(found, sent.first().map(|sms| RemoteId(sms.id.clone())), "{kind}, {fault:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_send_without_an_answer_is_in_doubt() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        let channel = open(kind, &gateway);
        gateway.fault(On::Send, Fault::Silence, 1);
        let error = channel.send(&text_to(ANNA, "r1", "Hallo"), &NoMarker).await.unwrap_err();
        assert!(error.ambiguous, "{kind}: {error}");
    }
}

#[tokio::test]
async fn a_definite_refusal_is_none() {
    let wait = Retry::After(Duration::from_secs(9));
    for (fault, wanted, retry) in [
        (Fault::RateLimited { retry_after_secs: 9 }, ErrorKind::RateLimited, wait),
        (Fault::Unauthorized, ErrorKind::Auth, Retry::Never),
        (Fault::ServerError(402), ErrorKind::RateLimited, Retry::Never),
        (Fault::ServerError(400), ErrorKind::Rejected, Retry::Never),
    ] {
        for kind in KINDS {
            let gateway = Gateway::start().await;
            let channel = open(kind, &gateway);
            gateway.fault(On::Send, fault.clone(), 1);
            let error = channel.send(&text_to(ANNA, "r1", "Hallo"), &NoMarker).await.unwrap_err();
            assert_eq!((error.kind, error.retry), (wanted, retry), "{kind}, {fault:?}: {error}");
            assert!(!error.ambiguous, "{kind}, {fault:?}");
            channel.send(&text_to(ANNA, "r1", "Hallo"), &NoMarker).await.unwrap();
            assert_eq!(gateway.sent().len(), 1, "{kind}, {fault:?}");
        }
    }
}

#[tokio::test]
async fn refusals_inside_a_200_are_definite() {
    let gateway = Gateway::start().await;
    let channel = open("sms-seven", &gateway);
    let words = "invalid recipient +4915112345678".to_owned();
    for (fault, wanted, part) in [
        (Fault::BareNumber(500), ErrorKind::RateLimited, "no credit left"),
        (Fault::BareNumber(900), ErrorKind::Auth, "API key"),
        (Fault::BareNumber(401), ErrorKind::Rejected, "too long"),
        (Fault::ItemRefused(words), ErrorKind::Rejected, "(invalid recipient …)"),
    ] {
        gateway.fault(On::Send, fault.clone(), 1);
        let error = channel.send(&text_to(ANNA, "r1", "Hallo"), &NoMarker).await.unwrap_err();
        assert_eq!((error.kind, error.ambiguous), (wanted, false), "{fault:?}: {error}");
        assert!(error.text.contains(part), "{fault:?}: {error}");
    }
    assert_eq!(gateway.sent(), []);
}

#[tokio::test]
async fn a_reference_that_is_there_already_is_the_same_message() {
    let gateway = Gateway::start().await;
    let channel = open("sms-android", &gateway);
    let first = channel.send(&text_to(ANNA, "r1", "Hallo"), &NoMarker).await.unwrap();
    let again = channel.send(&text_to(ANNA, "r1", "Hallo"), &NoMarker).await.unwrap();
    assert_eq!(first, again);
    assert_eq!(gateway.sent().len(), 1);
}

#[tokio::test]
async fn a_text_that_is_too_long_never_leaves() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        let error =
            open(kind, &gateway).send(&text_to(ANNA, "r1", &"x".repeat(1521)), &NoMarker).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Rejected, "{kind}: {error}");
        assert_eq!(gateway.requests(), [], "{kind}");
    }
}

#[tokio::test]
async fn delivery_states_come_once_and_only_count_after_the_commit() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        let channel = open(kind, &gateway);
        let id = channel.send(&text_to(ANNA, "r1", "Hallo"), &NoMarker).await.unwrap();
        assert_eq!(reports(&*channel).await.1, [], "{kind}: accepted is no news");
        gateway.progress();
        assert_eq!(reports(&*channel).await.1, [], "{kind}: nor is transmitted");
        gateway.progress();
        let (_, lost) = reports(&*channel).await;
        assert_eq!(lost.len(), 1, "{kind}");
        let (batch, again) = reports(&*channel).await;
        assert_eq!(again, lost, "{kind}: the first batch was never acknowledged");
        assert_eq!((&again[0].remote_id, again[0].delivery), (&id, Delivery::Delivered), "{kind}");
        channel.acknowledge(&batch).await.unwrap();
        let requests = gateway.requests().len();
        assert_eq!(reports(&*channel).await.1, [], "{kind}");
        assert_eq!(gateway.requests().len(), requests + 1, "{kind}: what is final is not asked for");
    }
}

#[tokio::test]
async fn after_a_restart_open_states_are_still_followed() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        let id = open(kind, &gateway).send(&text_to(ANNA, "r1", "Hallo"), &NoMarker).await.unwrap();
        let restarted = open(kind, &gateway);
        restarted.track(std::slice::from_ref(&id)).await;
        gateway.set_state(&id.0, State::Failed);
        let (_, reports) = reports(&*restarted).await;
        assert_eq!(reports.len(), 1, "{kind}");
        assert_eq!((&reports[0].remote_id, reports[0].delivery), (&id, Delivery::Failed), "{kind}");
    }
}

#[tokio::test]
async fn a_fault_of_the_states_keeps_no_message_back() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        let channel = open(kind, &gateway);
        channel.send(&text_to(ANNA, "r1", "Hallo"), &NoMarker).await.unwrap();
        reports(&*channel).await;
        gateway.receive(ANNA, "Danke", "2026-11-20T10:00:00Z");
        gateway.fault(On::Status, Fault::ServerError(500), 1);
        let batch = channel.poll(Cursor::start()).await.unwrap();
        assert_eq!(batch.updates.len(), 1, "{kind}");
        let asked = gateway.requests().pop().unwrap().path;
        assert!(asked == "/status" || asked.starts_with("/messages/"), "{kind}: {asked}");
    }
}

#[tokio::test]
async fn only_declared_hosts_are_reached() {
    for (kind, url, allowed) in [
        ("sms-seven", "https://gateway.seven.io/api", true),
        ("sms-seven", "https://gateway.seven.io.other.example/api", false),
        ("sms-seven", "http://192.168.1.20/api", false),
        ("sms-android", "http://192.168.1.20:8080", true),
        ("sms-android", "https://phone.other.example", true),
        ("sms-android", "http://8.8.8.8:8080", false),
    ] {
        let opened = std::panic::catch_unwind(|| open_at(kind, url)).is_ok();
        assert_eq!(opened, allowed, "{kind} at {url}");
    }
}

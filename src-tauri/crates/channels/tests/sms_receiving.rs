//! Receiving through the shipped SMS connectors, from a stand-in that pages, repeats, mixes up and misbehaves.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod gateways;

use std::time::Duration;

use gateways::{KINDS, drain, open};
use theke_channels::{Cursor, ErrorKind, Retry, Update};
use theke_domain::address::Address;
use theke_domain::message::Incoming;
use theke_tests::gateway::{Fault, Gateway, On};

fn minute(n: u32) -> String {
    format!("2026-11-{:02}T{:02}:{:02}:00Z", 1 + n / 600, (n / 60) % 10 + 8, n % 60)
}

fn texts(messages: &[Incoming]) -> Vec<&str> {
    let mut texts: Vec<&str> = messages.iter().map(|message| message.text.as_str()).collect();
    texts.sort_unstable();
    texts
}

#[tokio::test]
async fn every_message_comes_exactly_once_from_a_listing_that_repeats_and_mixes() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        gateway.set_shuffle(true);
        gateway.set_repeat(true);
        let wanted: Vec<String> = (0..250).map(|n| format!("text {n:03}")).collect();
        for (n, text) in (0..).zip(&wanted) {
            gateway.receive("+4915112345678", text, &minute(n));
        }
        let channel = open(kind, &gateway);
        let (messages, cursor) = drain(&*channel, Cursor::start()).await;
        assert_eq!(texts(&messages), wanted, "{kind}");
        let (again, cursor) = drain(&*channel, cursor).await;
        assert_eq!(texts(&again), Vec::<&str>::new(), "{kind}: nothing new");
        gateway.receive("+4915112345678", "one more", &minute(250));
        let (one, _) = drain(&*channel, cursor).await;
        assert_eq!(texts(&one), ["one more"], "{kind}");
    }
}

#[tokio::test]
async fn what_arrives_late_with_an_older_time_is_not_missed() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        gateway.receive("+4915112345678", "first", "2026-11-20T10:00:00Z");
        let channel = open(kind, &gateway);
        let (_, cursor) = drain(&*channel, Cursor::start()).await;
        gateway.receive("+4915112345678", "late", "2026-11-19T12:00:00Z");
        let (late, _) = drain(&*channel, cursor).await;
        assert_eq!(texts(&late), ["late"], "{kind}");
    }
}

#[tokio::test]
async fn a_phone_with_a_wrong_clock_does_not_hide_what_comes_after() {
    let gateway = Gateway::start().await;
    gateway.receive("+4915112345678", "from the future", "2099-01-01T00:00:00Z");
    let channel = open("sms-android", &gateway);
    let (_, cursor) = drain(&*channel, Cursor::start()).await;
    let soon = jiff::Timestamp::now() - jiff::SignedDuration::from_mins(1);
    gateway.receive("+4915112345678", "today", &soon.to_string());
    let (messages, _) = drain(&*channel, cursor).await;
    assert_eq!(texts(&messages), ["today"]);
}

#[tokio::test]
async fn a_long_listing_comes_in_bounded_batches_and_survives_a_fault_between() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        for n in 0..720 {
            gateway.receive("+4915112345678", &format!("text {n:03}"), &minute(n));
        }
        let channel = open(kind, &gateway);
        gateway.fault_after(2, On::Inbound, Fault::CutJson);
        let first = channel.poll(Cursor::start()).await.unwrap();
        assert_eq!(
            (first.updates.len(), first.more),
            (200, true),
            "{kind}: what came before the fault is handed in"
        );
        let (mut rest, _) = drain(&*channel, first.cursor).await;
        for update in first.updates {
            let Update::Message(message) = update else { panic!("{kind}: only messages") };
            rest.push(*message);
        }
        assert_eq!(texts(&rest).len(), 720, "{kind}");
        let mut ids: Vec<_> = rest.iter().map(|message| &message.remote_id).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 720, "{kind}");
    }
}

#[tokio::test]
async fn each_fault_has_its_sort_and_nothing_is_lost_by_it() {
    let secs = |secs| Retry::After(Duration::from_secs(secs));
    for (fault, wanted, retry) in [
        (Fault::RateLimited { retry_after_secs: 7 }, ErrorKind::RateLimited, secs(7)),
        (Fault::Unauthorized, ErrorKind::Auth, Retry::Never),
        (Fault::EchoSecret, ErrorKind::Auth, Retry::Never),
        (Fault::ServerError(502), ErrorKind::Network, Retry::Backoff),
        (Fault::ServerError(403), ErrorKind::Auth, Retry::Never),
        (Fault::ServerError(404), ErrorKind::Config, Retry::Never),
        (Fault::CutJson, ErrorKind::Protocol, Retry::Backoff),
        (Fault::HtmlPage, ErrorKind::Network, Retry::Backoff),
        (Fault::DropBeforeAccept, ErrorKind::Network, Retry::Backoff),
        (Fault::Redirect("http://127.0.0.1:1/".to_owned()), ErrorKind::Network, Retry::Backoff),
        (Fault::Huge, ErrorKind::Protocol, Retry::Backoff),
    ] {
        for kind in KINDS {
            let gateway = Gateway::start().await;
            gateway.receive("+4915112345678", "still there", &minute(0));
            let channel = open(kind, &gateway);
            gateway.fault(On::Any, fault.clone(), 2);
            let error = channel.check().await.unwrap_err();
            assert_eq!((error.kind, error.retry), (wanted, retry), "{kind}, check, {fault:?}: {error}");
            let error = channel.poll(Cursor::start()).await.unwrap_err();
            assert_eq!((error.kind, error.retry), (wanted, retry), "{kind}, poll, {fault:?}: {error}");
            channel.check().await.unwrap();
            let (messages, _) = drain(&*channel, Cursor::start()).await;
            assert_eq!(texts(&messages), ["still there"], "{kind}, {fault:?}");
        }
    }
}

#[tokio::test]
async fn a_bare_number_inside_a_200_is_an_error() {
    let gateway = Gateway::start().await;
    let channel = open("sms-seven", &gateway);
    for (number, wanted, retry) in [
        (900, ErrorKind::Auth, Retry::Never),
        (500, ErrorKind::RateLimited, Retry::Never),
        (600, ErrorKind::Network, Retry::Backoff),
    ] {
        gateway.fault(On::Inbound, Fault::BareNumber(number), 1);
        let error = channel.poll(Cursor::start()).await.unwrap_err();
        assert_eq!((error.kind, error.retry), (wanted, retry), "{number}: {error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_gateway_that_never_answers_costs_one_deadline() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        let channel = open(kind, &gateway);
        gateway.fault(On::Inbound, Fault::Silence, 1);
        let start = tokio::time::Instant::now();
        let error = channel.poll(Cursor::start()).await.unwrap_err();
        assert_eq!(error.kind, ErrorKind::Network, "{kind}: {error}");
        assert!(start.elapsed() <= Duration::from_secs(31), "{kind}: {:?}", start.elapsed());
    }
}

#[tokio::test(start_paused = true)]
async fn the_interval_stays_within_what_the_gateway_wants() {
    let gateway = Gateway::start().await;
    let channel = open("sms-seven", &gateway);
    for (asked, waited) in [(1, 20), (30, 30), (3600, 60)] {
        let start = tokio::time::Instant::now();
        channel.wait(Duration::from_secs(asked)).await;
        assert_eq!(start.elapsed().as_secs(), waited);
    }
}

#[tokio::test]
async fn payloads_become_messages() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        gateway.receive("+4915112345678", "Haben Sie {{secret.api_key}} auf?", "2026-11-20T09:30:00Z");
        gateway.receive("Paketdienst", "Ihr Paket kommt", "2026-11-20T09:31:00Z");
        gateway.receive("0151 2345678", "national geschrieben", "2026-11-20T09:32:00Z");
        let channel = open(kind, &gateway);
        let (messages, _) = drain(&*channel, Cursor::start()).await;
        insta::assert_json_snapshot!(format!("{kind}_messages"), messages);
    }
}

#[tokio::test]
async fn seven_s_numbers_without_a_plus_are_international() {
    let gateway = Gateway::start().await;
    gateway.receive("4915112345678", "Hallo", "2026-11-20T09:30:00Z");
    gateway.receive("4366412345678", "Servus", "2026-11-20T09:31:00Z");
    let channel = open("sms-seven", &gateway);
    let (messages, _) = drain(&*channel, Cursor::start()).await;
    let from: Vec<_> = messages.iter().filter_map(|message| message.from.address.as_ref()).collect();
    let phone = |value: &str| Address::Phone { value: value.to_owned() };
    assert_eq!(from, [&phone("+4915112345678"), &phone("+4366412345678")]);
}

#[tokio::test]
async fn what_the_gateway_has_let_go_is_not_asked_for_in_vain() {
    for kind in KINDS {
        let gateway = Gateway::start().await;
        gateway.receive("+4915112345678", "old", "2026-10-01T10:00:00Z");
        gateway.receive("+4915112345678", "new", "2026-11-20T10:00:00Z");
        gateway.set_window(Some("2026-11-01T00:00:00Z"));
        let channel = open(kind, &gateway);
        let (messages, cursor) = drain(&*channel, Cursor::start()).await;
        assert_eq!(texts(&messages), ["new"], "{kind}");
        gateway.set_window(Some("2026-11-21T00:00:00Z"));
        let (none, _) = drain(&*channel, cursor).await;
        assert_eq!(texts(&none), Vec::<&str>::new(), "{kind}");
    }
}

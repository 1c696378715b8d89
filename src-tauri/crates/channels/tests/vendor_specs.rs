//! Our requests against the vendors' published descriptions, where those are at hand.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod gateways;

use std::path::PathBuf;

use gateways::{drain, open, text_to};
use serde_json::Value;
use theke_channels::{Cursor, NoMarker};
use theke_domain::message::ClientReference;
use theke_tests::gateway::{Gateway, Request};

fn folder() -> Option<PathBuf> {
    if let Some(dir) = std::env::var_os("THEKE_SPECS") {
        return Some(PathBuf::from(dir));
    }
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.ancestors().map(|dir| dir.join("../shared/specs")).find(|dir| dir.is_dir())
}

/// Follows `$ref` within the document.
fn resolved<'a>(document: &'a Value, mut value: &'a Value) -> &'a Value {
    while let Some(target) = value.get("$ref").and_then(Value::as_str) {
        value = document.pointer(target.trim_start_matches('#')).unwrap();
    }
    value
}

/// The operation of a request: paths with `{name}` take one segment.
fn operation<'a>(document: &'a Value, request: &Request) -> Option<&'a Value> {
    let fits = |template: &str| {
        let (a, b): (Vec<_>, Vec<_>) = (template.split('/').collect(), request.path.split('/').collect());
        a.len() == b.len() && a.iter().zip(&b).all(|(a, b)| a.starts_with('{') || a == b)
    };
    let paths = document["paths"].as_object()?;
    paths.iter().find(|(path, _)| fits(path))?.1.get(request.method.to_ascii_lowercase())
}

fn check_value(place: &str, schema: &Value, text: &str) {
    if schema["type"] == "integer" {
        let number: i64 = text.parse().unwrap_or_else(|_| panic!("{place}: {text} is no whole number"));
        assert!(schema["minimum"].as_i64().is_none_or(|min| number >= min), "{place}: {number}");
        assert!(schema["maximum"].as_i64().is_none_or(|max| number <= max), "{place}: {number}");
    }
    if let Some(allowed) = schema["enum"].as_array() {
        assert!(allowed.iter().any(|value| value == text), "{place}: {text}");
    }
    if schema["format"] == "date-time" {
        assert!(text.parse::<jiff::Timestamp>().is_ok(), "{place}: {text}");
    }
    let longest = schema["maxLength"].as_u64();
    assert!(longest.is_none_or(|max| text.chars().count() as u64 <= max), "{place}: {text}");
}

fn check(document: &Value, request: &Request) {
    let place = format!("{} {}", request.method, request.path);
    let operation = operation(document, request).unwrap_or_else(|| panic!("{place} is not described"));
    let parameters: Vec<&Value> = operation["parameters"]
        .as_array()
        .map(|list| list.iter().map(|parameter| resolved(document, parameter)).collect())
        .unwrap_or_default();
    let query: Vec<(String, String)> =
        url::form_urlencoded::parse(request.query.as_bytes()).into_owned().collect();
    for (name, value) in &query {
        let known = parameters.iter().find(|p| p["name"] == name.as_str() && p["in"] == "query");
        let known = known.unwrap_or_else(|| panic!("{place}: the parameter {name} is not described"));
        check_value(&format!("{place}?{name}"), resolved(document, &known["schema"]), value);
    }
    for required in parameters.iter().filter(|p| p["required"] == true && p["in"] == "query") {
        assert!(
            query.iter().any(|(name, _)| required["name"] == name.as_str()),
            "{place}: {required} is missing"
        );
    }
    if request.body.is_empty() {
        return;
    }
    let (media, body) = operation["requestBody"]["content"].as_object().unwrap().iter().next().unwrap();
    let schema = resolved(document, &body["schema"]);
    let sent: Value = if media.contains("json") {
        serde_json::from_str(&request.body).unwrap()
    } else {
        let pairs = url::form_urlencoded::parse(request.body.as_bytes()).into_owned();
        Value::Object(pairs.map(|(name, value)| (name, Value::String(value))).collect())
    };
    for (name, value) in sent.as_object().unwrap() {
        let property = schema["properties"].get(name);
        let property = property.unwrap_or_else(|| panic!("{place}: the field {name} is not described"));
        if let Some(text) = value.as_str() {
            check_value(&format!("{place} {name}"), resolved(document, property), text);
        }
    }
    for required in schema["required"].as_array().into_iter().flatten() {
        assert!(sent.get(required.as_str().unwrap()).is_some(), "{place}: {required} is missing");
    }
}

#[tokio::test]
async fn our_requests_are_what_the_vendors_describe() {
    let Some(folder) = folder() else {
        println!("skipped: the vendors' descriptions were not found");
        return;
    };
    for (kind, file) in [("sms-seven", "seven.json"), ("sms-android", "android-sms-gateway.json")] {
        let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
            println!("skipped: {file} was not found");
            continue;
        };
        let document: Value = serde_json::from_str(&text).unwrap();
        let gateway = Gateway::start().await;
        for n in 0..3 {
            gateway.receive("+4915112345678", &format!("text {n}"), "2026-11-20T10:00:00Z");
        }
        let channel = open(kind, &gateway);
        channel.check().await.unwrap();
        let reference = "<6f1c7d2e-0000-4000-8000-123456789abc@shop.example>";
        channel.send(&text_to("+4915112345678", reference, "Hallo"), &NoMarker).await.unwrap();
        let (_, cursor) = drain(&*channel, Cursor::start()).await;
        drain(&*channel, cursor).await;
        channel.look_up(&ClientReference(reference.to_owned())).await.unwrap();
        let requests = gateway.requests();
        assert!(requests.len() >= 6, "{kind}: {requests:?}");
        for request in &requests {
            check(&document, request);
        }
    }
}

//! The Android SMS Gateway's local server: Basic authentication, RFC 3339, a count in a header, ids that the client
//! may choose and that the server answers with 409 when they repeat.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Path, Query, State as Extract};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use serde_json::{Value, json};

use super::super::{PASSWORD, SentSms, Shared, State, USERNAME};
use super::{listed, page};

fn refused(headers: &HeaderMap) -> Option<Response> {
    let wanted = base64::engine::general_purpose::STANDARD.encode(format!("{USERNAME}:{PASSWORD}"));
    let is_right = headers.get("authorization").is_some_and(|given| *given == format!("Basic {wanted}"));
    (!is_right).then(|| StatusCode::UNAUTHORIZED.into_response())
}

fn bad(words: &str) -> Response {
    (StatusCode::BAD_REQUEST, Json(json!({ "message": words }))).into_response()
}

pub(crate) async fn inbox(
    Extract(shared): Extract<Shared>,
    headers: HeaderMap,
    Query(query): Query<HashMap<String, String>>,
) -> Response {
    if let Some(refused) = refused(&headers) {
        return refused;
    }
    let number = |name: &str, absent: usize| query.get(name).map_or(Some(absent), |n| n.parse().ok());
    let (Some(limit), Some(offset)) = (number("limit", 50), number("offset", 0)) else {
        return bad("limit and offset must be numbers");
    };
    if !(1..=500).contains(&limit) {
        return bad("limit must be between 1 and 500");
    }
    let from = match query.get("from").map(|text| text.parse::<jiff::Timestamp>()) {
        None => None,
        Some(Ok(from)) => Some(from),
        Some(Err(_)) => return bad("Invalid from datetime"),
    };
    if query.get("type").is_some_and(|kind| kind != "SMS") {
        return bad("Invalid type");
    }
    let items: Vec<_> = listed(&shared.lock(), from)
        .into_iter()
        .map(|item| {
            json!({ "id": item.id, "type": "SMS", "sender": item.from, "recipient": null, "simNumber": 1,
                    "contentPreview": item.text, "createdAt": item.at.to_string(), "attachments": [] })
        })
        .collect();
    let total = [("x-total-count", items.len().to_string())];
    (total, Json(page(items, offset, limit))).into_response()
}

pub(crate) async fn send(
    Extract(shared): Extract<Shared>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Response {
    if let Some(refused) = refused(&headers) {
        return refused;
    }
    let Some(text) = body.pointer("/textMessage/text").and_then(Value::as_str).filter(|t| !t.is_empty())
    else {
        return bad("Text message is empty");
    };
    let Some(to) = body.pointer("/phoneNumbers/0").and_then(Value::as_str) else {
        return bad("phoneNumbers is empty");
    };
    let chosen = body.get("id").and_then(Value::as_str).map(str::to_owned);
    if chosen.as_ref().is_some_and(|id| id.len() > 36) {
        return bad("id is too long");
    }
    let mut inner = shared.lock();
    inner.last_id += 1;
    let id = chosen.clone().unwrap_or_else(|| format!("generated-{}", inner.last_id));
    if inner.sent.iter().any(|sms| sms.id == id) {
        let words = json!({ "message": "Message with such ID already exists" });
        return (StatusCode::CONFLICT, Json(words)).into_response();
    }
    let sms = SentSms {
        id,
        reference: chosen,
        from: None,
        to: to.to_owned(),
        text: text.to_owned(),
        state: State::Accepted,
    };
    let answer = message(&sms);
    inner.sent.push(sms);
    (StatusCode::ACCEPTED, Json(answer)).into_response()
}

pub(crate) async fn state(
    Extract(shared): Extract<Shared>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Response {
    if let Some(refused) = refused(&headers) {
        return refused;
    }
    let inner = shared.lock();
    match inner.sent.iter().find(|sms| sms.id == id) {
        Some(sms) => Json(message(sms)).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn message(sms: &SentSms) -> Value {
    let word = match sms.state {
        State::Accepted => "Pending",
        State::Transmitted => "Sent",
        State::Delivered => "Delivered",
        State::Failed => "Failed",
    };
    let error = (sms.state == State::Failed).then_some("RESULT_ERROR_NO_SERVICE");
    let recipient = json!({ "phoneNumber": sms.to, "state": word, "error": error });
    json!({ "id": sms.id, "deviceId": "phone", "state": word, "recipients": [recipient],
            "isHashed": false, "isEncrypted": false, "states": {} })
}

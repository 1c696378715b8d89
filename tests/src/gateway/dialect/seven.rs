//! seven.io: `X-Api-Key`, days as bounds, times without a zone, refusals as a bare number inside a 200.

use std::collections::HashMap;

use axum::Json;
use axum::extract::{Form, FromRequestParts, Query, State as Extract};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::super::{API_KEY, SentSms, Shared, State};
use super::{listed, page};

type Parameters = HashMap<String, String>;

/// seven.io's own zone, as our definition assumes.
fn zone() -> jiff::tz::TimeZone {
    jiff::tz::TimeZone::get("Europe/Berlin").expect("the compiled-in time zones")
}

/// Somebody with the key; without it each question is answered by the number alone.
pub(crate) struct KeyHolder;

impl<S: Send + Sync> FromRequestParts<S> for KeyHolder {
    type Rejection = &'static str;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Self::Rejection> {
        let is_right = parts.headers.get("x-api-key").is_some_and(|key| key == API_KEY);
        is_right.then_some(Self).ok_or("900")
    }
}

fn bounds(query: &Parameters) -> Option<(usize, usize)> {
    let limit: usize = query.get("limit").map_or(Some(77), |n| n.parse().ok())?;
    let offset = query.get("offset").map_or(Some(0), |n| n.parse().ok())?;
    (1..=100).contains(&limit).then_some((offset, limit))
}

fn bad() -> Response {
    StatusCode::UNPROCESSABLE_ENTITY.into_response()
}

pub(crate) async fn status(
    Extract(shared): Extract<Shared>,
    _: KeyHolder,
    Query(query): Query<Parameters>,
) -> Response {
    let Some(ids) = query.get("msg_id") else { return bad() };
    let inner = shared.lock();
    let known = |id: &str| {
        let word = inner.sent.iter().find(|sms| sms.id == id).map_or("UNKNOWN", |sms| word(sms.state));
        json!({ "id": id, "status": word, "status_time": "2026-11-21 10:00:00.000" })
    };
    Json(ids.split(',').map(known).collect::<Vec<_>>()).into_response()
}

pub(crate) async fn inbound(
    Extract(shared): Extract<Shared>,
    _: KeyHolder,
    Query(query): Query<Parameters>,
) -> Response {
    let Some((offset, limit)) = bounds(&query) else { return bad() };
    let from = match query.get("date_from").map(|day| day.parse::<jiff::civil::Date>()) {
        None => None,
        Some(Ok(day)) => day.to_zoned(zone()).ok().map(|at| at.timestamp()),
        Some(Err(_)) => return bad(),
    };
    let items: Vec<_> = listed(&shared.lock(), from)
        .into_iter()
        .map(|item| {
            let at = item.at.to_zoned(zone()).strftime("%Y-%m-%d %H:%M:%S").to_string();
            json!({ "id": item.id, "from": item.from, "to": "4915100000000", "text": item.text,
                    "timestamp": at, "price": "0" })
        })
        .collect();
    Json(page(items, offset, limit)).into_response()
}

pub(crate) async fn outbound(
    Extract(shared): Extract<Shared>,
    _: KeyHolder,
    Query(query): Query<Parameters>,
) -> Response {
    let Some((offset, limit)) = bounds(&query) else { return bad() };
    let items: Vec<_> = shared.lock().sent.iter().rev().map(entry).collect();
    Json(page(items, offset, limit)).into_response()
}

fn word(state: State) -> &'static str {
    match state {
        State::Accepted => "ACCEPTED",
        State::Transmitted => "TRANSMITTED",
        State::Delivered => "DELIVERED",
        State::Failed => "NOTDELIVERED",
    }
}

fn entry(sms: &SentSms) -> serde_json::Value {
    json!({ "id": sms.id, "to": sms.to, "from": sms.from, "text": sms.text, "dlr": word(sms.state),
            "foreign_id": sms.reference, "type": "direct", "channel": "sms" })
}

pub(crate) async fn send(
    Extract(shared): Extract<Shared>,
    _: KeyHolder,
    Form(form): Form<Parameters>,
) -> Response {
    let (Some(to), Some(text)) = (form.get("to"), form.get("text")) else { return bad() };
    if text.chars().count() > 1520 {
        return "401".into_response();
    }
    let mut inner = shared.lock();
    inner.last_id += 1;
    let id = format!("{}", 9_000_000 + inner.last_id);
    inner.sent.push(SentSms {
        id: id.clone(),
        reference: form.get("foreign_id").cloned(),
        from: form.get("from").cloned(),
        to: to.clone(),
        text: text.clone(),
        state: State::Accepted,
    });
    let item = json!({ "id": id, "recipient": to, "text": text, "parts": 1, "success": true,
                       "error": null, "error_text": null, "price": 0.07 });
    Json(json!({ "success": "100", "total_price": 0.07, "messages": [item] })).into_response()
}

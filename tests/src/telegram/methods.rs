//! The methods of the Bot API that are offered.

use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Path, Request, State as Extract};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::{Call, Next, Sent, Shared, TOKEN};

/// Parameters and the one file of a call.
struct Arguments {
    params: Value,
    file: Option<(String, Vec<u8>)>,
}

impl Arguments {
    fn int(&self, name: &str) -> Option<i64> {
        let value = self.params.get(name)?;
        value.as_i64().or_else(|| value.as_str()?.parse().ok())
    }

    fn text(&self, name: &str) -> Option<String> {
        self.params.get(name)?.as_str().map(str::to_owned)
    }
}

fn refusal(code: u16, words: &str, parameters: Value) -> Response {
    let status = StatusCode::from_u16(code).expect("a status");
    let mut body = json!({ "ok": false, "error_code": code, "description": words });
    if !parameters.is_null() {
        body["parameters"] = parameters;
    }
    (status, Json(body)).into_response()
}

fn done(result: impl Into<Value>) -> Response {
    Json(json!({ "ok": true, "result": result.into() })).into_response()
}

pub(super) async fn call(
    Extract(shared): Extract<Shared>,
    Path((bot, method)): Path<(String, String)>,
    request: Request,
) -> Response {
    let arguments = read(request).await;
    let limited = {
        let mut inner = shared.lock();
        inner.calls.push(Call { method: method.clone(), params: arguments.params.clone() });
        match &mut inner.limited {
            Some((times, secs)) if *times > 0 => {
                *times -= 1;
                Some(*secs)
            }
            _ => None,
        }
    };
    shared.called.notify_waiters();
    if bot != format!("bot{TOKEN}") {
        return refusal(401, "Unauthorized", Value::Null);
    }
    if let Some(secs) = limited {
        let words = format!("Too Many Requests: retry after {secs}");
        return refusal(429, &words, json!({ "retry_after": secs }));
    }
    let answer = match method.as_str() {
        "getMe" => done(json!({ "id": 4_242_424_242_i64, "is_bot": true, "first_name": "Laden" })),
        "deleteWebhook" => {
            shared.lock().webhook = false;
            done(true)
        }
        "getUpdates" => updates(&shared, &arguments).await,
        "getFile" => file_path(&shared, &arguments),
        "sendMessage" | "sendDocument" | "sendPhoto" => send(&shared, &method, arguments).await,
        _ => refusal(404, "Not Found: method not found", Value::Null),
    };
    dated(&shared, answer)
}

/// Telegram's clock in the Date header.
fn dated(shared: &Shared, mut answer: Response) -> Response {
    let at = jiff::Timestamp::from_second(shared.lock().now_secs).expect("a time");
    let text = at.to_zoned(jiff::tz::TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    answer.headers_mut().insert(header::DATE, text.parse().expect("a header"));
    answer
}

async fn read(request: Request) -> Arguments {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("multipart/") {
        let bytes = Bytes::from_request(request, &()).await.unwrap_or_default();
        return Arguments { params: serde_json::from_slice(&bytes).unwrap_or(json!({})), file: None };
    }
    let mut params = Map::new();
    let mut file = None;
    let mut parts = Multipart::from_request(request, &()).await.expect("a multipart body");
    while let Some(part) = parts.next_field().await.expect("a part") {
        let name = part.name().unwrap_or_default().to_owned();
        match part.file_name().map(str::to_owned) {
            Some(file_name) => file = Some((file_name, part.bytes().await.expect("bytes").to_vec())),
            None => {
                let text = part.text().await.expect("text");
                let value = serde_json::from_str(&text).ok().filter(|v: &Value| v.is_object());
                params.insert(name, value.unwrap_or(Value::String(text)));
            }
        }
    }
    Arguments { params: Value::Object(params), file }
}

async fn updates(shared: &Shared, arguments: &Arguments) -> Response {
    let fault = shared.lock().next_fetch.take();
    match fault {
        Some(Next::Page) => {
            let page = "<html><title>Guest network</title></html>";
            return ([(header::CONTENT_TYPE, "text/html")], page).into_response();
        }
        Some(Next::ServerError) => return (StatusCode::BAD_GATEWAY, "Bad Gateway").into_response(),
        _ => {}
    }
    let limit = arguments.int("limit").unwrap_or(100);
    if !(1..=100).contains(&limit) {
        return refusal(400, "Bad Request: limit", Value::Null);
    }
    let timeout = Duration::from_secs(arguments.int("timeout").unwrap_or(0).unsigned_abs());
    let until = tokio::time::Instant::now() + timeout;
    loop {
        let arrived = shared.arrived.notified();
        {
            let mut inner = shared.lock();
            if inner.conflict {
                let words = "Conflict: terminated by other getUpdates request";
                return refusal(409, words, Value::Null);
            }
            if inner.webhook {
                let words = "Conflict: can't use getUpdates method while webhook is active";
                return refusal(409, words, Value::Null);
            }
            inner.forget();
            if let Some(offset) = arguments.int("offset") {
                inner.updates.retain(|(id, ..)| *id >= offset);
            }
            let take = usize::try_from(limit).unwrap_or(100);
            let found: Vec<Value> =
                inner.updates.iter().take(take).map(|(_, _, update)| update.clone()).collect();
            if !found.is_empty() {
                return done(found);
            }
        }
        if tokio::time::timeout_at(until, arrived).await.is_err() {
            return done(Vec::<Value>::new());
        }
    }
}

fn file_path(shared: &Shared, arguments: &Arguments) -> Response {
    let id = arguments.text("file_id").unwrap_or_default();
    match shared.lock().files.get(&id) {
        Some(content) if content.len() > 20 << 20 => {
            refusal(400, "Bad Request: file is too big", Value::Null)
        }
        Some(content) => {
            let path = format!("documents/{id}");
            done(json!({ "file_id": id, "file_size": content.len(), "file_path": path }))
        }
        None => refusal(400, "Bad Request: invalid file_id", Value::Null),
    }
}

pub(super) async fn file(
    Extract(shared): Extract<Shared>,
    Path((bot, name)): Path<(String, String)>,
) -> Response {
    if bot != format!("bot{TOKEN}") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    match shared.lock().files.get(&name) {
        Some(content) => content.clone().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn send(shared: &Shared, method: &str, arguments: Arguments) -> Response {
    let Some(chat_id) = arguments.int("chat_id") else {
        return refusal(400, "Bad Request: chat_id is empty", Value::Null);
    };
    if shared.lock().next_send == Some(Next::Deaf) {
        return unanswered(shared).await;
    }
    let (answer, fault) = {
        let mut inner = shared.lock();
        if let Some(new) = inner.moved.get(&chat_id) {
            let words = "Bad Request: group chat was upgraded to a supergroup chat";
            return refusal(400, words, json!({ "migrate_to_chat_id": new }));
        }
        if inner.blocked.contains(&chat_id) {
            return refusal(403, "Forbidden: bot was blocked by the user", Value::Null);
        }
        let text = arguments.text("text").or_else(|| arguments.text("caption")).unwrap_or_default();
        if text.encode_utf16().count() > if method == "sendMessage" { 4096 } else { 1024 } {
            return refusal(400, "Bad Request: message is too long", Value::Null);
        }
        if (method == "sendMessage" && text.is_empty())
            || (method != "sendMessage" && arguments.file.is_none())
        {
            return refusal(400, "Bad Request: message text is empty", Value::Null);
        }
        if let Some(chat) = inner.block_after_next.take() {
            inner.blocked.insert(chat);
        }
        inner.last_message += 1;
        let message_id = inner.last_message;
        let reply_to = arguments.params.pointer("/reply_parameters/message_id").and_then(Value::as_i64);
        let business = arguments.text("business_connection_id");
        let method = method.to_owned();
        inner.sent.push(Sent { method, chat_id, text, reply_to, business, file: arguments.file, message_id });
        let answer = json!({ "message_id": message_id, "date": inner.now_secs, "chat": { "id": chat_id } });
        (answer, inner.next_send.take())
    };
    match fault {
        Some(Next::Drop) => std::panic::resume_unwind(Box::new("the stand-in drops this connection")),
        Some(Next::Silence) => unanswered(shared).await,
        _ => done(answer),
    }
}

/// Keeps a client waiting for ever, and says so.
async fn unanswered(shared: &Shared) -> Response {
    {
        let mut inner = shared.lock();
        inner.next_send = None;
        inner.silences += 1;
    }
    shared.called.notify_waiters();
    std::future::pending().await
}

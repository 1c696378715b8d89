//! What the shipped connectors do not need and other gateways do: a user's own files, against scripted answers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod gateways;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use gateways::{drain, text_to};
use serde_json::{Value, json};
use theke_channels::registry::Registry;
use theke_channels::{AccountSettings, Channel, Cursor, ErrorKind, NoMarker, Retry};
use theke_domain::medium::ChannelKind;

/// Answers in their order, and writes down what was asked.
#[derive(Clone, Default)]
struct Script {
    answers: Arc<Mutex<VecDeque<(u16, Value)>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Script {
    async fn start(answers: impl IntoIterator<Item = (u16, Value)>) -> (Self, String) {
        let script = Self { answers: Arc::new(Mutex::new(answers.into_iter().collect())), ..Self::default() };
        let app = axum::Router::new().fallback(Self::answer).with_state(script.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        (script, url)
    }

    async fn answer(State(script): State<Self>, request: Request) -> Response {
        let (head, body) = request.into_parts();
        let body = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
        let auth = head.headers.get("authorization").map(|v| format!(" [{}]", v.to_str().unwrap()));
        let line = format!("{} {}{} {body}", head.method, head.uri, auth.unwrap_or_default());
        script.asked.lock().unwrap().push(line.trim().to_owned());
        let (status, body) = script.answers.lock().unwrap().pop_front().expect("an answer for each request");
        (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response()
    }

    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().unwrap())
    }
}

const HEAD: &str = r#"
id = "own"
version = 1
label = "Own"
medium = "sms"
hosts = ["api.own.example"]
base_url = "https://api.own.example"

[[field]]
key = "token"
label = "Token"
secret = true
required = true
"#;

const MAP: &str = r#"
[inbound.map]
id = "/id"
from = "/from"
text = "/text"
time = { ptr = "/at", format = "unix" }
"#;

/// Opens a definition that is made of [`HEAD`] and the rest.
fn open(rest: &str, url: &str) -> Arc<dyn Channel> {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("own.toml"), format!("{HEAD}{rest}")).unwrap();
    let registry = Registry::load(Some(dir.path()));
    assert_eq!(registry.broken, Vec::<String>::new());
    let mut settings = AccountSettings { country: "DE".to_owned(), ..AccountSettings::default() };
    settings.values.insert("base_url".to_owned(), url.to_owned());
    settings.secrets.insert("token".to_owned(), "to/ken &1".to_owned());
    (registry.get(&ChannelKind::new("own")).unwrap().open)(settings).unwrap()
}

fn record(id: u32) -> Value {
    json!({ "id": id, "from": "+4915112345678", "text": format!("text {id}"), "at": 1_795_000_000 + id,
            "direction": if id % 10 == 9 { "outbound" } else { "inbound" } })
}

fn texts(messages: &[theke_domain::message::Incoming]) -> Vec<&str> {
    messages.iter().map(|message| message.text.as_str()).collect()
}

#[tokio::test]
async fn pages_that_name_the_next_one_are_followed_on_the_same_host_only() {
    let rest = format!(
        r#"
[auth.bearer]
token = "{{{{secret.token}}}}"
[inbound]
records = "/messages"
order = "newest"
keep = [{{ ptr = "/direction", equals = "inbound" }}]
request = {{ path = "/list", query = {{ "DateSent>" = "{{{{cursor}}}}" }} }}
page = {{ next_url = {{ ptr = "/next" }} }}
since = {{ time = {{ format = "%Y-%m-%d", lookback_s = 86400 }} }}
{MAP}"#
    );
    let (script, url) = Script::start([
        (200, json!({ "messages": [record(30), record(29)], "next": "/list?page=2" })),
        (200, json!({ "messages": [record(28)], "next": null })),
        (200, json!({ "messages": [record(31), record(30)], "next": "/list?page=2b" })),
        (200, json!({ "messages": [record(30), record(28)], "next": "/list?page=3b" })),
        (200, json!({ "messages": [record(32)], "next": "http://127.0.0.2:9/steal" })),
        (200, json!({ "messages": [record(32)], "next": "http://127.0.0.2:9/steal" })),
    ])
    .await;
    let channel = open(&rest, &url);
    let (first, cursor) = drain(&*channel, Cursor::start()).await;
    assert_eq!(texts(&first), ["text 28", "text 30"], "29 is one of ours");
    assert_eq!(script.asked(), ["GET /list [Bearer to/ken &1]", "GET /list?page=2 [Bearer to/ken &1]"]);
    let (second, cursor) = drain(&*channel, cursor).await;
    assert_eq!(texts(&second), ["text 31"]);
    let asked = script.asked();
    assert_eq!(asked.len(), 2, "a page on which all is known ends it: {asked:?}");
    assert!(asked[0].starts_with("GET /list?DateSent%3E=2026-11-17 "), "{asked:?}");
    let batch = channel.poll(cursor).await.unwrap();
    assert!(batch.more, "what was read is handed in before the fault");
    let batch = channel.poll(batch.cursor).await.unwrap();
    assert_eq!((batch.updates.len(), batch.more), (0, false), "the page elsewhere is given up");
    assert_eq!(script.asked().len(), 2, "the listing began again, and the other host was never asked");
}

#[tokio::test]
async fn numbered_pages_and_an_acknowledgement_of_each_message() {
    let rest = format!(
        r#"
[auth.basic]
user = "shop"
password = "{{{{secret.token}}}}"
[inbound]
records = "/data/data"
request = {{ path = "/inbound" }}
page = {{ page = {{ param = "page", last = "/data/last_page" }} }}
ack = {{ method = "PUT", path = "/read/{{{{id}}}}", body = {{ read = true, n = 1, of = ["{{{{id}}}}"] }} }}
{MAP}"#
    );
    let odd = json!({ "id": "a/../b", "from": "+4915112345678", "text": "text x", "at": "1795000001" });
    let (script, url) = Script::start([
        (200, json!({ "data": { "data": [record(1)], "last_page": 2 } })),
        (200, json!({ "data": { "data": [odd], "last_page": 2 } })),
        (200, json!({})),
        (200, json!({})),
    ])
    .await;
    let channel = open(&rest, &url);
    let batch = channel.poll(Cursor::start()).await.unwrap();
    assert_eq!((batch.updates.len(), batch.more), (2, false));
    let asked = script.asked();
    assert_eq!(asked.len(), 2, "nothing is acknowledged before it is stored: {asked:?}");
    assert!(asked[1].starts_with("GET /inbound?page=2 [Basic "), "{asked:?}");
    channel.acknowledge(&batch.id).await.unwrap();
    let asked = script.asked();
    let (_, body) = asked[0].split_once("] ").unwrap();
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body, json!({ "read": true, "n": 1, "of": ["1"] }));
    assert!(asked[0].starts_with("PUT /read/1 "), "{asked:?}");
    assert!(asked[1].starts_with("PUT /read/a%2F..%2Fb "), "{asked:?}");
}

#[tokio::test]
async fn a_listing_that_deletes_is_stored_page_by_page() {
    let rest = format!(
        r#"
[auth.query]
name = "key"
value = "{{{{secret.token}}}}"
[inbound]
records = "/results"
destructive = true
request = {{ path = "/inbox" }}
{MAP}"#
    );
    let (script, url) = Script::start([
        (200, json!({ "results": [record(1)] })),
        (200, json!({ "results": [record(2)] })),
        (200, json!({ "results": [] })),
    ])
    .await;
    let channel = open(&rest, &url);
    let first = channel.poll(Cursor::start()).await.unwrap();
    assert_eq!((first.updates.len(), first.more), (1, true));
    assert_eq!(script.asked(), ["GET /inbox?key=to%2Fken+%261"]);
    let (rest, _) = drain(&*channel, first.cursor).await;
    assert_eq!(texts(&rest), ["text 2"]);
}

#[tokio::test]
async fn going_on_by_id() {
    let rest = format!(
        r#"
[inbound]
request = {{ path = "/sms" }}
since = {{ id = {{ param = "idfrom" }} }}
{MAP}"#
    );
    let (script, url) =
        Script::start([(200, json!([record(5), record(7), record(6)])), (200, json!([record(7)]))]).await;
    let channel = open(&rest, &url);
    let (first, cursor) = drain(&*channel, Cursor::start()).await;
    assert_eq!(texts(&first), ["text 5", "text 6", "text 7"]);
    let (none, _) = drain(&*channel, cursor).await;
    assert_eq!(texts(&none), Vec::<&str>::new());
    assert_eq!(script.asked(), ["GET /sms", "GET /sms?idfrom=7"]);
}

#[tokio::test]
async fn errors_by_pointer_and_a_wait_in_the_body() {
    let rest = r#"
[send.request]
method = "POST"
path = "/send/{{msg.to}}"
body = { text = "{{msg.text}}" }
[[error]]
ptr = "/code"
equals = 63016
class = "window_closed"
[[error]]
http = [429]
class = "rate"
[retry_after]
ptr = "/wait"
"#;
    let (script, url) = Script::start([
        (400, json!({ "code": 63016, "message": "outside the window" })),
        (429, json!({ "wait": 17 })),
        (200, json!({})),
    ])
    .await;
    let channel = open(rest, &url);
    let message = text_to("+4915112345678", "r1", "Hallo");
    let error = channel.send(&message, &NoMarker).await.unwrap_err();
    assert_eq!((error.kind, error.retry), (ErrorKind::Rejected, Retry::Never), "{error}");
    assert!(error.text.contains("use another channel"), "{error}");
    let error = channel.send(&message, &NoMarker).await.unwrap_err();
    assert_eq!(error.retry, Retry::After(Duration::from_secs(17)), "{error}");
    let id = channel.send(&message, &NoMarker).await.unwrap();
    assert_eq!(id.0, "r1", "without an id of the provider's our reference is the id");
    let asked = script.asked();
    assert_eq!(asked[0], r#"POST /send/%2B4915112345678 {"text":"Hallo"}"#);
}

#[test]
fn a_file_cannot_take_the_place_of_a_shipped_kind() {
    let dir = tempfile::tempdir().unwrap();
    let text = format!("{HEAD}\n[inbound]\nrequest = {{ path = \"/x\" }}\n{MAP}");
    std::fs::write(dir.path().join("a.toml"), text.replacen("\"own\"", "\"telegram\"", 1)).unwrap();
    std::fs::write(dir.path().join("b.toml"), text.replacen("label", "lable", 1)).unwrap();
    let registry = Registry::load(Some(dir.path()));
    assert_eq!(registry.broken.len(), 2, "{:?}", registry.broken);
    assert!(
        registry.broken.iter().any(|line| line.contains("the id telegram is taken")),
        "{:?}",
        registry.broken
    );
    assert!(registry.broken.iter().any(|line| line.starts_with("b.toml:4: ")), "{:?}", registry.broken);
}

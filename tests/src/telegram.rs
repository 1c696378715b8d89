//! A stand-in for Telegram's Bot API that keeps state: it honours offset, limit and timeout, forgets what nobody
//! fetched within 24 hours of its own virtual clock, and can refuse in the ways that Telegram documents.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod methods;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::routing::{any, get};
use serde_json::{Value, json};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// The bot's token.
pub const TOKEN: &str = "4242424242:canary-bot-token_9c";
/// When the virtual clock starts: 2026-11-21T10:00:00Z.
pub const START_SECS: i64 = 1_795_255_200;
const KEPT_SECS: i64 = 24 * 3600;

/// A message that the bot sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// `sendMessage`, `sendDocument` or `sendPhoto`.
    pub method: String,
    /// To whom.
    pub chat_id: i64,
    /// Text or caption.
    pub text: String,
    /// The message that it answers.
    pub reply_to: Option<i64>,
    /// The business connection that it went through.
    pub business: Option<String>,
    /// Name and bytes of a file.
    pub file: Option<(String, Vec<u8>)>,
    /// Its id in the chat.
    pub message_id: i64,
}

/// A call that arrived.
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// The method.
    pub method: String,
    /// Its parameters; of a multipart call the text fields.
    pub params: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Drop,
    Silence,
    Deaf,
    Page,
    ServerError,
}

#[derive(Debug, Default)]
struct Inner {
    now_secs: i64,
    updates: Vec<(i64, i64, Value)>,
    last_update: i64,
    last_message: i64,
    files: HashMap<String, Vec<u8>>,
    sent: Vec<Sent>,
    calls: Vec<Call>,
    blocked: HashSet<i64>,
    block_after_next: Option<i64>,
    moved: HashMap<i64, i64>,
    limited: Option<(u32, u32)>,
    conflict: bool,
    webhook: bool,
    next_send: Option<Next>,
    next_fetch: Option<Next>,
    silences: usize,
}

#[derive(Clone)]
struct Shared {
    inner: Arc<Mutex<Inner>>,
    arrived: Arc<Notify>,
    called: Arc<Notify>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The running stand-in; dropping it ends it.
pub struct Telegram {
    address: std::net::SocketAddr,
    shared: Shared,
    task: JoinHandle<()>,
}

impl Drop for Telegram {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Telegram {
    /// Starts it on a free port of the loopback interface, within the current tokio runtime.
    pub async fn start() -> Self {
        let inner = Inner { now_secs: START_SECS, last_update: 1000, ..Inner::default() };
        let shared =
            Shared { inner: Arc::new(Mutex::new(inner)), arrived: Arc::default(), called: Arc::default() };
        let app = Router::new()
            .route("/{bot}/{method}", any(methods::call))
            .route("/file/{bot}/documents/{name}", get(methods::file))
            .layer(axum::extract::DefaultBodyLimit::max(64 << 20))
            .with_state(shared.clone());
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("a bound address");
        let task = tokio::spawn(async move {
            axum::serve(listener, app).await.expect("the stand-in serves until it is dropped");
        });
        Self { address, shared, task }
    }

    /// The base address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// A customer writes; gives the update's id.
    pub fn message(&self, chat_id: i64, first_name: &str, text: &str) -> i64 {
        self.push(json!({ "message": self.body(chat_id, first_name, json!({ "text": text })) }))
    }

    /// A customer sends a file; gives the update's id.
    pub fn document(&self, chat_id: i64, first_name: &str, name: &str, content: &[u8], caption: &str) -> i64 {
        let file_id = format!("file-{}", self.shared.lock().files.len() + 1);
        self.shared.lock().files.insert(file_id.clone(), content.to_vec());
        let document = json!({ "file_id": file_id, "file_name": name, "mime_type": "application/pdf",
                               "file_size": content.len() });
        let more = json!({ "document": document, "caption": caption });
        self.push(json!({ "message": self.body(chat_id, first_name, more) }))
    }

    fn body(&self, chat_id: i64, first_name: &str, more: Value) -> Value {
        let mut inner = self.shared.lock();
        inner.last_message += 1;
        let mut message = json!({
            "message_id": inner.last_message,
            "date": inner.now_secs,
            "chat": { "id": chat_id, "type": "private", "first_name": first_name },
            "from": { "id": chat_id, "is_bot": false, "first_name": first_name, "language_code": "de" },
        });
        if let (Some(message), Some(more)) = (message.as_object_mut(), more.as_object()) {
            message.extend(more.clone());
        }
        message
    }

    /// Any update as Telegram would deliver it; its id is added and given back.
    pub fn push(&self, mut update: Value) -> i64 {
        let mut inner = self.shared.lock();
        inner.last_update += 1;
        let id = inner.last_update;
        update["update_id"] = id.into();
        let now = inner.now_secs;
        inner.updates.push((id, now, update));
        self.shared.arrived.notify_waiters();
        id
    }

    /// The next update gets this id, as after a week of silence.
    pub fn jump_to_update(&self, id: i64) {
        self.shared.lock().last_update = id - 1;
    }

    /// What the bot sent, in order.
    pub fn sent(&self) -> Vec<Sent> {
        self.shared.lock().sent.clone()
    }

    /// Updates that are not confirmed.
    pub fn pending(&self) -> usize {
        let mut inner = self.shared.lock();
        inner.forget();
        inner.updates.len()
    }

    /// Time passes for Telegram.
    pub fn advance_secs(&self, secs: i64) {
        self.shared.lock().now_secs += secs;
    }

    /// This customer blocks the bot.
    pub fn block(&self, chat_id: i64) {
        self.shared.lock().blocked.insert(chat_id);
    }

    /// This customer blocks the bot after the next message.
    pub fn block_after_next(&self, chat_id: i64) {
        self.shared.lock().block_after_next = Some(chat_id);
    }

    /// The next calls of any method get 429 with this wait.
    pub fn rate_limit(&self, times: u32, secs: u32) {
        self.shared.lock().limited = Some((times, secs));
    }

    /// Another program fetches the updates.
    pub fn set_conflict(&self, on: bool) {
        self.shared.lock().conflict = on;
    }

    /// A webhook is set; `deleteWebhook` removes it.
    pub fn set_webhook(&self, on: bool) {
        self.shared.lock().webhook = on;
    }

    /// The group has a new id.
    pub fn migrate(&self, old: i64, new: i64) {
        self.shared.lock().moved.insert(old, new);
    }

    /// The next send is done, and its connection dropped without a word.
    pub fn drop_next_send(&self) {
        self.shared.lock().next_send = Some(Next::Drop);
    }

    /// The next send is done and never answered.
    pub fn silence_next(&self) {
        self.shared.lock().next_send = Some(Next::Silence);
    }

    /// The next send is neither done nor answered.
    pub fn ignore_next_send(&self) {
        self.shared.lock().next_send = Some(Next::Deaf);
    }

    /// Returns when so many sends were left without an answer since the start.
    pub async fn wait_for_silences(&self, count: usize) {
        loop {
            let called = self.shared.called.notified();
            if self.shared.lock().silences >= count {
                return;
            }
            called.await;
        }
    }

    /// The next fetch gets a guest network's log-in page.
    pub fn page_next_fetch(&self) {
        self.shared.lock().next_fetch = Some(Next::Page);
    }

    /// The next fetch gets a 502.
    pub fn fail_next_fetch(&self) {
        self.shared.lock().next_fetch = Some(Next::ServerError);
    }

    /// All calls so far.
    pub fn calls(&self) -> Vec<Call> {
        self.shared.lock().calls.clone()
    }

    /// Returns when a call of this method has arrived after the first `before` calls.
    pub async fn wait_for_call(&self, method: &str, before: usize) {
        loop {
            let called = self.shared.called.notified();
            if self.shared.lock().calls.iter().skip(before).any(|call| call.method == method) {
                return;
            }
            called.await;
        }
    }
}

impl Inner {
    fn forget(&mut self) {
        let oldest = self.now_secs - KEPT_SECS;
        self.updates.retain(|(_, at, _)| *at >= oldest);
    }
}

//! A stand-in for SMS gateways that keeps state and can be told to misbehave. It speaks two dialects over one set of
//! messages: seven.io's (`/api`, a key in a header, errors as a bare number) and the Android SMS Gateway's (`/phone`,
//! user name and password, RFC 3339 times). What it demands of requests is what the vendors' descriptions demand.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod dialect;
mod fault;
mod secure;

use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::routing::{get, post};
use tokio::sync::Notify;
use tokio::task::JoinHandle;

pub use fault::{Fault, On};
use secure::Secure;
pub(crate) use secure::server_config;

use crate::authority::Signed;

/// The key that the seven.io dialect takes.
pub const API_KEY: &str = "canary-api-key-5f1e";
/// The user that the Android dialect takes.
pub const USERNAME: &str = "sms";
/// And that user's password.
pub const PASSWORD: &str = "canary-password-77aa";

/// How far a sent message has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Taken.
    Accepted,
    /// On its way.
    Transmitted,
    /// Arrived.
    Delivered,
    /// Refused by the network.
    Failed,
}

/// A message that would have gone out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentSms {
    /// The gateway's id.
    pub id: String,
    /// The id or foreign id that the sender chose.
    pub reference: Option<String>,
    /// The sender, where the request named one.
    pub from: Option<String>,
    /// The recipient as the request named it.
    pub to: String,
    /// The text.
    pub text: String,
    /// How far it has come.
    pub state: State,
}

/// A request that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// GET or POST.
    pub method: String,
    /// The path without `/api` or `/phone`.
    pub path: String,
    /// The query as it came.
    pub query: String,
    /// The body as it came.
    pub body: String,
}

#[derive(Debug, Clone)]
struct Received {
    id: String,
    from: String,
    text: String,
    at: jiff::Timestamp,
}

#[derive(Debug, Default)]
struct Inner {
    received: Vec<Received>,
    sent: Vec<SentSms>,
    requests: Vec<Request>,
    faults: Vec<fault::Planned>,
    shuffle: bool,
    repeat: bool,
    window: Option<jiff::Timestamp>,
    last_id: u64,
    silences: usize,
}

#[derive(Clone, Default)]
struct Shared {
    inner: Arc<Mutex<Inner>>,
    arrived: Arc<Notify>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// A client waits for an answer that never comes.
    fn held(&self) {
        self.lock().silences += 1;
        self.arrived.notify_waiters();
    }
}

/// The running stand-in; dropping it ends it.
pub struct Gateway {
    url: String,
    shared: Shared,
    task: JoinHandle<()>,
}

impl Drop for Gateway {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Gateway {
    /// Starts it on a free port of the loopback interface, within the current tokio runtime.
    pub async fn start() -> Self {
        Self::start_on(0).await
    }

    /// Starts it on this port.
    pub async fn start_on(port: u16) -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("a free port");
        let address = listener.local_addr().expect("a bound address");
        Self::serve(format!("http://{address}"), listener)
    }

    /// Starts it behind TLS, on a free port; the certificate is to be for `localhost`.
    pub async fn start_secure(signed: &Signed) -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let port = listener.local_addr().expect("a bound address").port();
        Self::serve(format!("https://localhost:{port}"), Secure::new(listener, signed))
    }

    fn serve<L: axum::serve::Listener<Addr = std::net::SocketAddr>>(url: String, listener: L) -> Self {
        let shared = Shared::default();
        let app = Router::new()
            .route("/api/status", get(dialect::seven::status))
            .route("/api/journal/inbound", get(dialect::seven::inbound))
            .route("/api/journal/outbound", get(dialect::seven::outbound))
            .route("/api/sms", post(dialect::seven::send))
            .route("/phone/inbox", get(dialect::android::inbox))
            .route("/phone/messages", post(dialect::android::send))
            .route("/phone/messages/{id}", get(dialect::android::state))
            .layer(axum::middleware::from_fn_with_state(shared.clone(), fault::intercept))
            .with_state(shared.clone());
        let task = tokio::spawn(async move {
            axum::serve(listener, app).await.expect("the stand-in serves until it is dropped");
        });
        Self { url, shared, task }
    }

    /// The base address of the seven.io dialect.
    pub fn seven_url(&self) -> String {
        format!("{}/api", self.url)
    }

    /// The base address of the Android dialect.
    pub fn android_url(&self) -> String {
        format!("{}/phone", self.url)
    }

    /// A customer's message arrives at this time (RFC 3339); gives its id.
    pub fn receive(&self, from: &str, text: &str, at: &str) -> String {
        let mut inner = self.shared.lock();
        inner.last_id += 1;
        let id = format!("{}", 7_000_000 + inner.last_id);
        let at = at.parse().expect("a time in RFC 3339");
        inner.received.push(Received { id: id.clone(), from: from.to_owned(), text: text.to_owned(), at });
        id
    }

    /// What would have gone out, in order.
    pub fn sent(&self) -> Vec<SentSms> {
        self.shared.lock().sent.clone()
    }

    /// Every sent message one state further: accepted, transmitted, delivered.
    pub fn progress(&self) {
        for sms in &mut self.shared.lock().sent {
            sms.state = match sms.state {
                State::Accepted => State::Transmitted,
                State::Transmitted => State::Delivered,
                last => last,
            };
        }
    }

    /// One sent message in this state.
    pub fn set_state(&self, id: &str, state: State) {
        for sms in self.shared.lock().sent.iter_mut().filter(|sms| sms.id == id) {
            sms.state = state;
        }
    }

    /// The next `times` requests of a sort misbehave.
    pub fn fault(&self, on: On, fault: Fault, times: u32) {
        self.shared.lock().faults.push(fault::Planned { on, fault, skip: 0, times });
    }

    /// The same after `skip` more requests of that sort.
    pub fn fault_after(&self, skip: u32, on: On, fault: Fault) {
        self.shared.lock().faults.push(fault::Planned { on, fault, skip, times: 1 });
    }

    /// Nothing misbehaves any more.
    pub fn heal(&self) {
        self.shared.lock().faults.clear();
    }

    /// Listings come out of order.
    pub fn set_shuffle(&self, on: bool) {
        self.shared.lock().shuffle = on;
    }

    /// Listings name each message twice.
    pub fn set_repeat(&self, on: bool) {
        self.shared.lock().repeat = on;
    }

    /// Messages before this time (RFC 3339) are not listed any more.
    pub fn set_window(&self, from: Option<&str>) {
        self.shared.lock().window = from.map(|text| text.parse().expect("a time in RFC 3339"));
    }

    /// All requests so far, misbehaved ones too.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.lock().requests.clone()
    }

    /// Returns when so many clients were left without an answer since the start.
    pub async fn wait_for_silences(&self, count: usize) {
        loop {
            let arrived = self.shared.arrived.notified();
            if self.shared.lock().silences >= count {
                return;
            }
            arrived.await;
        }
    }

    /// Returns when so many requests have arrived since the start.
    pub async fn wait_for_requests(&self, count: usize) {
        loop {
            let arrived = self.shared.arrived.notified();
            if self.shared.lock().requests.len() >= count {
                return;
            }
            arrived.await;
        }
    }
}

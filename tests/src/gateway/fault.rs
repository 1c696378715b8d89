//! How the gateway misbehaves, and where.

use axum::body::{Body, to_bytes};
use axum::extract::{Request as HttpRequest, State as Extract};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::{API_KEY, PASSWORD, Request, Shared};

/// Which requests a fault is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum On {
    /// Every one.
    Any,
    /// Listings of received messages, and checks.
    Inbound,
    /// Sends.
    Send,
    /// Listings and states of sent messages.
    Status,
}

/// What goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// 429 with Retry-After.
    RateLimited {
        /// The header's seconds.
        retry_after_secs: u32,
    },
    /// 401.
    Unauthorized,
    /// 401 whose body repeats the secrets, as some servers do in their debug output.
    EchoSecret,
    /// 200 with nothing but a number.
    BareNumber(u32),
    /// This status with an empty body.
    ServerError(u16),
    /// The right answer, cut in the middle. What was asked for is done.
    CutJson,
    /// A guest network's log-in page as a 200.
    HtmlPage,
    /// No answer, ever.
    Silence,
    /// Does what was asked for and never answers.
    SilenceAfterAccept,
    /// Does what was asked for, then drops the connection without a word.
    DropAfterAccept,
    /// Drops the connection before doing anything.
    DropBeforeAccept,
    /// 302 to this address.
    Redirect(String),
    /// An answer of 8 MB.
    Huge,
    /// A refusal of the one message inside a 200, as seven.io words it.
    ItemRefused(String),
}

#[derive(Debug, Clone)]
pub(super) struct Planned {
    pub(super) on: On,
    pub(super) fault: Fault,
    pub(super) skip: u32,
    pub(super) times: u32,
}

fn sort(method: &str, path: &str) -> On {
    match path {
        "/sms" | "/messages" if method == "POST" => On::Send,
        "/journal/inbound" | "/inbox" => On::Inbound,
        _ => On::Status,
    }
}

/// Writes every request down and lets the planned faults happen.
pub(super) async fn intercept(
    Extract(shared): Extract<Shared>,
    request: HttpRequest,
    next: Next,
) -> Response {
    let (head, body) = request.into_parts();
    let bytes = to_bytes(body, 1 << 20).await.unwrap_or_default();
    let full = head.uri.path();
    let path = full.strip_prefix("/api").or_else(|| full.strip_prefix("/phone")).unwrap_or(full).to_owned();
    let method = head.method.to_string();
    let on = sort(&method, &path);
    let fault = {
        let mut inner = shared.lock();
        inner.requests.push(Request {
            method,
            path,
            query: head.uri.query().unwrap_or_default().to_owned(),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        });
        let planned = inner.faults.iter_mut().find(|p| p.times > 0 && (p.on == On::Any || p.on == on));
        planned.and_then(|planned| {
            if planned.skip > 0 {
                planned.skip -= 1;
                return None;
            }
            planned.times -= 1;
            Some(planned.fault.clone())
        })
    };
    shared.arrived.notify_waiters();
    let request = HttpRequest::from_parts(head, Body::from(bytes));
    let json = [(header::CONTENT_TYPE, "application/json")];
    match fault {
        None => next.run(request).await,
        Some(Fault::RateLimited { retry_after_secs }) => {
            let wait = [(header::RETRY_AFTER, retry_after_secs.to_string())];
            (StatusCode::TOO_MANY_REQUESTS, wait, "{\"message\":\"slow down\"}").into_response()
        }
        Some(Fault::Unauthorized) => StatusCode::UNAUTHORIZED.into_response(),
        Some(Fault::EchoSecret) => {
            let body = format!("{{\"message\":\"bad credentials {API_KEY} {PASSWORD} for +4915112345678\"}}");
            (StatusCode::UNAUTHORIZED, json, body).into_response()
        }
        Some(Fault::BareNumber(number)) => number.to_string().into_response(),
        Some(Fault::ServerError(status)) => StatusCode::from_u16(status).expect("a status").into_response(),
        Some(Fault::CutJson) => {
            let whole = to_bytes(next.run(request).await.into_body(), 1 << 20).await.unwrap_or_default();
            (json, whole.slice(..whole.len() / 2)).into_response()
        }
        Some(Fault::HtmlPage) => {
            let page = "<!DOCTYPE html><title>Guest network</title><form>Please log in</form>";
            ([(header::CONTENT_TYPE, "text/html")], page).into_response()
        }
        Some(Fault::Silence) => {
            shared.held();
            std::future::pending().await
        }
        Some(Fault::SilenceAfterAccept) => {
            next.run(request).await;
            shared.held();
            std::future::pending().await
        }
        Some(Fault::DropAfterAccept) => {
            next.run(request).await;
            drop_connection()
        }
        Some(Fault::DropBeforeAccept) => drop_connection(),
        Some(Fault::Redirect(to)) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Some(Fault::Huge) => (json, format!("[\"{}\"]", "x".repeat(8 << 20))).into_response(),
        Some(Fault::ItemRefused(text)) => {
            let item =
                serde_json::json!({ "id": null, "success": false, "error": "202", "error_text": text });
            axum::Json(serde_json::json!({ "success": "100", "messages": [item] })).into_response()
        }
    }
}

/// Unwinds the connection's task without the panic hook: the client sees the connection close.
fn drop_connection() -> Response {
    std::panic::resume_unwind(Box::new("the stand-in drops this connection"))
}

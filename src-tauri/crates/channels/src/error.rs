//! What can go wrong with a provider, in a form the engine can act on without reading text.

use std::time::Duration;

/// What sort of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The account's settings cannot work: an unknown host name, a broken definition, a missing field.
    Config,
    /// The provider refuses the password or token.
    Auth,
    /// The certificate is not trusted, is for another host or has expired; nothing was sent.
    Certificate,
    /// No connection, a time-out, a captive portal: counts as offline.
    Network,
    /// Too many requests, or no credit left (`Retry::Never`).
    RateLimited,
    /// The provider understood and refused this message or request.
    Rejected,
    /// The kind cannot do this.
    Unsupported,
    /// The answer makes no sense: cut JSON, HTML instead of JSON, a broken literal.
    Protocol,
}

/// Whether the same call may be made again. Read from here, never from text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Retry {
    /// It will fail the same way until a person changes something.
    Never,
    /// With the engine's own backoff.
    Backoff,
    /// Not before this long from now: the provider said so.
    After(Duration),
}

/// An error of a channel.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct Error {
    /// What sort.
    pub kind: ErrorKind,
    /// Whether to try again.
    pub retry: Retry,
    /// For a send: the end is unknown, the message may have gone out. Never retried without a person.
    pub ambiguous: bool,
    /// What the provider or library said, in English, without addresses, bodies and secrets.
    pub text: String,
    /// For a send: the recipient that was refused, counted from the first one through the copies. A number, because
    /// the text holds no addresses.
    pub recipient: Option<usize>,
    /// The cause.
    #[source]
    pub source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The result of every channel call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of this sort with the retry that usually goes with it.
    pub fn new(kind: ErrorKind, text: impl Into<String>) -> Self {
        let retry = match kind {
            ErrorKind::Network | ErrorKind::RateLimited | ErrorKind::Protocol => Retry::Backoff,
            _ => Retry::Never,
        };
        Self { kind, retry, ambiguous: false, text: text.into(), recipient: None, source: None }
    }

    /// The default of trait methods that a kind does not offer.
    pub fn unsupported(what: &str) -> Self {
        Self::new(ErrorKind::Unsupported, format!("this channel does not offer {what}"))
    }

    /// The same with another retry.
    #[must_use]
    pub fn with_retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// The same with its cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The same, marked as a send whose end is unknown.
    #[must_use]
    pub fn ambiguous(mut self) -> Self {
        self.ambiguous = true;
        self.retry = Retry::Never;
        self
    }
}

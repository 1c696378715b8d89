//! One call of the Bot API and what its refusals mean. The token is part of every URL, so no URL ever reaches an
//! error or a log.

use std::time::Duration;

use bytes::Bytes;
use reqwest::multipart::Form;
use serde_json::Value;

use super::wire::{File, Reply};
use super::{BASE_URL, HOST};
use crate::error::{Error, ErrorKind, Result, Retry};
use crate::spec::AccountSettings;
use crate::web::{self, Answer, Base, DEADLINE, Web, page_error, scrub};

/// Largest file that Telegram hands out to a bot. <https://core.telegram.org/bots/api#getfile>
const FETCH_FILE_MAX_BYTES: usize = 20 * 1024 * 1024;
/// Files on a slow line.
const FILE_DEADLINE: Duration = Duration::from_secs(300);

/// A call that failed.
pub(super) struct Refusal {
    pub(super) error: Error,
    /// Certainly nothing was done.
    pub(super) definite: bool,
    /// The group has another id from now on.
    pub(super) moved_to: Option<i64>,
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        refusal.error
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self { error, definite: true, moved_to: None }
    }
}

pub(super) enum Body {
    Json(Value),
    Form(Form),
}

pub(super) struct Api {
    web: Web,
    base: Base,
    token: String,
}

impl Api {
    pub(super) fn open(settings: &AccountSettings) -> Result<Self> {
        let token = settings.secret("token")?.trim().to_owned();
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '_' | '-');
        if !token.contains(':') || !token.chars().all(is_plain) {
            let text = "this is no bot token; @BotFather gives one of the form 123456:ABC-def";
            return Err(Error::new(ErrorKind::Config, text));
        }
        let base = web::base(settings.get("base_url").unwrap_or(BASE_URL), &[HOST.to_owned()], false)?;
        Ok(Self { web: Web::new(base.reach, None)?, base, token })
    }

    fn url(&self, before: &str, path: &str) -> Result<url::Url, Refusal> {
        let text =
            format!("{}{before}/bot{}/{path}", self.base.url.as_str().trim_end_matches('/'), self.token);
        url::Url::parse(&text)
            .map_err(|_| Error::new(ErrorKind::Config, "the base address is not usable").into())
    }

    /// Calls a method. The second value is the provider's own time, where it gives one.
    pub(super) async fn call(
        &self,
        method: &str,
        body: Body,
        extra_wait: Duration,
    ) -> Result<(Value, Answer), Refusal> {
        let request = self.web.request(reqwest::Method::POST, self.url("", method)?);
        let request = match body {
            Body::Json(value) => request.timeout(DEADLINE + extra_wait).json(&value),
            Body::Form(form) => request.timeout(FILE_DEADLINE).multipart(form),
        };
        let answer = self.web.call(request).await.map_err(|failure| Refusal {
            error: failure.error,
            definite: !failure.maybe_done,
            moved_to: None,
        })?;
        let value = self.judge(&answer)?;
        Ok((value, answer))
    }

    fn judge(&self, answer: &Answer) -> Result<Value, Refusal> {
        let unclear = |error| Refusal { error, definite: false, moved_to: None };
        if answer.is_page() {
            return Err(unclear(page_error()));
        }
        let Ok(reply) = serde_json::from_slice::<Reply>(&answer.body) else {
            let error = match answer.status {
                200..=299 => Error::new(ErrorKind::Protocol, "Telegram's answer is cut off or is no JSON"),
                status => Error::new(ErrorKind::Network, format!("Telegram has trouble (HTTP {status})")),
            };
            return Err(unclear(error));
        };
        if reply.ok {
            let missing = || unclear(Error::new(ErrorKind::Protocol, "Telegram's answer holds no result"));
            return reply.result.ok_or_else(missing);
        }
        let code = reply.error_code.unwrap_or(answer.status);
        let words = scrub(reply.description.as_deref().unwrap_or_default(), &[&self.token]);
        let moved_to = reply.parameters.migrate_to_chat_id;
        let error = match code {
            401 | 404 => Error::new(
                ErrorKind::Auth,
                "Telegram does not accept the bot's token; ask @BotFather for it again and enter it here",
            ),
            403 => Error::new(
                ErrorKind::Rejected,
                "the customer has blocked the bot or never written to it; answer on another channel",
            ),
            409 => Error::new(
                ErrorKind::Config,
                "another program fetches this bot's messages; stop it there, or use a bot of its own for Theke",
            )
            .with_retry(Retry::Backoff),
            429 => {
                let wait = reply.parameters.retry_after.map(Duration::from_secs);
                Error::new(ErrorKind::RateLimited, "Telegram asks for fewer messages")
                    .with_retry(wait.map_or(Retry::Backoff, Retry::After))
            }
            500..=599 => return Err(unclear(Error::new(ErrorKind::Network, "Telegram has trouble"))),
            _ => Error::new(ErrorKind::Rejected, format!("Telegram refused it ({words})")),
        };
        Err(Refusal { error, definite: true, moved_to })
    }

    /// Fetches a file that a message named.
    pub(super) async fn file(&self, file_id: &str) -> Result<Bytes> {
        let body = Body::Json(serde_json::json!({ "file_id": file_id }));
        let (value, _) = self.call("getFile", body, Duration::ZERO).await?;
        let file: File = serde_json::from_value(value).unwrap_or_default();
        let path = file.file_path.ok_or_else(|| {
            Error::new(
                ErrorKind::Rejected,
                "Telegram hands out files up to 20 MB only; open this one in Telegram",
            )
        })?;
        if path.split('/').any(|part| part.is_empty() || part.starts_with('.')) {
            return Err(Error::new(ErrorKind::Protocol, "Telegram named an impossible file path"));
        }
        let request =
            self.web.request(reqwest::Method::GET, self.url("/file", &path)?).timeout(FILE_DEADLINE);
        let answer = self.web.call_up_to(request, FETCH_FILE_MAX_BYTES).await?;
        if !answer.is_success() {
            return Err(Error::new(
                ErrorKind::Network,
                format!("the file did not come (HTTP {})", answer.status),
            ));
        }
        Ok(answer.body)
    }
}

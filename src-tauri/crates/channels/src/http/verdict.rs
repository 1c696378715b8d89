//! What an answer means: fine, or which sort of error. Gateways put errors into statuses, into the body of a 200,
//! and into bare numbers; a definition lists them, and what it does not list is judged by the status.

use std::time::Duration;

use serde_json::Value;
use theke_domain::time::Timestamp;

use super::definition::{Class, Definition, ErrorRule};
use super::pointer::scalar;
use crate::error::{Error, ErrorKind, Result, Retry};
use crate::web::{Answer, Reach, page_error, scrub};

/// A gateway that names no time is asked again after this.
const RETRY_MAX: Duration = Duration::from_secs(24 * 3600);

/// An answer that is not fine.
pub(super) struct Refusal {
    pub(super) error: Error,
    /// Certainly nothing was done.
    pub(super) definite: bool,
}

/// What the judgement needs to know besides the answer.
pub(super) struct Judge<'a> {
    pub(super) definition: &'a Definition,
    pub(super) secrets: Vec<&'a str>,
    pub(super) reach: Reach,
}

impl Judge<'_> {
    /// The answer's JSON, or why there is none to use.
    pub(super) fn json(&self, answer: &Answer) -> Result<Value, Refusal> {
        match self.refusal(answer) {
            Some(refusal) => Err(refusal),
            None => answer.json().map_err(|error| Refusal { error, definite: false }),
        }
    }

    fn refusal(&self, answer: &Answer) -> Option<Refusal> {
        // By TLS or within this computer a page with a refusal is the provider's own; else it may be a guest
        // network's, and no account may be marked as having a wrong password because of one.
        let trusted = matches!(answer.status, 401..=403 | 429 | 500..=599) && self.reach != Reach::Lan;
        if answer.is_page() && !trusted {
            return Some(Refusal { error: page_error(), definite: false });
        }
        let body: Option<Value> = serde_json::from_slice(&answer.body).ok();
        let rule = self.definition.errors.iter().find(|rule| applies(rule.get_ref(), answer, body.as_ref()));
        if let Some(rule) = rule {
            let rule = rule.get_ref();
            let error = self.of_class(rule.class, rule.text.as_deref(), answer, body.as_ref());
            return Some(Refusal { error, definite: true });
        }
        self.by_status(answer, body.as_ref())
    }

    fn by_status(&self, answer: &Answer, body: Option<&Value>) -> Option<Refusal> {
        let class = match answer.status {
            200..=299 => return None,
            401 | 403 => Class::Auth,
            402 => Class::Funds,
            408 | 425 => Class::Retry,
            429 => Class::Rate,
            300..=399 => {
                let text =
                    "the provider's address answers with another one; perhaps this network asks for a log-in";
                return Some(Refusal { error: Error::new(ErrorKind::Network, text), definite: false });
            }
            404 | 405 => {
                let text = "the provider does not know this request; check the base address";
                return Some(Refusal { error: Error::new(ErrorKind::Config, text), definite: true });
            }
            500..=599 => {
                let text = format!("the provider has trouble (HTTP {})", answer.status);
                let wait = self.retry_after(answer, body).map_or(Retry::Backoff, Retry::After);
                let error = Error::new(ErrorKind::Network, text).with_retry(wait);
                return Some(Refusal { error, definite: false });
            }
            _ => Class::Permanent,
        };
        Some(Refusal { error: self.of_class(class, None, answer, body), definite: true })
    }

    fn of_class(&self, class: Class, text: Option<&str>, answer: &Answer, body: Option<&Value>) -> Error {
        let (kind, sentence) = match class {
            Class::Auth => (ErrorKind::Auth, "the provider refuses the key or password"),
            Class::Rate => (ErrorKind::RateLimited, "the provider asks for fewer requests"),
            Class::Retry => (ErrorKind::Network, "the provider could not do it this time"),
            Class::Permanent => (ErrorKind::Rejected, "the provider refused it"),
            Class::Funds => {
                (ErrorKind::RateLimited, "there is no credit left at the provider; top it up there")
            }
            Class::WindowClosed => {
                (ErrorKind::Rejected, "the time for an answer is over; use another channel")
            }
        };
        let mut sentence = text.unwrap_or(sentence).to_owned();
        if let Some(words) = body.and_then(|body| self.words(body)) {
            sentence = format!("{sentence} ({words})");
        }
        let wait = self.retry_after(answer, body);
        let retry = match class {
            Class::Rate | Class::Retry => wait.map_or(Retry::Backoff, Retry::After),
            Class::Auth | Class::Permanent | Class::Funds | Class::WindowClosed => Retry::Never,
        };
        Error::new(kind, sentence).with_retry(retry)
    }

    fn words(&self, body: &Value) -> Option<String> {
        let text = self.definition.error_text.iter().find_map(|pointer| pointer.text(body))?;
        Some(scrub(&text, &self.secrets)).filter(|words| !words.is_empty())
    }

    /// The provider's own wait: seconds or an HTTP date in the named header, seconds at the named pointer.
    fn retry_after(&self, answer: &Answer, body: Option<&Value>) -> Option<Duration> {
        let named = &self.definition.retry_after;
        let header = answer.header(named.header.as_deref().unwrap_or("retry-after"));
        let by_header = header.and_then(|text| match text.parse::<u64>() {
            Ok(secs) => Some(Duration::from_secs(secs)),
            Err(_) => until(text, answer.date()?),
        });
        let by_pointer = || {
            let text = named.ptr.as_ref()?.text(body?)?;
            text.parse::<u64>().ok().map(Duration::from_secs)
        };
        by_header.or_else(by_pointer).map(|wait| wait.min(RETRY_MAX))
    }
}

/// The time from the provider's clock to an HTTP date.
fn until(text: &str, now: Timestamp) -> Option<Duration> {
    let at = jiff::fmt::rfc2822::parse(text).ok()?.timestamp().as_millisecond();
    u64::try_from(at.saturating_sub(now.0)).ok().map(Duration::from_millis)
}

fn applies(rule: &ErrorRule, answer: &Answer, body: Option<&Value>) -> bool {
    if !rule.http.is_empty() && !rule.http.contains(&answer.status) {
        return false;
    }
    if !rule.body_number.is_empty() && !bare_number(answer).is_some_and(|n| rule.body_number.contains(&n)) {
        return false;
    }
    match (&rule.ptr, &rule.equals) {
        (Some(pointer), Some(wanted)) => {
            body.and_then(|body| pointer.find(body)).and_then(scalar).is_some_and(|found| found == wanted.0)
        }
        _ => true,
    }
}

/// A body that is nothing but a number, with or without quotes.
pub(super) fn bare_number(answer: &Answer) -> Option<u32> {
    let text = std::str::from_utf8(answer.body.get(..answer.body.len().min(16))?).ok()?;
    text.trim().trim_matches('"').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{SHIPPED, read};

    fn judged(reach: Reach, status: u16, body: &'static str) -> Option<(ErrorKind, bool)> {
        let definition = read::read("android", SHIPPED[1].1).unwrap();
        let judge = Judge { definition: &definition, secrets: Vec::new(), reach };
        let headers = reqwest::header::HeaderMap::new();
        let answer = Answer { status, headers, body: bytes::Bytes::from_static(body.as_bytes()) };
        judge.json(&answer).err().map(|refusal| (refusal.error.kind, refusal.definite))
    }

    #[test]
    fn a_guest_network_s_page_marks_no_password_as_wrong() {
        let page = "\u{feff} <html>Please log in</html>";
        for status in [200, 401, 403, 404, 511] {
            assert_eq!(judged(Reach::Lan, status, page), Some((ErrorKind::Network, false)), "{status}");
        }
        assert_eq!(judged(Reach::Hosts, 401, page), Some((ErrorKind::Auth, true)), "TLS says who answers");
        assert_eq!(judged(Reach::Hosts, 200, page), Some((ErrorKind::Network, false)));
    }

    #[test]
    fn what_the_file_lists_goes_before_the_status() {
        assert_eq!(judged(Reach::Lan, 503, "{}"), Some((ErrorKind::Network, true)), "listed as harmless");
        assert_eq!(judged(Reach::Lan, 500, "{}"), Some((ErrorKind::Network, false)), "perhaps it was done");
        assert_eq!(judged(Reach::Lan, 200, "{}"), None);
    }
}

//! Sending and looking for what was perhaps sent. A send is made at most once: whatever leaves open whether the
//! gateway took it is reported as ambiguous, and only a person or a look-up decides.

use serde_json::Value;
use sha2::{Digest, Sha256};
use theke_domain::message::{ClientReference, Delivery, Outgoing, RemoteId};

use super::channel::HttpChannel;
use super::inbound::{next_page, page_parameters};
use super::listing::Page;
use super::pointer::{Pointer, scalar};
use super::request;
use super::sending::Send;
use super::template::Values;
use crate::channel::{DeliveryReport, Marker};
use crate::error::{Error, ErrorKind, Result};
use crate::web::{Answer, scrub};

/// How many pages of sent messages are looked through.
const PAGES_MAX: usize = 5;
/// How many messages are asked for one by one in one poll.
const SINGLE_MAX: usize = 20;

impl HttpChannel {
    pub(super) async fn deliver(&self, message: &Outgoing, marker: &dyn Marker) -> Result<RemoteId> {
        let send = self.definition.send.as_ref().ok_or_else(|| Error::unsupported("sending"))?.get_ref();
        if send.max_chars.is_some_and(|max| message.text.chars().count() > max as usize) {
            return Err(Error::new(ErrorKind::Rejected, "the text is too long for this channel; shorten it"));
        }
        if !message.parts.is_empty() {
            return Err(Error::unsupported("attachments"));
        }
        let reference = wire_reference(&message.reference, send.reference_max_chars);
        let values = Values {
            to: Some(message.to.value()),
            text: Some(&message.text),
            reference: Some(&reference),
            ..self.values()
        };
        let prepared = self.prepare(&send.request, &values, &[])?;
        marker.passed().await?;
        match self.web.call(prepared).await {
            Ok(answer) => self.taken(send, &answer, reference),
            Err(failure) if failure.maybe_done => Err(failure.error.ambiguous()),
            Err(failure) => Err(failure.error),
        }
    }

    /// What the answer to a send says.
    fn taken(&self, send: &Send, answer: &Answer, reference: String) -> Result<RemoteId> {
        if send.known_http.contains(&answer.status) {
            return Ok(RemoteId(reference));
        }
        let value = match self.judge().json(answer) {
            Ok(value) => value,
            Err(refusal) if refusal.definite => return Err(refusal.error),
            Err(refusal) => return Err(refusal.error.ambiguous()),
        };
        let failed = send
            .ok
            .iter()
            .find(|ok| ok.ptr.find(&value).and_then(scalar).is_none_or(|found| found != ok.equals.0));
        if let Some(failed) = failed {
            let words = send.item_error.as_ref().and_then(|reason| reason.text(&value));
            return Err(match (words, failed.ptr.find(&value)) {
                (Some(words), _) => {
                    let words = scrub(&words, &self.judge().secrets);
                    Error::new(ErrorKind::Rejected, format!("the provider refused the message ({words})"))
                }
                (None, Some(_)) => Error::new(ErrorKind::Rejected, "the provider refused the message"),
                (None, None) => unclear(),
            });
        }
        match &send.id {
            Some(id) => id.text(&value).map(RemoteId).ok_or_else(unclear),
            None => Ok(RemoteId(reference)),
        }
    }

    pub(super) async fn find_sent(&self, reference: &ClientReference) -> Result<Option<RemoteId>> {
        let (Some(look_up), Some(send)) = (&self.definition.look_up, &self.definition.send) else {
            return Err(Error::unsupported("looking up sent messages"));
        };
        let look_up = look_up.get_ref();
        let wanted = wire_reference(reference, send.get_ref().reference_max_chars);
        let (Some(records), Some(pointer)) = (&look_up.records, &look_up.reference) else {
            let values = Values { reference: Some(&wanted), ..self.values() };
            let request = self.prepare(&look_up.request, &values, &[])?;
            self.budget.take().await;
            let answer = self.web.call(request).await?;
            if look_up.none_http.contains(&answer.status) && !answer.is_page() {
                return Ok(None);
            }
            let value = self.judge().json(&answer).map_err(|refusal| refusal.error)?;
            return look_up.id.text(&value).map(|id| Some(RemoteId(id))).ok_or_else(no_id);
        };
        let mut found = None;
        self.walk(&look_up.request, &look_up.page, records, |record| {
            if pointer.text(record).as_deref() == Some(wanted.as_str()) {
                found = look_up.id.text(record).map(RemoteId);
            }
            found.is_none()
        })
        .await?;
        Ok(found)
    }

    /// States that are news, of the messages that are followed.
    pub(super) async fn fetch_states(&self) -> Result<Vec<DeliveryReport>> {
        let Some(status) = &self.definition.status else { return Ok(Vec::new()) };
        let status = status.get_ref();
        let open = self.states.due();
        if open.is_empty() {
            return Ok(Vec::new());
        }
        let mut reports: Vec<DeliveryReport> = Vec::new();
        let mut note = |id: RemoteId, record: &Value| {
            let word = status.state.text(record);
            let delivery = word.and_then(|word| status.map.get(&word)).map(|state| state.delivery());
            let Some(delivery) = delivery.filter(|delivery| self.states.is_news(&id, *delivery)) else {
                return;
            };
            let failed = delivery == Delivery::Failed;
            let reason = status.reason.as_ref().filter(|_| failed).and_then(|reason| reason.text(record));
            let reason = reason.map(|reason| scrub(&reason, &self.judge().secrets));
            reports.push(DeliveryReport { remote_id: id, delivery, reason, at: None });
        };
        if let (Some(records), Some(pointer)) = (&status.records, &status.id) {
            let mut missing = open.len();
            self.walk(&status.request, &status.page, records, |record| {
                if let Some(id) = pointer.text(record).map(RemoteId).filter(|id| open.contains(id)) {
                    missing = missing.saturating_sub(1);
                    note(id, record);
                }
                missing > 0
            })
            .await?;
            return Ok(reports);
        }
        for id in self.states.next_few(&open, SINGLE_MAX) {
            let request = self.prepare(&status.request, &Values { id: Some(&id.0), ..self.values() }, &[])?;
            self.budget.take().await;
            let answer = self.web.call(request).await?;
            if answer.status == 404 && !answer.is_page() {
                // The gateway forgot it; nothing more will be heard.
                self.states.forget(&id);
                continue;
            }
            let value = self.judge().json(&answer).map_err(|refusal| refusal.error)?;
            note(id, &value);
        }
        Ok(reports)
    }

    /// Goes through a listing until `keep_going` says no, or [`PAGES_MAX`] pages.
    async fn walk(
        &self,
        request: &super::definition::Request,
        page: &Page,
        records: &Pointer,
        mut keep_going: impl FnMut(&Value) -> bool + std::marker::Send,
    ) -> Result<()> {
        let mut next = None;
        for _ in 0..PAGES_MAX {
            let prepared = match &next {
                Some(super::position::Next::Url(url)) => {
                    let url = self.base.url.join(url).ok().filter(|u| u.origin() == self.base.url.origin());
                    let Some(url) = url else { return Ok(()) };
                    request::build(&self.web, url, request, self.definition.auth.as_ref(), &self.values())?
                }
                other => self.prepare(request, &self.values(), &page_parameters(page, other.as_ref()))?,
            };
            let (answer, value) = self.ask(prepared).await?;
            let list = records.find(&value).and_then(Value::as_array).ok_or_else(|| {
                Error::new(
                    ErrorKind::Protocol,
                    "the answer holds no list of sent messages where one is expected",
                )
            })?;
            if !list.iter().all(&mut keep_going) {
                return Ok(());
            }
            next = next_page(page, next.as_ref(), &answer, &value, list.len());
            if next.is_none() {
                return Ok(());
            }
        }
        Ok(())
    }
}

fn unclear() -> Error {
    let text = "the provider's answer does not say whether it took the message";
    Error::new(ErrorKind::Protocol, text).ambiguous()
}

fn no_id() -> Error {
    Error::new(ErrorKind::Protocol, "the provider's answer names no message")
}

/// Our reference in a form that gateways take: letters, digits, `.`, `-`, `_` and `@`, at most `max_chars`. What does
/// not fit becomes a hash, the same one at every retry and look-up.
pub(super) fn wire_reference(reference: &ClientReference, max_chars: usize) -> String {
    let text = reference.0.trim_start_matches('<').trim_end_matches('>');
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'));
    if plain && !text.is_empty() && text.len() <= max_chars && !text.chars().all(|c| c == '.') {
        return text.to_owned();
    }
    let digest = Sha256::digest(reference.0.as_bytes());
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    hex.chars().take(max_chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_fits_and_stays_the_same() {
        let of = |text: &str| wire_reference(&ClientReference(text.to_owned()), 36);
        assert_eq!(of("6f1c7d2e-0000-4000-8000-123456789abc"), "6f1c7d2e-0000-4000-8000-123456789abc");
        assert_eq!(of("<short@shop.example>"), "short@shop.example");
        let long = of("<6f1c7d2e-0000-4000-8000-123456789abc@shop.example>");
        assert_eq!(long.len(), 36);
        assert_eq!(long, of("<6f1c7d2e-0000-4000-8000-123456789abc@shop.example>"));
        assert_ne!(long, of("<6f1c7d2e-0000-4000-8000-123456789abd@shop.example>"));
        assert_eq!(of("a b").len(), 36);
    }
}

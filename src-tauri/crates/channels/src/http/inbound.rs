//! Listing received messages: everything newer than the position less its look-back, page after page until the end
//! or until a whole page is known. What repeats within the look-back is left out here; the intake recognises the
//! rest by its id.

use serde_json::Value;
use theke_domain::message::Incoming;

use super::channel::HttpChannel;
use super::convert::{convert, is_wanted};
use super::listing::{Inbound, Order, Page, Since};
use super::position::{Next, Position};
use super::request;
use super::template::Values;
use crate::channel::{Batch, Cursor, DeliveryReport, Update};
use crate::error::{Error, ErrorKind, Result};
use crate::web::Answer;

/// A batch ends after so many pages; the listing goes on in the next one.
const PAGES_PER_BATCH: usize = 5;
/// A listing that does not end is cut off here and begun again at the next poll.
const SKIP_MAX: u64 = 1_000_000;

/// What a page brought.
struct Fetched {
    messages: Vec<Incoming>,
    ids: Vec<String>,
    records: usize,
    all_known: bool,
    next: Option<Next>,
}

impl HttpChannel {
    /// The next batch: messages, oldest first, then delivery states.
    pub(super) async fn fetch(&self, cursor: Cursor) -> Result<Batch> {
        let mut position = Position::read(&cursor);
        let id = self.next_batch_id();
        let (mut messages, mut ids, mut more) = (Vec::new(), Vec::new(), false);
        if let Some(inbound) = &self.definition.inbound {
            more = self.list(inbound.get_ref(), &mut position, &mut messages, &mut ids).await?;
        }
        let reports = self.reports(!more, messages.is_empty()).await?;
        messages.sort_by_key(|message| message.at);
        self.states.hand_in(&id, &reports);
        self.remember_to_acknowledge(&id, ids);
        let updates = messages.into_iter().map(|message| Update::Message(Box::new(message)));
        let updates = updates.chain(reports.into_iter().map(Update::Delivery)).collect();
        Ok(Batch { id, updates, cursor: position.write(), more, remaining: None, total: None })
    }

    /// Delivery states, when the messages are done. Their failure must not keep messages back.
    async fn reports(&self, due: bool, may_fail: bool) -> Result<Vec<DeliveryReport>> {
        if !due {
            return Ok(Vec::new());
        }
        match self.fetch_states().await {
            Ok(reports) => Ok(reports),
            Err(error) if may_fail => Err(error),
            Err(error) => {
                tracing::debug!(kind = ?error.kind, "delivery states are left for the next poll");
                Ok(Vec::new())
            }
        }
    }

    /// Lists up to [`PAGES_PER_BATCH`] pages into `messages`; true if there are more.
    async fn list(
        &self,
        inbound: &Inbound,
        position: &mut Position,
        messages: &mut Vec<Incoming>,
        ids: &mut Vec<String>,
    ) -> Result<bool> {
        // A gateway that deletes what it lists must see each page stored before it is asked for the next.
        let pages = if inbound.destructive { 1 } else { PAGES_PER_BATCH };
        let mut is_resumed = position.page.is_some();
        for _ in 0..pages {
            let page = match self.page(inbound, position).await {
                Ok(page) => page,
                // What came before the fault is stored; the next call meets the fault alone.
                Err(_) if !messages.is_empty() => return Ok(true),
                // The page that was to come next is gone. The listing begins again, else it would never end.
                Err(error) if is_resumed && is_about_the_page(&error) => {
                    is_resumed = false;
                    position.page = None;
                    continue;
                }
                Err(error) => return Err(error),
            };
            is_resumed = false;
            messages.extend(page.messages);
            ids.extend(page.ids);
            let known_from_here = inbound.order == Order::Newest && page.all_known && page.records > 0;
            match page.next {
                Some(next) if !known_from_here => position.page = Some(next),
                _ => {
                    position.finish(lookback_s(&inbound.since));
                    return Ok(inbound.destructive && page.records > 0);
                }
            }
        }
        position.forget_surplus();
        Ok(true)
    }

    async fn page(&self, inbound: &Inbound, position: &mut Position) -> Result<Fetched> {
        let prepared = self.page_request(inbound, position)?;
        let (answer, value) = self.ask(prepared).await?;
        let records = inbound.records.find(&value).and_then(Value::as_array).ok_or_else(|| {
            Error::new(ErrorKind::Protocol, "the answer holds no list of messages where one is expected")
        })?;
        let now = self.settings.clock.now();
        let mut fetched = Fetched {
            messages: Vec::new(),
            ids: Vec::new(),
            records: records.len(),
            all_known: true,
            next: None,
        };
        for record in records.iter().filter(|record| is_wanted(inbound, record)) {
            let record = convert(&self.definition, inbound, &self.settings, record, now);
            let known = position.knows(&record.key);
            position.note(&record.key, &record.provider_id, record.message.at, now);
            if !known {
                fetched.all_known = false;
                fetched.ids.push(record.provider_id);
                fetched.messages.push(record.message);
            }
        }
        fetched.next = next_page(&inbound.page, position.page.as_ref(), &answer, &value, records.len());
        Ok(fetched)
    }

    fn page_request(&self, inbound: &Inbound, position: &Position) -> Result<reqwest::RequestBuilder> {
        let since = match &inbound.since {
            Since::None => None,
            Since::Id { param } => position.since_id().map(|id| (param, id.to_owned())),
            Since::Time { param, format, zone, lookback_s } => position
                .since()
                .map(|since| (param, format.write(since.plus_secs(-i64::from(*lookback_s)), zone))),
        };
        let values = Values { cursor: since.as_ref().map(|(_, text)| text.as_str()), ..self.values() };
        if let Some(Next::Url(next)) = &position.page {
            let url = self.base.url.join(next).map_err(|_| elsewhere())?;
            if url.origin() != self.base.url.origin() {
                return Err(elsewhere());
            }
            let auth = self.definition.auth.as_ref();
            return request::build(&self.web, url, &inbound.request, auth, &values);
        }
        let mut extra = page_parameters(&inbound.page, position.page.as_ref());
        if let Some((Some(param), text)) = &since {
            extra.push((param.clone(), text.clone()));
        }
        self.prepare(&inbound.request, &values, &extra)
    }
}

fn is_about_the_page(error: &Error) -> bool {
    matches!(error.kind, ErrorKind::Config | ErrorKind::Protocol | ErrorKind::Rejected)
}

fn elsewhere() -> Error {
    Error::new(ErrorKind::Protocol, "the provider names a next page on another host; it is not followed")
}

fn lookback_s(since: &Since) -> u32 {
    match since {
        Since::Time { lookback_s, .. } => *lookback_s,
        Since::None | Since::Id { .. } => 30 * 86_400,
    }
}

/// The parameters that ask for a page.
pub(super) fn page_parameters(page: &Page, next: Option<&Next>) -> Vec<(String, String)> {
    match page {
        Page::None | Page::NextUrl { .. } => Vec::new(),
        Page::Numbered { param, start, .. } => {
            let number = match next {
                Some(Next::Number(number)) => *number,
                _ => *start,
            };
            vec![(param.clone(), number.to_string())]
        }
        Page::Offset { param, limit_param, limit, .. } => {
            let skip = match next {
                Some(Next::Skip(skip)) => *skip,
                _ => 0,
            };
            vec![(limit_param.clone(), limit.to_string()), (param.clone(), skip.to_string())]
        }
    }
}

/// The page after this one; `None` at the end.
pub(super) fn next_page(
    page: &Page,
    current: Option<&Next>,
    answer: &Answer,
    value: &Value,
    records: usize,
) -> Option<Next> {
    if records == 0 {
        return None;
    }
    match page {
        Page::None => None,
        Page::NextUrl { ptr } => ptr.text(value).map(Next::Url),
        Page::Numbered { start, last, .. } => {
            let number = match current {
                Some(Next::Number(number)) => *number,
                _ => *start,
            };
            let last: Option<u32> =
                last.as_ref().and_then(|last| last.text(value)).and_then(|n| n.parse().ok());
            (last.is_none_or(|last| number < last) && number < 100_000).then_some(Next::Number(number + 1))
        }
        Page::Offset { limit, total, total_header, .. } => {
            let skipped = match current {
                Some(Next::Skip(skip)) => *skip,
                _ => 0,
            };
            let by_pointer = total.as_ref().and_then(|total| total.text(value));
            let by_header = || answer.header(total_header.as_deref()?).map(str::to_owned);
            let total: Option<u64> = by_pointer.or_else(by_header).and_then(|text| text.parse().ok());
            let skip = skipped + records as u64;
            let goes_on = match total {
                Some(total) => skip < total,
                None => records as u64 >= u64::from(*limit),
            };
            (goes_on && skip < SKIP_MAX).then_some(Next::Skip(skip))
        }
    }
}

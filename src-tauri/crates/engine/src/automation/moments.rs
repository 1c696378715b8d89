//! Rules that no message sets off: a customer has waited too long, a conversation was closed, it is a certain time.
//!
//! Looked at now and then, each only where a rule asks for it, and each once: a rule of time has spoken of a message when
//! there is a decision of its own about it. What was closed is read from the timeline behind a place that is kept, so that
//! a program that was off misses nothing and repeats nothing. Not here: rules on orders and stock, which have no source yet.

use std::sync::Arc;

use theke_domain::ids::{EntryId, MessageId};
use theke_domain::message::Direction;
use theke_domain::rule::{Action, Trigger, Weekday};
use theke_domain::time::Timestamp;
use theke_store::table::conversations::recent;
use theke_store::table::messages::lists;
use theke_store::table::{entries, settings as table};
use theke_store::{Connection, Transaction};

use super::book::Book;
use super::{Occasion, one};
use crate::api::ApiResult;
use crate::api::types::Event;
use crate::settings;
use crate::shared::Shared;

/// Where the timeline was read up to.
const CLOSED_UP_TO: &str = "automation.closed_up_to";
/// The minute up to which rules of a time were looked at.
const TIMES_UP_TO: &str = "automation.times_up_to";
/// Conversations that are looked at in one go.
const LOOKED_AT: u32 = 500;
/// Who has waited longer than this is a person's anyway.
const WAITED_MAX_SECS: i64 = 30 * 24 * 3600;
/// Rules name minutes, and whoever is told a little later is told.
const TIMES_EVERY_SECS: i64 = 30;
/// A time that passed while the program was off is made up for so long afterwards.
const LATE_MAX_SECS: i64 = 2 * 3600;

/// Looks for all of it.
pub async fn look(shared: &Arc<Shared>) -> ApiResult<()> {
    let worker = shared.clone();
    let (on, book) = shared
        .read(move |conn| -> ApiResult<_> {
            Ok((settings::text(conn, settings::AUTOMATION_ON)? == "true", worker.rules.current(conn)?))
        })
        .await?;
    let has = |fits: fn(&Trigger) -> bool| on && book.rules.iter().any(|active| fits(&active.rule.when));
    if has(|when| matches!(when, Trigger::NoAnswer { .. })) {
        for (id, minutes) in waiting(shared, &book).await? {
            one(shared, id, &Occasion::Waited(minutes)).await?;
        }
    }
    // The place moves once all of it was decided about: a program that ends in between looks again.
    if let Some((ids, behind)) =
        closed(shared, has(|when| matches!(when, Trigger::ConversationClosed))).await?
    {
        for id in ids {
            one(shared, id, &Occasion::Closed).await?;
        }
        keep(shared, CLOSED_UP_TO, behind.0).await?;
    }
    if has(|when| matches!(when, Trigger::Time { .. })) {
        times(shared, &book).await?;
    }
    Ok(())
}

/// Messages whose customers have waited at least as long as the most patient of the rules' hours, with how long.
async fn waiting(shared: &Arc<Shared>, book: &Book) -> ApiResult<Vec<(MessageId, u32)>> {
    let shortest = book.rules.iter().filter_map(|active| match active.rule.when {
        Trigger::NoAnswer { opening_hours } => Some(opening_hours),
        _ => None,
    });
    let Some(shortest) = shortest.min() else { return Ok(Vec::new()) };
    let now = shared.now();
    shared
        .read(move |conn| -> ApiResult<_> {
            let (hours, zone) = settings::opening(conn)?;
            let until = now.plus_secs(-i64::from(shortest) * 3600);
            let rows = recent::unanswered(conn, now.plus_secs(-WAITED_MAX_SECS), until, LOOKED_AT)?;
            let mut found = Vec::new();
            for id in rows {
                let Some(row) = lists::newest(conn, id, Direction::In)? else { continue };
                let minutes = hours.open_secs(&zone, row.received_at, now) / 60;
                let minutes = u32::try_from(minutes).unwrap_or(u32::MAX);
                if minutes >= shortest.saturating_mul(60) {
                    found.push((row.id, minutes));
                }
            }
            Ok(found)
        })
        .await
}

/// The newest messages of conversations that were closed since the last look, and the place behind them. Without a rule for
/// that only the place moves: a rule that is switched on later is not for what was closed before.
async fn closed(shared: &Arc<Shared>, wanted: bool) -> ApiResult<Option<(Vec<MessageId>, EntryId)>> {
    shared
        .read(move |conn| -> ApiResult<_> {
            let (from, last) = (place(conn)?, entries::last(conn)?);
            let from = match from {
                Some(from) if last <= from => return Ok(None),
                Some(from) if wanted => from,
                _ => return Ok(Some((Vec::new(), last))),
            };
            let (conversations, behind) = entries::closed_between(conn, from, last, LOOKED_AT)?;
            let mut found = Vec::new();
            for conversation in conversations {
                found.extend(lists::newest(conn, conversation, Direction::In)?.map(|row| row.id));
            }
            Ok(Some((found, behind)))
        })
        .await
}

/// Rules of a time: whoever is at the computer is told. A message to nobody in particular is sent to nobody.
async fn times(shared: &Arc<Shared>, book: &Arc<Book>) -> ApiResult<()> {
    let (now, book) = (shared.now(), book.clone());
    let before = shared.read(|conn| table::get(conn, TIMES_UP_TO)).await?.and_then(|value| value.as_i64());
    if before.is_some_and(|before| (0..TIMES_EVERY_SECS).contains(&now.secs_since(Timestamp(before)))) {
        return Ok(());
    }
    let told = shared.write(move |tx| due_times(tx, &book, now)).await?;
    for text in told {
        shared.tell(Event::Notice { text });
    }
    Ok(())
}

fn due_times(tx: &Transaction<'_>, book: &Book, now: Timestamp) -> ApiResult<Vec<String>> {
    let (_, zone) = settings::opening(tx)?;
    let before = table::get(tx, TIMES_UP_TO)?.and_then(|value| value.as_i64()).map_or(now, Timestamp);
    table::set(tx, TIMES_UP_TO, &serde_json::json!(now.0), now)?;
    let from = before.max(now.plus_secs(-LATE_MAX_SECS));
    let mut texts = Vec::new();
    for active in &book.rules {
        let Trigger::Time { weekdays, at } = &active.rule.when else { continue };
        let Ok(time) = at.parse() else { continue };
        // Today and, shortly after midnight, yesterday.
        for day in [from, now]
            .map(|moment| zone.local(moment).date())
            .into_iter()
            .collect::<std::collections::BTreeSet<_>>()
        {
            let due =
                zone.moment(day, time).filter(|due| *due > from && *due <= now && *due >= active.on_since);
            let fits = weekdays.is_empty() || weekdays.contains(&Weekday::of(day));
            if due.is_none() || !fits || !active.rule.holds_on(day) {
                continue;
            }
            texts.extend(active.rule.then.iter().filter_map(|action| match action {
                Action::Notify { text } => Some(text.clone()),
                _ => None,
            }));
        }
    }
    Ok(texts)
}

fn place(conn: &Connection) -> theke_store::Result<Option<EntryId>> {
    Ok(table::get(conn, CLOSED_UP_TO)?.and_then(|value| value.as_i64()).map(EntryId))
}

async fn keep(shared: &Arc<Shared>, key: &'static str, value: i64) -> ApiResult<()> {
    let now = shared.now();
    shared.write(move |tx| table::set(tx, key, &serde_json::json!(value), now)).await
}

//! Forgetting, in the background: messages of closed conversations after as many years as the shop set (never, unless it
//! did), and removed notes once nobody can bring them back.
//!
//! In slices with room for others between them. Afterwards the search index is rewritten, because it keeps the words of what
//! was deleted, and the write-ahead log is emptied; that it still has to be done is a row of the database, so that a killed
//! program goes on. Backups of before go after thirty days. Not here: what may go (`theke_store::retention`).

use std::sync::Arc;

use theke_domain::time::Timestamp;
use theke_store::search::messages as index;
use theke_store::table::protection_log::{self, What};
use theke_store::table::settings as table;
use theke_store::{Connection, Transaction, retention};

use crate::api::ApiResult;
use crate::api::types::Event;
use crate::settings;
use crate::shared::{Shared, off_thread};

/// Messages of one transaction.
const SLICE: u32 = 50;
/// Slices of one look; the next look goes on.
const SLICES: usize = 20;
/// Pages of the search index that one transaction rewrites.
const PAGES: u32 = 200;
/// Between two looks that found everything done.
const REST_SECS: i64 = 6 * 3600;
/// The window offers to undo for minutes; a day leaves room for whoever comes back the next morning.
const UNDOABLE_SECS: i64 = 24 * 3600;
const DAYS_PER_YEAR: f64 = 365.2425;
const DAY_SECS: f64 = 86_400.0;
/// Set while the search index still has words of what is gone: how many times something went since it had none.
const UNPURGED: &str = "retention.unpurged";

/// How far it is, between the looks of the chores.
#[derive(Default)]
pub struct Forgetting {
    /// The setting at the last look that ended.
    years: u32,
    rests_until: Option<Timestamp>,
}

impl Forgetting {
    /// One look: a bounded part of what is to be done, at once where the setting changed.
    pub async fn look(&mut self, shared: &Arc<Shared>) -> ApiResult<()> {
        let (now, years) = (shared.now(), shared.read(years).await?);
        // A clock that was set back ends the rest.
        let rests = self.rests_until.is_some_and(|until| now < until && until.secs_since(now) <= REST_SECS);
        if rests && years == self.years {
            return Ok(());
        }
        if some(shared).await? {
            self.rests_until = Some(now.plus_secs(REST_SECS));
            self.years = years;
        } else {
            self.rests_until = None;
        }
        Ok(())
    }
}

/// All that is to be done.
pub async fn all(shared: &Arc<Shared>) -> ApiResult<()> {
    while !some(shared).await? {}
    Ok(())
}

/// The moment before which messages of closed conversations go.
pub fn before(years: u32, now: Timestamp) -> Option<Timestamp> {
    // A year is no exact time; a few hours do not matter.
    let days = (f64::from(years) * DAYS_PER_YEAR).round();
    (years > 0).then(|| now.plus_secs(-((days * DAY_SECS) as i64)))
}

/// The setting.
pub fn years(conn: &Connection) -> theke_store::Result<u32> {
    settings::number(conn, settings::PRIVACY_KEEP_YEARS)
}

/// Whether less is kept with `wanted` years than with `kept`; 0 is for ever.
pub const fn shortens(kept: u32, wanted: u32) -> bool {
    wanted != 0 && (kept == 0 || wanted < kept)
}

/// A bounded part; says whether everything is done.
async fn some(shared: &Arc<Shared>) -> ApiResult<bool> {
    let now = shared.now();
    let undoable = now.plus_secs(-UNDOABLE_SECS);
    shared
        .write(move |tx| {
            if retention::forget_removed(tx, undoable)? {
                note_unpurged(tx, now)?;
            }
            Ok::<_, theke_store::Error>(())
        })
        .await?;
    if let Some(before) = before(shared.read(years).await?, now) {
        let (mut from, mut gone, mut ended) = (Some(0), 0, false);
        for _ in 0..SLICES {
            let Some(place) = from else { break };
            let removed;
            (from, removed) = slice(shared, before, place).await?;
            (gone, ended) = (gone + removed, from.is_none());
            // Whoever waits to write has its turn.
            tokio::task::yield_now().await;
        }
        if gone > 0 {
            shared.write(move |tx| protection_log::add(tx, What::Retention, gone, now)).await?;
        }
        if !ended {
            return Ok(false);
        }
    }
    purge(shared).await
}

/// Removes one slice; gives where the next begins, and how many messages went.
async fn slice(shared: &Arc<Shared>, before: Timestamp, from: i64) -> ApiResult<(Option<i64>, u64)> {
    let now = shared.now();
    let slice = shared
        .write(move |tx| {
            let slice = retention::remove_some(tx, before, from, SLICE)?;
            if !slice.messages.is_empty() {
                note_unpurged(tx, now)?;
            }
            Ok::<_, theke_store::Error>(slice)
        })
        .await?;
    let gone = slice.messages.len() as u64;
    if gone == 0 {
        return Ok((slice.next, 0));
    }
    let (of, messages) = (shared.clone(), slice.messages);
    off_thread(move || messages.iter().try_for_each(|id| of.cache.remove_under(&format!("part/{id}/"))))
        .await?;
    for contact in slice.contacts {
        shared.tell(Event::ContactChanged { contact_id: contact.0 });
    }
    Ok((slice.next, gone))
}

/// Notes, in the transaction that deletes, that the search index is to be rewritten.
pub(crate) fn note_unpurged(tx: &Transaction<'_>, now: Timestamp) -> theke_store::Result<()> {
    let times = table::get(tx, UNPURGED)?.map_or(0, |known| known.as_u64().unwrap_or(1));
    table::set(tx, UNPURGED, &times.saturating_add(1).into(), now)
}

/// Rewrites the search index where that is due, in slices; says whether it is done. What goes meanwhile has it rewritten
/// once more.
pub(crate) async fn purge(shared: &Arc<Shared>) -> ApiResult<bool> {
    while let Some(noted) = shared.read(|conn| table::get(conn, UNPURGED)).await? {
        shared.write(retention::begin_purge).await?;
        while shared.write(|tx| index::merge_some(tx, PAGES)).await? {
            tokio::task::yield_now().await;
        }
        let done = move |tx: &Transaction<'_>| {
            let same = table::get(tx, UNPURGED)?.is_some_and(|now| now == noted);
            if same { table::remove(tx, UNPURGED) } else { Ok(()) }
        };
        shared.write(done).await?;
        let store = shared.store.clone();
        off_thread(move || store.checkpoint()).await?;
        shared.tell(Event::Refresh {});
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeping_longer_takes_nothing_away() {
        for (kept, wanted, less) in
            [(0, 10, true), (3, 1, true), (3, 3, false), (3, 5, false), (3, 0, false), (0, 0, false)]
        {
            assert_eq!(shortens(kept, wanted), less, "{kept} -> {wanted}");
        }
    }

    #[test]
    fn years_are_years_of_the_calendar_and_none_is_for_ever() {
        let at = |text: &str| Timestamp::from_rfc3339(text).unwrap();
        let now = at("2026-11-30T12:00:00Z");
        assert_eq!(before(0, now), None);
        for (years, day) in [(1, "2025-11-30"), (3, "2023-11-30"), (10, "2016-11-30"), (30, "1996-11-30")] {
            let found = before(years, now).unwrap();
            let off = found.secs_since(at(&format!("{day}T12:00:00Z"))).abs();
            assert!(off <= 86_400, "{years}: {off} s off");
        }
    }
}

//! Pairs that may be the same: the list, "not the same person", and merging all sure ones at once.

use theke_domain::ids::{ContactId, MergeId};
use theke_domain::matching::{Link, Reason, Record, compare};
use theke_store::table::changes::{self, Step};
use theke_store::table::duplicates::{self, Pair};
use theke_store::table::{comparing, contacts, merging};
use theke_store::{Connection, Transaction};

use super::contacts::existing;
use super::merging::both;
use super::types::{DuplicateList, DuplicateView, Event, MatchReport, MergedSure};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::{comparer, settings};

/// Pairs that are merged in one go.
const AT_ONCE: u32 = 500;
/// So many that wait are counted.
const WAITING_COUNTED: u32 = 1000;

impl Api {
    /// Pairs that may be the same, as far as they were compared; most speaks for the first.
    pub async fn duplicates(&self, limit: u32) -> ApiResult<DuplicateList> {
        self.shared
            .read(move |conn| -> ApiResult<DuplicateList> {
                let pairs = duplicates::best(conn, limit)?;
                let sure = duplicates::at_least(conn, comparer::SURE, AT_ONCE)?.len();
                Ok(DuplicateList {
                    pairs: pairs.iter().map(|pair| shown(conn, pair)).collect::<ApiResult<Vec<_>>>()?,
                    sure: u32::try_from(sure).unwrap_or(u32::MAX),
                    waiting: comparing::count_waiting(conn, WAITING_COUNTED)?,
                })
            })
            .await
    }

    /// Who may be the same as this customer.
    pub async fn duplicates_of(&self, id: i64) -> ApiResult<Vec<DuplicateView>> {
        self.shared
            .read(move |conn| -> ApiResult<Vec<DuplicateView>> {
                let contact = existing(conn, id)?;
                duplicates::of_contact(conn, contact.id)?.iter().map(|pair| shown(conn, pair)).collect()
            })
            .await
    }

    /// Compares everything that waits. A running engine does so by itself; this is for whoever needs the answer now.
    pub async fn compare_waiting(&self) -> ApiResult<()> {
        comparer::work_off(&self.shared).await
    }

    /// Remembers for ever that two are not the same. Answers what undoes it, or `None` if it was said before.
    ///
    /// # Errors
    /// `NotFound`; `BadInput` if they are the same contact, or one is part of another one.
    pub async fn contacts_not_same(&self, a: i64, b: i64) -> ApiResult<Option<i64>> {
        let now = self.shared.now();
        let undo = self
            .shared
            .write(move |tx| -> ApiResult<Option<i64>> {
                let (one, other) = both(tx, a, b)?;
                if !duplicates::say_not_same(tx, one.id, other.id, now)? {
                    return Ok(None);
                }
                let step = Step::NotSame { first: one.id, second: other.id };
                Ok(Some(changes::insert(tx, "not_same", &one.display_name, 1, &[step], now)?.0))
            })
            .await?;
        if undo.is_some() {
            self.shared.tell(Event::UndoChanged {});
        }
        self.tell_merges();
        Ok(undo)
    }

    /// Merges the pairs of which one is sure, at most 500 at once, with one undo for all. What one merge changes counts
    /// for the next: a pair that is not sure any more is left.
    pub async fn contacts_merge_sure(&self) -> ApiResult<MergedSure> {
        let now = self.shared.now();
        let done = self
            .shared
            .write(move |tx| -> ApiResult<MergedSure> {
                let country = settings::text(tx, settings::SHOP_COUNTRY)?;
                let (mut steps, mut batch) = (Vec::new(), None);
                for pair in duplicates::at_least(tx, comparer::SURE, AT_ONCE)? {
                    let Some((stays, goes)) = still_sure(tx, &pair, &country)? else { continue };
                    let taken = merging::taken_by_itself(tx, stays, goes)?;
                    let merge = merging::merge(tx, stays, goes, &taken, batch, now)?;
                    let first: MergeId = *batch.get_or_insert(merge);
                    merging::set_batch(tx, merge, first)?;
                    steps.push(Step::Merged { merge });
                }
                let merged = u32::try_from(steps.len()).unwrap_or(u32::MAX);
                if steps.is_empty() {
                    return Ok(MergedSure { merged, undo_id: None });
                }
                let undo = changes::insert(tx, "merge", "", steps.len(), &steps, now)?;
                Ok(MergedSure { merged, undo_id: Some(undo.0) })
            })
            .await?;
        if done.merged > 0 {
            self.shared.tell(Event::Refresh {});
            self.shared.tell(Event::UndoChanged {});
            self.tell_merges();
        }
        Ok(done)
    }
}

/// The two as they are by now, if they are still two and one is still sure: who stays, and who goes into it.
fn still_sure(tx: &Transaction<'_>, pair: &Pair, country: &str) -> ApiResult<Option<(ContactId, ContactId)>> {
    let (one, other) = (merging::root_of(tx, pair.first)?, merging::root_of(tx, pair.second)?);
    if one == other || duplicates::not_same_as(tx, one)?.contains(&other) {
        return Ok(None);
    }
    let (Some(ours), Some(theirs)) = (comparing::known(tx, one)?, comparing::known(tx, other)?) else {
        return Ok(None);
    };
    if compare(&comparer::record(&ours), &comparer::record(&theirs), country).link != Link::SameAuto {
        return Ok(None);
    }
    let messages = |id| Ok::<_, ApiError>(contacts::get(tx, id)?.map_or(0, |row| row.message_count));
    // The one that more was said with stays; of equals the older one.
    let first_stays = (messages(one)?, other.0) >= (messages(other)?, one.0);
    Ok(Some(if first_stays { (one, other) } else { (other, one) }))
}

fn shown(conn: &Connection, pair: &Pair) -> ApiResult<DuplicateView> {
    let view = |id: ContactId| Ok::<_, ApiError>(view::contact(conn, &existing(conn, id.0)?)?);
    Ok(DuplicateView {
        first: view(pair.first)?,
        second: view(pair.second)?,
        score: pair.score,
        sure: pair.score >= comparer::SURE,
        reasons: pair.reasons.iter().map(reason).collect(),
    })
}

/// The stable word of a reason, or of a link.
fn reason(reason: &Reason) -> String {
    word(reason)
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Whether two records are one customer, read with this country (`thekectl contacts match`). `a` and `b` are objects with
/// `name`, `emails`, `phones`, `handles` and `postcode`.
///
/// # Errors
/// `BadInput` if one of them is no such object.
pub fn match_report(a: serde_json::Value, b: serde_json::Value, country: &str) -> ApiResult<MatchReport> {
    let read = |value| {
        serde_json::from_value::<Record>(value).map_err(|error| {
            let sentence = format!(
                "This is no record ({error}). Expected is an object with name, emails, phones, handles and postcode."
            );
            ApiError::new(Code::BadInput, sentence)
        })
    };
    let verdict = compare(&read(a)?, &read(b)?, country);
    let reasons = verdict.reasons.iter().map(reason).collect();
    Ok(MatchReport { link: word(&verdict.link), score: verdict.score, reasons })
}

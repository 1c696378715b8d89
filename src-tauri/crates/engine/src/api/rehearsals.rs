//! Rehearsals: a rule run over past messages while a person watches, and stopped when they have seen enough.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use theke_domain::ids::RuleId;
use theke_domain::rule::Rule;
use theke_domain::time::Timestamp;
use theke_store::Connection;
use theke_store::table::{contacts, conversations, counters, messages, rules};

use super::types::{Event, RehearsalView, RehearsedView};
use super::{Api, ApiError, ApiResult, Code, view};
use crate::automation::{Active, Fit, Plan, Progress, Rehearsal, Would};

/// Hits of one page.
const PAGE_MAX: usize = 200;
/// Rehearsals that are kept; the oldest goes first.
const KEPT_MAX: usize = 4;

/// The rehearsals of one opened profile.
#[derive(Default)]
pub struct Rehearsals {
    last: AtomicI64,
    kept: Mutex<HashMap<i64, Arc<Rehearsal>>>,
}

impl Rehearsals {
    fn keep(&self, rehearsal: Arc<Rehearsal>) -> i64 {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        while kept.len() >= KEPT_MAX {
            let Some(oldest) = kept.keys().min().copied() else { break };
            if let Some(gone) = kept.remove(&oldest) {
                gone.stop();
            }
        }
        kept.insert(id, rehearsal);
        id
    }

    fn get(&self, id: i64) -> ApiResult<Arc<Rehearsal>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let gone = || ApiError::new(Code::NotFound, "This rehearsal is over. Start it again.");
        kept.get(&id).cloned().ok_or_else(gone)
    }
}

impl Api {
    /// Begins to run a rule, as TOML, over the past messages. With the id of a stored rule its version in force is run
    /// beside it. Nothing is stored and nothing can leave. `Event::Rehearsed` tells each step.
    ///
    /// # Errors
    /// `BadInput` for a rule that cannot be used.
    pub async fn rehearsal_start(&self, source: &str, compare_with: Option<i64>) -> ApiResult<i64> {
        let rehearsal = Arc::new(self.rehearsal_of(source, compare_with).await?);
        let id = self.shared.rehearsals.keep(rehearsal.clone());
        let shared = self.shared.clone();
        tokio::spawn(async move {
            let told = shared.clone();
            let ended = rehearsal.run(&shared, || told.tell(Event::Rehearsed { rehearsal_id: id })).await;
            if let Err(error) = ended {
                tracing::warn!(code = ?error.code, "a rehearsal ended early");
                rehearsal.stop();
                told.tell(Event::Rehearsed { rehearsal_id: id });
            }
        });
        Ok(id)
    }

    /// How far it has come, with a page of what the rule fits: those to look at first stand first.
    ///
    /// # Errors
    /// `NotFound` once it was given up for newer ones.
    pub async fn rehearsal(&self, id: i64, offset: u32, limit: u32) -> ApiResult<RehearsalView> {
        let progress = self.shared.rehearsals.get(id)?.progress();
        self.shared.read(move |conn| shown(conn, id, progress, offset, limit)).await
    }

    /// Ends it; what was found stays to be looked at.
    pub async fn rehearsal_stop(&self, id: i64) -> ApiResult<()> {
        self.shared.rehearsals.get(id)?.stop();
        Ok(())
    }

    /// Runs a stored rule over all past messages, to the end (`thekectl rules rehearse`).
    pub async fn rehearse(&self, rule: i64) -> ApiResult<RehearsalView> {
        let source = self
            .shared
            .read(move |conn| rules::get(conn, RuleId(rule)))
            .await?
            .map(|row| row.source)
            .ok_or_else(|| ApiError::new(Code::NotFound, format!("There is no rule {rule}.")))?;
        let rehearsal = Arc::new(self.rehearsal_of(&source, None).await?);
        rehearsal.run(&self.shared, || {}).await?;
        let progress = rehearsal.progress();
        self.shared.read(move |conn| shown(conn, 0, progress, 0, u32::MAX)).await
    }

    async fn rehearsal_of(&self, source: &str, compare_with: Option<i64>) -> ApiResult<Rehearsal> {
        let rule = Rule::from_toml(source)
            .map_err(|problem| ApiError::new(Code::BadInput, problem.to_string()).with("field", "rule"))?;
        let new = active(rule, 0);
        let old = match compare_with {
            None => None,
            Some(id) => {
                let row = self.shared.read(move |conn| rules::get(conn, RuleId(id))).await?;
                let source = row.map(|row| row.source);
                source.and_then(|source| Rule::from_toml(&source).ok()).map(|rule| active(rule, id))
            }
        };
        Rehearsal::new(new, old)
    }
}

fn active(rule: Rule, id: i64) -> Active {
    let (name, mode) = (rule.name.clone(), rule.mode);
    Active { id: RuleId(id), version: 0, name, mode, on_since: Timestamp(0), rule }
}

fn shown(
    conn: &Connection,
    id: i64,
    progress: Progress,
    offset: u32,
    limit: u32,
) -> ApiResult<RehearsalView> {
    let count = |would: Would| {
        let plans = progress.fits.iter().filter_map(|fit| fit.new.as_ref());
        plans.filter(|plan| plan.would == would).count() as u64
    };
    let compared = progress.fits.iter().any(|fit| fit.old.is_some());
    let mut order: Vec<&Fit> = progress.fits.iter().collect();
    order.sort_by_key(|fit| std::cmp::Reverse(doubt(fit, compared)));
    let limit = usize::try_from(limit).unwrap_or(usize::MAX).min(if id == 0 { usize::MAX } else { PAGE_MAX });
    let page = order.iter().skip(usize::try_from(offset).unwrap_or(usize::MAX)).take(limit);
    let hits = page.map(|fit| row(conn, fit, compared)).collect::<ApiResult<Vec<Option<RehearsedView>>>>()?;
    Ok(RehearsalView {
        id,
        looked: progress.looked,
        total: counters::get(conn, counters::MESSAGES_ALL)?,
        done: progress.done,
        misses: progress.misses,
        hits_count: progress.fits.iter().filter(|fit| fit.new.is_some()).count() as u64 + progress.more,
        sends: count(Would::Send),
        asks: count(Would::Ask),
        suggests: count(Would::Suggest),
        nothings: count(Would::Nothing),
        hits: hits.into_iter().flatten().collect(),
    })
}

fn row(conn: &Connection, fit: &Fit, compared: bool) -> ApiResult<Option<RehearsedView>> {
    let Some(message) = messages::get(conn, fit.message)? else { return Ok(None) };
    let Some(plan) = fit.new.as_ref().or(fit.old.as_ref()) else { return Ok(None) };
    let name = contacts::get(conn, message.contact_id)?.map(|row| row.display_name).unwrap_or_default();
    let place = conversations::get(conn, message.conversation_id)?;
    Ok(Some(RehearsedView {
        message_id: message.id.0,
        conversation_id: message.conversation_id.0,
        contact_name: name,
        at: view::at(message.at),
        subject: message.subject.clone().or(place.map(|row| row.subject)).filter(|text| !text.is_empty()),
        snippet: message.snippet,
        evidence: plan.evidence.clone(),
        confidence: asked_for_intent(plan).map(u32::from),
        text: plan.answer.as_ref().map(|answer| answer.text.clone()),
        route: plan.answer.as_ref().map(|answer| view::route(&answer.route, None)),
        guards: plan.guards.iter().map(view::guard).collect(),
        would: plan.would.word().to_owned(),
        no_answer: plan.no_answer.clone(),
        doubt: doubt(fit, compared),
        difference: compared.then(|| difference(fit).to_owned()),
    }))
}

fn difference(fit: &Fit) -> &'static str {
    match (&fit.new, &fit.old) {
        (Some(_), None) => "new",
        (None, _) => "gone",
        (Some(new), Some(old)) => {
            let text = |plan: &Plan| plan.answer.as_ref().map(|answer| answer.text.clone());
            if text(new) == text(old) && new.would == old.would { "same" } else { "text" }
        }
    }
}

/// How sure the intent is that the rule asked for.
fn asked_for_intent(plan: &Plan) -> Option<u8> {
    plan.asks_intent.then(|| plan.intent.as_ref().map_or(0, |(_, sure)| *sure))
}

/// What a person should look at first: changes, then what would leave although the reading was not quite sure, then what
/// was held back, and last what is beyond doubt.
fn doubt(fit: &Fit, compared: bool) -> u32 {
    let Some(plan) = fit.new.as_ref().or(fit.old.as_ref()) else { return 0 };
    let unsure = asked_for_intent(plan).map_or(30, |sure| 100_u32.saturating_sub(u32::from(sure)));
    let by_change = if compared && difference(fit) != "same" { 50 } else { 0 };
    let by_would = match plan.would {
        Would::Send => 20,
        Would::Ask => 10,
        Would::Suggest | Would::Nothing => 0,
    };
    (unsure / 2 + by_change + by_would + if plan.no_answer.is_some() { 20 } else { 0 }).min(100)
}

//! A rule run over the shop's own past messages before it is switched on: which it fits, the very text and way each would
//! have got, and what would have held it back. It asks [`super::plan`], as the engine does, and only reads: nothing can
//! leave.
//!
//! Newest first, in slices between which the caller can look at what was found and stop. The caps need the order in which
//! messages came, so what was found is weighed once more from the oldest on, with a ledger of its own. Beside a changed
//! rule its old version is run in the same pass, which shows the difference. Not here: drawing it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use theke_domain::guard::Claim;
use theke_domain::ids::MessageId;
use theke_domain::rule::Event;
use theke_store::Connection;
use theke_store::table::messages::{self, deciding};

use super::book::{Active, Book};
use super::guarding::Pretended;
use super::plan::{Ground, Matter, Plan, Would};
use crate::api::ApiResult;
use crate::shared::Shared;

/// Messages per slice: some tens of milliseconds.
const SLICE: u32 = 100;
/// Hits that are kept; the rest is counted.
const HITS_MAX: usize = 5_000;

/// What one message would have got.
#[derive(Debug, Clone)]
pub struct Fit {
    /// The message.
    pub message: MessageId,
    /// By the rule as it is to be.
    pub new: Option<Plan>,
    /// By its version in force; `None` also where only one was run.
    pub old: Option<Plan>,
}

/// A message, and what each rule would have done with it, by its place.
type Looked = (Matter, Vec<(usize, Plan)>);

/// How far a rehearsal has come.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    /// Messages passed, the shop's own too.
    pub looked: u64,
    /// Messages that neither version fits.
    pub misses: u64,
    /// Hits beyond those that are kept.
    pub more: u64,
    /// What fits, newest first.
    pub fits: Vec<Fit>,
    /// All messages were looked at, and the caps weighed.
    pub done: bool,
}

/// A rehearsal under way.
pub struct Rehearsal {
    book: Arc<Book>,
    progress: Mutex<Progress>,
    stopped: AtomicBool,
}

impl Rehearsal {
    /// Of a rule, and of its version in force where it is to be compared with that.
    pub fn new(new: Active, old: Option<Active>) -> ApiResult<Self> {
        // Each is asked by itself: neither keeps the other from being asked.
        let mut rules: Vec<Active> = std::iter::once(new).chain(old).collect();
        for active in &mut rules {
            active.rule.stop = false;
        }
        Ok(Self {
            book: Arc::new(Book::of(rules)?),
            progress: Mutex::default(),
            stopped: AtomicBool::new(false),
        })
    }

    /// What was found so far.
    pub fn progress(&self) -> Progress {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Ends it after the slice that is under way.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Runs it to its end, telling `each` after every slice.
    pub async fn run(self: &Arc<Self>, shared: &Arc<Shared>, mut each: impl FnMut()) -> ApiResult<()> {
        let mut before = deciding::FROM_THE_NEWEST;
        while !self.stopped.load(Ordering::Relaxed) {
            let (me, worker) = (self.clone(), shared.clone());
            let next = shared.read(move |conn| me.slice(conn, &worker, before)).await?;
            each();
            let Some(place) = next else { break };
            before = place;
        }
        let (me, worker) = (self.clone(), shared.clone());
        shared.read(move |conn| me.weigh_caps(conn, &worker)).await?;
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).done = true;
        each();
        Ok(())
    }

    /// Looks at a slice; gives the place behind it, `None` at the end.
    fn slice(&self, conn: &Connection, shared: &Arc<Shared>, before: i64) -> ApiResult<Option<i64>> {
        let rows = deciding::before(conn, before, SLICE)?;
        let last = rows.last().map(|row| row.place);
        for row in rows {
            if self.stopped.load(Ordering::Relaxed) {
                return Ok(None);
            }
            if !row.incoming {
                self.progress.lock().unwrap_or_else(PoisonError::into_inner).looked += 1;
                continue;
            }
            let fit = self.look(conn, shared, row.id, &Pretended::default())?;
            let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
            progress.looked += 1;
            match fit {
                None => progress.misses += 1,
                Some(_) if progress.fits.len() >= HITS_MAX => progress.more += 1,
                Some(fit) => progress.fits.push(fit),
            }
        }
        Ok(last)
    }

    fn look(
        &self,
        conn: &Connection,
        shared: &Arc<Shared>,
        id: MessageId,
        pretended: &Pretended,
    ) -> ApiResult<Option<Fit>> {
        let Some((_, plans)) = self.plans(conn, shared, id, pretended)? else { return Ok(None) };
        let mut by_rule: BTreeMap<usize, Plan> = plans.into_iter().collect();
        let (new, old) = (by_rule.remove(&0), by_rule.remove(&1));
        Ok((new.is_some() || old.is_some()).then_some(Fit { message: id, new, old }))
    }

    /// What each rule would have done; `None` for a message that is gone.
    fn plans(
        &self,
        conn: &Connection,
        shared: &Arc<Shared>,
        id: MessageId,
        pretended: &Pretended,
    ) -> ApiResult<Option<Looked>> {
        let Some(row) = messages::get(conn, id)? else { return Ok(None) };
        let ground = Ground {
            conn,
            registry: &shared.registry,
            erased: &shared.erased,
            book: &self.book,
            now: row.received_at,
            claim: Claim::NotNeeded,
            rehearsal: Some(pretended),
        };
        let Some(matter) = ground.matter(row, Event::Message)? else { return Ok(None) };
        let plans = ground.each_alone(&matter)?;
        Ok(Some((matter, plans)))
    }

    /// Weighs what fits once more, oldest first, each with what would have left before it.
    fn weigh_caps(&self, conn: &Connection, shared: &Arc<Shared>) -> ApiResult<()> {
        let mut fits = std::mem::take(&mut self.progress.lock().unwrap_or_else(PoisonError::into_inner).fits);
        let (new, old) = (Pretended::default(), Pretended::default());
        for fit in fits.iter_mut().rev() {
            for (place, pretended) in [(0, &new), (1, &old)] {
                let Some((matter, plans)) = self.plans(conn, shared, fit.message, pretended)? else {
                    continue;
                };
                let plan = plans.into_iter().find(|(rule, _)| *rule == place).map(|(_, plan)| plan);
                if plan.as_ref().is_some_and(|plan| plan.would == Would::Send && plan.answer.is_some()) {
                    pretended.note(matter.contact, matter.row.received_at);
                }
                if place == 0 { fit.new = plan } else { fit.old = plan }
            }
        }
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).fits = fits;
        Ok(())
    }
}

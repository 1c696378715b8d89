//! Standard cases, decided by the program: what came in is looked at once, the rules say what they would do, the guards
//! what may be done, and each act or refusal is put on record with its reasons before anything leaves.
//!
//! Three steps for one message, so that no network is waited for in a transaction: what would be done is read; where an
//! answer would leave, the message is claimed at its server, because another computer may want to answer it too; then all
//! of it is read once more and done in one durable transaction. A program that dies in between looks again at its next
//! start and finds its own claim.
//!
//! Not here: rules, guards, intents (`theke_domain`), and sending (`crate::outbox`).

mod act;
mod answer;
mod book;
mod claiming;
mod facts;
mod guarding;
mod moments;
mod plan;
mod rehearse;

use std::sync::Arc;
use std::time::Duration;

use theke_domain::guard::Claim;
use theke_domain::ids::MessageId;
use theke_domain::rule::{Event, Rule};
use theke_domain::time::Timestamp;
use theke_store::table::changes::Step;
use theke_store::table::messages::{self, deciding};
use theke_store::table::{decisions, rules};

use crate::api::ApiResult;
use crate::shared::Shared;

pub use act::Done;
pub use book::{Active, Shelf};
use plan::{Ground, Matter};
pub use plan::{Plan, Would};
pub use rehearse::{Fit, Progress, Rehearsal};

/// Messages that are taken up at once.
const SLICE: u32 = 50;
/// Another process may have stored something, and a server that could not be asked may be back.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Looks at what comes in, for ever.
pub async fn run(shared: Arc<Shared>) {
    loop {
        let nudged = shared.automation_nudge.notified();
        tokio::pin!(nudged);
        nudged.as_mut().enable();
        if let Err(error) = work_off(&shared).await {
            tracing::warn!(code = ?error.code, "automation could not look at everything; it looks again");
        }
        tokio::select! {
            () = nudged => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

/// Looks at everything that waits now. A message whose server cannot be asked waits on.
pub async fn work_off(shared: &Arc<Shared>) -> ApiResult<()> {
    let mut after = MessageId(0);
    loop {
        let waiting = shared.read(move |conn| deciding::waiting(conn, after, SLICE)).await?;
        let Some(last) = waiting.last().copied() else { break };
        for id in waiting {
            one(shared, id, &Occasion::Came).await?;
        }
        after = last;
    }
    moments::look(shared).await?;
    claiming::look_after(shared).await
}

/// Why a message is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Occasion {
    /// It came.
    Came,
    /// Its customer has waited so many minutes of opening hours.
    Waited(u32),
    /// Its conversation was closed.
    Closed,
}

impl Occasion {
    fn event(&self) -> Event {
        match self {
            Self::Came => Event::Message,
            Self::Waited(minutes) => Event::NoAnswer { opening_minutes: *minutes },
            Self::Closed => Event::ConversationClosed,
        }
    }
}

/// Looks at one message.
async fn one(shared: &Arc<Shared>, id: MessageId, occasion: &Occasion) -> ApiResult<()> {
    let now = shared.now();
    let claim = match foresee(shared, id, occasion, now).await? {
        // A rule of time that has nothing to say is asked again and again; it costs no transaction.
        Foreseen::Nothing if *occasion != Occasion::Came => return Ok(()),
        Foreseen::Nothing | Foreseen::Stays => None,
        Foreseen::Leaves => match claiming::claim(shared, id).await {
            Ok(claim) => Some(claim),
            Err(error) => {
                tracing::debug!(code = ?error.code, message = id.0, "a message could not be claimed; it waits");
                return Ok(());
            }
        },
    };
    let (worker, of, now) = (shared.clone(), occasion.clone(), shared.now());
    let done = shared.write_durable(move |tx| settle(tx, &worker, id, &of, claim, now)).await?;
    if done.queued {
        shared.outbox_nudge.notify_one();
    }
    for event in done.events {
        shared.tell(event);
    }
    for text in done.notices {
        shared.tell(crate::api::types::Event::Notice { text });
    }
    Ok(())
}

/// What would be done about a message, as far as it can be told before it is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Foreseen {
    /// Nothing.
    Nothing,
    /// Something, and no answer leaves.
    Stays,
    /// An answer leaves, if the message can be claimed.
    Leaves,
}

impl Foreseen {
    fn of(plans: &[Plan]) -> Self {
        let leaves = |plan: &Plan| plan.would == Would::Send && plan.answer.is_some();
        match plans {
            [] => Self::Nothing,
            _ if plans.iter().any(leaves) => Self::Leaves,
            _ => Self::Stays,
        }
    }
}

/// Looks ahead, without writing.
async fn foresee(
    shared: &Arc<Shared>,
    id: MessageId,
    occasion: &Occasion,
    now: Timestamp,
) -> ApiResult<Foreseen> {
    let (worker, occasion) = (shared.clone(), occasion.clone());
    shared
        .read(move |conn| -> ApiResult<Foreseen> {
            let Some(row) = messages::get(conn, id)? else { return Ok(Foreseen::Nothing) };
            let book = worker.rules.current(conn)?;
            let ground = Ground {
                conn,
                registry: &worker.registry,
                erased: &worker.erased,
                book: &book,
                now,
                claim: Claim::NotNeeded,
                rehearsal: None,
            };
            let plans =
                ground.matter(row, occasion.event())?.map(|matter| plans(&ground, &matter)).transpose()?;
            Ok(Foreseen::of(&plans.unwrap_or_default()))
        })
        .await
}

/// Does what a rule was to do beside answering, once a person said yes to its question: as the rule was when it asked.
pub fn approve(
    tx: &theke_store::Transaction<'_>,
    shared: &Arc<Shared>,
    row: &decisions::Decision,
    now: Timestamp,
) -> ApiResult<(Vec<Step>, Done)> {
    let nothing = || Ok((Vec::new(), Done::default()));
    let (Some(rule), Some(message)) = (row.automatic.rule_id, row.message_id) else { return nothing() };
    let written = rules::version(tx, rule, row.automatic.rule_version)?;
    let rule = written.and_then(|written| Rule::from_toml(&written.source).ok());
    let (Some(rule), Some(row)) = (rule, messages::get(tx, message)?) else { return nothing() };
    let book = shared.rules.current(tx)?;
    let ground = Ground {
        conn: tx,
        registry: &shared.registry,
        erased: &shared.erased,
        book: &book,
        now,
        claim: Claim::NotNeeded,
        rehearsal: None,
    };
    let Some(matter) = ground.matter(row, Event::Message)? else { return nothing() };
    act::approved(tx, &matter, &rule.then, now)
}

/// What is to be done. A rule of time speaks once of a message.
fn plans(ground: &Ground<'_>, matter: &Matter) -> ApiResult<Vec<Plan>> {
    let plans = ground.plans(matter)?;
    if matter.gathered.facts.event == Event::Message {
        return Ok(plans);
    }
    let mut new = Vec::with_capacity(plans.len());
    for plan in plans {
        let spoke = match plan.rule() {
            Some((rule, _)) => decisions::is_decided(ground.conn, matter.row.id, rule)?,
            None => true,
        };
        if !spoke {
            new.push(plan);
        }
    }
    Ok(new)
}

/// Decides about one message and does what follows, in one transaction. `claim` is `None` where none was asked for, since
/// no answer was to leave; if one would by now, the message is left to the next look, which claims it.
fn settle(
    tx: &theke_store::Transaction<'_>,
    shared: &Arc<Shared>,
    id: MessageId,
    occasion: &Occasion,
    claim: Option<Claim>,
    now: Timestamp,
) -> ApiResult<Done> {
    let mut all = Done::default();
    let Some(row) = messages::get(tx, id)? else { return Ok(all) };
    let book = shared.rules.current(tx)?;
    let ground = Ground {
        conn: tx,
        registry: &shared.registry,
        erased: &shared.erased,
        book: &book,
        now,
        claim: claim.unwrap_or(Claim::NotNeeded),
        rehearsal: None,
    };
    let matter = ground.matter(row, occasion.event())?;
    let plans = matter.as_ref().map(|matter| plans(&ground, matter)).transpose()?.unwrap_or_default();
    if claim.is_none() && Foreseen::of(&plans) == Foreseen::Leaves {
        return Ok(all);
    }
    if *occasion == Occasion::Came && !deciding::decided(tx, id)? {
        return Ok(all);
    }
    let Some(matter) = matter else { return Ok(all) };
    for plan in plans {
        let done = act::act(tx, shared, &matter, &plan, now)?;
        all.events.extend(done.events);
        all.notices.extend(done.notices);
        all.queued |= done.queued;
    }
    Ok(all)
}

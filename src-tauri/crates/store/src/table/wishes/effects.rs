//! Makes true what a wish says, and gives the way back.
//!
//! For this matter: the medium of the conversation. From now on: the stored preference, and the conversation's own
//! medium gives way. What is refused is noted; what was refused and is wished now is refused no more. A call is a task.
//! Leaving closes addresses and takes the consent to advertising back.

use rusqlite::Transaction;
use theke_domain::address::Address;
use theke_domain::ids::{IdentityId, TaskId};
use theke_domain::medium::{Medium, media};
use theke_domain::time::Timestamp;
use theke_domain::wish::Scope;

use super::{NewWish, OPT_IN, OPT_OUT, Wish};
use crate::error::Result;
use crate::table::changes::{Step, WishStep};
use crate::table::consents::{self, Consent, Purpose};
use crate::table::preferences::{self, Preference, Source};
use crate::table::refusals::{self, NewRefusal};
use crate::table::tasks::{self, Kind, Task};
use crate::table::{conversations, identities};
use crate::words::Word;
use crate::{row, search};

/// Does what the wish says. `number` is the customer's own number for a call.
///
/// # Errors
/// The database's.
pub fn apply(
    tx: &Transaction<'_>,
    wish: &NewWish,
    number: Option<&Address>,
    now: Timestamp,
) -> Result<Vec<Step>> {
    let mut steps = refuse(tx, wish)?;
    let Some(medium) = &wish.medium else { return Ok(steps) };
    for refusal in refusals::in_force(tx, wish.contact_id, wish.conversation_id)? {
        // For this matter is said what holds in this matter.
        let reaches = wish.scope == Scope::Always || refusal.conversation_id.is_some();
        if refusal.medium == *medium && reaches && refusals::end(tx, refusal.id, now)? {
            steps.push(Step::Wish(WishStep::RefusalEnded { refusal: refusal.id }));
        }
    }
    let writes = ![media::PHONE, media::IN_PERSON].contains(&medium.as_str());
    match wish.scope {
        Scope::ThisTime if writes => route(tx, wish, Some(medium), &mut steps)?,
        Scope::ThisTime => {}
        Scope::Always => {
            prefer(tx, wish, medium, &mut steps)?;
            route(tx, wish, None, &mut steps)?;
        }
    }
    if medium.as_str() == media::PHONE {
        call(tx, wish, number, now, &mut steps)?;
    }
    Ok(steps)
}

/// Notes what the wish refuses.
///
/// # Errors
/// The database's.
pub fn refuse(tx: &Transaction<'_>, wish: &NewWish) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for medium in &wish.refused {
        refuse_one(tx, wish, medium, &mut steps)?;
    }
    Ok(steps)
}

/// The medium of the conversation becomes another one.
fn route(tx: &Transaction<'_>, wish: &NewWish, medium: Option<&Medium>, steps: &mut Vec<Step>) -> Result<()> {
    let Some(row) = conversations::get(tx, wish.conversation_id)? else { return Ok(()) };
    if row.wish_medium.as_ref() == medium {
        return Ok(());
    }
    conversations::set_wish(tx, row.id, medium)?;
    steps.push(Step::Wish(WishStep::Routed {
        conversation: row.id,
        was: row.wish_medium.map(|medium| medium.as_str().to_owned()).unwrap_or_default(),
        became: medium.map(|medium| medium.as_str().to_owned()).unwrap_or_default(),
    }));
    Ok(())
}

fn prefer(tx: &Transaction<'_>, wish: &NewWish, medium: &Medium, steps: &mut Vec<Step>) -> Result<()> {
    let ended = preferences::row_in_force(tx, wish.contact_id)?;
    preferences::set(
        tx,
        &Preference {
            contact_id: wish.contact_id,
            medium: medium.clone(),
            source: Source::Wish,
            evidence: wish.evidence.clone(),
            message_id: Some(wish.message_id),
            since_at: wish.at,
            ended_at: None,
        },
    )?;
    let began = preferences::row_in_force(tx, wish.contact_id)?;
    steps.push(Step::Preferred { contact: wish.contact_id, ended, began });
    Ok(())
}

fn refuse_one(tx: &Transaction<'_>, wish: &NewWish, medium: &Medium, steps: &mut Vec<Step>) -> Result<()> {
    let conversation = (wish.scope == Scope::ThisTime).then_some(wish.conversation_id);
    let known = refusals::in_force(tx, wish.contact_id, wish.conversation_id)?;
    let covers = |conversation_id: Option<_>| conversation_id.is_none() || conversation_id == conversation;
    if !known.iter().any(|refusal| refusal.medium == *medium && covers(refusal.conversation_id)) {
        let refusal = refusals::insert(
            tx,
            &NewRefusal {
                contact_id: wish.contact_id,
                conversation_id: conversation,
                medium: medium.clone(),
                source: Source::Wish,
                evidence: wish.evidence.clone(),
                message_id: Some(wish.message_id),
                since_at: wish.at,
            },
        )?;
        steps.push(Step::Wish(WishStep::Refused { refusal }));
    }
    let routed = conversations::get(tx, wish.conversation_id)?.and_then(|row| row.wish_medium);
    if routed.as_ref() == Some(medium) { route(tx, wish, None, steps) } else { Ok(()) }
}

/// A task to call, unless one stands in this matter.
fn call(
    tx: &Transaction<'_>,
    wish: &NewWish,
    number: Option<&Address>,
    now: Timestamp,
    steps: &mut Vec<Step>,
) -> Result<()> {
    let open = tasks::of_contact(tx, wish.contact_id)?;
    if open.iter().any(|task| task.kind == Kind::Call && task.conversation_id == Some(wish.conversation_id)) {
        return Ok(());
    }
    let text = match (&wish.new_address, number) {
        (Some(named), None) => format!("{} ({named})", wish.evidence),
        _ => wish.evidence.clone(),
    };
    let task = Task {
        id: TaskId(0),
        contact_id: wish.contact_id,
        conversation_id: Some(wish.conversation_id),
        message_id: Some(wish.message_id),
        kind: Kind::Call,
        text,
        address: number.map_or("", Address::value).to_owned(),
        due_at: Some(now),
        done_at: None,
        created_at: now,
    };
    // Its own step says how a number is found again; the row's alone would not.
    let (id, _) = tasks::insert(tx, &task)?;
    steps.push(Step::Wish(WishStep::CallTask { task: id.0, number: task.address }));
    Ok(())
}

/// Somebody leaves: these addresses get nothing but answers, and there is no consent to advertising any more.
///
/// # Errors
/// The database's.
pub fn opt_out(tx: &Transaction<'_>, wish: &NewWish, addresses: &[IdentityId]) -> Result<Vec<Step>> {
    let mut steps = become_state(tx, addresses, identities::State::OptedOut)?;
    steps.push(consents::insert(
        tx,
        &Consent {
            contact_id: wish.contact_id,
            medium: None,
            purpose: Purpose::Advertising,
            state: consents::State::Withdrawn,
            source: consents::Source::Message,
            evidence: wish.evidence.clone(),
            message_id: Some(wish.message_id),
            at: wish.at,
        },
    )?);
    Ok(steps)
}

/// Somebody comes back. What they had allowed before they left is not allowed again: they said nothing of advertising.
///
/// # Errors
/// The database's.
pub fn opt_in(tx: &Transaction<'_>, addresses: &[IdentityId]) -> Result<Vec<Step>> {
    become_state(tx, addresses, identities::State::Ok)
}

/// Does once more what was taken back, after the steps that it had led to.
///
/// # Errors
/// The database's.
pub fn again(tx: &Transaction<'_>, wish: &Wish, now: Timestamp) -> Result<Vec<Step>> {
    let mut addresses = Vec::new();
    let mut number = None;
    let mut steps = Vec::new();
    if !wish.parts().0.is_empty() {
        steps = refuse(tx, &wish.read)?;
        steps.push(Step::Wish(WishStep::Agreed));
    }
    for step in &wish.steps {
        match step {
            Step::Wish(WishStep::AddressBecame { identity, .. }) => addresses.push(*identity),
            Step::Wish(WishStep::CallTask { number: value, .. }) => {
                number = Address::from_stored("phone", "", value).filter(|_| !value.is_empty());
            }
            Step::AddressAdded { identity, contact } => {
                // Another contact may have got the address since; it stays there.
                let sql = "UPDATE OR IGNORE identities SET removed_at = 0 WHERE id = ?1 AND removed_at <> 0";
                if row::run(tx, sql, [identity.0])? > 0 {
                    search::contacts::index(tx, *contact)?;
                    steps.push(step.clone());
                }
            }
            _ => {}
        }
    }
    steps.extend(match wish.read.why.as_str() {
        OPT_OUT => opt_out(tx, &wish.read, &addresses)?,
        OPT_IN => opt_in(tx, &addresses)?,
        _ => apply(tx, &wish.read, number.as_ref(), now)?,
    });
    Ok(steps)
}

fn become_state(tx: &Transaction<'_>, all: &[IdentityId], state: identities::State) -> Result<Vec<Step>> {
    let mut steps = Vec::new();
    for id in all {
        let Some(before) = identities::get(tx, *id)?.filter(|before| before.state != state) else { continue };
        // Coming back opens what leaving closed, and nothing else.
        if state == identities::State::Ok && before.state != identities::State::OptedOut {
            continue;
        }
        identities::set_state(tx, *id, state)?;
        steps.push(Step::Wish(WishStep::AddressBecame {
            identity: *id,
            contact: before.contact_id,
            was: before.state.word().to_owned(),
            became: state.word().to_owned(),
        }));
    }
    Ok(steps)
}

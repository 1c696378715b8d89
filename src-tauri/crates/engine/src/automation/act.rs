//! Does what a plan says, in the transaction that puts its reasons on record: an answer into the outbox and the ledger, a
//! draft or a question for a person, and what the rule does besides. All or nothing, and with the way back.
//!
//! Not here: what is to be done ([`super::plan`]).

use std::sync::Arc;

use theke_domain::ids::{ContactId, DecisionId, FieldId, TaskId};
use theke_domain::medium::Medium;
use theke_domain::rule::{Action, Due};
use theke_domain::time::Timestamp;
use theke_store::Transaction;
use theke_store::table::automatic_sends::{self, NewSend};
use theke_store::table::changes::Step;
use theke_store::table::conversations::{self, Conversation, Status};
use theke_store::table::decisions::{self, Automatic, Decision};
use theke_store::table::drafts::{self, Draft};
use theke_store::table::preferences::{self, Preference};
use theke_store::table::tasks::{self, Kind, Task};
use theke_store::table::{custom_fields, dialogues, tags};

use super::answer::Answer;
use super::guarding::ledger_key;
use super::plan::{Matter, Plan, Turn, Would};
use crate::api::types::Event;
use crate::api::{ApiResult, view};
use crate::reply::{self, Author, Reply, To};
use crate::shared::Shared;
use crate::{settings, timeline};

/// What was done, to be told after the commit.
#[derive(Debug, Default)]
pub struct Done {
    /// Events.
    pub events: Vec<Event>,
    /// Something waits in the outbox.
    pub queued: bool,
    /// A person is told this.
    pub notices: Vec<String>,
}

/// Does one plan. `plan.would` is what the guards said within this very transaction.
pub fn act(
    tx: &Transaction<'_>,
    shared: &Arc<Shared>,
    matter: &Matter,
    plan: &Plan,
    now: Timestamp,
) -> ApiResult<Done> {
    let mut done = Done::default();
    let mut record = record(plan, matter, shared, now);
    let mut steps = Vec::new();
    let mut sent = None;
    match plan.would {
        Would::Send => {
            if plan.answer.is_some() {
                record.result = "queued".to_owned();
                let queued = send(tx, shared, matter, plan, &record, now)?;
                (sent, done.queued) = (Some(queued.message), true);
                record.id = DecisionId(queued.decision_id);
            }
            for action in &plan.actions {
                carry_out(tx, matter, action, now, &mut steps, &mut done)?;
            }
        }
        Would::Ask => {
            record.result = "asked".to_owned();
            steps.push(ask(tx, matter, plan, now)?);
            done.events.push(Event::TasksChanged {});
        }
        Would::Suggest => {
            record.result = suggest(tx, matter, plan, now)?.to_owned();
        }
        Would::Nothing => {
            record.result = if plan.no_answer.is_some() { "no_answer" } else { "held_back" }.to_owned();
        }
    }
    if plan.wants_person {
        steps.push(call_a_person(tx, matter, now)?);
        done.events.push(Event::TasksChanged {});
    }
    turn(tx, matter, plan)?;
    let id = match sent {
        Some(message) => {
            decisions::set_result(tx, record.id, "queued", Some(message))?;
            decisions::set_steps(tx, record.id, &steps)?;
            record.id
        }
        None => {
            record.automatic.steps = steps;
            decisions::insert(tx, &record)?
        }
    };
    tell(tx, matter, plan, &record.result, id, now)?;
    done.events.push(Event::Decision { decision_id: id.0 });
    done.events.push(Event::ConversationChanged { conversation_id: matter.conversation.id.0 });
    Ok(done)
}

fn record(plan: &Plan, matter: &Matter, shared: &Arc<Shared>, now: Timestamp) -> Decision {
    let (rule_id, rule_version) = plan.rule().map_or((None, 0), |(id, version)| (Some(id), version));
    let route = plan.answer.as_ref().map(|answer| view::route_of(&answer.route, &shared.registry));
    let (intent, confidence) = plan.intent.clone().unwrap_or_default();
    Decision {
        id: DecisionId(0),
        at: now,
        message_id: Some(matter.row.id),
        contact_id: Some(matter.contact),
        rule: plan.label(),
        mode: plan.mode.word().to_owned(),
        result: "done".to_owned(),
        evidence: serde_json::json!(plan.evidence),
        guards: serde_json::to_value(&plan.guards).unwrap_or_default(),
        route: route.and_then(|route| serde_json::to_value(route).ok()),
        text: plan.answer.as_ref().map(|answer| text(plan, answer)).unwrap_or_default(),
        automatic: Automatic {
            rule_id,
            rule_version,
            confidence,
            intent,
            conversation_id: Some(matter.conversation.id),
            ..Automatic::default()
        },
    }
}

/// What a person sends is not marked as automatic.
fn text(plan: &Plan, answer: &Answer) -> String {
    let by_person = matches!(plan.would, Would::Ask | Would::Suggest);
    if by_person { answer.draft.clone() } else { answer.text.clone() }
}

fn send(
    tx: &Transaction<'_>,
    shared: &Arc<Shared>,
    matter: &Matter,
    plan: &Plan,
    record: &Decision,
    now: Timestamp,
) -> ApiResult<reply::Queued> {
    let answer = plan.answer.as_ref().ok_or(theke_store::Error::NotFound)?;
    let queued = reply::queue_in(
        tx,
        shared,
        Reply {
            author: Author::Program(Box::new(record.clone())),
            to: To::Conversation(matter.conversation.id),
            body: answer.text.clone(),
            html: None,
            cc: Vec::new(),
            send_at: None,
            close_after: false,
            staged: Vec::new(),
            standard: answer.reply,
            draft: None,
            subject: None,
            via: answer.route.route.as_ref().ok().map(|way| way.medium.clone()),
            parts: Vec::new(),
            at_once: true,
        },
        now,
    )?;
    let address = queued.decision.route.as_ref().ok().map(|way| way.address.clone());
    let key = address.map(|address| ledger_key(&shared.erased, &address)).transpose()?.unwrap_or_default();
    let ledger = NewSend {
        at: now,
        class: plan.class.word(),
        contact: queued.contact,
        address_key: &key,
        decision: DecisionId(queued.decision_id),
        notice_key: "",
        parts: plan.parts,
    };
    automatic_sends::insert(tx, &ledger)?;
    Ok(queued)
}

/// What a rule does beside answering.
fn carry_out(
    tx: &Transaction<'_>,
    matter: &Matter,
    action: &Action,
    now: Timestamp,
    steps: &mut Vec<Step>,
    done: &mut Done,
) -> ApiResult<()> {
    let (contact, conversation) = (matter.contact, &matter.conversation);
    match action {
        // It is the plan's answer.
        Action::Answer(_) => {}
        Action::Tag { add, remove } => {
            for name in add {
                steps.extend(tags::add(tx, contact, name, now)?);
            }
            for tag in tags::of_contact(tx, contact)?.into_iter().filter(|tag| remove.contains(&tag.name)) {
                steps.extend(tags::take(tx, contact, tag.id)?);
            }
            done.events.push(Event::ContactChanged { contact_id: contact.0 });
        }
        Action::SetField { name, value } => {
            if let Some(field) = field_named(tx, name)? {
                steps.extend(custom_fields::set(tx, contact, field, value, now)?);
                done.events.push(Event::ContactChanged { contact_id: contact.0 });
            }
        }
        Action::Snooze(due) => {
            let until = moment(tx, *due, now)?;
            set_status(tx, conversation, Status::Snoozed, until, steps, now)?;
        }
        Action::Close => set_status(tx, conversation, Status::Closed, None, steps, now)?,
        Action::Star => {
            if !conversation.starred {
                steps.push(Step::Starred { conversation: conversation.id, was: false });
                conversations::set_starred(tx, conversation.id, true)?;
            }
        }
        Action::Task { text, due } => {
            let due_at = moment(tx, *due, now)?;
            let (_, step) = tasks::insert(tx, &task(matter, Kind::Ask, text, due_at, now))?;
            steps.push(step);
            done.events.push(Event::TasksChanged {});
        }
        Action::Notify { text } => done.notices.push(text.clone()),
        // Who may forward where is asked for when the rule is saved; the mail itself is made by the caller.
        Action::Forward { to } => done.notices.push(to.clone()),
        Action::SetPreference { medium } => steps.extend(prefer(tx, contact, medium, now)?),
    }
    Ok(())
}

/// Does what a rule was to do beside answering, because a person said yes to it. Gives the way back.
pub fn approved(
    tx: &Transaction<'_>,
    matter: &Matter,
    actions: &[Action],
    now: Timestamp,
) -> ApiResult<(Vec<Step>, Done)> {
    let (mut steps, mut done) = (Vec::new(), Done::default());
    for action in actions {
        carry_out(tx, matter, action, now, &mut steps, &mut done)?;
    }
    Ok((steps, done))
}

fn field_named(tx: &Transaction<'_>, name: &str) -> ApiResult<Option<FieldId>> {
    let all = custom_fields::all(tx)?;
    Ok(all.into_iter().find(|field| field.name.eq_ignore_ascii_case(name)).map(|field| field.id))
}

fn prefer(
    tx: &Transaction<'_>,
    contact: ContactId,
    medium: &Medium,
    now: Timestamp,
) -> ApiResult<Option<Step>> {
    // What the customer or the staff said stands above a rule.
    if preferences::in_force(tx, contact)?.is_some() {
        return Ok(None);
    }
    let preference = Preference {
        contact_id: contact,
        medium: medium.clone(),
        source: preferences::Source::Hand,
        evidence: String::new(),
        message_id: None,
        since_at: now,
        ended_at: None,
    };
    preferences::set(tx, &preference)?;
    Ok(Some(Step::Preferred { contact, ended: 0, began: preferences::row_in_force(tx, contact)? }))
}

fn set_status(
    tx: &Transaction<'_>,
    row: &Conversation,
    status: Status,
    until: Option<Timestamp>,
    steps: &mut Vec<Step>,
    now: Timestamp,
) -> ApiResult<()> {
    if row.status == status {
        return Ok(());
    }
    steps.push(Step::status(row, status));
    timeline::status(tx, row, status, until, timeline::By::Rule, now)?;
    conversations::set_status(tx, row.id, status, until, now)?;
    Ok(())
}

/// The moment that is so far away; `None` if the shop never opens.
fn moment(tx: &Transaction<'_>, due: Due, now: Timestamp) -> ApiResult<Option<Timestamp>> {
    let (hours, zone) = settings::opening(tx)?;
    Ok(match due {
        Due::Hours(hours) => Some(now.plus_secs(i64::from(hours) * 3600)),
        Due::OpeningHours(count) => hours.after_open_secs(&zone, now, i64::from(count) * 3600),
        Due::NextOpening => hours.next_opening(&zone, now),
    })
}

fn task(matter: &Matter, kind: Kind, text: &str, due_at: Option<Timestamp>, now: Timestamp) -> Task {
    Task {
        id: TaskId(0),
        contact_id: matter.contact,
        conversation_id: Some(matter.conversation.id),
        message_id: Some(matter.row.id),
        kind,
        text: text.to_owned(),
        address: String::new(),
        due_at,
        done_at: None,
        created_at: now,
    }
}

/// A question for a person: one click does what the plan says.
fn ask(tx: &Transaction<'_>, matter: &Matter, plan: &Plan, now: Timestamp) -> ApiResult<Step> {
    Ok(tasks::insert(tx, &task(matter, Kind::Ask, &plan.label(), None, now))?.1)
}

/// Puts the answer down as a draft, unless somebody has begun one. Gives the word of what came of it.
fn suggest(tx: &Transaction<'_>, matter: &Matter, plan: &Plan, now: Timestamp) -> ApiResult<&'static str> {
    let Some(answer) = &plan.answer else { return Ok("suggested") };
    if drafts::get(tx, matter.conversation.id)?.is_some() {
        return Ok("draft_there");
    }
    drafts::save(
        tx,
        matter.conversation.id,
        &Draft { body: answer.draft.clone(), saved_at: now, ..Draft::default() },
    )?;
    Ok("suggested")
}

fn call_a_person(tx: &Transaction<'_>, matter: &Matter, now: Timestamp) -> ApiResult<Step> {
    conversations::want_person(tx, matter.conversation.id, now)?;
    Ok(tasks::insert(tx, &task(matter, Kind::Ask, "", Some(now), now))?.1)
}

fn turn(tx: &Transaction<'_>, matter: &Matter, plan: &Plan) -> ApiResult<()> {
    match &plan.turn {
        Turn::Stays => {}
        Turn::Ends => {
            dialogues::end(tx, matter.conversation.id)?;
        }
        // A question that did not leave waits for no answer.
        Turn::Asks(state) if plan.would == Would::Send => {
            if let Some((rule_id, rule_version)) = plan.rule() {
                let waiting = dialogues::Dialogue {
                    conversation_id: matter.conversation.id,
                    contact_id: matter.contact,
                    rule_id,
                    rule_version,
                    state: state.clone(),
                };
                dialogues::put(tx, &waiting)?;
            }
        }
        Turn::Asks(_) => {}
    }
    Ok(())
}

/// A line in the timeline: what was done by itself, or why not.
fn tell(
    tx: &Transaction<'_>,
    matter: &Matter,
    plan: &Plan,
    result: &str,
    id: DecisionId,
    now: Timestamp,
) -> ApiResult<()> {
    let held = plan.guards.iter().find(|guard| !guard.passed);
    let values = [
        ("decision", id.0.to_string()),
        ("rule", plan.label()),
        ("result", result.to_owned()),
        ("evidence", plan.evidence.join(" · ")),
        ("guard", held.map(|guard| guard.name.slug().to_owned()).unwrap_or_default()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(key, value)| (*key, value.as_str())).collect();
    Ok(timeline::event(tx, &matter.conversation, "automatic", &values, now)?)
}

//! Routes, decisions and the outbox as shells see them.

use theke_channels::Spec;
use theke_channels::registry::Registry;
use theke_domain::guard::Guard;
use theke_domain::routing::{Decision, Reason, Refused};
use theke_store::table::decisions;
use theke_store::table::outbox::{OpenEntry, State};
use theke_store::words::Word;

use super::{at, trouble};
use crate::api::kinds::capabilities_view;
use crate::api::types::{
    AlternativeView, DecisionView, GuardView, OutboxView, ReasonView, RefusedView, RouteView,
};

/// Where an answer goes and why, with what its kind can do.
pub fn route_of(decision: &Decision, registry: &Registry) -> RouteView {
    let spec = decision.route.as_ref().ok().and_then(|way| registry.get(&way.kind));
    route(decision, spec)
}

/// Where an answer goes and why. `spec` is the kind of the chosen account.
pub fn route(decision: &Decision, spec: Option<&Spec>) -> RouteView {
    let chosen = decision.route.as_ref().ok();
    let reasons = match &decision.route {
        Ok(route) => route.reasons.iter().map(reason).collect(),
        Err(none) => {
            let params = std::collections::BTreeMap::new();
            vec![ReasonView { code: none.code().to_owned(), text: none.text(), params }]
        }
    };
    RouteView {
        account_id: chosen.map(|route| route.account.0),
        medium: chosen.map(|route| route.medium.as_str().to_owned()),
        kind: chosen.map(|route| route.kind.as_str().to_owned()),
        address: chosen.map(|route| route.address.value().to_owned()),
        reasons,
        refused: decision.refused.iter().map(refused).collect(),
        alternatives: decision
            .alternatives
            .iter()
            .map(|way| AlternativeView {
                account_id: way.account.0,
                medium: way.medium.as_str().to_owned(),
                kind: way.kind.as_str().to_owned(),
                address: way.address.value().to_owned(),
            })
            .collect(),
        capabilities: chosen.and(spec).map(|spec| capabilities_view(&spec.capabilities)),
    }
}

fn reason(reason: &Reason) -> ReasonView {
    ReasonView { code: reason.code().to_owned(), text: reason.text(), params: reason.params() }
}

fn refused(way: &Refused) -> RefusedView {
    RefusedView {
        medium: way.medium.as_str().to_owned(),
        kind: way.kind.as_ref().map(|kind| kind.as_str().to_owned()).unwrap_or_default(),
        address: way.address.as_ref().map(|address| address.value().to_owned()).unwrap_or_default(),
        code: way.why.code().to_owned(),
        text: way.why.text(),
        params: way.why.params(),
    }
}

/// A line of the outbox. What is past the point of no return is still "sending" to a person.
pub fn outbox_row(row: &OpenEntry, country: &str) -> OutboxView {
    let state = if row.entry.state == State::Committed { State::Sending } else { row.entry.state };
    OutboxView {
        message_id: row.entry.message_id.0,
        conversation_id: row.conversation_id.0,
        contact_name: row.contact_name.clone(),
        account_id: row.entry.account_id.0,
        medium: row.medium.as_str().to_owned(),
        address: row.entry.address.value().to_owned(),
        display: row.entry.address.display(country),
        snippet: row.snippet.clone(),
        state: state.word().to_owned(),
        attempts: row.entry.attempts,
        next_try_at: (state == State::Queued).then(|| at(row.entry.due_at)),
        send_at: super::later(state, row.entry.queued_at, row.entry.wanted_at).map(at),
        error: row.entry.trouble.as_ref().map(trouble),
        automatic: row.automatic,
    }
}

/// A decision on record.
pub fn decision(row: &decisions::Decision) -> DecisionView {
    let guards = serde_json::from_value::<Vec<Guard>>(row.guards.clone()).unwrap_or_default();
    let evidence = serde_json::from_value::<Vec<String>>(row.evidence.clone()).unwrap_or_default();
    let route = row.route.clone().and_then(|json| serde_json::from_value::<RouteView>(json).ok());
    let more = &row.automatic;
    DecisionView {
        id: row.id.0,
        at: at(row.at),
        message_id: row.message_id.map(|id| id.0),
        rule: Some(row.rule.clone()).filter(|rule| !rule.is_empty()),
        mode: row.mode.clone(),
        result: row.result.clone(),
        evidence,
        guards: guards.iter().map(guard).collect(),
        route,
        text: Some(row.text.clone()).filter(|text| !text.is_empty()),
        conversation_id: more.conversation_id.map(|id| id.0),
        rule_id: more.rule_id.map(|id| id.0),
        rule_version: more.rule_version,
        intent: Some(more.intent.clone()).filter(|intent| !intent.is_empty()),
        confidence: more.confidence.into(),
        sent_message_id: more.sent_message_id.map(|id| id.0),
        undoable: more.undone_at.is_none() && (!more.steps.is_empty() || row.result == "queued"),
        undone_at: more.undone_at.map(at),
        mark: more.mark.map(|mark| mark.word().to_owned()),
    }
}

/// What a guard said.
pub fn guard(guard: &Guard) -> GuardView {
    GuardView { name: guard.name.slug().to_owned(), passed: guard.passed, why: guard.why.to_string() }
}

//! Why the program did or did not act.

use clap::Subcommand;
use theke_engine::api::types::DecisionView;

use crate::failure::Outcome;
use crate::output::{Answer, minute, plain, sheet, short, table};
use crate::session::Session;

/// Why the program did or did not act.
#[derive(Debug, Subcommand)]
pub enum Decisions {
    /// The newest decisions
    List {
        /// How many
        #[arg(long, default_value_t = 50, value_name = "N")]
        limit: u32,
    },
    /// One decision with its evidence, guards and route
    Show {
        /// Number of the decision
        id: i64,
    },
    /// Say that a decision was right or wrong; two wrong ones lower its rule to asking
    Mark {
        /// Number of the decision
        id: i64,
        /// right, wrong, or none to take it back
        mark: String,
    },
    /// Do what a rule asked for
    Approve {
        /// Number of the decision
        id: i64,
    },
    /// Leave it at what was
    Decline {
        /// Number of the decision
        id: i64,
    },
    /// Take back what was done by itself, as far as it can be
    Undo {
        /// Number of the decision
        id: i64,
    },
}

/// Does what the words say.
pub async fn run(words: Decisions, session: &Session) -> Outcome<Answer> {
    let api = session.open().await?;
    match words {
        Decisions::List { limit } => {
            let decisions = api.decisions(limit).await?;
            let rows: Vec<_> = decisions.iter().map(row).collect();
            Ok(Answer::new(
                &decisions,
                table(&["id", "at", "mode", "result", "route", "text"], &rows, "No decision yet."),
            ))
        }
        Decisions::Show { id } => one(api.decision(id).await?),
        Decisions::Mark { id, mark } => {
            let mark = if mark == "none" { "" } else { mark.as_str() };
            one(api.decision_mark(id, mark).await?)
        }
        Decisions::Approve { id } => one(api.decision_approve(id).await?),
        Decisions::Decline { id } => one(api.decision_decline(id).await?),
        Decisions::Undo { id } => one(api.decision_undo(id).await?),
    }
}

fn one(decision: DecisionView) -> Outcome<Answer> {
    Ok(Answer::new(&decision, shown(&decision)))
}

fn medium(decision: &DecisionView) -> String {
    decision.route.as_ref().and_then(|route| route.medium.clone()).unwrap_or_default()
}

fn row(d: &DecisionView) -> Vec<String> {
    let text = short(d.text.as_deref().unwrap_or_default(), 40);
    vec![d.id.to_string(), minute(&d.at), d.mode.clone(), d.result.clone(), medium(d), text]
}

fn shown(d: &DecisionView) -> String {
    let mut lines = vec![
        ("decision", d.id.to_string()),
        ("at", d.at.clone()),
        ("rule", d.rule.clone().unwrap_or_default()),
        ("mode", d.mode.clone()),
        ("result", d.result.clone()),
        ("route", medium(d)),
    ];
    lines.extend(d.evidence.iter().map(|e| ("evidence", plain(e))));
    for guard in &d.guards {
        let word = if guard.passed { "passed" } else { "held" };
        lines.push(("guard", format!("{} {word}: {}", guard.name, plain(&guard.why))));
    }
    if let Some(route) = &d.route {
        lines.extend(route.reasons.iter().map(|r| ("because", r.text.clone())));
    }
    lines.push(("text", short(d.text.as_deref().unwrap_or_default(), 400)));
    sheet(&lines)
}

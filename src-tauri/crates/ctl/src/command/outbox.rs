//! What waits to be sent. Every command answers with what waits afterwards.

use clap::Subcommand;
use theke_engine::api::Api;
use theke_engine::api::types::OutboxView;

use crate::failure::Outcome;
use crate::output::{Answer, minute, plain, short, table};
use crate::session::Session;

/// What waits to be sent.
#[derive(Debug, Subcommand)]
pub enum Outbox {
    /// What is not sent yet, failed or is in doubt
    List,
    /// Send a failed, held or doubtful message (again)
    Retry {
        /// Number of the message
        id: i64,
    },
    /// Take back a message that has not left
    Cancel {
        /// Number of the message
        id: i64,
    },
    /// Look up at the provider whether a doubtful message went out
    Check {
        /// Number of the message
        id: i64,
    },
}

/// Does what the words say.
pub async fn run(words: Outbox, session: &Session) -> Outcome<Answer> {
    let api = session.open().await?;
    match words {
        Outbox::List => listed(&api, "").await,
        Outbox::Retry { id } => {
            api.outbox_retry(id).await?;
            listed(&api, "It is due again; `sync` or a running engine sends it.\n").await
        }
        Outbox::Cancel { id } => {
            api.outbox_cancel(id).await?;
            listed(&api, "It is taken back and will not be sent.\n").await
        }
        Outbox::Check { id } => {
            let state = api.outbox_check(id).await?.state;
            listed(&api, &format!("It is {state}.\n")).await
        }
    }
}

async fn listed(api: &Api, before: &str) -> Outcome<Answer> {
    let waiting = api.outbox().await?;
    let rows: Vec<_> = waiting.iter().map(row).collect();
    let head = ["message", "to", "by", "state", "tries", "next", "text", ""];
    Ok(Answer::new(&waiting, format!("{before}{}", table(&head, &rows, "Nothing waits to be sent."))))
}

fn row(o: &OutboxView) -> Vec<String> {
    vec![
        o.message_id.to_string(),
        plain(&o.address),
        o.medium.clone(),
        o.state.clone(),
        o.attempts.to_string(),
        o.next_try_at.as_deref().map(minute).unwrap_or_default(),
        short(&o.snippet, 30),
        o.error.as_ref().map(|e| plain(&e.message)).unwrap_or_default(),
    ]
}

//! The engine itself: once to the end of every account, or in the background until it is told to stop.

use clap::Args;
use serde_json::{Value, json};
use theke_domain::time::Timestamp;
use theke_engine::api::types::{Event, SyncResult};
use tokio::sync::broadcast::error::RecvError;

use crate::failure::{FAILED, Failure, Outcome};
use crate::output::{self, Answer, plain, table, to_json, word};
use crate::session::Session;

/// Words of `sync`.
#[derive(Debug, Args)]
pub struct Sync {
    /// Only this account
    #[arg(long, value_name = "ID")]
    account: Option<i64>,
}

/// Words of `run`.
#[derive(Debug, Args)]
pub struct Run {}

/// `sync`.
pub async fn sync(words: Sync, session: &Session) -> Outcome<Answer> {
    let result = session.open().await?.sync_once(words.account).await?;
    let rows: Vec<_> = result
        .accounts
        .iter()
        .map(|a| {
            let error = a.error.as_ref().map(|e| plain(&e.message)).unwrap_or_default();
            vec![a.id.to_string(), a.received.to_string(), a.sent.to_string(), error]
        })
        .collect();
    let human =
        table(&["account", "received", "sent", ""], &rows, "No account yet. See: thekectl accounts kinds");
    let trouble = trouble(&result);
    Ok(Answer::new(&result, human).with_trouble(trouble))
}

/// One sentence an account that failed; partly done when another one worked.
fn trouble(result: &SyncResult) -> Option<Failure> {
    let failed: Vec<_> = result.accounts.iter().filter_map(|a| a.error.as_ref().map(|e| (a.id, e))).collect();
    let (_, first) = failed.first()?;
    let sentences: Vec<_> =
        failed.iter().map(|(id, error)| format!("Account {id}: {}", error.message)).collect();
    let failure = Failure { exit: FAILED, code: word(&first.code), message: sentences.join("\n") };
    Some(if failed.len() < result.accounts.len() { failure.partly() } else { failure })
}

/// `run`.
pub async fn run(_words: Run, session: &Session) -> Outcome<Answer> {
    // Before the engine starts, so that a signal in between is not lost.
    let mut stop = std::pin::pin!(stop_signal());
    let ports = session.ports()?;
    let api = session.open().await?;
    let mut events = api.subscribe();
    let engine = api.start_engine().await?;
    let told_of = api.clone();
    let watching = tokio::spawn(theke_network::watch(move |state| {
        let api = told_of.clone();
        async move { api.network_changed(state.online, state.metered).await.is_ok() }
    }));
    let told = |event: &Value| {
        let at = ports.clock.now();
        output::line(&if session.json() { json_line(at, event) } else { human_line(at, event) })
    };
    let mut heard = told(&json!({"event": "started"}));
    while heard {
        tokio::select! {
            () = &mut stop => break,
            event = events.recv() => match event {
                Ok(event) => heard = told(&to_json(&event)),
                // What was missed is unknown, so whoever listens fetches again.
                Err(RecvError::Lagged(_)) => heard = told(&to_json(&Event::Refresh {})),
                Err(RecvError::Closed) => break,
            },
        }
    }
    watching.abort();
    engine.stop().await;
    Ok(Answer::written(None))
}

/// `at` and `event` first, as the contract writes them.
fn json_line(at: Timestamp, event: &Value) -> String {
    let mut line = format!(
        "{{\"at\":{},\"event\":{}",
        json!(at.to_rfc3339()),
        event.get("event").unwrap_or(&Value::Null)
    );
    for (key, value) in event.as_object().into_iter().flatten().filter(|(key, _)| *key != "event") {
        line.push_str(&format!(",{}:{value}", json!(key)));
    }
    line.push('}');
    line
}

fn human_line(at: Timestamp, event: &Value) -> String {
    let name = event.get("event").and_then(Value::as_str).unwrap_or_default().replace('_', " ");
    let ids: Vec<_> = event
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(key, _)| *key != "event")
        .map(|(key, value)| format!("{} {value}", key.trim_end_matches("_id")))
        .collect();
    format!("{}  {name}  {}", at.to_rfc3339(), ids.join(", ")).trim_end().to_owned()
}

/// Returns when the program is asked to end.
#[cfg(unix)]
async fn stop_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! { _ = terminate.recv() => {}, _ = interrupt.recv() => {} }
        }
        // Without handlers the signals end the process at once, which loses nothing either.
        _ => std::future::pending().await,
    }
}

/// Returns when the program is asked to end.
#[cfg(not(unix))]
async fn stop_signal() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_line_begins_with_its_time_and_name() {
        let event = to_json(&Event::MessageReceived { account_id: 1, conversation_id: 2, message_id: 3 });
        let at = Timestamp::from_secs(0);
        let line = json_line(at, &event);
        assert!(line.starts_with(r#"{"at":"1970-01-01T00:00:00Z","event":"message_received","#), "{line}");
        assert_eq!(serde_json::from_str::<Value>(&line).unwrap()["message_id"], 3);
        assert!(human_line(at, &event).contains("message received  account 1, conversation 2, message 3"));
    }
}

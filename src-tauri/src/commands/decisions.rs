//! What was decided by itself, and what a person says to it.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::DecisionView;

use crate::session::Session;

/// What was decided by itself, the newest first.
#[tauri::command]
pub async fn decisions_automatic(
    session: State<'_, Session>,
    before: Option<i64>,
    rule: Option<i64>,
    waiting: bool,
    limit: u32,
) -> ApiResult<Vec<DecisionView>> {
    session.api().await?.decisions_automatic(before, rule, waiting, limit).await
}

/// The same of a conversation.
#[tauri::command]
pub async fn decisions_of(session: State<'_, Session>, conversation: i64) -> ApiResult<Vec<DecisionView>> {
    session.api().await?.decisions_of(conversation).await
}

/// One decision.
#[tauri::command]
pub async fn decision(session: State<'_, Session>, id: i64) -> ApiResult<DecisionView> {
    session.api().await?.decision(id).await
}

/// Does what a rule asked for.
#[tauri::command]
pub async fn decision_approve(session: State<'_, Session>, id: i64) -> ApiResult<DecisionView> {
    session.api().await?.decision_approve(id).await
}

/// Leaves it at what was.
#[tauri::command]
pub async fn decision_decline(session: State<'_, Session>, id: i64) -> ApiResult<DecisionView> {
    session.api().await?.decision_decline(id).await
}

/// Takes back what can be taken back.
#[tauri::command]
pub async fn decision_undo(session: State<'_, Session>, id: i64) -> ApiResult<DecisionView> {
    session.api().await?.decision_undo(id).await
}

/// Right, wrong, or nothing.
#[tauri::command]
pub async fn decision_mark(session: State<'_, Session>, id: i64, mark: String) -> ApiResult<DecisionView> {
    session.api().await?.decision_mark(id, &mark).await
}

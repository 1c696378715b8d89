//! What waits to be sent.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::OutboxView;

use crate::session::Session;

/// What is not sent yet, failed or is in doubt.
#[tauri::command]
pub async fn outbox(session: State<'_, Session>) -> ApiResult<Vec<OutboxView>> {
    session.api().await?.outbox().await
}

/// Sends it (again).
#[tauri::command]
pub async fn outbox_retry(session: State<'_, Session>, message_id: i64) -> ApiResult<()> {
    session.api().await?.outbox_retry(message_id).await
}

/// Takes it back; answers its text.
#[tauri::command]
pub async fn outbox_cancel(session: State<'_, Session>, message_id: i64) -> ApiResult<Option<String>> {
    session.api().await?.outbox_cancel(message_id).await
}

/// Looks whether it went out.
#[tauri::command]
pub async fn outbox_check(session: State<'_, Session>, message_id: i64) -> ApiResult<OutboxView> {
    session.api().await?.outbox_check(message_id).await
}

/// Gives it another time to leave at.
#[tauri::command]
pub async fn outbox_set_time(session: State<'_, Session>, message_id: i64, at: String) -> ApiResult<()> {
    session.api().await?.outbox_set_time(message_id, &at).await
}

//! How long messages are kept.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::RetentionView;

use crate::session::Session;

/// What would go with so many years.
#[tauri::command]
pub async fn retention_preview(session: State<'_, Session>, years: u32) -> ApiResult<RetentionView> {
    session.api().await?.retention_preview(years).await
}

//! The shop's hours.

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{OpenView, PresetView};

use crate::session::Session;

/// The times that are offered for "not now".
#[tauri::command]
pub async fn snooze_presets(session: State<'_, Session>) -> ApiResult<Vec<PresetView>> {
    session.api().await?.snooze_presets().await
}

/// Whether the shop is open.
#[tauri::command]
pub async fn open_now(session: State<'_, Session>) -> ApiResult<OpenView> {
    session.api().await?.open_now().await
}

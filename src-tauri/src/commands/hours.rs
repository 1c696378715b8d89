//! The shop's hours.

use tauri::State;
use theke_engine::api::types::{HolidayView, OpenView, PresetView, StateView};
use theke_engine::api::{self, ApiResult};

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

/// The holidays of this year and the next in the shop's state.
#[tauri::command]
pub async fn holidays(session: State<'_, Session>) -> ApiResult<Vec<HolidayView>> {
    session.api().await?.holidays(None).await
}

/// The states of a country; asked before there is a profile, too.
#[tauri::command]
pub async fn states(country: String) -> ApiResult<Vec<StateView>> {
    Ok(api::states(&country))
}

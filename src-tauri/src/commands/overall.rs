//! Search, settings, numbers, health, backup, and what the page tells of itself.

use std::collections::BTreeMap;

use tauri::State;
use theke_engine::api::ApiResult;
use theke_engine::api::types::{BackupResult, DoctorCheck, Overview, SearchResult};

use crate::graphics::{Drawing, Step};
use crate::picked::Picked;
use crate::session::Session;

/// Customers and messages with these words, newest first.
#[tauri::command]
pub async fn search(session: State<'_, Session>, query: String, limit: u32) -> ApiResult<SearchResult> {
    session.api().await?.search(&query, limit).await
}

/// One setting or all.
#[tauri::command]
pub async fn settings_get(
    session: State<'_, Session>,
    key: Option<String>,
) -> ApiResult<BTreeMap<String, String>> {
    session.api().await?.settings_get(key).await
}

/// Changes a setting.
#[tauri::command]
pub async fn settings_set(session: State<'_, Session>, key: String, value: String) -> ApiResult<()> {
    session.api().await?.settings_set(&key, &value).await
}

/// The numbers on the rail and the status bar.
#[tauri::command]
pub async fn overview(session: State<'_, Session>) -> ApiResult<Overview> {
    session.api().await?.overview().await
}

/// What is wrong and what to do.
#[tauri::command]
pub async fn doctor(session: State<'_, Session>) -> ApiResult<Vec<DoctorCheck>> {
    session.api().await?.doctor().await
}

/// Writes a backup where the person chose.
#[tauri::command]
pub async fn backup(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    file: String,
) -> ApiResult<BackupResult> {
    let file = picked.check(&file)?;
    session.api().await?.backup(file).await
}

/// How far the page is drawn.
#[tauri::command]
pub async fn drawn(drawing: State<'_, Drawing>, step: Step) -> ApiResult<()> {
    drawing.told(step);
    Ok(())
}

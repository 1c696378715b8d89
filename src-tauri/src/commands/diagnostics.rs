//! The report for whoever helps.

use tauri::State;
use theke_engine::api::ApiResult;

use crate::picked::Picked;
use crate::session::Session;

/// A report without anything personal.
#[tauri::command]
pub async fn diagnostics(session: State<'_, Session>) -> ApiResult<String> {
    let variable = |name: &str| std::env::var(name).unwrap_or_else(|_| "unknown".to_owned());
    let lines = [
        ("web view", tauri::webview_version().unwrap_or_else(|_| "unknown".to_owned())),
        ("desktop", variable("XDG_CURRENT_DESKTOP")),
        ("session", variable("XDG_SESSION_TYPE")),
    ];
    session.api().await?.diagnostics(&lines).await
}

/// Writes the report that was shown last where the person chose.
#[tauri::command]
pub async fn diagnostics_save(
    session: State<'_, Session>,
    picked: State<'_, Picked>,
    file: String,
) -> ApiResult<()> {
    let file = picked.check(&file)?;
    session.api().await?.diagnostics_save(file).await
}
